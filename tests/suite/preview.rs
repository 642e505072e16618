//! What the preview keeps between two saves: nothing that a fresh build would make otherwise.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::civil::date;
use proptest::prelude::*;
use regain::testing::Output;
use regain::testing::{BuildCache, BuildOptions, Built, Drafts, LateIndex, build, preview};

/// One save of an author.
#[derive(Debug, Clone)]
enum Save {
    Write(&'static str, String),
    Remove(&'static str),
}

const PAGES: [&str; 5] = [
    "content/index.md",
    "content/a.md",
    "content/a/b.md",
    "content/c/index.md",
    "content/c/d.md",
];

const TABLES: [(&str, &[&str]); 3] = [
    (
        "content/site.toml",
        &[
            "title = \"One\"\n",
            "title = \"Two\"\n[search]\nenabled = false\n",
            "titel = 1\n",
        ],
    ),
    (
        "content/links.toml",
        &[
            "[x]\nurl = \"https://x.example/\"\ntitle = \"X\"\npurpose = \"To try.\"\n",
            "[x]\nurl = \"https://y.example/\"\ntitle = \"Y\"\npurpose = \"To try.\"\n",
        ],
    ),
    (
        "content/synonyms.toml",
        &["groups = [[\"a\", \"b\"]]\n", "groups = []\n"],
    ),
];

fn saves() -> impl Strategy<Value = Vec<Save>> {
    let front = prop::sample::select(vec![
        "",
        "+++\ntitle = \"Named\"\n+++\n",
        "+++\nsummary = \"In short.\"\norder = 1\n+++\n",
        "+++\naliases = [\"/old/\"]\n+++\n",
        "+++\ndraft = true\n+++\n",
    ]);
    let heading = prop::sample::select(vec!["# One\n\n", "# Two\n\n## Part\n\n", ""]);
    let body = prop::sample::select(vec![
        "Text.\n",
        "Other text.\n",
        "See [](link:x).\n",
        "See [it](/a.md).\n",
        "See [part](/a.md#part).\n",
        "Token [broken](/no.md).\n",
    ]);
    let page = (prop::sample::select(&PAGES[..]), front, heading, body).prop_map(
        |(path, front, heading, body)| Save::Write(path, format!("{front}{heading}{body}")),
    );
    let removal = prop::sample::select(&PAGES[..]).prop_map(Save::Remove);
    let table = prop::sample::select(&TABLES[..]).prop_flat_map(|(path, texts)| {
        prop::sample::select(texts).prop_map(move |text| Save::Write(path, text.to_owned()))
    });
    prop::collection::vec(prop_oneof![4 => page, 1 => removal, 1 => table], 1..10)
}

fn save(root: &Path, save: &Save) {
    match save {
        Save::Write(path, text) => {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, text).expect("written");
            // Only files that have not changed for a while are taken from the cache.
            let file = fs::File::options().write(true).open(path).expect("a file");
            file.set_modified(SystemTime::UNIX_EPOCH).expect("set");
        }
        Save::Remove(path) => drop(fs::remove_file(root.join(path))),
    }
}

/// The next build; `None` if there is nothing new.
fn next(root: &Path, cache: &mut BuildCache) -> Option<Built> {
    preview(&options(root), cache).expect("a folder that can be read")
}

fn fresh(root: &Path) -> Built {
    next(root, &mut BuildCache::default()).expect("everything is new")
}

pub(crate) fn options(root: &Path) -> BuildOptions {
    BuildOptions {
        root: root.to_owned(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: date(2026, 1, 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn after_any_saves_it_shows_what_a_fresh_preview_shows(saves in saves()) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for (path, texts) in TABLES {
            save(root, &Save::Write(path, texts[0].to_owned()));
        }
        for path in PAGES {
            save(root, &Save::Write(path, format!("# Page\n\nSee {path}.\n")));
        }
        let mut cache = BuildCache::default();
        let mut shown = next(root, &mut cache).expect("everything is new");
        for one in saves {
            save(root, &one);
            let fresh = fresh(root);
            shown = next(root, &mut cache).unwrap_or(shown);
            prop_assert!(next(root, &mut cache).is_none());
            let kept = &shown;
            prop_assert_eq!(differing(kept.output.as_ref(), fresh.output.as_ref()), Vec::<String>::new());
            prop_assert_eq!(&kept.diagnostics, &fresh.diagnostics);
            prop_assert_eq!(&kept.base_url, &fresh.base_url);
            prop_assert_eq!(index(kept.search.as_ref()), index(fresh.search.as_ref()));
        }
    }
}

/// Paths that are not the same in both.
fn differing(one: Option<&Output>, other: Option<&Output>) -> Vec<String> {
    let files = |output: Option<&Output>| -> std::collections::BTreeMap<String, Vec<u8>> {
        let files = output.into_iter().flat_map(Output::iter);
        files
            .map(|(path, bytes)| (path.to_string(), bytes.to_vec()))
            .collect()
    };
    let (one, other) = (files(one), files(other));
    let all = one.keys().chain(other.keys());
    all.filter(|path| one.get(*path) != other.get(*path))
        .cloned()
        .collect()
}

fn index(search: Option<&LateIndex>) -> Option<Vec<u8>> {
    search.map(|search| {
        search
            .get("search/latest.js")
            .expect("the name of the head")
            .to_vec()
    })
}

#[test]
fn a_new_sentence_rebuilds_one_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let page = |text: &str| format!("+++\nsummary = \"In short.\"\n+++\n# A\n\n{text}\n");
    save(root, &Save::Write("content/a.md", page("One.")));
    save(root, &Save::Write("content/c/d.md", "# D\n".to_owned()));
    let mut cache = BuildCache::default();
    let output = |built: Option<Built>| built.and_then(|built| built.output).expect("a sound site");
    let before = output(next(root, &mut cache));
    save(root, &Save::Write("content/a.md", page("Two.")));
    let after = output(next(root, &mut cache));
    let kept = |path: &str| {
        let bytes = [&before, &after].map(|site| site.get(path).expect("a page"));
        Arc::ptr_eq(bytes[0], bytes[1])
    };
    assert!(kept("c/d/index.html") && kept("search/index.html"));
    assert!(!kept("a/index.html"));
}

#[test]
fn the_preview_equals_a_build_except_for_the_index() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = build(&options(root), &mut BuildCache::default()).expect("the bundled site");
    let shown = fresh(root);
    let (built, search, shown) = (
        built.output.expect("a sound site"),
        shown.search.expect("a search"),
        shown.output.expect("a sound site"),
    );
    let head = regex_lite::Regex::new(r#"<script [^>]*/head\.js"[^>]*></script>\n"#).expect("good");
    for (path, bytes) in &built {
        let name = path.as_str();
        if name == "manifest.json" {
            assert!(!shown.contains_key(name));
        } else if name == "search/latest.js" || name.starts_with("assets/search/") {
            assert_eq!(search.get(name).as_ref(), Some(bytes), "{name}");
        } else if let Ok(text) = std::str::from_utf8(bytes) {
            let preview = shown.get(name).expect("every file of a build");
            let preview = String::from_utf8_lossy(preview);
            assert_eq!(preview, head.replace(text, ""), "{name}");
        }
    }
}
