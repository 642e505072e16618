//! The files that regain writes at the top of every site for the static host.

use crate::config::HostTarget;
use crate::ids::OutPath;
use crate::named::named;

named! {
    /// A file at the top of every site, besides the pages. Nothing in `content/` can have its name.
    /// They are in the order they are written: the manifest lists all others.
    pub enum HostFile {
        /// `404.html`: the page for unknown addresses.
        NotFound = "404.html",
        /// `.nojekyll`: keeps GitHub Pages from dropping files that begin with `_`.
        NoJekyll = ".nojekyll",
        /// `_headers`: the response headers that a host should send.
        Headers = "_headers",
        /// `_redirects`: old addresses and the pages they redirect to.
        Redirects = "_redirects",
        /// `nginx.conf`: the configuration of nginx.
        Nginx = "nginx.conf",
        /// `Caddyfile`: the configuration of Caddy.
        Caddyfile = "Caddyfile",
        /// `cloudformation.yaml`: a bucket and a distribution at Amazon.
        CloudFormation = "cloudformation.yaml",
        /// `offline.zip`: the whole site, to be read from disk.
        Offline = "offline.zip",
        /// `robots.txt`
        Robots = "robots.txt",
        /// `sitemap.xml`
        Sitemap = "sitemap.xml",
        /// `feed.xml`: the guides that were reviewed last.
        Feed = "feed.xml",
        /// `llms.txt`: the pages, for language models.
        LlmsTxt = "llms.txt",
        /// `manifest.json`: the digest of every other file.
        Manifest = "manifest.json",
    }
}

impl HostFile {
    /// Whether a site for this host has it. If the host is not known, the site has what several hosts read.
    pub fn is_for(self, target: Option<HostTarget>) -> bool {
        let own: &[Self] = match target {
            None => &[Self::Headers, Self::Redirects, Self::NoJekyll],
            Some(HostTarget::GithubPages) => &[Self::NoJekyll],
            Some(HostTarget::GitlabPages) => &[Self::Redirects],
            Some(HostTarget::Netlify | HostTarget::CloudflarePages) => {
                &[Self::Headers, Self::Redirects]
            }
            Some(HostTarget::S3Cloudfront) => &[Self::CloudFormation],
            Some(HostTarget::Caddy) => &[Self::Caddyfile],
            Some(HostTarget::Nginx) => &[Self::Nginx],
        };
        own.contains(&self) || !self.is_configuration()
    }

    /// Whether it configures the host, which need not serve it.
    pub fn is_configuration(self) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_gets_its_own_files_and_no_other_does() {
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
            let files = HostFile::ALL.into_iter();
            let files = files.filter(|file| file.is_for(target) && file.is_configuration());
            let names: Vec<_> = files.map(HostFile::name).collect();
            assert_eq!(names.join(" "), expected, "{target:?}");
        }
        assert!(HostFile::Robots.is_for(Some(HostTarget::Nginx)));
    }
}
