//! A site's files before anything in them is looked at, and what a built site says of them.
//!
//! In: a folder, or a site that was checked. Out: the mark a site bears in its manifest. Where one
//! stands that was made from the same files, and nothing was told of it that the day could change,
//! the files need not be looked at again.

use jiff::civil::Date;

use super::{BuildOptions, Checked, Memory};
use crate::diagnostic::{Diagnostics, Error, Severity};
use crate::load::{self, Choices, Loaded, SiteFiles};

/// A site's files.
#[derive(Debug)]
pub struct Sources {
    files: Option<SiteFiles>,
    today: Date,
    diagnostics: Diagnostics,
}

/// Reads a site's files.
///
/// Errors: as those of a build.
pub fn read(options: &BuildOptions) -> Result<Sources, Error> {
    let mut diagnostics = Diagnostics::default();
    let choices = Choices {
        base_url: options.base_url.as_ref(),
        drafts: options.drafts,
    };
    Ok(Sources {
        files: load::read(&options.root, choices, &mut diagnostics)?,
        today: options.today,
        diagnostics,
    })
}

impl Sources {
    /// What a site made from these files says of them if no warning is in place, on this day or any.
    pub fn made_quietly_from(&self) -> Option<String> {
        let files = self.files.as_ref()?;
        is_quiet(&self.diagnostics).then(|| quietly(&files.digest()))
    }

    /// Says everything about them that can be said without making a page.
    pub fn check(mut self, memory: &mut Memory) -> Checked {
        let files = self.files;
        let loaded = files.and_then(|files| files.load(&mut memory.load, &mut self.diagnostics));
        Checked::of(loaded, self.today, self.diagnostics)
    }
}

/// What a site says of the files it was made from, with all there was to tell of it.
pub(super) fn made_from(loaded: &Loaded, diagnostics: &Diagnostics) -> String {
    let mut guides = loaded.site.guides.iter();
    let is_dated = guides.any(|guide| guide.meta.review_every.is_some());
    if is_quiet(diagnostics) && !is_dated {
        quietly(&loaded.made_from)
    } else {
        loaded.made_from.clone()
    }
}

fn quietly(digest: &str) -> String {
    format!("{digest} without a warning")
}

/// A build tells nobody what is not even a warning.
fn is_quiet(diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().all(|one| one.severity == Severity::Info)
}
