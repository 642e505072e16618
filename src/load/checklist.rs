//! `checklist.toml` → the recovery domain.
//!
//! In: its source. Out: a checklist, and a diagnostic for every key that cannot be taken as it stands. Whether names lead anywhere and the request makes sense is for `check`.

use std::iter::repeat_n;
use std::sync::Arc;

use super::checklist_raw::{
    RawChecklist, RawDetail, RawKind, RawOption, RawSecret, RawSensitivity,
};
use super::toml_file::{Spanned, located, read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::{AnswerId, DetailId, GroupId, RequestId};
use crate::markdown::{Options, Prose};
use crate::recovery::secrets::{Certainty, Edges, Mixture, SecretKind, SiteSecret};
use crate::recovery::{
    AtLeastOne, Checklist, ChoiceOption, Condition, Detail, DetailKind, Group, Help, Pattern,
    Sensitivity, Shape, Tidy,
};
use crate::source::{Located, Location, Source};

type Text = Spanned<String>;

/// The name of a rule in `[tidy]`, and its pattern.
type TidyRule = (Located<String>, Located<String>);

/// Reads a checklist on its own, whatever its Markdown looks like.
pub(super) fn checklist_alone(
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> Option<Checklist> {
    checklist(source, &mut ProseParser::default(), diagnostics)
}

/// Reads `checklist.toml`; without a value only where its syntax is wrong or its title is missing.
pub(super) fn checklist(
    source: &Arc<Source>,
    parser: &mut ProseParser,
    diagnostics: &mut Diagnostics,
) -> Option<Checklist> {
    let raw: RawChecklist = read(source, diagnostics)?;
    if too_large(source, &raw, diagnostics) {
        return None;
    }
    let mut reader = Reader {
        source,
        parser,
        diagnostics,
    };
    let tidy: Vec<_> = raw
        .tidy
        .into_iter()
        .map(|(name, pattern)| (reader.text(name), reader.text(pattern)))
        .collect();
    Some(Checklist {
        mailboxes: Vec::new(),
        title: reader.text(raw.title),
        intro: reader.prose(raw.intro),
        groups: raw
            .group
            .into_iter()
            .map(|group| Group {
                id: reader.name(group.id, GroupId::new),
                title: group.title,
                intro: reader.prose(group.intro),
            })
            .collect(),
        details: raw
            .detail
            .into_iter()
            .filter_map(|detail| reader.detail(detail, &tidy))
            .collect(),
        at_least_one: raw
            .at_least_one
            .into_iter()
            .map(|set| AtLeastOne {
                details: reader.names(set.details, DetailId::new),
                message: set.message,
            })
            .collect(),
        requests: raw
            .request
            .into_iter()
            .map(|request| reader.request(request))
            .collect(),
        tidy,
        secrets: raw
            .secret
            .into_iter()
            .map(|secret| reader.secret(secret))
            .collect(),
        secret_guides: raw
            .secret_guides
            .into_iter()
            .map(|(pattern, guide)| (reader.text(pattern), reader.text(guide)))
            .collect(),
    })
}

fn too_large(source: &Arc<Source>, raw: &RawChecklist, diagnostics: &mut Diagnostics) -> bool {
    let mut too_many = |limit, entries: &mut dyn Iterator<Item = &Text>| {
        too_many(source, limit, entries, diagnostics)
    };
    let fields = || raw.request.iter().flat_map(|request| &request.field);
    let gaps = |text: &Text| text.get_ref().matches('{').count();
    let gaps = fields().flat_map(|field| repeat_n(&field.text, gaps(&field.text)));
    let options = raw.detail.iter().flat_map(|detail| &detail.option);
    too_many((1_000, "groups"), &mut raw.group.iter().map(|one| &one.id))
        || too_many(
            (1_000, "details"),
            &mut raw.detail.iter().map(|one| &one.id),
        )
        || too_many((10_000, "options"), &mut options.map(|one| &one.id))
        || too_many(
            (1_000, "requests"),
            &mut raw.request.iter().map(|one| &one.id),
        )
        || too_many((10_000, "fields"), &mut fields().map(|one| &one.label))
        || too_many((5_000, "gaps"), &mut gaps.into_iter())
}

/// One file being read.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) parser: &'a mut ProseParser,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// Parses the Markdown in tables. Its problems are kept apart, since they lose no value.
#[derive(Default)]
pub(super) struct ProseParser {
    pub(super) options: Options,
    pub(super) diagnostics: Diagnostics,
}

impl ProseParser {
    pub(super) fn parse(&mut self, text: Located<String>) -> Prose {
        Prose::new(text, &self.options, &mut self.diagnostics)
    }
}

impl Reader<'_> {
    pub(super) fn text(&self, text: Text) -> Located<String> {
        located(self.source, text)
    }

    /// An empty text is no text.
    pub(super) fn prose(&mut self, text: Option<Text>) -> Option<Prose> {
        let text = self.text_unless_empty(text)?;
        Some(self.parser.parse(text))
    }

    fn text_unless_empty(&self, text: Option<Text>) -> Option<Located<String>> {
        text.map(|text| self.text(text))
            .filter(|text| !text.value.trim().is_empty())
    }

    pub(super) fn proses(&mut self, texts: Vec<Text>) -> Vec<Prose> {
        let texts = texts.into_iter();
        texts.filter_map(|text| self.prose(Some(text))).collect()
    }

    pub(super) fn name<T>(&self, text: Text, new: impl Fn(String) -> T) -> Located<T> {
        let Located { value, location } = self.text(text);
        Located::new(new(value), location)
    }

    fn names<T>(&self, texts: Vec<Text>, new: impl Fn(String) -> T + Copy) -> Vec<Located<T>> {
        texts.into_iter().map(|text| self.name(text, new)).collect()
    }

    /// One option of a detail, or a list of them.
    pub(super) fn chosen(
        &mut self,
        detail: &Located<DetailId>,
        options: Spanned<toml::Value>,
    ) -> Vec<Located<AnswerId>> {
        let options = located(self.source, options);
        let given = match options.value {
            toml::Value::String(one) => vec![toml::Value::String(one)],
            toml::Value::Array(several) => several,
            _ => Vec::new(),
        };
        let names: Option<Vec<_>> = given
            .iter()
            .map(|option| option.as_str().map(AnswerId::new))
            .collect();
        let names = names.filter(|names| !names.is_empty());
        if names.is_none() {
            let message = format!(
                "`{}` must be the id of an option, or a list of them",
                detail.value
            );
            self.diagnostics.push(
                Diagnostic::error(Code::WrongType, message)
                    .at(options.location.clone())
                    .hint("for example `\"phone\"` or `[\"phone\", \"key\"]`"),
            );
        }
        let names = names.unwrap_or_default().into_iter();
        names
            .map(|name| Located::new(name, options.location.clone()))
            .collect()
    }

    pub(super) fn problem(&mut self, code: Code, location: Location, message: String) {
        self.diagnostics
            .push(Diagnostic::error(code, message).at(location));
    }

    fn detail(&mut self, raw: RawDetail, tidy: &[TidyRule]) -> Option<Detail> {
        let id = self.name(raw.id, DetailId::new);
        if let Some(text) = raw
            .contradicted_by
            .as_ref()
            .filter(|_| raw.statement.is_none())
        {
            let location = Location::new(self.source, text.span());
            let message = "only a `confirm` detail can have `contradicted_by`".to_owned();
            self.problem(Code::UnknownKey, location, message);
        }
        let kind = self.kind(
            &id.location,
            raw.kind.into_inner(),
            raw.option,
            raw.statement,
        )?;
        let pattern = self.pattern(&id.location, raw.pattern, raw.pattern_help);
        Some(Detail {
            group: self.name(raw.group, GroupId::new),
            label: self.text(raw.label),
            kind,
            help: Help {
                hint: self.prose(raw.hint),
                why: self.prose(raw.why),
                find: self.prose(raw.find),
                example: self.text_unless_empty(raw.example),
                aside: self.prose(raw.aside),
            },
            required: raw.required,
            if_empty: raw.if_empty,
            only_if: raw.only_if.map(|condition| {
                let detail = self.name(condition.detail, DetailId::new);
                let answers = self.chosen(&detail, condition.answer);
                Condition { detail, answers }
            }),
            sensitivity: self.sensitivity(raw.sensitivity),
            shape: Shape {
                max_length: raw.max_length,
                pattern,
                tidy: self.tidy(raw.tidy, tidy),
                contradicted_by: raw.contradicted_by.map(|text| self.text(text)),
            },
            autocomplete: raw.autocomplete.unwrap_or_else(|| "off".to_owned()),
            requests: self.names(raw.requests, RequestId::new),
            id,
        })
    }

    /// Puts a kind and what belongs to it alone together.
    fn kind(
        &mut self,
        location: &Location,
        kind: RawKind,
        options: Vec<RawOption>,
        statement: Option<Text>,
    ) -> Option<DetailKind> {
        let has_options = matches!(kind, RawKind::Choice | RawKind::Choices);
        if let Some(option) = options.first().filter(|_| !has_options) {
            let location = Location::new(self.source, option.id.span());
            let message = "only a `choice` or `choices` detail has options".to_owned();
            self.problem(Code::UnknownKey, location, message);
        }
        if let Some(text) = statement.as_ref().filter(|_| kind != RawKind::Confirm) {
            let location = Location::new(self.source, text.span());
            let message = "only a `confirm` detail has a `statement`".to_owned();
            self.problem(Code::UnknownKey, location, message);
        }
        if has_options && options.is_empty() {
            let message = "a detail to choose from needs `[[detail.option]]` tables".to_owned();
            self.problem(Code::MissingKey, location.clone(), message);
        }
        Some(match kind {
            RawKind::Line => DetailKind::Line,
            RawKind::Paragraph => DetailKind::Paragraph,
            RawKind::Choice => DetailKind::Choice(self.options(options)),
            RawKind::Choices => DetailKind::Choices(self.options(options)),
            RawKind::List => DetailKind::List,
            RawKind::Address => DetailKind::Address,
            RawKind::Date => DetailKind::Date,
            RawKind::Confirm => {
                let Some(statement) = statement else {
                    let message = "a `confirm` detail needs a `statement`".to_owned();
                    self.problem(Code::MissingKey, location.clone(), message);
                    return None;
                };
                // The links of a form lead to the form's own pages, so nothing here is checked.
                let statement = self.text(statement);
                let mut unchecked = Diagnostics::default();
                DetailKind::Confirm {
                    statement: Box::new(Prose::new(
                        statement,
                        &self.parser.options,
                        &mut unchecked,
                    )),
                }
            }
        })
    }

    /// The rules that a detail names: the built-in ones and those of `[tidy]`.
    fn tidy(&mut self, names: Vec<Text>, own: &[TidyRule]) -> Vec<Tidy> {
        let rule = |name: &str| match name {
            "backticks" => Some(Tidy::Backticks),
            "at" => Some(Tidy::At),
            _ => {
                let (_, pattern) = own.iter().find(|(own, _)| own.value == name)?;
                Some(Tidy::Extract(pattern.value.clone()))
            }
        };
        let mut rules = Vec::new();
        for name in names {
            let Located { value, location } = self.text(name);
            if let Some(rule) = rule(&value) {
                rules.push(rule);
                continue;
            }
            let known = own.iter().map(|(name, _)| name.value.as_str());
            let near = nearest(&value, known.chain(["backticks", "at"]));
            let hint = near.map_or_else(
                || format!("write `backticks` or `at`, or add `{value}` to `[tidy]`"),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no `tidy` rule `{value}`");
            self.diagnostics.push(
                Diagnostic::error(Code::UnknownName, message)
                    .at(location)
                    .hint(hint),
            );
        }
        rules
    }

    fn secret(&self, raw: RawSecret) -> SiteSecret {
        let (id, pattern) = (self.text(raw.id), self.text(raw.pattern));
        let edges = if raw.inside_words {
            Edges::Any
        } else {
            Edges::Alone
        };
        // A text may say that a guess is something else, such as a commit.
        let (certainty, not_called) = if raw.certain_from == Some(1) {
            (Certainty::Certain, Vec::new())
        } else {
            (Certainty::Guess, vec!["harmless".to_owned()])
        };
        let kind = SecretKind {
            id: id.value.clone(),
            what: raw.what,
            name: raw.name,
            certainty,
            not_called,
            certain_from: raw.certain_from,
            // All of it is the secret: groups in it mean nothing.
            patterns: vec![format!("({})", pattern.value)],
            ignore_case: raw.ignore_case,
            except: raw.except.iter().map(|one| one.to_lowercase()).collect(),
            edges,
            mixture: if raw.mixed {
                Mixture::Digits
            } else {
                Mixture::Any
            },
            outside_addresses: raw.outside_addresses,
            wraps: raw.wraps,
            signs_in: raw.signs_in,
            own: true,
            ..SecretKind::default()
        };
        SiteSecret { kind, id, pattern }
    }

    fn sensitivity(&mut self, raw: Option<Spanned<RawSensitivity>>) -> Sensitivity {
        let Some(raw) = raw else {
            return Sensitivity::Public;
        };
        match raw.get_ref() {
            RawSensitivity::Public => Sensitivity::Public,
            RawSensitivity::Private => Sensitivity::Private,
            RawSensitivity::Never => {
                let location = Location::new(self.source, raw.span());
                let message = "a detail that must never be known must not be asked for".to_owned();
                self.problem(Code::AsksForSecret, location, message);
                Sensitivity::Private
            }
        }
    }

    fn options(&self, raw: Vec<RawOption>) -> Vec<ChoiceOption> {
        raw.into_iter()
            .map(|option| ChoiceOption {
                id: self.name(option.id, AnswerId::new),
                text: option.text.unwrap_or_else(|| option.label.clone()),
                label: option.label,
            })
            .collect()
    }

    fn pattern(
        &mut self,
        location: &Location,
        expression: Option<Text>,
        help: Option<String>,
    ) -> Option<Pattern> {
        match (expression, help) {
            (Some(expression), Some(help)) => Some(Pattern {
                expression: self.text(expression),
                help,
            }),
            (None, None) => None,
            (given, _) => {
                let lacking = if given.is_some() {
                    "pattern_help"
                } else {
                    "pattern"
                };
                let message =
                    format!("`pattern` and `pattern_help` go together: `{lacking}` is missing");
                self.problem(Code::MissingKey, location.clone(), message);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    const CHECKLIST: &str = r#"
title = "Your request"
intro = ""
[tidy]
profile-address = "https://host/user/([a-z]+)/?"
[[group]]
id = "account"
title = "Your account"
[[detail]]
id = "lost"
group = "account"
label = "What you lost"
kind = "choice"
required = true
  [[detail.option]]
  id = "phone"
  label = "My phone"
  text = "my phone"
  [[detail.option]]
  id = "mail"
  label = "my mailbox"
[[detail]]
id = "name"
group = "account"
label = "Username"
kind = "line"
where = "On your profile"
only_if = { detail = "lost", answer = "mail" }
max_length = 50
pattern = "[a-z]+"
pattern_help = "Username must be letters"
tidy = ["backticks", "at", "profile-address"]
sensitivity = "private"
[[detail]]
id = "codes"
group = "account"
label = "Recovery codes"
kind = "confirm"
statement = "I lost them"
[[at_least_one]]
details = ["name", "lost"]
message = "Enter one"
[[request]]
id = "account-recovery"
title = "Account recovery request"
channel = "issue-form"
link = "form"
before = ["Read it"]
  [[request.field]]
  label = "Username"
  text = "`{name}`"
"#;

    fn told(text: &str) -> String {
        let source = Source::new("content/checklist.toml", text);
        let mut diagnostics = Diagnostics::default();
        checklist_alone(&source, &mut diagnostics);
        short(&diagnostics.sorted()).replace("content/checklist.toml:", "")
    }

    #[test]
    fn a_checklist_is_read_whole() {
        let source = Source::new("content/checklist.toml", CHECKLIST);
        let mut diagnostics = Diagnostics::default();
        let list = checklist_alone(&source, &mut diagnostics).expect("a checklist");
        assert_eq!(short(&diagnostics), "");
        assert_eq!(list.intro, None, "an empty text counts as missing");
        let options = list.details[0].kind.options();
        assert_eq!(
            (options[0].text.as_str(), options[1].text.as_str()),
            ("my phone", "my mailbox")
        );
        let name = &list.details[1];
        assert_eq!(name.sensitivity, Sensitivity::Private);
        assert_eq!(name.shape.tidy.len(), 3);
        assert_eq!(
            name.only_if.as_ref().expect("a condition").answers[0]
                .value
                .as_str(),
            "mail"
        );
        assert!(
            list.requests[0].public,
            "an issue form is public unless said otherwise"
        );
        let gap = &list.requests[0].fields[0].text.location;
        assert_eq!(&source.text()[gap.span.clone()], "`{name}`");
    }

    #[test]
    fn what_does_not_belong_together_is_told_at_its_place() {
        let cases = [
            (
                "statement = \"I lost them\"",
                "",
                "35:7: missing-key: a `confirm` detail needs a `statement`\n",
            ),
            (
                "kind = \"confirm\"",
                "kind = \"list\"",
                "39:13: unknown-key: only a `confirm` detail has a `statement`\n",
            ),
            (
                "kind = \"choice\"",
                "kind = \"line\"",
                "16:8: unknown-key: only a `choice` or `choices` detail has options\n",
            ),
            (
                "kind = \"line\"",
                "kind = \"choices\"",
                "23:7: missing-key: a detail to choose from needs `[[detail.option]]` tables\n",
            ),
            (
                "pattern = \"[a-z]+\"",
                "",
                "23:7: missing-key: `pattern` and `pattern_help` go together: `pattern` is missing\n",
            ),
            (
                "sensitivity = \"private\"",
                "sensitivity = \"never\"",
                "33:15: asks-for-secret: a detail that must never be known must not be asked for\n",
            ),
            (
                "\"backticks\"",
                "\"backtick\"",
                "32:10: unknown-name: there is no `tidy` rule `backtick`\nhint: did you mean `backticks`?\n",
            ),
            (
                "kind = \"line\"",
                "kind = \"lines\"",
                "26:8: unknown-value: `kind` cannot be `lines`\nhint: did you mean `line`?\n",
            ),
        ];
        for (from, to, expected) in cases {
            assert_eq!(
                told(&CHECKLIST.replacen(from, to, 1)),
                expected,
                "{from} → {to}"
            );
        }
    }

    #[test]
    fn a_reminder_stands_in_the_requests_it_belongs_to() {
        let detail = |id: &str, more: &str| {
            format!(
                "[[detail]]\nid = \"{id}\"\ngroup = \"g\"\nlabel = \"{id}\"\nkind = \"line\"\n{more}\n"
            )
        };
        let request = |id: &str| {
            format!(
                "[[request]]\nid = \"{id}\"\ntitle = \"{id}\"\nchannel = \"text\"\n[[request.field]]\nlabel = \"A\"\ntext = \"{{both}}\"\n"
            )
        };
        let text = [
            "title = \"T\"\n".to_owned(),
            detail("both", ""),
            detail("everywhere", ""),
            detail("here", "requests = [\"one\"]"),
            request("one"),
            request("two"),
        ];
        let mut diagnostics = Diagnostics::default();
        let source = Source::new("c.toml", text.concat());
        let checklist = checklist_alone(&source, &mut diagnostics).expect("a checklist");
        assert_eq!(short(&diagnostics), "");
        let of = |id: &str| {
            let request = checklist.request(id).expect("a request");
            let details = checklist.details_for(request).into_iter();
            details.map(|one| one.id.value.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of("one"), ["both", "everywhere", "here"]);
        assert_eq!(of("two"), ["both", "everywhere"]);
    }
}
