//! What the pages may do, as HTTP headers and as a `meta` policy.
//!
//! In: the base path and which folders hold names that change with their content. Out: constants
//! for pages and the preview server, and the text of `_headers`. It sends nothing.

use std::fmt::Write as _;

use super::address;
use crate::ids::BaseUrl;

/// The policy every page carries in a `meta` element, so that it holds on hosts without headers and
/// for pages opened from disk.
///
/// Nothing may be sent anywhere: `connect-src 'none'` holds because the search index comes as script
/// files, and `form-action 'self'` is there for the search form alone.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; \
    object-src 'none'; require-trusted-types-for 'script'";

/// What only a real header can say: no other page may show ours in a frame.
pub const FRAME_POLICY: &str = "frame-ancestors 'none'";

/// The referrer policy, also a `meta` element of every page.
pub const REFERRER_POLICY: &str = "no-referrer";

/// Headers of every answer besides the policy.
///
/// `clipboard-write` is the one power left on: the copy buttons need it. Only features
/// browsers know on every system are listed, since each unknown one is a complaint in the reader's
/// console.
pub const FIXED_HEADERS: &[(&str, &str)] = &[
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", REFERRER_POLICY),
    (
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
         clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), \
         geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
         local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), \
         picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), \
         screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
         window-management=(), xr-spatial-tracking=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The types of the files a site may contain, by extension.
pub const CONTENT_TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("csv", "text/csv; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("yml", "text/plain; charset=utf-8"),
];

/// How long a file whose name changes with its content may be kept: a year, unasked.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The value of the `Content-Security-Policy` header.
pub fn header_policy() -> String {
    format!("{PAGE_POLICY}; {FRAME_POLICY}")
}

/// The text of `_headers`, which several static hosts read. `immutable` names folders, such as
/// `assets/`, in which every name changes with its content.
pub fn headers_file(base: &BaseUrl, immutable: &[&str]) -> String {
    let mut text = format!(
        "{}\n  Content-Security-Policy: {}\n",
        address(base, "*"),
        header_policy()
    );
    for (name, value) in FIXED_HEADERS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name}: {value}");
    }
    for folder in immutable {
        let _ = write!(
            text,
            "\n{}*\n  Cache-Control: {IMMUTABLE}\n",
            address(base, folder)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meta_policy_and_the_header_differ_by_the_frame_rule_alone() {
        assert!(!PAGE_POLICY.contains("frame-ancestors"));
        assert_eq!(
            header_policy().strip_prefix(PAGE_POLICY),
            Some("; frame-ancestors 'none'")
        );
    }

    #[test]
    fn the_file_covers_every_page_and_keeps_hashed_names() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let text = headers_file(&base, &["assets/"]);
        let mut blocks = text.split("\n\n");
        let pages = blocks.next().unwrap_or_default();
        assert!(pages.starts_with("/docs/*\n  Content-Security-Policy: default-src 'none'; "));
        assert!(pages.contains("\n  X-Frame-Options: DENY\n"));
        assert_eq!(
            blocks.next(),
            Some("/docs/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
        assert_eq!(blocks.next(), None);
    }

    #[test]
    fn no_line_is_longer_than_hosts_take() {
        let text = headers_file(&BaseUrl::default(), &["assets/"]);
        assert!(text.lines().all(|line| line.len() < 2000));
    }

    #[test]
    fn copy_buttons_keep_their_power() {
        assert!(!headers_file(&BaseUrl::default(), &[]).contains("clipboard-write"));
    }
}
