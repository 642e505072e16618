//! The heads of one connection, within limits of time and size.
//!
//! In: a connection. Out: the bytes of one head after the other, or a refusal. What they say is for
//! `head`. It never takes more memory than one head may have, and a few KiB.

use std::io::{self, Read as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::head::{self, HEAD_LIMIT};
use super::refusal::Refusal;

/// How long a connection may rest between requests, and before its first.
const IDLE: Duration = Duration::from_secs(15);

/// How long a head may take once it has begun.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// The heads of one connection, one after the other.
pub(super) struct Heads<'a> {
    client: &'a TcpStream,
    buffer: Vec<u8>,
    used: usize,
    patience: Option<Duration>,
}

impl<'a> Heads<'a> {
    /// Nothing read yet.
    pub(super) fn new(client: &'a TcpStream) -> Self {
        Self {
            client,
            buffer: Vec::new(),
            used: 0,
            patience: None,
        }
    }

    /// The next head with its blank line, or nothing where the client left or rests for too long.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Refusal> {
        self.buffer.drain(..self.used);
        let mut seen = 0;
        let mut deadline = None;
        let mut chunk = [0; 4 * 1024];
        loop {
            match head::end(&self.buffer, seen) {
                Some(end) if end <= HEAD_LIMIT => {
                    self.used = end;
                    return Ok(Some(&self.buffer[..end]));
                }
                None if self.buffer.len() < HEAD_LIMIT => seen = self.buffer.len(),
                _ => return Err(Refusal::HeadTooLarge),
            }
            if seen > 0 {
                deadline.get_or_insert_with(|| Instant::now() + HEAD_TIME);
            }
            match self.read(&mut chunk, deadline) {
                Ok(0) => return Ok(None),
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if deadline.is_some() && is_timeout(&error) => {
                    return Err(Refusal::Slow);
                }
                Err(_) => return Ok(None),
            }
        }
    }

    fn read(&mut self, chunk: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        let patience = match deadline {
            None => IDLE,
            Some(deadline) => deadline.saturating_duration_since(Instant::now()),
        };
        if patience.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        // Most heads come in one piece, and the system need not be told the same again.
        if self.patience.replace(patience) != Some(patience) {
            self.client.set_read_timeout(Some(patience))?;
        }
        self.client.read(chunk)
    }
}

/// Systems differ in how they say that time is up.
fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::{Ipv4Addr, Shutdown, TcpListener};

    use super::*;

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let client = TcpStream::connect(address).expect("connected");
        let (server, _) = listener.accept().expect("accepted");
        (client, server)
    }

    #[test]
    fn heads_sent_together_are_read_one_by_one() {
        let (mut client, server) = pair();
        client
            .write_all(b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c")
            .expect("sent");
        client.shutdown(Shutdown::Write).expect("closed");
        let mut heads = Heads::new(&server);
        let text =
            |bytes: Option<&[u8]>| bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let first = text(heads.next().expect("no refusal"));
        assert_eq!(first.as_deref(), Some("GET /a HTTP/1.1\r\n\r\n"));
        let second = text(heads.next().expect("no refusal"));
        assert_eq!(second.as_deref(), Some("GET /b HTTP/1.1\r\n\r\n"));
        assert_eq!(heads.next(), Ok(None));
    }

    #[test]
    fn a_head_without_end_is_refused_at_its_limit() {
        let (mut client, server) = pair();
        client.write_all(&[b'a'; HEAD_LIMIT]).expect("sent");
        let mut heads = Heads::new(&server);
        assert_eq!(heads.next(), Err(Refusal::HeadTooLarge));
    }
}
