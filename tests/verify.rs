//! `regain verify`: every difference between a site and its manifest is named, on disk and over the network.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use regain::testing::{FIXED_HEADERS, IMMUTABLE, header_policy};
use tempfile::TempDir;

const OWN_MANIFEST: &str = "note: the site's own manifest can only show damage";

/// Runs `regain` and gives its exit code, results and messages.
fn regain(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_regain"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("regain runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A built site, and a copy of its manifest beside it.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join("content/index.md"), "# Home\n\nText.\n").expect("a page");
    fs::write(folder.path().join("content/a b.txt"), "text").expect("a file");
    let (code, _, messages) = regain(&["build"], folder.path());
    assert_eq!(code, Some(0), "{messages}");
    fs::copy(
        folder.path().join("public/manifest.json"),
        folder.path().join("trusted.json"),
    )
    .expect("a copy");
    folder
}

/// Changes, adds and removes a file, and the manifest as well.
fn tamper(public: &Path) {
    fs::write(public.join("index.html"), "evil").expect("a change");
    fs::create_dir_all(public.join("added/deep")).expect("folders");
    fs::write(public.join("added/deep/index.html"), "evil").expect("a file");
    fs::write(public.join("assets/added.js"), "evil").expect("a file");
    fs::remove_file(public.join("a b.txt")).expect("a file less");
    fs::write(
        public.join("manifest.json"),
        r#"{"regain-manifest": 1, "files": {}}"#,
    )
    .expect("a change");
}

#[test]
fn a_folder_is_compared_with_its_own_manifest_or_a_trusted_one() {
    let folder = site();
    let (code, found, messages) = regain(&["verify", "public"], folder.path());
    assert_eq!((code, found.as_str()), (Some(0), ""), "{messages}");
    assert!(messages.starts_with(OWN_MANIFEST), "{messages}");
    assert!(
        messages.contains("files are as the manifest lists them"),
        "{messages}"
    );

    tamper(&folder.path().join("public"));
    let arguments = ["verify", "public", "--manifest", "trusted.json"];
    let (code, found, messages) = regain(&arguments, folder.path());
    assert_eq!(code, Some(1), "{messages}");
    assert_eq!(
        found,
        "missing a b.txt\nchanged index.html\nadded added/\nadded assets/added.js\n"
    );
    assert!(!messages.contains(OWN_MANIFEST), "{messages}");
}

#[test]
fn a_site_that_cannot_be_read_gives_a_machine_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let unused = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let closed = format!("http://{}", unused.local_addr().expect("an address"));
    drop(unused);
    for site in [".", "nowhere", &closed] {
        let (code, _, messages) = regain(&["verify", site], folder.path());
        assert_eq!(code, Some(3), "{site}: {messages}");
    }
}

/// Serves a folder as a static host does.
fn serve(public: PathBuf, headers: Vec<(&'static str, String)>) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for client in listener.incoming() {
            answer(client.expect("a client"), &public, &headers);
        }
    });
    format!("http://{address}")
}

fn answer(mut client: TcpStream, public: &Path, headers: &[(&str, String)]) {
    let mut lines = BufReader::new(client.try_clone().expect("a handle")).lines();
    let first = lines.next().expect("a request").expect("a line");
    let words: Vec<_> = first.split(' ').collect();
    let path = words[1].trim_start_matches('/').replace("%20", " ");
    let path = if path.is_empty() || path.ends_with('/') {
        path + "index.html"
    } else {
        path
    };
    while lines
        .next()
        .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
    {}
    let (status, body) = match fs::read(public.join(&path)) {
        Ok(bytes) if !path.starts_with('_') => ("200 OK", bytes),
        _ => ("404 Not Found", Vec::new()),
    };
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{}",
        headers.collect::<String>()
    );
    let body = if words[0] == "HEAD" { Vec::new() } else { body };
    let _ = client.write_all(&[head.as_bytes(), b"Connection: close\r\n\r\n", &body].concat());
}

fn all_headers() -> Vec<(&'static str, String)> {
    let fixed = FIXED_HEADERS.iter();
    let mut headers: Vec<_> = fixed
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    headers.push(("Content-Security-Policy", header_policy()));
    headers.push(("Cache-Control", IMMUTABLE.to_owned()));
    headers
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn a_live_site_is_compared_and_so_are_its_headers() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: curl is not installed");
        return;
    }
    let folder = site();
    let public = folder.path().join("public");
    let good = serve(public.clone(), all_headers());
    let (code, found, messages) = regain(&["verify", &good], folder.path());
    assert_eq!((code, found.as_str()), (Some(0), ""), "{messages}");
    assert!(!messages.contains("headers"), "{messages}");

    let bare = serve(public.clone(), Vec::new());
    let (code, _, messages) = regain(&["verify", &bare], folder.path());
    assert_eq!(code, Some(0), "{messages}");
    assert!(
        messages.contains("the host sends none of the site's headers"),
        "{messages}"
    );

    let mut headers = all_headers();
    headers.retain(|(name, _)| *name != "X-Frame-Options");
    headers.last_mut().expect("one").1 = "no-store".to_owned();
    tamper(&public);
    let bad = serve(public, headers);
    let arguments = ["verify", &bad, "--manifest", "trusted.json"];
    let (code, found, messages) = regain(&arguments, folder.path());
    assert_eq!(code, Some(1), "{messages}");
    let lines: Vec<_> = found.lines().collect();
    assert_eq!(lines[..2], ["missing a b.txt", "changed index.html"]);
    assert_eq!(
        lines[2],
        format!("header X-Frame-Options of {bad}/ is missing")
    );
    let cache = format!("is `no-store` and should be `{IMMUTABLE}`");
    assert!(lines[3].starts_with("header Cache-Control of ") && lines[3].ends_with(&cache));
    assert_eq!(lines.len(), 4, "{found}");
}
