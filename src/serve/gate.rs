//! The one door of the preview: accepts connections and keeps the limits.
//!
//! In: whatever comes to the port. Out: answers of `http` to well-formed requests of the author's
//! own browser, refusals to the rest. Every connection has its own thread, its own small buffer and
//! its own clocks, so that one that sends or reads slowly, or not at all, costs nobody else a thing.
//! It reads no request beyond its head and knows nothing of the site.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::answer::Question;
use super::guard::{Names, admit};
use super::head;
use super::heads::Heads;
use super::http::{self, Server};
use super::live::Live;
use super::overlay;
use super::recent::{LARGEST, Recent};
use super::refusal::Refusal;
use super::seats::{Seat, Seats};

/// Connections at once: forty tabs of a browser that opens six each.
const CONNECTIONS: usize = 256;

/// Event streams among them, one for each tab in sight.
const STREAMS: usize = 64;

/// How long a client may take nothing of its answer.
const STALLED: Duration = Duration::from_secs(10);

/// How long it may take for the whole of it, however slowly it reads.
const ANSWER_TIME: Duration = Duration::from_mins(1);

/// Answers too large to be kept that are on their way at once: each has memory of its own until its
/// client has taken it.
const LARGE_ANSWERS: usize = 16;

/// After a refusal: what was sent meanwhile is thrown away for this long, since closing over unread
/// bytes can take the answer from a client that is still sending.
const LINGER: Duration = Duration::from_secs(1);

/// Bytes thrown away at most.
const LINGER_BYTES: usize = 64 * 1024;

/// Descriptors are used up, or the like: accepting again at once would only burn the processor.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What every connection needs.
pub(super) struct Gate {
    names: Names,
    server: Server,
    live: Arc<Live>,
    /// Called when the HTTP server had to be replaced.
    replaced: Box<dyn Fn() + Send + Sync>,
    recent: Recent,
    connections: Arc<Seats>,
    streams: Arc<Seats>,
    large: Arc<Seats>,
}

impl Gate {
    /// A gate with all its seats free.
    pub(super) fn new(
        names: Names,
        server: Server,
        live: Arc<Live>,
        replaced: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        Self {
            names,
            server,
            live,
            replaced,
            recent: Recent::default(),
            connections: Seats::new(CONNECTIONS),
            streams: Seats::new(STREAMS),
            large: Seats::new(LARGE_ANSWERS),
        }
    }

    /// Accepts connections for as long as the process lives.
    pub(super) fn open(self, listener: TcpListener) -> io::Result<()> {
        let gate = Arc::new(self);
        thread::Builder::new()
            .name("gate".to_owned())
            .spawn(move || {
                loop {
                    match listener.accept() {
                        Ok((client, _)) => gate.admit(client),
                        Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                        Err(_) => thread::sleep(ACCEPT_PAUSE),
                    }
                }
            })?;
        Ok(())
    }

    fn admit(self: &Arc<Self>, mut client: TcpStream) {
        let Some(seat) = Seats::take(&self.connections) else {
            // The bytes fit into the socket's buffer, so this does not wait.
            let _ = client.set_nonblocking(true);
            let _ = client.write_all(&Refusal::Busy.bytes());
            return;
        };
        let gate = Arc::clone(self);
        // Without a thread the client is dropped, which closes the connection.
        let _ = thread::Builder::new()
            .name("client".to_owned())
            .spawn(move || {
                let _seat = seat;
                // What fails here is the connection; there is nobody left to tell.
                let _ = gate.talk(&client);
            });
    }

    /// Answers request after request until one side has enough.
    fn talk(&self, client: &TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        client.set_write_timeout(Some(STALLED))?;
        let mut heads = Heads::new(client);
        loop {
            let next = match heads.next() {
                Ok(Some(bytes)) => self.answer(bytes),
                Ok(None) => return Ok(()),
                Err(refusal) => Err(refusal),
            };
            match next {
                Ok(Next::Send(answer)) => {
                    send(client, &answer.bytes)?;
                    if answer.last {
                        return Ok(());
                    }
                }
                // Ends when the browser leaves.
                Ok(Next::Follow(_seat)) => return self.live.stream(client),
                Err(refusal) => return refuse(client, refusal),
            }
        }
    }

    fn answer(&self, bytes: &[u8]) -> Result<Next, Refusal> {
        let head = head::parse(bytes)?;
        let path = admit(&head, self.names)?;
        let now = self.live.now();
        if head.method == "GET" && overlay::own_name(path, &now.base) == Some("events") {
            let seat = Seats::take(&self.streams).ok_or(Refusal::Busy)?;
            return Ok(Next::Follow(seat));
        }
        let question = Question {
            path,
            if_none_match: head.all("if-none-match").next(),
        };
        let request = http::request(head.method, question);
        let bytes = match self.recent.get(now.number, &request) {
            Some(bytes) => bytes,
            None => self.ask(now.number, request)?,
        };
        let large = (bytes.len() > LARGEST)
            .then(|| Seats::take(&self.large).ok_or(Refusal::Busy))
            .transpose()?;
        Ok(Next::Send(Sent {
            bytes,
            last: !head.keeps_alive(),
            _large: large,
        }))
    }

    fn ask(&self, state: u64, request: String) -> Result<Arc<Vec<u8>>, Refusal> {
        let (bytes, replaced) = self.server.ask(&request).map_err(|_| Refusal::Busy)?;
        if replaced {
            (self.replaced)();
        }
        let bytes = Arc::new(bytes);
        self.recent.keep(state, request, &bytes);
        Ok(bytes)
    }
}

/// What follows on a request.
enum Next {
    /// An answer.
    Send(Sent),
    /// The event stream, in a seat of its own.
    Follow(Seat),
}

/// An answer on its way.
struct Sent {
    bytes: Arc<Vec<u8>>,
    /// Nothing may follow on this connection.
    last: bool,
    /// Held for as long as the bytes are.
    _large: Option<Seat>,
}

fn send(mut client: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    let deadline = Instant::now() + ANSWER_TIME;
    while !bytes.is_empty() {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let count = client.write(bytes)?;
        bytes = &bytes[count..];
    }
    Ok(())
}

fn refuse(mut client: &TcpStream, refusal: Refusal) -> io::Result<()> {
    client.write_all(&refusal.bytes())?;
    client.shutdown(Shutdown::Write)?;
    let deadline = Instant::now() + LINGER;
    let mut chunk = [0; 4 * 1024];
    let mut thrown_away = 0;
    while thrown_away < LINGER_BYTES {
        let patience = deadline.saturating_duration_since(Instant::now());
        if patience.is_zero() {
            break;
        }
        client.set_read_timeout(Some(patience))?;
        match client.read(&mut chunk)? {
            0 => break,
            count => thrown_away += count,
        }
    }
    Ok(())
}
