//! Names, links, pipes and permissions of the file system.

use super::*;

#[test]
fn file_names_that_some_systems_lack_are_refused() {
    let mut rows = Rows::default();
    for name in [
        "con.md",
        "AUX.md",
        "com1.txt",
        "nul",
        "a:b.md",
        "a?.md",
        "a*.md",
        "a\".md",
        "a<b.md",
        "a|b.md",
        "a .md/b.md",
        "a./b.md",
        "a\u{7}.md",
        "a\u{202e}b.md",
        "a\nb.md",
    ] {
        let site = SiteTest::with(&[]).change(&format!("content/{name}"), "# A\n");
        let ran = rows.site(name, &site, End);
        let fine = name == "a .md/b.md";
        assert_eq!(ran.code, Some(i32::from(!fine)), "{name:?}: {}", ran.stderr);
        assert!(
            !ran.stderr.contains(['\u{7}', '\u{202e}']),
            "{name:?}: {}",
            ran.stderr
        );
    }
    use std::os::unix::ffi::OsStrExt as _;
    let site = SiteTest::with(&[]);
    let name = std::ffi::OsStr::from_bytes(b"content/\xff.md");
    fs::write(site.path("").join(name), "# A\n").expect("a file");
    rows.site("a name that is no UTF-8", &site, Fail("content/"));
}

#[test]
fn two_sources_for_one_address_are_refused() {
    let mut rows = Rows::default();
    for (one, other) in [
        ("a.md", "a/index.md"),
        ("Guide.md", "guide.md"),
        ("e\u{301}.md", "\u{e9}.md"),
        ("STRASSE.md", "stra\u{df}e.md"),
        ("a/index.md", "A/index.md"),
        ("a/index.md", "a/README.md/index.md"),
    ] {
        let site = SiteTest::with(&[])
            .change(&format!("content/{one}"), "# One\n")
            .change(&format!("content/{other}"), "# Other\n");
        let ran = rows.site(&format!("{one}, {other}"), &site, End);
        let clash = !other.contains("README");
        assert_eq!(
            ran.code,
            Some(i32::from(clash)),
            "{one} {other}: {}",
            ran.stderr
        );
        assert_eq!(
            ran.stderr.contains("address-taken"),
            clash,
            "{one} {other}: {}",
            ran.stderr
        );
    }
    rows.file(
        "content/search.md",
        "# A\n",
        Fail("content/search.md:1:1: address-taken: "),
    );
    rows.file(
        "content/Search/index.md",
        "# A\n",
        Fail("content/Search/index.md:1:1: address-taken: "),
    );
}

#[test]
fn generated_files_cannot_be_replaced() {
    let mut rows = Rows::default();
    rows.file(
        "content/robots.txt",
        "Disallow: /\n",
        Fail("content/robots.txt:1:1: address-taken: "),
    );
    rows.file(
        "content/Robots.txt",
        "Disallow: /\n",
        Fail("content/Robots.txt:1:1: address-taken: "),
    );
    for alias in [
        "/404.html",
        "/robots.txt",
        "/manifest.json",
        "/_headers",
        "/sitemap.xml",
        "/.nojekyll",
        "/index.html",
        "/",
    ] {
        rows.page(
            format!("+++\naliases = [\"{alias}\"]\n+++\n\n# A\n"),
            Fail("content/index.md:2:13: redirect: "),
        );
    }
}

#[test]
fn a_file_in_the_place_of_a_folder_is_reported() {
    let mut rows = Rows::default();
    // The page of `a.txt.md` is written to the folder `a.txt`, where the file `a.txt` must go.
    let site = SiteTest::with(&[("content/a.txt", "x"), ("content/a.txt.md", "# A\n")]);
    let start = "content/a.txt.md:1:1: address-taken: ";
    rows.site("a page and a file", &site, Fail(start));
    let start = "content/robots.txt.md:1:1: address-taken: ";
    rows.file("content/robots.txt.md", "# A\n", Fail(start));
}

#[test]
fn temporary_files_are_not_published() {
    let site = SiteTest::with(&[
        ("content/.git/config", "x"),
        ("content/.secret.md", "# S\n"),
        ("content/a.md~", "# S\n"),
        ("content/.a.md.swp", "x"),
        ("content/#a.md#", "# S\n"),
        ("content/a.bak", "x"),
        ("content/a.orig", "x"),
        ("content/4913", "x"),
        ("content/Thumbs.db", "x"),
        ("content/.DS_Store", "x"),
    ])
    .build();
    let names = site.built_files();
    let stray: Vec<_> = names
        .iter()
        .filter(|name| {
            let is_backup = name.contains(['~', '#']) || name.split('/').any(|part| part == "4913");
            is_backup || name.contains("secret")
        })
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
    let text = format!(
        "{:?}",
        site.public()
            .values()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect::<Vec<_>>()
    );
    assert!(!text.contains("/secret/"));
}

#[test]
fn symlinks_are_never_followed() {
    let mut rows = Rows::default();
    let outside = tempfile::NamedTempFile::new().expect("a file");
    fs::write(outside.path(), "# Private\n").expect("a file");
    for target in [
        outside.path(),
        Path::new("/dev/zero"),
        Path::new("nowhere"),
        Path::new("."),
        Path::new("/etc"),
        Path::new("index.md"),
    ] {
        let site = SiteTest::with(&[]);
        symlink(target, site.path("content/b.md")).expect("a link");
        rows.site(
            "a link to a page",
            &site,
            Fail("content/b.md:1:1: not-a-file: "),
        );
        let site = SiteTest::with(&[]);
        symlink(target, site.path("content/sub")).expect("a link");
        rows.site(
            "a link to a folder",
            &site,
            Fail("content/sub:1:1: not-a-file: "),
        );
        let site = SiteTest::with(&[("themes/default/css/tokens.css", "")]);
        symlink(target, site.path("themes/default/css/base.css")).expect("a link");
        rows.site(
            "a link in a theme",
            &site,
            Fail("themes/default/css/base.css:1:1: not-a-file: "),
        );
    }
    let site = SiteTest::with(&[("content/index.md", "# A\n")]);
    fs::rename(site.path("content"), site.path("elsewhere")).expect("a folder");
    symlink("elsewhere", site.path("content")).expect("a link");
    rows.site(
        "content is a link",
        &site,
        Fail("content:1:1: not-a-file: "),
    );
    for (below, start) in [
        ("themes", "themes:1:1: not-a-file: "),
        ("themes/default", "themes/default:1:1: not-a-file: "),
    ] {
        let site = SiteTest::with(&[("elsewhere/default/css/tokens.css", "")]);
        if below == "themes" {
            symlink("elsewhere", site.path("themes")).expect("a link");
        } else {
            fs::create_dir(site.path("themes")).expect("a folder");
            symlink("../elsewhere/default", site.path("themes/default")).expect("a link");
        }
        rows.site(below, &site, Fail(start));
    }
}

#[test]
fn pipes_and_sockets_are_never_opened() {
    let mut rows = Rows::default();
    let site = SiteTest::with(&[]);
    let made = Command::new("mkfifo")
        .arg(site.path("content/x.md"))
        .status();
    assert!(made.expect("mkfifo").success());
    rows.site("a pipe", &site, Fail("content/x.md:1:1: not-a-file: "));
    let site = SiteTest::with(&[]);
    let _socket =
        std::os::unix::net::UnixListener::bind(site.path("content/s.md")).expect("a socket");
    rows.site("a socket", &site, Fail("content/s.md:1:1: not-a-file: "));
}

#[test]
fn unreadable_files_are_reported() {
    let site = SiteTest::with(&[
        ("content/closed.md", "# C\n"),
        ("content/shut/a.md", "# A\n"),
    ]);
    close(&site.path("content/closed.md"));
    close(&site.path("content/shut"));
    let ran = as_nobody(&site, &["check", "--format", "short"]);
    fs::set_permissions(site.path("content/shut"), fs::Permissions::from_mode(0o755))
        .expect("our own folder");
    let lines: Vec<_> = ran
        .stderr
        .lines()
        .filter(|line| !line.starts_with("hint"))
        .collect();
    assert_eq!(
        lines,
        [
            "content/closed.md:1:1: unreadable: cannot be read: Permission denied (os error 13)",
            "content/shut:1:1: unreadable: cannot be read: Permission denied (os error 13)",
        ]
    );
    assert_eq!(ran.code, Some(1));
}
