//! The preview server as a client meets it: raw bytes over real connections, a real folder, and a
//! small build of our own in place of the pipeline.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use regain::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use regain::ids::{BaseUrl, OutPath};
use regain::output::Output;
use regain::pipeline::Built;
use regain::serve::{Mode, News, Settings, run};

/// Longer than any limit of the server: a test that waits for this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

const PAGE: &str =
    "<html><head><meta content=\"connect-src 'none'\"></head><body>TEXT</body></html>";

struct Preview {
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl Preview {
    fn start() -> Self {
        Self::start_with("hello", "/", Mode::Native)
    }

    /// Starts with `content/index.md` holding `text`; the process' end is the preview's end.
    fn start_with(text: &str, base: &'static str, watch: Mode) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        fs::write(folder.path().join("content/index.md"), text).expect("a file");
        fs::write(folder.path().join("secret.txt"), "outside-secret").expect("a file");
        let root = folder.path().to_owned();
        let (ready, address) = channel();
        thread::spawn(move || {
            let settings = Settings {
                root: root.clone(),
                host: Ipv4Addr::LOCALHOST.into(),
                port: Some(0),
                watch,
            };
            let ended = run(&settings, || Ok(build(&root, base)), &mut |news| {
                if let News::Ready(url) = news {
                    ready.send(url.to_owned()).expect("the test waits");
                }
            });
            panic!("the preview ended: {ended:?}");
        });
        let url = address.recv_timeout(PATIENCE).expect("it starts");
        let host = url.strip_prefix("http://").expect("a scheme");
        let address = host.strip_suffix(base).expect("the base path");
        Self {
            address: address.parse().expect("an address"),
            folder,
        }
    }

    fn save(&self, text: &str) {
        fs::write(self.folder.path().join("content/index.md"), text).expect("a file");
    }

    fn connect(&self) -> TcpStream {
        let client = TcpStream::connect(self.address).expect("connected");
        client.set_read_timeout(Some(PATIENCE)).expect("set");
        client.set_write_timeout(Some(PATIENCE)).expect("set");
        client
    }

    /// Sends lines and a blank one, and reads until the server closes or falls silent for long.
    fn send(&self, lines: &str) -> String {
        let mut client = self.connect();
        let text = format!("{}\r\n\r\n", lines.replace('\n', "\r\n"));
        client.write_all(text.as_bytes()).expect("sent");
        read_all(client)
    }

    /// One request that ends its connection.
    fn get(&self, target: &str) -> String {
        self.request("GET", target, "")
    }

    fn request(&self, method: &str, target: &str, more: &str) -> String {
        let host = self.address;
        self.send(&format!(
            "{method} {target} HTTP/1.1\nHost: {host}\nConnection: close{more}"
        ))
    }

    fn assert_alive(&self) {
        let page = self.get("/");
        assert!(page.contains("<body>"), "{page}");
    }

    /// Event streams begin with the state as it is.
    fn events(&self, path: &str) -> Events {
        let mut client = self.connect();
        let host = self.address;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n");
        client.write_all(request.as_bytes()).expect("sent");
        Events {
            client,
            read: String::new(),
        }
    }
}

struct Events {
    client: TcpStream,
    read: String,
}

impl Events {
    /// Reads on until an event holds `text`, and gives that event.
    fn until(&mut self, text: &str) -> String {
        let mut chunk = [0; 4096];
        loop {
            while let Some((event, rest)) = self.read.split_once("\n\n") {
                let event = event.to_owned();
                self.read = rest.to_owned();
                if event.contains(text) {
                    return event;
                }
            }
            let count = self.client.read(&mut chunk).expect("an event comes");
            assert_ne!(count, 0, "the stream ended before {text:?}");
            self.read
                .push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
    }
}

fn read_all(mut client: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset after the answer is as good as an end.
    let _ = client.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    head.split("\r\n")
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// `BROKEN` in the text is a problem of the site.
fn build(root: &Path, base: &str) -> Built {
    let text = fs::read_to_string(root.join("content/index.md")).unwrap_or_default();
    let mut diagnostics = Diagnostics::default();
    let mut output = Output::default();
    if text.contains("BROKEN") {
        diagnostics.push(Diagnostic::error(
            Code::BrokenLink,
            format!("`{text}` leads nowhere"),
        ));
    }
    let page = PAGE.replace("TEXT", &text);
    let files = [
        ("index.html", page.clone().into_bytes()),
        ("a/index.html", page.into_bytes()),
        ("404.html", PAGE.replace("TEXT", "lost").into_bytes()),
        ("large.txt", vec![b'x'; 8 * 1024 * 1024]),
    ];
    for (path, bytes) in files {
        output.insert(OutPath::new(path).expect("a plain path"), bytes);
    }
    Built {
        base_url: BaseUrl::parse(base).expect("a good base"),
        output: (!diagnostics.has_errors()).then_some(output),
        diagnostics,
        shows_drafts: false,
        search: None,
    }
}

#[test]
fn pages_are_served_with_the_headers_of_a_host_and_follow_the_builds() {
    let preview = Preview::start();
    let page = preview.get("/");
    assert_eq!(status(&page), "200");
    assert!(page.contains("<body>hello</body>"), "{page}");
    assert!(
        page.contains("connect-src 'self'\"><script defer src=\"/__regain/live.js\""),
        "{page}"
    );
    assert_eq!(
        header(&page, "Content-Type"),
        Some("text/html; charset=utf-8")
    );
    let policy = header(&page, "Content-Security-Policy").expect("a policy");
    assert!(policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"));
    let fixed = [
        ("Cache-Control", "no-store"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Server", "regain"),
    ];
    let events = {
        let mut events = preview.events("/__regain/events");
        events
            .until("text/event-stream")
            .split_once("retry")
            .map(|(head, _)| format!("{head}\r\n\r\n"))
    };
    let answers = [
        page,
        preview.get("/nothing/"),
        preview.get("/a"),
        preview.get("/__regain/live.js"),
        preview.send("GET / HTTP/1.1\nHost: attacker.example"),
        events.expect("a stream"),
    ];
    for answer in answers {
        for (name, value) in fixed {
            assert_eq!(header(&answer, name), Some(value), "{answer}");
        }
        assert!(!answer.contains("Access-Control"), "{answer}");
    }
}

#[test]
fn paths_lead_to_files_redirects_or_the_404_page() {
    let preview = Preview::start_with("hello", "/sub/", Mode::Native);
    let cases = [
        ("/sub/", "200", None),
        ("/sub/?q=x", "200", None),
        ("/sub/a/", "200", None),
        ("/sub/a", "308", Some("/sub/a/")),
        ("/sub", "308", Some("/sub/")),
        ("/", "308", Some("/sub/")),
        ("/sub/b/", "404", None),
        ("/a/", "404", None),
        ("/sub/__regain/overlay.css", "200", None),
    ];
    for (target, expected, location) in cases {
        let answer = preview.get(target);
        assert_eq!(status(&answer), expected, "{target}");
        assert_eq!(header(&answer, "Location"), location, "{target}");
    }
    assert!(preview.get("/sub/b/").contains("<body>lost</body>"));
}

#[test]
fn head_and_not_modified_have_no_body() {
    let preview = Preview::start();
    let page = preview.get("/");
    let tag = header(&page, "ETag").expect("a tag");
    let head = preview.request("HEAD", "/", "");
    assert_eq!(status(&head), "200");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(
        header(&head, "Content-Length"),
        header(&page, "Content-Length")
    );
    let same = preview.request("GET", "/", &format!("\nIf-None-Match: {tag}"));
    assert_eq!(status(&same), "304");
    assert!(same.ends_with("\r\n\r\n"), "{same}");
    let other = preview.request("GET", "/", "\nIf-None-Match: \"other\"");
    assert_eq!(status(&other), "200");
}

#[test]
fn requests_follow_each_other_on_one_connection() {
    let preview = Preview::start();
    let host = preview.address;
    let one = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n");
    let mut client = preview.connect();
    let all = format!(
        "{}\r\n{}\r\n{}Connection: close\r\n\r\n",
        one("/"),
        one("/nothing/"),
        one("/a/")
    );
    client.write_all(all.as_bytes()).expect("sent");
    let answers = read_all(client);
    let statuses: Vec<_> = answers
        .split("HTTP/1.1 ")
        .skip(1)
        .map(|answer| &answer[..3])
        .collect();
    assert_eq!(statuses, ["200", "404", "200"]);
}

#[test]
fn foreign_names_origins_and_methods_are_refused_and_nothing_is_echoed() {
    let preview = Preview::start();
    let host = preview.address;
    let port = host.port();
    let cases = [
        (
            format!("GET /echo HTTP/1.1\nHost: echo.example:{port}"),
            "421",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}.echo.example"),
            "421",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: localhost:{port}0"),
            "421",
        ),
        ("GET /echo HTTP/1.1\nX-Echo: echo".to_owned(), "400"),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nHost: {host}"),
            "400",
        ),
        (
            format!("GET http://echo.example/ HTTP/1.1\nHost: {host}"),
            "400",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nOrigin: http://echo.example"),
            "403",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nSec-Fetch-Site: cross-site"),
            "403",
        ),
        (format!("POST /echo HTTP/1.1\nHost: {host}"), "405"),
        (
            format!("OPTIONS /echo HTTP/1.1\nHost: {host}\nOrigin: null"),
            "403",
        ),
        (format!("ECHO / HTTP/1.1\nHost: {host}"), "405"),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nContent-Length: 4\n\necho"),
            "413",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nTransfer-Encoding: chunked"),
            "400",
        ),
        (format!("GET /echo  HTTP/1.1\nHost: {host}"), "400"),
        (format!("GET /echo HTTP/1.1\nHost : {host}"), "400"),
        (format!("GET /echo HTTP/1.1\nHost: {host}\n echo"), "400"),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nA: e\rcho"),
            "400",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}\nA: e\0cho"),
            "400",
        ),
        (format!("GET /echo HTTP/2.0\nHost: {host}"), "505"),
        (
            format!("GET /{} HTTP/1.1\nHost: {host}", "echo".repeat(5_000)),
            "431",
        ),
        (
            format!("GET /echo HTTP/1.1\nHost: {host}{}", "\nA: echo".repeat(64)),
            "431",
        ),
        (
            format!("GET /echo/ HTTP/1.1\nHost: {host}\nConnection: close"),
            "404",
        ),
    ];
    for (lines, expected) in cases {
        let answer = preview.send(&lines);
        assert_eq!(status(&answer), expected, "{lines:.200}");
        assert!(!answer.to_lowercase().contains("echo"), "{answer}");
        assert_eq!(
            answer.contains("\r\nAllow: GET, HEAD\r\n"),
            expected == "405",
            "{answer}"
        );
    }
    preview.assert_alive();
}

#[test]
fn nothing_outside_the_site_is_ever_served() {
    let preview = Preview::start();
    let climbs = [
        "..",
        "%2e%2e",
        ".%2e",
        "..%00",
        "%252e%252e",
        "..;",
        "%c0%ae%c0%ae",
        "..%5c",
        "..\\",
        "%2e%2e%2f",
    ];
    let starts = ["/", "//", "/a/", "/a//", "/%2f", "/./", "/__regain/"];
    let ends = [
        "secret.txt",
        "secret.txt/",
        "content/index.md",
        "etc/passwd",
    ];
    for start in starts {
        for climb in climbs {
            for end in ends {
                let answer = preview.get(&format!("{start}{climb}/{end}"));
                assert_eq!(status(&answer), "404", "{start}{climb}/{end}");
                assert!(!answer.contains("outside-secret") && !answer.contains("root:"));
            }
        }
    }
}

#[test]
fn a_save_is_told_and_served() {
    for mode in [Mode::Native, Mode::Poll] {
        let preview = Preview::start_with("one", "/", mode);
        let mut events = preview.events("/__regain/events");
        let first = events.until("\"site\"");
        preview.save("two");
        let second = events.until("\"site\"");
        assert_ne!(first, second);
        assert!(preview.get("/").contains("<body>two</body>"));
    }
}

#[test]
fn a_failed_build_keeps_the_last_good_site_and_is_told_to_every_page() {
    let preview = Preview::start();
    let mut events = preview.events("/__regain/events");
    events.until("\"problems\":null");
    preview.save("BROKEN </script>");
    let told = events.until("leads nowhere");
    assert!(preview.get("/").contains("<body>hello</body>"));
    let late = preview.events("/__regain/events").until("leads nowhere");
    assert_eq!(told, late);
    preview.save("mended");
    events.until("\"problems\":null");
    assert!(preview.get("/").contains("<body>mended</body>"));
}

#[test]
fn a_preview_that_begins_broken_says_so_and_recovers() {
    let preview = Preview::start_with("BROKEN <b>", "/", Mode::Native);
    let mut events = preview.events("/__regain/events");
    events.until("\"site\":0");
    let page = preview.get("/a/");
    assert_eq!(status(&page), "500");
    assert!(
        page.contains("BROKEN &lt;b&gt;") && page.contains("/__regain/live.js"),
        "{page}"
    );
    preview.save("mended");
    events.until("\"problems\":null");
    assert!(preview.get("/a/").contains("<body>mended</body>"));
}

#[test]
fn folders_that_move_and_come_back_are_followed() {
    let preview = Preview::start();
    let mut events = preview.events("/__regain/events");
    events.until("\"site\"");
    let content = preview.folder.path().join("content");
    let aside = preview.folder.path().join("aside");
    fs::rename(&content, &aside).expect("moved");
    events.until("\"site\"");
    assert!(preview.get("/").contains("<body></body>"));
    fs::rename(&aside, &content).expect("moved back");
    events.until("\"site\"");
    assert!(preview.get("/").contains("<body>hello</body>"));
    // The watch must be on the folder that came back.
    preview.save("again");
    events.until("\"site\"");
    assert!(preview.get("/").contains("<body>again</body>"));
}

#[test]
fn what_ends_or_silences_the_server_behind_the_gate_does_not_reach_it() {
    let preview = Preview::start();
    let host = preview.address;
    let bodies = [
        "POST / HTTP/1.1\r\nContent-Length: 68719476736",
        "POST / HTTP/1.1\r\nContent-Length: 18446744073709551615",
        "POST / HTTP/1.1\r\nContent-Length: 2000",
        "GET / HTTP/2.0\r\nContent-Length: 68719476736",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 9",
        "GET / HTTP/1.1\r\nTransfer-Encoding: x",
        "GET / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 9999999999",
    ];
    let mut held = Vec::new();
    for start in bodies {
        for _ in 0..8 {
            let mut client = preview.connect();
            let text = format!("{start}\r\nHost: {host}\r\n\r\n");
            client.write_all(text.as_bytes()).expect("sent");
            held.push(client);
        }
    }
    preview.assert_alive();
}

#[test]
fn clients_that_never_read_or_never_finish_cost_nobody_else() {
    let preview = Preview::start();
    let host = preview.address;
    let starts = [
        format!("GET /large.txt HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n"),
        "G".to_owned(),
        String::new(),
        format!(
            "GET /__regain/events HTTP/1.1\r\nHost: {host}\r\n\r\n{}",
            format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").repeat(100)
        ),
    ];
    let mut held = Vec::new();
    for start in &starts {
        for _ in 0..24 {
            let mut client = preview.connect();
            client.write_all(start.as_bytes()).expect("sent");
            held.push(client);
        }
    }
    for _ in 0..20 {
        preview.assert_alive();
    }
}

#[test]
fn half_requests_are_closed() {
    let preview = Preview::start();
    let clients: Vec<_> = (0..20)
        .map(|_| {
            let mut client = preview.connect();
            client
                .write_all(b"GET / HTTP/1.1\r\nHost: loc")
                .expect("sent");
            client
        })
        .collect();
    for client in clients {
        assert_eq!(status(&read_all(client)), "408");
    }
}

#[test]
fn a_header_without_end_is_cut_off() {
    let preview = Preview::start();
    let mut client = preview.connect();
    client.write_all(b"GET / HTTP/1.1\r\nA: ").expect("sent");
    let line = vec![b'a'; 64 * 1024];
    let written = (0..1024)
        .take_while(|_| client.write_all(&line).is_ok())
        .count();
    assert!(written < 1024, "all 64 MiB were taken");
    preview.assert_alive();
}

#[test]
fn one_connection_too_many_is_told_so_and_places_come_back() {
    let preview = Preview::start();
    let mut held: Vec<_> = (0..256).map(|_| preview.connect()).collect();
    // The last of them may still be on its way in.
    while status(&preview.get("/")) != "503" {
        held.push(preview.connect());
    }
    for client in held {
        let _ = client.shutdown(Shutdown::Both);
    }
    while status(&preview.get("/")) == "503" {
        thread::yield_now();
    }
    preview.assert_alive();
}

#[test]
fn what_stops_the_first_build_stops_the_preview() {
    let settings = Settings {
        root: PathBuf::from("."),
        host: Ipv4Addr::LOCALHOST.into(),
        port: Some(0),
        watch: Mode::Poll,
    };
    let refused = Error::Usage("there is no folder `content`".to_owned());
    let ended = run(&settings, || Err(refused.clone()), &mut |_| {});
    assert_eq!(ended, Err(refused));
}
