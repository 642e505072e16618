//! Why search found what it found, in words.
//!
//! In: what was found, with the parts of each score. Out: tables. Every number was counted by the
//! ranking itself; none is worked out here.

use std::fmt::Write as _;

use crate::search::{Asked, Engine, Fields, Found, How, PageFields, Ranked, Reading};

/// Phrases of a group of synonyms that are named: where it is first told, and beside each result.
const PHRASES: usize = 6;
const FEW_PHRASES: usize = 2;

/// How each word of the question was read: what it matters, and what stands for it with its weight
/// of 100.
pub(super) fn reading(engine: &Engine, found: &Found) -> String {
    let mut rows = vec![row("word", "matters", "read as")];
    for asked in &found.asked {
        let mut word = asked.word.as_str();
        let mut matters = asked.importance.to_string();
        for readings in asked.readings.chunk_by(|one, other| one.how == other.how) {
            let words = readings.iter().map(|one| {
                let word = name(engine, one, PHRASES);
                format!("{word} ({})", one.weight)
            });
            let words: Vec<_> = words.collect();
            let how = format!("{}: {}", in_words(readings[0].how), words.join(", "));
            rows.push(row(word, &matters, &how));
            word = "";
            matters.clear();
        }
    }
    for word in &found.fillers {
        rows.push(row(word, "0", "a word that only fills"));
    }
    for word in &found.unknown {
        rows.push(row(
            word,
            "0",
            "unknown: no page, no synonym, no typing error of a known word",
        ));
    }
    let mut text = table(&rows, "");
    text.push('\n');
    text
}

/// What explains the results of one question on one page.
pub(super) struct Reasons<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) found: &'a Found,
    pub(super) page: Option<PageFields<'a>>,
}

impl Reasons<'_> {
    /// The score and its parts, which add up to it.
    pub(super) fn of(&self, result: &Ranked) -> String {
        let mut rows = vec![row("score", &result.score.to_string(), "")];
        let parts = &result.parts;
        let mut missing = Vec::new();
        for (asked, share) in self.found.asked.iter().zip(&parts.shares) {
            if share.value < asked.enough() {
                missing.push(asked.word.as_str());
            }
            if share.value == 0 {
                continue;
            }
            let why = self.why(asked, share.variant, share.value);
            rows.push(row(&asked.word, &format!("+{}", share.value), &why));
        }
        if parts.missing > 0 {
            let why = format!("the page has too little of {}", missing.join(", "));
            rows.push(row("", &format!("-{}", parts.missing), &why));
        }
        if parts.apart > 0 {
            let why = "no one section holds all of them";
            rows.push(row("", &format!("-{}", parts.apart), why));
        }
        if parts.named > 0 {
            let why = "the title, or it with one heading, names it";
            rows.push(row("", &format!("+{}", parts.named), why));
        }
        table(&rows, "    ")
    }

    fn why(&self, asked: &Asked, variant: usize, value: u64) -> String {
        let Some(reading) = asked.readings.get(variant) else {
            return String::new();
        };
        let mut why = match reading.how {
            How::Exact => String::new(),
            how => format!(
                "{} {}: ",
                in_words(how),
                name(self.engine, reading, FEW_PHRASES)
            ),
        };
        let page = self.page.as_ref();
        let fields = page.and_then(|page| page.of(&reading.word));
        why.push_str(
            &fields
                .map(|fields| locations(fields, value))
                .unwrap_or_default(),
        );
        why
    }
}

fn in_words(how: How) -> &'static str {
    match how {
        How::Exact => "as written",
        How::Joined => "written as one",
        How::Split => "run together from",
        How::Ending | How::Near => "other ending",
        How::Beginning => "half typed",
        How::Own => "synonym",
        How::Synonym => "synonym of the language",
        How::Spelling => "typing error for",
    }
}

/// A word, or the phrases of a group of synonyms.
fn name(engine: &Engine, reading: &Reading, most: usize) -> String {
    let phrases = engine.phrases(reading);
    match phrases.len() {
        0 => reading.word.clone(),
        few if few <= most => phrases.join(" = "),
        _ => format!("{} = …", phrases[..most].join(" = ")),
    }
}

fn locations(fields: Fields, value: u64) -> String {
    let points = fields.points(value).into_iter();
    let told: Vec<_> = points
        .filter(|(_, points)| *points > 0)
        .map(|(location, points)| format!("{location} {points}"))
        .collect();
    told.join(", ")
}

type Row = [String; 3];

fn row(word: &str, number: &str, text: &str) -> Row {
    [word, number, text].map(str::to_owned)
}

/// Words to the left, numbers to the right, the rest as it comes.
fn table(rows: &[Row], indent: &str) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let (words, numbers) = (width(0).unwrap_or(0), width(1).unwrap_or(0));
    let mut all = String::new();
    for [word, number, text] in rows {
        let line = format!("{indent}{word:<words$}  {number:>numbers$}  {text}");
        // Writing to a string cannot fail.
        let _ = writeln!(all, "{}", line.trim_end());
    }
    all
}
