//! Checks that search finds what `expect.toml` expects. The pipeline passes the search in, because stages do not use
//! each other.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::UrlPath;
use crate::site::{Expectation, Expectations, LinkTarget, Site};
use crate::source::Located;

/// How many results are listed when others were expected.
const LISTED: usize = 3;

/// As many results as a phone shows without scrolling.
const WITHIN: usize = 3;

/// A word that no page and no synonym covers, and the words it is taken for.
pub type Uncovered = (String, Vec<String>);

/// The site's search, as far as a rule needs it.
pub trait Search {
    /// For each question the addresses of the results, best first: `a/b/#c`.
    ///
    /// Errors: search itself fails.
    fn answers(&self, questions: &[&str]) -> Result<Vec<Vec<String>>, Diagnostic>;

    /// For each text the words that are not covered.
    ///
    /// Errors: search itself fails.
    fn uncovered(&self, texts: &[&str]) -> Result<Vec<Vec<Uncovered>>, Diagnostic>;
}

/// Looks for the pages that `expect.toml` names.
pub fn expected_pages(site: &Site, diagnostics: &mut Diagnostics) {
    for question in &site.expectations.questions {
        for page in question.pages().filter(|page| target(site, page).is_none()) {
            unknown(site, page, diagnostics);
        }
    }
    let asked = site.expectations.questions.first();
    if let Some(question) = asked.filter(|_| !site.config.search.enabled) {
        let message = "there are questions for a search that is switched off";
        let problem = Diagnostic::warning(Code::Expectation, message).at(&question.ask.location);
        let hint = "delete the questions, or set `enabled = true` under `[search]` in `site.toml`";
        diagnostics.push(problem.hint(hint));
    }
}

/// Asks every question and looks for every word. Questions for a page that the site does not have are skipped: it
/// may be a draft.
pub fn expected_answers(site: &Site, search: &impl Search, diagnostics: &mut Diagnostics) {
    match compare(site, search) {
        Ok(problems) => diagnostics.extend(problems),
        Err(problem) => diagnostics.push(problem),
    }
}

fn compare(site: &Site, search: &impl Search) -> Result<Vec<Diagnostic>, Diagnostic> {
    let Expectations { questions, words } = &site.expectations;
    let asked: Vec<_> = questions.iter().map(|one| one.ask.value.as_str()).collect();
    let answers = questions.iter().zip(search.answers(&asked)?);
    let answers = answers.filter_map(|(question, found)| answered(site, question, &found));
    let texts: Vec<_> = words.iter().map(|word| word.value.as_str()).collect();
    let uncovered = words.iter().zip(search.uncovered(&texts)?);
    let uncovered = uncovered.filter_map(|(word, uncovered)| covered(word, uncovered));
    Ok(answers.chain(uncovered).collect())
}

fn answered(site: &Site, question: &Expectation, found: &[String]) -> Option<Diagnostic> {
    let ask = &question.ask.value;
    let problem = match question.nothing() {
        Some(_) => found_something(ask, found),
        None => misplaced(site, question, found),
    }?;
    let ask = ask.replace('"', " ");
    let problem = problem.hint(format!("`regain search \"{ask}\" --explain` says why"));
    Some(problem.at(&question.ask.location))
}

fn found_something(ask: &str, found: &[String]) -> Option<Diagnostic> {
    let pages = match found.len() {
        0 => return None,
        1 => "1 page".to_owned(),
        pages => format!("{pages} pages"),
    };
    let message = format!("`{ask}` should find nothing, but finds {pages}");
    let problem = Diagnostic::error(Code::FalseResult, message);
    Some(problem.hint(format!("it finds {}", first(found))))
}

fn misplaced(site: &Site, question: &Expectation, found: &[String]) -> Option<Diagnostic> {
    let wanted: Vec<_> = question
        .pages()
        .filter_map(|page| target(site, page))
        .collect();
    let within = question
        .within
        .as_ref()
        .map_or(WITHIN, |within| within.value);
    let (url, _) = wanted.first()?;
    let fits = |address: &String| wanted.iter().any(|wanted| fits(address, wanted));
    let rank = found.iter().position(fits);
    if rank.is_some_and(|rank| rank < within) {
        return None;
    }
    let (ask, page) = (&question.ask.value, &question.pages().next()?.value);
    let place = match within {
        1 => "first".to_owned(),
        within => format!("among the first {within}"),
    };
    let message = match rank {
        Some(rank) => format!("`{ask}` finds `{page}` as result {}, not {place}", rank + 1),
        None if found.is_empty() => format!("`{ask}` finds nothing; `{page}` should be {place}"),
        None => format!("`{ask}` does not find `{page}`, which should be {place}"),
    };
    let mut problem = Diagnostic::error(Code::MissedPage, message);
    if !found.is_empty() {
        problem = problem.hint(format!("it finds {}", first(found)));
    }
    Some(problem.hint(match site.guide_at(url) {
        Some(guide) => format!(
            "add the reader's words to the `keywords` of `{}`, or to a group of `synonyms.toml`",
            guide.file.as_str()
        ),
        None => "add the reader's words to a group of `synonyms.toml`".to_owned(),
    }))
}

/// The first results, which were found instead.
fn first(found: &[String]) -> String {
    let listed = found.iter().take(LISTED).zip(1..);
    let listed = listed.map(|(address, rank)| format!("{rank}. `/{address}`"));
    listed.collect::<Vec<_>>().join(", ")
}

/// Whether a result is the wanted page, or the wanted section of it.
fn fits(address: &str, (url, section): &(UrlPath, Option<String>)) -> bool {
    let (page, found) = address.split_once('#').unwrap_or((address, ""));
    let here = section.as_deref().is_none_or(|section| section == found);
    here && page == url.as_str()
}

fn covered(word: &Located<String>, uncovered: Vec<Uncovered>) -> Option<Diagnostic> {
    let (first, guesses) = uncovered.into_iter().next()?;
    let message = format!("no page and no group of synonyms contains `{first}`");
    let mut problem = Diagnostic::warning(Code::UncoveredWord, message).at(&word.location);
    if !guesses.is_empty() {
        let guesses = guesses.join("`, `");
        problem = problem.hint(format!("search reads it as `{guesses}`"));
    }
    let hint = "add it to the `keywords` of the page that helps, or to a group of `synonyms.toml`";
    Some(problem.hint(hint))
}

/// The page that is expected, and the section of it.
fn target(site: &Site, page: &Located<String>) -> Option<(UrlPath, Option<String>)> {
    let Ok(LinkTarget::Page { url, fragment }) = site.resolve(&page.location.source, &page.value)
    else {
        return None;
    };
    let headings = site.guide_at(&url).map(|guide| &guide.document.headings);
    let is_missing = headings.zip(fragment.as_ref()).is_some_and(|(all, name)| {
        let mut headings = all.iter();
        !headings.any(|heading| heading.id == *name)
    });
    (!is_missing).then_some((url, fragment))
}

fn unknown(site: &Site, page: &Located<String>, diagnostics: &mut Diagnostics) {
    let (path, fragment) = page.value.split_once('#').unwrap_or((&page.value, ""));
    // A heading alone is one of the home page.
    let path = if path.is_empty() { "/" } else { path };
    let whole = Located::new(path.to_owned(), page.location.clone());
    let (message, near) = if let Some((url, _)) = target(site, &whole) {
        let guide = site.guide_at(&url).into_iter();
        let headings = guide.flat_map(|guide| &guide.document.headings);
        let near = diagnostics.nearest(fragment, headings.map(|heading| heading.id.as_str()));
        let near = near.map(|near| format!("{path}#{near}"));
        (format!("`{path}` has no heading `{fragment}`"), near)
    } else {
        let near = diagnostics.nearest(path, site.page_names());
        // Unlike a file, an address begins with a slash.
        let near = near.map(|near| {
            let slash = if near.ends_with('/') { "/" } else { "" };
            let heading = &page.value[page.value.find('#').unwrap_or(page.value.len())..];
            format!("{slash}{near}{heading}")
        });
        (format!("this site has no page `{path}`"), near)
    };
    let problem = Diagnostic::error(Code::UnknownPage, message).at(&page.location);
    diagnostics.push(match near {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(
            "write the path of a guide, such as `a/b.md#heading`, or an address, such as `/checklist/`",
        ),
    });
}
