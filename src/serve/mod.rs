//! The preview for authors: wait, rebuild, swap, tell browsers.
//!
//! In: where to listen, and a function that builds the site. Out: the last good build on a loopback
//! address, followed by every browser that shows it, and news for whoever prints. It writes nothing
//! and prints nothing.
//!
//! ```text
//! watch ─ "look" → snapshot ─ differs → build → live ─┬→ event streams
//!                                                     └→ answer ← http ← gate ← browsers
//! ```
//!
//! A save is on screen after 100 ms of quiet, a look at the folders, the build itself and the
//! browser's reload. Requests are answered from memory: `gate` takes well-formed heads of the
//! author's own browser and nothing else, and `http` is `tiny_http` behind it, which so never meets
//! what it cannot bear.
//!
//! What remains: a program on this machine that takes all connections, and takes them again whenever
//! they are closed, keeps others out for as long as it goes on; so do sixteen readers that take a
//! minute each over files of more than 256 KiB, for such files. On systems without Unix sockets a
//! program on this machine that finds the inner port meets `tiny_http` itself.

mod answer;
mod gate;
mod guard;
mod head;
mod headers;
mod heads;
mod http;
mod live;
mod overlay;
mod recent;
mod refusal;
mod route;
mod seats;
mod snapshot;
mod watch;
mod wire;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use answer::{Question, answer};
use gate::Gate;
use guard::Names;
use http::Server;
use live::Live;
use snapshot::Snapshot;
use watch::{LONGEST, QUIET, Signal, Wake, Watch};

use crate::diagnostic::Error;
use crate::pipeline::Built;

pub use watch::Mode;

/// The port unless another is asked for.
pub const PORT: u16 = 4400;

/// Ports tried from [`PORT`] on: one for each preview somebody may have open.
const PORTS: u16 = 100;

/// Where to listen and how to watch.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's folder, with `content/` and perhaps `themes/` in it.
    pub root: PathBuf,
    /// The address to listen on; anything but loopback lets others read the preview.
    pub host: IpAddr,
    /// The port, or the next free one from [`PORT`] on; 0 takes any.
    pub port: Option<u16>,
    /// How changes are noticed.
    pub watch: Mode,
}

/// What happens, for whoever prints it.
#[derive(Debug)]
pub enum News<'a> {
    /// The preview answers at this address.
    Ready(&'a str),
    /// A build is done, with its problems, in this time.
    Built(&'a Built, Duration),
    /// A build could not be made at all; the last good one is still shown.
    Failed(&'a Error),
    /// Something the author should know.
    Note(&'a str),
}

/// Builds, serves and follows the folders until the process ends.
///
/// Errors: [`Failure::Machine`] where the port or a thread cannot be had, and whatever stops the
/// very first build from being made at all. Problems of the site are no errors here: they are shown.
pub fn run(
    settings: &Settings,
    mut build: impl FnMut() -> Result<Built, Error>,
    report: &mut dyn FnMut(News<'_>),
) -> Result<(), Error> {
    let (listener, address) = bind(settings)?;
    let mut watch = Watch::start(&settings.root, settings.watch);
    let mut seen = Snapshot::take(&settings.root, &Snapshot::default());
    let live = Arc::new(Live::new());
    let begun = Instant::now();
    let first = build()?;
    report(News::Built(&first, begun.elapsed()));
    let path = first.base_url.path().to_owned();
    live.publish(Ok(first));
    open(listener, address, &live, &watch)?;
    if !address.ip().is_loopback() {
        report(News::Note(
            "everyone who can reach this machine can read the preview",
        ));
    }
    report(News::Ready(&format!("http://{}{path}", reachable(address))));

    loop {
        let now = match watch.wait() {
            Wake::Note(text) => {
                report(News::Note(&text));
                continue;
            }
            Wake::Events => Snapshot::take(&settings.root, &seen),
            Wake::Clock => settled(settings, &seen),
        };
        let (same_content, same_folders) = (now.same_content(&seen), now.same_folders(&seen));
        seen = now;
        if !same_content {
            rebuild(&mut build, &live, report);
        }
        if !same_folders {
            watch.renew();
            // What happened since the look is not in any event, so look once more.
            let _ = watch.sender().send(Signal::Look);
        }
    }
}

fn rebuild(
    build: &mut impl FnMut() -> Result<Built, Error>,
    live: &Live,
    report: &mut dyn FnMut(News<'_>),
) {
    let begun = Instant::now();
    let result = build();
    match &result {
        Ok(made) => report(News::Built(made, begun.elapsed())),
        Err(failure) => report(News::Failed(failure)),
    }
    live.publish(result);
}

/// Looks without events: where something is being written, until it stays the same for a moment.
fn settled(settings: &Settings, seen: &Snapshot) -> Snapshot {
    let longest = Instant::now() + LONGEST;
    let mut now = Snapshot::take(&settings.root, seen);
    let mut before = seen.clone();
    while !now.same_content(&before) && Instant::now() < longest {
        thread::sleep(QUIET);
        before = now;
        now = Snapshot::take(&settings.root, &before);
    }
    now
}

/// Answers from what `live` shows.
fn open(
    listener: TcpListener,
    address: SocketAddr,
    live: &Arc<Live>,
    watch: &Watch,
) -> Result<(), Error> {
    let cannot = |error: io::Error| Error::Machine(format!("cannot serve the preview: {error}"));
    let shown = Arc::clone(live);
    let server = Server::start(Arc::new(move |question: Question<'_>| {
        answer(&shown.now(), question)
    }))
    .map_err(cannot)?;
    let sender = watch.sender();
    let replaced = Box::new(move || {
        let text = "the preview's web server did not answer and was replaced".to_owned();
        // After the loop has ended nobody listens.
        let _ = sender.send(Signal::Note(text));
    });
    Gate::new(Names(address), server, Arc::clone(live), replaced)
        .open(listener)
        .map_err(cannot)
}

fn bind(settings: &Settings) -> Result<(TcpListener, SocketAddr), Error> {
    let ports = match settings.port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS - 1,
    };
    let mut tried = Err(io::Error::from(io::ErrorKind::AddrInUse));
    for port in ports.clone() {
        tried = TcpListener::bind((settings.host, port));
        match &tried {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            _ => break,
        }
    }
    tried
        .and_then(|listener| {
            let address = listener.local_addr()?;
            Ok((listener, address))
        })
        .map_err(|error| {
            let port = ports.start();
            let wanted = SocketAddr::new(settings.host, *port);
            Error::Machine(format!(
                "cannot listen on {wanted}: {error}\nhint: choose another port with `--port N`"
            ))
        })
}

/// The address to type: one cannot connect to "every address".
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(port: Option<u16>) -> Settings {
        Settings {
            root: PathBuf::from("."),
            host: Ipv4Addr::LOCALHOST.into(),
            port,
            watch: Mode::Poll,
        }
    }

    #[test]
    fn a_port_that_was_asked_for_and_is_taken_is_a_failure() {
        let (_taken, address) = bind(&settings(Some(0))).expect("a free port");
        let again = bind(&settings(Some(address.port())));
        assert!(matches!(again, Err(Error::Machine(text)) if text.contains("--port")));
    }

    #[test]
    fn without_a_wish_the_next_free_port_is_taken() {
        let (_first, one) = bind(&settings(None)).expect("a free port");
        let (_second, two) = bind(&settings(None)).expect("a free port");
        assert!(one.port() >= PORT && two.port() > one.port());
    }

    #[test]
    fn every_address_is_reached_at_loopback() {
        let cases = [
            ("0.0.0.0:1", "127.0.0.1:1"),
            ("[::]:1", "[::1]:1"),
            ("192.0.2.1:1", "192.0.2.1:1"),
        ];
        for (address, expected) in cases {
            let address = address.parse().expect("an address");
            assert_eq!(reachable(address).to_string(), expected);
        }
    }
}
