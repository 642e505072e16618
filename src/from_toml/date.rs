//! Dates.

use jiff::civil::Date;
use toml::de::DeValue;

use super::{FromToml, Reader, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Location;

/// A TOML date, which may also have a time.
impl FromToml for Date {
    #[cfg(test)]
    type Raw = RawDate;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let date = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) if reader.is_yaml => text.trim().to_owned(),
            other => {
                let wanted = "a date such as `2026-09-30`, without quotes";
                return reader.wrong_type(value.span(), other, wanted);
            }
        };
        let parsed = date.parse().ok();
        if parsed.is_none() {
            let problem = Diagnostic::error(Code::BadDate, format!("`{date}` is not a date"))
                .at(Location::new(reader.source, value.span()));
            reader.report(problem.hint("write year, month and day: `2026-09-30`"));
        }
        parsed
    }
}

/// The schema of a date.
#[cfg(test)]
pub struct RawDate;
