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

/// Threads that make answers. They never wait for a client, so a few more than processors will do.
const WORKERS: usize = 8;

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

    /// The whole answer to a [`request`], and whether the server had to be replaced for it.
    pub(super) fn ask(&self, request: &str) -> io::Result<(Vec<u8>, bool)> {
        let running = Arc::clone(&self.lock());
        if let Ok(answer) = running.ask(request) {
            return Ok((answer, false));
        }
        let fresh = self.replace(&running)?;
        Ok((fresh.ask(request)?, true))
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

    fn ask(&self, request: &str) -> io::Result<Vec<u8>> {
        let mut line = self.take_line()?;
        let answer = exchange(&mut line, request)?;
        // A line that failed may still bring a late answer: it is not used again.
        self.lock().push(line);
        self.returned.notify_one();
        Ok(answer)
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
        path: "/",
        if_none_match: None,
    };
    exchange(&mut line, &request("HEAD", question))?;
    Ok(line)
}

/// The head to send over a line.
pub(super) fn request(method: &str, question: Question<'_>) -> String {
    // `tiny_http` hangs up on what is not ASCII.
    match question.if_none_match.filter(|tags| tags.is_ascii()) {
        Some(tags) => format!(
            "{method} {} HTTP/1.1\r\nIf-None-Match: {tags}\r\n\r\n",
            question.path
        ),
        None => format!("{method} {} HTTP/1.1\r\n\r\n", question.path),
    }
}

/// Sends one request over a line and reads its whole answer.
fn exchange(line: &mut Line, request: &str) -> io::Result<Vec<u8>> {
    line.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    let mut chunk = [0; 16 * 1024];
    let head = loop {
        let count = line.read(&mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let seen = answer.len();
        answer.extend_from_slice(&chunk[..count]);
        if let Some(end) = head::end(&answer, seen) {
            break end;
        }
    };
    let read = answer.len();
    let whole = head + body_length(&answer[..head], request)?;
    if read > whole {
        return Err(io::ErrorKind::InvalidData.into());
    }
    answer.resize(whole, 0);
    line.read_exact(&mut answer[read..])?;
    Ok(answer)
}

/// The length an answer's head announces; the answer to HEAD and "not modified" have a head only.
fn body_length(head: &[u8], request: &str) -> io::Result<usize> {
    let text = std::str::from_utf8(head).unwrap_or_default();
    let (status, fields) = text.split_once("\r\n").unwrap_or_default();
    if request.starts_with("HEAD ") || status.starts_with("HTTP/1.1 304") {
        return Ok(0);
    }
    fields
        .split("\r\n")
        .find_map(|field| field.strip_prefix("Content-Length: ")?.parse().ok())
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Answers requests until the server is replaced.
fn work(server: &tiny_http::Server, answerer: &Answerer) {
    let fixed: Vec<_> = headers::fixed().filter_map(header).collect();
    while let Ok(request) = server.recv() {
        let tags = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("If-None-Match"))
            .map(|header| header.value.as_str());
        let question = Question {
            path: request.url(),
            if_none_match: tags,
        };
        // A panic on one page is the end of that answer alone.
        let answer = catch_unwind(AssertUnwindSafe(|| answerer(question)))
            .unwrap_or_else(|_| Answer::broken());
        respond(request, answer, fixed.clone());
    }
}

fn header((name, value): (&'static str, String)) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

/// Sends an answer in one piece: `tiny_http` by itself writes it in many, and each would wake the
/// reader.
fn respond(request: Request, answer: Answer, mut headers: Vec<Header>) {
    let own = [("Content-Type", answer.kind.to_owned())];
    headers.extend(own.into_iter().chain(answer.header).filter_map(header));
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
            assert_ne!(question.path, "/panic", "asked for");
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

    fn ask(server: &Server, method: &str, path: &str, tags: Option<&str>) -> (String, usize) {
        let question = Question {
            path,
            if_none_match: tags,
        };
        let (answer, replaced) = server.ask(&request(method, question)).expect("an answer");
        assert!(!replaced);
        let end = head::end(&answer, 0).expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        (head, answer.len() - end)
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
        let (_, replaced) = server.ask("GET / HTTP/1.1\r\n\r\n").expect("an answer");
        assert!(replaced);
        ask(&server, "GET", "/", None);
    }
}
