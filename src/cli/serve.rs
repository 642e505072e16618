//! `regain serve`

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};

use super::shared_arguments::SiteArguments;
use super::terminal::{Ending, Terminal};
use crate::diagnostic::{Error, Severity, human};
use crate::pipeline::{BuildCache, preview};
use crate::serve::{self, News, PORT, Settings};

/// Preview the site on this machine, and rebuild it after every save
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "N", help = format!("The port [default: the first free port from {PORT}]"))]
    port: Option<u16>,
    /// The address to listen on; any other than the default lets others read the preview
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the preview in a browser
    #[arg(long)]
    open: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Look for changes every second, for network drives and containers that do not report them
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let settings = Settings {
        root: arguments.site.root.clone(),
        host: arguments.host,
        port: arguments.port,
        poll: arguments.poll,
    };
    let mut cache = BuildCache::default();
    let make = || preview(&arguments.site.options(arguments.drafts), &mut cache);
    let mut open = arguments.open;
    serve::run(&settings, make, &mut |news| {
        if let News::Ready(url) = &news
            && std::mem::take(&mut open)
            && let Err(error) = open_browser(url)
        {
            terminal.say(&format!("cannot open a browser: {error}"));
        }
        print(&news, terminal);
    })?;
    Ok(Ending::Done)
}

/// Opens an address with the program that the system opens addresses with.
fn open_browser(url: &str) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}

fn print(news: &News<'_>, terminal: &mut Terminal<'_>) {
    match news {
        News::Ready(url) => {
            // Other programs may wait for this line. If they have closed the pipe, they do not.
            let _ = terminal.result(&format!("{url}\n"));
            terminal.say("stop with Ctrl+C");
        }
        News::Built(built, time) => {
            let problems = &built.diagnostics;
            if problems.count(Severity::Error) + problems.count(Severity::Warning) > 0 {
                terminal.say_all(&human(problems, true));
            }
            let time = time.as_millis();
            terminal.say(&match &built.output {
                Some(output) => format!("built {} files in {time} ms", output.len()),
                None => "the last good build is still served".to_owned(),
            });
        }
        News::Failed(error) => {
            terminal.report(error);
        }
        News::Note(text) => terminal.say(&format!("note: {text}")),
    }
}
