//! Levels that a site or a page gives to rules.
//!
//! In: names and levels as they were written. Out: levels by code. What a code may be set to is in its table.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Levels, Severity, nearest};
use crate::source::Located;

/// One rule: its name, its level and, in a page, the reason.
pub(super) struct Rule {
    pub(super) name: Located<String>,
    pub(super) level: Option<Located<String>>,
    pub(super) reason: Option<Located<String>>,
}

/// The levels of a page: each needs a reason, for whoever reads the page next.
pub(super) fn of_page(rules: Vec<Rule>, diagnostics: &mut Diagnostics) -> Levels {
    for rule in &rules {
        let reason = rule.reason.as_ref().map(|reason| reason.value.trim());
        if reason.unwrap_or_default().is_empty() {
            let message = format!("the rule `{}` needs a `reason`", rule.name.value);
            let problem = Diagnostic::error(Code::MissingKey, message);
            let hint = "say why this page may break the rule: `reason = \"…\"`";
            diagnostics.push(problem.at(rule.name.location.clone()).hint(hint));
        }
    }
    of_site(rules, diagnostics)
}

/// The levels of a site.
pub(super) fn of_site(rules: Vec<Rule>, diagnostics: &mut Diagnostics) -> Levels {
    let mut levels = BTreeMap::new();
    for rule in rules {
        match level(&rule) {
            Ok((code, level)) => drop(levels.insert(code, level)),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    levels
}

fn level(rule: &Rule) -> Result<(Code, Option<Severity>), Box<Diagnostic>> {
    let Rule { name, level, .. } = rule;
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name.value) else {
        let settable = Code::ALL.iter().filter(|code| code.is_settable());
        let near = nearest(&name.value, settable.map(|code| code.as_str()));
        let hint = near.map_or_else(
            || "`regain explain` lists all codes".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("regain has no rule `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownName, message);
        return Err(Box::new(problem.at(name.location.clone()).hint(hint)));
    };
    if !code.is_settable() {
        let message = format!("the level of `{code}` cannot be changed");
        let problem = Diagnostic::error(Code::UnknownValue, message);
        let hint =
            "remove the line: this rule protects readers, or nothing can be built without it";
        return Err(Box::new(problem.at(name.location.clone()).hint(hint)));
    }
    let severity = match level.as_ref().map(|level| level.value.as_str()) {
        Some("error") => Some(Severity::Error),
        Some("warning") => Some(Severity::Warning),
        Some("info") => Some(Severity::Info),
        Some("off") => None,
        _ => {
            let location = level
                .as_ref()
                .map_or(&name.location, |level| &level.location);
            let message = format!("`{code}` needs a level");
            let problem = Diagnostic::error(Code::UnknownValue, message).at(location.clone());
            let hint = "write `\"error\"`, `\"warning\"`, `\"info\"` or `\"off\"`";
            return Err(Box::new(problem.hint(hint)));
        }
    };
    Ok((*code, severity))
}
