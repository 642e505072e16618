//! The whole site as one file.

use std::process::Command;

use crate::harness::SiteTest;

fn site(publish: &str) -> SiteTest {
    SiteTest::with(&[
        ("content/site.toml", publish),
        ("content/index.md", "# Home\n\nText.\n"),
        ("content/a/b.md", "# Page\n\nText.\n"),
        ("content/früher.txt", "text"),
    ])
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn the_archive_holds_every_page_and_file_a_reader_needs() {
    let site = site("[publish]\noffline = true\n").build();
    let unpacked = Command::new("unzip")
        .args(["-q", "public/offline.zip"])
        .current_dir(site.path("."))
        .status();
    let Ok(status) = unpacked else {
        eprintln!("skipped: unzip is not installed");
        return;
    };
    assert!(status.success(), "the archive is damaged");
    let list = |folder: &str| {
        let top = site.path(folder);
        let entries = walkdir::WalkDir::new(&top).into_iter();
        let entries = entries.map(|entry| entry.expect("a readable folder"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        let files = files.map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("a file");
            let below = entry.path().strip_prefix(&top).expect("it is below");
            (below.to_string_lossy().into_owned(), bytes)
        });
        files.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (mut published, unpacked) = (list("public"), list("offline"));
    published.retain(|name, _| name.contains('/') || !HOST_FILES.contains(&name.as_str()));
    assert!(published.contains_key("früher.txt") && published.contains_key("a/b/index.html"));
    assert_eq!(published, unpacked);
}

/// What only a host has a use for.
const HOST_FILES: [&str; 9] = [
    ".nojekyll",
    "404.html",
    "_headers",
    "_redirects",
    "feed.xml",
    "llms.txt",
    "manifest.json",
    "offline.zip",
    "robots.txt",
];

#[test]
fn the_footer_offers_it_when_asked() {
    let link = "href=\"../../offline.zip\"";
    let with = site("[publish]\noffline = true\n").build();
    assert!(with.built("a/b/index.html").contains(link));
    let without = site("").build();
    assert!(!without.built("a/b/index.html").contains("offline"));
    assert!(!without.path("public/offline.zip").exists());
}
