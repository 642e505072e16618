//! `site.toml` → settings with their defaults filled in.
//!
//! In: what serde read. Out: typed values, and a diagnostic for each that cannot be one. Whether the names in them
//! refer to anything is for `check`.

mod rules;
mod target;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Levels};
use crate::from_toml::{Reader, Spanned, from_toml, plain};
use crate::ids::{BaseUrl, LinkName, is_plain_name};
use crate::markdown::RawHtml;
use crate::source::Located;

use rules::site_rules;
pub use rules::{RawRule, page_rules};
pub use target::Target;

from_toml! {
    /// The settings of a site.
    #[derive(Debug, Clone)]
    pub struct Config from RawConfig {
        /// The site's name. Default: the title of the home page.
        pub title: String = title(Option<Spanned<String>>),
        /// Where the site will be published: `https://host/path/`, or only `/path/`. Without a host there are no
        /// sitemap and no canonical addresses. Default: `/`.
        pub base_url: BaseUrl = base_url(Option<Spanned<String>>),
        /// The language of the pages, as a BCP 47 tag such as `en` or `pt-BR`. The theme's texts come from
        /// `strings/LANGUAGE.toml`. Default: `en`.
        pub language: Located<String> = language(Option<Spanned<String>>),
        /// One sentence on what the site is for.
        #[serde(default)]
        pub description: String,
        /// The folder below `themes/`. What it lacks comes from the default theme. Default: `default`.
        pub theme: Located<String> = theme(Option<Spanned<String>>),
        /// Folders, pages and generated pages (`start`, `checklist`, `search`, `official`) at the top level, in the
        /// order of the navigation. The rest follow by title.
        #[serde(default)]
        pub nav: Vec<Located<String>>,
        /// The start of the edit links, `https://…`; a page's path below `content/` is added to it.
        pub edit_url: Option<String> = edit_url(Option<Spanned<String>>),
        /// Where readers report mistakes and say whether a page helped: `https://…` or `mailto:…`. `{page}` in it
        /// becomes the address of the page, encoded.
        pub feedback_url: Option<String> = feedback_url(Option<Spanned<String>>),
        /// The service whose accounts the guide is about. Pages say that the site is not official, and link to the
        /// service.
        pub service: Option<Service>,
        /// The way through the guide, shown as steps above its pages.
        pub steps: Option<Steps>,
        /// The search page and the search field.
        #[serde(default)]
        pub search: Search,
        /// Links to other sites.
        #[serde(default)]
        pub links: Links,
        /// How Markdown is read.
        #[serde(default)]
        pub markdown: Markdown,
        /// What is published besides pages.
        #[serde(default)]
        pub publish: Publish,
        /// The levels of rules, by code: `"error"`, `"warning"`, `"info"` or `"off"`. `regain explain CODE` says which
        /// can be changed.
        #[serde(default)]
        pub rules: Levels = site_rules(BTreeMap<Spanned<String>, Spanned<String>>),
    }

    /// The service whose accounts the guide is about.
    #[derive(Debug, Clone)]
    pub struct Service from RawService {
        /// The service's name.
        pub name: String,
        /// Its official address: a key of `links.toml`.
        pub link: Located<LinkName>,
        /// Who runs this site, in Markdown. With `feedback_url` or `edit_url`, a link to report a mistake follows.
        pub run_by: Option<Located<String>>,
    }

    /// The way through the guide, shown as steps above its pages: the questions, the request, the wait, and what comes
    /// after.
    #[derive(Debug, Clone)]
    pub struct Steps from RawSteps {
        /// How long the questions take.
        pub find: Option<String>,
        /// How long the request takes.
        pub ask: Option<String>,
        /// How long the answer takes.
        pub wait: Option<String>,
        /// The folder with the guides for the time after the request.
        pub after: Located<String>,
    }

    /// What is published besides pages.
    #[derive(Debug, Clone)]
    pub struct Publish from RawPublish: Default {
        /// The image of link previews: a PNG or JPEG file below `content/`, at least 1200 × 630 pixels.
        pub image: Option<Located<String>>,
        /// The host. It decides which files the build writes besides the pages, and which next step it prints.
        pub target: Option<Located<Target>>,
        /// Whether the footer offers the whole site as `offline.zip`, to be read from disk. Default: `false`.
        #[serde(default)]
        pub offline: bool,
        /// Whether the footer links to `/print/`, all guides on one page. Default: `false`.
        #[serde(default)]
        pub print: bool,
        /// Whether each text file gets a compressed copy beside it (`index.html.gz`), which nginx and Caddy send instead
        /// of compressing the file for every reader. Default: `false`.
        #[serde(default)]
        pub compress: bool,
        /// Old addresses that lead to pages.
        #[serde(rename = "redirect", default)]
        pub redirects: Vec<Redirect>,
    }

    /// An old address that leads to a page.
    #[derive(Debug, Clone)]
    pub struct Redirect from RawRedirect {
        /// The old path below the root of the site.
        pub from: Located<String>,
        /// The page it leads to: a file such as `a/b.md`, or an address such as `/start/`.
        pub to: Located<String>,
    }
}

plain!(Search, Links, Markdown);

/// The search page and the search field.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// Whether the site has them.
    pub enabled: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// Links to other sites.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// The hosts that guides may link to besides those of `links.toml`. Default: all; `check` lists them.
    pub allow: Option<Vec<String>>,
}

/// How Markdown is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Markdown {
    /// What to do with HTML tags in Markdown. Default: `"refuse"`.
    pub raw_html: RawHtml,
}

fn title(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> String {
    let Some(Located { value, location }) = raw.map(|raw| reader.located(raw)) else {
        return String::new();
    };
    if value.trim().is_empty() {
        let problem = Diagnostic::error(Code::EmptyTitle, "the title is empty").at(location);
        reader.report(problem.hint("write what readers should call this site"));
        return String::new();
    }
    value
}

fn base_url(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> BaseUrl {
    let Some(Located { value, location }) = raw.map(|raw| reader.located(raw)) else {
        return BaseUrl::default();
    };
    BaseUrl::parse(&value).unwrap_or_else(|| {
        let message = format!("`{value}` cannot be the address of a site");
        let problem = Diagnostic::error(Code::BaseUrl, message).at(location);
        reader.report(problem.hint("write `https://host/` or `https://host/path/`"));
        BaseUrl::default()
    })
}

fn language(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> Located<String> {
    let given = reader.located_or(raw, "en");
    let is_tag = given.value.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if !is_tag {
        let message = format!("`{}` is not a language tag", given.value);
        let problem = Diagnostic::error(Code::Language, message).at(&given.location);
        reader.report(problem.hint("write one such as `en`, `de` or `pt-BR`"));
    }
    given
}

fn theme(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> Located<String> {
    let given = reader.located_or(raw, "default");
    if !is_plain_name(&given.value) {
        let message = format!("`{}` cannot be the name of a theme", given.value);
        let problem = Diagnostic::error(Code::UnknownTheme, message).at(&given.location);
        let hint =
            "write the name of a folder in `themes/`: lower-case letters, digits and hyphens";
        reader.report(problem.hint(hint));
        return Located::new("default".to_owned(), given.location);
    }
    given
}

fn edit_url(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> Option<String> {
    let Located { value, location } = reader.located(raw?);
    if value.starts_with("https://") {
        return Some(value);
    }
    let problem = Diagnostic::error(Code::EditUrl, "`edit_url` must begin with `https://`");
    let hint = "write the start of the edit links, such as `https://host/edit/main/content/`";
    reader.report(problem.at(location).hint(hint));
    None
}

fn feedback_url(raw: Option<Spanned<String>>, reader: &mut Reader<'_>) -> Option<String> {
    let Located { value, location } = reader.located(raw?);
    if value.starts_with("https://") || value.starts_with("mailto:") {
        return Some(value);
    }
    let message = "`feedback_url` must begin with `https://` or `mailto:`";
    let hint = "write an address such as `https://host/issues/new?title={page}`";
    let problem = Diagnostic::error(Code::FeedbackUrl, message);
    reader.report(problem.at(location).hint(hint));
    None
}

/// Whether guides marked as drafts are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// Drafts are left out.
    Hidden,
    /// Drafts are built like other guides.
    Shown,
}
