//! Site → what is wrong with it.
//!
//! In: a loaded site and the day. Out: diagnostics, one rule family per file. It changes nothing
//! and reads no file.

mod addresses;
mod asks;
mod characters;
mod expect;
mod freshness;
mod hosts;
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
use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::site::Site;

pub use expect::{Search, expected_answers, expected_pages};
pub use markup::markup;
pub use reading::{Longest, Measure, Reading, reading};
pub use secrets::check_templates;

/// Runs every rule, side by side: none knows what another finds, only what loading found before.
pub fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    let earlier = &*diagnostics;
    let rules: [&(dyn Fn(&mut Diagnostics) + Sync); 9] = [
        &|told| secrets::check(site, told),
        &|told| links::check(site, told),
        &|told| characters::check(site, told),
        &|told| placeholders::check(site, told),
        &|told| addresses::check(site, told),
        &|told| pictures::check(site, told),
        &|told| freshness::check(site, today, told),
        &|told| recovery::check(site, earlier, told),
        &|told| triage::check(site, earlier, told),
    ];
    let told = rules.par_iter().map(|rule| {
        let mut told = Diagnostics::default();
        rule(&mut told);
        told
    });
    let told: Vec<_> = told.collect();
    diagnostics.extend(told.into_iter().flatten());
}
