//! Pages of another tool → pages that say the same in regain's Markdown, as far as that is possible without losing a
//! word. `check` lists what remains.

use std::collections::BTreeMap;
use std::ops::Range;

use regex_lite::{Captures, Regex};

use crate::heading_ids::slug;
use crate::markdown::{Document, FrontFormat, KINDS, front_block};
use crate::site::{Site, relative};

/// Where a rewrite goes, what it becomes and what it was.
type Edit = (Range<usize>, String, &'static str);

/// Types of callouts of other tools, and which of ours says the same.
const CALLOUTS: [(&str, &str); 5] = [
    (
        "NOTE",
        "note info abstract summary todo example quote cite question help faq details",
    ),
    ("TIP", "tip hint success check done"),
    ("IMPORTANT", "important"),
    ("WARNING", "warning attention"),
    ("CAUTION", "caution danger error bug failure fail missing"),
];

/// Keys of front matter of other tools, and ours.
const KEYS: [(&str, &str); 6] = [
    ("description", "summary"),
    ("weight", "order"),
    ("nav_order", "order"),
    ("sidebar_position", "order"),
    ("redirect_from", "aliases"),
    ("redirects", "aliases"),
];

/// A page to rewrite.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its path below `content/`.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What the parser made of it.
    pub document: &'a Document,
}

/// The page with everything rewritten that safely can be, and how many of each kind that was.
pub fn migrate(page: Page<'_>, site: &Site) -> (String, BTreeMap<&'static str, usize>) {
    let mut edits = front_matter(page.text);
    for foreign in &page.document.foreign {
        let (kind, span) = (KINDS[foreign.kind].what, &foreign.span);
        let rewritten = match kind {
            "admonitions" => admonition(page.text, span),
            "containers" => container(page.text, span),
            _ => inline(kind, page, span, site).map(|new| {
                let line = before(page.text, span.start);
                let indent = &line[..line.len() - line.trim_start().len()];
                (span.clone(), new.replace('\n', &format!("\n{indent}")))
            }),
        };
        edits.extend(rewritten.map(|(span, text)| (span, text, kind)));
    }
    edits.extend(anchors(page));
    edits.sort_by_key(|(span, ..)| span.start);
    let mut text = String::new();
    let mut counts = BTreeMap::new();
    let mut from = 0;
    for (span, new, kind) in edits {
        // What is inside something that was rewritten waits for the next run.
        if span.start >= from {
            text.push_str(&page.text[from..span.start]);
            text.push_str(&new);
            from = span.end;
            *counts.entry(kind).or_insert(0) += 1;
        }
    }
    text.push_str(&page.text[from..]);
    (text, counts)
}

/// What is before an offset on its line.
fn before(text: &str, at: usize) -> &str {
    text[..at].rsplit('\n').next().unwrap_or_default()
}

fn captures<'t>(pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    Regex::new(pattern).expect("a constant").captures(text)
}

/// Links with the brackets swapped, with a space between them, and with a space in the target.
const LINKS: [&str; 3] = [
    r"^\((?<text>[^()]+)\)\[(?<target>[^\]]*)\]$",
    r"^\[(?<text>[^\]]+)\][ \t]+\((?<target>[^()]+)\)$",
    r"^\[(?<text>[^\]]+)\]\((?<target>[^()]+)\)$",
];

/// Markup that is replaced by other markup in the same place.
fn inline(kind: &str, page: Page<'_>, span: &Range<usize>, site: &Site) -> Option<String> {
    let written = &page.text[span.clone()];
    match kind {
        "callouts with a title or of an unknown type" => {
            let pattern = r"^((?:>[ \t]?)+)\[!([\w-]+)[^\]]*\][+-]?[ \t]*(.*)$";
            let found = captures(pattern, written)?;
            callout(&found[2], &found[3], found[1].trim_end())
        }
        "wiki links" => wiki_link(written, page.file, site),
        "comments between `%%`" => {
            let inner = written.trim_matches('%').trim();
            (!inner.contains("--")).then(|| format!("<!-- {inner} -->"))
        }
        // Others may link to a name in it.
        "attribute lists" => (!written.contains('#')).then(String::new),
        "tables of contents" => Some(String::new()),
        "links with the brackets swapped or apart" | "links with a space in the target" => {
            let found = LINKS.iter().find_map(|one| captures(one, written))?;
            let target = quoted(found["target"].trim());
            Some(format!("[{}]({target})", &found["text"]))
        }
        _ => None,
    }
}

/// `[[Page#Heading|text]]`, where the page and the heading exist, and `![[image.png]]`.
fn wiki_link(written: &str, file: &str, site: &Site) -> Option<String> {
    let pattern = r"^(!?)\[\[([^\]|#]*)(?:#([^\]|]*))?(?:\|([^\]]*))?\]\]$";
    let found = captures(pattern, written)?;
    let (bang, name) = (part(&found, 1), part(&found, 2));
    let (heading, words) = (part(&found, 3), part(&found, 4));
    let (path, guide) = match name.trim() {
        "" => (file, site.guide_of_file(file).map(|guide| &**guide)),
        name => site.named(name)?,
    };
    // Pages cannot be embedded in pages.
    if !bang.is_empty() && guide.is_some() {
        return None;
    }
    let mut target = match name.trim() {
        "" => String::new(),
        _ => relative(file, path),
    };
    if !heading.is_empty() {
        let id = slug(heading.rsplit('#').next().unwrap_or_default());
        let mut headings = guide?.document.headings.iter();
        headings.find(|one| one.id == id)?;
        target = format!("{target}#{id}");
    }
    let shown = [words, name, heading]
        .into_iter()
        .find(|text| !text.is_empty())?;
    let shown = if guide.is_some() {
        shown
    } else {
        String::new()
    };
    Some(format!("{bang}[{shown}]({})", quoted(&target)))
}

/// The text of a group in a match; empty if the group matched nothing.
fn part(found: &Captures<'_>, group: usize) -> String {
    found.get(group).map_or("", |one| one.as_str()).to_owned()
}

/// A link's target as Markdown takes it.
fn quoted(target: &str) -> String {
    if target.contains(' ') {
        format!("<{target}>")
    } else {
        target.to_owned()
    }
}

/// The first lines of a callout: its type, and its title in bold.
fn callout(kind: &str, title: &str, quote: &str) -> Option<String> {
    let kind = kind.to_lowercase();
    let known = CALLOUTS
        .iter()
        .find(|(_, others)| others.split(' ').any(|one| one == kind));
    let (ours, _) = known?;
    Some(match title.trim().trim_matches('"') {
        "" => format!("{quote} [!{ours}]"),
        title => format!("{quote} [!{ours}]\n{quote} **{title}**\n{quote}"),
    })
}

/// A callout with its text, as a quotation. The first line is where the markup was, the others are indented like it.
fn quotation(head: &str, body: &[&str], indent: &str) -> String {
    let body = body.iter().map(|line| format!("> {line}"));
    let lines = head.lines().map(str::to_owned).chain(body);
    let lines: Vec<_> = lines.map(|line| line.trim_end().to_owned()).collect();
    lines.join(&format!("\n{indent}")) + "\n"
}

/// `!!! note "Title"` and the indented lines below it.
fn admonition(text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let pattern = r#"^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[^"\n]*("[^"\n]*")?[ \t]*$"#;
    let found = captures(pattern, &text[span.clone()])?;
    let indent = before(text, span.start);
    let inner = format!("{indent}    ");
    let mut lines = text[span.end..].split_inclusive('\n');
    // The rest of the line that the markup is on.
    let mut end = span.end + lines.next().map_or(0, str::len);
    let mut body = Vec::new();
    for line in lines.take_while(|line| line.trim().is_empty() || line.starts_with(&inner)) {
        body.push(line.strip_prefix(&inner).unwrap_or_default().trim_end());
        end += line.len();
    }
    let kept = body.iter().rposition(|line| !line.is_empty())? + 1;
    let gap = if body.len() > kept { "\n" } else { "" };
    let head = callout(&found[1], &part(&found, 2), ">")?;
    Some((
        span.start..end,
        quotation(&head, &body[..kept], indent) + gap,
    ))
}

/// `:::note Title` up to the line `:::`.
fn container(text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let pattern = r"^(:::+)[ \t]*\{?\.?([\w-]+)\}?[ \t]*\[?([^\]\n]*)\]?[ \t]*$";
    let found = captures(pattern, &text[span.clone()])?;
    let head = callout(&found[2], &found[3], ">")?;
    let mut end = span.end + text[span.end..].find('\n')? + 1;
    let mut body = Vec::new();
    for line in text[end..].split_inclusive('\n') {
        end += line.len();
        let plain = line.trim_end();
        if *plain == found[1] {
            return Some((span.start..end, quotation(&head, &body, "")));
        }
        // A container inside another one is left to the author.
        if plain.trim_start().starts_with(":::") {
            return None;
        }
        body.push(plain);
    }
    None
}

/// `<a name="x"></a>` at a heading becomes the heading's id; `<a href="x">text</a>` becomes a link.
fn anchors(page: Page<'_>) -> Vec<Edit> {
    let named_heading = r#"(?m)^(?:<a (?:name|id)="([\w-]+)">[ \t]*</a>[ \t]*\n\s*(#+ [^\n{}]+?)|(#+ )<a (?:name|id)="([\w-]+)">[ \t]*</a>[ \t]*([^\n{}]+?))[ \t]*$"#;
    let text_link = r#"<a href="([^"<>\s]+)">([^<>\[\]\n]+)</a>"#;
    let regex = |pattern: &str| Regex::new(pattern).expect("a constant");
    let headings = regex(named_heading);
    let headings = headings.captures_iter(page.text).map(|found| {
        let id = part(&found, 1) + &part(&found, 4);
        let heading = part(&found, 2) + &part(&found, 3) + &part(&found, 5);
        (
            found.get(0).map_or(0..0, |all| all.range()),
            format!("{heading} {{#{id}}}"),
        )
    });
    let links = regex(text_link);
    let links = links.captures_iter(page.text).map(|found| {
        let text = format!("[{}]({})", part(&found, 2), part(&found, 1));
        (found.get(0).map_or(0..0, |all| all.range()), text)
    });
    let in_code = |at: usize| page.document.code.iter().any(|span| span.contains(&at));
    let all = headings
        .chain(links)
        .filter(|(span, _)| !in_code(span.start));
    all.map(|(span, text)| (span, text, "HTML anchors"))
        .collect()
}

/// Keys of YAML front matter that mean the same as one of ours get its name.
fn front_matter(text: &str) -> Vec<Edit> {
    let Ok(Some(front)) = front_block(text) else {
        return Vec::new();
    };
    if front.format != FrontFormat::Yaml {
        return Vec::new();
    }
    let block = &text[front.span.clone()];
    let has = |key: &str| {
        block
            .lines()
            .any(|line| line.starts_with(&format!("{key}:")))
    };
    let mut edits: Vec<Edit> = Vec::new();
    for (theirs, ours) in KEYS {
        let is_taken = has(ours) || edits.iter().any(|(_, new, _)| new == ours);
        let found = captures(&format!("(?m)^{theirs}:(.*)$"), block);
        let Some(found) = found.filter(|_| !is_taken) else {
            continue;
        };
        if ours != "order" || found[1].trim().parse::<i64>().is_ok() {
            let start = front.span.start + found.get(0).map_or(0, |key| key.start());
            let span = start..start + theirs.len();
            edits.push((span, ours.to_owned(), "keys of front matter"));
        }
    }
    edits
}
