//! One tokenizer for the rules that read HTML or SVG. It builds no tree, so a tag is seen wherever a browser could
//! see one.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{HtmlString, Token, Tokenizer};

use crate::diagnostic::Diagnostic;

/// A problem and where in a page it is.
pub(super) type Finding = (Range<usize>, Diagnostic);

/// A start tag with its attributes.
pub(super) type Tag = StartTag<usize>;

/// Everything in a text but its errors, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> {
    Tokenizer::new_with_emitter(text, DefaultEmitter::new_with_span()).flatten()
}

/// The value of an attribute, whose name is written in lower case.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<Cow<'a, str>> {
    tag.attributes
        .get(name.as_bytes())
        .map(|value| words(&value.value))
}

/// Every attribute with its value.
pub(super) fn attributes(tag: &Tag) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let all = tag.attributes.iter();
    all.map(|(name, value)| (words(name), words(&value.value)))
}

/// Whether a list of words separated by spaces contains a word.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// A text, or the name of a tag or attribute.
pub(super) fn words(bytes: &HtmlString) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
