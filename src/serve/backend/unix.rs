//! Unix sockets: no web page and no other machine can connect to one.

use std::io;
pub use std::os::unix::net::SocketAddr as Address;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process;

use rustix::process::{Resource, getrlimit, setrlimit};

/// Listens for the preview at `port`.
pub fn listen(port: u16) -> io::Result<(UnixListener, Address)> {
    // Each connection takes four descriptors, and a browser may open more connections than the usual
    // limit allows. At the limit, `tiny_http` stops accepting for good.
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let _ = setrlimit(Resource::Nofile, limit);
    let address = address(&format!("regain-{}-{port}", process::id()))?;
    Ok((UnixListener::bind_addr(&address)?, address))
}

/// Connects to the server.
pub fn connect(server: &Address) -> io::Result<UnixStream> {
    UnixStream::connect_addr(server)
}

#[cfg(target_os = "linux")]
fn address(name: &str) -> io::Result<Address> {
    <Address as std::os::linux::net::SocketAddrExt>::from_abstract_name(name)
}

/// Other systems need a file for it.
#[cfg(not(target_os = "linux"))]
fn address(name: &str) -> io::Result<Address> {
    Address::from_pathname(std::env::temp_dir().join(name))
}
