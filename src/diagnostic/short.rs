//! One line per problem and one per hint: for editors, logs and `grep`.

use std::fmt::Write as _;

use super::list::Diagnostics;
use super::{Diagnostic, Severity};

/// `file:line:column: code: what is wrong`, then a `hint:` line for each hint.
pub fn short(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter() {
        text.push_str(&headline(diagnostic));
        text.push('\n');
        for hint in &diagnostic.hints {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "hint: {hint}");
        }
    }
    text
}

/// The line that both text formats begin with. Only warnings and information say what they are: most problems are
/// errors, and `file:line:column: code:` is what editors expect.
pub(super) fn headline(diagnostic: &Diagnostic) -> String {
    let mut line = String::new();
    if let Some(location) = &diagnostic.location {
        let (row, column) = location.line_column();
        let _ = write!(line, "{}:{row}:{column}: ", location.source.path());
    }
    if diagnostic.severity != Severity::Error {
        let _ = write!(line, "{}: ", diagnostic.severity.name());
    }
    let _ = write!(line, "{}: {}", diagnostic.code, diagnostic.message);
    line
}
