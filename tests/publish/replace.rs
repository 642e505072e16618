//! A site replaces the one before.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

use regain::testing::Written;

use crate::child::Child;
use crate::harness::{Space, Thing, expected, identity, site};

#[test]
fn a_first_build_writes_every_file_and_nothing_else() {
    let space = Space::new();
    let site = site(&[("index.html", "home"), ("a/b/index.html", "page")]);
    let written = space.publish(&site).expect("a written site");
    assert_eq!(space.published(), expected(&site));
    assert_eq!(
        written,
        Written {
            written: 3,
            ..Written::default()
        }
    );
    space.assert_no_leftovers();
}

#[test]
fn a_site_without_a_manifest_gets_one() {
    let space = Space::new();
    let mut bare = regain::testing::Output::default();
    bare.insert(
        regain::testing::OutPath::new("index.html").expect("a good path"),
        b"home".as_slice().into(),
    );
    space.publish(&bare).expect("a written site");
    let again = space.publish(&bare).expect("the folder is ours");
    assert!(again.nothing_to_do());
}

#[test]
fn the_next_build_changes_adds_and_removes() {
    let space = Space::new();
    let first = site(&[
        ("index.html", "home"),
        ("gone/deep/index.html", "old"),
        ("same/index.html", "same"),
        ("now-a-folder", "file"),
        ("now-a-file/x", "folder"),
    ]);
    let second = site(&[
        ("index.html", "new home"),
        ("added/index.html", "new"),
        ("same/index.html", "same"),
        ("now-a-folder/x", "folder"),
        ("now-a-file", "file"),
    ]);
    space.publish(&first).expect("a first site");
    let before = identity(&space.path("public/same/index.html"));
    let written = space.publish(&second).expect("a second site");
    assert_eq!(space.published(), expected(&second));
    assert_eq!(
        written,
        Written {
            written: 5,
            kept: 1,
            removed: 3,
            ..Written::default()
        }
    );
    let after = identity(&space.path("public/same/index.html"));
    assert_eq!(before, after, "an unchanged file stays the same file");
    space.assert_no_leftovers();
}

#[test]
fn an_unchanged_site_touches_nothing() {
    let space = Space::new();
    let site = site(&[("index.html", "home"), ("a/index.html", "page")]);
    space.publish(&site).expect("a first site");
    let paths = [
        "public",
        "public/index.html",
        "public/a",
        "public/a/index.html",
    ];
    let before = paths.map(|path| identity(&space.path(path)));
    let written = space.publish(&site).expect("the same site");
    assert!(written.nothing_to_do());
    assert_eq!(before, paths.map(|path| identity(&space.path(path))));
    space.assert_no_leftovers();
}

#[test]
fn a_file_somebody_deleted_is_written_again() {
    let space = Space::new();
    let site = site(&[("index.html", "home"), ("a/index.html", "page")]);
    space.publish(&site).expect("a first site");
    fs::remove_dir_all(space.path("public/a")).expect("a folder less");
    let written = space.publish(&site).expect("the site again");
    assert_eq!((written.written, written.kept), (1, 2));
    assert_eq!(space.published(), expected(&site));
}

#[test]
fn an_empty_folder_and_missing_parents_are_good_targets() {
    let space = Space::new();
    let site = site(&[("index.html", "home")]);
    fs::create_dir(space.target()).expect("an empty folder");
    space.publish(&site).expect("a site in the empty folder");
    assert_eq!(space.published(), expected(&site));
    space
        .publish_to("out/of/here", &site)
        .expect("a site in a new folder");
    assert_eq!(
        crate::harness::things(&space.path("out/of/here")),
        expected(&site)
    );
}

#[test]
fn a_site_of_any_depth_is_built_again_and_again() {
    let space = Space::new();
    let deep = format!("{}index.html", "a/".repeat(150));
    for text in ["one", "two", "two"] {
        let site = site(&[(deep.as_str(), text), ("index.html", "home")]);
        space.publish(&site).expect("a site");
        assert_eq!(space.published(), expected(&site));
    }
    let shallow = site(&[("index.html", "home")]);
    space.publish(&shallow).expect("a site without it");
    assert_eq!(space.published(), expected(&shallow));
}

#[test]
fn dates_are_ignored() {
    let space = Space::new();
    let long_ago = std::time::UNIX_EPOCH;
    space.publish(&site(&[("a", "one")])).expect("a first site");
    let file = fs::File::options()
        .write(true)
        .open(space.path("public/a"))
        .expect("our file");
    file.set_modified(long_ago).expect("an old date");
    let same = space.publish(&site(&[("a", "one")])).expect("the same");
    assert!(same.nothing_to_do());
    let other = space.publish(&site(&[("a", "two")])).expect("a change");
    assert!(!other.nothing_to_do());
    assert_eq!(space.published()["a"], Thing::text("two"));
}

#[test]
fn everybody_can_read_the_site_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let space = Space::new();
        let child = Child::once(&space, "page", 3).in_shell(&format!("umask {umask}"));
        assert_eq!(child.finish().code, Some(0), "umask {umask}");
        let mode = |path: &str| {
            let facts = fs::metadata(space.path(path)).expect("a published path");
            facts.permissions().mode() & 0o7777
        };
        assert_eq!(
            mode("public/part-0/page-0/index.html"),
            0o644,
            "umask {umask}"
        );
        assert_eq!(mode("public/part-0/page-0"), 0o755, "umask {umask}");
        assert_eq!(mode("public"), 0o755, "umask {umask}");
    }
}

#[test]
fn a_folder_keeps_the_mode_its_owner_gave_it() {
    let space = Space::new();
    space
        .publish(&site(&[("a/x", "one")]))
        .expect("a first site");
    for folder in ["public", "public/a"] {
        let mode = fs::Permissions::from_mode(0o2775);
        fs::set_permissions(space.path(folder), mode).expect("another mode");
    }
    space
        .publish(&site(&[("a/x", "two")]))
        .expect("a second site");
    for folder in ["public", "public/a"] {
        let facts = fs::metadata(space.path(folder)).expect("a folder");
        assert_eq!(facts.permissions().mode() & 0o7777, 0o2775, "{folder}");
    }
}

/// Otherwise a web server that reads the site through its group would lose access.
#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn a_folder_keeps_its_owner_and_group_and_passes_the_group_on() {
    const OWNER: u32 = 1234;
    const GROUP: u32 = 4321;
    let space = Space::new();
    space
        .publish(&site(&[("a/x", "one")]))
        .expect("a first site");
    if chown(space.path("public"), Some(OWNER), Some(GROUP)).is_err() {
        eprintln!("skipped: cannot give a folder away (not root?)");
        return;
    }
    let mode = fs::Permissions::from_mode(0o2750);
    fs::set_permissions(space.path("public"), mode).expect("another mode");
    space
        .publish(&site(&[("a/x", "two"), ("b/c/x", "new")]))
        .expect("a second site");
    let facts = |path: &str| {
        let facts = fs::metadata(space.path(path)).expect("something there");
        let mode = facts.permissions().mode() & 0o7777;
        (facts.uid(), facts.gid(), mode)
    };
    assert_eq!(facts("public"), (OWNER, GROUP, 0o2750));
    // This one had an owner and a group of its own.
    assert_eq!(facts("public/a"), (0, 0, 0o755));
    assert_eq!(facts("public/b"), (0, GROUP, 0o2755));
    assert_eq!(facts("public/b/c/x"), (0, GROUP, 0o644));
}
