//! The files that regain writes at the top of every site for the static host.

use crate::config::Target;
use crate::ids::OutPath;

/// A file at the top of every site, besides the pages. Nothing in `content/` can have its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostFile {
    /// `404.html`: the page for unknown addresses.
    NotFound,
    /// `_headers`: the response headers that a host should send.
    Headers,
    /// `_redirects`: old addresses and where they lead.
    Redirects,
    /// `nginx.conf`: the configuration of nginx.
    Nginx,
    /// `Caddyfile`: the configuration of Caddy.
    Caddyfile,
    /// `cloudformation.yaml`: a bucket and a distribution at Amazon.
    CloudFormation,
    /// `.nojekyll`: keeps GitHub Pages from dropping files that begin with `_`.
    NoJekyll,
    /// `manifest.json`: the digest of every other file.
    Manifest,
    /// `offline.zip`: the whole site, to be read from disk.
    Offline,
    /// `robots.txt`
    Robots,
    /// `sitemap.xml`
    Sitemap,
    /// `feed.xml`: the guides that were reviewed last.
    Feed,
    /// `llms.txt`: the pages, for language models.
    LlmsTxt,
}

impl HostFile {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::NotFound,
        Self::NoJekyll,
        Self::Headers,
        Self::Redirects,
        Self::Nginx,
        Self::Caddyfile,
        Self::CloudFormation,
        Self::Offline,
        Self::Robots,
        Self::Sitemap,
        Self::Feed,
        Self::LlmsTxt,
        Self::Manifest,
    ];

    /// The name of the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFound => "404.html",
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
            Self::Nginx => "nginx.conf",
            Self::Caddyfile => "Caddyfile",
            Self::CloudFormation => "cloudformation.yaml",
            Self::NoJekyll => ".nojekyll",
            Self::Manifest => "manifest.json",
            Self::Offline => "offline.zip",
            Self::Robots => "robots.txt",
            Self::Sitemap => "sitemap.xml",
            Self::Feed => "feed.xml",
            Self::LlmsTxt => "llms.txt",
        }
    }

    /// Whether a site for this host has it. If the host is not known, the site has what several hosts read.
    pub fn is_for(self, target: Option<Target>) -> bool {
        let own: &[Self] = match target {
            None => &[Self::Headers, Self::Redirects, Self::NoJekyll],
            Some(Target::GithubPages) => &[Self::NoJekyll],
            Some(Target::GitlabPages) => &[Self::Redirects],
            Some(Target::Netlify | Target::CloudflarePages) => &[Self::Headers, Self::Redirects],
            Some(Target::S3Cloudfront) => &[Self::CloudFormation],
            Some(Target::Caddy) => &[Self::Caddyfile],
            Some(Target::Nginx) => &[Self::Nginx],
        };
        own.contains(&self) || !self.is_of_one_host()
    }

    fn is_of_one_host(self) -> bool {
        use HostFile::{Caddyfile, CloudFormation, Headers, Nginx, NoJekyll, Redirects};
        matches!(
            self,
            Headers | Redirects | NoJekyll | Nginx | Caddyfile | CloudFormation
        )
    }

    /// Where it is written.
    ///
    /// # Panics
    /// Never: each name is a path.
    pub fn path(self) -> OutPath {
        OutPath::new(self.name()).expect("the name of a host file is a path")
    }
}
