//! `site.toml` → settings with their defaults filled in.
//!
//! In: the table of the file. Out: typed values, and a diagnostic for each that cannot be one. `check` looks up the
//! names in them.

mod host;
mod rules;

use crate::diagnostic::{Code, Diagnostic, Levels};
use crate::from_toml::{FromToml, Reader, Value, choice, from_toml, unless_false};
use crate::ids::{BaseUrl, LinkName, is_plain_name};
use crate::markdown::RawHtml;
use crate::source::Located;

pub use host::HostTarget;
use rules::site_rules;
pub use rules::{PageRule, page_rules};

from_toml! {
    /// The settings of a site.
    #[derive(Debug, Clone)]
    pub struct Config from RawConfig {
        /// The site's name. Default: the title of the home page.
        pub title: String => title(Option<Located<String>>),
        /// Where the site will be published: `https://host/path/`, or only `/path/`. Without a host, no
        /// sitemap and no canonical addresses are written. Default: `/`.
        pub base_url: BaseUrl = default,
        /// The language of the pages, as a BCP 47 tag such as `en` or `pt-BR`. The theme's texts come from
        /// `strings/LANGUAGE.toml`. Default: `en`.
        pub language: Located<String> => language(Option<Located<String>>),
        /// One sentence on what the site is for.
        pub description: String = default,
        /// The folder below `themes/`. What it lacks comes from the default theme. Default: `default`.
        pub theme: Located<String> => theme(Option<Located<String>>),
        /// Folders, pages and generated pages (`start`, `checklist`, `search`, `official`) at the top level, in the
        /// order of the navigation. The rest follow by title.
        pub nav: Vec<Located<String>> = default,
        /// The start of the edit links, `https://…`; a page's path below `content/` is added to it.
        pub edit_url: Option<String> => edit_url(Option<Located<String>>),
        /// Where readers report mistakes and say whether a page helped: `https://…` or `mailto:…`. `{page}` in it
        /// becomes the address of the page, encoded.
        pub feedback_url: Option<String> => feedback_url(Option<Located<String>>),
        /// The service whose accounts the guide is about. Pages say that the site is not official, and link to the
        /// service.
        pub service: Option<Service>,
        /// The way through the guide, shown as steps above its pages.
        pub steps: Option<Steps>,
        /// The search page and the search field.
        pub search: Search = default,
        /// Links to other sites.
        pub links: Links = default,
        /// How Markdown is read.
        pub markdown: Markdown = default,
        /// What is published besides pages.
        pub publish: Publish = default,
        /// The levels of rules, by code: `"error"`, `"warning"`, `"info"` or `"off"`. `regain explain CODE` says which
        /// can be changed.
        pub rules: Levels = default => site_rules(Vec<(Located<String>, Located<String>)>),
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

    /// The search page and the search field.
    #[derive(Debug, Clone)]
    pub struct Search from RawSearch: Default {
        /// Whether the site has them. Default: `true`.
        pub enabled: bool => unless_false(Option<bool>),
    }

    /// Links to other sites.
    #[derive(Debug, Clone, Default)]
    pub struct Links from RawLinks: Default {
        /// The hosts that guides may link to besides those of `links.toml`. Default: all; `check` lists them.
        pub allow: Option<Vec<String>>,
    }

    /// How Markdown is read.
    #[derive(Debug, Clone, Default)]
    pub struct Markdown from RawMarkdown: Default {
        /// What to do with HTML tags in Markdown. Default: `"refuse"`.
        pub raw_html: RawHtml = default,
    }

    /// What is published besides pages.
    #[derive(Debug, Clone, Default)]
    pub struct Publish from RawPublish: Default {
        /// The image of link previews: a PNG or JPEG file below `content/`, at least 1200 × 630 pixels.
        pub image: Option<Located<String>>,
        /// The host. It decides which files the build writes besides the pages, and which next step it prints.
        pub target: Option<Located<HostTarget>>,
        /// Whether the footer offers the whole site as `offline.zip`, to be read from disk. Default: `false`.
        pub offline: bool = default,
        /// Whether the footer links to `/print/`, all guides on one page. Default: `false`.
        pub print: bool = default,
        /// Whether each text file gets a compressed copy beside it (`index.html.gz`), which nginx and Caddy send instead
        /// of compressing the file for every reader. Default: `false`.
        pub compress: bool = default,
        /// Old addresses that lead to pages.
        pub redirects as "redirect": Vec<Redirect> = default,
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

choice!(RawHtml, HostTarget);

impl Default for Search {
    fn default() -> Self {
        Self { enabled: true }
    }
}

fn title(raw: Option<Located<String>>, reader: &mut Reader<'_>) -> String {
    let is_title = |title: &str| !title.trim().is_empty();
    let title = valid(raw, is_title, reader, |_| {
        Diagnostic::error(Code::EmptyTitle, "the title is empty")
            .hint("write what readers should call this site")
    });
    title.map(|title| title.value).unwrap_or_default()
}

impl FromToml for BaseUrl {
    #[cfg(test)]
    type Raw = String;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let url = Located::<String>::from_toml(value, reader)?;
        let is_url = |url: &str| Self::parse(url).is_some();
        let url = valid(Some(url), is_url, reader, |url| {
            let message = format!("`{url}` cannot be the address of a site");
            Diagnostic::error(Code::BaseUrl, message)
                .hint("write `https://host/` or `https://host/path/`")
        });
        Self::parse(&url?.value)
    }
}

fn language(raw: Option<Located<String>>, reader: &mut Reader<'_>) -> Located<String> {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let language = valid(
        raw,
        |tag| tag.split('-').all(is_part),
        reader,
        |tag| {
            Diagnostic::error(Code::Language, format!("`{tag}` is not a language tag"))
                .hint("write one such as `en`, `de` or `pt-BR`")
        },
    );
    reader.located_or(language, "en")
}

fn theme(raw: Option<Located<String>>, reader: &mut Reader<'_>) -> Located<String> {
    let theme = valid(raw, is_plain_name, reader, |name| {
        let message = format!("`{name}` cannot be the name of a theme");
        Diagnostic::error(Code::UnknownTheme, message)
            .hint("write the name of a folder in `themes/`: lower-case letters, digits and hyphens")
    });
    reader.located_or(theme, "default")
}

fn edit_url(raw: Option<Located<String>>, reader: &mut Reader<'_>) -> Option<String> {
    let is_url = |url: &str| url.starts_with("https://");
    let url = valid(raw, is_url, reader, |_| {
        Diagnostic::error(Code::EditUrl, "`edit_url` must begin with `https://`")
            .hint("write the start of the edit links, such as `https://host/edit/main/content/`")
    });
    url.map(|url| url.value)
}

fn feedback_url(raw: Option<Located<String>>, reader: &mut Reader<'_>) -> Option<String> {
    let is_url = |url: &str| url.starts_with("https://") || url.starts_with("mailto:");
    let url = valid(raw, is_url, reader, |_| {
        let message = "`feedback_url` must begin with `https://` or `mailto:`";
        Diagnostic::error(Code::FeedbackUrl, message)
            .hint("write an address such as `https://host/issues/new?title={page}`")
    });
    url.map(|url| url.value)
}

/// A text, unless it is not valid: then that is reported.
fn valid(
    text: Option<Located<String>>,
    is_valid: impl Fn(&str) -> bool,
    reader: &mut Reader<'_>,
    problem: impl Fn(&str) -> Diagnostic,
) -> Option<Located<String>> {
    let text = text?;
    if is_valid(&text.value) {
        return Some(text);
    }
    reader.report(problem(&text.value).at(text.location));
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
