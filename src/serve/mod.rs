//! The preview for authors: wait for a save, build, swap the site, notify browsers.
//!
//! In: where to listen, and a function that builds the site. Out: the last good build, served on this
//! machine and reloaded by every browser that shows it, and news for the caller to print. It writes
//! nothing and prints nothing.
//!
//! ```text
//! watch → build, if a file has changed → live ─┬→ event streams
//!                                              └→ response ← server ← proxy, request_rules ← browsers
//! ```
//!
//! Requests are answered from memory. A save is built at once and is on screen after the browser's reload. A
//! build with errors is shown only after 100 ms without a further change, since half a save is often one.

mod backend;
mod live;
mod overlay;
mod proxy;
mod request_rules;
mod response;
mod route;
mod server;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use live::Live;
use watch::{QUIET_LIMIT, Watch};

use crate::diagnostic::Error;
use crate::pipeline::Built;

/// The port, unless the author chooses one.
pub const PORT: u16 = 4400;

/// How many ports to try from [`PORT`] on: one for each preview that may be running.
const PORTS: u16 = 100;

/// Where to listen and how to watch.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's folder, which contains `content/` and perhaps `themes/`.
    pub root: PathBuf,
    /// The address to listen on. Any but loopback lets others read the preview.
    pub host: IpAddr,
    /// The port; 0 is any free one, `None` the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// Whether to look for changes every second instead of relying on events of the system, which
    /// network drives and containers do not send.
    pub poll: bool,
}

/// What happened, for the caller to print.
#[derive(Debug)]
pub enum News<'a> {
    /// The preview answers at this address.
    Ready(&'a str),
    /// A build finished, with its problems, in this time.
    Built(&'a Built, Duration),
    /// A build could not be made at all. The last good one is still served.
    Failed(&'a Error),
    /// Something the author should know.
    Note(&'a str),
}

/// Builds, serves and watches until the process ends. `make` returns no build if no file has changed since
/// the last one.
///
/// Errors: [`Error::Machine`] if the port or a thread is not available, and whatever keeps the first
/// build from being made at all. Problems of the site are not errors here: the pages show them.
pub fn run(
    settings: &Settings,
    mut make: impl FnMut() -> Result<Option<Built>, Error>,
    report: &mut dyn FnMut(News<'_>),
) -> Result<(), Error> {
    let (address, listener) = bind(settings.host, settings.port)?;
    let mut watch = Watch::new(&settings.root, settings.poll);
    let live = Arc::new(Live::new());
    let begun = Instant::now();
    let Some(first) = make()? else {
        return Ok(());
    };
    report(News::Built(&first, begun.elapsed()));
    let path = first.base_url.path().to_owned();
    live.publish(Ok(first));
    server::start(listener, &live)
        .map_err(|error| Error::Machine(format!("cannot serve the preview: {error}")))?;
    if !address.ip().is_loopback() {
        report(News::Note(
            "everyone who can reach this machine can read the preview",
        ));
    }
    let host = if address.ip().is_unspecified() {
        // Nothing can connect to "every address".
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    };
    report(News::Ready(&format!("http://{host}{path}")));

    let mut changed = true;
    let mut latest: Option<Finished> = None;
    loop {
        if let Err(error) = watch.renew(changed) {
            report(News::Note(&format!(
                "the system cannot watch the folders ({error}), so they are checked every second"
            )));
        }
        let event = watch.wait(latest.is_some());
        let begun = Instant::now();
        let built = make().transpose();
        changed = built.is_some();
        if let Some(result) = built {
            let time = begun.elapsed();
            latest = Some(Finished {
                result,
                begun,
                time,
            });
        }
        let writing = event || changed;
        if let Some(Finished { result, time, .. }) = latest.take_if(|latest| latest.is_due(writing))
        {
            match &result {
                Ok(built) => report(News::Built(built, time)),
                Err(error) => report(News::Failed(error)),
            }
            live.publish(result);
        }
    }
}

/// A build that is not yet published.
struct Finished {
    result: Result<Built, Error>,
    begun: Instant,
    time: Duration,
}

impl Finished {
    /// A good build is published at once, a failed one when the author's files are no longer written.
    fn is_due(&self, writing: bool) -> bool {
        let is_good = self
            .result
            .as_ref()
            .is_ok_and(|built| built.output.is_some());
        is_good || !writing || self.begun.elapsed() > QUIET_LIMIT
    }
}

fn bind(host: IpAddr, port: Option<u16>) -> Result<(SocketAddr, TcpListener), Error> {
    let ports = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS - 1,
    };
    let wanted = SocketAddr::new(host, *ports.start());
    let is_taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    ports
        .map(|port| TcpListener::bind((host, port)))
        .find(|result| !result.as_ref().is_err_and(is_taken))
        .unwrap_or_else(|| Err(io::ErrorKind::AddrInUse.into()))
        .and_then(|listener| Ok((listener.local_addr()?, listener)))
        .map_err(|error| {
            let hint = if error.kind() == io::ErrorKind::AddrNotAvailable {
                "this machine does not have that address; leave out `--host`, or choose one it has"
            } else {
                "choose another port with `--port N`"
            };
            Error::Machine(format!("cannot listen on {wanted}: {error}\nhint: {hint}"))
        })
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_chosen() {
        let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (one, _first) = bind(host, None).expect("a free port");
        let (two, _second) = bind(host, None).expect("a free port");
        assert!(one.port() >= PORT && two.port() > one.port());
        let again = bind(host, Some(one.port()));
        assert!(matches!(again, Err(Error::Machine(text)) if text.contains("--port")));
    }

    #[test]
    fn an_address_of_another_machine_is_not_blamed_on_the_port() {
        let foreign = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        let Err(Error::Machine(text)) = bind(foreign, None) else {
            panic!("this machine has an address set aside for documentation");
        };
        assert!(
            text.contains("--host") && !text.contains("--port"),
            "{text}"
        );
    }
}
