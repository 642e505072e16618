//! The connection between the proxy and the HTTP server, which nothing else should reach.
//!
//! Each system has a file of its own for it.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(super) use unix::{Address, connect, listen};
#[cfg(windows)]
pub(super) use windows::{Address, connect, listen};
