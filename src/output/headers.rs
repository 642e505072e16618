//! The HTTP headers and the `meta` policy of the pages, for static hosts and for the preview.

/// The policy in a `meta` element of every page, so that it holds on hosts that do not send headers and for
/// pages opened from disk.
///
/// Pages cannot send anything anywhere: `connect-src 'none'` is possible because the search index consists of
/// script files, and `form-action 'self'` is there only for the search form.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; \
    object-src 'none'; require-trusted-types-for 'script'";

/// No other page may show ours in a frame. Browsers ignore this in a `meta` element.
pub const FRAME_POLICY: &str = "frame-ancestors 'none'";

/// The referrer policy, also a `meta` element of every page.
pub const REFERRER_POLICY: &str = "no-referrer";

/// Headers of every response besides the policy.
///
/// `clipboard-write` is not switched off, because the copy buttons need it. Only features that browsers know on
/// every system are listed, because each unknown one is a warning in the reader's console.
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

/// The caching of a file whose name changes with its content: a year, without asking again.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The value of the `Content-Security-Policy` header.
pub fn header_policy() -> String {
    format!("{PAGE_POLICY}; {FRAME_POLICY}")
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
}
