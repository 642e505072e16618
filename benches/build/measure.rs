//! What one run of a program costs.
//!
//! The system adds up a process's children, so each run gets a process of its own that has only one.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Outcome;

/// Time and memory of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// From the start of the process to its end.
    pub(crate) elapsed: Duration,
    /// Processor time of all its threads, the system's share included.
    pub(crate) processor: Duration,
    /// Peak memory in bytes.
    pub(crate) memory: u64,
}

impl Cost {
    /// The lower of each.
    pub(crate) fn better(&self, other: &Self) -> Self {
        Self {
            elapsed: self.elapsed.min(other.elapsed),
            processor: self.processor.min(other.processor),
            memory: self.memory.min(other.memory),
        }
    }
}

/// Runs a program and says what it cost; a program that fails is an error.
pub(crate) fn measure(program: &Path, arguments: &[&OsStr]) -> Outcome<Cost> {
    let output = Command::new(std::env::current_exe()?)
        .arg("measure")
        .arg(program)
        .args(arguments)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<u64> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [elapsed, processor, memory] = numbers[..] else {
        return Err(format!("three numbers expected, not `{text}`").into());
    };
    Ok(Cost {
        elapsed: Duration::from_micros(elapsed),
        processor: Duration::from_micros(processor),
        memory,
    })
}

/// The other side of [`measure`]: prints microseconds, microseconds and bytes.
#[allow(clippy::print_stdout, reason = "this is how the two processes talk")]
pub(crate) fn in_this_process(command: &[String]) -> Outcome<()> {
    let (program, arguments) = command.split_first().ok_or("a program to run")?;
    let start = Instant::now();
    let output = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .output()?;
    let elapsed = start.elapsed().as_micros();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Box::<dyn Error>::from(format!("{program}: {said}")));
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let processor = [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() * 1_000_000 + time.tv_usec())
        .sum::<i64>();
    // Linux counts in kilobytes, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    println!("{elapsed} {processor} {}", usage.max_rss() * unit);
    Ok(())
}
