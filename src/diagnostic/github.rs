//! The list as workflow commands, which GitHub shows as annotations beside the changed lines.

use std::fmt::Write as _;

use super::list::Diagnostics;
use super::{Diagnostic, Severity};

/// `::error file=…,line=…,col=…,title=CODE::message` for each problem. `root` is the folder of the site as seen from
/// the top of the repository, with a slash at its end unless it is empty.
pub fn github(diagnostics: &Diagnostics, root: &str) -> String {
    let mut text = String::new();
    for one in diagnostics.iter() {
        let command = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "::{command} {}title={}::{}",
            location(one, root),
            one.code,
            escaped(&text_of(one), &[])
        );
    }
    text
}

fn location(one: &Diagnostic, root: &str) -> String {
    let Some(location) = &one.location else {
        return String::new();
    };
    let (line, column) = location.line_column();
    let file = format!("{root}{}", location.source.path());
    format!(
        "file={},line={line},col={column},",
        escaped(&file, &[':', ','])
    )
}

fn text_of(one: &Diagnostic) -> String {
    let mut text = one.message.clone();
    for hint in &one.hints {
        text.push_str("\nhint: ");
        text.push_str(hint);
    }
    text
}

/// Escapes what would end the value: `%` and line breaks, and in a property `:` and `,` too.
fn escaped(text: &str, also: &[char]) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        if matches!(sign, '%' | '\r' | '\n') || also.contains(&sign) {
            let _ = write!(escaped, "%{:02X}", u32::from(sign));
        } else {
            escaped.push(sign);
        }
    }
    escaped
}
