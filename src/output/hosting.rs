//! The files static hosts look for beside the pages, in one list.
//!
//! In: the base address, pages, redirects and hashed folders. Out: path and text of each file.
//! `404.html` is a page, and `manifest.json` comes last of all (`manifest`), so neither is here.

use super::{Page, Redirect, headers, redirects, sitemap};
use crate::ids::{BaseUrl, OutPath};

/// What the host files are made from.
#[derive(Debug, Clone, Copy)]
pub struct Hosting<'a> {
    /// Where the site will live.
    pub base: &'a BaseUrl,
    /// Pages search engines should know.
    pub pages: &'a [Page],
    /// Old addresses, from [`redirects::resolve`].
    pub redirects: &'a [Redirect],
    /// Folders such as `assets/` in which every name changes with its content.
    pub immutable: &'a [&'a str],
}

impl Hosting<'_> {
    /// `.nojekyll`, `_headers`, `_redirects`, `robots.txt` and `sitemap.xml`.
    pub fn files(&self) -> impl Iterator<Item = (OutPath, String)> {
        [
            // Tells a host that would run the pages through Jekyll to leave `_headers` and friends be.
            (".nojekyll", String::new()),
            ("_headers", headers::headers_file(self.base, self.immutable)),
            (
                "_redirects",
                redirects::redirects_file(self.base, self.redirects),
            ),
            ("robots.txt", sitemap::robots(self.base)),
            ("sitemap.xml", sitemap::sitemap(self.base, self.pages)),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((OutPath::new(name)?, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promised_host_file_is_there() {
        let base = BaseUrl::default();
        let hosting = Hosting {
            base: &base,
            pages: &[],
            redirects: &[],
            immutable: &["assets/"],
        };
        let names: Vec<_> = hosting.files().map(|(path, _)| path.to_string()).collect();
        let promised = [
            ".nojekyll",
            "_headers",
            "_redirects",
            "robots.txt",
            "sitemap.xml",
        ];
        assert_eq!(names, promised);
    }
}
