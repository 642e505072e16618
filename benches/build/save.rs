//! How long a save takes to reach the page a browser would load, while `regain serve` runs.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Outcome, pages};

/// Saves of which the median counts.
const SAVES: usize = 9;
/// A preview that needs longer than this has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// Ends the preview, whatever happens.
struct Preview(Child);

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The median time from a save to the changed page.
pub(crate) fn latency(root: &Path, size: usize) -> Outcome<Duration> {
    let mut preview = Preview(
        Command::new(env!("CARGO_BIN_EXE_regain"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let mut url = String::new();
    let output = preview.0.stdout.take().ok_or("the preview's output")?;
    BufReader::new(output).read_line(&mut url)?;
    let host = url
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let mut times = Vec::new();
    for run in 0..SAVES {
        // The first build, or what is left of the last one, is not what is measured.
        sleep(Duration::from_millis(300));
        let start = Instant::now();
        let (sentence, address) = pages::touch(root, size, run)?;
        while !page(host, &address)?.contains(&sentence) {
            if start.elapsed() > PATIENCE {
                return Err(format!("the preview does not show the change to {address}").into());
            }
            sleep(Duration::from_millis(1));
        }
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[SAVES / 2])
}

fn page(host: &str, address: &str) -> Outcome<String> {
    let mut connection = TcpStream::connect(host)?;
    write!(
        connection,
        "GET {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut page = Vec::new();
    connection.read_to_end(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
