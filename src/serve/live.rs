//! What the preview serves now, and live reload.
//!
//! In: the result of each build. Out: one value that requests are answered from, replaced as a whole,
//! and a stream of server-sent events. A page knows the generation it is from, and the stream starts with
//! the current one, so a build between loading the page and connecting is never missed.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Error, human};
use crate::ids::BaseUrl;
use crate::output::Output;
use crate::pipeline::{Built, LateIndex};

/// Only a failed write shows that a browser has left. Every page view opens a stream, so the threads
/// of closed ones must end soon.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// How many streams stay open. Browsers open six connections to one host, and some must be left for
/// pages. The page of an older stream connects again after [`RETRY`], so the windows take turns.
const STREAMS: u64 = 4;

/// How long a page waits before it connects again, in milliseconds. After a restart of the preview,
/// pages should be back quickly.
const RETRY: u32 = 500;

/// What the preview serves at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Increases whenever a build changes the pages.
    pub(super) generation: u64,
    pub(super) base: BaseUrl,
    /// The last build without errors.
    pub(super) output: Option<Output>,
    /// Its search index, made at the first search.
    pub(super) search: Option<LateIndex>,
    /// Why the last build failed.
    pub(super) problems: Option<String>,
}

impl State {
    /// The file at a path such as `a/b/index.html`.
    pub(super) fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let file = self.output.as_ref()?.get(path).map(Arc::clone);
        file.or_else(|| self.search.as_ref()?.get(path))
    }

    fn update(&mut self, result: Result<Built, Error>) {
        self.problems = match result {
            Ok(built) if built.output.is_some() => {
                if self.output != built.output || self.base != built.base_url {
                    self.generation += 1;
                }
                self.base = built.base_url;
                self.output = built.output;
                // New synonyms change search results but no page.
                self.search = built.search;
                None
            }
            Ok(failed) => {
                if self.output.is_none() {
                    self.base = failed.base_url;
                }
                Some(human(&failed.diagnostics, false))
            }
            Err(Error::Site(diagnostics)) => Some(human(&diagnostics, false)),
            Err(Error::Usage(text) | Error::Machine(text)) => Some(text),
        };
    }

    fn event(&self) -> String {
        let data = serde_json::json!({ "site": self.generation, "problems": self.problems });
        format!("data: {data}\n\n")
    }
}

/// The current state, shared by all threads.
#[derive(Debug)]
pub(super) struct Live {
    state: Mutex<Arc<State>>,
    changed: Condvar,
    /// Streams opened so far.
    streams: AtomicU64,
}

impl Live {
    /// Nothing built yet. Generations start at the time of day, so that a page still open from an
    /// earlier run is older than anything this run serves, and reloads.
    pub(super) fn new() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
        let state = State {
            generation: since_1970.map_or(0, |since| since.as_secs()),
            ..State::default()
        };
        Self {
            state: Mutex::new(Arc::new(state)),
            changed: Condvar::new(),
            streams: AtomicU64::new(0),
        }
    }

    /// The current state. The lock is held only to copy a pointer.
    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.lock())
    }

    /// Serves the result of a build from now on.
    pub(super) fn publish(&self, result: Result<Built, Error>) {
        let mut next = State::clone(&self.now());
        next.update(result);
        *self.lock() = Arc::new(next);
        self.changed.notify_all();
    }

    /// Sends the current state, and every later one, until writing fails or [`STREAMS`] newer streams
    /// are open.
    pub(super) fn stream(&self, client: &mut impl Write) -> io::Result<()> {
        let newest = self.streams.fetch_add(1, Ordering::Relaxed) + STREAMS;
        let is_old = || self.streams.load(Ordering::Relaxed) > newest;
        self.changed.notify_all();
        write!(client, "retry: {RETRY}\n\n")?;
        let mut sent = String::new();
        while !is_old() {
            let (state, timeout) = self
                .changed
                .wait_timeout_while(self.lock(), HEARTBEAT, |state| {
                    state.event() == sent && !is_old()
                })
                .unwrap_or_else(PoisonError::into_inner);
            let event = state.event();
            drop(state);
            if timeout.timed_out() {
                client.write_all(b":\n\n")?;
            } else if event != sent {
                client.write_all(event.as_bytes())?;
                sent = event;
            }
            client.flush()?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Arc<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::ids::OutPath;

    fn built(body: &str) -> Built {
        let mut output = Output::default();
        let path = OutPath::new("index.html").expect("a plain path");
        output.insert(path, body.as_bytes().into());
        Built {
            base_url: BaseUrl::default(),
            output: Some(output),
            diagnostics: Diagnostics::default(),
            search: None,
        }
    }

    #[test]
    fn only_changed_pages_reload() {
        let live = Live::new();
        let generation = || live.now().generation;
        let first = generation();
        live.publish(Ok(built("one")));
        assert_eq!(generation(), first + 1);
        live.publish(Ok(built("one")));
        live.publish(Err(Error::Machine("the folder is gone".to_owned())));
        live.publish(Ok(built("one")));
        assert_eq!(generation(), first + 1);
        live.publish(Ok(built("two")));
        assert_eq!(generation(), first + 2);
    }

    #[test]
    fn an_event_is_one_line_of_data() {
        let state = State {
            problems: Some("two\nlines </script>".to_owned()),
            ..State::default()
        };
        let data = r#"{"site":0,"problems":"two\nlines </script>"}"#;
        assert_eq!(state.event(), format!("data: {data}\n\n"));
    }
}
