//! Details that ask for something that only its owner may have.
//!
//! Takes one detail and reports it if its label, its hint or its id asks for a password, a code, a token, a key, a paper
//! or, for a public request, an email address. A label that ends in such a thing asks for it; a question about it does not.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic};
use crate::recovery::{Detail, DetailKind, Sensitivity};

/// The lists of `asks_for_secret.toml`, which describes them.
#[derive(Deserialize)]
struct Words {
    secrets: Vec<String>,
    mail: Vec<String>,
    which: Vec<String>,
    about: Vec<String>,
    harmless: Vec<String>,
    tells: Vec<String>,
    between: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("asks_for_secret.toml")).expect("a test reads the lists")
});

/// Reports a detail that asks for a secret.
pub(super) fn check(detail: &Detail) -> Option<Diagnostic> {
    if !detail.kind.is_typed() || detail.kind == DetailKind::Date {
        return None;
    }
    let label = &detail.label;
    let in_label = named_by_label(&label.value, detail.sensitivity);
    let in_hint = || {
        let hint = detail.hint.as_ref()?;
        Some((told_to_give(&hint.value)?, &hint.location))
    };
    let (secret, location) = in_label
        .map(|secret| (secret, &label.location))
        .or_else(in_hint)
        .or_else(|| Some((named_by_id(detail)?, &detail.id.location)))?;
    let message = format!("this asks for something that the reader must keep secret: `{secret}`");
    let hint = "ask what happened to it with a `choice` or a `confirm`, never for the thing itself";
    let problem = Diagnostic::error(Code::AsksForSecret, message).at(location);
    Some(problem.hint(hint))
}

/// What a label asks for: `Your API token (optional)`, `Password of the account`.
fn named_by_label(label: &str, sensitivity: Sensitivity) -> Option<&'static str> {
    let words = words(label);
    if is_about(&words) || words.starts_with("code of conduct") {
        return None;
    }
    let which = WORDS.which.iter().filter_map(|which| words.find(which));
    let end = which.min().unwrap_or(words.len());
    let last = |words: &str| named_last(words, sensitivity);
    last(&words).or_else(|| last(words[..end].trim_end()))
}

/// The secret that the words end with.
fn named_last(words: &str, sensitivity: Sensitivity) -> Option<&'static str> {
    let mail = WORDS.mail.iter();
    let mail = mail.filter(|_| sensitivity == Sensitivity::Public);
    longest(WORDS.secrets.iter().chain(mail), |secret| {
        words.strip_suffix(secret).is_some_and(|before| {
            // Languages without spaces between words have their names of secrets in other letters.
            let is_whole = before.is_empty() || before.ends_with(' ') || !secret.is_ascii();
            let mut harmless = WORDS.harmless.iter();
            is_whole && !harmless.any(|word| before.trim_end().ends_with(word))
        })
    })
}

fn longest(
    secrets: impl Iterator<Item = &'static String>,
    is_there: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let found = secrets.filter(|secret| is_there(secret));
    found.max_by_key(|secret| secret.len()).map(String::as_str)
}

/// What a hint tells the reader to give: `Please paste your password here`.
fn told_to_give(hint: &str) -> Option<&'static str> {
    let lower = hint.to_lowercase();
    let mut sentences = lower.split(['.', '!', '?', ';', '\n']);
    sentences.find_map(|sentence| {
        let is_in = |list: &[String], word: &str| list.iter().any(|one| one == word);
        let mut rest = sentence.split_whitespace().peekable();
        rest.next_if_eq(&"please");
        rest.next_if(|word| is_in(&WORDS.tells, word))?;
        while rest.next_if(|word| is_in(&WORDS.between, word)).is_some() {}
        let rest = rest.collect::<Vec<_>>().join(" ");
        let after = |secret: &str| {
            let after = rest.strip_prefix(secret)?;
            (!after.starts_with(char::is_alphanumeric)).then_some(after.trim_start())
        };
        let secret = longest(WORDS.secrets.iter(), |one| after(one).is_some())?;
        let after = after(secret)?;
        let mut harmless = WORDS.harmless.iter();
        (!harmless.any(|word| after.starts_with(word))).then_some(secret)
    })
}

/// What the id is, if the label does not ask about it. Some codes are harmless.
fn named_by_id(detail: &Detail) -> Option<&'static str> {
    let id = detail.id.value.as_str().replace('-', " ");
    let secret = WORDS.secrets.iter().find(|secret| **secret == id)?;
    let is_code = id.ends_with("code") || id.ends_with("codes");
    (!is_code && !is_about(&words(&detail.label.value))).then_some(secret)
}

fn is_about(words: &str) -> bool {
    let begins_with = |first: &str| {
        let rest = words.strip_prefix(first);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    let asks_for = ["what is", "what are", "what was", "what were"];
    let mut about = WORDS.about.iter();
    about.any(|first| begins_with(first))
        || (begins_with("what") && !asks_for.into_iter().any(begins_with))
}

/// Lower case, one space between words, no punctuation at the end: `Your  API token (optional):` → `your api token`.
fn words(label: &str) -> String {
    let lower = label.to_lowercase();
    let text = lower.split('(').next().unwrap_or_default();
    let text = text.trim().trim_end_matches(['?', ':', '.', '!']);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_names_a_secret_asks_for_it() {
        let cases = [
            "Password",
            "Your PyPI password",
            "API token",
            "Your old password (if you know it)",
            "Recovery codes",
            "Recovery code:",
            "Enter one of your recovery codes",
            "6-digit code",
            "What is your password?",
            "TOTP secret",
            "Email address",
            "Your new e-mail address",
            "Passport number",
            "Phone number",
            "Password of the account",
            "Email address of the account",
            "Password you lost",
            "Recovery code you kept",
            "Recovery codes you still have",
            "Code from your app",
            "Seed phrase",
            "Passport scan",
            "Security answer",
            "Session cookie",
            "Passwort",
            "Ihr Passwort",
            "あなたのパスワード",
            "Ваш пароль",
        ];
        for label in cases {
            assert!(
                named_by_label(label, Sensitivity::Public).is_some(),
                "{label}"
            );
        }
    }

    #[test]
    fn a_label_about_a_secret_does_not_ask_for_it() {
        let cases = [
            "PyPI username",
            "What happened",
            "When did you last use your password?",
            "How did you lose your recovery codes?",
            "What happened to your recovery codes",
            "Where you kept the recovery codes",
            "Name of the token",
            "Number of recovery codes",
            "Do you still have your password?",
            "Have you tried a recovery code?",
            "Country code",
            "Error code",
            "Postal code",
            "Projects",
            "Mailbox you will write from",
            "Zip code",
            "Link to the source code",
            "Password reset: what happened",
            "Code of Conduct",
            "Reason you lost the token",
            "Barcode",
            "Shopping",
            "Which email address PyPI shows in part",
        ];
        for label in cases {
            assert_eq!(named_by_label(label, Sensitivity::Public), None, "{label}");
        }
    }

    #[test]
    fn a_hint_must_not_tell_readers_to_give_a_secret() {
        for hint in [
            "Paste your password and your recovery code here.",
            "As it was. Please enter one of your recovery codes!",
            "Type the token",
        ] {
            assert!(told_to_give(hint).is_some(), "{hint}");
        }
        for hint in [
            "The name you sign in with, not your password.",
            "Choose what is true. Never enter a code.",
            "Write when you last used your password.",
            "Enter the name of the token, not the token.",
            "Facts only the owner knows. No passwords, codes or papers.",
            "Add the code of conduct",
            "Enter your pinned project",
        ] {
            assert_eq!(told_to_give(hint), None, "{hint}");
        }
    }

    #[test]
    fn a_mail_address_may_be_asked_in_private() {
        assert_eq!(
            named_by_label("Your new email address", Sensitivity::Private),
            None
        );
        assert!(named_by_label("Your password", Sensitivity::Private).is_some());
    }
}
