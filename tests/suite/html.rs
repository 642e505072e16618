//! A built page as a list of its tags.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};

/// One start tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// The elements it stands in, outermost first; what HTML closes by itself is not counted.
    pub(crate) inside: Vec<String>,
    /// The text up to the next tag.
    pub(crate) text: String,
}

impl Tag {
    /// The value of an attribute; empty where it has none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Elements that are never closed.
const VOID: [&str; 9] = [
    "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// Every start tag of a page, in order.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut tags: Vec<Tag> = Vec::new();
    let mut inside: Vec<String> = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = lossy(&tag.name);
                let attributes = tag.attributes.iter();
                tags.push(Tag {
                    attributes: attributes
                        .map(|(key, value)| (lossy(key), lossy(value)))
                        .collect(),
                    inside: inside.clone(),
                    text: String::new(),
                    name: name.clone(),
                });
                if !tag.self_closing && !VOID.contains(&&*name) {
                    inside.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = lossy(&tag.name);
                if let Some(at) = inside.iter().rposition(|open| *open == name) {
                    inside.truncate(at);
                }
            }
            Token::String(text) => {
                if let Some(last) = tags.last_mut() {
                    last.text.push_str(&lossy(&text));
                }
            }
            _ => {}
        }
    }
    tags
}
