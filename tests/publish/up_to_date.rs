//! A site that is still as it was built need not be built again.

use std::fs;
use std::os::unix::fs::symlink;

use regain::testing::Written;

use crate::harness::{MADE_FROM, Space, site, warning};

const FILES: [(&str, &str); 3] = [
    ("index.html", "home"),
    ("a/index.html", "page"),
    ("a/b/index.html", "page below"),
];

#[test]
fn a_site_built_from_the_same_sources_is_up_to_date() {
    let space = Space::new();
    assert_eq!(space.up_to_date(MADE_FROM), None, "nothing is there yet");
    space.publish(&site(&FILES)).expect("a first site");
    let kept = Written {
        kept: 4,
        ..Written::default()
    };
    assert_eq!(space.up_to_date(MADE_FROM), Some(kept));
    assert_eq!(space.up_to_date("other"), None, "made from something else");
    space.assert_no_leftovers();
}

#[test]
fn foreign_files_beside_it_do_not_matter() {
    let space = Space::new();
    space.publish(&site(&FILES)).expect("a first site");
    fs::write(space.path("public/mine.txt"), "mine").expect("a foreign file");
    assert!(space.up_to_date(MADE_FROM).is_some());
}

#[test]
fn any_change_to_a_listed_file_is_noticed() {
    type Change = fn(&Space);
    let changes: [(&str, Change); 6] = [
        ("deleted", |space| {
            fs::remove_file(space.path("public/a/index.html")).expect("a file less");
        }),
        ("other bytes of the same length", |space| {
            fs::write(space.path("public/a/index.html"), "evil").expect("a change");
        }),
        ("other length", |space| {
            fs::write(space.path("public/index.html"), "").expect("a change");
        }),
        ("a folder gone", |space| {
            fs::remove_dir_all(space.path("public/a")).expect("a folder less");
        }),
        ("a link in its place", |space| {
            let (file, elsewhere) = (space.path("public/index.html"), space.path("elsewhere"));
            fs::rename(&file, &elsewhere).expect("moved");
            symlink(&elsewhere, &file).expect("a link");
        }),
        ("the manifest gone", |space| {
            fs::remove_file(space.path("public/manifest.json")).expect("a file less");
        }),
    ];
    for (what, change) in changes {
        let space = Space::new();
        space.publish(&site(&FILES)).expect("a first site");
        change(&space);
        assert_eq!(space.up_to_date(MADE_FROM), None, "{what}");
    }
}

#[test]
fn a_file_is_not_a_site() {
    let space = Space::new();
    fs::write(space.target(), "a file").expect("a file");
    assert_eq!(space.up_to_date(MADE_FROM), None);
}

#[test]
fn compressed_copies_are_reported_although_nothing_changed() {
    let space = Space::new();
    space.publish(&site(&FILES)).expect("a first site");
    for name in ["a/index.html.gz", "index.html.br", "mine.gz"] {
        fs::write(space.path("public").join(name), "old").expect("a file");
    }
    let done = space.up_to_date(MADE_FROM).expect("the same site");
    assert_eq!(
        warning(&done),
        [
            "output-compressed: the output folder has compressed files that regain did not write: \
             `index.html.br`, `a/index.html.gz`"
        ]
    );
}
