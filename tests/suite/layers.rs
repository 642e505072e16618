//! The picture in `src/lib.rs`, held against the code: a module uses only what stands below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex_lite::Regex;

use crate::harness::files_below;

/// Every module of `src/`, top first: an arrow may only point down this list.
const ORDER: [&str; 27] = [
    "main",
    "cli",
    "serve",
    "pipeline",
    "outside_links",
    "output",
    "search",
    "render",
    "check",
    "load",
    "migrate",
    "site",
    "theme",
    "form",
    "recovery",
    "config",
    "from_toml",
    "markdown",
    "heading_ids",
    "fingerprint",
    "ids",
    "yaml",
    "curl",
    "diagnostic",
    "source",
    "invisible",
    "named",
];

/// Stages: between two of them there is no arrow at all.
const SIDE_BY_SIDE: [&str; 5] = ["output", "search", "render", "check", "load"];

/// What a program must not do everywhere, and where it may.
const FORBIDDEN: [(&str, &[&str]); 5] = [
    (r"\b(e?println|e?print|dbg)!", &["src/main.rs", "src/cli/"]),
    (r"\b(todo|unimplemented)!", &[]),
    (r"\bprocess::(exit|abort)\b", &["src/main.rs"]),
    (r"\bthread_local!", &[]),
    (
        r"\bstatic\s+(mut\b|\w+\s*:[^=;]*\b(Mutex|RwLock|Atomic\w+|Once\w*|Lazy\w+|\w*Cell)\b)",
        // A table of words that is parsed once and never changes.
        &["src/check/asks_for_secret.rs"],
    ),
];

#[test]
fn every_module_has_a_layer() {
    let there: BTreeSet<_> = sources()
        .into_iter()
        .map(|(path, _)| module(&path))
        .collect();
    let placed: BTreeSet<_> = ORDER
        .into_iter()
        .chain(["lib"])
        .map(str::to_owned)
        .collect();
    assert_eq!(there, placed, "left: modules of src/; right: ORDER");
}

#[test]
fn dependencies_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let from = module(&path);
        for to in used(&text).into_iter().filter(|to| *to != from) {
            let beside = SIDE_BY_SIDE.contains(&&*from) && SIDE_BY_SIDE.contains(&&*to);
            if beside || location(&from) > location(&to) {
                wrong.push(format!("{path} uses crate::{to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_some_modules_print_exit_or_keep_state() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (pattern, allowed) in FORBIDDEN {
            let found = Regex::new(pattern).expect("a good expression").find(&text);
            if let Some(found) = found.filter(|_| !allowed.iter().any(|at| path.starts_with(at))) {
                wrong.push(format!("{path}: {}", found.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_find_what_they_forbid() {
    let uses =
        "use crate::load;\nuse crate::{check, output::headers::{A, B}};\nlet a = crate::site::b();";
    assert_eq!(
        used(uses),
        ["check", "load", "output", "site"]
            .map(str::to_owned)
            .into()
    );
    let found = |text: &str| {
        let patterns = FORBIDDEN.iter();
        patterns
            .filter(|(pattern, _)| Regex::new(pattern).expect("good").is_match(text))
            .count()
    };
    for text in [
        "println!(\"\")",
        "static mut A: u8 = 0;",
        "static A: Mutex<u8> = Mutex::new(0);",
        "static A: std::sync::OnceLock<u8> = OnceLock::new();",
        "std::process::exit(1)",
        concat!("todo", "!()"),
    ] {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in [
        "writeln!(out)",
        "static A: &str = \"\";",
        "x: &'static str",
        "static_assert",
    ] {
        assert_eq!(found(text), 0, "{text}");
    }
}

/// Every file of `src/` without its tests and comments.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let names = files_below(&src)
        .into_keys()
        .filter(|name| name.ends_with(".rs"));
    names
        .map(|name| {
            let text = fs::read_to_string(src.join(&name)).expect("a source");
            (format!("src/{name}"), without_tests(&text))
        })
        .collect()
}

/// A source without comments and without the items behind `#[cfg(test)]`, wherever they are. Relies on
/// rustfmt: the brace that closes an item is indented as its attribute is.
fn without_tests(text: &str) -> String {
    let mut code = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.trim() == "#[cfg(test)]" {
            let item = lines.find(|line| !line.trim_start().starts_with("#["));
            if item.is_some_and(|item| !item.ends_with([';', ','])) {
                let end = format!("{indent}}}");
                lines.find(|line| *line == end);
            }
        } else if !line.trim_start().starts_with("//") {
            code.push(line);
        }
    }
    code.join("\n")
}

#[test]
fn only_tests_and_comments_are_left_out() {
    let text = "use a;\n#[cfg(test)]\nmod vectors;\nuse b;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n    {\n    }\n}\n\
                // c\nfn d() {\n    #[cfg(test)]\n    let e = 1;\n}\n";
    assert_eq!(without_tests(text), "use a;\nuse b;\nfn d() {\n}");
}

/// `src/load/walk.rs` → `load`
fn module(path: &str) -> String {
    let below = path.trim_start_matches("src/");
    let first = below.split('/').next().unwrap_or(below);
    first.trim_end_matches(".rs").to_owned()
}

/// `lib` stands above all: it only lists the modules.
fn location(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The modules that a text names after `crate::`.
fn used(text: &str) -> BTreeSet<String> {
    let single = Regex::new(r"\bcrate::(\w+)").expect("a good expression");
    let group = Regex::new(r"\bcrate::\{([^;]*)\};").expect("a good expression");
    let mut names: BTreeSet<_> = single
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect();
    for found in group.captures_iter(text) {
        let mut depth = 0;
        let top: String = found[1]
            .chars()
            .filter(|character| {
                depth += i32::from(*character == '{');
                let keep = depth == 0;
                depth -= i32::from(*character == '}');
                keep
            })
            .collect();
        let firsts = top
            .split(',')
            .filter_map(|path| path.trim().split("::").next());
        names.extend(firsts.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    names
}
