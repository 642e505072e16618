//! Names and addresses as types, so that one kind of text cannot pass for another. Nothing is looked up.

use std::borrow::{Borrow, Cow};
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::source::Source;

/// The text in Unicode normalization form C, so that equal names are equal texts.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    text.nfc().collect()
}

/// Implements what all text types have in common.
macro_rules! text {
    ($($type:ident),*) => {$(
        impl $type {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

text!(ContentPath, OutPath);

macro_rules! names {
    ($($(#[doc = $doc:literal])* $type:ident,)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(String);

        impl $type {
            /// Wraps any text. Use `is_plain_name` to check that it is a good name.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
        }

        text!($type);

        #[cfg(test)]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                String::schema_name()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                String::json_schema(generator)
            }
        }
    )*};
}

names! {
    /// A key of `links.toml`.
    LinkName,
    /// One thing a request needs: a `[[detail]]` of `checklist.toml`.
    DetailId,
    /// A `[[group]]` of `checklist.toml`.
    GroupId,
    /// One choice of a detail or an answer of a question.
    AnswerId,
    /// A `[[request]]` of `checklist.toml`.
    RequestId,
    /// A `[[question]]` of `triage.toml`.
    QuestionId,
    /// An `[[outcome]]` of `triage.toml`.
    OutcomeId,
}

/// Whether a name is lower-case words joined by hyphens, as addresses and field names need it.
pub fn is_plain_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// What is encoded in the path of an address, besides letters of other scripts.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it is written in an address: without spaces, or anything that could end an attribute.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).collect()
}

/// The address of a page below the site's root: empty for the home page, else `a/b/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UrlPath(String);

impl UrlPath {
    /// The home page.
    pub fn home() -> Self {
        Self::default()
    }

    /// Joins folder names; each must be one plain path part. Empty parts are dropped.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            path.push_str(part);
            path.push('/');
        }
        Self(path)
    }

    /// `a/b/`, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder names.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split_terminator('/')
    }

    /// How many folders deep: 0 for the home page.
    pub fn depth(&self) -> usize {
        self.parts().count()
    }

    /// The page one folder up; the home page is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        let mut parts: Vec<_> = self.parts().collect();
        parts.pop();
        Self::of_parts(parts)
    }

    /// Where the page is written: `a/b/index.html`.
    pub fn out(&self) -> OutPath {
        self.file("index.html")
    }

    /// Where a file beside the page is written.
    pub fn file(&self, name: &str) -> OutPath {
        OutPath(format!("{}{name}", self.0))
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// The path of a file below `content/`, with `/` between its parts: `a/b.md`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentPath(String);

impl ContentPath {
    /// The folder, as it is named in paths from the root of a site.
    const FOLDER: &str = "content/";

    /// Wraps a path relative to `content/`.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path of a file that is named from the root of a site.
    pub fn of_source(source: &Source) -> Self {
        let path = source.path();
        Self::new(path.strip_prefix(Self::FOLDER).unwrap_or(path))
    }

    /// The path from the root of a site, as problems show it: `content/a/b.md`.
    pub fn source_path(&self) -> String {
        format!("{}{}", Self::FOLDER, self.0)
    }
}

/// A file of the built site: parts joined by `/`, no leading slash, no `.` or `..`, no `\`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct OutPath(String);

impl TryFrom<String> for OutPath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text).ok_or("no file of a site can have this path")
    }
}

impl OutPath {
    /// `None` if the text is empty or absolute, contains `\` or NUL, or has an empty, `.` or `..` part.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let good = !text.contains(['\\', '\0'])
            && text
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..");
        good.then_some(Self(text))
    }

    /// The name that it has on systems that ignore case and how accents are encoded.
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        // `ß` and `SS` become the same only by way of upper case.
        let upper: String = self.0.nfc().flat_map(char::to_uppercase).collect();
        upper.chars().flat_map(char::to_lowercase).nfc().collect()
    }
}

/// Where the site will live: `https://host/path/`, or only a path when the host is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: Option<String>,
    path: String,
}

impl BaseUrl {
    /// Takes `https://host`, `https://host/path`, `http://…` (for previews) or `/path`.
    /// `None` for anything else: another scheme, a query, a fragment, user info, spaces, letters that
    /// must be encoded.
    pub fn parse(text: &str) -> Option<Self> {
        // Hosts and sitemaps want other letters encoded; only their author knows how the host does it.
        if !text.is_ascii()
            || text.contains(['?', '#', '\\', '@', '"', '<', '>'])
            || text.chars().any(|c| c.is_whitespace() || c.is_control())
        {
            return None;
        }
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| text.starts_with(scheme));
        let (origin, path) = match scheme {
            Some(scheme) => {
                let rest = &text[scheme.len()..];
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                if host.is_empty() {
                    return None;
                }
                (Some(format!("{scheme}{host}")), path)
            }
            // `//host/` would be another host to a browser.
            None if text.starts_with("//") => return None,
            None => (None, text.strip_prefix('/')?),
        };
        if path.split('/').any(|part| part == "." || part == "..") {
            return None;
        }
        let mut clean = String::from("/");
        for part in path.split('/').filter(|part| !part.is_empty()) {
            clean.push_str(part);
            clean.push('/');
        }
        Some(Self {
            origin,
            path: clean,
        })
    }

    /// `https://host` without a slash at its end; `None` if only a path is known.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// The path the site lives under, with a slash at both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The full address of something below the root (`a/b/`), or `None` without a host.
    pub fn absolute(&self, below: &str) -> Option<String> {
        let origin = self.origin()?;
        Some(format!("{origin}{}{below}", self.path))
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self {
            origin: None,
            path: "/".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn base_urls_are_tidied_or_refused() {
        let cases = [
            ("https://a.example", Some("https://a.example/x/")),
            ("https://a.example/", Some("https://a.example/x/")),
            ("https://a.example/b", Some("https://a.example/b/x/")),
            ("https://a.example//b//", Some("https://a.example/b/x/")),
            ("https://a.example/../b", None),
            ("https://a.example/?q", None),
            ("https://me@a.example/", None),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("//a.example/", None),
            ("https://a.example/\u{e4}/", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let got = BaseUrl::parse(text).and_then(|base| base.absolute("x/"));
            assert_eq!(got.as_deref(), expected, "{text}");
        }
        assert_eq!(
            BaseUrl::parse("/sub").map(|base| base.path),
            Some("/sub/".to_owned())
        );
    }

    #[test]
    fn paths_are_folded_as_the_most_careless_system_does() {
        let folded = |text: &str| OutPath::new(text).expect("a good path").folded();
        for (one, other) in [
            ("Guide/A.png", "guide/a.PNG"),
            ("e\u{301}", "\u{e9}"),
            ("E\u{301}", "\u{e9}"),
            ("straße", "STRASSE"),
            ("ſet", "set"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("guide"), folded("guides"));
    }

    proptest! {
        #[test]
        fn a_base_path_always_has_a_slash_at_both_ends(text in "(https://[a-z.]{1,9}|)/[a-z/.]{0,12}") {
            if let Some(base) = BaseUrl::parse(&text) {
                prop_assert!(base.path().starts_with('/') && base.path().ends_with('/'));
                prop_assert!(!base.path().contains("//"));
            }
        }

        #[test]
        fn an_out_path_never_climbs(text in "[ab./\\\\]{0,12}") {
            if let Some(path) = OutPath::new(text) {
                prop_assert!(path.as_str().split('/').all(|part| part != ".." && !part.is_empty()));
                prop_assert!(!path.as_str().starts_with('/'));
            }
        }
    }
}
