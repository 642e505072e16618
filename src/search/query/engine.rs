//! A JavaScript engine that runs the theme's search scripts over an index in memory.
//!
//! In: the scripts, an index and queries. Out: answers, or a diagnostic for a script that fails. A
//! script gets the index and the query and cannot access anything else on the machine; its steps and memory are
//! limited.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rquickjs::context::EvalOptions;
use rquickjs::{
    CatchResultExt as _, CaughtError, Context, Ctx, Function, Object, Promise, Runtime,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic};
use crate::search::SearchIndex;
use crate::source::{Location, Source};

/// Connects the theme's scripts with the index.
const BRIDGE: &str = include_str!("bridge.js");

/// How often the engine may ask whether to go on, about every ten thousand steps, before a call is
/// taken for endless. A query takes a few dozen on the bundled site; sixteen misspelled words on a site of
/// 100,000 words take half of this.
const MAX_CHECKS: u32 = 10_000;
const MAX_MEMORY: usize = 512 << 20;
/// Less than a quarter of the smallest stack a thread of ours has.
const MAX_STACK: usize = 512 << 10;
/// Collecting garbage costs a tenth of the time at the engine's default of 256 KiB.
const GARBAGE: usize = 64 << 20;

/// The theme's search scripts with an index.
pub struct Engine {
    context: Context,
    checks_left: Rc<Cell<u32>>,
    scripts: Vec<Arc<Source>>,
}

/// What a query finds and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// How many pages.
    pub count: usize,
    /// The first of them, best first.
    pub results: Vec<SearchResult>,
    /// What was searched for.
    pub terms: Vec<Term>,
    /// Words of the query that were ignored, sorted.
    pub stop_words: Vec<String>,
    /// Words that match nothing.
    pub unknown: Vec<UnknownWord>,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SearchResult {
    /// The number of the page in the index.
    pub page: usize,
    /// Its best section; 0 is the top of the page.
    pub section: usize,
    /// Comparable within one query only.
    pub score: u64,
    /// What the score is made of.
    pub parts: Parts,
    /// Relative to the root of the site, with the section's fragment: `a/b/#c`.
    pub address: String,
    /// The page's title.
    pub title: String,
    /// The section's heading; empty for the top of the page.
    pub heading: String,
    /// The passage that shows best why the section was found.
    pub snippet: String,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Parts {
    /// What each term adds.
    pub values: Vec<TermValue>,
    /// Subtracted because the page lacks some terms.
    pub missing: u64,
    /// Subtracted because no section contains all the terms that the page contains.
    pub scattered: u64,
    /// Added because a heading, together with the title, contains the whole query.
    pub title: u64,
}

/// What a term adds to the score of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct TermValue {
    /// 0 where the page does not match it.
    pub value: u64,
    /// The expansion that matches best.
    pub expansion: usize,
}

/// A word that was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Term {
    /// The word, folded.
    pub word: String,
    /// How much it matters compared with the others.
    pub importance: u64,
    /// The value from which on a page covers it completely.
    pub full_value: u64,
    /// The terms of the index that match it.
    pub expansions: Vec<Expansion>,
}

/// A term of the index that matches a word of the query.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Expansion {
    /// How it was found: `exact`, `prefix`, …
    pub kind: String,
    /// The word of the index, `~` and a number for a group of synonyms.
    pub word: String,
    /// How much it counts, of 100.
    pub weight: u64,
    /// From 1, for a word on every page.
    pub rarity: u64,
    /// The phrases of a group of synonyms.
    pub phrases: Vec<String>,
}

/// A word that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UnknownWord {
    /// The word, folded.
    pub word: String,
    /// Words of the site that resemble it, the most similar first.
    pub similar: Vec<String>,
}

impl Parts {
    /// The score.
    pub fn sum(&self) -> u64 {
        let values: u64 = self.values.iter().map(|term| term.value).sum();
        (values + self.title).saturating_sub(self.missing + self.scattered)
    }
}

impl Engine {
    /// Runs the scripts.
    ///
    /// Errors: a script that fails.
    pub fn new(scripts: &[Arc<Source>], index: &Arc<SearchIndex>) -> Result<Self, Diagnostic> {
        let machine = |error: rquickjs::Error| {
            let message = format!("the search scripts cannot be run: {error}");
            Diagnostic::error(Code::SearchScript, message)
        };
        let runtime = Runtime::new().map_err(machine)?;
        runtime.set_memory_limit(MAX_MEMORY);
        runtime.set_max_stack_size(MAX_STACK);
        runtime.set_gc_threshold(GARBAGE);
        let checks_left = Rc::new(Cell::new(0));
        let left = Rc::clone(&checks_left);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            left.set(u32::saturating_sub(left.get(), 1));
            left.get() == 0
        })));
        let engine = Self {
            context: Context::full(&runtime).map_err(machine)?,
            checks_left,
            scripts: scripts.to_vec(),
        };
        engine.run(|context| {
            let shards = shards(index);
            let read = Function::new(context.clone(), move |id: String| shards(&id))?;
            context.globals().set("readShard", read)?;
            context.eval::<(), _>(BRIDGE)?;
            for script in scripts {
                let mut options = EvalOptions::default();
                options.filename = Some(script.path().to_owned());
                context.eval_with_options::<(), _>(script.text(), options)?;
            }
            Ok(())
        })?;
        Ok(engine)
    }

    /// The results of a query, at most `max`, and everything that explains them.
    ///
    /// Errors: a script that fails.
    pub fn search(&self, query: &str, max: usize) -> Result<Answer, Diagnostic> {
        self.call("search", (query, max))
    }

    /// The addresses of all results of a query, best first.
    ///
    /// Errors: a script that fails.
    pub fn answers(&self, query: &str) -> Result<Vec<String>, Diagnostic> {
        self.call("answers", (query,))
    }

    /// The words of a text that no page and no synonym covers, each with the words it is taken for.
    ///
    /// Errors: a script that fails.
    pub fn uncovered(&self, text: &str) -> Result<Vec<(String, Vec<String>)>, Diagnostic> {
        self.call("uncovered", (text,))
    }

    fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: impl for<'js> rquickjs::function::IntoArgs<'js>,
    ) -> Result<T, Diagnostic> {
        let json = self.run(|context| {
            let regain: Object = context.globals().get("regain")?;
            let bridge: Object = regain.get("bridge")?;
            let function: Function = bridge.get(function)?;
            self.settle(context, &function.call(arguments)?)
        })?;
        serde_json::from_str(&json)
            .map_err(|error| self.problem(&format!("they answer with invalid data: {error}"), ""))
    }

    /// Runs `work` with fresh limits.
    fn run<T>(
        &self,
        work: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<T>,
    ) -> Result<T, Diagnostic> {
        self.checks_left.set(MAX_CHECKS);
        self.context.with(|context| {
            work(&context)
                .catch(&context)
                .map_err(|error| self.failure(&error))
        })
    }

    /// What a promise resolves to, once every pending step has run.
    fn settle(&self, context: &Ctx<'_>, promise: &Promise<'_>) -> rquickjs::Result<String> {
        loop {
            if let Some(result) = promise.result() {
                return result;
            }
            if self.checks_left.get() == 0 || !context.execute_pending_job() {
                return Err(rquickjs::Error::WouldBlock);
            }
        }
    }

    fn failure(&self, error: &CaughtError<'_>) -> Diagnostic {
        if self.checks_left.get() == 0 {
            return self.problem("they do not finish", "");
        }
        match error {
            CaughtError::Exception(exception) => self.problem(
                &exception.message().unwrap_or_default(),
                &exception.stack().unwrap_or_default(),
            ),
            CaughtError::Error(rquickjs::Error::WouldBlock) => {
                self.problem("a promise is never settled", "")
            }
            CaughtError::Error(error) => self.problem(&error.to_string(), ""),
            CaughtError::Value(_) => self.problem("a value that is not an error was thrown", ""),
        }
    }

    fn problem(&self, message: &str, stack: &str) -> Diagnostic {
        let message = format!("the theme's search scripts fail: {message}");
        let diagnostic = Diagnostic::error(Code::SearchScript, message)
            .hint("correct the script, or delete it from the theme to use the default one: readers' browsers run the same scripts");
        match self.location(stack) {
            Some(location) => diagnostic.at(location),
            None => diagnostic,
        }
    }

    /// Where the innermost frame of a stack trace is: `at rank (themes/a/js/b.js:12:3)`.
    fn location(&self, stack: &str) -> Option<Location> {
        let frames = self.scripts.iter().filter_map(|script| {
            let name = format!("{}:", script.path());
            let at = stack.find(&name)?;
            let number = stack[at + name.len()..].split(|digit: char| !digit.is_ascii_digit());
            Some((at, script, number.clone().next()?.parse::<usize>().ok()?))
        });
        let (_, script, line) = frames.min_by_key(|(at, ..)| *at)?;
        let text = script.text();
        let line = text.split('\n').nth(line.checked_sub(1)?)?;
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let indent = line.len() - line.trim_start().len();
        Some(Location::new(
            script,
            start + indent..start + line.trim_end().len(),
        ))
    }
}

/// Gives the script of a shard by its id.
fn shards(index: &Arc<SearchIndex>) -> impl Fn(&str) -> Option<String> + use<> {
    let index = Arc::clone(index);
    let all = index.shards.iter().enumerate();
    let numbers: HashMap<String, usize> = all.map(|(at, shard)| (shard.id.clone(), at)).collect();
    move |id| {
        let shard = &index.shards[*numbers.get(id)?];
        String::from_utf8(shard.bytes.clone()).ok()
    }
}
