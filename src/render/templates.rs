//! Tera set up with a theme, and its errors as diagnostics.
//!
//! In: a theme. Out: rendered text, or a diagnostic that names template and line. Every template
//! escapes what it is given, whatever its name ends in.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::context::Frame;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Location, Source};
use crate::theme::Theme;

/// Names of values a hint lists at most.
const FIELDS_SHOWN: usize = 12;

/// A theme's templates, ready to render.
#[derive(Debug)]
pub(super) struct Templates<'a> {
    tera: Tera,
    theme: &'a Theme,
}

impl<'a> Templates<'a> {
    /// Reads all templates; `globals` is what each of them sees on every page.
    pub(super) fn new(theme: &'a Theme, globals: &impl Serialize) -> Result<Self, Diagnostics> {
        let mut tera = Tera::new();
        tera.autoescape_on([""]);
        let templates = theme
            .templates
            .iter()
            .map(|(name, source)| (name.as_str(), source.text()));
        let result = tera.add_raw_templates(templates);
        let globals = Context::from_serialize(globals);
        let mut templates = Self { tera, theme };
        match result.and(globals) {
            Ok(globals) => *templates.tera.global_context() = globals,
            Err(error) => return Err(templates.problems(&error)),
        }
        Ok(templates)
    }

    /// Renders a page that has these values alone.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Diagnostic> {
        Context::from_serialize(view)
            .and_then(|context| self.tera.render(name, &context))
            .map_err(|error| self.problem(&error))
    }

    /// Renders a page with what every page has around its own values.
    pub(super) fn render_in(
        &self,
        frame: &Frame<'_>,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, Diagnostic> {
        Context::from_serialize(frame)
            .and_then(|mut context| {
                context.extend(Context::from_serialize(view)?);
                self.tera.render(name, &context)
            })
            .map_err(|error| self.problem(&error))
    }

    /// What is wrong with the theme as a whole. Names that no template knows come as one text of
    /// several reports, each with a line `--> template:line:column`.
    fn problems(&self, error: &tera::Error) -> Diagnostics {
        let mut problems = Diagnostics::default();
        if let ErrorKind::Msg(text) = error.kind() {
            problems.extend(text.split("\n\n").filter_map(|report| self.report(report)));
        }
        if problems.is_empty() {
            problems.push(self.problem(error));
        }
        problems
    }

    fn report(&self, text: &str) -> Option<Diagnostic> {
        let (message, rest) = text.strip_prefix("error: ")?.split_once("\n --> ")?;
        let mut location = rest.lines().next()?.rsplitn(3, ':');
        let column: usize = location.next()?.parse().ok()?;
        let line = location.next()?.parse().ok()?;
        let source = self.theme.templates.get(location.next()?)?;
        let start = offset(source, line, column.saturating_sub(1));
        let marks = rest
            .lines()
            .last()
            .map_or(0, |line| line.matches('^').count());
        Some(
            Diagnostic::error(Code::Template, plain(message))
                .at(Location::new(source, start..start + marks)),
        )
    }

    fn problem(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let problem = worded(report.message());
                match self.theme.templates.get(report.filename()) {
                    Some(source) => {
                        let span = report.span();
                        problem.at(Location::new(
                            source,
                            offset(source, span.start_line, span.start_col)
                                ..offset(source, span.end_line, span.end_col),
                        ))
                    }
                    None => problem,
                }
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => self
                .at_template(tpl, "includes or extends itself")
                .hint("break the circle"),
            ErrorKind::MissingParent { current, parent } => self
                .at_template(
                    current,
                    &format!("extends `{parent}`, which does not exist"),
                )
                .hint("correct the name or add the template"),
            ErrorKind::TemplateNotFound(name) => Diagnostic::error(
                Code::Template,
                format!("the theme has no template `{name}`"),
            )
            .hint("correct the name or add the template"),
            other => Diagnostic::error(Code::Template, plain(&other.to_string())),
        }
    }

    fn at_template(&self, name: &str, message: &str) -> Diagnostic {
        let problem = Diagnostic::error(Code::Template, message);
        match self.theme.templates.get(name) {
            Some(source) => problem.at(Location::start_of(source)),
            None => problem,
        }
    }
}

/// What Tera says, and of a value that is not there what could have been meant: it lists all there are,
/// which for the strings of a theme are hundreds.
fn worded(message: &str) -> Diagnostic {
    let Some((what, known)) = message.split_once(" Available fields: ") else {
        return Diagnostic::error(Code::Template, plain(message));
    };
    let problem = Diagnostic::error(Code::Template, plain(what));
    let known: Vec<_> = known
        .lines()
        .next()
        .unwrap_or_default()
        .split(", ")
        .collect();
    let wanted = what.split('`').nth(1).unwrap_or_default();
    match nearest(wanted, known.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None if known.len() <= FIELDS_SHOWN => {
            problem.hint(format!("the values are: `{}`", known.join("`, `")))
        }
        None => problem,
    }
}

/// Tera's message as one line in our style.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut characters = line.trim_end_matches('.').chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

/// Line from 1 and column from 0 → offset in the template.
fn offset(source: &Source, line: usize, column: usize) -> usize {
    let text = source.text();
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let within: usize = text[start..].chars().take(column).map(char::len_utf8).sum();
    start + within
}
