//! The HTTP server: `tiny_http`, which only this file names.
//!
//! In: a listener, and what to serve from. Out: answers, until the process ends. It decides nothing:
//! `access` admits a request, `response` makes the answer, `live` writes the event stream.
//!
//! `tiny_http` 0.12 has no timeouts and trusts lengths, so a program on this machine can stop or stall
//! the preview. What a web page could do with that, request bodies, is handled in [`discard_body`].

use std::io::{self, Write as _};
use std::mem;
use std::net::{SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use rustix::process::{Resource, getrlimit, setrlimit};
use tiny_http::{Method, Request, Server};

use super::access;
use super::live::{Live, State};
use super::response::{Response, respond};

/// Threads that answer requests. More than processors, since a slow reader of a large file keeps one
/// waiting.
const WORKERS: usize = 16;

/// Open event streams, each with a thread of its own: one for each visible tab.
const STREAMS: usize = 64;

/// The longest request body that is read to its end.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// Makes the response to a request.
type Respond = dyn Fn(&Request) -> Response + Send + Sync;

/// Serves what `live` shows.
pub(super) fn start(listener: TcpListener, live: &Arc<Live>) -> io::Result<()> {
    // Each connection takes two descriptors, and a browser may open more connections than the usual
    // limit allows. At the limit, `tiny_http` stops accepting for good.
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let _ = setrlimit(Resource::Nofile, limit);
    let address = listener.local_addr()?;
    let shown = Arc::clone(live);
    let respond = move |request: &Request| respond_to(request, address, &shown.now());
    run_workers(listener, live, &(Arc::new(respond) as Arc<Respond>))
}

fn run_workers(listener: TcpListener, live: &Arc<Live>, respond: &Arc<Respond>) -> io::Result<()> {
    let server = Arc::new(Server::from_listener(listener, None).map_err(io::Error::other)?);
    let streams = Arc::new(());
    for _ in 0..WORKERS {
        let (server, respond) = (Arc::clone(&server), Arc::clone(respond));
        let (live, streams) = (Arc::clone(live), Arc::clone(&streams));
        let work = move || {
            while let Ok(request) = server.recv() {
                if let Some(request) = discard_body(request) {
                    let response = catch_unwind(AssertUnwindSafe(|| respond(&request)));
                    // An error here is a client that has left.
                    let _ = answer(request, response.unwrap_or_else(|_| bug()), &live, &streams);
                }
            }
        };
        let thread = thread::Builder::new().name("preview".to_owned());
        thread.spawn(work)?;
    }
    Ok(())
}

/// The answer to a request whose handling panicked.
fn bug() -> Response {
    let text = "This is a bug in regain. Please report it with what you changed last.";
    Response::text("500 Internal Server Error", text)
}

fn respond_to(request: &Request, address: SocketAddr, state: &State) -> Response {
    let headers = request.headers().iter();
    let headers = headers
        .map(|header| (header.field.as_str().as_str(), header.value.as_str()))
        .collect();
    match access::check(request.method().as_str(), request.url(), &headers, address) {
        Ok(path) => {
            let known = access::values(&headers, "If-None-Match").next();
            respond(state, path, known)
        }
        Err(refusal) => Response::refusal(refusal),
    }
}

fn answer(
    request: Request,
    response: Response,
    live: &Arc<Live>,
    streams: &Arc<()>,
) -> io::Result<()> {
    let is_head = *request.method() == Method::Head;
    if is_head || !response.is_event_stream() {
        return send(request, &response.bytes(is_head));
    }
    // Counts this stream until its thread ends. Each worker has one as well.
    let counted = Arc::clone(streams);
    if Arc::strong_count(&counted) > WORKERS + STREAMS {
        let refusal = Response::text("503 Service Unavailable", "Too many tabs are open.");
        return send(request, &refusal.bytes(false));
    }
    let live = Arc::clone(live);
    let follow = move || {
        let mut client = request.into_writer();
        // Ends with the error that the browser has left.
        let _ = client
            .write_all(&response.bytes(true))
            .and_then(|()| live.stream(&mut client));
        drop(counted);
    };
    let thread = thread::Builder::new().name("events".to_owned());
    thread.spawn(follow).map(drop)
}

/// Reads a request's body and forgets it. Without this, `tiny_http` allocates all that is left of the
/// body when it drops the request, and a length for which there is no memory ends the process.
///
/// `None`: the body is too long to be worth reading, and the request was refused. Such a request must
/// never be dropped, so its connection stays open, as long as this process runs; `upgrade` is the only
/// way to answer without dropping.
fn discard_body(mut request: Request) -> Option<Request> {
    match request.body_length() {
        // Nothing may be read without a length: of a WebSocket handshake, reading would never end.
        None | Some(0) => Some(request),
        Some(length) if length <= BODY_LIMIT => {
            // If the client leaves too soon, what is left to allocate is below the limit.
            let _ = io::copy(request.as_reader(), &mut io::sink());
            Some(request)
        }
        Some(_) => {
            let refused = tiny_http::Response::empty(413);
            mem::forget(request.upgrade("none", refused));
            None
        }
    }
}

/// Sends a whole response in one piece; in several, the system would hold back the last until the
/// first is acknowledged.
fn send(request: Request, response: &[u8]) -> io::Result<()> {
    let mut client = request.into_writer();
    client.write_all(response)?;
    client.flush()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;

    #[test]
    fn a_panic_ends_one_request() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let respond: Arc<Respond> = Arc::new(|request: &Request| {
            assert_ne!(request.url(), "/panic", "as the test wants");
            Response::text("200 OK", "")
        });
        run_workers(listener, &Arc::new(Live::new()), &respond).expect("a server");
        let status = |path: &str| {
            let mut client = TcpStream::connect(address).expect("connected");
            let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n");
            client.write_all(request.as_bytes()).expect("sent");
            let mut answer = String::new();
            client.read_to_string(&mut answer).expect("an answer");
            answer[9..12].to_owned()
        };
        for _ in 0..2 * WORKERS {
            assert_eq!(status("/panic"), "500");
        }
        assert_eq!(status("/"), "200");
    }
}
