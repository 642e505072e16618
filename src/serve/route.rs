//! Request path → a file of the site, a redirect, or nothing.
//!
//! In: which files there are, the base path, and the path as it was sent. Out: the file's key in the
//! build. The disk is never consulted, so a path cannot leave the site.

use percent_encoding::percent_decode_str;

use crate::ids::{BaseUrl, encode_path};

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// The file with this key.
    File(String),
    /// The page of a folder, whose address ends with a slash.
    Redirect(String),
    /// Nothing.
    Missing,
}

/// Finds what is at a path that is not decoded yet, as a static host would. `has` knows the site's files.
pub(super) fn route(has: impl Fn(&str) -> bool, base: &BaseUrl, path: &str) -> Route {
    // People type the bare host name. On the real host something else would be there.
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
    let file = if key.is_empty() || key.ends_with('/') {
        format!("{key}index.html")
    } else {
        key.to_owned()
    };
    if has(&file) {
        Route::File(file)
    } else if has(&format!("{key}/index.html")) {
        Route::Redirect(format!("{}{}/", base.path(), encode_path(key)))
    } else {
        Route::Missing
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILES: [&str; 6] = [
        "index.html",
        "a/index.html",
        "a/b/index.html",
        "a/picture.png",
        "é è/index.html",
        "assets/site.0123456789.css",
    ];

    fn route_below(base: &str, path: &str) -> Route {
        let base = BaseUrl::parse(base).expect("a valid base");
        route(|key| FILES.contains(&key), &base, path)
    }

    #[test]
    fn paths_are_resolved_as_by_a_static_host() {
        let file = |key: &str| Route::File(key.to_owned());
        let to = |path: &str| Route::Redirect(path.to_owned());
        let cases = [
            ("/", "/", file("index.html")),
            ("/", "/a/", file("a/index.html")),
            ("/", "/a", to("/a/")),
            ("/", "/a/b", to("/a/b/")),
            ("/", "/a/index.html", file("a/index.html")),
            ("/", "/a/picture.png", file("a/picture.png")),
            ("/", "/%61/", file("a/index.html")),
            ("/", "/%C3%A9%20%C3%A8/", file("é è/index.html")),
            ("/", "/%C3%A9%20%C3%A8", to("/%C3%A9%20%C3%A8/")),
            ("/sub/", "/", to("/sub/")),
            ("/sub/", "/sub", to("/sub/")),
            ("/sub/", "/sub/", file("index.html")),
            ("/sub/", "/sub/a", to("/sub/a/")),
            ("https://h.example/x/y", "/x/y/a/", file("a/index.html")),
        ];
        for (base, path, expected) in cases {
            assert_eq!(route_below(base, path), expected, "{path} below {base}");
        }
        let missing = "/a?q=//attacker.example /a/picture.png/ /%2561/ /%ff/ /% /b/ //a /a// \
            //attacker.example/ /../a/ /..%2fa/ /a/../a/ /a\\ /a%00/ /etc/passwd";
        for path in missing.split(' ') {
            assert_eq!(route_below("/", path), Route::Missing, "{path}");
        }
        for path in ["/a/", "/subway/", "/sub//a"] {
            assert_eq!(route_below("/sub/", path), Route::Missing, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_path_gives_a_key_of_the_build_or_nothing(
            path in "/([ -~]|//|\\.\\.|%2e|%2f|%5c|\\\\|a|%61|picture\\.png|index\\.html|%00|%0d%0a){0,12}"
        ) {
            for base in ["/", "/sub/"] {
                match route_below(base, &path) {
                    Route::File(key) => prop_assert!(FILES.contains(&key.as_str())),
                    Route::Redirect(to) => {
                        prop_assert!(to.starts_with(base) && !to.starts_with("//"));
                        prop_assert!(to.bytes().all(|byte| byte.is_ascii_graphic()));
                        prop_assert!(matches!(route_below(base, &to), Route::File(_)));
                    }
                    Route::Missing => {}
                }
            }
        }
    }
}
