//! `regain search`

mod reasons;

use std::fmt::Write as _;

use self::reasons::Reasons;
use super::{Ending, SiteArguments, Terminal};
use crate::diagnostic::Error;
use crate::pipeline::{Drafts, Searchable, searchable};
use crate::search::{Engine, Found};

/// Search the site as its readers do
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What a reader might type
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    site: SiteArguments,
    /// Say how each word was read and what each result's score is made of
    #[arg(long)]
    explain: bool,
    /// Search drafts too
    #[arg(long)]
    drafts: bool,
}

/// Results shown: further ones tell an author nothing.
const SHOWN: usize = 10;

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let question = arguments.words.join(" ");
    if !question.chars().any(char::is_alphanumeric) {
        let text = "the question contains no word\nhint: write what a reader might type";
        return Err(Error::Usage(text.to_owned()));
    }
    let drafts = if arguments.drafts {
        Drafts::Shown
    } else {
        Drafts::Hidden
    };
    let Some(site) = searchable(&arguments.site.root, drafts)? else {
        let text = "this site's search is switched off\n\
             hint: set `enabled = true` under `[search]` in content/site.toml";
        return Err(Error::Usage(text.to_owned()));
    };
    let engine = site.engine();
    let found = engine.find(&question);
    let mut text = String::new();
    if arguments.explain {
        text.push_str(&reasons::reading(&engine, &found));
    }
    text.push_str(&results(&site, &engine, (&found, arguments.explain)));
    terminal.result(&text)?;
    for word in &found.unknown {
        let near = match engine.near(word).as_slice() {
            [] => String::new(),
            near => format!("; similar words: {}", near.join(", ")),
        };
        terminal.say(&format!("no page contains `{word}`{near}"));
    }
    match found.results.len() {
        0 => terminal.say("nothing found"),
        all if all > SHOWN => terminal.say(&format!("{all} pages found, the first {SHOWN} shown")),
        _ => {}
    }
    Ok(Ending::Done)
}

fn results(site: &Searchable, engine: &Engine, (found, explain): (&Found, bool)) -> String {
    let explainer = explain.then(|| site.explainer());
    let mut text = String::new();
    for (result, rank) in found.results.iter().take(SHOWN).zip(1..) {
        let Some(shown) = engine.show(found, result) else {
            continue;
        };
        if !text.is_empty() {
            text.push('\n');
        }
        let section = match shown.heading.as_str() {
            "" => String::new(),
            heading => format!(" › {heading}"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{rank:>2}. {}{section}", shown.title);
        let _ = writeln!(text, "    /{}", shown.address);
        if !shown.excerpt.is_empty() {
            let _ = writeln!(text, "    {}", shown.excerpt);
        }
        if let Some(explainer) = &explainer {
            let page = explainer.page(result.page);
            text.push_str(
                &Reasons {
                    engine,
                    found,
                    page,
                }
                .of(result),
            );
        }
    }
    text
}
