//! Where a page's front matter ends and its body begins.

use std::ops::Range;

/// The block before a page's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontBlock {
    /// How it is written.
    pub format: FrontFormat,
    /// The text between the two fence lines.
    pub span: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontFormat {
    /// TOML between `+++` lines.
    Toml,
    /// YAML between `---` lines, as other tools write it.
    Yaml,
}

/// Finds the front matter, if there is any. `Err` gives the fence that is opened and never closed.
///
/// A `---` on the first line opens YAML only if another `---` follows; otherwise it is a rule across
/// the page, as in any Markdown.
pub fn front_block(text: &str) -> Result<Option<FrontBlock>, Range<usize>> {
    let (fence, format) = match first_line(text) {
        "+++" => ("+++", FrontFormat::Toml),
        "---" => ("---", FrontFormat::Yaml),
        _ => return Ok(None),
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok(Some(FrontBlock {
                format,
                span: start..at,
                body: at + line.len(),
            }));
        }
        at += line.len();
    }
    match format {
        FrontFormat::Toml => Err(0..fence.len()),
        FrontFormat::Yaml => Ok(None),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blocks_are_found_by_their_fences() {
        let cases = [
            ("# Hi\n", Ok((None, "# Hi\n"))),
            ("+++\na = 1\n+++\nbody", Ok((Some("a = 1\n"), "body"))),
            ("---\na: 1\n---\nbody", Ok((Some("a: 1\n"), "body"))),
            ("+++\n+++", Ok((Some(""), ""))),
            ("---\n\ntext", Ok((None, "---\n\ntext"))),
            ("+++\na = 1\n", Err(0..3)),
        ];
        for (text, expected) in cases {
            let got = front_block(text).map(|front| {
                let body = front.as_ref().map_or(0, |front| front.body);
                (front.map(|front| &text[front.span]), &text[body..])
            });
            assert_eq!(got, expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_at_character_boundaries(text in "(\\+\\+\\+|---|a|é|\n){0,24}") {
            if let Ok(Some(front)) = front_block(&text) {
                prop_assert!(text.is_char_boundary(front.body));
                prop_assert!(text.get(front.span).is_some());
            }
        }
    }
}
