//! Site → what is wrong with it.
//!
//! In: a loaded site and the day. Out: diagnostics, one rule family per file. It changes nothing
//! and reads no file.

mod addresses;
mod characters;
mod freshness;
mod links;
mod placeholders;

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::site::Site;

/// Runs every rule.
pub fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    addresses::check(site, diagnostics);
    links::check(site, diagnostics);
    characters::check(site, diagnostics);
    freshness::check(site, today, diagnostics);
    placeholders::check(site, diagnostics);
}
