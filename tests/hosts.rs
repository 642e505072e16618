//! The generated configuration in the servers themselves: nginx and Caddy, over loopback.
//!
//! The only words of ours are the ones a machine must supply: a free port, and where the folder is.

#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use regain::testing::write;
use regain::testing::{BuildCache, BuildOptions, Drafts, Files as _, Sources};
use regain::testing::{FIXED_HEADERS, IMMUTABLE, header_policy};

/// A test that waits for this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

const PAGE: &str =
    "+++\naliases = [\"/old/\", \"/a b/\", \"/früher/\"]\n+++\n# New\n\n## Part\n\nText.\n";

/// Builds a site below `www`, where its address has it.
fn make_site(top: &Path, target: &str, base: &str, compress: bool) -> PathBuf {
    let config = format!(
        "base_url = \"https://help.example{base}\"\n[publish]\ntarget = \"{target}\"\ncompress = {compress}\n\
         [[publish.redirect]]\nfrom = \"/older.html\"\nto = \"/guides/new/#part\"\n"
    );
    for (name, text) in [
        ("site.toml", config.as_str()),
        ("index.md", "# Home\n\nText.\n"),
        ("guides/new.md", PAGE),
    ] {
        let path = top.join("content").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let options = BuildOptions {
        root: top.to_owned(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: jiff::civil::date(2026, 10, 1),
    };
    let sources = Sources::read(&options).expect("a site");
    let checked = sources.check(&mut BuildCache::default());
    let files = checked.render().0.expect("a site without errors");
    for path in files.paths() {
        let is_copy = matches!(path.as_str().rsplit_once('.'), Some((_, "gz")));
        let is_config = !path.as_str().contains('/') && !is_copy;
        let bytes = files.bytes(path).expect("a file").unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let has_template = text.contains("{{") || text.contains("{%");
        assert!(!(is_config && has_template), "{path}");
    }
    let site = top.join("www").join(base.trim_matches('/'));
    write(&files, &site, &[]).expect("written");
    site
}

/// A site on disk, and a server that runs until the value is dropped.
struct Host {
    folder: tempfile::TempDir,
    server: Child,
    port: u16,
    base: &'static str,
}

impl Host {
    /// `None`, with the reason printed, if the server is not installed.
    fn start(target: &str, base: &'static str, compress: bool) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path();
        let site = make_site(top, target, base, compress);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let command = match target {
            "nginx" => nginx(top, &site, port),
            _ => caddy(top, &site, port),
        };
        let host = Self {
            server: start(command)?,
            folder,
            port,
            base,
        };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "{target} does not listen");
            thread::sleep(Duration::from_millis(50));
        }
        Some(host)
    }

    fn site(&self) -> PathBuf {
        self.folder
            .path()
            .join("www")
            .join(self.base.trim_matches('/'))
    }

    /// Asks for a path below the site's own.
    fn get(&self, path: &str, header: &str) -> Answer {
        let mut client = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("connected");
        client.set_read_timeout(Some(PATIENCE)).expect("set");
        let (base, port) = (self.base, self.port);
        let request = format!(
            "GET {base}{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{header}\r\n"
        );
        client.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        client.read_to_end(&mut bytes).expect("an answer");
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let body = bytes.split_off(end + 4);
        let is_chunked = head.contains("\r\nTransfer-Encoding: chunked");
        let body = if is_chunked { join(&body) } else { body };
        Answer { head, body }
    }
}

/// Joins the chunks of a body, each of which follows its length.
fn join(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.iter().position(|byte| *byte == b'\r') {
        let length = std::str::from_utf8(&chunks[..end]).expect("a length");
        let length = usize::from_str_radix(length, 16).expect("a length");
        let start = end + 2;
        body.extend(&chunks[start..start + length]);
        if length == 0 {
            break;
        }
        chunks = &chunks[start + length + 2..];
    }
    body
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended by itself. nginx has no other process in the way it is configured here.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn start(mut command: Command) -> Option<Child> {
    let started = command.stdout(Stdio::null()).spawn();
    if let Err(error) = &started {
        let name = command.get_program().display();
        eprintln!("skipped: {name} cannot be started ({error}); tests/run installs it");
    }
    started.ok()
}

/// The `server` block in the smallest configuration that can hold it.
fn nginx(top: &Path, site: &Path, port: u16) -> Command {
    let generated = fs::read_to_string(site.join("nginx.conf")).expect("a configuration");
    let root = top.join("www").display().to_string();
    let server = generated
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("listen [::]:80;", "")
        .replace(
            "root \"/var/www/help.example\";",
            &format!("root \"{root}\";"),
        );
    assert!(server.contains(&root), "{server}");
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|what| format!("{what}_temp_path {}/{what};\n", top.display()));
    let whole = format!(
        "daemon off;\nmaster_process off;\npid {top}/pid;\nerror_log {top}/error.log;\nevents {{}}\n\
         http {{\naccess_log off;\n{temporary}{server}}}\n",
        top = top.display(),
        temporary = temporary.concat()
    );
    fs::write(top.join("test.conf"), whole).expect("a file");
    let mut command = Command::new("/usr/sbin/nginx");
    command
        .args(["-e", "stderr", "-c"])
        .arg(top.join("test.conf"));
    command
}

/// The Caddyfile as it is: it takes both values from the environment.
fn caddy(top: &Path, site: &Path, port: u16) -> Command {
    let mut command = Command::new("caddy");
    command
        .args(["run", "--config"])
        .arg(site.join("Caddyfile"));
    command
        .env("REGAIN_ADDRESS", format!("http://127.0.0.1:{port}"))
        .env("REGAIN_ROOT", top.join("www"))
        .env("CADDY_ADMIN", format!("unix/{}/admin.sock", top.display()))
        .env("HOME", top)
        .env("XDG_DATA_HOME", top)
        .env("XDG_CONFIG_HOME", top)
        .stderr(Stdio::null());
    command
}

struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn status(&self) -> &str {
        self.head.get(9..12).unwrap_or("none")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    #[track_caller]
    fn assert_headers(&self, cache: &str) {
        let policy = header_policy();
        let expected = FIXED_HEADERS.iter().copied();
        let expected = expected.chain([
            ("Content-Security-Policy", policy.as_str()),
            ("Cache-Control", cache),
        ]);
        for (name, value) in expected {
            assert_eq!(self.header(name), Some(value), "{}", self.head);
        }
        let caches = self.head.to_lowercase().matches("\ncache-control:").count();
        assert_eq!(caches, 1, "{}", self.head);
    }
}

fn check(target: &str, base: &'static str) {
    let Some(host) = Host::start(target, base, false) else {
        return;
    };
    let page = host.get("guides/new/", "");
    assert_eq!(page.status(), "200", "{}", page.head);
    assert_eq!(
        page.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    let file = fs::read(host.site().join("guides/new/index.html")).expect("a page");
    assert_eq!(page.body, file);
    page.assert_headers("no-cache");

    let tag = page.header("ETag").expect("a tag");
    let again = host.get("guides/new/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(again.status(), "304", "a page is asked for again");

    let small = host.get("guides/new/", "Accept-Encoding: gzip\r\n");
    assert_eq!(
        small.header("Content-Encoding"),
        Some("gzip"),
        "{}",
        small.head
    );
    assert!(
        small
            .header("Vary")
            .is_some_and(|vary| vary.contains("Accept-Encoding"))
    );

    let assets = fs::read_dir(host.site().join("assets")).expect("assets");
    let styles = assets.map(|entry| entry.expect("a file").file_name().into_string());
    let mut styles = styles.filter_map(Result::ok);
    let style = styles
        .find(|name| name.rsplit('.').next() == Some("css"))
        .expect("a style");
    let style = host.get(&format!("assets/{style}"), "");
    assert_eq!(
        style.header("Content-Type"),
        Some("text/css; charset=utf-8")
    );
    style.assert_headers(IMMUTABLE);

    let not_found = fs::read(host.site().join("404.html")).expect("a page");
    let config = if target == "nginx" {
        "nginx.conf"
    } else {
        "Caddyfile"
    };
    for path in [
        "x",
        "x/y/z/",
        "guides/x.html",
        "assets/x.js",
        "assets/",
        config,
    ] {
        let missing = host.get(path, "");
        assert_eq!(missing.status(), "404", "{path}");
        assert_eq!(missing.body, not_found, "{path}");
        missing.assert_headers("no-cache");
    }

    for (old, new) in [
        ("old/", "guides/new/"),
        ("a%20b/", "guides/new/"),
        ("fr%C3%BCher/", "guides/new/"),
        ("older.html", "guides/new/#part"),
    ] {
        let moved = host.get(old, "");
        assert_eq!(moved.status(), "301", "{old}: {}", moved.head);
        assert_eq!(moved.header("Location"), Some(&*format!("{base}{new}")));
    }
    let folder = host.get("guides/new", "");
    assert!(matches!(folder.status(), "301" | "308"), "{}", folder.head);
    let location = folder.header("Location");
    assert!(location.is_some_and(|to| to.ends_with(&format!("{base}guides/new/"))));
}

#[test]
fn nginx_serves_the_site_as_it_is_meant() {
    check("nginx", "/");
    check("nginx", "/docs/");
}

#[test]
fn caddy_serves_the_site_as_it_is_meant() {
    check("caddy", "/");
    check("caddy", "/docs/");
}

/// A server that compressed the page itself would send other bytes.
#[test]
fn compressed_copies_are_sent_as_they_are() {
    for target in ["nginx", "caddy"] {
        let Some(host) = Host::start(target, "/docs/", true) else {
            continue;
        };
        let copy = |path: &str| fs::read(host.site().join(path)).expect("a copy");
        let page = host.get("guides/new/", "Accept-Encoding: gzip\r\n");
        assert_eq!(
            page.header("Content-Encoding"),
            Some("gzip"),
            "{}",
            page.head
        );
        let vary = page.header("Vary");
        assert!(vary.is_some_and(|vary| vary.contains("Accept-Encoding")));
        let content_type = page.header("Content-Type");
        assert_eq!(content_type, Some("text/html; charset=utf-8"));
        assert_eq!(page.body, copy("guides/new/index.html.gz"));
        page.assert_headers("no-cache");

        let tag = page.header("ETag").expect("a tag");
        let again = format!("Accept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n");
        assert_eq!(host.get("guides/new/", &again).status(), "304");

        let plain = host.get("guides/new/", "");
        assert_eq!(plain.header("Content-Encoding"), None, "{}", plain.head);
        let page = fs::read(host.site().join("guides/new/index.html")).expect("a page");
        assert_eq!(plain.body, page);

        let missing = host.get("x/", "Accept-Encoding: gzip\r\n");
        assert_eq!(missing.status(), "404");
        assert_eq!(missing.body, copy("404.html.gz"));
        missing.assert_headers("no-cache");
    }
}

/// What the distribution runs for each request, run here.
const EDGE: &str = r"
    const ask = (uri) => {
      const answer = handler({ request: { uri } });
      return answer.statusCode ? `${answer.statusCode} ${answer.headers.location.value}` : answer.uri;
    };
    console.log(JSON.stringify(process.argv.slice(1).map(ask)));
";

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn cloudfront_gets_old_addresses_and_clean_ones_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = make_site(folder.path(), "s3-cloudfront", "/docs/", false);
    let template = fs::read_to_string(site.join("cloudformation.yaml")).expect("a template");
    let (_, code) = template
        .split_once("FunctionCode: |\n")
        .expect("a function");
    let (code, _) = code.split_once("  Distribution:\n").expect("its end");
    let cases = [
        ("/docs/", "/docs/index.html"),
        ("/docs/guides/new/", "/docs/guides/new/index.html"),
        ("/docs/guides/new", "301 /docs/guides/new/"),
        ("/docs/old/", "301 /docs/guides/new/"),
        ("/docs/old", "301 /docs/guides/new/"),
        ("/docs/a%20b/", "301 /docs/guides/new/"),
        ("/docs/older.html", "301 /docs/guides/new/#part"),
        ("/docs/robots.txt", "/docs/robots.txt"),
        ("//attacker.example", "//attacker.example"),
        ("//attacker.example/x", "//attacker.example/x"),
    ];
    let asked = Command::new("node")
        .args(["-e", &format!("{code}{EDGE}")])
        .args(cases.map(|(uri, _)| uri))
        .output();
    let Ok(output) = asked else {
        eprintln!("skipped: node is not installed");
        return;
    };
    let answers = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let expected = serde_json::json!(cases.map(|(_, answer)| answer));
    assert_eq!(answers.trim(), expected.to_string(), "{errors}");
}
