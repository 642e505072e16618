//! The system's `curl`, which makes every request to other machines: it speaks TLS and knows the certificates of
//! the system, which would otherwise take a dozen crates. Only `verify` and `check --online` use it.

use std::process::{Command, Output};

use crate::diagnostic::Error;

/// How many requests are made at a time.
const CONNECTIONS: usize = 8;

/// Requests `address` with more options of `curl`, and gives its exit code and what it printed.
pub fn curl(options: &[&str], address: &str) -> Result<Output, Error> {
    let mut command = Command::new("curl");
    // Settings of the user could change the result.
    command.args(["--disable", "--silent", "--show-error", "--location"]);
    command.args(["--proto", "=http,https"]);
    let output = command.args(options).args(["--", address]).output();
    output.map_err(|error| {
        Error::Machine(format!(
            "cannot run `curl`, which fetches addresses: {error}\nhint: install curl"
        ))
    })
}

/// Runs `work` with as many threads as there are connections.
pub fn in_parallel<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(CONNECTIONS);
    let threads = threads.build();
    let threads = threads.map_err(|error| Error::Machine(error.to_string()))?;
    threads.install(work)
}
