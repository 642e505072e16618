//! Writes the search index of a site into a folder: `search_index ROOT FOLDER [QUERIES]`. For tests of
//! the browser's half and for measuring; `regain build` writes the same files into a site. With a file
//! of queries, one a line, their rankings are written to `FOLDER/rankings.json`.

#![expect(clippy::print_stderr, reason = "it tells a person how long it took")]

use std::path::Path;
use std::time::Instant;

use regain::config::Drafts;
use regain::diagnostic::Diagnostics;
use regain::load::{Choices, Memory, load};
use regain::search::{self, Engine, Names, Piece};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(root), Some(folder)) = (arguments.next(), arguments.next()) else {
        panic!("search_index ROOT FOLDER");
    };
    let choices = Choices {
        base_url: None,
        drafts: Drafts::Hidden,
    };
    let mut diagnostics = Diagnostics::default();
    let start = Instant::now();
    let loaded = load(
        Path::new(&root),
        choices,
        &mut Memory::default(),
        &mut diagnostics,
    )
    .expect("a folder with content/")
    .expect("a site that loads");
    let read = start.elapsed();
    let start = Instant::now();
    let names = Names {
        official: loaded.theme.string("official_title"),
    };
    let index = search::index(&loaded.site, names);
    eprintln!(
        "{} pages read in {read:?}, indexed in {:?}: {} files, {} bytes",
        loaded.site.guides.len(),
        start.elapsed(),
        index.pieces.len() + 1,
        index
            .pieces
            .iter()
            .map(|piece| piece.bytes.len())
            .sum::<usize>(),
    );
    write(Path::new(&folder), &index.head);
    for piece in &index.pieces {
        write(Path::new(&folder), piece);
    }
    if let Some(queries) = arguments.next() {
        let queries = std::fs::read_to_string(queries).expect("readable");
        let engine = Engine::new(&index).expect("what was just made");
        let rankings: Vec<_> = queries
            .lines()
            .map(|query| ranking(&engine, query))
            .collect();
        let json = serde_json::to_string(&rankings).expect("plain values");
        std::fs::write(Path::new(&folder).join("rankings.json"), json).expect("writable");
    }
}

/// The query, then page, section and score of each result.
fn ranking(engine: &Engine, query: &str) -> (String, Vec<(usize, usize, u64)>) {
    let results = engine.find(query).results.into_iter();
    let rows = results.map(|result| (result.page, result.section, result.score));
    (query.to_owned(), rows.collect())
}

fn write(folder: &Path, piece: &Piece) {
    let path = folder.join(piece.path.as_str());
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    std::fs::write(path, &piece.bytes).expect("writable");
}
