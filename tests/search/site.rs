//! The bundled site and its index.

use std::path::Path;
use std::sync::Arc;

use regain::testing::Diagnostics;
use regain::testing::Drafts;
use regain::testing::Site;
use regain::testing::Theme;
use regain::testing::load;
use regain::testing::{Engine, SearchIndex, search};

/// The folder of the site in this repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site in this repository.
pub(crate) fn bundled() -> Site {
    site_of(root()).0
}

/// The site in a folder, and its theme.
fn site_of(root: &Path) -> (Site, Theme) {
    let mut diagnostics = Diagnostics::default();
    let loaded = load(root, &mut diagnostics).expect("a folder");
    let loaded = loaded.expect("the site loads");
    (Site::new(loaded.parts, Drafts::Hidden), loaded.theme)
}

/// Results per query that are compared: showing one costs more than ranking all.
pub(crate) const COMPARED: usize = 5;

/// An index and the engine that answers queries from it.
pub(crate) struct Searched {
    pub(crate) index: Arc<SearchIndex>,
    pub(crate) engine: Engine,
}

/// The site in this repository, indexed.
pub(crate) fn bundled_search() -> Searched {
    search_of(root())
}

/// The site in a folder, indexed.
pub(crate) fn search_of(root: &Path) -> Searched {
    let (site, theme) = site_of(root);
    let index = Arc::new(search::index(&site, theme.string("official_title")));
    let engine = Engine::new(&theme.query_scripts, &index).expect("the scripts run");
    Searched { index, engine }
}

impl Searched {
    /// The address of the best result; empty if there is none.
    pub(crate) fn first(&self, query: &str) -> String {
        let answers = self.engine.answers(query).expect("the scripts answer");
        answers.into_iter().next().unwrap_or_default()
    }
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
pub(crate) fn second() -> (Searched, Vec<Question>) {
    let search = search_of(&root().join("tests/search/second"));
    (search, read_questions(include_str!("second/questions.txt")))
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
