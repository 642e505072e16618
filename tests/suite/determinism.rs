//! The same input gives the same bytes, whatever the machine is like.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{SiteTest, files_below, finish, tests_folder};

/// Copies of one site in folders of other names, each built in another way.
#[test]
fn the_bytes_do_not_depend_on_folder_threads_time_zone_language_or_umask() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let plain = SiteTest::new().copy(&content, "content/");
    let expected = built(&plain, "public", |_| {});
    assert!(expected.len() > 50);
    let elsewhere = SiteTest::new().copy(&content, "a b/é/content/");
    let ways: [(&str, fn(&mut Command)); 6] = [
        ("one thread", |command| {
            command.env("RAYON_NUM_THREADS", "1");
        }),
        ("two threads", |command| {
            command.env("RAYON_NUM_THREADS", "2");
        }),
        ("another time zone", |command| {
            command.env("TZ", "Pacific/Kiritimati");
        }),
        ("another language", |command| {
            command
                .env("LANG", "tr_TR.UTF-8")
                .env("LC_ALL", "tr_TR.UTF-8");
        }),
        ("no home and no environment", |command| {
            command.env_clear();
        }),
        ("no place for temporary files", |command| {
            command.env("TMPDIR", "/nowhere").env("NO_COLOR", "1");
        }),
    ];
    for (number, (name, way)) in ways.into_iter().enumerate() {
        for (site, root) in [(&plain, "."), (&elsewhere, "a b/é")] {
            let output = format!("out-{number}");
            let made = built(site, &output, |command| {
                command.args(["--root", root]);
                way(command);
            });
            assert_same(&expected, &made, name);
        }
    }
}

#[test]
fn the_umask_changes_only_permissions() {
    let site = SiteTest::with(&[("content/a.md", "# A\n")]).build();
    let expected = site.public();
    for umask in ["077", "000"] {
        let output = format!("out-{umask}");
        let mut command = Command::new("sh");
        command
            .args(["-c", "umask $1 && exec \"$0\" build --output \"$2\""])
            .arg(env!("CARGO_BIN_EXE_regain"))
            .args([umask, &output])
            .current_dir(site.path(""));
        let ran = finish(command);
        assert_eq!(ran.status.code(), Some(0), "{ran:?}");
        assert_same(&expected, &files_below(&site.path(&output)), umask);
    }
}

#[test]
fn file_dates_and_permissions_change_nothing() {
    let site = SiteTest::from_folder(&tests_folder().join("cases/plain_folder/handbook/input"));
    let site = site.build();
    let expected = site.public();
    let page = site.path("content/guides/reset.md");
    for date in ["1970-01-01", "2096-02-29"] {
        let touched = Command::new("touch").args(["-d", date]).arg(&page).status();
        assert!(touched.expect("touch").success());
        let mut rights = std::fs::metadata(&page).expect("a page").permissions();
        rights.set_mode(0o755);
        std::fs::set_permissions(&page, rights).expect("our own file");
        let made = built(&site, &format!("out-{date}"), |_| {});
        assert_same(&expected, &made, date);
    }
}

#[test]
fn the_previous_output_changes_nothing() {
    let site = SiteTest::with(&[("content/a.md", "# A\n"), ("content/b.md", "# B\n")]).build();
    let site = site
        .remove("content/b.md")
        .change("content/a.md", "# Another\n");
    // It warns of the page that is gone.
    site.run(["build"]).code(0);
    let rebuilt = site.public();
    let fresh = built(&site, "fresh", |_| {});
    assert_same(&fresh, &rebuilt, "a rebuild");
}

#[test]
fn diagnostics_always_come_in_the_same_order() {
    let pages: Vec<_> = (0..40)
        .map(|n| {
            (
                format!("content/p{n}.md"),
                format!("# P\n\n[a](no{n}.md) <b>\n\n[b][c]\n"),
            )
        })
        .collect();
    let mut site = SiteTest::new();
    for (path, text) in &pages {
        site = site.change(path, text);
    }
    let first = site.run(["check", "--format", "json"]);
    for threads in ["1", "2", "7"] {
        let mut command = site.command();
        command
            .args(["check", "--format", "json"])
            .env("RAYON_NUM_THREADS", threads);
        assert_eq!(site.finish(command).stdout, first.stdout);
    }
}

/// Builds the site into a folder below its root and gives all files.
#[track_caller]
fn built(
    site: &SiteTest,
    output: &str,
    way: impl FnOnce(&mut Command),
) -> BTreeMap<String, Vec<u8>> {
    let mut command = site.command();
    command.args(["build", "--output", output]);
    way(&mut command);
    let ran = site.finish(command);
    ran.code(0);
    files_below(&site.path(output))
}

#[track_caller]
fn assert_same(expected: &BTreeMap<String, Vec<u8>>, made: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(made), names(expected), "{what}");
    let different: Vec<_> = expected
        .iter()
        .filter(|(name, bytes)| made[*name] != **bytes)
        .map(|(name, _)| name)
        .collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}
