//! The list as one JSON object, for other programs. `.readme/check.schema.json` describes it.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::codes::Code;
use super::list::Diagnostics;
use super::{Diagnostic, Severity};
use crate::source::Location;

#[derive(Serialize)]
struct Report<'a, T> {
    version: u8,
    errors: usize,
    warnings: usize,
    diagnostics: &'a [Diagnostic],
    #[serde(flatten)]
    more: &'a T,
}

/// One JSON object: `version` (1), counts and `diagnostics`, in the order of the list, then the keys
/// of `more`. Lines and columns start at 1.
pub fn json(diagnostics: &Diagnostics, more: &impl Serialize) -> String {
    let report = Report {
        version: 1,
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        diagnostics: &diagnostics.list,
        more,
    };
    let mut text =
        serde_json::to_string_pretty(&report).expect("texts and numbers always become JSON");
    text.push('\n');
    text
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (line, column) = self.line_column();
        let mut position = serializer.serialize_struct("Location", 5)?;
        position.serialize_field("file", self.source.path())?;
        position.serialize_field("line", &line)?;
        position.serialize_field("column", &column)?;
        position.serialize_field("start", &self.span.start)?;
        position.serialize_field("end", &self.span.end)?;
        position.end()
    }
}
