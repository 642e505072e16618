//! Characters that show a reviewer one thing and a reader another.
//!
//! In: a text and a place in it. Out: what kind of unseen character stands there, if one does. What
//! that means for a page is for `check`.

/// What is wrong with the character at `at`; nothing for what can be seen, and for a joiner behind a
/// letter of a script that joins its letters or behind an emoji.
pub fn unseen(text: &str, at: usize, character: char) -> Option<&'static str> {
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

fn joins(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_some_and(|before| !before.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hides_is_told() {
        let told = |text: &str| {
            let mut characters = text.char_indices();
            characters.any(|(at, character)| unseen(text, at, character).is_some())
        };
        for text in [
            "a\u{202e}b",
            "a\u{200b}",
            "a\u{200d}b",
            "\u{200d}",
            "a\u{e0041}",
        ] {
            assert!(told(text), "{text:?}");
        }
        for text in ["", "aé復", "می\u{200c}خواهم", "👩\u{200d}💻"] {
            assert!(!told(text), "{text:?}");
        }
    }
}
