//! Site → what is wrong with it.
//!
//! In: a loaded site and the day. Out: diagnostics, one rule family per file. It changes nothing
//! and reads no file.

mod addresses;
mod asks;
mod characters;
mod expect;
mod freshness;
mod links;
mod markup;
mod pictures;
mod placeholders;
mod reading;
mod recovery;
mod requests;
mod secrets;
mod syllables;
mod triage;

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::site::Site;

pub use expect::{Search, expected_answers, expected_pages};
pub use markup::markup;
pub use reading::{Longest, Measure, Reading, reading};
pub use secrets::check_templates;

/// Runs every rule.
pub fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    addresses::check(site, diagnostics);
    links::check(site, diagnostics);
    characters::check(site, diagnostics);
    pictures::check(site, diagnostics);
    freshness::check(site, today, diagnostics);
    placeholders::check(site, diagnostics);
    recovery::check(site, diagnostics);
    triage::check(site, diagnostics);
    secrets::check(site, diagnostics);
}
