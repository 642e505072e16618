//! The list with the author's own lines quoted and the location underlined.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::codes::Code;
use super::list::Diagnostics;
use super::short::headline;
use super::{Diagnostic, Related, Severity};
use crate::source::Location;

/// How many problems with the same message are described; the rest are only counted.
const MOST_ALIKE: usize = 20;

/// Text for a terminal. With `color`, it contains ANSI styles, which the printer removes when writing to a pipe.
pub fn human(diagnostics: &Diagnostics, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    let mut alike = HashMap::new();
    for diagnostic in diagnostics.iter() {
        let kind = (diagnostic.severity, diagnostic.code, &diagnostic.message);
        let count = alike.entry(kind).or_insert(0);
        *count += 1;
        if *count <= MOST_ALIKE {
            describe(diagnostic, &renderer, &mut text);
            text.push('\n');
        }
    }
    let more = alike.values().map(|count| count.saturating_sub(MOST_ALIKE));
    let more: usize = more.sum();
    if more > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{more} more like these are left out; `--format short` lists all\n"
        );
    }
    text.push_str(&summary(diagnostics));
    text
}

fn describe(diagnostic: &Diagnostic, renderer: &Renderer, text: &mut String) {
    text.push_str(&headline(diagnostic));
    text.push('\n');
    // A secret is never printed: logs are kept and read by others.
    let quotable = diagnostic.code != Code::Secret;
    if let Some(location) = diagnostic.location.as_ref().filter(|_| quotable) {
        text.push_str(&excerpt(location, renderer));
    }
    for Related { location, label } in &diagnostic.related {
        let (row, column) = location.line_column();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}:{row}:{column}: {label}", location.source.path());
        text.push_str(&excerpt(location, renderer));
    }
    for hint in &diagnostic.hints {
        text.push_str("hint: ");
        text.push_str(hint);
        text.push('\n');
    }
}

/// The quoted line with the location underlined; of a location in several lines, the first. Empty for an empty line. The
/// renderer cuts off what a terminal has no room for.
fn excerpt(location: &Location, renderer: &Renderer) -> String {
    let (text, Range { start, end }) = (location.source.text(), location.span.clone());
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let line = line.trim_end();
    if line.is_empty() {
        return String::new();
    }
    let within = |at: usize| (at - line_start).min(line.len());
    let (row, _) = location.line_column();
    let snippet = Snippet::source(line)
        .line_start(row)
        .annotation(AnnotationKind::Primary.span(within(start)..within(end)));
    let mut quoted = renderer.render(&[Group::with_level(Level::ERROR).element(snippet)]);
    quoted.push('\n');
    quoted
}

/// `2 errors, 1 warning`
fn summary(diagnostics: &Diagnostics) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = counts.map(|(severity, word)| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {word}s")),
    });
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    match counts.join(", ") {
        none if none.is_empty() => none,
        counts => counts + "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_problem_quotes_its_line_and_underlines_the_place() {
        let source = Source::new("content/a.md", "first\nsee\t[x](nope.md) now\n");
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::error(Code::BrokenLink, "`nope.md` is not in this site")
                .at(Location::new(&source, 14..21))
                .hint("did you mean `note.md`?"),
        );
        assert_eq!(
            human(&diagnostics, false),
            "content/a.md:2:9: broken-link: `nope.md` is not in this site
  |
2 | see    [x](nope.md) now
  |            ^^^^^^^
hint: did you mean `note.md`?

1 error
"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}here{}", "a".repeat(500_000), "b".repeat(500_000));
        let source = Source::new("content/a.md", text);
        let location = Location::new(&source, 500_000..500_004);
        let quoted = excerpt(&location, &Renderer::plain());
        assert!(quoted.lines().all(|line| line.len() < 200), "{quoted}");
        assert!(
            quoted.contains("here") && quoted.contains("^^^^"),
            "{quoted}"
        );
    }
}
