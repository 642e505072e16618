//! A loopback port, because the standard library has no Unix sockets for Windows. A web page would have to guess it.

use std::io;
use std::net::{Ipv4Addr, TcpStream};

pub use std::net::{SocketAddr as Address, TcpListener as Listener};

/// Listens for the preview, at a port that the system chooses.
pub fn listen(_: u16) -> io::Result<(Listener, Address)> {
    let listener = Listener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Connects to the server.
pub fn connect(server: &Address) -> io::Result<TcpStream> {
    TcpStream::connect(server)
}
