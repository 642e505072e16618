//! The id of a build: `made-from` in its manifest.
//!
//! Two builds with the same id give the same files and report the same warnings, so the second one is
//! not needed. An id that says "without a warning" holds on any day; with it, the files of the site need
//! not even be parsed.

use super::{BuildOptions, Checked, LoadedSite, Sources};
use crate::diagnostic::{Diagnostics, Severity};
use crate::fingerprint::sha256_hex;
use crate::load::InputDigest;

impl Sources {
    /// The id of a build of these files that reports nothing, on whatever day.
    pub fn quiet_build_id(&self) -> Option<String> {
        let files = self.files.as_ref()?;
        is_quiet(&self.diagnostics).then(|| quiet(&digest(&self.options, files.digest())))
    }
}

impl Checked {
    /// The id of the build of this site; `None` if it has errors.
    pub fn build_id(&self) -> Option<String> {
        let loaded = self.sound()?;
        Some(build_id(loaded, &self.diagnostics))
    }
}

/// SHA-256 of everything a build depends on: the program, the options and the files.
pub(super) fn digest(options: &BuildOptions, files: &InputDigest) -> String {
    let program = (env!("CARGO_PKG_VERSION"), env!("REGAIN_SOURCES"));
    let BuildOptions {
        base_url, drafts, ..
    } = options;
    sha256_hex(format!("{program:?}\n{base_url:?} {drafts:?}\n{files:?}").as_bytes())
}

/// The id of a build of a checked site.
pub(super) fn build_id(loaded: &LoadedSite, diagnostics: &Diagnostics) -> String {
    let mut guides = loaded.site.guides.iter();
    let has_review_dates = guides.any(|guide| guide.meta.review_every.is_some());
    if is_quiet(diagnostics) && !has_review_dates {
        quiet(&loaded.digest)
    } else {
        loaded.digest.clone()
    }
}

fn quiet(digest: &str) -> String {
    format!("{digest} without a warning")
}

/// `build` does not report remarks.
fn is_quiet(diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().all(|one| one.severity == Severity::Info)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::config::Drafts;
    use crate::ids::BaseUrl;

    #[test]
    fn the_digest_depends_on_the_options_and_the_files() {
        let files = |pages: &str, other: &str| InputDigest {
            pages: pages.to_owned(),
            other: other.to_owned(),
        };
        let plain = BuildOptions {
            root: ".".into(),
            base_url: None,
            drafts: Drafts::Hidden,
            today: Date::default(),
        };
        let moved = BuildOptions {
            base_url: BaseUrl::parse("https://a.example/docs/"),
            ..plain.clone()
        };
        let with_drafts = BuildOptions {
            drafts: Drafts::Shown,
            ..plain.clone()
        };
        let digests = [
            digest(&plain, &files("a", "b")),
            digest(&plain, &files("b", "b")),
            digest(&plain, &files("a", "a")),
            digest(&moved, &files("a", "b")),
            digest(&with_drafts, &files("a", "b")),
        ];
        for (index, one) in digests.iter().enumerate() {
            assert!(!digests[..index].contains(one), "{index}");
        }
        let elsewhere = BuildOptions {
            root: "/elsewhere".into(),
            today: Date::MAX,
            ..plain
        };
        assert_eq!(digest(&elsewhere, &files("a", "b")), digests[0]);
    }
}
