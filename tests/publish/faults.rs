//! Kills, full disks, limits and other builds: the site is the whole old one or the whole new one.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use regain::testing::Error;

use crate::child::{Child, WORDS};
use crate::harness::{Space, Thing, expected, large_site, page_text, site};

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    const PAGES: usize = 150;
    let space = Space::new();
    space
        .publish(&large_site(WORDS[0], PAGES))
        .expect("a first site");
    fs::write(space.path("public/CNAME"), "help.example").expect("a foreign file");
    let mut wholes = WORDS.map(|word| expected(&large_site(word, PAGES)));
    for whole in &mut wholes {
        whole.insert("CNAME".to_owned(), Thing::text("help.example"));
    }

    let mut left_something = 0;
    for (round, word) in (0..30_u64).zip(WORDS.into_iter().cycle()) {
        let mut child = Child::forever(&space, PAGES).start();
        // Spread over several builds, start of the process included.
        thread::sleep(Duration::from_micros(3_000 + round * 7_919 % 60_000));
        child.kill().expect("a kill");
        child.wait().expect("its end");
        let published = space.published();
        assert!(wholes.contains(&published), "a mixed site in round {round}");
        left_something += usize::from(!space.leftovers().is_empty());

        space
            .publish(&large_site(word, PAGES))
            .expect("the next build");
        space.assert_no_leftovers();
        let names = fs::metadata(space.path("public/CNAME"))
            .expect("the foreign file")
            .nlink();
        assert_eq!(names, 1, "round {round}");
    }
    assert!(left_something > 0, "no kill hit a build at work");
}

#[test]
fn a_reader_never_misses_a_page_or_goes_back_in_time() {
    const PAGES: usize = 60;
    const BUILDS: usize = 40;
    let space = Space::new();
    let word = |build: usize| format!("build{build:03}");
    space
        .publish(&large_site(&word(0), PAGES))
        .expect("a first site");
    let target = space.target();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut latest = String::new();
            let mut reads = 0_usize;
            while !done.load(Ordering::Relaxed) {
                for page in [0, PAGES - 1] {
                    let path = target.join(format!("part-{}/page-{page}/index.html", page % 7));
                    let text = fs::read_to_string(path).expect("a page is never missing");
                    let word = text[..8].to_owned();
                    assert_eq!(text, page_text(&word), "half a page");
                    assert!(word >= latest, "{word} after {latest}");
                    latest = word;
                    reads += 1;
                }
            }
            reads
        });
        for build in 1..BUILDS {
            space
                .publish(&large_site(&word(build), PAGES))
                .expect("a build");
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().expect("a reader") > BUILDS);
    });
    space.assert_no_leftovers();
}

#[test]
fn builds_at_once_leave_one_whole_site() {
    const PAGES: usize = 100;
    let space = Space::new();
    let children: Vec<_> = ["even", "other", "third", "fourth"]
        .map(|word| (word, Child::once(&space, word, PAGES)))
        .into_iter()
        .map(|(word, child)| (word, child.start()))
        .collect();
    let mut wholes = Vec::new();
    for (word, child) in children {
        let ended = child.wait_with_output().expect("its end");
        assert!(matches!(ended.status.code(), Some(0 | 3)), "{word}");
        wholes.push(expected(&large_site(word, PAGES)));
    }
    assert!(wholes.contains(&space.published()));
    space.assert_no_leftovers();
}

#[test]
fn a_build_waits_for_another_but_not_forever() {
    let space = Space::new();
    let lock = fs::File::create(space.path(".public.regain-lock")).expect("the lock's file");
    lock.lock().expect("the lock");
    let result = space.publish(&site(&[("index.html", "home")]));
    let Err(Error::Machine(why)) = result else {
        panic!("expected to be locked out, got {result:?}");
    };
    assert!(why.starts_with("another build is running"), "{why}");
    assert!(!space.target().exists());

    drop(lock);
    space
        .publish(&site(&[("index.html", "home")]))
        .expect("a lock of a dead process is free");
    space.assert_no_leftovers();
}

#[test]
fn what_a_run_left_between_two_renames_is_undone() {
    let space = Space::new();
    let (old, new) = (
        site(&[("index.html", "old")]),
        site(&[("index.html", "new")]),
    );
    space.publish(&old).expect("a first site");
    fs::write(space.path("public/CNAME"), "mine").expect("a foreign file");
    let number = fs::metadata(space.target()).expect("the output").ino();
    fs::rename(
        space.target(),
        space.path(&format!(".public.regain-{number}-1")),
    )
    .expect("the first rename");
    let unnamed = space.path("unnamed");
    fs::create_dir(&unnamed).expect("a new site");
    fs::write(unnamed.join("index.html"), "new").expect("a page");
    let new_number = fs::metadata(&unnamed).expect("the new site").ino();
    let named = space.path(&format!(".public.regain-{number}-{new_number}"));
    fs::rename(&unnamed, &named).expect("its name");
    fs::create_dir(space.path(".public.regain-new")).expect("a new site without a name");

    space.publish(&new).expect("the next build");
    let mut whole = expected(&new);
    whole.insert("CNAME".to_owned(), Thing::text("mine"));
    assert_eq!(space.published(), whole);
    space.assert_no_leftovers();
}

#[test]
fn what_somebody_put_into_the_old_site_at_the_last_moment_is_moved_or_reported() {
    let space = Space::new();
    space
        .publish(&site(&[("a/index.html", "old")]))
        .expect("a first site");
    let number = fs::metadata(space.target()).expect("the output").ino();
    let left = space.path(&format!(".public.regain-{number}-0"));
    fs::rename(space.target(), &left).expect("an old site not yet cleared away");
    fs::create_dir_all(left.join("late")).expect("a folder");
    fs::write(left.join("late/file"), "late").expect("a file");
    fs::write(left.join("note"), "old note").expect("a file");
    fs::create_dir(space.target()).expect("the new site");
    fs::write(space.path("public/note"), "new note").expect("a file");
    let listed = fs::read(left.join("manifest.json")).expect("the manifest");
    fs::write(space.path("public/manifest.json"), listed).expect("the manifest");
    fs::create_dir(space.path("public/a")).expect("a folder");
    fs::write(space.path("public/a/index.html"), "old").expect("a page");

    let result = space.publish(&site(&[("a/index.html", "old")]));
    let refusals = crate::harness::refusals(result);
    assert_eq!(refusals.len(), 1);
    assert!(
        refusals[0].contains("`note` was changed in "),
        "{refusals:?}"
    );
    assert_eq!(space.published()["late/file"], Thing::text("late"));
    assert_eq!(space.published()["note"], Thing::text("new note"));
    assert_eq!(
        fs::read_to_string(left.join("note")).expect("kept"),
        "old note"
    );
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_how_much_is_needed() {
    let Some(disk) = Disk::mount("size=3m") else {
        return;
    };
    let space = Space::at(&disk.path);
    let old = large_site("old", 40);
    space.publish(&old).expect("a site that fits");
    // The space of the first site must be free again.
    space
        .publish(&large_site("odd", 40))
        .expect("a site that fits");
    let before = space.published();
    let new = large_site("much-longer-word", 400);
    let result = space.publish(&new);
    let Err(Error::Machine(why)) = result else {
        panic!("expected a full disk, got {result:?}");
    };
    let needed: usize = new.values().map(|bytes| bytes.len()).sum();
    assert!(why.contains(&format!("({needed} bytes)")), "{why}");
    assert_eq!(space.published(), before);
    space.assert_no_leftovers();
}

#[test]
fn a_read_only_disk_gives_a_machine_error() {
    let Some(disk) = Disk::mount("size=3m") else {
        return;
    };
    let space = Space::at(&disk.path);
    space.publish(&large_site("old", 10)).expect("a site");
    let before = space.published();
    disk.remount("ro");
    let result = space.publish(&large_site("new", 10));
    assert!(matches!(result, Err(Error::Machine(_))), "{result:?}");
    assert_eq!(space.published(), before);
    space.assert_no_leftovers();
}

/// A folder that another file system is mounted on cannot be renamed, as in a container.
#[test]
fn a_mounted_output_is_filled_once_and_then_refused_with_a_hint() {
    let (old, new) = (
        site(&[("a/index.html", "old")]),
        site(&[("a/index.html", "new")]),
    );
    for options in ["-t tmpfs tmpfs", "--bind"] {
        let space = Space::new();
        fs::create_dir(space.target()).expect("an empty folder");
        fs::create_dir(space.path("volume")).expect("an empty folder");
        let mut options: Vec<_> = options.split(' ').map(PathBuf::from).collect();
        if options.len() == 1 {
            options.push(space.path("volume"));
        }
        let Some(_disk) = Disk::mount_at(&space.target(), &options) else {
            return;
        };
        let mode = fs::Permissions::from_mode(0o750);
        fs::set_permissions(space.target(), mode.clone()).expect("another mode");
        space.publish(&old).expect("a first site");
        assert_eq!(space.published(), expected(&old));
        let facts = fs::metadata(space.target()).expect("the output");
        assert_eq!(facts.permissions().mode() & 0o7777, mode.mode());
        space.publish(&old).expect("the same site");

        let result = space.publish(&new);
        let Err(Error::Machine(why)) = result else {
            panic!("expected to be refused, got {result:?}");
        };
        assert!(why.contains("as it was\nhint: a mount point"), "{why}");
        assert_eq!(space.published(), expected(&old));
        space.assert_no_leftovers();
    }
}

#[test]
fn a_folder_mounted_in_the_output_is_reported() {
    let space = Space::new();
    space.publish(&site(&[("a/x", "old")])).expect("a site");
    fs::create_dir(space.path("public/cache")).expect("a folder");
    let options = ["-t", "tmpfs", "tmpfs"].map(PathBuf::from);
    let Some(_disk) = Disk::mount_at(&space.path("public/cache"), &options) else {
        return;
    };
    let result = space.publish(&site(&[("a/x", "new")]));
    let Err(Error::Machine(why)) = result else {
        panic!("expected to be refused, got {result:?}");
    };
    assert!(
        why.starts_with("`cache` in ") && why.contains("unmount it"),
        "{why}"
    );
}

#[test]
fn process_limits_give_a_machine_error() {
    // In 512-byte blocks: a page is 10 kB. Eleven descriptors are too few, and enough to start.
    for (limit, code) in [("ulimit -f 4", &[3][..]), ("ulimit -n 11", &[0, 3])] {
        let space = Space::new();
        space.publish(&large_site("x", 30)).expect("a first site");
        let (before, new) = (space.published(), large_site("words", 30));
        let ended = Child::once(&space, "words", 30).in_shell(limit).finish();
        assert!(
            ended.code.is_some_and(|ended| code.contains(&ended)),
            "{limit}: {:?} {}",
            ended.code,
            ended.said
        );
        let after = space.published();
        assert!(after == before || after == expected(&new), "{limit}");
        space.publish(&new).expect("a build without limits");
        space.assert_no_leftovers();
    }
}

/// A small file system of our own.
struct Disk {
    path: PathBuf,
    /// Deleted with the value, where it is ours to delete.
    folder: Option<tempfile::TempDir>,
}

impl Disk {
    fn mount(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = ["-t", "tmpfs", "-o", options, "tmpfs"].map(PathBuf::from);
        let mut disk = Self::mount_at(folder.path(), &options)?;
        disk.folder = Some(folder);
        Some(disk)
    }

    /// `None`, with the reason printed, where this process may not mount.
    #[allow(clippy::print_stderr, reason = "a skipped test says so")]
    fn mount_at(path: &Path, options: &[PathBuf]) -> Option<Self> {
        if !run(Command::new("mount").args(options).arg(path)) {
            eprintln!("skipped: cannot mount a file system of our own (not root?)");
            return None;
        }
        Some(Self {
            path: path.to_owned(),
            folder: None,
        })
    }

    fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        let mounted = run(Command::new("mount").args(["-o", &options]).arg(&self.path));
        assert!(mounted, "remount {how}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run(Command::new("umount").arg(Path::new(&self.path)));
    }
}

fn run(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
