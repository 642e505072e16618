//! Characters that show a reviewer one thing and a reader another.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::{Guide, Site};
use crate::source::{Place, Source};

/// Tells of bidirectional controls and zero-width characters.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for guide in &site.guides {
        text(&guide.source, |at| is_sensitive(guide, at), diagnostics);
    }
    // What stands in a table is a name, a label or an address: all of it is read letter by letter.
    for table in &site.tables {
        text(table, |_| true, diagnostics);
    }
}

fn text(source: &Arc<Source>, is_sensitive: impl Fn(usize) -> bool, diagnostics: &mut Diagnostics) {
    let text = source.text();
    // Most pages hold none: three lead bytes tell so at once.
    if !text
        .bytes()
        .any(|byte| byte == 0xe2 || byte == 0xef || byte == 0xd8 || byte == 0xf3)
    {
        return;
    }
    for (at, character) in text.char_indices() {
        let Some(kind) = kind_of(text, at, character) else {
            continue;
        };
        let place = Place::new(source, at..at + character.len_utf8());
        let message = format!("{kind} U+{:04X}", u32::from(character));
        let problem = if is_sensitive(at) {
            Diagnostic::error(
                Code::HiddenCharacter,
                format!("{message} where readers must see what they get"),
            )
        } else {
            Diagnostic::warning(Code::HiddenCharacter, message)
        };
        diagnostics.push(problem.at(place).hint("delete it; it cannot be seen"));
    }
}

fn kind_of(text: &str, at: usize, character: char) -> Option<&'static str> {
    match character {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            Some("a control that turns the direction of text,")
        }
        '\u{200c}' | '\u{200d}' if joins(text, at) => None,
        '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => Some("a character without width,"),
        _ => None,
    }
}

/// Scripts that join letters, and emoji, need the joiner after a letter or sign of theirs.
fn joins(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_some_and(|before| !before.is_ascii())
}

/// Links, code and titles: what readers compare letter by letter.
fn is_sensitive(guide: &Guide, at: usize) -> bool {
    let document = &guide.document;
    let title = guide.meta.title.as_ref();
    let line_is_code = {
        let text = guide.source.text();
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &text[start..at];
        before.matches('`').count() % 2 == 1 || before.starts_with("    ")
    };
    line_is_code
        || document.links.iter().any(|link| link.span.contains(&at))
        || document
            .headings
            .iter()
            .chain(&document.heading)
            .any(|heading| heading.span.contains(&at))
        || title.is_some_and(|title| title.place.span.contains(&at))
}
