//! Waiting for the author to save.
//!
//! In: the site's root and the last snapshot. Out: the next one, when there may be a change. The
//! system's events are only a hint to look now: they come twice, late, without a path, for our own
//! reading, or not at all. So the folders are also looked at from time to time, and the snapshots tell
//! what really changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Settings;
use super::snapshot::{FOLDERS, Snapshot};

/// After this long without an event, the editor or `git` has finished writing.
const QUIET: Duration = Duration::from_millis(100);

/// The longest wait for that, if events keep coming.
const QUIET_LIMIT: Duration = Duration::from_millis(500);

/// How often to look if there are no events.
const POLL: Duration = Duration::from_secs(1);

/// How often to look although there are events, in case one was lost. Ten thousand files take about
/// twenty milliseconds.
const LOST_EVENT: Duration = Duration::from_secs(10);

/// Watches the folders below one root.
pub(super) struct Watch {
    root: PathBuf,
    /// Whether there are no events.
    polls: bool,
    watcher: Option<RecommendedWatcher>,
    sender: Sender<()>,
    events: Receiver<()>,
}

impl Watch {
    /// Watches nothing before the first [`renew`](Self::renew).
    pub(super) fn new(settings: &Settings) -> Self {
        let (sender, events) = channel();
        Self {
            root: settings.root.clone(),
            polls: settings.poll,
            watcher: None,
            sender,
            events,
        }
    }

    /// Watches the folders that exist now, unless they are polled. A watch stays with a folder that was
    /// moved away and does not pass to the one that replaced it. The next wait will be short, since
    /// changes up to now may have had no event.
    ///
    /// Errors: the system cannot watch. From then on the folders are polled.
    pub(super) fn renew(&mut self) -> notify::Result<()> {
        if self.polls {
            return Ok(());
        }
        // If this fails, the old watcher goes as well.
        self.watcher = None;
        self.polls = true;
        self.watcher = Some(listen(&self.root, self.sender.clone())?);
        self.polls = false;
        // Cannot fail: the receiver is our own.
        let _ = self.sender.send(());
        Ok(())
    }

    /// Waits until there may be a change and writing has finished, then takes a snapshot.
    pub(super) fn next(&self, seen: &Snapshot) -> Snapshot {
        let timeout = if self.polls { POLL } else { LOST_EVENT };
        if self.events.recv_timeout(timeout).is_ok() {
            let limit = Instant::now() + QUIET_LIMIT;
            while Instant::now() < limit && self.events.recv_timeout(QUIET).is_ok() {}
        }
        let now = Snapshot::take(&self.root, seen);
        if !self.polls || now == *seen {
            return now;
        }
        thread::sleep(QUIET);
        Snapshot::take(&self.root, &now)
    }
}

/// Watches the root itself as well, to notice folders that are added, removed or replaced.
fn listen(root: &Path, sender: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let on_event = move |event: notify::Result<Event>| {
        if event.as_ref().map_or(true, may_be_a_change) {
            // Fails only while the preview is ending.
            let _ = sender.send(());
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(on_event, config)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        // Links are not followed: the build refuses them.
        if folder.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// Everything but reading, which is what we do ourselves.
fn may_be_a_change(event: &Event) -> bool {
    !event.kind.is_access() || event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::net::Ipv4Addr;

    use super::*;

    fn watch(root: &Path) -> Watch {
        Watch::new(&Settings {
            root: root.to_owned(),
            host: Ipv4Addr::LOCALHOST.into(),
            port: None,
            poll: false,
        })
    }

    #[test]
    fn a_save_in_a_folder_that_was_added_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let mut watch = watch(root);
        watch.renew().expect("inotify or the like");
        let empty = watch.next(&Snapshot::default());
        fs::create_dir(root.join("content")).expect("a folder");
        let added = watch.next(&empty);
        assert!(added != empty);
        watch.renew().expect("inotify or the like");
        assert!(watch.next(&added) == added);
        let begun = Instant::now();
        fs::write(root.join("content/a.md"), "x").expect("a file");
        assert!(watch.next(&added) != added);
        assert!(begun.elapsed() < LOST_EVENT, "noticed only by polling");
    }

    #[test]
    fn folders_that_cannot_be_watched_are_polled() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("later");
        let mut watch = watch(&root);
        assert!(watch.renew().is_err());
        assert!(watch.renew().is_ok(), "reported once");
        let missing = watch.next(&Snapshot::default());
        fs::create_dir_all(root.join("content")).expect("a folder");
        assert!(watch.next(&missing) != missing);
    }
}
