//! Expressions of `checklist.toml`: they must mean the same in regain and in every browser, and take no time there.
//!
//! In: an expression. Out: what is wrong with it. The programs that read it agree on a small common part, so what is
//! not in it is refused rather than understood.

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::Regex;

use crate::recovery::whole;

/// What to write instead.
pub(super) const HINT: &str = "use letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+` and `{2,5}`";

/// What is wrong with an expression; nothing where all read it alike.
pub(super) fn fault_of_pattern(expression: &str) -> Option<String> {
    let unshared = ["(?", "&&", "[["];
    let odd = unshared.into_iter().find(|odd| expression.contains(odd));
    if let Some(odd) = odd {
        return Some(differs(odd));
    }
    if let Err(error) = Regex::new(&whole(expression)) {
        return Some(format!("this pattern is not valid: {error}"));
    }
    Shape::default().read(&mut expression.chars().peekable())
}

fn differs(odd: &str) -> String {
    format!("`{odd}` does not mean the same in every browser")
}

/// How often what came last may stand.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Times {
    #[default]
    Once,
    Repeated,
    /// `+?` and the like.
    Least,
}

/// What was read so far.
#[derive(Default)]
struct Shape {
    times: Times,
    /// For each open group, whether something in it has no upper limit.
    groups: Vec<bool>,
    /// Whether the group that was closed last had.
    closed: bool,
}

impl Shape {
    fn read(mut self, signs: &mut Peekable<Chars<'_>>) -> Option<String> {
        while let Some(sign) = signs.next() {
            let fault = match sign {
                '\\' => self.plain(escape(signs)),
                '[' => self.plain(class(signs)),
                ']' | '}' => Some(format!("write `\\{sign}` for the character itself")),
                '(' => {
                    self.groups.push(false);
                    self.plain(None)
                }
                ')' => {
                    self.closed = self.groups.pop().unwrap_or_default();
                    self.mark(self.closed);
                    self.times = Times::Once;
                    None
                }
                '*' | '+' | '?' => self.repeat(sign, sign != '?'),
                '{' => {
                    let bounds: String = signs.by_ref().take_while(|next| *next != '}').collect();
                    self.repeat(sign, bounds.ends_with(','))
                }
                _ => self.plain(None),
            };
            if fault.is_some() {
                return fault;
            }
        }
        None
    }

    /// Something that stands once, as far as is known yet.
    fn plain(&mut self, fault: Option<String>) -> Option<String> {
        self.times = Times::Once;
        self.closed = false;
        fault
    }

    fn repeat(&mut self, sign: char, endless: bool) -> Option<String> {
        match (self.times, sign) {
            (Times::Once, _) if endless && self.closed => {
                return Some(
                    "a repetition without a limit inside another one can take browsers too long"
                        .to_owned(),
                );
            }
            (Times::Once, _) => self.times = Times::Repeated,
            (Times::Repeated, '?') => self.times = Times::Least,
            _ => return Some(differs("two repetition operators in a row")),
        }
        self.mark(endless);
        None
    }

    fn mark(&mut self, endless: bool) {
        if let Some(group) = self.groups.last_mut() {
            *group |= endless;
        }
    }
}

/// What stands behind a backslash.
fn escape(signs: &mut Peekable<Chars<'_>>) -> Option<String> {
    let sign = signs.next()?;
    (sign.is_alphanumeric() && !"dDwWtnr".contains(sign)).then(|| differs(&format!("\\{sign}")))
}

/// The rest of a `[…]`.
fn class(signs: &mut Peekable<Chars<'_>>) -> Option<String> {
    signs.next_if_eq(&'^');
    if signs.peek() == Some(&']') {
        return Some("write `\\]` for the character itself".to_owned());
    }
    while let Some(sign) = signs.next() {
        match sign {
            ']' => return None,
            '\\' => {
                if let Some(fault) = escape(signs) {
                    return Some(fault);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_read_alike_is_taken_and_the_rest_refused() {
        for fine in [
            "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
            "svc_[a-z0-9]{20,}",
            "a+?b{2,5}",
            "(a|b)+",
            "\\d{4}-\\w\\.",
            "[^\\]x]",
            "(ab{2})*",
            "(a+)?",
        ] {
            assert_eq!(fault_of_pattern(fine), None, "{fine}");
        }
        for (odd, words) in [
            ("(?i)a", "`(?`"),
            ("a\\sb", "`\\s`"),
            ("\\x{41}", "`\\x`"),
            ("a++", "in a row"),
            ("a{2}{3}", "in a row"),
            ("[]a]", "`\\]`"),
            ("a]", "`\\]`"),
            ("(a+)+", "too long"),
            ("((a|b{1,})x)*", "too long"),
            ("(a", "not valid"),
        ] {
            let fault = fault_of_pattern(odd).unwrap_or_default();
            assert!(fault.contains(words), "{odd}: {fault}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_expression_makes_it_panic(text in "[a(){}\\[\\]\\\\^?*+|,1-3é]{0,20}") {
            let _ = fault_of_pattern(&text);
        }
    }
}
