//! Pages of another tool → pages that say the same in regain's Markdown.
//!
//! In: a page and the names of all pages. Out: its text with everything rewritten that can be rewritten without
//! losing a word. What remains is for `check` to list.

use std::collections::BTreeMap;
use std::ops::Range;

use regex_lite::{Captures, Regex};

use crate::markdown::{Document, FrontFormat, KINDS, split};
use crate::site::{Site, relative};
use crate::slug::slug;

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
        let kind = KINDS[foreign.kind].what;
        let rewritten = match kind {
            "admonitions" => admonition(page.text, &foreign.span),
            "containers" => container(page.text, &foreign.span),
            _ => inline(kind, page, (&foreign.span, site)).map(|new| {
                let line = page.text[..foreign.span.start]
                    .rfind('\n')
                    .map_or(0, |at| at + 1);
                let before = &page.text[line..foreign.span.start];
                let indent = &before[..before.len() - before.trim_start().len()];
                (
                    foreign.span.clone(),
                    new.replace('\n', &format!("\n{indent}")),
                )
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

/// Markup that is rewritten where it stands.
fn inline(kind: &str, page: Page<'_>, (span, site): (&Range<usize>, &Site)) -> Option<String> {
    let written = &page.text[span.clone()];
    let captured = |pattern: &str| Regex::new(pattern).expect("a constant").captures(written);
    match kind {
        "callouts with a title or of an unknown type" => {
            let found = captured(r"^((?:>[ \t]?)+)\[!([\w-]+)[^\]]*\][+-]?[ \t]*(.*)$")?;
            let quote = part(&found, 1);
            callout(&part(&found, 2), &part(&found, 3), quote.trim_end())
        }
        "wiki links" => wiki_link(written, page.file, site),
        "comments between `%%`" => {
            let inner = written.trim_matches('%').trim();
            (!inner.contains("--")).then(|| format!("<!-- {inner} -->"))
        }
        // A name in it may be what others link to.
        "attribute lists" => (!written.contains('#')).then(String::new),
        "tables of contents" => Some(String::new()),
        "links with the brackets swapped or apart" => {
            let swapped = captured(r"^\(([^()]+)\)\[([^\]]*)\]$");
            let apart = captured(r"^\[([^\]]+)\][ \t]+\(([^()]+)\)$");
            let found = swapped.or(apart)?;
            Some(format!(
                "[{}]({})",
                part(&found, 1),
                quoted(&part(&found, 2))
            ))
        }
        "links with a space in the target" => {
            let found = captured(r"^\[([^\]]+)\]\(([^()]+)\)$")?;
            Some(format!(
                "[{}]({})",
                part(&found, 1),
                quoted(part(&found, 2).trim())
            ))
        }
        _ => None,
    }
}

/// `[[Page#Heading|text]]`, where the page and the heading exist, and `![[image.png]]`.
fn wiki_link(written: &str, file: &str, site: &Site) -> Option<String> {
    let pattern = r"^(!?)\[\[([^\]|#]*)(?:#([^\]|]*))?(?:\|([^\]]*))?\]\]$";
    let found = Regex::new(pattern).expect("a constant").captures(written)?;
    let (bang, name) = (part(&found, 1), part(&found, 2));
    let (heading, words) = (part(&found, 3), part(&found, 4));
    let (path, guide) = match name.trim() {
        "" => (file, site.guide_of_file(file).map(|guide| &**guide)),
        name => site.named(name)?,
    };
    // A page inside a page has no counterpart.
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

/// A group of a match; nothing where it has no part in it.
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

/// `!!! note "Title"` and the indented lines below it.
fn admonition(text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let head = Regex::new(r#"^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[^"\n]*("[^"\n]*")?[ \t]*$"#);
    let found = head.expect("a constant").captures(&text[span.clone()])?;
    let title = found.get(2).map_or("", |title| title.as_str());
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..span.start];
    let inner = format!("{indent}    ");
    let mut end = span.end;
    let mut body = Vec::new();
    for line in text[span.end..].split_inclusive('\n').skip(1) {
        if !line.trim().is_empty() && !line.starts_with(&inner) {
            break;
        }
        body.push(line.strip_prefix(&inner).unwrap_or_default().trim_end());
        end += line.len();
    }
    // The rest of the line the markup is on.
    end += text[span.end..].find('\n').map_or(0, |at| at + 1);
    let kept = body.iter().rposition(|line| !line.is_empty())? + 1;
    let blank = body.len() > kept;
    let head = callout(&found[1], title, ">")?;
    let lines = body[..kept]
        .iter()
        .map(|line| format!("{indent}> {line}").trim_end().to_owned());
    let lines: Vec<_> = std::iter::once(head.replace('\n', &format!("\n{indent}")))
        .chain(lines)
        .collect();
    let gap = if blank { "\n" } else { "" };
    Some((
        span.start..end.min(text.len()),
        format!("{}\n{gap}", lines.join("\n")),
    ))
}

/// `:::note Title` up to the line `:::`.
fn container(text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let head = Regex::new(r"^(:::+)[ \t]*\{?\.?([\w-]+)\}?[ \t]*\[?([^\]\n]*)\]?[ \t]*$")
        .expect("a constant");
    let found = head.captures(&text[span.clone()])?;
    let head = callout(&found[2], &found[3], ">")?;
    let after = span.end + text[span.end..].find('\n')? + 1;
    let mut end = after;
    let mut body = Vec::new();
    for line in text[after..].split_inclusive('\n') {
        end += line.len();
        let plain = line.trim_end();
        if *plain == found[1] {
            let lines = body
                .iter()
                .map(|line| format!("> {line}").trim_end().to_owned());
            let lines: Vec<_> = std::iter::once(head).chain(lines).collect();
            return Some((span.start..end, format!("{}\n", lines.join("\n"))));
        }
        // One inside another is left to its author.
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
    let Ok(Some(front)) = split(text).map(|split| split.front) else {
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
        let line = format!("{theirs}:");
        let starts = block.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let mut starts = starts.filter(|(_, text)| text.starts_with(&line));
        let found = starts.next().filter(|(_, text)| {
            let value = text[line.len()..].trim();
            ours != "order" || value.parse::<i64>().is_ok()
        });
        if let Some((at, _)) = found.filter(|_| !is_taken) {
            let start = front.span.start + at;
            edits.push((
                start..start + theirs.len(),
                ours.to_owned(),
                "keys of front matter",
            ));
        }
    }
    edits
}
