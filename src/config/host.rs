//! The hosts that a site can be published on.
//!
//! To add one, add a variant here, its files in `site/host_file.rs`, and the templates and the next step in
//! `output/host_files/`.

use crate::named::named;

named! {
    /// A host for static sites.
    pub enum HostTarget {
        /// GitHub Pages.
        GithubPages = "github-pages",
        /// GitLab Pages.
        GitlabPages = "gitlab-pages",
        /// Netlify.
        Netlify = "netlify",
        /// Cloudflare Pages.
        CloudflarePages = "cloudflare-pages",
        /// An S3 bucket behind `CloudFront`.
        S3Cloudfront = "s3-cloudfront",
        /// Caddy.
        Caddy = "caddy",
        /// nginx.
        Nginx = "nginx",
    }
}

impl HostTarget {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GithubPages => "GitHub Pages",
            Self::GitlabPages => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::CloudflarePages => "Cloudflare Pages",
            Self::S3Cloudfront => "CloudFront",
            Self::Caddy => "Caddy",
            Self::Nginx => "nginx",
        }
    }
}
