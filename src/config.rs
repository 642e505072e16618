//! Settings of a site, typed and with their defaults filled in.
//!
//! In: nothing; `load` makes these from `site.toml`. Out: plain values. No file is read here.

use serde::Deserialize;

use crate::diagnostic::Levels;
use crate::ids::{BaseUrl, LinkName};
use crate::source::Located;

/// What `site.toml` says, defaults filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name: what `site.toml` says, else what the home page is called.
    pub title: String,
    /// Where it will live.
    pub base_url: BaseUrl,
    /// BCP 47 tag, such as `en`.
    pub language: Located<String>,
    /// One sentence on what the site does.
    pub description: String,
    /// Folder below `themes/`, or `default`.
    pub theme: Located<String>,
    /// Top-level folders and pages in the order of the navigation; the rest follow by title.
    pub nav: Vec<Located<String>>,
    /// A page's path below `content/` is appended to make its edit link.
    pub edit_url: Option<String>,
    /// The service the guides are about.
    pub service: Option<Service>,
    /// The way from the first question to the answer, shown above its pages.
    pub steps: Option<Steps>,
    /// Whether the site has a search page and a search field.
    pub search: bool,
    /// Outside hosts guides may link to, besides those of `links.toml`; `None` allows all.
    pub allowed_hosts: Option<Vec<String>>,
    /// What happens to raw HTML in Markdown.
    pub raw_html: RawHtml,
    /// The picture that link previews show, a file below `content/`.
    pub share_image: Option<Located<String>>,
    /// The host it will be published on.
    pub target: Option<Located<Target>>,
    /// Levels of rules that are not the usual ones.
    pub levels: Levels,
    /// Whether the footer offers the whole site as one file.
    pub offline: bool,
    /// Old addresses that lead to new ones.
    pub redirects: Vec<RedirectRule>,
}

/// `publish.target`: a host, which decides what files the site has besides its pages.
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

/// The service whose accounts the guides are about; the site says that it is not that service.
#[derive(Debug, Clone)]
pub struct Service {
    /// What readers call it.
    pub name: String,
    /// Its address, by name.
    pub link: Located<LinkName>,
    /// Who runs the site, and where readers report a mistake in it; Markdown.
    pub run_by: Option<Located<String>>,
}

/// The three steps: find the way that fits, ask for access, wait. Each but `after` says how long it takes.
#[derive(Debug, Clone)]
pub struct Steps {
    /// The questions.
    pub find: Option<String>,
    /// The checklist.
    pub ask: Option<String>,
    /// Until the request is answered.
    pub wait: Option<String>,
    /// The folder with the guides for the time after the request.
    pub after: Located<String>,
}

/// What happens to raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// It is a problem of the page.
    #[default]
    Refuse,
    /// It is shown as the text it is.
    Text,
}

/// `[[publish.redirect]]`.
#[derive(Debug, Clone)]
pub struct RedirectRule {
    /// The old address below the site's root.
    pub from: Located<String>,
    /// The new one.
    pub to: Located<String>,
}

/// Whether guides marked as drafts are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// Drafts are left out.
    Hidden,
    /// Drafts are built like other guides.
    Shown,
}
