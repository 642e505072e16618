//! TOML text → values, with every syntax error at its location. [`FromToml`] reports what is wrong with keys and
//! values.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};
use toml_parser::lexer::TokenKind;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader};
use crate::markdown::Options;
use crate::recovery::Entry;
use crate::source::{Location, Source};

/// The most syntax errors that are reported in one file: the first ones explain the rest.
const ERROR_LIMIT: usize = 20;

/// The most levels of tables and lists within each other, counting the parts of dotted keys.
const DEPTH: usize = 64;

/// Reads a whole file.
pub(super) fn read<T: FromToml>(
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let mut reader = Reader::new(source, options, diagnostics);
    read_block(0..source.text().len(), &mut reader)
}

/// Reads part of a source, such as the lines between a page's `+++`.
///
/// There is no value if the syntax is wrong or the outermost table lacks a key.
pub(super) fn read_block<T: FromToml>(block: Range<usize>, reader: &mut Reader<'_>) -> Option<T> {
    let source = reader.source;
    if let Some(at) = too_deep(&source.text()[block.clone()]) {
        let at = block.start + at;
        let message = format!("nested deeper than {DEPTH} levels");
        let problem = Diagnostic::error(Code::TomlLimit, message);
        reader.report(problem.at(Location::new(source, at..at + 1)));
        return None;
    }
    // With as many spaces before the block as there are bytes before it, spans are offsets into the whole source.
    let text = " ".repeat(block.start) + &source.text()[block];
    let (root, errors) = DeTable::parse_recoverable(&text);
    if !errors.is_empty() {
        let problems = errors.iter().map(|error| syntax_problem(source, error));
        reader.diagnostics.extend(problems.take(ERROR_LIMIT));
        return None;
    }
    let root = Spanned::new(root.span(), DeValue::Table(root.into_inner()));
    T::from_toml(root, reader)
}

/// Where brackets and the dots of keys first add up to more than [`DEPTH`] levels.
///
/// `toml` limits each of the two to 80 but not both together: 80 inline tables with a key of 80 parts
/// each would overflow the stack, which cannot be caught.
fn too_deep(text: &str) -> Option<usize> {
    // The dots of the key being read, for each bracket that is open and for the top level.
    let mut dots = vec![0];
    let mut depth = 0;
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                dots.push(0);
                depth += 1;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if dots.len() > 1 => {
                depth -= 1 + dots.pop()?;
            }
            TokenKind::Dot => {
                *dots.last_mut()? += 1;
                depth += 1;
            }
            TokenKind::Comma | TokenKind::Newline => {
                depth -= std::mem::take(dots.last_mut()?);
            }
            _ => {}
        }
        if depth > DEPTH {
            return Some(token.span().start());
        }
    }
    None
}

/// Reports more entries of one kind in a file than rules and templates can handle: some compare each entry with every
/// other one.
pub(super) fn too_many<'a>(
    limit: usize,
    what: &str,
    mut entries: impl Iterator<Item = &'a Location>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let first_too_many = entries.nth(limit);
    diagnostics.extend(first_too_many.map(|location| {
        Diagnostic::error(Code::TooLarge, format!("more than {limit} {what}"))
            .at(location)
            .hint(format!("remove {what} until {limit} are left"))
    }));
    first_too_many.is_some()
}

/// The locations of entries.
pub(super) fn locations<E: Entry>(entries: &[E]) -> impl Iterator<Item = &Location> {
    entries.iter().map(Entry::location)
}

fn syntax_problem(source: &Arc<Source>, error: &Error) -> Diagnostic {
    let problem = Diagnostic::error(Code::TomlSyntax, error.message())
        .at(Location::new(source, error.span().unwrap_or_default()));
    match error.message() {
        "duplicate key" => problem.hint("a table can have a key only once: remove one of the two"),
        text if text.starts_with("string values must be quoted") => {
            problem.hint("put text between double quotes: `title = \"…\"`")
        }
        _ => problem,
    }
}

#[cfg(test)]
#[expect(dead_code, reason = "only whether values are read matters")]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::diagnostic::short;
    use crate::from_toml::{choice, from_toml};
    use crate::named::named;
    use crate::source::Located;

    from_toml! {
        /// A table.
        #[derive(Debug)]
        pub struct Table from Raw {
            /// A text.
            pub title: Located<String>,
            /// A number.
            pub order: Option<usize>,
            /// A list.
            pub words: Vec<Located<String>> = default,
            /// Tables.
            pub detail: Vec<Detail> = default,
            /// A date.
            pub date: Option<Located<Date>>,
            /// A name.
            pub kind: Option<Located<Kind>>,
        }

        /// A table in a list.
        #[derive(Debug)]
        pub struct Detail from RawDetail {
            /// A text.
            pub id: String,
            /// A switch.
            pub required: bool = default,
        }
    }

    named! {
        /// A name.
        pub enum Kind {
            /// One.
            Line = "line",
            /// Another.
            Date = "date",
        }
    }

    choice!(Kind);

    fn attempt(text: &str) -> (Option<Table>, String) {
        let source = Source::new("a.toml", text);
        let mut diagnostics = Diagnostics::default();
        let raw = read(&source, &Options::default(), &mut diagnostics);
        (raw, short(&diagnostics.sorted()))
    }

    #[test]
    fn each_mistake_is_reported_in_plain_words_at_its_location() {
        let cases = [
            (
                "title = 3",
                "1:9: wrong-type: `title` must be text in quotes, not `3`",
            ),
            (
                "order = -3",
                "2:9: wrong-type: `order` must be a whole number from 0 up, not `-3`",
            ),
            (
                "order = 'a, expected b'",
                "2:9: wrong-type: `order` must be a whole number from 0 up, not text",
            ),
            (
                "words = ['a', 3]",
                "2:15: wrong-type: each item of `words` must be text in quotes, not `3`",
            ),
            (
                "words = 'a'",
                "2:9: wrong-type: `words` must be a list in square brackets, not text",
            ),
            (
                "[detail]\nid = 'a'",
                "2:1: wrong-type: `detail` must be a list in square brackets, not a table",
            ),
            (
                "date = '2026-01-01'",
                "2:8: wrong-type: `date` must be a date such as `2026-09-30`, without quotes, not text",
            ),
            (
                "kind = 'lin'",
                "2:8: unknown-value: `kind` cannot be `lin`\nhint: did you mean `line`?",
            ),
            (
                "kind = 3",
                "2:8: wrong-type: `kind` must be text in quotes, not `3`",
            ),
            (
                "kind = 'color'",
                "2:8: unknown-value: `kind` cannot be `color`\nhint: it can be: `line`, `date`",
            ),
            (
                "[[detail]]\nrequired = 'yes'\nid = 'a'",
                "3:12: wrong-type: `required` must be `true` or `false`, not text",
            ),
            (
                "[[detail]]",
                "2:1: missing-key: `id` is missing\nhint: add a line `id = …`",
            ),
            (
                "ordre = 1",
                "2:1: unknown-key: unknown key `ordre`\nhint: did you mean `order`?",
            ),
        ];
        for (line, expected) in cases {
            let text = if line.starts_with("title") {
                line.to_owned()
            } else {
                format!("title = 'x'\n{line}\n")
            };
            let reported = attempt(&text).1;
            let first: Vec<_> = reported.trim_end().split("\na.toml:").collect();
            assert_eq!(first[0], format!("a.toml:{expected}"), "{line}");
        }
    }

    #[test]
    fn several_mistakes_are_reported_at_once_and_the_rest_is_read() {
        let (raw, reported) = attempt(
            "title = 'x'\nordre = 1\n[[detail]]\nidd = 'a'\n[[detail]]\nid = 'b'\n[[detail]]\nid = 'c'\nrequired = 1\n",
        );
        let count = reported
            .lines()
            .filter(|line| line.starts_with("a.toml"))
            .count();
        assert_eq!(count, 3, "{reported}");
        let ids: Vec<_> = raw
            .expect("the rest")
            .detail
            .into_iter()
            .map(|one| one.id)
            .collect();
        assert_eq!(ids, ["a", "b", "c"], "`idd` was meant as `id`");
    }

    #[test]
    fn several_syntax_errors_are_reported_at_once() {
        let (raw, reported) = attempt("title = x\norder = 1\norder = 2\n[detail\n");
        assert!(raw.is_none());
        for start in ["a.toml:1:9: ", "a.toml:3:1: ", "a.toml:4:8: "] {
            assert!(reported.contains(start), "{start} in {reported}");
        }
    }

    #[test]
    fn locations_in_a_block_are_locations_in_the_page() {
        let source = Source::new("a.md", "+++\ntitle = \"é\"\nordre = 1\n+++\nText");
        let mut diagnostics = Diagnostics::default();
        let options = Options::default();
        let mut reader = Reader::new(&source, &options, &mut diagnostics);
        let table: Table = read_block(4..27, &mut reader).expect("a title");
        let title = table.title;
        assert_eq!(&source.text()[title.location.span.clone()], "é");
        assert!(short(&diagnostics).starts_with("a.md:3:1: unknown-key"));
    }

    #[test]
    fn the_location_of_a_text_is_inside_its_quotes() {
        let cases = [
            ("\"ab\"", "ab"),
            ("'a\\b'", "a\\b"),
            ("\"\"\"\na\nb\n\"\"\"", "a\nb\n"),
            ("\"\"", ""),
            ("\"a\\tb\"", "\"a\\tb\""),
        ];
        for (written, expected) in cases {
            let source = Source::new("a.toml", format!("title = {written}\n"));
            let table: Table =
                read(&source, &Options::default(), &mut Diagnostics::default()).expect("a title");
            let title = table.title;
            assert_eq!(&source.text()[title.location.span], expected, "{written}");
        }
    }

    #[test]
    fn nesting_that_would_exhaust_the_stack_is_an_error() {
        let many = 100_000;
        let key = "a.".repeat(60);
        let cases = [
            format!("a = {}", "[".repeat(many)),
            format!("a = {}", "{a=".repeat(many)),
            format!("a = {}", "[[],".repeat(many)),
            format!("a = [{}", "'''x'''', [".repeat(many)),
            format!("{}b = 1", "a.".repeat(many)),
            format!("[{}b]", "a.".repeat(many)),
            format!(
                "{}a = 1{}",
                format!("{key}a = {{").repeat(60),
                "}".repeat(60)
            ),
        ];
        for text in cases {
            let (raw, reported) = attempt(&text);
            assert!(raw.is_none(), "{}", &text[..9]);
            let message = "toml-limit: nested deeper than 64 levels";
            assert!(reported.contains(message), "{}: {reported}", &text[..9]);
        }
    }

    /// `toml` handles these itself in linear time; an earlier release recursed once per sign.
    #[test]
    fn long_runs_of_one_sign_are_syntax_errors() {
        for text in ["-", "+-", "=", "]", "\"", "'", "_", ",", "\\"] {
            let (raw, reported) = attempt(&format!("a = 1{}", text.repeat(100_000)));
            assert!(raw.is_none(), "{text}");
            assert!(reported.contains("toml-syntax"), "{text}: {reported}");
        }
    }

    #[test]
    fn depth_counts_neither_texts_nor_siblings() {
        let line = "[{.".repeat(1_000);
        let many = "order.a = 1.5\n".repeat(100) + &"[detail.a]\n".repeat(100);
        for text in [
            format!("# {line}\ntitle = '{line}' # {line}\n"),
            format!("words = [{}]", "[],".repeat(100)),
            format!("words = [{}]", "1.5, ".repeat(100)),
            many,
        ] {
            assert_eq!(too_deep(&text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(
            text in "(title|order|words|detail|date|kind|line|id|true|2026-01-01|[a-c=.'\"\\[\\]{}\n#, \\\\-]){0,40}"
        ) {
            let _ = attempt(&text);
        }
    }
}
