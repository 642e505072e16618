//! What is no secret but tells strangers who someone is or where: addresses of mail, telephones and computers.
//!
//! One row for a way to write it. Each is left out of public requests until the reader says otherwise.

use super::patterns::{Certainty, Edges, PLAIN, Pattern};

/// What all of them have in common.
const PERSONAL: Pattern<'static> = Pattern {
    certainty: Certainty::Personal,
    outside_addresses: true,
    ..PLAIN
};

const EMAIL: Pattern<'static> = Pattern {
    id: "email",
    what: "an email address",
    ..PERSONAL
};

pub(super) const PLAIN_EMAIL: Pattern<'static> = Pattern {
    expression: "[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}",
    needs: &["@"],
    edges: Edges::NoPath,
    ..EMAIL
};

/// `name (at) host.org`, and `name at host dot org` unless something else is there at a host.
pub(super) const SPELLED_EMAIL: Pattern<'static> = Pattern {
    expression: "[A-Za-z0-9._%+-]{1,64} ?[\\[({] ?at ?[\\])}] ?[A-Za-z0-9-]{1,63}(?: ?(?:\\.|[\\[({] ?dot ?[\\])}]| dot ) ?[A-Za-z0-9-]{2,24}){1,4}|[A-Za-z0-9._%+-]{2,64} at [A-Za-z0-9-]{2,63}(?: dot [A-Za-z0-9-]{2,24}){1,4}",
    ignore_case: true,
    needs: &[" at ", "(at", "[at", "{at", "( at", "[ at", "{ at"],
    unless: &[
        "account",
        "accounts",
        "also",
        "am",
        "are",
        "available",
        "found",
        "here",
        "hosted",
        "in",
        "is",
        "it",
        "log",
        "logged",
        "login",
        "look",
        "looked",
        "looking",
        "looks",
        "me",
        "only",
        "page",
        "pages",
        "project",
        "projects",
        "published",
        "register",
        "registered",
        "repo",
        "repository",
        "sign",
        "signed",
        "site",
        "them",
        "there",
        "up",
        "us",
        "user",
        "username",
        "was",
        "were",
        "work",
        "worked",
        "working",
        "works",
        "you",
    ],
    ..EMAIL
};

/// With the country's number, or as written in North America.
pub(super) const PHONE: Pattern<'static> = Pattern {
    id: "phone-number",
    what: "a phone number",
    expression: "\\+[1-9][0-9]{8,14}|\\+[1-9][0-9]{0,2}(?:[ ./-]?\\(?[0-9]{2,5}\\)?){1,3}[ ./-][0-9]{4,9}|\\([2-9][0-9]{2}\\) ?[0-9]{3}-[0-9]{4}",
    edges: Edges::Alone,
    ..PERSONAL
};

const COMPUTER: Pattern<'static> = Pattern {
    id: "ip-address",
    what: "an IP address",
    edges: Edges::Alone,
    ..PERSONAL
};

/// Versions have four numbers as well, but none so large at the beginning.
pub(super) const COMPUTERS: [Pattern<'static>; 3] = [
    Pattern {
        expression: "(?:1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}",
        except: &["127.0.0.1", "255.255.255.255"],
        ..COMPUTER
    },
    Pattern {
        expression: "(?:^|[^A-Za-z])IP(?:v4)?(?:[ -][Aa]dd?ress[e]?)?(?: (?:is|was|ist|war))?:? ((?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3})",
        except: &["127.0.0.1", "0.0.0.0"],
        ..COMPUTER
    },
    Pattern {
        expression: "2[0-9a-f]{3}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{1,4}",
        ignore_case: true,
        mixed: true,
        ..COMPUTER
    },
];
