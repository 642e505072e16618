//! A proxy in front of `tiny_http` that limits connections, applies the access rules and drops request bodies.
//!
//! In: connections to the preview's address. Out: from each, the first request, refused here or passed
//! on. `tiny_http` has no timeouts, allocates a request's body whatever its length, and ends when it
//! runs out of descriptors; any web page in the author's browser could stop it with that. So it listens
//! where only this process connects, and gets requests without a body that are written anew here.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::backend;
use super::request_rules::{self, Headers, Refusal};
use super::response::Response;

/// Connections at a time; further ones wait. More than browsers open.
const CONNECTIONS: usize = 256;

/// How long a client may send nothing, or take nothing.
const STALLED: Duration = Duration::from_secs(5);

/// The longest head of a request, in bytes.
const HEAD_LIMIT: u64 = 16 * 1024;

/// How much of a refused request is still read. A connection that is closed with bytes unread is reset,
/// and the client might lose the answer.
const UNREAD_LIMIT: u64 = 256 * 1024;

/// How often to look whether there is room for another connection.
const PAUSE: Duration = Duration::from_millis(20);

/// Passes on what comes to `listener` to the server that listens at `server`.
pub(super) fn open(listener: TcpListener, server: backend::Address) -> io::Result<()> {
    let address = listener.local_addr()?;
    let server = Arc::new(server);
    let accept = move || {
        loop {
            // Each open connection has the server's address.
            if Arc::strong_count(&server) > CONNECTIONS {
                thread::sleep(PAUSE);
            } else if let Ok((client, _)) = listener.accept() {
                let server = Arc::clone(&server);
                let thread = thread::Builder::new().name("proxy".to_owned());
                // An error is a client that has left or sends nothing, or no thread for it.
                let _ = thread.spawn(move || pass(client, address, &server).is_ok());
            } else {
                // No descriptor is free.
                thread::sleep(PAUSE);
            }
        }
    };
    let thread = thread::Builder::new().name("accept".to_owned());
    thread.spawn(accept).map(drop)
}

/// Answers the first request of a connection.
fn pass(mut client: TcpStream, address: SocketAddr, server: &backend::Address) -> io::Result<()> {
    client.set_read_timeout(Some(STALLED))?;
    client.set_write_timeout(Some(STALLED))?;
    // Otherwise the end of an answer waits until the client has acknowledged what came before.
    client.set_nodelay(true)?;
    let head = read_head(&client)?;
    match admit(&head, address) {
        Ok(request) => {
            let mut server = backend::connect(server)?;
            server.write_all(request.as_bytes())?;
            io::copy(&mut server, &mut client).map(drop)
        }
        Err(refusal) => {
            client.write_all(&Response::refusal(refusal).bytes(false))?;
            client.shutdown(Shutdown::Write)?;
            io::copy(&mut client.take(UNREAD_LIMIT), &mut io::sink()).map(drop)
        }
    }
}

/// Reads up to the empty line, or as much as a head may have.
fn read_head(client: &TcpStream) -> io::Result<Vec<u8>> {
    let mut lines = BufReader::new(client.take(HEAD_LIMIT));
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if lines.read_until(b'\n', &mut head)? == 0 {
            break;
        }
    }
    Ok(head)
}

/// The request as the server gets it: written anew from the parts that were checked.
fn admit(head: &[u8], address: SocketAddr) -> Result<String, Refusal> {
    let (method, target, headers) = parse(head).ok_or(Refusal::Malformed)?;
    let path = request_rules::check(method, target, &headers, address)?;
    let known: Vec<_> = request_rules::values(&headers, "If-None-Match").collect();
    let known = known.join(", ");
    Ok(format!(
        "{method} {path} HTTP/1.1\r\nConnection: close\r\nIf-None-Match: {known}\r\n\r\n"
    ))
}

/// Method, target and headers.
fn parse(head: &[u8]) -> Option<(&str, &str, Headers<'_>)> {
    let head = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let first: Vec<_> = lines.next()?.split(' ').collect();
    let [method, target, "HTTP/1.0" | "HTTP/1.1"] = first[..] else {
        return None;
    };
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_good =
            is_word(name) && !value.contains(|sign: char| sign.is_control() && sign != '\t');
        is_good.then(|| (name, value.trim()))
    });
    let headers = headers.collect::<Option<_>>()?;
    (is_word(method) && is_word(target)).then_some((method, target, headers))
}
