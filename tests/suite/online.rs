//! `regain check --online`: outside links, looked up by the real `curl` on a server of the test.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::harness::{Ran, SiteTest};

/// A host whose requests go to the server of the test.
const HOST: &str = "https://help.example/";

/// Instead of `curl`: sends requests for [`HOST`] to the server, which cannot speak TLS.
const WRAPPER: &str = r#"#!/bin/sh
count=$#
while [ "$count" -gt 0 ]; do
  word=$1
  shift
  count=$((count - 1))
  case $word in https://help.example/*) word="http://127.0.0.1:PORT/${word#https://help.example/}" ;; esac
  set -- "$@" "$word"
done
PATH='ORIGINAL'
exec curl "$@"
"#;

/// A server that gives each path its own status, and counts requests.
pub(crate) struct Server {
    port: u16,
    requests: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        thread::spawn(move || {
            for client in listener.incoming() {
                let mut client = client.expect("a client");
                let reader = BufReader::new(client.try_clone().expect("a handle"));
                let mut lines = reader.lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                counter.fetch_add(1, Ordering::SeqCst);
                let status = status(&first);
                let head =
                    format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n");
                let _ = client.write_all(format!("{head}Location: /\r\n\r\n").as_bytes());
            }
        });
        Self { port, requests }
    }

    fn requests(&self) -> usize {
        self.requests.swap(0, Ordering::SeqCst)
    }

    /// Runs `check --online` with a cache of its own.
    pub(crate) fn check(&self, site: &SiteTest, format: &str) -> Ran {
        let path = std::env::var("PATH").expect("a path");
        let wrapper = WRAPPER.replace("PORT", &self.port.to_string());
        let file = site.path("bin/curl");
        fs::create_dir_all(site.path("bin")).expect("a folder");
        fs::write(&file, wrapper.replace("ORIGINAL", &path)).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a mode");
        let mut command = site.command();
        command.args(["check", "--online", "--format", format]);
        let bin = site.path("bin").display().to_string();
        command.env("PATH", format!("{bin}:{path}"));
        command.env("XDG_CACHE_HOME", site.path("cache"));
        site.finish(command)
    }
}

fn status(request: &str) -> u16 {
    let is_head = request.starts_with("HEAD");
    match request.split(' ').nth(1).unwrap_or_default() {
        "/gone" => 404,
        "/removed" => 410,
        "/private" => 403,
        "/busy" => 429,
        "/failing" => 503,
        "/no-head" if is_head => 501,
        "/wrong-head" if is_head => 404,
        "/moved" => 301,
        _ => 200,
    }
}

fn site(paths: &[&str]) -> SiteTest {
    let links = paths.iter().map(|path| format!("[{path}]({HOST}{path})\n"));
    let page = format!("# Links\n\n{}", links.collect::<String>());
    SiteTest::with(&[("content/links.md", &page)])
}

#[test]
fn only_addresses_that_readers_cannot_open_are_reported() {
    let server = Server::start();
    let site = site(&[
        "",
        "gone",
        "removed#part",
        "private",
        "busy",
        "failing",
        "no-head",
        "wrong-head",
        "moved",
    ]);
    let links = "[old]\nurl = \"https://help.example/gone\"\ntitle = \"Old\"\n";
    let site = site.change("content/links.toml", links);
    let page =
        "# More\n\n[x](https://no-such-host.invalid/) [y](mailto:a@help.example) [z](link:old)\n";
    let ran = server.check(&site.change("content/more.md", page), "short");
    ran.code(0);
    let reported: Vec<_> = ran
        .stderr
        .lines()
        .filter(|line| line.contains("dead-link"))
        .collect();
    assert_eq!(
        reported,
        [
            "content/links.md:5:1: warning: dead-link: `https://help.example/removed` cannot be opened: the page was \
             removed (410)",
            "content/links.toml:1:2: warning: dead-link: `https://help.example/gone` cannot be opened: the page is not \
             found (404)",
            "content/more.md:3:1: warning: dead-link: `https://no-such-host.invalid/` cannot be opened: its host does \
             not exist",
        ],
        "{}",
        ran.stderr
    );
    let note = "note: these links could not be looked up (the server answers 503): https://help.example/failing";
    assert!(ran.stderr.contains(note), "{}", ran.stderr);
}

#[test]
fn what_answered_is_not_asked_again_on_the_same_day() {
    let server = Server::start();
    let site = site(&["", "busy", "no-head", "gone"]);
    server.check(&site, "short");
    // A head each, and the whole of the two that refuse it.
    assert_eq!(server.requests(), 6);
    assert!(server.check(&site, "short").stderr.contains("dead-link"));
    assert_eq!(server.requests(), 2, "only the dead one");

    let cache = site.path("cache/regain/links.json");
    let text = fs::read_to_string(&cache).expect("a cache");
    let old = text.lines().map(|line| match line.split_once(": ") {
        Some((address, _)) => format!("{address}: 1,\n"),
        None => format!("{line}\n"),
    });
    let old = old.collect::<String>().replace(": 1,\n}", ": 1\n}");
    for cache_text in [old.as_str(), "{ damaged"] {
        fs::write(&cache, cache_text).expect("a file");
        server.check(&site, "short");
        assert_eq!(server.requests(), 6, "{cache_text}");
    }
}

#[test]
fn without_the_option_nothing_is_asked() {
    let server = Server::start();
    let site = site(&["gone"]);
    site.run(["check"]).code(0);
    assert_eq!(server.requests(), 0);
}

#[test]
fn a_machine_that_is_not_online_finds_no_dead_links() {
    let server = Server::start();
    let page = "# Links\n\n[a](https://a.invalid/) [b](https://b.invalid/)\n";
    let ran = server.check(&SiteTest::with(&[("content/links.md", page)]), "short");
    ran.code(0);
    assert!(!ran.stderr.contains("dead-link"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("is this machine online?"),
        "{}",
        ran.stderr
    );
}
