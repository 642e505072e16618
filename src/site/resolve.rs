//! The targets of links: a page or file of this site, an outside address, or why the link is broken.

use percent_encoding::percent_decode_str;

use super::{Guide, OfficialLink, OutsideAddress, Site, outside};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{ContentPath, OutPath, UrlPath, nfc};
use crate::markdown::Heading;
use crate::source::Source;

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget<'a> {
    /// A page of the site, with the heading on it.
    Page {
        /// Its address.
        url: UrlPath,
        /// The fragment of a heading or another element on it.
        fragment: Option<String>,
    },
    /// A file beside the pages.
    File {
        /// Its path.
        path: OutPath,
        /// A part of it, such as `page=2` of a PDF file.
        fragment: Option<String>,
    },
    /// An address of `links.toml`.
    Official {
        /// The row.
        link: &'a OfficialLink,
        /// A fragment of that page.
        fragment: Option<String>,
    },
    /// Any other outside address.
    Outside(OutsideAddress),
}

impl Site {
    /// Follows the link `written` from the file `from`. Paths are relative to that file.
    ///
    /// Errors: a problem without a hint if its `subject`, a path or a name, is not in this site.
    pub fn resolve(&self, from: &Source, written: &str) -> Result<LinkTarget<'_>, Diagnostic> {
        if let Some(name) = written.strip_prefix("link:") {
            return self.official(name);
        }
        if let Some(address) = outside(written) {
            return address.map(LinkTarget::Outside);
        }
        let (path, fragment) = split_fragment(written);
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        let fragment = fragment.map(decode).transpose()?;
        let from = ContentPath::of_source(from);
        if path.is_empty() {
            let guide = self.guide_of_file(from.as_str());
            let url = guide.map(|guide| guide.url.clone()).unwrap_or_default();
            let fragment = self.below_heading(&url, fragment.as_deref());
            return Ok(LinkTarget::Page { url, fragment });
        }
        let decoded = decode(path)?;
        let by_address = || self.by_address(&from, &decoded);
        let path = match normal(from.as_str(), &decoded) {
            Ok(path) => path,
            Err(problem) => return Err(by_address().unwrap_or(problem)),
        };
        self.inside(&path, fragment.as_deref()).ok_or_else(|| {
            by_address().unwrap_or_else(|| {
                broken(format!("this site has no page or file `{path}`")).about(path)
            })
        })
    }

    fn official(&self, name: &str) -> Result<LinkTarget<'_>, Diagnostic> {
        let (name, fragment) = split_fragment(name);
        let fragment = fragment.map(str::to_owned);
        if let Some(link) = self.links.get(name) {
            return Ok(LinkTarget::Official { link, fragment });
        }
        let message = format!("`links.toml` has no address named `{name}`");
        Err(Diagnostic::error(Code::UnknownLinkName, message).about(name))
    }

    /// `path` is below `content/`; a trailing slash or nothing means a page's address.
    fn inside(&self, path: &str, fragment: Option<&str>) -> Option<LinkTarget<'_>> {
        let page = |url: UrlPath| LinkTarget::Page {
            fragment: self.below_heading(&url, fragment),
            url,
        };
        if let Some(guide) = self.guide_of_file(path) {
            return Some(page(guide.url.clone()));
        }
        let file = OutPath::new(path).filter(|file| self.files.contains_key(file));
        if let Some(path) = file {
            let fragment = fragment.map(str::to_owned);
            return Some(LinkTarget::File { path, fragment });
        }
        // Guides written for other tools name the file a page becomes there.
        let path = path.strip_suffix(".html").map_or(path, |stem| {
            stem.strip_suffix("index")
                .filter(|rest| rest.is_empty() || rest.ends_with('/'))
                .unwrap_or(stem)
        });
        let url = UrlPath::of_parts(path.split('/'));
        self.pages.contains_key(&url).then(|| page(url))
    }

    /// `None` if the fragment is that of the page's own heading, which means the page itself.
    fn below_heading(&self, url: &UrlPath, fragment: Option<&str>) -> Option<String> {
        let fragment = fragment?;
        let is_meant = |heading: &Heading| heading.id == fragment;
        let names_page = self.guide_at(url).is_some_and(|guide| {
            let document = &guide.document;
            document.heading.as_ref().is_some_and(is_meant)
                && !document.headings.iter().any(is_meant)
        });
        (!names_page).then(|| fragment.to_owned())
    }

    /// The file that a wiki link names, and its guide if it is one. `None` if the name fits several files.
    pub fn named(&self, name: &str) -> Option<(&str, Option<&Guide>)> {
        let guides = self.guides.iter();
        let guides = guides.map(|guide| (guide.file.as_str(), Some(&**guide)));
        let files = self.files.keys().map(|path| (path.as_str(), None));
        let wanted = last_name(name);
        let mut named = guides.chain(files).filter(|(path, guide)| {
            let title = guide.map_or("", |guide| &guide.title);
            last_name(path).eq_ignore_ascii_case(wanted) || title.eq_ignore_ascii_case(name)
        });
        let found = named.next()?;
        named.next().is_none().then_some(found)
    }

    /// Other tools publish links as they are written, so that authors write them relative to the page's address.
    fn by_address(&self, from: &ContentPath, written: &str) -> Option<Diagnostic> {
        let guide = self.guide_of_file(from.as_str())?;
        let path = normal(&format!("{}x", guide.url.as_str()), written).ok()?;
        let target = self.guide_at(&UrlPath::of_parts(path.split('/')))?;
        let file = relative(from.as_str(), target.file.as_str());
        let problem = broken(format!(
            "`{written}` is relative to the address of this page, not to its file"
        ));
        Some(problem.hint(format!("write `{file}`")))
    }

    /// The path of a page or file that a broken `path` may mean: one with the same name in another
    /// folder, or with the nearest name.
    pub fn path_like(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        if !diagnostics.compares_names() {
            return None;
        }
        let pages = self.page_names().map(|name| name.trim_matches('/'));
        let known = pages.chain(self.files.keys().map(OutPath::as_str));
        // A page does not help an author who needs an image.
        let known = known.filter(|known| is_page(known) == is_page(path));
        let known: Vec<_> = known.map(|path| (last_name(path), path)).collect();
        let name = last_name(path);
        let mut alike = known.clone();
        alike.retain(|(known, _)| known.eq_ignore_ascii_case(name));
        if alike.is_empty() {
            let near = diagnostics.nearest(name, known.iter().map(|(name, _)| *name))?;
            alike = known;
            alike.retain(|(known, _)| *known == near);
        }
        let paths = alike.into_iter().map(|(_, path)| path);
        paths.max_by_key(|other| shared_parts(path, other))
    }
}

/// How the names of pages end, here and with other tools.
const PAGE_ENDINGS: [&str; 3] = [".md", ".mdx", ".html"];

/// The name of a page or file without its folders: `guide` for `a/guide.md` and `a/guide/index.md`.
fn last_name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let mut endings = PAGE_ENDINGS.iter();
    let path = endings
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a path is that of a page, in whatever tool.
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.contains('.') || PAGE_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The path from one file to another, both below `content/`.
pub fn relative(from: &str, to: &str) -> String {
    let folders = from.rsplit_once('/').map_or("", |(folders, _)| folders);
    let shared = shared_parts(folders, to);
    let folders = folders.split('/').filter(|part| !part.is_empty());
    let up = folders.skip(shared).count();
    let down: Vec<_> = to.split('/').skip(shared).collect();
    format!("{}{}", "../".repeat(up), down.join("/"))
}

/// How many parts two paths begin with in common.
fn shared_parts(one: &str, other: &str) -> usize {
    let pairs = one.split('/').zip(other.split('/'));
    pairs.take_while(|(a, b)| a == b).count()
}

fn split_fragment(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (target, None),
    }
}

fn broken(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::BrokenLink, message)
}

fn decode(text: &str) -> Result<String, Diagnostic> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(|text| nfc(&text).into_owned()).map_err(|_| {
        broken("the link contains a `%` sequence that is not UTF-8")
            .hint("write the characters themselves")
    })
}

/// Joins a path to the folder of the file that it is written in, without `.` and `..`.
fn normal(from: &str, path: &str) -> Result<String, Diagnostic> {
    if path.contains(['\\', '\0']) {
        return Err(broken("this link contains a backslash").hint("use `/` between folders"));
    }
    let path = path.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/'));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err(broken("this link leaves `content/`")
                        .hint("link to something inside it, or copy the file there"));
                }
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_they_are_in() {
        let cases = [
            ("a/b.md", "c.md", Some("a/c.md")),
            ("a/b.md", "../c.md", Some("c.md")),
            ("a/b.md", "/c/", Some("c")),
            ("b.md", "./c.md", Some("c.md")),
            ("b.md", "../c.md", None),
            ("b.md", "a/../../c.md", None),
            ("b.md", "a\\c.md", None),
        ];
        for (from, path, expected) in cases {
            assert_eq!(normal(from, path).ok().as_deref(), expected, "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_climbs_out(from in "([a-c]/){0,2}x.md", path in "[a-c./]{0,16}") {
            if let Ok(path) = normal(&from, &path) {
                prop_assert!(path.split('/').all(|part| part != ".." && part != "."));
            }
        }
    }
}
