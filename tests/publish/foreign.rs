//! Nothing is deleted or changed that regain did not write.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use regain::testing::Error;

use crate::harness::{Space, Thing, identity, refusals, site, things, warning};

/// A site with a page, a section and a page that the next build removes.
fn space() -> Space {
    let space = Space::new();
    space
        .publish(&site(&[
            ("index.html", "home"),
            ("guides/a/index.html", "a"),
            ("gone/index.html", "gone"),
        ]))
        .expect("a first site");
    space
}

/// The next build: the home page changed, `gone` removed, `new` added.
fn next() -> regain::testing::Output {
    site(&[
        ("index.html", "new home"),
        ("guides/a/index.html", "a"),
        ("new/index.html", "new"),
    ])
}

#[test]
fn foreign_files_and_folders_are_kept() {
    let space = space();
    let public = space.target();
    fs::create_dir_all(public.join(".git/refs/heads")).expect("folders");
    fs::create_dir(public.join(".git/objects")).expect("an empty folder");
    fs::write(public.join(".git/refs/heads/main"), "0123\n").expect("a file");
    fs::write(public.join("CNAME"), "help.example\n").expect("a file");
    fs::write(public.join("guides/a/notes.txt"), "mine").expect("a file");
    fs::write(public.join("gone/mine.txt"), "mine too").expect("a file");
    symlink("../content", public.join("link")).expect("a link");
    let kept = [
        ".git/refs/heads/main",
        "CNAME",
        "guides/a/notes.txt",
        "gone/mine.txt",
    ];
    let before = kept.map(|path| identity(&public.join(path)));

    let written = space.publish(&next()).expect("a second site");
    assert_eq!(written.unlisted, 6);
    assert_eq!(before, kept.map(|path| identity(&public.join(path))));
    let published = space.published();
    assert_eq!(published["CNAME"], Thing::text("help.example\n"));
    assert_eq!(published[".git/objects"], Thing::Folder);
    assert_eq!(published["link"], Thing::Link("../content".into()));
    assert_eq!(published["new/index.html"], Thing::text("new"));
    assert!(!published.contains_key("gone/index.html"));
    assert_eq!(
        fs::metadata(public.join("CNAME")).expect("a file").nlink(),
        1,
        "the second name of the old folder is gone"
    );
    space.assert_no_leftovers();

    let again = space.publish(&next()).expect("the same site");
    assert!(again.nothing_to_do());
    assert_eq!(space.published(), published);
}

/// Hosts that find `index.html.gz` send it instead of the page.
#[test]
fn old_compressed_files_beside_ours_are_reported() {
    let space = space();
    let public = space.target();
    let names = [
        "index.html.gz",
        "guides/a/index.html.br",
        "guides/a/archive.gz",
        "mine.br",
    ];
    for name in names {
        fs::write(public.join(name), "old").expect("a file");
    }
    let expected = "output-compressed: the output folder has compressed files that regain did not \
                   write: `guides/a/index.html.br`, `index.html.gz`";
    for what in ["a new site", "the same site"] {
        let done = space.publish(&next()).expect(what);
        assert_eq!(warning(&done), [expected], "{what}");
    }
    assert_eq!(space.published()["index.html.gz"], Thing::text("old"));
}

#[test]
fn a_foreign_folder_named_like_ours_stays() {
    let space = space();
    let names =
        ["1-0", "0-1", "new", "7-", "x-y", "lock-0"].map(|what| format!(".public.regain-{what}"));
    for name in &names {
        fs::create_dir(space.path(name)).expect("a folder");
        fs::write(space.path(name).join("precious"), "mine").expect("a file");
    }
    fs::remove_dir_all(space.path(".public.regain-new")).expect("the one we need");
    space.publish(&next()).expect("a second site");
    for name in names.iter().filter(|name| !name.ends_with("new")) {
        let text = fs::read_to_string(space.path(name).join("precious"));
        assert_eq!(text.expect("still there"), "mine", "{name}");
    }
}

#[test]
fn a_foreign_file_where_a_page_must_go_stops_the_build() {
    type Plant = fn(&std::path::Path);
    let cases: [(&str, Plant); 5] = [
        ("`new/index.html`", |public| {
            fs::create_dir(public.join("new")).expect("a folder");
            fs::write(public.join("new/index.html"), "mine").expect("a file");
        }),
        ("`new`", |public| {
            fs::write(public.join("new"), "mine").expect("a file");
        }),
        ("`new`", |public| {
            symlink("/nowhere", public.join("new")).expect("a link");
        }),
        ("`new/index.html`", |public| {
            fs::create_dir_all(public.join("new/index.html")).expect("a folder");
        }),
        ("`new/index.html`", |public| {
            fs::create_dir(public.join("new")).expect("a folder");
            symlink("../index.html", public.join("new/index.html")).expect("a link");
        }),
    ];
    for (number, (named, plant)) in cases.into_iter().enumerate() {
        let space = space();
        plant(&space.target());
        let before = space.published();
        let refusals = refusals(space.publish(&next()));
        assert_eq!(
            refusals,
            [format!(
                "output-in-the-way: {named} in the output folder is not regain's, but the site needs \
                 this path"
            )],
            "case {number}"
        );
        assert_eq!(space.published(), before, "case {number}");
        space.assert_no_leftovers();
    }
}

#[test]
fn a_foreign_file_with_the_bytes_of_the_page_is_no_obstacle() {
    let space = space();
    fs::create_dir(space.path("public/new")).expect("a folder");
    fs::write(space.path("public/new/index.html"), "new").expect("a file");
    let written = space.publish(&next()).expect("a second site");
    assert_eq!((written.written, written.kept), (2, 2));
}

#[test]
fn every_file_of_ours_that_somebody_changed_is_reported() {
    let space = space();
    for path in ["index.html", "guides/a/index.html", "gone/index.html"] {
        fs::write(space.path("public").join(path), "by hand").expect("a change");
    }
    let before = space.published();
    let changed = |path: &str| {
        format!("output-changed: `{path}` in the output folder was changed after regain wrote it")
    };
    assert_eq!(
        refusals(space.publish(&next())),
        [
            changed("gone/index.html"),
            changed("guides/a/index.html"),
            changed("index.html")
        ]
    );
    assert_eq!(space.published(), before);
    space.assert_no_leftovers();
}

#[test]
fn a_folder_without_our_manifest_is_refused() {
    let web_app = r#"{"name": "An app", "icons": []}"#;
    for manifest in [None, Some(""), Some(web_app)] {
        let space = Space::new();
        fs::create_dir(space.target()).expect("a folder");
        for name in ["a", "b", "c", "d\n", "e"] {
            fs::write(space.target().join(name), "mine").expect("a file");
        }
        if let Some(text) = manifest {
            fs::write(space.path("public/manifest.json"), text).expect("a file");
        }
        let before = space.published();
        let more = if manifest.is_some() { 2 } else { 1 };
        let refusals = refusals(space.publish(&next()));
        assert_eq!(refusals.len(), 1);
        assert!(
            refusals[0].starts_with("output-not-ours: ")
                && refusals[0].ends_with(&format!(": `a`, `b`, `c`, `d\\n`, {more} more")),
            "{refusals:?}"
        );
        assert_eq!(space.published(), before);
        space.assert_no_leftovers();
    }
}

#[test]
fn a_damaged_manifest_is_refused_as_what_it_is() {
    let climbing =
        r#"{"regain-manifest": 1, "files": {"../content/index.md": {"sha256": "", "size": 7}}}"#;
    for manifest in [climbing, "{\"regain-manifest\": 1, \"fil"] {
        let space = space();
        fs::write(space.path("public/manifest.json"), manifest).expect("a file");
        let before = space.published();
        let refusals = refusals(space.publish(&next()));
        assert!(
            refusals.len() == 1 && refusals[0].ends_with(" is damaged, or from a newer regain"),
            "{refusals:?}"
        );
        assert_eq!(space.published(), before);
        space.assert_no_leftovers();
    }
}

#[test]
fn nothing_is_written_or_deleted_through_a_planted_link() {
    let victims: &[(&str, &str)] = &[("index.html", "a"), ("precious", "precious")];
    for planted in ["guides/a", "guides", "gone"] {
        let space = space();
        let victim = space.path("victim");
        fs::create_dir_all(victim.join("a")).expect("folders");
        for (name, text) in victims {
            fs::write(victim.join(name), text).expect("a file");
            fs::write(victim.join("a").join(name), text).expect("a file");
        }
        let before = things(&victim);
        fs::remove_dir_all(space.target().join(planted)).expect("a folder less");
        symlink(&victim, space.target().join(planted)).expect("a link");

        let result = space.publish(&next());
        assert_eq!(things(&victim), before, "{planted}");
        if planted == "gone" {
            result.expect("a link in nobody's way is carried over");
            assert_eq!(space.published()[planted], Thing::Link(victim));
        } else {
            assert!(refusals(result)[0].contains(&format!("`{planted}`")));
        }
        space.assert_no_leftovers();
    }
}

#[test]
fn an_output_that_endangers_the_sources_is_refused() {
    let space = space();
    symlink("content", space.path("alias")).expect("a link");
    symlink("public", space.path("to-public")).expect("a link");
    let before = things(&space.path("."));
    let targets = [
        ".",
        "..",
        "content",
        "content/public",
        "themes",
        "themes/default/../../content",
        "public/../content",
        "alias",
        "alias/public",
        "to-public",
        "to-public/",
        "content/index.md",
    ];
    for target in targets {
        let result = space.publish_to(target, &next());
        assert!(
            matches!(result, Err(Error::Usage(_))),
            "{target}: {result:?}"
        );
    }
    assert_eq!(things(&space.path(".")), before);
}
