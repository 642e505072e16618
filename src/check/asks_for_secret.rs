//! Details that ask for something nobody may have but its owner.
//!
//! In: one detail. Out: a diagnostic where its label, or failing that its id, asks for a password, a
//! code, a token, a key, a paper or, for a public request, a mail address. It goes by the words: a
//! label that ends in such a thing asks for it, a question about it does not.

use crate::diagnostic::{Code, Diagnostic};
use crate::recovery::{Detail, DetailKind, Sensitivity};

/// Last words of a label that asks for a secret.
const SECRETS: &[&str] = &[
    "password",
    "passwords",
    "passphrase",
    "passcode",
    "pin",
    "recovery code",
    "recovery codes",
    "backup code",
    "backup codes",
    "code",
    "codes",
    "otp",
    "totp",
    "2fa code",
    "token",
    "tokens",
    "api key",
    "secret",
    "secrets",
    "private key",
    "secret key",
    "seed",
    "passport",
    "passport number",
    "identity card",
    "id card",
    "id number",
    "social security number",
    "credit card",
    "card number",
    "phone number",
    "telephone number",
    "pw",
    "pass phrase",
    "seed phrase",
    "recovery phrase",
    "recovery key",
    "security answer",
    "security answers",
    "session cookie",
    "cookie",
    "cookies",
    "passport scan",
    "id scan",
    "cvv",
    "iban",
    "passwort",
    "kennwort",
    "wiederherstellungscode",
    "mot de passe",
    "code de récupération",
    "contraseña",
    "código de recuperación",
    "senha",
    "código de recuperação",
    "пароль",
    "パスワード",
    "暗証番号",
    "密码",
    "密碼",
    "पासवर्ड",
];

/// Where a label begins to say which one it means: the password *of the account*, the code *you kept*.
const WHICH: &[&str] = &[
    " of ", " you ", " from ", " for ", " on ", " in ", " to ", " that ", " which ", " we ",
    " your ", ",", " – ", " - ",
];

/// First words of a hint that tells the reader to put something in.
const TELLS: &[&str] = &[
    "paste", "enter", "type", "write", "give", "copy", "add", "include", "provide", "send", "put",
    "insert", "tell",
];

/// Words that may stand between that and the thing.
const BETWEEN: &[&str] = &[
    "please", "in", "down", "here", "us", "your", "the", "a", "an", "one", "two", "of", "all",
    "any", "each", "old", "new", "current", "last", "unused", "own", "both",
];

/// Last words of a label that asks for a mail address.
const MAIL: &[&str] = &[
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "mail address",
    "email addresses",
    "new email",
];

/// First words of a label that asks about something rather than for it.
const ABOUT: &[&str] = &[
    "when",
    "where",
    "how",
    "why",
    "who",
    "whether",
    "which",
    "did",
    "do",
    "does",
    "have",
    "can",
    "could",
    "is",
    "are",
    "was",
    "were",
    "reason",
    "name of",
    "names of",
    "number of",
    "kind of",
    "type of",
    "state of",
    "date of",
    "last use of",
    "country",
    "area",
    "zip",
    "post",
    "postal",
    "error",
];

/// Words before the thing that make it another thing: a country code is no secret.
const HARMLESS: &[&str] = &[
    "country",
    "area",
    "zip",
    "post",
    "postal",
    "error",
    "status",
    "source",
    "exit",
    "of conduct",
    "language",
    "project",
];

/// Whether a detail asks for a secret.
pub(super) fn fault(detail: &Detail) -> Option<Diagnostic> {
    if !detail.kind.is_typed() || detail.kind == DetailKind::Date {
        return None;
    }
    let hint = detail.help.hint.as_ref();
    let thing = asked_for(&detail.label.value, detail.sensitivity)
        .map(|thing| (thing, &detail.label.location))
        .or_else(|| hint.and_then(|hint| Some((told_to_give(&hint.value)?, &hint.location))))
        .or_else(|| {
            let id = detail.id.value.as_str().replace('-', " ");
            let all = SECRETS
                .iter()
                .find(|thing| **thing == id && !id.ends_with("code") && !id.ends_with("codes"));
            all.filter(|_| !is_about(&words(&detail.label.value)))
                .map(|thing| (*thing, &detail.id.location))
        });
    let (thing, location) = thing?;
    Some(
        Diagnostic::error(
            Code::AsksForSecret,
            format!("this asks for something that the reader must keep secret: `{thing}`"),
        )
        .at(location.clone())
        .hint("ask what happened to it with a `choice` or a `confirm`, never for the thing itself"),
    )
}

fn asked_for(label: &str, sensitivity: Sensitivity) -> Option<&'static str> {
    let words = words(label);
    if is_about(&words) || words.starts_with("code of conduct") {
        return None;
    }
    let end = WHICH.iter().filter_map(|which| words.find(which)).min();
    let named = end.map_or(words.as_str(), |end| words[..end].trim_end());
    named_last(&words, sensitivity).or_else(|| named_last(named, sensitivity))
}

/// `Paste your password here`
fn told_to_give(hint: &str) -> Option<&'static str> {
    let lower = hint.to_lowercase();
    lower
        .split(['.', '!', '?', ';', '\n'])
        .find_map(|sentence| {
            let mut rest = sentence.split_whitespace().peekable();
            rest.next_if_eq(&"please");
            rest.next_if(|word| TELLS.contains(word))?;
            while rest.next_if(|word| BETWEEN.contains(word)).is_some() {}
            let rest: Vec<_> = rest.collect();
            let rest = rest.join(" ");
            let things = SECRETS.iter().filter(|thing| {
                rest.strip_prefix(**thing)
                    .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            });
            let thing = things.max_by_key(|thing| thing.len())?;
            let harmless = HARMLESS
                .iter()
                .any(|word| rest[thing.len()..].trim_start().starts_with(word));
            (!harmless).then_some(*thing)
        })
}

/// What the words end with, if that is a thing nobody may have.
fn named_last(words: &str, sensitivity: Sensitivity) -> Option<&'static str> {
    let public = sensitivity == Sensitivity::Public;
    let things = SECRETS.iter().chain(MAIL.iter().filter(|_| public));
    let mut found: Vec<_> = things
        .filter(|thing| {
            let before = words.strip_suffix(**thing).map(str::trim_end);
            before.is_some_and(|before| {
                let apart = words[before.len()..].starts_with(' ') || !thing.is_ascii();
                let whole = before.is_empty() || apart;
                whole && !HARMLESS.iter().any(|word| before.ends_with(word))
            })
        })
        .copied()
        .collect();
    found.sort_by_key(|thing| thing.len());
    found.pop()
}

fn is_about(words: &str) -> bool {
    let starts = |first: &&&str| {
        words
            .strip_prefix(**first)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    let asks_what = |lead: &str| words.starts_with(&format!("what {lead} "));
    ABOUT.iter().any(|first| starts(&first))
        || (words.starts_with("what ") && !["is", "are", "was", "were"].into_iter().any(asks_what))
}

/// Lower case, one space between words, no signs at the end: `Your  API token (optional):` → `your api
/// token`.
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
            assert!(asked_for(label, Sensitivity::Public).is_some(), "{label}");
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
            assert_eq!(asked_for(label, Sensitivity::Public), None, "{label}");
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
            asked_for("Your new email address", Sensitivity::Private),
            None
        );
        assert!(asked_for("Your password", Sensitivity::Private).is_some());
    }
}
