//! What every built page promises, held against the bundled site.
//!
//! The site is built once from `content/`, for a host with a sub-path; each test goes over all pages
//! and tells every breach.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use base64::Engine as _;
use regain::testing::PAGE_POLICY;
use sha2::{Digest as _, Sha256};

use crate::harness::SiteTest;
use crate::html::{Tag, tags};

/// Where the site is built for.
const BASE: &str = "https://help.example/docs/";

/// The bundled site, built.
struct Bundled {
    files: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, Vec<Tag>>,
}

fn bundled() -> &'static Bundled {
    static BUILT: OnceLock<Bundled> = OnceLock::new();
    BUILT.get_or_init(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let site = SiteTest::new().copy(&content, "content/");
        site.run(["build", "--base-url", BASE]).code(0);
        let files = site.public();
        let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
        let pages =
            pages.map(|(name, bytes)| (name.clone(), tags(&String::from_utf8_lossy(bytes))));
        Bundled {
            pages: pages.collect(),
            files: files.clone(),
        }
    })
}

/// Goes over all pages; `look` adds what is wrong.
#[track_caller]
fn every_page(look: impl Fn(&[Tag], &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for (name, page) in &bundled().pages {
        let mut found = Vec::new();
        look(page, &mut found);
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn named<'a>(page: &'a [Tag], name: &'a str) -> impl Iterator<Item = &'a Tag> {
    page.iter().filter(move |tag| tag.name == name)
}

fn is_redirect(page: &[Tag]) -> bool {
    named(page, "body").any(|body| body.get("data-page") == Some("redirect"))
}

#[test]
fn every_kind_of_page_exists_and_names_its_kind() {
    let kinds: BTreeSet<_> = bundled()
        .pages
        .values()
        .filter(|page| !is_redirect(page))
        .flat_map(|page| named(page, "body"))
        .map(|body| body.get("data-page").unwrap_or("(none)"))
        .collect();
    let promised = [
        "404",
        "checklist",
        "guide",
        "home",
        "official",
        "print",
        "search",
        "section",
        "triage",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), promised);
    for (page, kind) in [
        ("index.html", "home"),
        ("start/index.html", "triage"),
        ("checklist/index.html", "checklist"),
        ("search/index.html", "search"),
        ("official/index.html", "official"),
        ("404.html", "404"),
    ] {
        let body = named(&bundled().pages[page], "body")
            .next()
            .expect("a body");
        assert_eq!(body.get("data-page"), Some(kind), "{page}");
    }
}

#[test]
fn one_title_one_heading_one_main_and_a_language() {
    every_page(|page, wrong| {
        for name in ["html", "head", "title", "body", "main", "h1"] {
            let count = named(page, name)
                .filter(|tag| !tag.inside.iter().any(|name| name == "svg"))
                .count();
            if count != 1 {
                wrong.push(format!("{count} {name}"));
            }
        }
        if named(page, "title").any(|title| title.text.trim().is_empty()) {
            wrong.push("an empty title".to_owned());
        }
        for html in named(page, "html") {
            if html.get("lang") != Some("en") || html.get("dir") != Some("ltr") {
                wrong.push(format!("{:?}", html.attributes));
            }
        }
        if !named(page, "meta").any(|meta| meta.get("name") == Some("viewport")) {
            wrong.push("no viewport".to_owned());
        }
    });
}

#[test]
fn titles_are_distinct() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, page) in bundled()
        .pages
        .iter()
        .filter(|(_, page)| !is_redirect(page))
    {
        for title in named(page, "title").filter(|title| title.inside.len() == 2) {
            if let Some(other) = seen.insert(&title.text, name) {
                wrong.push(format!("{name} and {other}: {}", title.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    every_page(|page, wrong| {
        let mut above = 1;
        for tag in page {
            let level = tag
                .name
                .strip_prefix('h')
                .and_then(|level| level.parse::<u32>().ok());
            let Some(level) = level else { continue };
            if level > above + 1 {
                wrong.push(format!("{} follows h{above}: {}", tag.name, tag.text));
            }
            above = level;
        }
    });
}

#[test]
fn the_content_security_policy_comes_first() {
    every_page(|page, wrong| {
        let policy = page
            .iter()
            .position(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
        let first = page
            .iter()
            .position(|tag| ["script", "link", "style", "img"].contains(&&*tag.name));
        match policy {
            None => wrong.push("no policy".to_owned()),
            Some(at) => {
                if page[at].get("content") != Some(PAGE_POLICY) {
                    wrong.push(format!("{:?}", page[at].attributes));
                }
                if first.is_some_and(|first| first < at) {
                    wrong.push("something is loaded before the policy".to_owned());
                }
            }
        }
        if !named(page, "meta").any(|meta| {
            meta.get("name") == Some("referrer") && meta.get("content") == Some("no-referrer")
        }) {
            wrong.push("no referrer policy".to_owned());
        }
    });
}

#[test]
fn nothing_is_inline() {
    every_page(|page, wrong| {
        for tag in page {
            if tag.name == "style" {
                wrong.push("a style element".to_owned());
            }
            // What search engines read is no script to a browser.
            let is_data = tag.get("type") == Some("application/ld+json");
            if tag.name == "script" && tag.get("src").is_none() && !is_data {
                wrong.push("an inline script".to_owned());
            }
            let inline = tag
                .attributes
                .keys()
                .filter(|key| *key == "style" || key.starts_with("on"));
            wrong.extend(inline.map(|key| format!("{key} on {}", tag.name)));
        }
    });
}

#[test]
fn scripts_and_styles_have_hashed_names_and_integrity() {
    let site = bundled();
    let mut wrong = Vec::new();
    for (name, page) in &site.pages {
        let mut open = Vec::new();
        let scripts = named(page, "script").filter_map(|tag| Some((tag, tag.get("src")?)));
        let styles = named(page, "link").filter(|tag| tag.get("rel") == Some("stylesheet"));
        let styles = styles.filter_map(|tag| Some((tag, tag.get("href")?)));
        for (tag, address) in scripts.chain(styles) {
            let Some(path) = target(name, address) else {
                wrong.push(format!("{name}: {address} leads out"));
                continue;
            };
            let Some(bytes) = site.files.get(&path) else {
                wrong.push(format!("{name}: there is no {path}"));
                continue;
            };
            let digest = Sha256::digest(bytes);
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            // The head of the search index is in a folder named by the digest of the whole index.
            let is_hashed =
                path.starts_with("assets/search/") || path.contains(&format!(".{}.", &hex[..10]));
            if !is_hashed {
                wrong.push(format!("{name}: {path} does not bear its digest {hex}"));
            }
            let integrity = format!(
                "sha256-{}",
                base64::engine::general_purpose::STANDARD.encode(digest)
            );
            match tag.get("integrity") {
                None => open.push(path),
                Some(said) if said == integrity => {}
                Some(said) => wrong.push(format!("{name}: {path} is {integrity}, not {said}")),
            }
        }
        let only_early = open.iter().all(|path| path.starts_with("assets/early."));
        if open.len() > 1 || !only_early {
            wrong.push(format!("{name}: without integrity: {open:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    every_page(|page, wrong| {
        for tag in page {
            for key in [
                "src",
                "srcset",
                "poster",
                "data",
                "background",
                "action",
                "formaction",
                "ping",
                "xlink:href",
            ] {
                if tag
                    .get(key)
                    .is_some_and(|value| value.contains("//") || value.contains(':'))
                {
                    wrong.push(format!("{} {key}={:?}", tag.name, tag.get(key)));
                }
            }
            let loads = tag.name == "link" && tag.get("rel") != Some("canonical");
            if loads && tag.get("href").is_some_and(|href| href.contains("//")) {
                wrong.push(format!("{:?}", tag.attributes));
            }
            if ["iframe", "object", "embed", "base", "portal"].contains(&&*tag.name) {
                wrong.push(tag.name.clone());
            }
        }
    });
    for (name, bytes) in &bundled().files {
        let text = String::from_utf8_lossy(bytes);
        if name.ends_with(".css") {
            assert!(
                !text.contains("@import") && !text.contains("//") && !text.contains("url("),
                "{name}"
            );
        }
    }
}

#[test]
fn links_resolve_and_outside_links_are_marked() {
    let site = bundled();
    let ids: BTreeMap<_, BTreeSet<_>> = site
        .pages
        .iter()
        .map(|(name, page)| {
            (
                name.as_str(),
                page.iter().filter_map(|tag| tag.get("id")).collect(),
            )
        })
        .collect();
    let mut wrong = Vec::new();
    for (name, page) in &site.pages {
        for link in page
            .iter()
            .filter(|tag| tag.name == "a" || tag.name == "area")
            // What a script makes pages of is given its address there.
            .filter(|tag| !tag.inside.iter().any(|name| name == "template"))
        {
            let Some(href) = link.get("href") else {
                wrong.push(format!("{name}: a link without an address"));
                continue;
            };
            if href.starts_with("https://") || href.starts_with("mailto:") {
                if href.starts_with("https://") && link.get("rel") != Some("noopener noreferrer") {
                    wrong.push(format!("{name}: {href} has no rel"));
                }
                continue;
            }
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            let found = target(name, path).and_then(|path| {
                let path = if path.is_empty() || path.ends_with('/') {
                    path + "index.html"
                } else {
                    path
                };
                site.files.contains_key(&path).then_some(path)
            });
            let Some(found) = found else {
                wrong.push(format!("{name}: {href} leads nowhere"));
                continue;
            };
            // `#q=site` and `#for=use-code` are read by scripts; they name no place.
            let location = !fragment.is_empty() && !fragment.contains('=');
            let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
            if location && !ids.get(&*found).is_some_and(|ids| ids.contains(&*decoded)) {
                wrong.push(format!("{name}: {href} names no place"));
            }
        }
        // A new window is for the form alone, which must not take the composed request's place.
        let windows = page.iter().filter(|tag| tag.get("target").is_some());
        for tag in windows.filter(|tag| tag.get("rel") != Some("noopener noreferrer")) {
            wrong.push(format!("{name}: a new window: {:?}", tag.attributes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_references_resolve() {
    every_page(|page, wrong| {
        let mut ids = BTreeSet::new();
        for id in page.iter().filter_map(|tag| tag.get("id")) {
            if id.is_empty() || id.contains(' ') || !ids.insert(id) {
                wrong.push(format!("id {id:?} twice or no name"));
            }
        }
        for tag in page {
            for key in [
                "for",
                "aria-labelledby",
                "aria-describedby",
                "aria-controls",
                "aria-owns",
                "list",
                "headers",
            ] {
                for name in tag
                    .get(key)
                    .unwrap_or_default()
                    .split(' ')
                    .filter(|name| !name.is_empty())
                {
                    if !ids.contains(name) {
                        wrong.push(format!("{} {key}={name:?}", tag.name));
                    }
                }
            }
        }
    });
}

#[test]
fn what_a_reader_types_cannot_be_submitted_or_remembered() {
    every_page(|page, wrong| {
        for tag in page {
            let in_form = tag.inside.iter().any(|name| name == "form");
            if tag.name == "form" {
                let search = tag.get("method") == Some("get")
                    && tag.get("role") == Some("search")
                    && tag
                        .get("action")
                        .is_some_and(|action| action.ends_with("/search/"));
                if !search {
                    wrong.push(format!("a form: {:?}", tag.attributes));
                }
            }
            let kind = tag.get("type").unwrap_or("text");
            let typed = tag.name == "textarea"
                || (tag.name == "input"
                    && !["checkbox", "radio", "hidden", "button"].contains(&kind));
            if typed
                && (tag.get("spellcheck") != Some("false") || tag.get("autocomplete").is_none())
            {
                wrong.push(format!("{:?}", tag.attributes));
            }
            if typed && in_form && tag.get("name") != Some("q") {
                wrong.push(format!("in a form: {:?}", tag.attributes));
            }
            if typed && ["password", "file", "email", "tel"].contains(&kind) {
                wrong.push(format!("{:?}", tag.attributes));
            }
            if tag.name == "button" && !in_form && tag.get("type") != Some("button") {
                wrong.push(format!("button {:?} {}", tag.attributes, tag.text));
            }
        }
    });
}

#[test]
fn the_checklist_page_has_stable_hooks() {
    let page = &bundled().pages["checklist/index.html"];
    let count = |key: &str| {
        page.iter()
            .filter(|tag| tag.attributes.contains_key(key))
            .count()
    };
    assert_eq!(count("data-request-output"), 1);
    assert!(count("data-copy") > 0);
    let controls = page
        .iter()
        .filter(|tag| ["input", "textarea", "select"].contains(&&*tag.name));
    let main: Vec<_> = controls
        .filter(|tag| tag.inside.iter().any(|name| name == "main"))
        .collect();
    assert!(main.len() > 5);
    for control in main {
        let own = control.get("data-save-consent").is_some();
        assert!(
            own || control.get("name").is_some(),
            "{:?}",
            control.attributes
        );
    }
}

#[test]
fn scripts_send_nothing_and_never_parse_html() {
    let forbidden = [
        "fetch(",
        "XMLHttpRequest",
        "sendBeacon",
        "WebSocket",
        "EventSource",
        "new Image",
        "importScripts",
        "RTCPeer",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "document.cookie",
        "indexedDB",
        "serviceWorker",
    ];
    let mut wrong = Vec::new();
    for (name, bytes) in &bundled().files {
        let is_code = name.ends_with(".js") && !name.starts_with("assets/search/");
        let text = String::from_utf8_lossy(bytes);
        let found = forbidden
            .iter()
            .filter(|word| is_code && text.contains(**word));
        wrong.extend(found.map(|word| format!("{name}: {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Guides that say how to file the public request.
const FILING: [&str; 5] = [
    "request/before-you-file/",
    "request/lost-second-factor/",
    "request/lost-email/",
    "request/lost-both/",
    "request/unverified-email/",
];

#[test]
fn guides_name_a_takeover_before_they_send_readers_to_the_public_form() {
    let is_private = |fragment: &str| ["for=takeover", "for=owner-absent"].contains(&fragment);
    let mut sending = 0;
    let mut wrong = Vec::new();
    for (name, page) in &bundled().pages {
        let folders = ["sign-in/", "request/", "after/", "special/"];
        let is_guide = folders.iter().any(|folder| name.starts_with(folder));
        if !is_guide || name.starts_with("special/suspected-takeover/") {
            continue;
        }
        let is_text = |tag: &&Tag| {
            let inside = |element: &str| tag.inside.iter().any(|name| name == element);
            inside("main") && !inside("nav")
        };
        let mut takeover_named = false;
        for link in named(page, "a").filter(is_text) {
            let href = link.get("href").unwrap_or_default();
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            let path = target(name, path).unwrap_or_default();
            if path == "special/suspected-takeover/" {
                takeover_named = true;
            }
            let is_form = href.contains("template=account-recovery");
            let is_checklist = path == "checklist/" && !is_private(fragment);
            if is_form || is_checklist || FILING.contains(&path.as_str()) {
                sending += 1;
                if !takeover_named {
                    wrong.push(format!("{name}: {href}"));
                }
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sending > 20, "{sending} guides");
}

#[test]
fn hosts_find_their_files() {
    let files = &bundled().files;
    for name in [
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "_headers",
        "_redirects",
        ".nojekyll",
        "manifest.json",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
    let text = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    assert!(text("robots.txt").contains(&format!("Sitemap: {BASE}sitemap.xml")));
    let sitemap = text("sitemap.xml");
    for (name, page) in &bundled().pages {
        let address = format!("<loc>{BASE}{}</loc>", name.trim_end_matches("index.html"));
        let listed = sitemap.contains(&address);
        let wanted =
            !is_redirect(page) && !["404.html", "print/index.html"].contains(&name.as_str());
        assert_eq!(listed, wanted, "{name} in sitemap.xml");
    }
}

#[test]
fn no_page_contains_a_path_of_the_build_machine() {
    let home = env!("CARGO_MANIFEST_DIR");
    for (name, bytes) in &bundled().files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(home) && !text.contains("/tmp/"), "{name}");
    }
}

/// The path below the site's root that `address` leads to from the page `from`; nothing where it
/// leads out.
fn target(from: &str, address: &str) -> Option<String> {
    let base = BASE.trim_start_matches("https://help.example");
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
    let path = decoded.split('?').next().unwrap_or_default();
    if let Some(below) = path.strip_prefix('/') {
        return format!("/{below}").strip_prefix(base).map(str::to_owned);
    }
    let mut parts: Vec<_> = from.split('/').collect();
    parts.pop();
    let folder = path.is_empty() || path.ends_with('/') || path.ends_with('.');
    if path.is_empty() {
        return Some(from.to_owned());
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let mut joined = parts.join("/");
    if folder && !joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}
