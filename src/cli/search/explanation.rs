//! The tables of `regain search --explain`.
//!
//! In: an answer with the parts of each score. Out: text. Every number comes from the ranking itself.

use std::fmt::Write as _;

use crate::search::{Answer, Expansion, FieldScores, PageFields, SearchResult, Term};

/// The most phrases shown of a group of synonyms: in the table of words, and beside each result.
const MAX_PHRASES: usize = 6;
const MAX_RESULT_PHRASES: usize = 2;

/// How each word of the query was searched for: its importance, and the terms it matches with their weights out
/// of 100.
pub(super) fn terms(answer: &Answer) -> String {
    let mut rows = vec![row("word", "importance", "searched as")];
    for term in &answer.terms {
        let mut word = term.word.as_str();
        let mut importance = term.importance.to_string();
        for expansions in term
            .expansions
            .chunk_by(|one, other| one.kind == other.kind)
        {
            let names = expansions.iter().map(|one| {
                let name = name(one, MAX_PHRASES);
                format!("{name} ({})", one.weight)
            });
            let names: Vec<_> = names.collect();
            let text = format!("{}: {}", kind(&expansions[0].kind), names.join(", "));
            rows.push(row(word, &importance, &text));
            word = "";
            importance.clear();
        }
    }
    for word in &answer.stop_words {
        rows.push(row(word, "0", "ignored: a stop word"));
    }
    for unknown in &answer.unknown {
        let text = "unknown: on no page, in no group of synonyms, not a misspelling";
        rows.push(row(&unknown.word, "0", text));
    }
    let mut text = table(&rows, "");
    text.push('\n');
    text
}

/// A score and its parts, which add up to it.
pub(super) fn score(terms: &[Term], result: &SearchResult, page: Option<&PageFields>) -> String {
    let mut rows = vec![row("score", &result.score.to_string(), "")];
    let parts = &result.parts;
    let mut lacking = Vec::new();
    for (term, part) in terms.iter().zip(&parts.values) {
        if part.value < term.full_value {
            lacking.push(term.word.as_str());
        }
        if let Some(expansion) = term
            .expansions
            .get(part.expansion)
            .filter(|_| part.value > 0)
        {
            let why = source(expansion, part.value, page);
            rows.push(row(&term.word, &format!("+{}", part.value), &why));
        }
    }
    if parts.missing > 0 {
        let why = format!("the page says too little about {}", lacking.join(", "));
        rows.push(row("", &format!("-{}", parts.missing), &why));
    }
    if parts.scattered > 0 {
        let why = "no section contains all of them";
        rows.push(row("", &format!("-{}", parts.scattered), why));
    }
    if parts.title > 0 {
        let why = "a heading, together with the title, contains the whole query";
        rows.push(row("", &format!("+{}", parts.title), why));
    }
    table(&rows, "    ")
}

/// The expansion that a value comes from, and the fields of the page.
fn source(expansion: &Expansion, value: u64, page: Option<&PageFields>) -> String {
    let mut text = match expansion.kind.as_str() {
        "exact" => String::new(),
        other => format!("{} {}: ", kind(other), name(expansion, MAX_RESULT_PHRASES)),
    };
    let fields = page.and_then(|page| page.scores(&expansion.word));
    text.push_str(
        &fields
            .map(|fields| shares(fields, value))
            .unwrap_or_default(),
    );
    text
}

fn kind(kind: &str) -> &str {
    match kind {
        "exact" => "as written",
        "compound" => "as one word",
        "split" => "as two words",
        "ending" => "other ending",
        "prefix" => "start of",
        "site" => "synonym",
        "synonym" => "built-in synonym",
        "spelling" => "misspelling of",
        other => other,
    }
}

/// A word, or the phrases of a group of synonyms.
fn name(expansion: &Expansion, max: usize) -> String {
    let phrases = &expansion.phrases;
    match phrases.len() {
        0 => expansion.word.clone(),
        few if few <= max => phrases.join(" = "),
        _ => format!("{} = …", phrases[..max].join(" = ")),
    }
}

fn shares(fields: FieldScores, value: u64) -> String {
    let shares = fields.shares(value).into_iter();
    let shares: Vec<_> = shares
        .filter(|(_, share)| *share > 0)
        .map(|(field, share)| format!("{field} {share}"))
        .collect();
    shares.join(", ")
}

type Row = [String; 3];

fn row(word: &str, number: &str, text: &str) -> Row {
    [word, number, text].map(str::to_owned)
}

/// The first column is aligned to the left, the second to the right.
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
