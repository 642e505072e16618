//! Private connections between `gate` and the HTTP server.
//!
//! In: nothing. Out: a listener, and a socket to call it by until that is dropped. Nobody else can
//! call: the socket lies in a folder only this user may enter, and both go with it.

#[cfg(unix)]
pub(super) use unix::{Line, Socket};

#[cfg(not(unix))]
pub(super) use loopback::{Line, Socket};

#[cfg(unix)]
mod unix {
    use std::fs::{self, DirBuilder};
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    use std::io;
    use std::os::unix::fs::DirBuilderExt as _;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};

    /// Our end of a connection.
    pub(crate) type Line = UnixStream;

    /// What a listener can be called by.
    pub(crate) struct Socket {
        folder: PathBuf,
    }

    impl Socket {
        /// A fresh listener and its socket.
        pub(crate) fn listen() -> io::Result<(Self, UnixListener)> {
            // `TMPDIR` may be set to anything, and may be too long for the name of a socket.
            let mut result = Self::listen_in(&std::env::temp_dir());
            for parent in ["/tmp", "/dev/shm"] {
                if result.is_err() {
                    result = Self::listen_in(Path::new(parent));
                }
            }
            result
        }

        fn listen_in(parent: &Path) -> io::Result<(Self, UnixListener)> {
            let socket = Self {
                folder: private_folder(parent)?,
            };
            let listener = UnixListener::bind(socket.path())?;
            Ok((socket, listener))
        }

        /// A new connection.
        pub(crate) fn call(&self) -> io::Result<Line> {
            UnixStream::connect(self.path())
        }

        fn path(&self) -> PathBuf {
            self.folder.join("s")
        }
    }

    impl Drop for Socket {
        fn drop(&mut self) {
            // Where nothing was bound there is nothing to remove.
            let _ = fs::remove_file(self.path());
            let _ = fs::remove_dir(&self.folder);
        }
    }

    /// Never the name of an earlier socket: a `tiny_http` server removes the file it listened on when
    /// it ends, which may be long after its name was given up.
    fn private_folder(parent: &Path) -> io::Result<PathBuf> {
        let random = RandomState::new().build_hasher().finish();
        let folder = parent.join(format!("regain-{}-{random:016x}", std::process::id()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(folder)
    }
}

#[cfg(not(unix))]
mod loopback {
    use std::io;
    use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

    /// Our end of a connection.
    pub(crate) type Line = TcpStream;

    /// What a listener can be called by.
    pub(crate) struct Socket {
        address: SocketAddr,
    }

    impl Socket {
        /// A fresh listener and its address.
        pub(crate) fn listen() -> io::Result<(Self, TcpListener)> {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let address = listener.local_addr()?;
            Ok((Self { address }, listener))
        }

        /// A new connection.
        pub(crate) fn call(&self) -> io::Result<Line> {
            let line = TcpStream::connect(self.address)?;
            line.set_nodelay(true)?;
            Ok(line)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    #[test]
    fn a_call_reaches_the_listener_until_the_socket_is_gone() {
        let (socket, listener) = Socket::listen().expect("a listener");
        for _ in 0..3 {
            let mut line = socket.call().expect("a line");
            line.write_all(b"x").expect("sent");
            let (mut other, _) = listener.accept().expect("accepted");
            let mut byte = [0];
            other.read_exact(&mut byte).expect("received");
            assert_eq!(byte, *b"x");
        }
    }
}
