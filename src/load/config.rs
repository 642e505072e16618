//! `site.toml`, `links.toml` and `synonyms.toml` → settings.
//!
//! In: the sources. Out: typed values with their defaults filled in. Whether a name leads anywhere
//! is for `check`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::rules::{self, Rule};
use super::toml_file::{read_raw, too_many};
use crate::config::{Config, RawHtml, RedirectRule, Service, Steps, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{Spanned, located};
use crate::ids::{BaseUrl, LinkName, is_plain_name};
use crate::site::OfficialLink;
use crate::source::{Located, Location, Source};

/// The settings of a site.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawConfig {
    /// The site's name. Default: the title of the home page.
    title: Option<Spanned<String>>,
    /// Where the site will be published: `https://host/path/`, or only `/path/`. Without a host there are no
    /// sitemap and no canonical addresses. Default: `/`.
    base_url: Option<Spanned<String>>,
    /// The language of the pages, as a BCP 47 tag such as `en` or `pt-BR`. The theme's texts come from
    /// `strings/LANGUAGE.toml`. Default: `en`.
    language: Option<Spanned<String>>,
    /// One sentence on what the site is for.
    description: Option<String>,
    /// The folder below `themes/`. What it lacks comes from the default theme. Default: `default`.
    theme: Option<Spanned<String>>,
    /// Folders, pages and generated pages (`start`, `checklist`, `search`, `official`) at the top level, in the
    /// order of the navigation. The rest follow by title.
    #[serde(default)]
    nav: Vec<Spanned<String>>,
    /// The start of the edit links, `https://…`; a page's path below `content/` is added to it.
    edit_url: Option<Spanned<String>>,
    /// The service whose accounts the guide is about. Pages say that the site is not official, and link to the
    /// service.
    service: Option<RawService>,
    /// The way through the guide, shown as steps above its pages.
    steps: Option<RawSteps>,
    /// The search page and the search field.
    #[serde(default)]
    search: RawSearch,
    /// Links to other sites.
    #[serde(default)]
    links: RawLinks,
    /// How Markdown is read.
    #[serde(default)]
    markdown: RawMarkdown,
    /// What is published besides pages.
    #[serde(default)]
    publish: RawPublish,
    /// The levels of rules, by code: `"error"`, `"warning"`, `"info"` or `"off"`. `regain explain CODE` says which
    /// can be changed.
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// The service whose accounts the guide is about.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawService {
    /// The service's name.
    name: String,
    /// Its official address: a key of `links.toml`.
    link: Spanned<String>,
    /// Who runs this site and where to report a mistake in it, in Markdown.
    run_by: Option<Spanned<String>>,
}

/// The way through the guide, shown as steps above its pages: the questions, the request, the wait, and what comes
/// after.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawSteps {
    /// How long the questions take.
    find: Option<String>,
    /// How long the request takes.
    ask: Option<String>,
    /// How long the answer takes.
    wait: Option<String>,
    /// The folder with the guides for the time after the request.
    after: Spanned<String>,
}

/// The search page and the search field.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct RawSearch {
    /// Whether the site has them.
    enabled: bool,
}

impl Default for RawSearch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// Links to other sites.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct RawLinks {
    /// The hosts that guides may link to besides those of `links.toml`. Default: all; `check` lists them.
    allow: Option<Vec<String>>,
}

/// How Markdown is read.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct RawMarkdown {
    /// What to do with HTML tags in Markdown. Default: `"refuse"`.
    raw_html: RawRawHtml,
}

#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum RawRawHtml {
    /// Report them as errors.
    #[default]
    Refuse,
    /// Show them as text.
    Text,
}

/// What is published besides pages.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct RawPublish {
    /// The image of link previews: a PNG or JPEG file below `content/`, at least 1200 × 630 pixels.
    image: Option<Spanned<String>>,
    /// The host. It decides which files the build writes besides the pages, and which next step it prints.
    target: Option<Spanned<Target>>,
    /// Whether the footer offers the whole site as `offline.zip`, to be read from disk. Default: `false`.
    offline: bool,
    /// Old addresses that lead to pages.
    redirect: Vec<RawRedirect>,
}

/// An old address that leads to a page.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawRedirect {
    /// The old path below the root of the site.
    from: Spanned<String>,
    /// The page it leads to: a file such as `a/b.md`, or an address such as `/start/`.
    to: Spanned<String>,
}

/// Reads `site.toml`; without one, every setting has its default.
pub(super) fn config(
    source: Option<&Arc<Source>>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let nowhere = Source::new("content/site.toml", "");
    let raw: RawConfig = match source {
        Some(source) => read_raw(source, 0..source.text().len(), diagnostics)?,
        None => RawConfig::default(),
    };
    let source = source.unwrap_or(&nowhere);
    let here = |value: Spanned<String>| located(source, value);
    let unsaid = |value: &str| Located::new(value.to_owned(), Location::start_of(source));
    let theme = raw.theme.map_or_else(|| unsaid("default"), here);
    let language = raw.language.map_or_else(|| unsaid("en"), here);
    let language = language_tag(language, diagnostics);
    Some(Config {
        title: title(raw.title.map(here), diagnostics),
        base_url: base_url(raw.base_url.map(here), diagnostics),
        language,
        description: raw.description.unwrap_or_default(),
        theme: theme_name(theme, diagnostics),
        nav: raw.nav.into_iter().map(here).collect(),
        edit_url: edit_url(raw.edit_url.map(here), diagnostics),
        service: raw.service.map(|service| {
            let link = here(service.link);
            Service {
                name: service.name,
                link: Located::new(LinkName::new(link.value), link.location),
                run_by: service.run_by.map(here),
            }
        }),
        steps: raw.steps.map(|steps| Steps {
            find: steps.find,
            ask: steps.ask,
            wait: steps.wait,
            after: here(steps.after),
        }),
        search: raw.search.enabled,
        allowed_hosts: raw.links.allow,
        raw_html: match raw.markdown.raw_html {
            RawRawHtml::Refuse => RawHtml::Refuse,
            RawRawHtml::Text => RawHtml::Text,
        },
        share_image: raw.publish.image.map(here),
        target: raw.publish.target.map(|target| located(source, target)),
        levels: {
            let rules = raw.rules.into_iter().map(|(name, level)| Rule {
                name: here(name),
                level: Some(here(level)),
                reason: None,
            });
            rules::of_site(rules.collect(), diagnostics)
        },
        offline: raw.publish.offline,
        redirects: raw
            .publish
            .redirect
            .into_iter()
            .map(|rule| RedirectRule {
                from: here(rule.from),
                to: here(rule.to),
            })
            .collect(),
    })
}

fn title(given: Option<Located<String>>, diagnostics: &mut Diagnostics) -> String {
    match given {
        Some(title) if title.value.trim().is_empty() => {
            diagnostics.push(
                Diagnostic::error(Code::EmptyTitle, "the title is empty")
                    .at(title.location)
                    .hint("write what readers should call this site"),
            );
            String::new()
        }
        given => given.map(|title| title.value).unwrap_or_default(),
    }
}

fn base_url(given: Option<Located<String>>, diagnostics: &mut Diagnostics) -> BaseUrl {
    let Some(given) = given else {
        return BaseUrl::default();
    };
    BaseUrl::parse(&given.value).unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::error(
                Code::BaseUrl,
                format!("`{}` cannot be the address of a site", given.value),
            )
            .at(given.location)
            .hint("write `https://host/` or `https://host/path/`"),
        );
        BaseUrl::default()
    })
}

fn language_tag(given: Located<String>, diagnostics: &mut Diagnostics) -> Located<String> {
    let parts_fit = given.value.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if !parts_fit {
        diagnostics.push(
            Diagnostic::error(
                Code::Language,
                format!("`{}` is not a language tag", given.value),
            )
            .at(given.location.clone())
            .hint("write one such as `en`, `de` or `pt-BR`"),
        );
    }
    given
}

fn theme_name(given: Located<String>, diagnostics: &mut Diagnostics) -> Located<String> {
    if !is_plain_name(&given.value) {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownTheme,
                format!("`{}` cannot be the name of a theme", given.value),
            )
            .at(given.location.clone())
            .hint(
                "write the name of a folder in `themes/`: lower-case letters, digits and hyphens",
            ),
        );
        return Located::new("default".to_owned(), given.location);
    }
    given
}

fn edit_url(given: Option<Located<String>>, diagnostics: &mut Diagnostics) -> Option<String> {
    let given = given?;
    if given.value.starts_with("https://") {
        return Some(given.value);
    }
    diagnostics.push(
        Diagnostic::error(Code::EditUrl, "`edit_url` must begin with `https://`")
            .at(given.location)
            .hint("write the start of the edit links, such as `https://host/edit/main/content/`"),
    );
    None
}

/// An official address. `/official/` lists all of them.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawLink {
    /// The address: `https:` or `mailto:`.
    url: String,
    /// The text of links that have none of their own.
    title: String,
    /// What it is for, as `/official/` says.
    #[serde(default)]
    purpose: String,
    /// The heading that `/official/` lists it under.
    group: Option<String>,
}

/// Reads `links.toml`.
pub(super) fn links(
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<LinkName, OfficialLink> {
    let raw: BTreeMap<Spanned<String>, RawLink> =
        read_raw(source, 0..source.text().len(), diagnostics).unwrap_or_default();
    let links = raw
        .into_iter()
        .map(|(name, link)| (located(source, name), link));
    let links: Vec<_> = links.collect();
    let mut keys = links.iter().map(|(name, _)| &name.location);
    if too_many(1_000, "addresses", &mut keys, diagnostics) {
        return BTreeMap::new();
    }
    let links = links.into_iter();
    links
        .map(|(name, link)| {
            let link = OfficialLink {
                url: link.url,
                title: link.title,
                purpose: link.purpose,
                group: link.group,
                location: name.location,
            };
            (LinkName::new(name.value), link)
        })
        .collect()
}

/// Words that mean the same to readers.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawSynonyms {
    /// Groups of words and phrases. A search for one of a group finds the others.
    #[serde(default)]
    groups: Vec<Vec<String>>,
}

/// Reads `synonyms.toml`.
pub(super) fn synonyms(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let raw: Option<RawSynonyms> = read_raw(source, 0..source.text().len(), diagnostics);
    raw.map(|raw| raw.groups).unwrap_or_default()
}
