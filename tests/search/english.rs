//! What readers of English type, on a small site made for it: the page or section that must come first, or that
//! nothing may be found. The browser is asked the same.

use crate::parity;
use crate::site::{Searched, search_of};

/// Name, keywords and text of each page.
const PAGES: [(&str, &str, &str); 8] = [
    (
        "questions",
        "",
        "# Frequent questions\n\n## Can staff tell me my codes?\n\nNo, nobody can.\n\n## Is there a phone number?\n\nNo.\n",
    ),
    (
        "staff",
        "",
        "# Who works here\n\nStaff read codes of errors. Codes help staff. Tell staff which codes you saw, by phone or by number.\n",
    ),
    (
        "shut-out",
        "",
        "# When you are locked out\n\nYou want to get in, and the door is locked.\n",
    ),
    (
        "notes",
        "",
        "# Notes\n\nA locked-out reader had a title that was ducked. The body of a note is short. Codes expire.\n",
    ),
    (
        "delete",
        "",
        "# Delete your data\n\nEverything is gone for good, codes as well.\n",
    ),
    (
        "answers",
        "\"how long\"",
        "# What happens next\n\nIt takes a while until somebody writes. Codes may come.\n",
    ),
    (
        "times",
        "",
        "# Opening times\n\nHow long and how often we are there. A long day, a long week.\n",
    ),
    (
        "prices",
        "",
        "# What it costs\n\nThe price is the same for all. You may apply for a sample.\n",
    ),
];

/// What is typed, and the address that must come first; none where nothing may be found.
const ASKED: [(&str, &str); 21] = [
    (
        "can staff tell me my codes",
        "questions/#can-staff-tell-me-my-codes",
    ),
    (
        "is there a phone number",
        "questions/#is-there-a-phone-number",
    ),
    ("locked-out", "shut-out/"),
    ("locked out", "shut-out/"),
    ("erasing my data", "delete/"),
    ("wiped data", "delete/"),
    ("how long", "answers/"),
    ("how much wumfle", "prices/"),
    ("anybody staff", "staff/"),
    ("dleete", "delete/"),
    ("remvoe", "delete/"),
    ("i cant open it, its locked and i dont get in", "shut-out/"),
    (
        "staf codes nowehre",
        "questions/#can-staff-tell-me-my-codes",
    ),
    ("delet data", "delete/"),
    ("bady", ""),
    // Words of their own, not misspellings of "apply" and "sample".
    ("apple", ""),
    ("simple", ""),
    ("zample", "prices/"),
    ("wlan drucker tinte", ""),
    ("qwoxtle", ""),
    ("brufted znak", ""),
];

fn search() -> Searched {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let content = folder.path().join("content");
    std::fs::create_dir(&content).expect("writable");
    let write =
        |name: &str, text: String| std::fs::write(content.join(name), text).expect("writable");
    write("site.toml", "title = \"Help\"\n".to_owned());
    write("index.md", "# Home\n".to_owned());
    for (name, keywords, text) in PAGES {
        let text = format!("+++\nkeywords = [{keywords}]\n+++\n{text}");
        write(&format!("{name}.md"), text);
    }
    search_of(folder.path())
}

#[test]
fn english_readers_find_the_right_page() {
    let search = search();
    let mut wrong = Vec::new();
    for (query, expected) in ASKED {
        let first = search.first(query);
        if first != expected {
            wrong.push(format!("{query}: {first:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn browsers_give_the_same_results() {
    let begun = ASKED.iter().flat_map(|(query, _)| {
        (1..=query.len()).filter_map(|end| query.get(..end).map(str::to_owned))
    });
    parity::compare(&search(), begun.collect());
}
