//! Addresses outside the site: which may be linked to, and which host they name.

use percent_encoding::percent_decode_str;

use crate::diagnostic::{Code, Diagnostic};

/// An address readers may be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideAddress {
    /// As written.
    pub url: String,
    /// The host in lower case; `None` for mail and telephone.
    pub host: Option<String>,
}

/// Reads an address that has a scheme or begins with `//`. `None` if it has neither, so that it can only be a path
/// of the site.
///
/// The scheme is found after percent decoding, ignoring spaces, control characters and case, as the most forgiving
/// browser would find it.
pub fn outside(written: &str) -> Option<Result<OutsideAddress, Diagnostic>> {
    // Nearly all links are plain paths.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./#".contains(&byte);
    if written.bytes().all(is_plain) && !written.starts_with("//") {
        return None;
    }
    let bare: String = percent_decode_str(written)
        .decode_utf8_lossy()
        .chars()
        .filter(|character| !character.is_control() && !character.is_whitespace())
        .collect();
    if bare.starts_with("//") || bare.starts_with('\\') || bare.starts_with("/\\") {
        return Some(Err(unsafe_link(
            "this link has a host but no scheme",
            "write `https://` before the host",
        )));
    }
    let (scheme, _) = bare.split_once(':')?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_allowed);
    if !is_scheme {
        return None;
    }
    Some(match scheme.to_ascii_lowercase().as_str() {
        "https" => https(written),
        "mailto" | "tel" => plain(written),
        "http" => Err(unsafe_link(
            "this link is not encrypted: a page sent over `http:` can be changed on the way",
            "write `https://`",
        )),
        other => Err(unsafe_link(
            format!("links to `{other}:` addresses are not allowed"),
            "use `https:`, `mailto:`, `tel:`, `link:NAME` or a path of this site",
        )),
    })
}

fn plain(written: &str) -> Result<OutsideAddress, Diagnostic> {
    if written.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(unsafe_link(
            "this link contains spaces or control characters",
            "remove them",
        ));
    }
    Ok(OutsideAddress {
        url: written.to_owned(),
        host: None,
    })
}

fn https(written: &str) -> Result<OutsideAddress, Diagnostic> {
    plain(written)?;
    let rest = written
        .get(..8)
        .filter(|start| start.eq_ignore_ascii_case("https://"))
        .and(written.get(8..))
        .ok_or_else(|| {
            unsafe_link(
                "this link lacks `//` after `https:`",
                "write `https://host/…`",
            )
        })?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.to_ascii_lowercase();
    let address = OutsideAddress {
        url: written.to_owned(),
        host: Some(host.clone()),
    };
    host_problem(authority, &host).map_or(Ok(address), Err)
}

/// Why a host, also given in lower case, could deceive a reader.
fn host_problem(authority: &str, lower: &str) -> Option<Diagnostic> {
    let ascii = "check where it goes: links can only go to hosts written in plain ASCII letters";
    let labels: Vec<_> = lower.trim_end_matches('.').split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    let is_label = |label: &&str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        !label.is_empty() && label.bytes().all(is_allowed)
    };
    Some(if authority.contains('\\') {
        unsafe_link("this link contains a backslash", "use `/`")
    } else if authority.contains('@') {
        let hint = "remove what comes between `https://` and the host, including the `@`";
        unsafe_link("this link has a user name before the host", hint)
    } else if authority.contains(':') {
        unsafe_link("this link has a port", "remove the port")
    } else if authority.contains('%') {
        unsafe_link(
            "the host of this link is encoded with `%`",
            "write it in plain letters",
        )
    } else if !authority.is_ascii() {
        let message = format!("`{authority}` contains letters that can be mistaken for others");
        unsafe_link(message, ascii)
    } else if labels.iter().any(|label| label.starts_with("xn--")) {
        let message = format!(
            "`{authority}` is the encoded form of a host whose letters can be mistaken for others"
        );
        unsafe_link(message, ascii)
    } else if is_number {
        unsafe_link(
            "this link goes to a number instead of a host name",
            "write the host's name",
        )
    } else if labels.len() < 2 || !labels.iter().all(is_label) {
        let message = format!("`{authority}` is not a host name");
        unsafe_link(message, "write it as `https://host.example/…`")
    } else {
        return None;
    })
}

fn unsafe_link(message: impl Into<String>, hint: &str) -> Diagnostic {
    Diagnostic::error(Code::UnsafeLink, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_addresses_get_through() {
        let cases = [
            ("https://a.example/b?c#d", Some(Ok("a.example"))),
            ("HTTPS://A.example", Some(Ok("a.example"))),
            ("mailto:a@b.example", Some(Ok(""))),
            ("a/b.md", None),
            ("a/b:c.md", None),
            ("javascript:alert(1)", Some(Err(()))),
            ("java\u{9}script:alert(1)", Some(Err(()))),
            ("%6aavascript:alert(1)", Some(Err(()))),
            (" JavaScript:alert(1)", Some(Err(()))),
            ("data:text/html,x", Some(Err(()))),
            ("http://a.example", Some(Err(()))),
            ("//a.example", Some(Err(()))),
            ("/\\a.example", Some(Err(()))),
            ("https:/a.example", Some(Err(()))),
            ("https:\\\\a.example", Some(Err(()))),
            ("https://me@a.example", Some(Err(()))),
            ("https://a.example:8080/", Some(Err(()))),
            ("https://127.0.0.1/", Some(Err(()))),
            ("https://2130706433/", Some(Err(()))),
            ("https://xn--pple-43d.example/", Some(Err(()))),
            ("https://\u{430}.example/", Some(Err(()))),
            ("https://localhost/", Some(Err(()))),
        ];
        for (written, expected) in cases {
            let got = outside(written).map(|result| {
                result
                    .map(|address| address.host.unwrap_or_default())
                    .map_err(|_| ())
            });
            let expected = expected.map(|result| result.map(str::to_owned));
            assert_eq!(got, expected, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn what_gets_through_begins_with_a_known_scheme(
            text in "(https?:|mailto:|tel:|javascript:|data:|//|%6a|%3a|a\\.example|[a-zA-Z:/%0-9@.\\\\ \t]){0,8}"
        ) {
            if let Some(Ok(address)) = outside(&text) {
                let lower = address.url.to_ascii_lowercase();
                prop_assert!(["https://", "mailto:", "tel:"].iter().any(|start| lower.starts_with(start)));
            }
        }
    }
}
