//! Pages → payloads of what results show, of the size a slow line takes gladly.
//!
//! In: the pages and the vocabulary. Out: payloads with the first key of each, `[part, …]`, a part
//! being `[page, first section, address, title, sections above, [[fragment, heading, text], …]]`.
//! Long pages are cut between sections. It makes no files.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::abridge::abridge;
use super::records::Record;
use super::vocabulary::{Rarities, Vocabulary};

/// Letters in a payload before compression, which takes about half. A reader asks for one a result,
/// so small ones cost least; a large site has larger ones, or their number would be a burden.
const SMALLEST: usize = 1_500;
const LARGEST: usize = 6_000;
/// Payloads there should be, as far as their size allows.
const PAYLOADS: usize = 3_000;

/// Sections of a page that can be told apart; those past it are shown with the last.
pub(super) const SECTIONS: usize = 4096;

/// What a line ends with that needs nothing to be told apart from the next.
const MARKS: &str =
    ".?!:;,\u{2026}\u{3002}\u{ff01}\u{ff1f}\u{ff1a}\u{ff1b}\u{3001}\u{60c}\u{61b}\u{61f}";

/// Fragment, heading and text.
type Shown<'a> = (&'a str, &'a str, Cow<'a, str>);

/// The payloads, each with the key of its first section.
pub(super) fn texts(records: &[Record], vocabulary: &Vocabulary) -> Vec<(usize, String)> {
    let rarities = vocabulary.rarities();
    let pages: Vec<Vec<Shown>> = records
        .par_iter()
        .map(|record| shown(record, &rarities))
        .collect();
    let all: usize = pages.iter().flatten().map(|(.., text)| text.len()).sum();
    let size = (all / PAYLOADS).clamp(SMALLEST, LARGEST);
    let cut = |(page, sections): (usize, Vec<Shown>)| parts(page, &records[page], &sections, size);
    let parts: Vec<_> = pages.into_par_iter().enumerate().map(cut).collect();
    let mut payloads: Vec<(usize, String)> = Vec::new();
    for (key, part) in parts.into_iter().flatten() {
        match payloads.last_mut() {
            Some((_, open)) if open.len() + part.len() < size => {
                open.push(',');
                open.push_str(&part);
            }
            _ => payloads.push((key, format!("[{part}"))),
        }
    }
    for (_, payload) in &mut payloads {
        payload.push(']');
    }
    payloads
}

/// The key of a section of a page.
pub(super) fn section_key(page: usize, section: usize) -> usize {
    page * SECTIONS + section.min(SECTIONS - 1)
}

fn shown<'a>(record: &'a Record, rarities: &Rarities<'_>) -> Vec<Shown<'a>> {
    let sections = record.sections.iter().enumerate().map(|(at, section)| {
        let mut text = match apart(&section.text) {
            Cow::Borrowed(text) => abridge(text, rarities),
            Cow::Owned(text) => Cow::Owned(abridge(&text, rarities).into_owned()),
        };
        if at == 0 && !record.summary.is_empty() {
            text = Cow::Owned(format!("{}\n{text}", record.summary));
        }
        (section.id.as_ref(), section.heading, text)
    });
    sections.collect()
}

/// Ends of lines that end with no mark get one: results show items of lists and cells of tables one
/// after another.
fn apart(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    let bare = |line: &str| line.trim_end().ends_with(|last| !MARKS.contains(last));
    let (lines, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if !lines.lines().any(bare) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 16);
    for line in lines.lines() {
        marked.push_str(line.trim_end());
        marked.push_str(if bare(line) { ";\n" } else { "\n" });
    }
    marked.push_str(last);
    Cow::Owned(marked)
}

fn parts(page: usize, record: &Record, sections: &[Shown], size: usize) -> Vec<(usize, String)> {
    let mut parts = Vec::new();
    let mut first = 0;
    while first < sections.len() {
        let mut length = 0;
        let fits = sections[first..].iter().take_while(|(.., text)| {
            length += text.len();
            length <= size
        });
        let mut end = first + fits.count().max(1);
        if end >= SECTIONS {
            end = sections.len();
        }
        let key = section_key(page, first);
        parts.push((key, part(page, record, sections, first..end)));
        first = end;
    }
    parts
}

fn part(page: usize, record: &Record, sections: &[Shown], range: Range<usize>) -> String {
    let part = (
        page,
        range.start,
        &record.url,
        record.title,
        &record.crumbs,
        &sections[range],
    );
    serde_json::to_string(&part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (text, expected) in [
            ("One.\nTwo?\nthree", "One.\nTwo?\nthree"),
            (
                "a login\na mailbox \nan hour\n",
                "a login;\na mailbox;\nan hour",
            ),
            ("Cell\n\nText.", "Cell;\nText."),
            (
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
            ),
            ("", ""),
        ] {
            assert_eq!(apart(text), expected, "{text:?}");
        }
    }
}
