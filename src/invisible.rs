//! The program's only table of invisible characters.
//!
//! Text that looks the same can differ in them, so they can hide a secret from a scanner, or show a
//! reviewer something other than what a reader sees. `themes/default/js/lib/invisible.js` asks the browser for the
//! same Unicode properties, and a test compares the two code point by code point.

/// Whether Unicode calls a character default-ignorable (`Default_Ignorable_Code_Point`) or a format
/// character (`Cf`), as of Unicode 15.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a script or an emoji needs the character at `at`: joiners, variation selectors and the
/// like behind a character that is not ASCII, a variation selector behind a keycap, and a soft hyphen
/// between letters.
pub fn is_needed(text: &str, at: usize, character: char) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(|before| match character {
        '\u{34f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{e0100}'..='\u{e01ef}' => !before.is_ascii(),
        '\u{fe00}'..='\u{fe0f}' => {
            !before.is_ascii() || before.is_ascii_digit() || "#*".contains(before)
        }
        '\u{ad}' => before.is_alphabetic(),
        _ => false,
    })
}

/// What to call the character at `at` in a message, if it is invisible and neither needed there nor a
/// sign that is printed, as the number signs of Arabic are.
pub fn misleading(text: &str, at: usize, character: char) -> Option<&'static str> {
    let printed = matches!(
        character,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
            | '\u{110bd}' | '\u{110cd}'
    );
    if printed || !is_invisible(character) || is_needed(text, at, character) {
        return None;
    }
    Some(match character {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "text-direction control"
        }
        _ => "invisible character",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misleads(text: &str) -> bool {
        text.char_indices()
            .any(|(at, character)| misleading(text, at, character).is_some())
    }

    #[test]
    fn only_what_hides_something_misleads() {
        for text in [
            "a\u{202e}b",
            "a\u{200b}",
            "a\u{200d}b",
            "a\u{2063}b",
            "\u{200d}",
            "a\u{e0041}",
            "\u{ad}a",
        ] {
            assert!(misleads(text), "{text:?}");
        }
        for text in [
            "",
            "aé復",
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "☎\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "Pass\u{ad}wort",
        ] {
            assert!(!misleads(text), "{text:?}");
        }
    }
}
