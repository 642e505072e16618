//! What people write when they tell a password, in the languages readers write in.
//!
//! One row for a language: what a password is called, what stands between it and its value, and the words that
//! stand there when no password is told. Each gives two patterns. `password: …` takes anything that is long enough;
//! `password is …` only what is no plain word. Letters beyond ASCII stand in both cases where a word begins with
//! one: not every engine folds them.

use super::patterns::{Certainty, PLAIN, Pattern};

/// What no plain word is: in quotes, with a digit or a sign, or of several words with hyphens.
macro_rules! strong {
    () => {
        "([\"'`“„«][^ \\t\\r\\n]{6,}[\"'`”“»]|[^ \\t\\r\\n]*[0-9@#$%^&*_+=~|][^ \\t\\r\\n]{2,}|[^ \\t\\r\\n]{4,}[0-9@#$%^&*_+=~|!]|[A-Za-z]+(?:-[A-Za-z]+){2,})"
    };
}

/// The same where words have no spaces between them.
macro_rules! typed {
    () => {
        "([!-~]{3,}[0-9@#$%^&*_+=~|!-][!-~]{2,}|[!-~]{5,}[0-9@#$%^&*_+=~|!-]|[0-9@#$%^&*_+=~|!-][!-~]{5,})"
    };
}

/// The two patterns of a language whose words stand apart.
macro_rules! spaced {
    ($words:literal, $links:literal, $needs:expr, $except:expr) => {
        [
            Pattern {
                expression: concat!(
                    $words,
                    "[\"'`]? ?(?:",
                    $links,
                    ")? ?[:=] ?([^ \\t\\r\\n\\[][^ \\t\\r\\n]{5,})"
                ),
                needs: $needs,
                except: $except,
                ..PASSWORD
            },
            Pattern {
                expression: concat!($words, "[\"'`]? (?:", $links, ") ", strong!()),
                needs: $needs,
                except: $except,
                ..PASSWORD
            },
        ]
    };
}

/// The two patterns of a language that puts no spaces between words: the value is what can be typed on any
/// keyboard.
macro_rules! unspaced {
    ($words:literal, $links:literal, $needs:expr) => {
        [
            Pattern {
                expression: concat!(
                    $words,
                    "[^!-~]{0,3}(?:",
                    $links,
                    ")?[ 　]?[:：=＝] ?([!-Z\\^-~][!-~]{5,})"
                ),
                needs: $needs,
                ..PASSWORD
            },
            Pattern {
                expression: concat!($words, "(?:", $links, ")[^!-~]{0,2}", typed!()),
                needs: $needs,
                ..PASSWORD
            },
        ]
    };
}

/// What all of them have in common.
const PASSWORD: Pattern<'static> = Pattern {
    id: "password",
    what: "a password",
    certainty: Certainty::Guess,
    ignore_case: true,
    ..PLAIN
};

pub(super) const ENGLISH: [Pattern<'static>; 2] = spaced!(
    "(?:password|passwd|passphrase|passcode|pwd|(?:^|[^a-z])(?:pass|pw))",
    "is|was",
    &["pass", "pwd", "pw"],
    &[
        "another",
        "because",
        "cannot",
        "changed",
        "correct",
        "everything",
        "expired",
        "forgot",
        "forgotten",
        "intact",
        "known",
        "missing",
        "nobody",
        "nothing",
        "please",
        "remember",
        "remembered",
        "reset",
        "stolen",
        "unable",
        "unchanged",
        "unknown",
        "updated",
        "worked",
        "working",
        "works",
    ]
);

pub(super) const GERMAN: [Pattern<'static>; 2] = spaced!(
    "(?:passwort|kennwort)",
    "ist|war|lautet|lautete|heißt",
    &["wort"],
    &[
        "abgelaufen",
        "bekannt",
        "falsch",
        "funktioniert",
        "geändert",
        "gestohlen",
        "korrekt",
        "richtig",
        "unbekannt",
        "unverändert",
        "vergessen",
        "verloren",
        "vorhanden",
        "zurückgesetzt",
    ]
);

pub(super) const FRENCH: [Pattern<'static>; 2] = spaced!(
    "(?:mot de passe|(?:^|[^a-z])mdp)",
    "est|était|c'est",
    &["mot de passe", "mdp"],
    &[
        "changé",
        "connu",
        "correct",
        "expiré",
        "fonctionne",
        "incorrect",
        "inchangé",
        "inconnu",
        "oublié",
        "réinitialisé",
    ]
);

pub(super) const SPANISH: [Pattern<'static>; 2] = spaced!(
    "(?:contrase[ñÑ]a|contrasena|(?:^|[^a-z])clave)",
    "es|era|fue",
    &["contrase", "clave"],
    &[
        "cambiada",
        "conocida",
        "correcta",
        "desconocida",
        "expirada",
        "funciona",
        "incorrecta",
        "olvidada",
        "olvidé",
        "perdida",
        "restablecida",
    ]
);

pub(super) const PORTUGUESE: [Pattern<'static>; 2] = spaced!(
    "(?:(?:^|[^a-z])senha|palavra[- ]passe)",
    "é|era|foi",
    &["senha", "palavra"],
    &[
        "alterada",
        "conhecida",
        "correta",
        "desconhecida",
        "esquecida",
        "esqueci",
        "expirada",
        "funciona",
        "incorreta",
        "perdida",
        "redefinida",
    ]
);

pub(super) const RUSSIAN: [Pattern<'static>; 2] = spaced!(
    "(?:[Пп]ароль|ПАРОЛЬ)",
    "это|был|—|–|-",
    &["пароль"],
    &[
        "забыл",
        "забыла",
        "забыт",
        "известен",
        "изменён",
        "изменен",
        "неверный",
        "неизвестен",
        "правильный",
        "работает",
        "сброшен",
        "утерян",
        "украден",
    ]
);

pub(super) const JAPANESE: [Pattern<'static>; 2] =
    unspaced!("(?:パスワード|暗証番号)", "は", &["パスワード", "暗証番号"]);

pub(super) const CHINESE: [Pattern<'static>; 2] =
    unspaced!("(?:密码|密碼|口令)", "是|为|為", &["密码", "密碼", "口令"]);

/// The verb ends the sentence: the value may stand before it.
pub(super) const HINDI: [Pattern<'static>; 2] = [
    Pattern {
        expression: "(?:पासवर्ड|कूटशब्द) ?(?:है|था)? ?[:=] ?([^ \\t\\r\\n\\[][^ \\t\\r\\n]{5,})",
        needs: &["पासवर्ड", "कूटशब्द"],
        ..PASSWORD
    },
    Pattern {
        expression: concat!("(?:पासवर्ड|कूटशब्द) (?:(?:है|था) )?", strong!()),
        needs: &["पासवर्ड", "कूटशब्द"],
        ..PASSWORD
    },
];
