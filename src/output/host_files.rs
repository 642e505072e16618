//! The files beside the pages, for static hosts and for programs that read sites.
//!
//! `404.html` is a page, and `manifest.json` is made last of all (`manifest`), so neither is here.

use super::{Page, Redirect, feed, hosts, llms_txt, sitemap};
use crate::config::HostTarget;
use crate::ids::{BaseUrl, OutPath};
use crate::site::HostFile;

/// What the host files are made from.
#[derive(Debug, Clone, Copy)]
pub struct HostFiles<'a> {
    /// The host, if it is known.
    pub target: Option<HostTarget>,
    /// Where the site will live.
    pub base: &'a BaseUrl,
    /// What the site is called.
    pub title: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// All pages.
    pub pages: &'a [Page],
    /// Old addresses.
    pub redirects: &'a [Redirect],
    /// Folders such as `assets/` in which every name changes with its content.
    pub immutable: &'a [&'a str],
    /// Whether text files have compressed copies.
    pub compress: bool,
}

impl HostFiles<'_> {
    /// Path and text of each file.
    pub fn files(&self) -> impl Iterator<Item = (OutPath, String)> {
        let files = HostFile::ALL.into_iter();
        let files = files.filter(|file| file.is_for(self.target));
        files.filter_map(|file| Some((file.path(), self.text(file)?)))
    }

    fn text(&self, file: HostFile) -> Option<String> {
        Some(match file {
            HostFile::NotFound | HostFile::Offline | HostFile::Manifest => return None,
            HostFile::NoJekyll => String::new(),
            HostFile::Headers
            | HostFile::Redirects
            | HostFile::Nginx
            | HostFile::Caddyfile
            | HostFile::CloudFormation => hosts::config(file, self)?,
            HostFile::Robots => sitemap::robots(self.base),
            HostFile::Sitemap => sitemap::sitemap(self.base, self.pages)?,
            HostFile::Feed => feed::feed(self.base, self.title, self.pages)?,
            HostFile::LlmsTxt => {
                llms_txt::llms_txt(self.base, self.title, self.description, self.pages)?
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_gets_its_own_files_and_no_other_does() {
        let base = BaseUrl::parse("https://a.example/").expect("a good base");
        let names = |target| {
            let hosting = HostFiles {
                target,
                base: &base,
                title: "Help",
                description: "",
                pages: &[],
                redirects: &[],
                immutable: &["assets/"],
                compress: false,
            };
            let files = hosting.files().map(|(path, _)| path.to_string());
            let everywhere = ["robots.txt", "sitemap.xml", "llms.txt", "feed.xml"];
            let files = files.filter(|name| !everywhere.contains(&name.as_str()));
            files.collect::<Vec<_>>().join(" ")
        };
        let cases = [
            (None, ".nojekyll _headers _redirects"),
            (Some(HostTarget::GithubPages), ".nojekyll"),
            (Some(HostTarget::GitlabPages), "_redirects"),
            (Some(HostTarget::Netlify), "_headers _redirects"),
            (Some(HostTarget::CloudflarePages), "_headers _redirects"),
            (Some(HostTarget::S3Cloudfront), "cloudformation.yaml"),
            (Some(HostTarget::Caddy), "Caddyfile"),
            (Some(HostTarget::Nginx), "nginx.conf"),
        ];
        for (target, expected) in cases {
            assert_eq!(names(target), expected, "{target:?}");
        }
    }
}
