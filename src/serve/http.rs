//! The HTTP server: `tiny_http`, which only this file names.
//!
//! In: questions that `gate` took from well-formed requests. Out: whole answers as bytes. It never
//! meets a client: `tiny_http` 0.12 can be ended or silenced by what one sends (a body that does not
//! come, a head without end, answers nobody reads, used-up descriptors), and none of that can be
//! mended from outside. So it listens on a socket of its own, on which a fixed number of lines is
//! opened once; then the name of that socket is gone, and only `gate` speaks on the lines: short,
//! strict heads without bodies, and it takes every answer at once.
//!
//! Where a line fails all the same, the whole server is replaced. The port belongs to `gate` and
//! stays open meanwhile. On systems without Unix sockets the lines are loopback connections, whose
//! port another program could find; there the promises hold against the network and web pages only.

use std::io::{self, Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, StatusCode};

use super::answer::{Answer, Question};
use super::wire::{Line, Socket};
use super::{head, headers};

/// Requests answered at the same time; the rest wait for microseconds. More lines than processors,
/// so that one large answer does not stand before small ones.
const LINES: usize = 16;

/// One worker for each line: none ever waits for another.
const WORKERS: usize = LINES;

/// An answer comes from memory. One that is not there after this long never comes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes the answer to a question.
pub(super) type Answerer = dyn Fn(Question<'_>) -> Answer + Send + Sync;

/// The server, replaced when it fails.
pub(super) struct Server {
    answerer: Arc<Answerer>,
    running: Mutex<Arc<Running>>,
}

impl Server {
    /// Starts answering.
    pub(super) fn start(answerer: Arc<Answerer>) -> io::Result<Self> {
        let running = Mutex::new(Arc::new(Running::start(&answerer)?));
        Ok(Self { answerer, running })
    }

    /// Puts the whole answer into `out`. `Ok(true)` says that the server had to be replaced.
    pub(super) fn ask(
        &self,
        method: &str,
        question: Question<'_>,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let running = Arc::clone(&self.lock());
        if running.ask(method, question, out).is_ok() {
            return Ok(false);
        }
        let fresh = self.replace(&running)?;
        fresh.ask(method, question, out).map(|()| true)
    }

    /// A server other than the one that failed.
    fn replace(&self, failed: &Arc<Running>) -> io::Result<Arc<Running>> {
        let mut running = self.lock();
        if Arc::ptr_eq(&running, failed) {
            *running = Arc::new(Running::start(&self.answerer)?);
        }
        Ok(Arc::clone(&running))
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One `tiny_http` server and our ends of its lines.
struct Running {
    server: Arc<tiny_http::Server>,
    idle: Mutex<Vec<Line>>,
    returned: Condvar,
}

impl Running {
    fn start(answerer: &Arc<Answerer>) -> io::Result<Self> {
        let (socket, listener) = Socket::listen()?;
        let server = tiny_http::Server::from_listener(listener, None)
            .map_err(|error| io::Error::other(error.to_string()))?;
        let running = Self {
            server: Arc::new(server),
            idle: Mutex::new(Vec::with_capacity(LINES)),
            returned: Condvar::new(),
        };
        for _ in 0..WORKERS {
            let (server, answerer) = (Arc::clone(&running.server), Arc::clone(answerer));
            thread::Builder::new()
                .name("answers".to_owned())
                .spawn(move || work(&server, &*answerer))?;
        }
        for _ in 0..LINES {
            let line = proven_line(&socket)?;
            running.lock().push(line);
        }
        Ok(running)
    }

    fn ask(&self, method: &str, question: Question<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut line = self.take_line()?;
        let result = exchange(&mut line, method, question, out);
        // A line that failed may still bring a late answer: it is not used again.
        if result.is_ok() {
            self.lock().push(line);
            self.returned.notify_one();
        }
        result
    }

    fn take_line(&self) -> io::Result<Line> {
        let (mut idle, _) = self
            .returned
            .wait_timeout_while(self.lock(), PATIENCE, |idle| idle.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        idle.pop().ok_or_else(|| io::ErrorKind::TimedOut.into())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Line>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for _ in 0..WORKERS {
            self.server.unblock();
        }
    }
}

/// A line that has brought an answer. `tiny_http` gives each connection a thread but counts threads
/// that are about to be busy as free: of several that come at once, some would wait for one that
/// never ends. So the next comes only when this one is served.
fn proven_line(socket: &Socket) -> io::Result<Line> {
    let mut line = socket.call()?;
    line.set_read_timeout(Some(PATIENCE))?;
    line.set_write_timeout(Some(PATIENCE))?;
    let question = Question {
        target: "/",
        if_none_match: None,
    };
    exchange(&mut line, "HEAD", question, &mut Vec::new())?;
    Ok(line)
}

/// Sends one request over a line and reads its whole answer.
fn exchange(
    line: &mut Line,
    method: &str,
    question: Question<'_>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut request = format!("{method} {} HTTP/1.1\r\n", question.target);
    // `tiny_http` hangs up on what is not ASCII.
    if let Some(tags) = question.if_none_match.filter(|tags| tags.is_ascii()) {
        request.push_str("If-None-Match: ");
        request.push_str(tags);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    line.write_all(request.as_bytes())?;

    out.clear();
    let mut chunk = [0; 16 * 1024];
    let head = loop {
        let count = line.read(&mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let seen = out.len();
        out.extend_from_slice(&chunk[..count]);
        if let Some(end) = head::end(out, seen) {
            break end;
        }
    };
    let read = out.len();
    let whole = head + body_length(&out[..head], method)?;
    if read > whole {
        return Err(io::ErrorKind::InvalidData.into());
    }
    out.resize(whole, 0);
    line.read_exact(&mut out[read..])
}

/// The length an answer's head announces; the answer to HEAD and "not modified" have a head only.
fn body_length(head: &[u8], method: &str) -> io::Result<usize> {
    let text = std::str::from_utf8(head).unwrap_or_default();
    let (status, fields) = text.split_once("\r\n").unwrap_or_default();
    if method == "HEAD" || status.starts_with("HTTP/1.1 304") {
        return Ok(0);
    }
    fields
        .split("\r\n")
        .find_map(|field| field.strip_prefix("Content-Length: ")?.parse().ok())
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Answers requests until the server is replaced.
fn work(server: &tiny_http::Server, answerer: &Answerer) {
    while let Ok(request) = server.recv() {
        let tags = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("If-None-Match"))
            .map(|header| header.value.as_str());
        let question = Question {
            target: request.url(),
            if_none_match: tags,
        };
        // A panic on one page is the end of that answer alone.
        let answer = catch_unwind(AssertUnwindSafe(|| answerer(question)))
            .unwrap_or_else(|_| Answer::broken());
        respond(request, answer);
    }
}

/// Sends an answer in one piece: `tiny_http` by itself writes it in many, and each would wake the
/// reader.
fn respond(request: Request, answer: Answer) {
    let headers = headers::fixed()
        .chain(answer.header)
        .chain([("Content-Type", answer.kind.to_owned())])
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
        .collect();
    let length = answer.body.len();
    let response = Response::new(
        StatusCode(answer.status),
        headers,
        Cursor::new(answer.body),
        Some(length),
        None,
    )
    .with_chunked_threshold(usize::MAX);
    let mut bytes = Vec::with_capacity(length + 2 * 1024);
    let head_only = *request.method() == Method::Head;
    let version = request.http_version().clone();
    let printed = response.raw_print(&mut bytes, version, request.headers(), head_only, None);
    // The other end is `gate`; where the line broke, it has noticed.
    let _ = printed.and_then(|()| {
        let mut line = request.into_writer();
        line.write_all(&bytes)?;
        line.flush()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Server {
        Server::start(Arc::new(|question: Question<'_>| {
            assert_ne!(question.target, "/panic", "asked for");
            Answer {
                status: if question.if_none_match.is_some() {
                    304
                } else {
                    200
                },
                kind: "text/plain",
                header: Some(("ETag", "\"x\"".to_owned())),
                body: vec![b'x'; 100_000].into(),
            }
        }))
        .expect("a server")
    }

    fn ask(server: &Server, method: &str, target: &str, tags: Option<&str>) -> (String, usize) {
        let mut out = Vec::new();
        let question = Question {
            target,
            if_none_match: tags,
        };
        let replaced = server.ask(method, question, &mut out).expect("an answer");
        assert!(!replaced);
        let end = head::end(&out, 0).expect("a head");
        let head = String::from_utf8_lossy(&out[..end]).into_owned();
        (head, out.len() - end)
    }

    #[test]
    fn answers_are_whole_and_lines_are_used_again() {
        let server = server();
        for _ in 0..3 * LINES {
            let (head, length) = ask(&server, "GET", "/", None);
            assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
            assert!(head.contains("\r\nContent-Length: 100000\r\n"), "{head}");
            assert!(head.contains("\r\nServer: regain\r\n"), "{head}");
            assert_eq!(length, 100_000);
        }
        let (head, length) = ask(&server, "HEAD", "/", None);
        assert!(head.contains("\r\nContent-Length: 100000\r\n"), "{head}");
        assert_eq!(length, 0);
        let (head, length) = ask(&server, "GET", "/", Some("\"x\""));
        assert!(head.starts_with("HTTP/1.1 304 "), "{head}");
        assert_eq!(length, 0);
    }

    #[test]
    fn a_panic_costs_one_answer() {
        let server = server();
        for _ in 0..2 * WORKERS {
            let (head, _) = ask(&server, "GET", "/panic", None);
            assert!(head.starts_with("HTTP/1.1 500 "), "{head}");
        }
        let (head, _) = ask(&server, "GET", "/", None);
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    }

    #[test]
    fn a_server_whose_lines_are_gone_is_replaced() {
        let server = server();
        let failed = Arc::clone(&server.lock());
        for line in failed.lock().iter() {
            // One that has ended by itself is gone as well.
            let _ = line.shutdown(std::net::Shutdown::Both);
        }
        let mut out = Vec::new();
        let question = Question {
            target: "/",
            if_none_match: None,
        };
        let replaced = server.ask("GET", question, &mut out);
        assert!(matches!(replaced, Ok(true)));
        ask(&server, "GET", "/", None);
    }
}
