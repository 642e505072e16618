//! The bundled site and its index.

use std::path::Path;

use regain::config::Drafts;
use regain::diagnostic::Diagnostics;
use regain::load::load;
use regain::search::{self, Names, SearchIndex};
use regain::site::Site;

/// The folder of the site in this repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site in this repository.
pub(crate) fn bundled() -> Site {
    site_of(root()).0
}

/// The site in a folder, and the title of its page of official addresses.
fn site_of(root: &Path) -> (Site, String) {
    let mut diagnostics = Diagnostics::default();
    let loaded = load(root, &mut diagnostics).expect("a folder");
    let loaded = loaded.expect("the site loads");
    let official = loaded.theme.string("official_title").to_owned();
    (Site::new(loaded.parts, Drafts::Hidden), official)
}

/// The index of the site in this repository.
pub(crate) fn bundled_index() -> SearchIndex {
    index_of(root())
}

/// The index of the site in a folder.
pub(crate) fn index_of(root: &Path) -> SearchIndex {
    let (site, official) = site_of(root);
    let names = Names {
        official: &official,
    };
    search::index(&site, names)
}

/// A question, its kind, and the addresses that answer it.
pub(crate) struct Question {
    pub(crate) kind: &'static str,
    pub(crate) text: &'static str,
    pub(crate) pages: Vec<&'static str>,
}

/// All questions of `questions.txt`.
pub(crate) fn questions() -> Vec<Question> {
    read_questions(include_str!("questions.txt"))
}

/// A second site, on another subject and with questions nothing was tuned on.
pub(crate) fn second() -> (SearchIndex, Vec<Question>) {
    let index = index_of(&root().join("tests/search/second"));
    (index, read_questions(include_str!("second/questions.txt")))
}

fn read_questions(text: &'static str) -> Vec<Question> {
    let lines = text.lines();
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |row: &'static str| {
        let mut parts = row.split('|').map(str::trim);
        let mut next = || parts.next().expect("kind | question | addresses");
        Question {
            kind: next(),
            text: next(),
            pages: next().split_whitespace().collect(),
        }
    };
    rows.map(read).collect()
}

/// Every question, and each spoilt in four ways: cut short, two letters swapped, one dropped, an odd
/// one put in.
pub(crate) fn queries() -> Vec<String> {
    let mut all = Vec::new();
    for (number, question) in questions().iter().enumerate() {
        let letters: Vec<char> = question.text.chars().collect();
        let at = (number * 7) % letters.len();
        let mut swapped = letters.clone();
        swapped.swap(at, (at + 1) % letters.len());
        let mut dropped = letters.clone();
        dropped.remove(at);
        let mut odd = letters.clone();
        odd.insert(
            at,
            ['é', '-', '.', 'ß', '码', 'Σ', ' ', '\u{301}'][number % 8],
        );
        all.push(letters.iter().collect());
        all.push(letters[..=at].iter().collect());
        all.extend([swapped, dropped, odd].map(|letters| letters.into_iter().collect()));
    }
    all
}
