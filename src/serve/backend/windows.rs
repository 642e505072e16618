//! A loopback port, because the standard library has no Unix sockets for Windows. A web page would have to guess it.

use std::io;
pub use std::net::SocketAddr as Address;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

/// Listens for the preview, at a port that the system chooses.
pub fn listen(_: u16) -> io::Result<(TcpListener, Address)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Connects to the server.
pub fn connect(server: &Address) -> io::Result<TcpStream> {
    TcpStream::connect(server)
}
