//! The preview server from outside: raw bytes over real connections, a real folder, and a small build in
//! place of the pipeline.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use regain::testing::Built;
use regain::testing::Output;
use regain::testing::header_policy;
use regain::testing::{BaseUrl, OutPath};
use regain::testing::{Code, Diagnostic, Diagnostics, Error};
use regain::testing::{News, Settings, run};

/// A test that waits for this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

const PAGE: &str =
    "<html><head><meta content=\"connect-src 'none'\"></head><body>TEXT</body></html>";

struct Preview {
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl Preview {
    fn start() -> Self {
        Self::start_with("hello", "/", false)
    }

    /// Starts with `text` in `content/index.md`. The preview ends with the process.
    fn start_with(text: &str, base: &'static str, poll: bool) -> Self {
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
                poll,
            };
            let mut last = None;
            let make = || {
                let text = fs::read_to_string(root.join("content/index.md")).unwrap_or_default();
                let built = (last.as_ref() != Some(&text)).then(|| build(&text, base));
                last = Some(text);
                Ok(built)
            };
            let ended = run(&settings, make, &mut |news| {
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

    /// Sends the lines of a head that ends its connection, and reads all that comes back.
    fn send(&self, lines: &str) -> String {
        let mut client = self.connect();
        let text = format!("{lines}\nConnection: close\n\n").replace('\n', "\r\n");
        client.write_all(text.as_bytes()).expect("sent");
        read_all(client)
    }

    fn get(&self, target: &str) -> String {
        self.request("GET", target, "")
    }

    fn request(&self, method: &str, target: &str, more: &str) -> String {
        let host = self.address;
        self.send(&format!("{method} {target} HTTP/1.1\nHost: {host}{more}"))
    }

    fn assert_alive(&self) {
        let page = self.get("/");
        assert!(page.contains("<body>"), "{page}");
    }

    /// Waits until the page has this text. A save is two changes, so the page may be empty in between.
    fn wait_for(&self, text: &str, events: &mut Events) {
        while !self.get("/").contains(&format!("<body>{text}</body>")) {
            events.until("\"site\"");
        }
    }

    /// Opens an event stream, which starts with the current state.
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
    /// The next event that contains `text`.
    fn until(&mut self, text: &str) -> String {
        let mut chunk = [0; 4096];
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "no event with {text:?}");
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

    /// Waits for the end of the stream.
    fn ends(mut self) {
        let begun = Instant::now();
        while self.client.read(&mut [0; 4096]).expect("an end") > 0 {
            assert!(begun.elapsed() < PATIENCE, "the stream goes on");
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

/// `BROKEN` in the text makes the build fail.
fn build(text: &str, base: &str) -> Built {
    let mut diagnostics = Diagnostics::default();
    let mut output = Output::default();
    if text.contains("BROKEN") {
        diagnostics.push(Diagnostic::error(
            Code::BrokenLink,
            format!("`{text}` is not in this site"),
        ));
    }
    let page = PAGE.replace("TEXT", text);
    let files = [
        ("index.html", page.clone().into_bytes()),
        ("a/index.html", page.into_bytes()),
        ("404.html", PAGE.replace("TEXT", "lost").into_bytes()),
        ("large.txt", vec![b'x'; 8 * 1024 * 1024]),
    ];
    for (path, bytes) in files {
        output.insert(OutPath::new(path).expect("a plain path"), bytes.into());
    }
    Built {
        base_url: BaseUrl::parse(base).expect("a good base"),
        output: (!diagnostics.has_errors()).then_some(output),
        diagnostics,
        search: None,
    }
}

#[test]
fn pages_have_live_reload_and_the_headers_of_a_static_host() {
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
    let published = policy.replace("connect-src 'self'", "connect-src 'none'");
    assert!(policy.contains("connect-src 'self'") && published == header_policy());
    let fixed = [
        ("Cache-Control", "no-store"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Connection", "close"),
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
fn paths_give_files_redirects_or_the_404_page() {
    let preview = Preview::start_with("hello", "/sub/", false);
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
fn foreign_hosts_origins_and_methods_are_refused_without_an_echo() {
    let preview = Preview::start();
    let host = preview.address;
    let port = host.port();
    let get = format!("GET /echo HTTP/1.1\nHost: {host}");
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
        (format!("{get}\nHost: {host}"), "400"),
        (
            format!("GET http://echo.example/ HTTP/1.1\nHost: {host}"),
            "400",
        ),
        (format!("{get}\nOrigin: http://echo.example"), "403"),
        (format!("{get}\nSec-Fetch-Site: cross-site"), "403"),
        (format!("POST /echo HTTP/1.1\nHost: {host}"), "405"),
        (
            format!("OPTIONS /echo HTTP/1.1\nHost: {host}\nOrigin: null"),
            "403",
        ),
        (format!("ECHO / HTTP/1.1\nHost: {host}"), "405"),
        (format!("GET /echo  HTTP/1.1\nHost: {host}"), "400"),
        (format!("GET /echo HTTP/1.1\nHost : {host}"), "400"),
        (format!("{get}\n echo"), "400"),
        (format!("{get}\nA: e\rcho"), "400"),
        (format!("{get}/"), "421"),
    ];
    for (lines, expected) in cases {
        let answer = preview.send(&lines);
        assert_eq!(status(&answer), expected, "{lines}");
        assert!(!answer.to_lowercase().contains("echo"), "{answer}");
        assert_eq!(
            answer.contains("\r\nAllow: GET, HEAD\r\n"),
            expected == "405",
            "{answer}"
        );
    }
    preview.assert_alive();
}

/// Reads only the status of an answer, on a connection that may stay open.
fn read_status(client: &mut TcpStream) -> String {
    let mut answer = [0; 12];
    client.read_exact(&mut answer).expect("an answer");
    status(&String::from_utf8_lossy(&answer)).to_owned()
}

/// A web page can make a browser send any body, as often as it likes. `tiny_http` would allocate all of
/// it, even if the browser has left, or keep the connection for as long as the preview runs.
#[test]
fn a_request_with_a_body_is_refused_unread_and_its_connection_closed() {
    let preview = Preview::start();
    let host = preview.address;
    let attacker = "\nOrigin: http://attacker.example";
    let bodies = [
        (attacker, "Content-Length: 1", "403"),
        (attacker, "Content-Length: 70368744177664", "403"),
        ("", "Content-Length: 1", "413"),
        ("", "content-length: 9223372036854775807", "413"),
        ("", "Content-Length: 0\nContent-Length: 1", "413"),
        ("", "Transfer-Encoding: chunked", "413"),
    ];
    let open_files = || fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    let before = open_files();
    for _ in 0..20 {
        for (origin, body, expected) in bodies {
            for method in ["GET", "POST"] {
                let mut client = preview.connect();
                let head = format!("{method} / HTTP/1.1\nHost: {host}{origin}\n{body}\n\n");
                client
                    .write_all(head.replace('\n', "\r\n").as_bytes())
                    .expect("sent");
                // The preview need not read this.
                let _ = client.write(&vec![b'x'; 256 * 1024]);
                assert_eq!(status(&read_all(client)), expected, "{method} {body}");
            }
        }
    }
    // A browser that leaves before it has sent everything.
    drop(preview.connect().write(b"POST / HTTP/1.1\r\nContent-"));
    preview.assert_alive();
    let begun = Instant::now();
    // Other tests of this program have files open too.
    while open_files() > before + 100 {
        assert!(begun.elapsed() < PATIENCE, "connections stay open");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_endless_head_is_cut_off() {
    let preview = Preview::start();
    let mut client = preview.connect();
    // More than the system buffers for a connection that nobody reads.
    let megabyte = vec![b'x'; 1024 * 1024];
    let sent = (0..64).take_while(|_| client.write_all(&megabyte).is_ok());
    assert!(sent.count() < 64, "64 MB of head were read");
    preview.assert_alive();
}

#[test]
fn websocket_handshakes_and_idle_connections_block_nobody() {
    let preview = Preview::start();
    let host = preview.address;
    let idle: Vec<_> = (0..300).map(|_| preview.connect()).collect();
    let mut refused = Vec::new();
    for _ in 0..64 {
        let mut client = preview.connect();
        let head = format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Origin: http://attacker.example\r\n\r\n"
        );
        client.write_all(head.as_bytes()).expect("sent");
        assert_eq!(read_status(&mut client), "403");
        refused.push(client);
    }
    preview.assert_alive();
    drop((idle, refused));
}

/// Browsers open six connections to one host. Seven windows that each held one would hang.
#[test]
fn the_oldest_event_stream_makes_room_for_a_new_one() {
    let preview = Preview::start();
    let mut open: Vec<_> = (0..7)
        .map(|_| {
            let mut events = preview.events("/__regain/events");
            events.until("\"site\"");
            events
        })
        .collect();
    let newest = open.split_off(3);
    for older in open {
        older.ends();
    }
    preview.save("later");
    for mut events in newest {
        events.until("\"site\"");
    }
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
fn a_save_reloads_pages() {
    for poll in [false, true] {
        let preview = Preview::start_with("one", "/", poll);
        let mut events = preview.events("/__regain/events");
        let first = events.until("\"site\"");
        preview.save("two");
        let second = events.until("\"site\"");
        assert_ne!(first, second);
        preview.wait_for("two", &mut events);
    }
}

#[test]
fn a_failed_build_keeps_the_last_good_site_and_every_page_says_why() {
    let preview = Preview::start();
    let mut events = preview.events("/__regain/events");
    events.until("\"problems\":null");
    preview.save("BROKEN </script>");
    let event = events.until("is not in this site");
    assert!(preview.get("/").contains("<body>hello</body>"));
    let late = preview
        .events("/__regain/events")
        .until("is not in this site");
    assert_eq!(event, late);
    preview.save("fixed");
    events.until("\"problems\":null");
    assert!(preview.get("/").contains("<body>fixed</body>"));
}

#[test]
fn a_preview_that_starts_with_errors_shows_them_and_recovers() {
    let preview = Preview::start_with("BROKEN <b>", "/", false);
    let mut events = preview.events("/__regain/events");
    events.until("is not in this site");
    let page = preview.get("/a/");
    assert_eq!(status(&page), "500");
    assert!(
        page.contains("BROKEN &lt;b&gt;") && page.contains("/__regain/live.js"),
        "{page}"
    );
    preview.save("fixed");
    events.until("\"problems\":null");
    assert!(preview.get("/a/").contains("<body>fixed</body>"));
}

#[test]
fn folders_that_are_moved_away_and_back_are_watched() {
    let preview = Preview::start();
    let mut events = preview.events("/__regain/events");
    events.until("\"site\"");
    let content = preview.folder.path().join("content");
    let aside = preview.folder.path().join("aside");
    fs::rename(&content, &aside).expect("moved");
    preview.wait_for("", &mut events);
    fs::rename(&aside, &content).expect("moved back");
    preview.wait_for("hello", &mut events);
    // The folder that came back must be watched.
    preview.save("again");
    preview.wait_for("again", &mut events);
}

#[test]
fn without_a_first_build_there_is_no_preview() {
    let settings = Settings {
        root: PathBuf::from("."),
        host: Ipv4Addr::LOCALHOST.into(),
        port: Some(0),
        poll: true,
    };
    let refused = Error::Usage("there is no folder `content`".to_owned());
    let ended = run(&settings, || Err(refused.clone()), &mut |_| {});
    assert_eq!(ended, Err(refused));
}
