//! Markdown files → guides, in parallel, with their links as written. A file that has not changed since the last load
//! is not parsed again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::walk::FileBytes;
use super::{front, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::Reader;
use crate::ids::{ContentPath, UrlPath, nfc};
use crate::markdown::{self, Document, Options};
use crate::site::{FrontMatter, Guide, GuideKind, Origin, title_of_name};
use crate::source::{Location, Source};

/// Headings of one page at most.
const HEADING_LIMIT: usize = 50_000;

/// The guides of the last load, with their problems.
#[derive(Debug, Default)]
pub struct GuideCache {
    options: Option<Options>,
    /// With the digest of the file each was read from.
    guides: HashMap<ContentPath, (Arc<str>, Arc<Guide>, Diagnostics)>,
}

/// Reads all pages; the guides are in the order of the files.
pub(super) fn guides(
    pages: Vec<(ContentPath, FileBytes)>,
    options: &Options,
    cache: &mut GuideCache,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Guide>> {
    if cache.options.as_ref() != Some(options) {
        *cache = GuideCache {
            options: Some(options.clone()),
            ..GuideCache::default()
        };
    }
    let known = std::mem::take(&mut cache.guides);
    let names: HashSet<_> = pages.iter().map(|(path, _)| path.clone()).collect();
    let read: Vec<_> = pages
        .into_par_iter()
        .map(|(path, file)| {
            let address_file = address_file(path.as_str(), &names);
            let digest = Arc::clone(&file.digest);
            let kept = known.get(&path).filter(|(known, guide, _)| {
                *known == digest && guide.url == address(&address_file).0
            });
            let (guide, problems) = match kept {
                Some((_, guide, problems)) => (Some(Arc::clone(guide)), problems.clone()),
                None => read_guide(&path, &address_file, file.into_vec(), options),
            };
            (path, digest, guide, problems)
        })
        .collect();
    let mut guides = Vec::with_capacity(read.len());
    for (path, digest, guide, problems) in read {
        diagnostics.extend(problems.clone());
        if let Some(guide) = guide {
            guides.push(Arc::clone(&guide));
            cache.guides.insert(path, (digest, guide, problems));
        }
    }
    guides
}

/// The file name that the address comes from. A `README.md`, which code hosts show for a folder, is the
/// page of its folder unless there is an `index.md`.
fn address_file(name: &str, names: &HashSet<ContentPath>) -> String {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
    let index = format!("{folder}index.md");
    if file.eq_ignore_ascii_case("readme.md") && !names.contains(&*index) {
        index
    } else {
        name.to_owned()
    }
}

fn read_guide(
    path: &ContentPath,
    address: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> (Option<Arc<Guide>>, Diagnostics) {
    let mut problems = Diagnostics::default();
    let source = text::source(&path.source_path(), bytes, &mut problems);
    let guide = source.and_then(|source| guide(address, &source, options, &mut problems));
    (guide.map(Arc::new), problems)
}

/// Reads a page; `path` is what its address is made of, relative to `content/`.
fn guide(
    path: &str,
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Guide> {
    let mut reader = Reader::new(source, options, diagnostics);
    let front = match markdown::front_block(source.text()) {
        Ok(front) => front,
        Err(fence) => {
            let message = "the front matter has no end";
            let problem =
                Diagnostic::error(Code::FrontMatterFence, message).at(Location::new(source, fence));
            reader.report(problem.hint("add a line `+++` after its last line"));
            return None;
        }
    };
    let body = front.as_ref().map_or(0, |front| front.body);
    let meta = if let Some(front) = front {
        front::meta(&front, &mut reader)
    } else {
        reader.diagnostics.extend(late_fence(source));
        FrontMatter::default()
    };
    let document = document(body, &mut reader)?;
    let (url, kind) = address(path);
    let title = title(&meta, &document, &url, path);
    Some(Guide {
        source: Arc::clone(source),
        file: ContentPath::of_source(source),
        url,
        kind,
        title,
        meta,
        body,
        document,
        origin: Origin::File,
    })
}

/// Front matter behind empty lines would be printed as text of the page.
fn late_fence(source: &Arc<Source>) -> Option<Diagnostic> {
    let text = source.text();
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next().unwrap_or_default();
    let message = "front matter does not begin on the first line";
    let problem = Diagnostic::error(Code::FrontMatterFence, message)
        .at(Location::new(source, start..start + 3));
    (first.trim_end() == "+++").then(|| problem.hint("remove the empty lines above it"))
}

fn document(body: usize, reader: &mut Reader<'_>) -> Option<Document> {
    let source = reader.source;
    let location = Location::new(source, body..source.text().len());
    let text = &source.text()[body..];
    let document = markdown::parse(text, &location, reader.options, reader.diagnostics);
    if document.headings.len() > HEADING_LIMIT {
        let message = format!("more than {HEADING_LIMIT} headings");
        let problem =
            Diagnostic::error(Code::TooLarge, message).at(Location::new(source, body..body));
        reader.report(problem.hint("split it into several pages"));
        return None;
    }
    Some(document)
}

/// `a/b.md` → `/a/b/`, `a/index.md` → `/a/`; names in NFC, so that one name has one address.
fn address(path: &str) -> (UrlPath, GuideKind) {
    let path = nfc(path);
    let stem = path.strip_suffix(".md").unwrap_or(&path);
    let folder = stem
        .strip_suffix("index")
        .filter(|rest| rest.is_empty() || rest.ends_with('/'));
    match folder {
        Some("") => (UrlPath::home(), GuideKind::Home),
        Some(folder) => (UrlPath::of_parts(folder.split('/')), GuideKind::Section),
        None => (UrlPath::of_parts(stem.split('/')), GuideKind::Page),
    }
}

fn title(meta: &FrontMatter, document: &Document, url: &UrlPath, path: &str) -> String {
    let heading = document.heading.as_ref().map(|heading| &*heading.text);
    let given = meta.title.as_ref().map(|title| title.value.trim());
    match given.or(heading).filter(|title| !title.is_empty()) {
        Some(title) => title.to_owned(),
        None => title_of_name(
            url.parts()
                .next_back()
                .unwrap_or(path.trim_end_matches(".md")),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    fn read(path: &str, text: &str) -> (Option<Guide>, String) {
        let mut diagnostics = Diagnostics::default();
        let source = Source::new(format!("content/{path}"), text);
        let guide = guide(path, &source, &Options::default(), &mut diagnostics);
        (guide, short(&diagnostics.sorted()))
    }

    #[test]
    fn addresses_follow_files() {
        let cases = [
            ("index.md", "/"),
            ("a.md", "/a/"),
            ("a/b.md", "/a/b/"),
            ("a/index.md", "/a/"),
            ("a/reindex.md", "/a/reindex/"),
            ("e\u{301}.md", "/é/"),
        ];
        for (path, expected) in cases {
            assert_eq!(address(path).0.to_string(), expected, "{path}");
        }
    }

    #[test]
    fn a_title_comes_from_front_matter_then_heading_then_name() {
        let cases = [
            ("+++\ntitle = \"T\"\n+++\n# H\n", "T"),
            ("---\ntitle: T\n---\n# H\n", "T"),
            ("---\ntitle: 1.10 # a number\n---\n# H\n", "1.10"),
            ("# H\n", "H"),
            ("text\n", "Lost phone"),
        ];
        for (text, expected) in cases {
            let (guide, problems) = read("a/lost-phone.md", text);
            assert_eq!(problems, "");
            assert_eq!(guide.expect("a guide").title, expected, "{text:?}");
        }
    }

    #[test]
    fn toml_and_yaml_front_matter_are_equivalent() {
        let toml = "+++\ntitle = \"T\"\norder = 3\nreviewed = 2026-09-30\nreview_every = \"6 months\"\nneeds = [\"a\", \"b\"]\ndraft = true\n+++\n";
        let yaml = "---\ntitle: T\norder: 3\nreviewed: 2026-09-30\nreview_every: 6 months\nneeds: [a, b]\ndraft: true\n---\n";
        let meta = |text| {
            let (guide, problems) = read("a.md", text);
            assert_eq!(problems, "");
            let meta = guide.expect("a guide").meta;
            (
                meta.title.map(|title| title.value),
                meta.order,
                meta.reviewed.map(|date| date.value),
                meta.review_every.map(|period| period.value),
                meta.needs
                    .into_iter()
                    .map(|need| need.value)
                    .collect::<Vec<_>>(),
                meta.draft,
            )
        };
        assert_eq!(meta(toml), meta(yaml));
    }

    #[test]
    fn a_period_is_a_number_of_days_weeks_months_or_years() {
        let cases = [
            ("90 days", Some("2026-12-29")),
            ("6 weeks", Some("2026-11-11")),
            (" 6 months ", Some("2027-03-30")),
            ("1 year", Some("2027-09-30")),
            ("1000 years", Some("3026-09-30")),
            ("1001 years", None),
            ("0 days", None),
            ("-1 day", None),
            ("6 monthsss", None),
            ("30 hours", None),
            ("631107417600 seconds", None),
            ("P6M", None),
            ("6", None),
        ];
        for (written, expected) in cases {
            let (guide, reported) =
                read("a.md", &format!("+++\nreview_every = \"{written}\"\n+++\n"));
            let period = guide.and_then(|guide| guide.meta.review_every);
            let due = period.map(|period| {
                period
                    .value
                    .after(jiff::civil::date(2026, 9, 30))
                    .to_string()
            });
            assert_eq!(due.as_deref(), expected, "{written}");
            assert_eq!(reported.is_empty(), expected.is_some(), "{reported}");
        }
    }

    #[test]
    fn faults_of_front_matter_are_reported_at_their_line_in_the_page() {
        let cases = [
            (
                "+++\ntitle = \"a\"\n",
                "content/a.md:1:1: front-matter-fence: the front matter has no end\nhint: add a line `+++` after its last line\n",
            ),
            (
                "\n \n+++\ntitle = \"a\"\n+++\n",
                "content/a.md:3:1: front-matter-fence: front matter does not begin on the first line\nhint: remove the empty lines above it\n",
            ),
            (
                "+++\ntitel = \"a\"\n+++\n",
                "content/a.md:2:1: unknown-key: unknown key `titel`\nhint: did you mean `title`?\n",
            ),
            (
                "+++\n\nreview_every = \"often\"\n+++\n",
                "content/a.md:3:17: bad-date: `often` is not a duration\nhint: write a number and a unit: `90 days`, `6 weeks`, `6 months`, `1 year`\n",
            ),
            (
                "---\nlayout: post\ntoc: true\n---\n",
                "content/a.md:2:1: info: foreign-markup: front matter has keys of another tool, which have no effect: layout, toc\n",
            ),
            (
                "---\ntitel: T\n---\n",
                "content/a.md:2:1: warning: unknown-key: `titel` has no effect here\nhint: did you mean `title`?\n",
            ),
            (
                "---\nreviewed: 2026-02-30\n---\n",
                "content/a.md:2:11: bad-date: `2026-02-30` is not a date\nhint: write year, month and day: `2026-09-30`\n",
            ),
            (
                "---\ntitle: [a\n---\n",
                "content/a.md:2:8: yaml-syntax: the brackets `[ ]` or `{ }` do not match\nhint: close the bracket; put a text that begins with `[` or `{` in quotes\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read("a.md", text).1, expected, "{text:?}");
        }
    }
}
