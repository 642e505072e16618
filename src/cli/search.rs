//! `regain search`

mod explanation;

use std::fmt::Write as _;

use super::shared_arguments::SiteArguments;
use super::terminal::{Ending, Terminal};
use crate::diagnostic::Error;
use crate::pipeline::{Searchable, searchable};
use crate::search::Answer;
use crate::site::QUESTION_LIMIT;

/// Search the site as its readers do
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The search words
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    site: SiteArguments,
    /// Explain how each word was searched for and how each page was scored
    #[arg(long)]
    explain: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
}

/// Enough to see what to improve.
const MAX_RESULTS: usize = 10;

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let query = arguments.words.join(" ");
    if !query.chars().any(char::is_alphanumeric) {
        let text = "the query contains no word\nhint: write what a reader might type";
        return Err(Error::Usage(text.to_owned()));
    }
    if query.chars().nth(QUESTION_LIMIT).is_some() {
        let text = format!("the query is longer than {QUESTION_LIMIT} characters");
        return Err(Error::Usage(text));
    }
    let Some(site) = searchable(&arguments.site.options(arguments.drafts))? else {
        let text = "this site's search is switched off\n\
             hint: set `enabled = true` under `[search]` in content/site.toml";
        return Err(Error::Usage(text.to_owned()));
    };
    let answer = site
        .engine()
        .and_then(|engine| engine.search(&query, MAX_RESULTS))
        .map_err(Error::from)?;
    let mut text = String::new();
    if arguments.explain {
        text.push_str(&explanation::terms(&answer));
    }
    text.push_str(&results(&site, &answer, arguments.explain));
    terminal.result(&text)?;
    for unknown in &answer.unknown {
        let similar = match unknown.similar.as_slice() {
            [] => String::new(),
            similar => format!("; similar words: {}", similar.join(", ")),
        };
        terminal.say(&format!("no page contains `{}`{similar}", unknown.word));
    }
    match answer.count {
        0 => terminal.say("no results"),
        count if count > MAX_RESULTS => {
            terminal.say(&format!(
                "showing the first {MAX_RESULTS} of {count} results"
            ));
        }
        _ => {}
    }
    Ok(Ending::Done)
}

fn results(site: &Searchable, answer: &Answer, explain: bool) -> String {
    let explainer = explain.then(|| site.explainer());
    let mut text = String::new();
    for (result, rank) in answer.results.iter().zip(1..) {
        if !text.is_empty() {
            text.push('\n');
        }
        let section = match result.heading.as_str() {
            "" => String::new(),
            heading => format!(" › {heading}"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{rank:>2}. {}{section}", result.title);
        let _ = writeln!(text, "    /{}", result.address);
        if !result.snippet.is_empty() {
            let _ = writeln!(text, "    {}", result.snippet);
        }
        if let Some(explainer) = &explainer {
            let page = explainer.page(result.page);
            text.push_str(&explanation::score(&answer.terms, result, page.as_ref()));
        }
    }
    text
}
