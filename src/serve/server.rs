//! The HTTP server: `tiny_http`, which only this file names.
//!
//! In: a listener, and what to serve from. Out: answers, until the process ends. `gate` decides what gets
//! here, `response` what is answered.

use std::io::{self, Write as _};
use std::net::TcpListener;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::{process, thread};

use rustix::process::{Resource, getrlimit, setrlimit};
use tiny_http::{Method, Request, Server};

use super::gate;
use super::live::Live;
use super::response::{Response, respond};

/// Serves what `live` shows.
pub(super) fn start(listener: TcpListener, live: &Arc<Live>) -> io::Result<()> {
    // Each connection takes four descriptors, and a browser may open more connections than the usual
    // limit allows. At the limit, `tiny_http` stops accepting for good.
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let _ = setrlimit(Resource::Nofile, limit);
    let inner = private_address(listener.local_addr()?.port())?;
    serve(UnixListener::bind_addr(&inner)?, live, respond_to)?;
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

/// Answers each request on a thread of its own. The gate limits their number.
fn serve(
    listener: UnixListener,
    live: &Arc<Live>,
    respond: fn(&Request, &Live) -> Response,
) -> io::Result<()> {
    let server = Server::from_listener(listener, None).map_err(io::Error::other)?;
    let live = Arc::clone(live);
    let accept = move || {
        for request in server.incoming_requests() {
            let live = Arc::clone(&live);
            // An error is a client that has left, or no thread for it.
            let answer = move || answer(request, &live, respond).is_ok();
            let _ = thread::Builder::new()
                .name("answer".to_owned())
                .spawn(answer);
        }
    };
    let thread = thread::Builder::new().name("preview".to_owned());
    thread.spawn(accept).map(drop)
}

fn respond_to(request: &Request, live: &Live) -> Response {
    let mut headers = request.headers().iter();
    let known = headers.find(|header| header.field.equiv("If-None-Match"));
    let known = known.map(|tags| tags.value.as_str());
    respond(&live.now(), request.url(), known)
}

fn answer(
    request: Request,
    live: &Live,
    respond: fn(&Request, &Live) -> Response,
) -> io::Result<()> {
    let response = catch_unwind(AssertUnwindSafe(|| respond(&request, live)));
    let response = response.unwrap_or_else(|_| {
        let text = "This is a bug in regain. Please report it with what you changed last.";
        Response::text("500 Internal Server Error", text)
    });
    let is_head = *request.method() == Method::Head;
    let mut client = request.into_writer();
    // In one piece: the system would hold back a second one until the first is acknowledged.
    client.write_all(&response.bytes(is_head))?;
    client.flush()?;
    if response.is_event_stream() && !is_head {
        live.stream(&mut client)?;
    }
    Ok(())
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
        let respond = |request: &Request, _: &Live| {
            assert_ne!(request.url(), "/panic", "as the test wants");
            Response::text("200 OK", "")
        };
        serve(listener, &Arc::new(Live::new()), respond).expect("a server");
        let status = |path: &str| {
            let mut client = UnixStream::connect_addr(&address).expect("connected");
            let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n");
            client.write_all(request.as_bytes()).expect("sent");
            let mut answer = String::new();
            client.read_to_string(&mut answer).expect("an answer");
            answer[9..12].to_owned()
        };
        assert_eq!(status("/panic"), "500");
        assert_eq!(status("/"), "200");
    }
}
