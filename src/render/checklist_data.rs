//! What the checklist page's script is given.
//!
//! In: the checklist, the theme's words, the site's addresses. Out: JSON that is safe inside a template
//! element. What is asked and how it is composed comes from `recovery::PageData` unchanged.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Renderer;
use super::links::Linker;
use crate::recovery::secrets::Scanner;
use crate::recovery::{Checklist, Detail, DetailKind, PageData};

impl Renderer<'_> {
    /// The checklist's own data, and with it the words and addresses scripts show.
    pub(super) fn page_data(
        &self,
        checklist: &Checklist,
        scanner: &Scanner,
        linker: &Linker,
    ) -> Value {
        let mut data = json!(PageData::new(checklist, self.site.triage.as_ref(), scanner));
        let messages = checklist.details.iter().map(|detail| {
            (
                detail.id.value.to_string(),
                json!(self.messages(checklist, detail)),
            )
        });
        data["messages"] = Value::Object(messages.collect());
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
                let link = json!({ "href": linker.hrefs.page(&guide.url), "title": guide.title });
                Some((pattern.value.clone(), link))
            });
        data["guides"] = Value::Object(guides.collect());
        data
    }

    /// What is said at a field, by kind of problem.
    fn messages(&self, checklist: &Checklist, detail: &Detail) -> Map<String, Value> {
        let label = detail.label.value.as_str();
        let in_sentence = lower_first(label);
        let say = |key: &str| {
            let words = self.theme.string(key).replace("{label}", label);
            words.replace("{lower_label}", &in_sentence)
        };
        let mut messages = Map::new();
        let set = checklist
            .at_least_one
            .iter()
            .find(|set| set.details.iter().any(|id| id.value == detail.id.value));
        let empty = match (&detail.if_empty, set, &detail.kind) {
            (Some(own), ..) => own.clone(),
            (None, Some(set), _) => set.message.clone(),
            (None, None, DetailKind::Choice(_) | DetailKind::Choices(_)) => say("error_select"),
            (None, None, DetailKind::Confirm { .. }) => say("error_confirm"),
            (None, None, _) => say("error_enter"),
        };
        messages.insert("empty".to_owned(), json!(empty));
        if let Some(most) = detail.shape.max_length {
            messages.insert(
                "too-long".to_owned(),
                json!(say("error_long").replace("{value}", &most.to_string())),
            );
        }
        let format = match (&detail.kind, &detail.shape.pattern) {
            (_, Some(pattern)) => Some(pattern.help.clone()),
            (DetailKind::Address, None) => Some(say("error_address")),
            (DetailKind::Date, None) => Some(say("error_date")),
            _ => None,
        };
        messages.extend(format.map(|text| ("format".to_owned(), json!(text))));
        messages
    }
}

/// `What happened` → `what happened`; names such as `PyPI username` and `TestPyPI` stay.
fn lower_first(label: &str) -> String {
    let word = label.split(' ').next().unwrap_or_default();
    let mut letters = word.chars();
    let first = letters.next();
    if word.chars().count() < 2 || letters.any(char::is_uppercase) {
        return label.to_owned();
    }
    let rest = &label[first.map_or(0, char::len_utf8)..];
    first
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        + rest
}

/// JSON that a page reads as text, whatever it says: no sign of it means anything to HTML.
pub(super) fn embed(data: &Value) -> String {
    let mut text = String::new();
    for sign in data.to_string().chars() {
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
    fn labels_stand_in_a_sentence_and_names_stay_names() {
        let cases = [
            ("What happened", "what happened"),
            ("PyPI username", "PyPI username"),
            ("TestPyPI or not", "TestPyPI or not"),
            ("I can push", "I can push"),
            ("Élan", "élan"),
            ("", ""),
        ];
        for (label, expected) in cases {
            assert_eq!(lower_first(label), expected);
        }
    }

    #[test]
    fn data_cannot_end_its_element_and_reads_as_it_was() {
        let data = json!({ "a": "</script><!-- & \u{2028}" });
        let text = embed(&data);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(data));
    }
}
