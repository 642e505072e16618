//! Request path → a file of the site, a redirect or nothing.
//!
//! In: which files there are, the base path and a path as it was sent. Out: the file's own key, never
//! anything of the request. The disk is not consulted, so there is nothing to climb out of.

use percent_encoding::percent_decode_str;

use crate::ids::{BaseUrl, encode_path};

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// The file at this key.
    File(String),
    /// The folder's page, at its address with the slash.
    Redirect(String),
    /// Nothing in this site.
    Missing,
}

/// Finds what a path, not decoded, leads to, as a static host would; `has` knows the site's files.
pub(super) fn route(has: impl Fn(&str) -> bool, base: &BaseUrl, path: &str) -> Route {
    // A bare host name is what people type; a host would have something else there.
    if path == "/" && base.path() != "/" {
        return Route::Redirect(base.path().to_owned());
    }
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else {
        return Route::Missing;
    };
    if format!("{decoded}/") == base.path() {
        return Route::Redirect(base.path().to_owned());
    }
    let Some(key) = decoded.strip_prefix(base.path()) else {
        return Route::Missing;
    };
    if key.is_empty() || key.ends_with('/') {
        return file(has, format!("{key}index.html"));
    }
    if !has(key) && has(&format!("{key}/index.html")) {
        let escaped = encode_path(key);
        return Route::Redirect(format!("{}{escaped}/", base.path()));
    }
    file(has, key.to_owned())
}

fn file(has: impl Fn(&str) -> bool, key: String) -> Route {
    if has(&key) {
        Route::File(key)
    } else {
        Route::Missing
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::OutPath;
    use crate::output::Output;

    fn site() -> Output {
        let mut output = Output::default();
        let files = [
            "index.html",
            "404.html",
            "a/index.html",
            "a/b/index.html",
            "a/picture.png",
            "é è/index.html",
            "assets/site.0123456789.css",
        ];
        for path in files {
            let path = OutPath::new(path).expect("a plain path");
            output.insert(path, path_bytes());
        }
        output
    }

    fn has(output: &Output) -> impl Fn(&str) -> bool {
        |path| output.get(path).is_some()
    }

    fn path_bytes() -> Vec<u8> {
        b"x".to_vec()
    }

    fn base(text: &str) -> BaseUrl {
        BaseUrl::parse(text).expect("a good base")
    }

    #[test]
    fn paths_lead_where_a_static_host_leads() {
        let file = |key: &str| Route::File(key.to_owned());
        let to = |path: &str| Route::Redirect(path.to_owned());
        let cases = [
            ("/", "/", file("index.html")),
            ("/", "/a/", file("a/index.html")),
            ("/", "/a", to("/a/")),
            ("/", "/a?q=//attacker.example", Route::Missing),
            ("/", "/a/b", to("/a/b/")),
            ("/", "/a/index.html", file("a/index.html")),
            ("/", "/a/picture.png", file("a/picture.png")),
            ("/", "/a/picture.png/", Route::Missing),
            ("/", "/%61/", file("a/index.html")),
            ("/", "/%C3%A9%20%C3%A8/", file("é è/index.html")),
            ("/", "/%C3%A9%20%C3%A8", to("/%C3%A9%20%C3%A8/")),
            ("/", "/%2561/", Route::Missing),
            ("/", "/%ff/", Route::Missing),
            ("/", "/%", Route::Missing),
            ("/", "/b/", Route::Missing),
            ("/", "//attacker.example/", Route::Missing),
            ("/", "//a", Route::Missing),
            ("/", "/a//", Route::Missing),
            ("/", "/../a/", Route::Missing),
            ("/", "/..%2fa/", Route::Missing),
            ("/", "/a/../a/", Route::Missing),
            ("/", "/a\\", Route::Missing),
            ("/", "/a%00/", Route::Missing),
            ("/", "/etc/passwd", Route::Missing),
            ("/sub/", "/", to("/sub/")),
            ("/sub/", "/sub", to("/sub/")),
            ("/sub/", "/sub/", file("index.html")),
            ("/sub/", "/sub/a", to("/sub/a/")),
            ("/sub/", "/a/", Route::Missing),
            ("/sub/", "/subway/", Route::Missing),
            ("https://h.example/x/y", "/x/y/a/", file("a/index.html")),
        ];
        for (below, target, expected) in cases {
            let got = route(has(&site()), &base(below), target);
            assert_eq!(got, expected, "{target} below {below}");
        }
    }

    proptest! {
        #[test]
        fn any_target_gives_a_key_of_the_map_or_nothing(target in "/[ -~]{0,24}") {
            check(&target)?;
        }

        #[test]
        fn climbing_gives_a_key_of_the_map_or_nothing(
            target in "(/|//|\\.\\.|%2e|%2f|%5c|\\\\|a|b|%61|picture\\.png|index\\.html|%00|%0d%0a|\\?|;){1,12}"
        ) {
            check(&format!("/{target}"))?;
        }
    }

    fn check(target: &str) -> Result<(), TestCaseError> {
        for below in ["/", "/sub/"] {
            let output = site();
            match route(has(&output), &base(below), target) {
                Route::File(key) => prop_assert!(output.get(&key).is_some()),
                Route::Redirect(to) => {
                    prop_assert!(to.starts_with(below) && !to.starts_with("//"));
                    prop_assert!(to.bytes().all(|byte| byte.is_ascii_graphic()));
                    let again = route(has(&output), &base(below), &to);
                    prop_assert!(matches!(again, Route::File(_)), "{:?}", again);
                }
                Route::Missing => {}
            }
        }
        Ok(())
    }
}
