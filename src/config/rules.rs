//! Levels that a site or a page gives to rules. The table of codes says which levels can be changed.

use crate::diagnostic::{Code, Diagnostic, Levels, Severity};
use crate::from_toml::{Reader, from_toml};
use crate::source::Located;

from_toml! {
    /// The level of a rule on this page.
    #[derive(Debug)]
    pub struct PageRule from RawPageRule {
        /// The level: `"error"`, `"warning"`, `"info"` or `"off"`.
        pub level: Located<String>,
        /// Why the page may break the rule. It must not be missing.
        pub reason: Option<String>,
    }
}

/// The levels of a site.
pub(super) fn site_rules(
    rules: Vec<(Located<String>, Located<String>)>,
    reader: &mut Reader<'_>,
) -> Levels {
    let mut levels = Levels::new();
    for (name, level) in rules {
        match setting(&name, &level) {
            Ok((code, severity)) => drop(levels.insert(code, severity)),
            Err(problem) => reader.report(problem),
        }
    }
    levels
}

/// The levels of a page: each needs a reason, for whoever reads the page next.
pub fn page_rules(rules: Vec<(Located<String>, PageRule)>, reader: &mut Reader<'_>) -> Levels {
    let rules = rules.into_iter().map(|(name, rule)| {
        if rule.reason.unwrap_or_default().trim().is_empty() {
            let message = format!("the rule `{}` needs a `reason`", name.value);
            let problem = Diagnostic::error(Code::MissingKey, message);
            let hint = "say why this page may break the rule: `reason = \"…\"`";
            reader.report(problem.at(&name.location).hint(hint));
        }
        (name, rule.level)
    });
    let rules = rules.collect();
    site_rules(rules, reader)
}

fn setting(
    name: &Located<String>,
    level: &Located<String>,
) -> Result<(Code, Option<Severity>), Diagnostic> {
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name.value) else {
        let settable = Code::ALL.iter().filter(|code| code.is_settable());
        let settable = settable.map(|code| code.as_str());
        let message = format!("regain has no rule `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownName, message).at(&name.location);
        let all = "`regain explain` lists all codes";
        return Err(problem.suggest(&name.value, settable, all));
    };
    if !code.is_settable() {
        let message = format!("the level of `{code}` cannot be changed");
        let problem = Diagnostic::error(Code::UnknownValue, message).at(&name.location);
        let hint =
            "remove the line: this rule protects readers, or nothing can be built without it";
        return Err(problem.hint(hint));
    }
    let severity = Severity::named(&level.value);
    if severity.is_none() && level.value != "off" {
        let message = format!("`{code}` needs a level");
        let problem = Diagnostic::error(Code::UnknownValue, message).at(&level.location);
        let hint = "write `\"error\"`, `\"warning\"`, `\"info\"` or `\"off\"`";
        return Err(problem.hint(hint));
    }
    Ok((*code, severity))
}
