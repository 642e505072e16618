//! Headers of every answer of the preview.
//!
//! In: what a host will send with the published site. Out: the same, with what a preview needs
//! besides. Nothing of a request is in them.

use std::fmt::Write as _;

use crate::output::headers::{FIXED_HEADERS, header_policy};

/// Names and values, fit for the wire.
pub(super) fn fixed() -> impl Iterator<Item = (&'static str, String)> {
    [
        ("Content-Security-Policy", policy()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Cache-Control", "no-store".to_owned()),
        ("Server", "regain".to_owned()),
    ]
    .into_iter()
    .chain(
        FIXED_HEADERS
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    )
}

/// The same as lines, for answers written by hand.
pub(super) fn lines() -> String {
    fixed().fold(String::new(), |mut text, (name, value)| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{name}: {value}\r\n");
        text
    })
}

/// The published policy, with the event stream of live reload let through.
fn policy() -> String {
    header_policy().replace("connect-src 'none'", "connect-src 'self'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preview_lets_its_own_events_through_and_nothing_else() {
        let policy = policy();
        assert!(policy.contains("; connect-src 'self'; "));
        assert_eq!(
            policy.replace("connect-src 'self'", "connect-src 'none'"),
            header_policy()
        );
    }

    #[test]
    fn no_header_shares_anything_or_can_be_split() {
        for (name, value) in fixed() {
            assert!(!name.starts_with("Access-Control"), "{name}");
            assert!(!value.contains(['\r', '\n']) && value.is_ascii(), "{name}");
        }
    }
}
