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

/// Serves what `live` shows, each request on a thread of its own. The proxy limits their number.
pub(super) fn start(listener: TcpListener, live: &Arc<Live>) -> io::Result<()> {
    let (private, address) = backend::listen(listener.local_addr()?.port())?;
    let server = Server::from_listener(private, None).map_err(io::Error::other)?;
    let live = Arc::clone(live);
    let accept = move || {
        for request in server.incoming_requests() {
            let live = Arc::clone(&live);
            // An error is a client that has left, or no thread for it.
            let answer = move || answer(request, &live).is_ok();
            let _ = thread::Builder::new()
                .name("answer".to_owned())
                .spawn(answer);
        }
    };
    let thread = thread::Builder::new().name("preview".to_owned());
    thread.spawn(accept)?;
    proxy::open(listener, address)
}

fn answer(request: Request, live: &Live) -> io::Result<()> {
    let response = or_internal_error(|| {
        let mut headers = request.headers().iter();
        let known = headers.find(|header| header.field.equiv("If-None-Match"));
        let known = known.map(|tags| tags.value.as_str());
        respond(&live.now(), request.url(), known)
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

/// A panic ends one request, not the preview.
fn or_internal_error(respond: impl FnOnce() -> Response) -> Response {
    catch_unwind(AssertUnwindSafe(respond)).unwrap_or_else(|_| {
        let text = "This is a bug in regain. Please report it with what you changed last.";
        Response::text("500 Internal Server Error", text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_internal_error() {
        let text =
            |response: Response| String::from_utf8_lossy(&response.bytes(false)).into_owned();
        let panicked = or_internal_error(|| panic!("as the test wants"));
        assert!(text(panicked).starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
        let answered = or_internal_error(|| Response::text("200 OK", ""));
        assert!(text(answered).starts_with("HTTP/1.1 200 OK\r\n"));
    }
}
