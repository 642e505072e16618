//! `site.toml`, `links.toml` and `synonyms.toml` → settings.
//!
//! In: the sources. Out: typed values with their defaults filled in. Whether a name leads anywhere
//! is for `check`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::rules::{self, Rule};
use super::toml_file::{located, read};
use crate::config::{Config, RawHtml, RedirectRule, Service, Steps, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{BaseUrl, LinkName, is_plain_name};
use crate::site::OfficialLink;
use crate::source::{Located, Location, Source};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    title: Option<Spanned<String>>,
    base_url: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    description: Option<String>,
    theme: Option<Spanned<String>>,
    #[serde(default)]
    nav: Vec<Spanned<String>>,
    edit_url: Option<Spanned<String>>,
    service: Option<RawService>,
    steps: Option<RawSteps>,
    #[serde(default)]
    search: RawSearch,
    #[serde(default)]
    links: RawLinks,
    #[serde(default)]
    markdown: RawMarkdown,
    #[serde(default)]
    publish: RawPublish,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawService {
    name: String,
    link: Spanned<String>,
    run_by: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSteps {
    find: Option<String>,
    ask: Option<String>,
    wait: Option<String>,
    after: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawSearch {
    enabled: bool,
}

impl Default for RawSearch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLinks {
    allow: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawMarkdown {
    raw_html: RawRawHtml,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawRawHtml {
    #[default]
    Refuse,
    Text,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawPublish {
    image: Option<Spanned<String>>,
    target: Option<Spanned<Target>>,
    offline: bool,
    redirect: Vec<RawRedirect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRedirect {
    from: Spanned<String>,
    to: Spanned<String>,
}

/// Reads `site.toml`; without one, every setting has its default.
pub(super) fn config(
    source: Option<&Arc<Source>>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let nowhere = Source::new("content/site.toml", "");
    let raw: RawConfig = match source {
        Some(source) => read(source, diagnostics)?,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLink {
    url: String,
    title: String,
    #[serde(default)]
    purpose: String,
    group: Option<String>,
}

/// Reads `links.toml`.
pub(super) fn links(
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<LinkName, OfficialLink> {
    let raw: BTreeMap<Spanned<String>, RawLink> = read(source, diagnostics).unwrap_or_default();
    raw.into_iter()
        .map(|(name, link)| {
            let name = located(source, name);
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSynonyms {
    #[serde(default)]
    groups: Vec<Vec<String>>,
}

/// Reads `synonyms.toml`.
pub(super) fn synonyms(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let raw: Option<RawSynonyms> = read(source, diagnostics);
    raw.map(|raw| raw.groups).unwrap_or_default()
}
