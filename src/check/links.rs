//! Links: to pages, to headings, to the outside.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::ids::missing_link;
use super::lookalikes::{Host, Likeness, is_shortener};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{LinkName, UrlPath};
use crate::markdown::{Link, LinkKind};
use crate::site::{Guide, LinkTarget, OfficialLink, OutsideAddress, Site, outside};
use crate::source::{Location, Source};

/// Follows every link of every guide and of every short text.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    addresses(site, diagnostics);
    let official = site.links.values().filter_map(host_of).collect();
    let allowed = site.config.links.allow.iter().flatten();
    let mut rules = Rules {
        site,
        official: &official,
        compared: official.iter().map(|host| Host::new(host)).collect(),
        trusted: allowed.chain(&official).map(String::as_str).collect(),
        broken: None,
        anchors: HashMap::new(),
        hosts: BTreeMap::new(),
        diagnostics,
    };
    for (source, document) in site.documents() {
        for link in &document.links {
            rules.link(source, link);
        }
    }
    for rule in &site.config.publish.redirects {
        let to = &rule.to;
        if let Ok(LinkTarget::Page { url, fragment }) = site.resolve(&to.location.source, &to.value)
            && let Some(fragment) = fragment
        {
            rules.anchor(&url, &fragment, &to.location);
        }
    }
    rules.report_hosts();
}

/// The addresses of `links.toml` themselves.
fn addresses(site: &Site, diagnostics: &mut Diagnostics) {
    let mut links: Vec<_> = site.links.values().collect();
    links.sort_by_key(|link| link.location.span.start);
    let mut first: HashMap<&str, &Location> = HashMap::new();
    for link in links {
        if let Some(earlier) = first.insert(&link.url, &link.location) {
            let message = "another entry has the same address";
            let problem = Diagnostic::info(Code::DuplicateAddress, message).at(&link.location);
            let problem = problem.see(earlier, "the first one");
            diagnostics.push(problem.hint("keep one of the two entries"));
        }
        let outside = outside(&link.url).unwrap_or_else(|| {
            let message = format!("`{}` is not an address", link.url);
            let problem = Diagnostic::error(Code::UnsafeLink, message);
            Err(problem.hint("write it in full: `https://host/…` or `mailto:…`"))
        });
        diagnostics.extend(outside.err().map(|problem| problem.at(&link.location)));
    }
    let service = site.config.service.iter().map(|service| &service.link);
    diagnostics.extend(service.filter_map(|link| missing_link(site, link)));
}

fn host_of(link: &OfficialLink) -> Option<String> {
    outside(&link.url)?.ok()?.host
}

/// How many outside hosts are listed, those with most links first.
const LISTED_HOSTS: usize = 20;

struct Rules<'a> {
    site: &'a Site,
    official: &'a BTreeSet<String>,
    compared: Vec<Host<'a>>,
    /// Hosts of `links.toml`, and those that `site.toml` allows.
    trusted: HashSet<&'a str>,
    /// The last broken link, with its target.
    broken: Option<(Location, String)>,
    anchors: HashMap<UrlPath, HashSet<&'a str>>,
    /// Where the links to each other host are.
    hosts: BTreeMap<String, Vec<Location>>,
    diagnostics: &'a mut Diagnostics,
}

impl Rules<'_> {
    fn link(&mut self, source: &Arc<Source>, link: &Link) {
        let location = Location::new(source, link.span.clone());
        let target = match self.site.resolve(source, &link.target) {
            Ok(target) => target,
            Err(problem) => {
                let is_inside = |(around, target): &(Location, String)| {
                    Arc::ptr_eq(&around.source, source)
                        && around.span.contains(&link.span.start)
                        && *target == link.target
                };
                // An image that links to itself is broken once.
                if self.broken.as_ref().is_some_and(is_inside) {
                    return;
                }
                self.broken = Some((location.clone(), link.target.clone()));
                let problem = with_hint(self.site, problem, self.diagnostics);
                return self.diagnostics.push(problem.at(location));
            }
        };
        if link.kind == LinkKind::Image {
            let problem = fault_of_image(&target, link);
            self.diagnostics
                .extend(problem.map(|one| one.at(&location)));
        }
        match target {
            LinkTarget::Page {
                url,
                fragment: Some(fragment),
            } => self.anchor(&url, &fragment, &location),
            LinkTarget::Outside(OutsideAddress {
                host: Some(host), ..
            }) => {
                self.words(&host, link, &location);
                if !self.trusted.contains(&*host) {
                    self.hosts.entry(host).or_default().push(location);
                }
            }
            LinkTarget::Official { link: official, .. } => {
                if let Some(host) = host_of(official) {
                    self.words(&host, link, &location);
                }
            }
            LinkTarget::Outside(_) | LinkTarget::Page { .. } | LinkTarget::File { .. } => {}
        }
    }

    fn anchor(&mut self, url: &UrlPath, fragment: &str, location: &Location) {
        let Some(guide) = self.site.guide_at(url) else {
            return;
        };
        let ids = || guide.document.headings.iter().map(|one| one.id.as_str());
        let known = self.anchors.entry(url.clone());
        let known = known.or_insert_with(|| ids().collect());
        // Browsers go to the top of a page for `#top` where no element has that id.
        if !known.contains(fragment) && !fragment.eq_ignore_ascii_case("top") {
            let problem = no_heading(guide, fragment, self.diagnostics);
            self.diagnostics.push(problem.at(location));
        }
    }

    /// The text of a link must not name a host other than the one it goes to.
    fn words(&mut self, host: &str, link: &Link, location: &Location) {
        let named = host_in_text(&link.text, self.official);
        if let Some(named) = named.filter(|named| named != host) {
            let message = format!("the text says `{named}`, but the link goes to `{host}`");
            let problem = Diagnostic::error(Code::DeceivingLink, message).at(location);
            let hint = "make the text and the address name the same host";
            self.diagnostics.push(problem.hint(hint));
        }
    }

    fn fault_of_host(&self, host: &str) -> Option<Diagnostic> {
        let error =
            |code, message: String, hint: &str| Some(Diagnostic::error(code, message).hint(hint));
        let like = Host::new(host).likeness(&self.compared);
        if let Some(Likeness::Host(like)) = like {
            let message = format!("`{host}` looks like `{like}` but is a different host");
            let hint = "use `link:NAME` for official addresses; if you mean this host, add it to `allow` under `[links]` in `site.toml`";
            return error(Code::LookalikeHost, message, hint);
        }
        if is_shortener(host) {
            let message =
                format!("`{host}` is a link shortener, so readers cannot see where this link goes");
            let hint = "write the address that the short link redirects to";
            return error(Code::DeceivingLink, message, hint);
        }
        if self.site.config.links.allow.is_some() {
            let message = format!("this site does not allow links to `{host}`");
            let hint = "add it to `allow` under `[links]` in `site.toml`, or to `links.toml`";
            return error(Code::HostNotAllowed, message, hint);
        }
        let Likeness::Name(like, name) = like? else {
            return None;
        };
        let message =
            format!("`{host}` contains the name `{name}` but does not belong to `{like}`");
        let hint = "readers might think it is official: if it is, add it to `links.toml`; if not, but you still want to link to it, add it to `allow` under `[links]` in `site.toml`";
        Some(Diagnostic::warning(Code::LookalikeHost, message).hint(hint))
    }

    /// Reports hosts with problems, and lists the others with their counts, so that authors can quickly review where
    /// the site links to.
    fn report_hosts(mut self) {
        let mut hosts = Vec::new();
        for (host, locations) in std::mem::take(&mut self.hosts) {
            match self.fault_of_host(&host) {
                Some(problem) => {
                    let problems = locations.into_iter().map(|one| problem.clone().at(one));
                    self.diagnostics.extend(problems);
                }
                None => hosts.push((host, locations)),
            }
        }
        hosts.sort_by_key(|(_, locations)| Reverse(locations.len()));
        let Some(location) = hosts.first().map(|(_, locations)| &locations[0]) else {
            return;
        };
        let shown = hosts.iter().take(LISTED_HOSTS);
        let mut shown: Vec<_> = shown
            .map(|(host, locations)| format!("`{host}` ({})", locations.len()))
            .collect();
        if hosts.len() > LISTED_HOSTS {
            shown.push(format!("and {} more", hosts.len() - LISTED_HOSTS));
        }
        let message = format!(
            "guides link to hosts that are in neither `links.toml` nor `allow`: {}",
            shown.join(", ")
        );
        let hint = "list the hosts you trust in `allow` under `[links]` in `site.toml`, so that a link to any other host is an error";
        let problem = Diagnostic::info(Code::OutsideHost, message).at(location);
        self.diagnostics.push(problem.hint(hint));
    }
}

/// Suggests what the author meant by a path or name that the site does not have.
fn with_hint(site: &Site, problem: Diagnostic, diagnostics: &mut Diagnostics) -> Diagnostic {
    let hint = match (problem.code, problem.subject.as_deref()) {
        (Code::UnknownLinkName, Some(name)) => {
            match diagnostics.nearest(name, site.links.keys().map(LinkName::as_str)) {
                Some(near) => &format!("did you mean `link:{near}`?"),
                None => &format!(
                    "add a table `[{name}]` with `url`, `title` and `purpose` to `links.toml`"
                ),
            }
        }
        (_, Some(path)) => match site.path_like(path, diagnostics) {
            Some(near) => &format!("did you mean `/{near}`?"),
            None => {
                "write the path of a file in `content/`, relative to this one or starting with `/`"
            }
        },
        (_, None) => return problem,
    };
    problem.hint(hint)
}

/// The diagnostic for a link to a heading that the page does not have.
fn no_heading(guide: &Guide, fragment: &str, diagnostics: &mut Diagnostics) -> Diagnostic {
    let message = format!("{} has no heading `#{fragment}`", guide.url);
    let headings = guide.document.headings.iter();
    let near = diagnostics.nearest(fragment, headings.map(|heading| heading.id.as_str()));
    Diagnostic::error(Code::BrokenAnchor, message).hint(match near {
        Some(near) => format!("did you mean `#{near}`?"),
        None => "link to one of its headings, or to the page itself".to_owned(),
    })
}

fn fault_of_image(target: &LinkTarget<'_>, link: &Link) -> Option<Diagnostic> {
    Some(match target {
        LinkTarget::File { .. } if link.text.trim().is_empty() => {
            let hint =
                "write between the square brackets what it shows, for readers who cannot see it";
            Diagnostic::warning(Code::ImageWithoutText, "the image has no text").hint(hint)
        }
        LinkTarget::File { .. } => return None,
        LinkTarget::Page { .. } => {
            Diagnostic::error(Code::BrokenLink, "this is a page, not an image")
                .hint("write the path of an image file")
        }
        LinkTarget::Official { .. } | LinkTarget::Outside(_) => {
            let hint =
                "put the file next to the page, so that the other site does not learn who reads it";
            Diagnostic::error(Code::RemoteImage, "the image is on another site").hint(hint)
        }
    })
}

/// The host that a link's text names, if the text is an address or just a host.
fn host_in_text(text: &str, official: &BTreeSet<String>) -> Option<String> {
    let text = text.trim().to_lowercase();
    let bare = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = bare.unwrap_or(&text).split(['/', '?', '#']).next()?;
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_ending = |last: &str| last.len() > 1 && last.chars().all(char::is_alphabetic);
    let is_host = host.split('.').all(is_label)
        && host
            .rsplit_once('.')
            .is_some_and(|(_, last)| is_ending(last));
    // `setup.py` is a file, not a host: without a scheme only `www.` and known hosts count.
    let is_meant = bare.is_some() || host.starts_with("www.") || official.contains(host);
    (is_host && is_meant).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_in_words_name_a_host() {
        let cases = [
            ("https://a.example/b", Some("a.example")),
            ("www.a.example", Some("www.a.example")),
            ("service.example/login", Some("service.example")),
            ("other.example/login", None),
            ("setup.py", None),
            ("the a.example page", None),
            ("PyPI", None),
        ];
        for (text, expected) in cases {
            let official = BTreeSet::from(["service.example".to_owned()]);
            let named = host_in_text(text, &official);
            assert_eq!(named.as_deref(), expected, "{text}");
        }
    }
}
