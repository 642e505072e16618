//! The HTTP server: `tiny_http`, which only this file names.
//!
//! In: a listener, and what to serve from. Out: answers, until the process ends. It decides nothing:
//! `gate` passes on the requests that `access` admits, `response` makes the answer, `live` writes the
//! event stream.

use std::io::{self, Write as _};
use std::net::TcpListener;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::{process, thread};

use rustix::process::{Resource, getrlimit, setrlimit};
use tiny_http::{Method, Request, Server};

use super::gate;
use super::live::{Live, State};
use super::response::{Response, respond};

/// Threads that answer requests. More than processors, since a slow reader of a large file keeps one
/// waiting.
const WORKERS: usize = 16;

/// Makes the response to a request.
type Respond = dyn Fn(&Request) -> Response + Send + Sync;

/// Serves what `live` shows.
pub(super) fn start(listener: TcpListener, live: &Arc<Live>) -> io::Result<()> {
    // Each connection takes four descriptors, and a browser may open more connections than the usual
    // limit allows. At the limit, `tiny_http` stops accepting for good.
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let _ = setrlimit(Resource::Nofile, limit);
    let inner = private_address(listener.local_addr()?.port())?;
    let shown = Arc::clone(live);
    let respond = move |request: &Request| respond_to(request, &shown.now());
    let server = UnixListener::bind_addr(&inner)?;
    run_workers(server, live, &(Arc::new(respond) as Arc<Respond>))?;
    gate::open(listener, inner)
}

/// An address that no web page and no other machine can connect to.
fn private_address(port: u16) -> io::Result<SocketAddr> {
    let name = format!("regain-{}-{port}", process::id());
    #[cfg(target_os = "linux")]
    return <SocketAddr as std::os::linux::net::SocketAddrExt>::from_abstract_name(name);
    // Other systems need a file for it.
    #[cfg(not(target_os = "linux"))]
    return SocketAddr::from_pathname(std::env::temp_dir().join(name));
}

fn run_workers(listener: UnixListener, live: &Arc<Live>, respond: &Arc<Respond>) -> io::Result<()> {
    let server = Arc::new(Server::from_listener(listener, None).map_err(io::Error::other)?);
    for _ in 0..WORKERS {
        let (server, respond) = (Arc::clone(&server), Arc::clone(respond));
        let live = Arc::clone(live);
        let work = move || {
            while let Ok(request) = server.recv() {
                let response = catch_unwind(AssertUnwindSafe(|| respond(&request)));
                // An error here is a client that has left.
                let _ = answer(request, &response.unwrap_or_else(|_| bug()), &live);
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

fn respond_to(request: &Request, state: &State) -> Response {
    let mut headers = request.headers().iter();
    let known = headers.find(|header| header.field.equiv("If-None-Match"));
    respond(state, request.url(), known.map(|tags| tags.value.as_str()))
}

fn answer(request: Request, response: &Response, live: &Arc<Live>) -> io::Result<()> {
    let is_head = *request.method() == Method::Head;
    if is_head || !response.is_event_stream() {
        return send(request, &response.bytes(is_head));
    }
    let live = Arc::clone(live);
    let head = response.bytes(true);
    let follow = move || {
        let mut client = request.into_writer();
        // An error here is a browser that has left.
        let _ = client
            .write_all(&head)
            .and_then(|()| live.stream(&mut client));
    };
    let thread = thread::Builder::new().name("events".to_owned());
    thread.spawn(follow).map(drop)
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
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn a_panic_ends_one_request() {
        let address = private_address(0).expect("an address");
        let listener = UnixListener::bind_addr(&address).expect("a listener");
        let respond: Arc<Respond> = Arc::new(|request: &Request| {
            assert_ne!(request.url(), "/panic", "as the test wants");
            Response::text("200 OK", "")
        });
        run_workers(listener, &Arc::new(Live::new()), &respond).expect("a server");
        let status = |path: &str| {
            let mut client = UnixStream::connect_addr(&address).expect("connected");
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
