//! Waiting for the author to save.
//!
//! In: the site's root. Out: the moments at which something may have changed. The system's events are only
//! a hint to look now: they come twice, late, without a path, for our own reading, or not at all. So the
//! folders are also looked at from time to time, and what really changed is left to the build.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{
    Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
};

/// The folders below the root that a build reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// After this long without an event, the editor or `git` has finished writing.
const QUIET: Duration = Duration::from_millis(100);

/// The longest wait for that, if events keep coming.
pub(super) const QUIET_LIMIT: Duration = Duration::from_millis(500);

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
    sender: Sender<Change>,
    events: Receiver<Change>,
    /// Whether folders were added, moved or removed since the watcher started.
    is_outdated: bool,
}

/// What an event is about.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    /// A file is being written: it may be half empty now. Most systems report the end, too.
    Writing,
    Files,
    Folders,
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
            is_outdated: true,
        }
    }

    /// Watches the folders that exist now, if something has `changed`. A watch stays with a folder that was
    /// moved away and does not pass to the one that replaced it. The next wait will be short, since changes
    /// up to now may have had no event.
    ///
    /// Errors: the system cannot watch, and the folders are polled for good.
    pub(super) fn renew(&mut self, changed: bool) -> notify::Result<()> {
        if self.poll || !(changed || self.is_outdated) {
            return Ok(());
        }
        // First, because systems limit the number of watches.
        self.watcher = None;
        self.is_outdated = false;
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
        let _ = self.sender.send(Change::Files);
        Ok(())
    }

    /// Waits until it is time to look for a change, and says whether that is due to an event. It is time when a
    /// file has been written, or after a while, which is short if the caller waits for the end of `writing`.
    pub(super) fn wait(&mut self, writing: bool) -> bool {
        let timeout = match &self.watcher {
            _ if writing => QUIET,
            Some(_) => LOST_EVENT,
            None => POLL,
        };
        let mut next = self.events.recv_timeout(timeout).ok();
        let limit = Instant::now() + QUIET_LIMIT;
        let happened = next.is_some();
        while let Some(change) = next {
            self.is_outdated |= change == Change::Folders;
            let pause = match change {
                Change::Writing => QUIET.min(limit.saturating_duration_since(Instant::now())),
                Change::Files | Change::Folders => Duration::ZERO,
            };
            next = self.events.recv_timeout(pause).ok();
        }
        happened
    }
}

/// Watches the root itself as well, to notice folders that are added, removed or replaced.
fn listen(root: &Path, sender: Sender<Change>) -> notify::Result<RecommendedWatcher> {
    const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    let on_event = move |event: notify::Result<Event>| {
        let change = match event.map(|event| event.kind) {
            // Reading is what we do ourselves.
            Ok(kind) if kind.is_access() && kind != WRITTEN => return,
            Ok(EventKind::Remove(RemoveKind::File)) => Change::Files,
            Ok(EventKind::Modify(ModifyKind::Name(_))) => Change::Folders,
            Ok(EventKind::Create(CreateKind::File) | EventKind::Modify(_)) => Change::Writing,
            Ok(kind) if kind == WRITTEN => Change::Files,
            _ => Change::Folders,
        };
        let _ = sender.send(change);
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
        watch.renew(true).expect("inotify or the like");
        assert!(watch.wait(false), "there may have been a change before");
        fs::create_dir(root.join("content")).expect("a folder");
        assert!(watch.wait(false));
        watch.renew(false).expect("inotify or the like");
        while watch.wait(true) {}
        fs::write(root.join("content/a.md"), "x").expect("a file");
        assert!(watch.wait(false));
        while watch.wait(true) {}
        fs::read(root.join("content/a.md")).expect("a file");
        assert!(!watch.wait(true), "reading is not a change");
    }

    #[test]
    fn folders_that_cannot_be_watched_are_polled() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watch = Watch::new(&folder.path().join("later"), false);
        watch.renew(true).expect("no such folder");
        assert!(watch.watcher.is_none() && watch.wait(false));
        let begun = Instant::now();
        assert!(!watch.wait(false) && begun.elapsed() < LOST_EVENT);
    }
}
