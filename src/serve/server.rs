//! The HTTP server: `tiny_http`, which only this file names.
//!
//! In: a listener, and what to serve from. Out: answers, until the process ends. `proxy` decides what gets
//! here, `response` what is answered.

use std::io::{self, Write as _};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use tiny_http::{Method, Request, Server};

use super::live::Live;
use super::response::{Response, respond};
use super::{backend, proxy};

/// Serves what `live` shows.
pub(super) fn start(listener: TcpListener, live: &Arc<Live>) -> io::Result<()> {
    let (server, address) = backend::listen(listener.local_addr()?.port())?;
    serve(server, live, respond_to)?;
    proxy::open(listener, address)
}

/// Answers each request on a thread of its own. The proxy limits their number.
fn serve(
    listener: backend::Listener,
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
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_panic_ends_one_request() {
        let (listener, address) = backend::listen(0).expect("a listener");
        let respond = |request: &Request, _: &Live| {
            assert_ne!(request.url(), "/panic", "as the test wants");
            Response::text("200 OK", "")
        };
        serve(listener, &Arc::new(Live::new()), respond).expect("a server");
        let status = |path: &str| {
            let mut client = backend::connect(&address).expect("connected");
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
