//! A site that stands as it was made need not be made again.

use std::fs;
use std::os::unix::fs::symlink;

use regain::testing::Written;

use crate::harness::{MADE_FROM, Space, site};

const FILES: [(&str, &str); 3] = [
    ("index.html", "home"),
    ("a/index.html", "page"),
    ("a/b/index.html", "page below"),
];

#[test]
fn a_site_made_from_the_same_sources_stands() {
    let space = Space::new();
    assert_eq!(space.standing(MADE_FROM), None, "nothing is there yet");
    space.publish(&site(&FILES)).expect("a first site");
    let kept = Written {
        kept: 4,
        ..Written::default()
    };
    assert_eq!(space.standing(MADE_FROM), Some(kept));
    assert_eq!(space.standing("other"), None, "made from something else");
    space.assert_no_leftovers();
}

#[test]
fn strangers_beside_it_do_not_matter() {
    let space = Space::new();
    space.publish(&site(&FILES)).expect("a first site");
    fs::write(space.path("public/mine.txt"), "mine").expect("a stranger");
    assert!(space.standing(MADE_FROM).is_some());
}

#[test]
fn whatever_happened_to_a_listed_file_is_seen() {
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
        assert_eq!(space.standing(MADE_FROM), None, "{what}");
    }
}

#[test]
fn a_path_that_is_no_folder_holds_no_site() {
    let space = Space::new();
    fs::write(space.target(), "a file").expect("a file");
    assert_eq!(space.standing(MADE_FROM), None);
}
