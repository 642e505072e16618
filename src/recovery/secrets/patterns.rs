//! What secrets look like: the one table, in the order it is tried.
//!
//! Shapes are from the services' own public documents and code, or, where said, from what people
//! write. Expressions use only what Rust's `regex-lite` and browsers understand alike: no
//! look-around, no `\s`, `\w` or `\b`. Where an expression has a group, the group is the secret and
//! ends the match.

use serde::Serialize;

use super::{passphrases, passwords, personal};

/// How sure a find is, and so what the reader may do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Always left out.
    Certain,
    /// Left out until the reader says that it is no secret.
    Guess,
    /// No secret, but not for everyone's eyes: left out of public requests until the reader says
    /// otherwise.
    Personal,
}

/// What may stand beside a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Edges {
    /// Anything.
    Any,
    /// Nothing that makes it a piece of a longer word, number, path or version.
    Alone,
    /// No `:path` after it.
    NoPath,
    /// After it the sentence, the line or a quotation ends.
    Ends,
}

/// A check that the digits of a number must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sum {
    /// None.
    Any,
    /// The last digit of payment cards (Luhn).
    Card,
    /// The remainder of bank account numbers (ISO 13616).
    Account,
}

impl Sum {
    /// Whether letters and digits pass it; other signs are passed over.
    pub fn holds(self, text: &str) -> bool {
        let values = text.chars().filter_map(|sign| sign.to_digit(36));
        let values: Vec<u32> = values.collect();
        match self {
            Self::Any => true,
            Self::Card => {
                let doubled = |(at, digit): (usize, &u32)| match (at % 2, *digit * 2) {
                    (0, _) => *digit,
                    (_, twice) if twice > 9 => twice - 9,
                    (_, twice) => twice,
                };
                values.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
            }
            Self::Account => {
                let turned = values.iter().cycle().skip(4).take(values.len());
                let rest = turned.fold(0, |rest, value| match value {
                    0..=9 => (rest * 10 + value) % 97,
                    _ => (rest * 100 + value) % 97,
                });
                rest == 1
            }
        }
    }
}

/// What one kind of secret looks like. Serialised, what most patterns have in common is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own, and a row names only those it has"
)]
pub struct Pattern<'a> {
    /// Its name, also in the keys of the theme's words.
    pub id: &'a str,
    /// What stands in the request in its place: `[removed: looks like …]`.
    pub what: &'a str,
    /// How sure one find is.
    #[serde(skip_serializing_if = "is_certain")]
    pub certainty: Certainty,
    /// From how many finds in one answer on they are certain.
    #[serde(skip_serializing_if = "is_never")]
    pub certain_from: usize,
    /// What it looks like.
    pub expression: &'a str,
    /// Whether upper and lower case are the same.
    #[serde(skip_serializing_if = "is_false")]
    pub ignore_case: bool,
    /// One of these must stand in the answer, in lower case: a quick look before the slow one.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub needs: &'a [&'a str],
    /// One of these must stand in the answer or its question.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub near: &'a [&'a str],
    /// Values that look like it and are none, in lower case.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub except: &'a [&'a str],
    /// Words it does not hold, in lower case; `-ed` stands for every longer word that ends so.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub unless: &'a [&'a str],
    /// What may stand beside it.
    #[serde(skip_serializing_if = "is_any")]
    pub edges: Edges,
    /// Whether it must hold both a letter and a digit.
    #[serde(skip_serializing_if = "is_false")]
    pub mixed: bool,
    /// Whether it counts only outside addresses such as `https://…`.
    #[serde(skip_serializing_if = "is_false")]
    pub outside_addresses: bool,
    /// What its digits must add up to.
    #[serde(skip_serializing_if = "is_no_sum")]
    pub sum: Sum,
    /// Whether it is looked for across line breaks as well: it is long, and terminals cut it.
    #[serde(skip_serializing_if = "is_false")]
    pub wraps: bool,
}

/// What most patterns have in common.
pub(super) const PLAIN: Pattern<'static> = Pattern {
    id: "",
    what: "",
    certainty: Certainty::Certain,
    certain_from: usize::MAX,
    expression: "",
    ignore_case: false,
    needs: &[],
    near: &[],
    except: &[],
    unless: &[],
    edges: Edges::Any,
    mixed: false,
    outside_addresses: false,
    sum: Sum::Any,
    wraps: false,
};

// What `serde` leaves out; it calls these with references.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_never(count: &usize) -> bool {
    *count == usize::MAX
}
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_any(edges: &Edges) -> bool {
    *edges == Edges::Any
}
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_no_sum(sum: &Sum) -> bool {
    *sum == Sum::Any
}
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_certain(certainty: &Certainty) -> bool {
    *certainty == Certainty::Certain
}

/// The table, most certain first.
pub const PATTERNS: &[Pattern<'static>] = &[
    // `pypi-` and a long base64url run; `AgE` begins every such token, so a cut one is known too.
    // Names such as `pypi-mirror-tools` are shorter or have no digit.
    Pattern {
        id: "pypi-token",
        what: "an API token",
        expression: "pypi-(?:AgE[A-Za-z0-9_-]{12,}|[A-Za-z0-9_-]{50,})",
        needs: &["pypi-"],
        mixed: true,
        wraps: true,
        ..PLAIN
    },
    Pattern {
        id: "github-token",
        what: "a GitHub token",
        expression: "gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}",
        needs: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
        wraps: true,
        ..PLAIN
    },
    Pattern {
        id: "service-token",
        what: "an access token",
        expression: "npm_[A-Za-z0-9]{30,}|rubygems_[a-f0-9]{40,}|glpat-[A-Za-z0-9_-]{20,}|xox[abpr]-[A-Za-z0-9-]{10,}|[sr]k_(?:test|live|prod)_[A-Za-z0-9]{10,}|AIza[A-Za-z0-9_-]{35}",
        needs: &[
            "npm_",
            "rubygems_",
            "glpat-",
            "xox",
            "k_test_",
            "k_live_",
            "k_prod_",
            "aiza",
        ],
        wraps: true,
        ..PLAIN
    },
    Pattern {
        id: "aws-key",
        what: "an access key",
        expression: "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
        needs: &["a3t", "akia", "asia", "abia", "acca"],
        edges: Edges::Alone,
        ..PLAIN
    },
    // From the first line to the last, or to the end where the last line was not pasted.
    Pattern {
        id: "private-key",
        what: "a private key",
        expression: "-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?:[^~]*?-----END[ A-Z0-9_-]{0,60}PRIVATE KEY[ A-Z]{0,9}-----|[^~]*)",
        needs: &["private key"],
        ..PLAIN
    },
    Pattern {
        id: "otpauth",
        what: "an authenticator link",
        expression: "otpauth(?:-migration)?://[^ \\t\\r\\n]+",
        ignore_case: true,
        needs: &["otpauth"],
        ..PLAIN
    },
    Pattern {
        id: "jwt",
        what: "a web token",
        expression: "eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}",
        needs: &["eyj"],
        wraps: true,
        ..PLAIN
    },
    // Reset, confirmation and verification links are mailed with a token: whoever has the link is you.
    Pattern {
        id: "mailed-link",
        what: "a link from an email",
        expression: "https?://[^ \\t\\r\\n]{1,200}[?&](?:token|otp|code)=[^ \\t\\r\\n]{8,}",
        ignore_case: true,
        needs: &["token=", "otp=", "code="],
        ..PLAIN
    },
    // The same where the token is a part of the path.
    Pattern {
        id: "mailed-link",
        what: "a link from an email",
        certainty: Certainty::Guess,
        expression: "https?://[^ \\t\\r\\n]{1,200}/(?:reset|reset-password|password-reset|password/reset|confirm|verify|activate|recover|recovery|magic|magic-link)/(?:[A-Za-z0-9_~]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4,12}){3,4})[^ \\t\\r\\n]*",
        ignore_case: true,
        needs: &[
            "/reset",
            "/password",
            "/confirm",
            "/verify",
            "/activate",
            "/recover",
            "/magic",
        ],
        mixed: true,
        ..PLAIN
    },
    // What a browser sends with each request, as its own tools show it.
    // `https://user:password@host/…`
    Pattern {
        id: "address-login",
        what: "an address with a password in it",
        expression: "[A-Za-z][A-Za-z0-9+.-]{1,20}://[^ \\t\\r\\n/@:?#]{1,100}:[^ \\t\\r\\n/@?#]{1,200}@[^ \\t\\r\\n]*",
        needs: &["://"],
        ..PLAIN
    },
    Pattern {
        id: "session-cookie",
        what: "a session cookie",
        expression: "(?:cookie[\"']?: ?[\"']?[A-Za-z0-9_.-]{1,60}=[^ \\t\\r\\n]{6,}|authorization[\"']?: ?[\"']?(?:bearer|basic|token) [^ \\t\\r\\n]{8,})",
        ignore_case: true,
        needs: &["cookie", "authorization"],
        ..PLAIN
    },
    Pattern {
        id: "card-number",
        what: "a card number",
        certainty: Certainty::Guess,
        expression: "[0-9]{4}(?:[ -]?[0-9]{4}){3}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}",
        edges: Edges::Alone,
        sum: Sum::Card,
        outside_addresses: true,
        ..PLAIN
    },
    Pattern {
        id: "bank-account",
        what: "a bank account number",
        certainty: Certainty::Guess,
        expression: "[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?",
        edges: Edges::Alone,
        sum: Sum::Account,
        outside_addresses: true,
        ..PLAIN
    },
    // 16 hexadecimal digits, alone or in groups of four; one in a thousand has no letter or no digit,
    // and numbers of 16 digits are common. The service's own help shows the exception.
    Pattern {
        id: "recovery-code",
        what: "a recovery code",
        certainty: Certainty::Guess,
        certain_from: 2,
        expression: "[0-9a-f]{16}|[0-9a-f]{4}(?:[ -][0-9a-f]{4}){3,}",
        ignore_case: true,
        except: &["badc0ffee0ddf00d"],
        edges: Edges::Alone,
        mixed: true,
        outside_addresses: true,
        ..PLAIN
    },
    // Two groups of five, as other services hand them out.
    Pattern {
        id: "short-recovery-code",
        what: "a recovery code",
        certainty: Certainty::Guess,
        certain_from: 2,
        expression: "[0-9a-f]{5}-[0-9a-f]{5}",
        edges: Edges::Alone,
        mixed: true,
        outside_addresses: true,
        ..PLAIN
    },
    // Base32 without padding, in one run or in groups of four as authenticator pages show it.
    Pattern {
        id: "authenticator-key",
        what: "an authenticator key",
        certainty: Certainty::Guess,
        expression: "[A-Z2-7]{16,}|[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}|[a-z2-7]{4}(?: [a-z2-7]{4}){7,}",
        edges: Edges::Alone,
        mixed: true,
        outside_addresses: true,
        ..PLAIN
    },
    // What people write of passwords: plain words, then language by language.
    passphrases::PASSPHRASE,
    passwords::ENGLISH[0],
    passwords::ENGLISH[1],
    passwords::GERMAN[0],
    passwords::GERMAN[1],
    passwords::FRENCH[0],
    passwords::FRENCH[1],
    passwords::SPANISH[0],
    passwords::SPANISH[1],
    passwords::PORTUGUESE[0],
    passwords::PORTUGUESE[1],
    passwords::JAPANESE[0],
    passwords::JAPANESE[1],
    passwords::CHINESE[0],
    passwords::CHINESE[1],
    passwords::RUSSIAN[0],
    passwords::RUSSIAN[1],
    passwords::HINDI[0],
    passwords::HINDI[1],
    // Six digits are most often a date or an issue number: only where codes are the subject.
    Pattern {
        id: "one-time-code",
        what: "a one-time code",
        certainty: Certainty::Guess,
        expression: "[0-9]{6}|[0-9]{3} [0-9]{3}",
        near: &[
            "code",
            "2fa",
            "otp",
            "authenti",
            "verif",
            "two-factor",
            "código",
            "codigo",
            "コード",
            "验证码",
            "驗證碼",
            "код",
            "कोड",
        ],
        edges: Edges::Alone,
        outside_addresses: true,
        ..PLAIN
    },
    // What tells strangers who someone is or where.
    personal::PLAIN_EMAIL,
    personal::SPELLED_EMAIL,
    personal::COMPUTERS[0],
    personal::COMPUTERS[1],
    personal::COMPUTERS[2],
    personal::PHONE,
];
