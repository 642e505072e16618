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
use notify::{
    Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
};

use super::snapshot::{FOLDERS, Snapshot};

/// After this long without an event, the editor or `git` has finished writing.
const QUIET: Duration = Duration::from_millis(100);

/// The longest wait for that, if events keep coming.
const QUIET_LIMIT: Duration = Duration::from_millis(500);

/// How often to look if there are no events.
const POLL: Duration = Duration::from_secs(1);

/// How often to look although there are events, in case one was lost.
const LOST_EVENT: Duration = Duration::from_secs(10);

/// Watches the folders below one root.
pub(super) struct Watch {
    root: PathBuf,
    poll: bool,
    /// `None` while the folders are polled.
    watcher: Option<RecommendedWatcher>,
    sender: Sender<()>,
    events: Receiver<()>,
}

impl Watch {
    /// Polls until the first [`renew`](Self::renew), or for good.
    pub(super) fn new(root: &Path, poll: bool) -> Self {
        let (sender, events) = channel();
        Self {
            root: root.to_owned(),
            poll,
            watcher: None,
            sender,
            events,
        }
    }

    /// Watches the folders that exist now. A watch stays with a folder that was moved away and does not
    /// pass to the one that replaced it. The next wait will be short, since changes up to now may have
    /// had no event.
    ///
    /// Errors: the system cannot watch, and the folders are polled for good.
    pub(super) fn renew(&mut self) -> notify::Result<()> {
        // First, since a system allows only so many watches.
        self.watcher = None;
        if self.poll {
            return Ok(());
        }
        match listen(&self.root, self.sender.clone()) {
            Ok(watcher) => self.watcher = Some(watcher),
            // A folder is being removed, so there will be another change.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
            Err(error) => {
                self.poll = true;
                return Err(error);
            }
        }
        // The receiver is our own.
        let _ = self.sender.send(());
        Ok(())
    }

    /// Waits until there may be a change and writing has finished, then takes a snapshot.
    pub(super) fn next(&self, seen: &Snapshot) -> Snapshot {
        let has_events = self.watcher.is_some();
        let timeout = if has_events { LOST_EVENT } else { POLL };
        if self.events.recv_timeout(timeout).is_ok() {
            let limit = Instant::now() + QUIET_LIMIT;
            while Instant::now() < limit && self.events.recv_timeout(QUIET).is_ok() {}
        }
        let now = Snapshot::take(&self.root, seen);
        if has_events || now == *seen {
            return now;
        }
        thread::sleep(QUIET);
        Snapshot::take(&self.root, &now)
    }
}

/// Watches the root itself as well, to notice folders that are added, removed or replaced.
fn listen(root: &Path, sender: Sender<()>) -> notify::Result<RecommendedWatcher> {
    const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    let on_event = move |event: notify::Result<Event>| {
        // Reading is what we do ourselves.
        if event.map_or(true, |event| {
            !event.kind.is_access() || event.kind == WRITTEN
        }) {
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_save_in_a_folder_that_was_added_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let mut watch = Watch::new(root, false);
        watch.renew().expect("inotify or the like");
        let empty = watch.next(&Snapshot::default());
        fs::create_dir(root.join("content")).expect("a folder");
        fs::write(root.join("content/a.md"), "x").expect("a file");
        let added = watch.next(&empty);
        assert!(added != empty);
        watch.renew().expect("inotify or the like");
        assert!(watch.next(&added) == added);
        thread::sleep(QUIET);
        assert!(watch.events.try_recv().is_err(), "reading is not a change");
        let begun = Instant::now();
        fs::write(root.join("content/a.md"), "y").expect("a file");
        assert!(watch.next(&added) != added);
        assert!(begun.elapsed() < LOST_EVENT, "noticed only by polling");
    }

    #[test]
    fn folders_that_cannot_be_watched_are_polled() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("later");
        let mut watch = Watch::new(&root, false);
        watch.renew().expect("no such folder");
        let missing = watch.next(&Snapshot::default());
        fs::create_dir_all(root.join("content")).expect("a folder");
        assert!(watch.next(&missing) != missing);
    }
}
