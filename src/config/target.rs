//! The hosts that a site can be published on.
//!
//! To add one: a variant here, its files in `site/host_file.rs`, and their templates and its next step in `output/hosts/`.

use serde::Deserialize;

/// A host for static sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages.
    GitlabPages,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    CloudflarePages,
    /// An S3 bucket behind `CloudFront`.
    S3Cloudfront,
    /// Caddy.
    Caddy,
    /// nginx.
    Nginx,
}

impl Target {
    /// All of them, as they are written in `site.toml`.
    pub const ALL: [(&'static str, Self); 7] = [
        ("github-pages", Self::GithubPages),
        ("gitlab-pages", Self::GitlabPages),
        ("netlify", Self::Netlify),
        ("cloudflare-pages", Self::CloudflarePages),
        ("s3-cloudfront", Self::S3Cloudfront),
        ("caddy", Self::Caddy),
        ("nginx", Self::Nginx),
    ];

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
