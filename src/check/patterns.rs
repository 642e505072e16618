//! Patterns in `checklist.toml`: they must mean the same in regain and in every browser, and cannot freeze the page.
//!
//! Syntax that engines interpret differently is rejected rather than translated. So is a pattern that can match a text
//! in very many ways, because browsers backtrack through all of them.

use regex_lite::Regex;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerlKind, ClassSet, ClassSetItem, GroupKind, Literal, LiteralKind,
    RepetitionKind, RepetitionRange, SpecialLiteralKind,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use crate::diagnostic::{Code, Diagnostic};
use crate::recovery::whole;

mod ambiguity;

use ambiguity::{Automaton, Part};

/// Where a pattern is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matches {
    /// It must match a whole text.
    Whole,
    /// It may match anywhere in a text.
    Anywhere,
}

/// Larger patterns are refused: the analysis looks at every pair of their characters.
const MOST_PARTS: usize = 1_000;
/// A part that is repeated a fixed number of times, up to this one, counts as written out.
const MOST_COPIES: u32 = 100;
/// The same for a part that is repeated a varying number of times, such as `{1,3}`.
const MOST_OPTIONAL_COPIES: u32 = 10;
/// With at most this many copies, each may match in several ways.
const FEW_COPIES: u32 = 4;

/// Compiles a pattern.
///
/// Errors: engines read it differently, or it could take long.
pub fn compile_pattern(pattern: &str, matches: Matches) -> Result<Regex, Diagnostic> {
    let invalid = |error: String| fault(format!("this pattern is not valid: {error}"));
    let ast = Parser::new().parse(pattern);
    let ast = ast.map_err(|error| invalid(error.kind().to_string()))?;
    let mut automaton = Automaton::default();
    let part = automaton.part(&ast)?;
    let regex = Regex::new(&whole(pattern)).map_err(|error| invalid(error.to_string()))?;
    let is_quick = automaton.is_quick(&part, matches == Matches::Anywhere);
    is_quick.then_some(regex).ok_or_else(too_slow)
}

/// What is wrong with a pattern, and what can be in one.
pub(super) fn fault(message: String) -> Diagnostic {
    let hint = "use letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+` and `{2,5}`";
    Diagnostic::error(Code::Pattern, message).hint(hint)
}

fn differs(odd: &str) -> Diagnostic {
    fault(format!("`{odd}` does not mean the same in every browser"))
}

fn too_slow() -> Diagnostic {
    let message = "a text can match this pattern in so many ways that it could freeze the page";
    let hint = "let what is repeated begin with a character that nothing else there begins with, and put a \
                character between two repetitions that neither of them contains";
    Diagnostic::error(Code::Pattern, message).hint(hint)
}

impl Automaton {
    fn part(&mut self, ast: &Ast) -> Result<Part, Diagnostic> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(too_slow());
        }
        match ast {
            Ast::Empty(_) => Ok(Part::nothing()),
            Ast::Assertion(one) => match one.kind {
                AssertionKind::StartLine | AssertionKind::EndLine => Ok(Part::nothing()),
                _ => Err(differs("\\b")),
            },
            Ast::Literal(literal) => {
                let character = shared(literal, "^$\\.*+?()[]{}|/")?;
                Ok(self.leaf(&[(character, character)], false))
            }
            Ast::Dot(_) => Ok(self.leaf(&[('\n', '\n')], true)),
            Ast::ClassPerl(class) => Ok(self.leaf(perl(&class.kind)?, class.negated)),
            Ast::ClassBracketed(class) => {
                let ClassSet::Item(item) = &class.kind else {
                    return Err(differs("&&"));
                };
                let mut ranges = Vec::new();
                items(item, &mut ranges)?;
                Ok(self.leaf(&ranges, class.negated))
            }
            Ast::Group(group) => match group.kind {
                GroupKind::CaptureIndex(_) => self.part(&group.ast),
                _ => Err(differs("(?")),
            },
            Ast::Alternation(all) => {
                let mut whole = Part::default();
                for ast in &all.asts {
                    let part = self.part(ast)?;
                    if whole.empty && part.empty {
                        return Err(too_slow());
                    }
                    whole.first.extend(part.first);
                    whole.last.extend(part.last);
                    whole.empty |= part.empty;
                }
                Ok(whole)
            }
            Ast::Concat(all) => all.asts.iter().try_fold(Part::nothing(), |before, ast| {
                let after = self.part(ast)?;
                Ok(self.sequence(before, after))
            }),
            Ast::Repetition(all) => self.repetition(&all.op.kind, &all.ast),
            Ast::Flags(_) => Err(differs("(?")),
            Ast::ClassUnicode(_) => Err(differs("\\p")),
        }
    }

    fn leaf(&mut self, ranges: &[(char, char)], is_negated: bool) -> Part {
        let ranges = ranges
            .iter()
            .map(|(from, to)| ClassUnicodeRange::new(*from, *to));
        let mut class = ClassUnicode::new(ranges);
        if is_negated {
            class.negate();
        }
        self.add(class)
    }

    fn repetition(&mut self, kind: &RepetitionKind, ast: &Ast) -> Result<Part, Diagnostic> {
        if matches!(ast, Ast::Repetition(_) | Ast::Assertion(_) | Ast::Empty(_)) {
            return Err(differs("two repetition operators in a row"));
        }
        let (least, most) = match kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(times)) => (*times, Some(*times)),
            RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
            RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
        };
        let is_written_out = most.is_some_and(|most| {
            most <= MOST_OPTIONAL_COPIES || most == least && most <= MOST_COPIES
        });
        if let Some(most) = most.filter(|_| is_written_out) {
            if most > FEW_COPIES && is_ambiguous(ast)? {
                return Err(too_slow());
            }
            // `x{1,3}` is `x(x(x)?)?`.
            return (0..most).rev().try_fold(Part::nothing(), |after, copy| {
                let before = self.part(ast)?;
                let mut part = self.sequence(before, after);
                part.empty |= copy >= least;
                Ok(part)
            });
        }
        // A limit such as `{1,99}` bounds the repetitions, but not the number of ways to match.
        let mut part = self.part(ast)?;
        if part.empty && least > 1 {
            return Err(too_slow());
        }
        self.link(&part.last.clone(), &part.first);
        part.empty |= least == 0;
        Ok(part)
    }
}

/// Whether many copies of something could match a text in many ways.
fn is_ambiguous(ast: &Ast) -> Result<bool, Diagnostic> {
    let mut copies = Automaton::default();
    let part = copies.part(ast)?;
    copies.link(&part.last, &part.first);
    Ok(part.empty || copies.is_exponential())
}

/// The character itself, if all engines read it alike; after a backslash, `escapable` ones are.
fn shared(literal: &Literal, escapable: &str) -> Result<char, Diagnostic> {
    let character = literal.c;
    match literal.kind {
        LiteralKind::Verbatim if matches!(character, ']' | '}') => {
            let message = format!("write `\\{character}` for the character itself");
            Err(fault(message))
        }
        LiteralKind::Verbatim
        | LiteralKind::Special(
            SpecialLiteralKind::Tab
            | SpecialLiteralKind::LineFeed
            | SpecialLiteralKind::CarriageReturn,
        ) => Ok(character),
        LiteralKind::Meta | LiteralKind::Superfluous if escapable.contains(character) => {
            Ok(character)
        }
        LiteralKind::Meta | LiteralKind::Superfluous => Err(differs(&format!("\\{character}"))),
        _ => Err(differs("a character by its number")),
    }
}

fn perl(kind: &ClassPerlKind) -> Result<&'static [(char, char)], Diagnostic> {
    match kind {
        ClassPerlKind::Digit => Ok(&[('0', '9')]),
        ClassPerlKind::Word => Ok(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        ClassPerlKind::Space => Err(differs("\\s")),
    }
}

fn items(item: &ClassSetItem, ranges: &mut Vec<(char, char)>) -> Result<(), Diagnostic> {
    let literal = |one: &Literal| shared(one, "^$\\.*+?()[]{}|/-");
    match item {
        ClassSetItem::Empty(_) => {}
        ClassSetItem::Literal(one) => {
            let character = literal(one)?;
            ranges.push((character, character));
        }
        ClassSetItem::Range(range) => ranges.push((literal(&range.start)?, literal(&range.end)?)),
        ClassSetItem::Perl(class) if !class.negated => ranges.extend(perl(&class.kind)?),
        ClassSetItem::Union(union) => {
            for item in &union.items {
                items(item, ranges)?;
            }
        }
        _ => return Err(differs("a class within `[…]`")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_engines_read_alike_is_accepted_and_the_rest_refused() {
        for fine in [
            "svc_[a-z0-9]{20,}",
            "a+?b{2,5}",
            "(a|b)+",
            "\\d{4}-\\w\\.",
            "[^\\]x]",
            "(ab{2})*",
            "(a+)?",
            "https?://[^/]+/([^/?#]+)/?",
            "[0-9a-f]{16}|[0-9a-f]{4}([ -][0-9a-f]{4}){3,}",
            "x-[a-z]+[a-z0-9]+",
        ] {
            for matches in [Matches::Whole, Matches::Anywhere] {
                let fault = compile_pattern(fine, matches);
                assert!(fault.is_ok(), "{fine}: {fault:?}");
            }
        }
        for (odd, words) in [
            ("(?i)a", "`(?`"),
            ("a\\sb", "`\\s`"),
            ("\\x{41}", "by its number"),
            ("\\bword", "`\\b`"),
            ("a\\-b", "`\\-`"),
            ("[a&&b]", "`&&`"),
            ("a++", "in a row"),
            ("a{2}{3}", "in a row"),
            ("[]a]", "`\\]`"),
            ("a]", "`\\]`"),
            ("(a", "not valid"),
        ] {
            let fault = compile_pattern(odd, Matches::Whole);
            let message = fault.err().map(|fault| fault.message).unwrap_or_default();
            assert!(message.contains(words), "{odd}: {message}");
        }
    }

    #[test]
    fn what_can_match_in_many_ways_is_refused() {
        for slow in [
            "(a+)+",
            "(a*)*",
            "((a|b{1,})x?)*",
            "(a|aa)+$",
            "(.|a)+x$",
            "([a-z]{1,9}-?){1,99}!",
            "(a?){30}a{30}",
            "((a?)?){30}b",
            "(a?|b?){30}c",
            "(ab?b?)+",
            ".*.*.*=",
            "[a-z]*[a-z]*[a-z]*[a-z]*!",
            "[a-z]+[a-z0-9]+[a-z]+@",
            "(a|a|a){12}",
            "([a-z]+[, ]*)+",
            "([ -]?[0-9]+)*",
            &format!("{}(){}", "(".repeat(30), "{4})".repeat(30)),
        ] {
            let fault = compile_pattern(slow, Matches::Whole);
            let message = fault.err().map(|fault| fault.message).unwrap_or_default();
            assert!(message.contains("freeze"), "{slow}: {message}");
        }
    }

    #[test]
    fn patterns_that_people_use_are_accepted() {
        for fine in [
            // Names, slugs, addresses and email.
            "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
            "([A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9])",
            "@?[A-Za-z0-9-]{1,39}",
            "[a-z0-9]+(-[a-z0-9]+)*",
            "([a-z]+\\.){1,3}[a-z]+",
            "[^@ ]+@[^@ ]+\\.[^@ ]+",
            "[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}",
            "(https?://)?(www\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+(/[^ ]*)?",
            "https://[^ /]+\\.[^ /]+/[^ ]*",
            // Versions, dates and numbers.
            "([0-9]+!)?[0-9]+(\\.[0-9]+)*((a|b|rc)[0-9]+)?(\\.post[0-9]+)?(\\.dev[0-9]+)?(\\+[a-z0-9]+([-_.][a-z0-9]+)*)?",
            "v?([0-9]+!)?[0-9]+(\\.[0-9]+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?[0-9]*)?(-[0-9]+|[-_.]?(post|rev|r)[-_.]?[0-9]*)?([-_.]?dev[-_.]?[0-9]*)?",
            "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
            "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}",
            "(\\+[0-9]{1,3} ?)?[0-9]{2,4}([ -][0-9]{2,4}){1,4}",
            "[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?",
            // Lists and words.
            "[^,]+(,[^,]+)*",
            "[a-z]+( *, *[a-z]+)*",
            "#?[0-9]+(, *#?[0-9]+)*",
            "(Monday|Tuesday|Thursday)( (Monday|Tuesday|Thursday))*",
            "(ab|ac)*",
            "(.*)/(.*)",
        ] {
            assert!(compile_pattern(fine, Matches::Whole).is_ok(), "{fine}");
        }
        for fine in [
            "lost.*phone",
            "(lost|stolen).*(phone|laptop)",
            "i (still )?have (my|the).*codes?",
            "vk-(live|test)-[0-9]{4}",
            "(tok|key)_[A-Za-z0-9]+(_[A-Za-z0-9]+)*",
            "[a-z0-9._-]+@host\\.example",
            "([0-9a-f]{2}:)*[0-9a-f]{2}",
        ] {
            assert!(compile_pattern(fine, Matches::Anywhere).is_ok(), "{fine}");
        }
        // From each character of a text, this takes time that grows with the square of the text's length.
        assert!(compile_pattern("[a-z]+[a-z0-9]+!", Matches::Whole).is_ok());
        assert!(compile_pattern("[a-z]+[a-z0-9]+!", Matches::Anywhere).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_pattern_makes_it_panic(text in "[a(){}\\[\\]\\\\^?*+|,1-3é]{0,20}") {
            let _ = compile_pattern(&text, Matches::Anywhere);
        }
    }
}
