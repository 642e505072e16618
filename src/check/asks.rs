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
    let thing = asked_for(&detail.label.value, detail.sensitivity)
        .map(|thing| (thing, &detail.label.place))
        .or_else(|| {
            let id = detail.id.value.as_str().replace('-', " ");
            let all = SECRETS
                .iter()
                .find(|thing| **thing == id && !id.ends_with("code") && !id.ends_with("codes"));
            all.filter(|_| !is_about(&words(&detail.label.value)))
                .map(|thing| (*thing, &detail.id.place))
        });
    let (thing, place) = thing?;
    Some(
        Diagnostic::error(
            Code::AsksForSecret,
            format!("this asks for something that must stay with the reader: `{thing}`"),
        )
        .at(place.clone())
        .hint("ask what happened to it with a `choice` or a `confirm`, never for the thing itself"),
    )
}

fn asked_for(label: &str, sensitivity: Sensitivity) -> Option<&'static str> {
    let words = words(label);
    if is_about(&words) {
        return None;
    }
    let public = sensitivity == Sensitivity::Public;
    let things = SECRETS.iter().chain(MAIL.iter().filter(|_| public));
    let mut found: Vec<_> = things
        .filter(|thing| {
            let before = words.strip_suffix(**thing).map(str::trim_end);
            before.is_some_and(|before| {
                let whole = before.is_empty() || words[before.len()..].starts_with(' ');
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
    fn a_mail_address_may_be_asked_in_private() {
        assert_eq!(
            asked_for("Your new email address", Sensitivity::Private),
            None
        );
        assert!(asked_for("Your password", Sensitivity::Private).is_some());
    }
}
