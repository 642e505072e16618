//! Entries of a table that others refer to by their `id`.

use super::secret_scanner::SiteSecret;
use super::{Answer, ChoiceOption, Detail, Group, Outcome, Question, Request};
use crate::source::Location;

/// An entry with an `id`.
pub trait Entry {
    /// The id.
    fn id(&self) -> &str;
    /// Where the id is.
    fn location(&self) -> &Location;
}

macro_rules! entries {
    ($($entry:ty),*) => {
        $(impl Entry for $entry {
            fn id(&self) -> &str {
                self.id.value.as_str()
            }
            fn location(&self) -> &Location {
                &self.id.location
            }
        })*
    };
}

entries!(
    Answer,
    ChoiceOption,
    Detail,
    Group,
    Outcome,
    SiteSecret,
    Question,
    Request
);

/// The entry with an id.
pub fn find<'a, E: Entry>(id: &str, entries: &'a [E]) -> Option<&'a E> {
    entries.iter().find(|entry| entry.id() == id)
}
