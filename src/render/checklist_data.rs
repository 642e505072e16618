//! What the checklist page's script is given.
//!
//! In: the checklist, the theme's words, the site's addresses. Out: JSON that is safe inside a template
//! element. What is asked and how it is composed comes from `recovery::page_data` unchanged.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::Renderer;
use super::linker::Linker;
use crate::recovery::{Checklist, page_data};

impl Renderer<'_> {
    /// The checklist's own data, and the strings and addresses that scripts show.
    pub(super) fn page_data(&self, checklist: &Checklist, linker: &Linker) -> Value {
        // The rules for secrets are not in it: they are the same on every visit, and browsers cache them as a script.
        let mut data = page_data(checklist, self.site.triage.as_ref());
        let names = self.theme.strings.iter().filter_map(|(key, text)| {
            let id = key.strip_prefix("secret_name_")?.replace('_', "-");
            Some((id, json!(text)))
        });
        data["names"] = Value::Object(names.collect());
        let guides = checklist
            .secret_guides
            .iter()
            .filter_map(|(pattern, file)| {
                let guide = self.site.guide_of_file(&file.value)?;
                let link = json!({ "href": linker.page(&guide.url), "title": guide.title });
                Some((pattern.value.clone(), link))
            });
        data["guides"] = Value::Object(guides.collect());
        data
    }
}

/// JSON in which every character with a meaning in HTML is escaped.
pub(super) fn embed(data: &impl Serialize) -> String {
    let data = serde_json::to_string(data).unwrap_or_default();
    let mut text = String::with_capacity(data.len());
    for sign in data.chars() {
        match sign {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(sign));
            }
            _ => text.push(sign),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_its_element_and_reads_as_it_was() {
        let data = json!({ "a": "</script><!-- & \u{2028}" });
        let text = embed(&data);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(data));
    }
}
