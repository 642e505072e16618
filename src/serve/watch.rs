//! "Something may have changed."
//!
//! In: the site's root. Out: a call that returns when it is time to look again. Events of the system
//! are only hints that make it return sooner: they come doubled, late, for our own reading, without
//! a path, or not at all, so it also returns by the clock, and what really changed is for `snapshot`
//! to say.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::snapshot::FOLDERS;

/// Nothing for this long: the author's editor, or `git`, has finished writing.
pub(super) const QUIET: Duration = Duration::from_millis(100);

/// A flood of events cannot put off looking for longer than this.
pub(super) const LONGEST: Duration = Duration::from_millis(500);

/// How often to look without events; soon enough to be useful, seldom enough to cost nothing.
const POLL: Duration = Duration::from_secs(1);

/// How often to look in spite of events, in case one was lost unseen. Ten thousand files take some
/// twenty milliseconds.
const LOST: Duration = Duration::from_secs(10);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By the events of the system, and by looking where there are none to be had.
    Native,
    /// By looking each second: for network drives, containers and the like.
    Poll,
}

/// Why to look again, or what to say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// The system told of changes, and has been quiet since.
    Events,
    /// By the clock.
    Clock,
    /// Another thread has news for the author.
    Note(String),
}

/// What other threads send to the loop.
#[derive(Debug)]
pub(super) enum Signal {
    /// Look again.
    Look,
    /// Tell the author.
    Note(String),
}

/// Waits for changes below one root.
pub(super) struct Watch {
    root: PathBuf,
    mode: Mode,
    watcher: Option<RecommendedWatcher>,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
}

impl Watch {
    /// Watches from now on.
    pub(super) fn start(root: &Path, mode: Mode) -> Self {
        let (sender, signals) = channel();
        let mut watch = Self {
            root: root.to_owned(),
            mode,
            watcher: None,
            sender,
            signals,
        };
        watch.renew();
        watch
    }

    /// Where other threads send their signals.
    pub(super) fn sender(&self) -> Sender<Signal> {
        self.sender.clone()
    }

    /// Watches the folders that are there now. The old watches stay with folders that were moved or
    /// replaced, so they are given up as a whole; what happens in between is seen by looking after
    /// this.
    pub(super) fn renew(&mut self) {
        if self.mode == Mode::Poll {
            return;
        }
        match listen(&self.root, self.sender.clone()) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.mode = Mode::Poll;
                self.watcher = None;
                let text = format!(
                    "the system cannot watch the folders ({error}); looking at them each second"
                );
                // Our own receiver is there for as long as we are.
                let _ = self.sender.send(Signal::Note(text));
            }
        }
    }

    /// Returns when it is time to look, or with something to say.
    pub(super) fn wait(&self) -> Wake {
        let patience = match self.mode {
            Mode::Native => LOST,
            Mode::Poll => POLL,
        };
        match self.signals.recv_timeout(patience) {
            Ok(Signal::Note(text)) => Wake::Note(text),
            Ok(Signal::Look) => {
                self.settle();
                Wake::Events
            }
            Err(_) => Wake::Clock,
        }
    }

    /// Waits until nothing happened for a while.
    fn settle(&self) {
        let longest = Instant::now() + LONGEST;
        loop {
            let left = longest.saturating_duration_since(Instant::now());
            match self.signals.recv_timeout(QUIET.min(left)) {
                Ok(Signal::Look) if !left.is_zero() => {}
                Ok(Signal::Note(text)) => {
                    // Comes back at the next wait.
                    let _ = self.sender.send(Signal::Note(text));
                    return;
                }
                Ok(Signal::Look)
                | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return;
                }
            }
        }
    }
}

/// The root itself is watched so that folders which come, go or are swapped are noticed.
fn listen(root: &Path, sender: Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let told = move |event: notify::Result<Event>| {
        if event.as_ref().map_or(true, matters) {
            // After the loop has ended nobody listens.
            let _ = sender.send(Signal::Look);
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(told, config)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        // A link is refused by the build and not followed here either.
        if folder.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// Reading is what we do ourselves; everything else, and everything unknown, may be a change.
fn matters(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;

    #[test]
    fn reading_is_not_a_change_and_lost_events_are() {
        let cases = [
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), false),
            (
                EventKind::Access(AccessKind::Close(AccessMode::Read)),
                false,
            ),
            (
                EventKind::Access(AccessKind::Close(AccessMode::Write)),
                true,
            ),
            (EventKind::Create(CreateKind::File), true),
            (EventKind::Modify(ModifyKind::Data(DataChange::Any)), true),
        ];
        for (kind, expected) in cases {
            assert_eq!(matters(&Event::new(kind)), expected, "{kind:?}");
        }
        assert!(matters(
            &Event::new(EventKind::Other).set_flag(Flag::Rescan)
        ));
    }

    #[test]
    fn a_burst_is_one_reason_to_look() {
        let folder = tempfile::tempdir().expect("a folder");
        let watch = Watch::start(folder.path(), Mode::Poll);
        for _ in 0..100 {
            watch.sender().send(Signal::Look).expect("sent");
        }
        watch
            .sender()
            .send(Signal::Note("x".to_owned()))
            .expect("sent");
        assert_eq!(watch.wait(), Wake::Events);
        assert_eq!(watch.wait(), Wake::Note("x".to_owned()));
    }

    #[test]
    fn a_save_in_a_folder_that_came_later_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watch = Watch::start(folder.path(), Mode::Native);
        std::fs::create_dir(folder.path().join("content")).expect("a folder");
        assert_eq!(watch.wait(), Wake::Events);
        watch.renew();
        std::fs::write(folder.path().join("content/a.md"), "x").expect("a file");
        assert_eq!(watch.wait(), Wake::Events);
    }

    #[test]
    fn where_nothing_can_be_watched_the_clock_serves() {
        let folder = tempfile::tempdir().expect("a folder");
        let watch = Watch::start(&folder.path().join("gone"), Mode::Native);
        assert_eq!(watch.mode, Mode::Poll);
        assert!(matches!(watch.wait(), Wake::Note(_)));
    }
}
