//! What the preview shows now, and telling browsers that it changed.
//!
//! In: the result of each build. Out: one value that requests answer from, swapped whole, and a
//! stream of events. A page knows the number of the build it is from; the stream always begins with
//! the current number, so a change between loading and connecting is never missed.

use std::io::{self, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::headers;
use crate::diagnostic::{Error, human};
use crate::ids::BaseUrl;
use crate::output::Output;
use crate::pipeline::{Built, LateIndex};

/// A comment this often tells a browser that we are still here, and us that it is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How often a waiting stream looks whether its browser left. Each page view opens a stream, and a
/// thread that stays on after its tab went would soon use up the few there may be.
const LOOK: Duration = Duration::from_secs(1);

/// What the preview shows at one moment.
#[derive(Debug, Clone)]
pub(super) struct Preview {
    /// Counts the states; sent as the event's id.
    pub(super) number: u64,
    /// Where the site lives.
    pub(super) base: BaseUrl,
    /// The last good build.
    pub(super) site: Option<Arc<Version>>,
    /// Why the newest build is not the one shown.
    pub(super) problems: Option<String>,
}

/// A good build.
#[derive(Debug)]
pub(super) struct Version {
    /// The number of the state in which it was first shown.
    pub(super) number: u64,
    /// Its files.
    pub(super) output: Output,
    /// The files of its search.
    pub(super) search: Option<LateIndex>,
}

impl Version {
    /// The bytes at a path such as `a/b/index.html`.
    pub(super) fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        let late = || self.search.as_ref()?.get(path);
        self.output.get(path).map(Arc::clone).or_else(late)
    }
}

impl Preview {
    /// The number pages of this state carry; 0 while there is no site.
    pub(super) fn site_number(&self) -> u64 {
        self.site.as_ref().map_or(0, |site| site.number)
    }

    fn after(&self, result: Result<Built, Error>) -> Self {
        let mut next = self.clone();
        next.number += 1;
        match result {
            Ok(Built {
                base_url,
                output: Some(output),
                search,
                ..
            }) => {
                let known = next.site.as_ref();
                let unchanged = known.filter(|site| site.output == output && next.base == base_url);
                next.site = Some(Arc::new(Version {
                    // Synonyms change what is found and no page.
                    number: unchanged.map_or(next.number, |site| site.number),
                    output,
                    search,
                }));
                next.base = base_url;
                next.problems = None;
            }
            Ok(built) => {
                if next.site.is_none() {
                    next.base = built.base_url;
                }
                next.problems = Some(human(&built.diagnostics, false));
            }
            Err(failure) => next.problems = Some(told(&failure)),
        }
        next
    }

    /// One event of the stream.
    fn event(&self) -> String {
        let data = serde_json::json!({ "site": self.site_number(), "problems": self.problems });
        format!("id: {}\ndata: {data}\n\n", self.number)
    }
}

fn told(failure: &Error) -> String {
    match failure {
        Error::Site(diagnostics) => human(diagnostics, false),
        Error::Usage(text) | Error::Machine(text) => format!("{text}\n"),
    }
}

/// The current state, and those who wait for the next.
#[derive(Debug)]
pub(super) struct Live {
    now: Mutex<Arc<Preview>>,
    changed: Condvar,
}

impl Live {
    /// Nothing built yet. Numbers go on from the clock, so that a page which an earlier run left in
    /// a browser is always older than what this run shows.
    pub(super) fn new() -> Self {
        let number = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Self {
            now: Mutex::new(Arc::new(Preview {
                number,
                base: BaseUrl::default(),
                site: None,
                problems: None,
            })),
            changed: Condvar::new(),
        }
    }

    /// What to answer from. The lock is held for the copy of one pointer only.
    pub(super) fn now(&self) -> Arc<Preview> {
        Arc::clone(&self.lock())
    }

    /// Shows the result of a build; where nothing changed, nobody is told.
    pub(super) fn publish(&self, result: Result<Built, Error>) {
        let before = self.now();
        let next = before.after(result);
        let same = next.site_number() == before.site_number()
            && next.problems == before.problems
            && next.base == before.base;
        let number = before.number;
        *self.lock() = Arc::new(if same {
            Preview { number, ..next }
        } else {
            next
        });
        if !same {
            self.changed.notify_all();
        }
    }

    /// The first state after `number`, or nothing within `patience`.
    fn after(&self, number: u64, patience: Duration) -> Option<Arc<Preview>> {
        let (now, _) = self
            .changed
            .wait_timeout_while(self.lock(), patience, |now| now.number <= number)
            .unwrap_or_else(PoisonError::into_inner);
        (now.number > number).then(|| Arc::clone(&now))
    }

    /// Sends events until the browser leaves.
    pub(super) fn stream(&self, mut client: &TcpStream) -> io::Result<()> {
        client.write_all(stream_head().as_bytes())?;
        let mut sent = 0;
        let mut quiet_since = Instant::now();
        loop {
            let text = match self.after(sent, LOOK) {
                Some(preview) => {
                    sent = preview.number;
                    preview.event()
                }
                None if has_left(client)? => return Ok(()),
                None if quiet_since.elapsed() >= HEARTBEAT => ":\n\n".to_owned(),
                None => continue,
            };
            client.write_all(text.as_bytes())?;
            quiet_since = Instant::now();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Preview>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The head of the stream; its length is not known, so its end is the end of the connection. After a
/// restart of the preview a page should be back at once.
fn stream_head() -> String {
    format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n{}\
         Content-Type: text/event-stream; charset=utf-8\r\n\r\nretry: 500\n\n",
        headers::lines()
    )
}

/// Whether the other side closed. What it still sends on this connection is never read.
fn has_left(client: &TcpStream) -> io::Result<bool> {
    client.set_nonblocking(true)?;
    let peeked = client.peek(&mut [0]);
    client.set_nonblocking(false)?;
    match peeked {
        Ok(count) => Ok(count == 0),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};
    use crate::ids::OutPath;

    fn built(body: Option<&str>) -> Built {
        let mut diagnostics = Diagnostics::default();
        if body.is_none() {
            diagnostics.push(Diagnostic::error(Code::BrokenLink, "`x.md` is not here"));
        }
        let output = body.map(|body| {
            let mut output = Output::default();
            let path = OutPath::new("index.html").expect("a plain path");
            output.insert(path, body.as_bytes().to_vec());
            output
        });
        Built {
            base_url: BaseUrl::default(),
            output,
            diagnostics,
            shows_drafts: false,
            search: None,
        }
    }

    #[test]
    fn a_failed_build_keeps_the_last_good_site_and_tells_why() {
        let live = Live::new();
        live.publish(Ok(built(Some("one"))));
        let good = live.now();
        live.publish(Ok(built(None)));
        let bad = live.now();
        assert_eq!(bad.site_number(), good.site_number());
        assert!(bad.number > good.number);
        assert!(bad.event().contains(r#""problems":"broken-link: "#));
        live.publish(Err(Error::Machine("the folder is gone".to_owned())));
        assert_eq!(live.now().problems.as_deref(), Some("the folder is gone\n"));
        live.publish(Ok(built(Some("one"))));
        assert_eq!(live.now().site_number(), good.site_number());
        assert_eq!(live.now().problems, None);
    }

    #[test]
    fn the_same_bytes_again_are_no_news() {
        let live = Live::new();
        live.publish(Ok(built(Some("one"))));
        let before = live.now().number;
        live.publish(Ok(built(Some("one"))));
        assert_eq!(live.now().number, before);
        live.publish(Ok(built(Some("two"))));
        assert_eq!(live.now().site_number(), before + 1);
    }

    #[test]
    fn who_asks_late_is_answered_at_once() {
        let live = Live::new();
        live.publish(Ok(built(Some("one"))));
        let number = live.now().number;
        assert!(live.after(0, Duration::ZERO).is_some());
        assert!(live.after(number, Duration::ZERO).is_none());
    }

    #[test]
    fn an_event_is_one_line_of_data_with_its_number() {
        let live = Live::new();
        live.publish(Err(Error::Usage("two\nlines </script>".to_owned())));
        let number = live.now().number;
        assert_eq!(
            live.now().event(),
            format!(
                "id: {number}\ndata: {{\"site\":0,\"problems\":\"two\\nlines </script>\\n\"}}\n\n"
            )
        );
    }
}
