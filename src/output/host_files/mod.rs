//! The files beside the pages, for static hosts and for programs that read sites.
//!
//! In: the site and its old addresses. Out: the path and text of each file, made from the templates in this folder. No
//! file contains a path on this machine: a server's configuration names the folder that the site has on the server.
//!
//! To add a file, add a variant of [`HostFile`], and a template here.

mod next_step;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::{Map, Value, json};
use tera::{Context, Tera};

use super::headers::{CONTENT_TYPES, FIXED_HEADERS, IMMUTABLE, header_policy};
use crate::ids::{BaseUrl, OutPath, UrlPath, encode_path};
use crate::site::{GeneratedPage, HostFile, MARKDOWN, Page, Site};

use next_step::Server;
pub use next_step::next_step;

/// The most guides in the feed.
const FEED_LIMIT: usize = 50;

/// The most bytes for the list of old addresses in the `CloudFront` function, which can have at most 10 KiB.
const REDIRECTS_LIMIT: usize = 8 * 1024;

/// Folders in which every name changes with its content, so that browsers may keep the files.
const IMMUTABLE_FOLDERS: [&str; 1] = ["assets/"];

/// An old address and the page it redirects to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The file of its page, for hosts that read no list of redirects: `old/index.html`, or `old.html`.
    pub from: OutPath,
    /// The page it redirects to.
    pub to: UrlPath,
    /// The heading on that page.
    pub fragment: Option<String>,
}

/// The template of a file; `None` for pages and for files that depend on all others, which are made elsewhere.
fn template(file: HostFile) -> Option<&'static str> {
    Some(match file {
        HostFile::NotFound | HostFile::Offline | HostFile::Manifest => return None,
        HostFile::NoJekyll => "",
        HostFile::Headers => include_str!("_headers"),
        HostFile::Redirects => include_str!("_redirects"),
        HostFile::Nginx => include_str!("nginx.conf"),
        HostFile::Caddyfile => include_str!("Caddyfile"),
        HostFile::CloudFormation => include_str!("cloudformation.yaml"),
        HostFile::Robots => include_str!("robots.txt"),
        HostFile::Sitemap => include_str!("sitemap.xml"),
        HostFile::Feed => include_str!("feed.xml"),
        HostFile::LlmsTxt => include_str!("llms.txt"),
    })
}

/// Path and text of each file. `title` is what navigation calls a page.
///
/// # Panics
/// Never: the templates use only what is given to them here.
pub fn host_files<'a>(
    site: &'a Site,
    redirects: &[Redirect],
    title: impl Fn(&UrlPath) -> Option<&'a str>,
) -> Vec<(OutPath, String)> {
    let target = site.config.publish.target.as_ref().map(|one| one.value);
    let pages: Vec<_> = pages(site, title).collect();
    let reviewed = pages.iter().filter(|page| page.reviewed.is_some());
    let mut latest: Vec<_> = reviewed.collect();
    latest.sort_by_key(|page| Reverse(&page.reviewed));
    latest.truncate(FEED_LIMIT);
    // These list full addresses.
    let has_host = site.config.base_url.origin().is_some();
    let is_made = |file| match file {
        HostFile::Sitemap | HostFile::LlmsTxt => has_host,
        HostFile::Feed => has_host && !latest.is_empty(),
        _ => true,
    };
    let mut context = Context::from_serialize(&values(site, redirects)).expect("a map");
    context.insert("pages", &pages);
    context.insert("latest", &latest);
    let files = HostFile::ALL.into_iter();
    let files = files.filter(|file| file.is_for(target) && is_made(*file));
    let files = files.filter_map(|file| {
        let text = Tera::one_off(template(file)?, &context, false).expect("a good template");
        Some((file.path(), text))
    });
    files.collect()
}

/// What search engines, feed readers and language models should know of a page.
#[derive(Serialize)]
struct PageEntry {
    address: Option<String>,
    /// The address of its plain Markdown, else its own.
    text: Option<String>,
    title: String,
    summary: Option<String>,
    reviewed: Option<String>,
}

fn pages<'a>(
    site: &'a Site,
    title: impl Fn(&UrlPath) -> Option<&'a str>,
) -> impl Iterator<Item = PageEntry> {
    let print = Page::Generated(GeneratedPage::Print);
    let pages = site.pages().iter().filter(move |(_, page)| **page != print);
    pages.map(move |(url, _)| {
        let guide = site.guide_at(url);
        let meta = guide.map(|guide| &guide.meta);
        let summary = meta.and_then(|meta| meta.summary.as_ref());
        let file = guide.map_or("", |_| MARKDOWN);
        let absolute = |file: &str| {
            let path = encode_path(&format!("{}{file}", url.as_str()));
            site.config.base_url.absolute(&path)
        };
        let reviewed = meta.and_then(|meta| meta.reviewed.as_ref());
        PageEntry {
            address: absolute(""),
            text: absolute(file),
            title: one_line(title(url).unwrap_or_default()),
            summary: summary.map(|prose| one_line(&prose.document.plain_text())),
            reviewed: reviewed.map(|day| day.value.to_string()),
        }
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the templates use besides the pages.
fn values(site: &Site, redirects: &[Redirect]) -> Value {
    let config = &site.config;
    let base = &config.base_url;
    let server = Server::of(base);
    let policy = header_policy();
    let headers = [("Content-Security-Policy", policy.as_str())].into_iter();
    let headers = headers.chain(FIXED_HEADERS.iter().copied());
    let headers: Map<_, _> = headers
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let types = CONTENT_TYPES.iter().map(|(extension, content_type)| {
        let plain = content_type.split(';').next();
        ((*extension).to_owned(), plain.into())
    });
    let addresses = redirects.iter().map(|redirect| addresses(redirect, base));
    let addresses: BTreeMap<_, _> = addresses.collect();
    let redirects = addresses.iter().map(|(from, to)| {
        // nginx compares decoded paths.
        let decoded = percent_decode_str(from).decode_utf8_lossy();
        let decoded = decoded.replace('\\', r"\\").replace('"', "\\\"");
        json!({ "from": from, "to": to, "decoded_from": decoded })
    });
    let mut redirects_json = json!(addresses).to_string();
    if redirects_json.len() > REDIRECTS_LIMIT {
        // The pages at the old addresses still redirect.
        redirects_json = String::from("{}");
    }
    json!({
        "title": one_line(&config.title),
        "description": one_line(&config.description),
        "has_host": base.origin().is_some(),
        "home": base.absolute(""),
        "host": server.host,
        "root": server.root,
        "folder": server.folder,
        "address": base.origin().unwrap_or(":80"),
        "base": base.path(),
        "keep": IMMUTABLE,
        "headers": headers,
        "types": types.collect::<Map<_, _>>(),
        "immutable": IMMUTABLE_FOLDERS.map(|folder| address(base, folder)),
        "redirects": redirects.collect::<Vec<_>>(),
        "compress": config.publish.compress,
        "redirects_json": redirects_json,
    })
}

/// The old address and the new one, below the root of the host.
fn addresses(redirect: &Redirect, base: &BaseUrl) -> (String, String) {
    let from = redirect.from.as_str();
    let from = address(base, from.strip_suffix("index.html").unwrap_or(from));
    let mut to = address(base, redirect.to.as_str());
    if let Some(fragment) = &redirect.fragment {
        to = format!("{to}#{}", encode_path(fragment));
    }
    (from, to)
}

/// The address of something below the site's root. Control characters and spaces are encoded, so that one path is always
/// one word on one line.
fn address(base: &BaseUrl, below: &str) -> String {
    format!("{}{}", base.path(), encode_path(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_word_under_the_base_path() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let cases = [
            ("", "/docs/"),
            ("a/b/", "/docs/a/b/"),
            ("a b\n/100%/é", "/docs/a%20b%0A/100%25/%C3%A9"),
        ];
        for (below, expected) in cases {
            assert_eq!(address(&base, below), expected);
        }
    }
}
