//! Old addresses that lead to new ones.
//!
//! In: pairs of an old place and a page. Out: the same, sorted and with chains shortened to one hop,
//! or the pairs that contradict each other; and the text of `_redirects`. The stub pages for hosts
//! that do not read that file are the theme's.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::address;
use crate::ids::{BaseUrl, OutPath, UrlPath};

/// One old address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// Where its stub page is written: `old/index.html`, or a file such as `old.html`.
    pub from: OutPath,
    /// The page it leads to.
    pub to: UrlPath,
}

/// Redirects that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// One old address leads to two pages, or to one twice.
    Twice(Redirect, Redirect),
    /// The first leads back to itself by way of the second (which may be the same one).
    Loop(Redirect, Redirect),
}

/// The stub of an address as authors write it: `/old/` and `/old` give `old/index.html`, `/old.html`
/// itself. `None` where it is no path below the root or the home page.
pub fn stub_path(from: &str) -> Option<OutPath> {
    let path = from.strip_prefix('/').unwrap_or(from);
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(last.rsplit_once('.'), Some((_, "html" | "htm"))) {
        return OutPath::new(path);
    }
    let folder = path.strip_suffix('/').unwrap_or(path);
    let clean = !folder.is_empty() && !last.contains(['?', '#']);
    clean.then(|| OutPath::new(format!("{folder}/index.html")))?
}

/// Sorts redirects by their old address and lets each lead straight to its end, so that a reader
/// makes one hop; or names every contradiction.
pub fn resolve(redirects: impl IntoIterator<Item = Redirect>) -> Result<Vec<Redirect>, Vec<Clash>> {
    let mut by_from: BTreeMap<OutPath, UrlPath> = BTreeMap::new();
    let mut clashes = Vec::new();
    for redirect in redirects {
        if let Some(to) = by_from.get(&redirect.from) {
            let first = Redirect {
                from: redirect.from.clone(),
                to: to.clone(),
            };
            clashes.push(Clash::Twice(first, redirect));
        } else {
            by_from.insert(redirect.from, redirect.to);
        }
    }
    let mut straight = Vec::with_capacity(by_from.len());
    for (from, to) in &by_from {
        let first = Redirect {
            from: from.clone(),
            to: to.clone(),
        };
        match end_of(&first, &by_from) {
            Ok(to) => straight.push(Redirect { to, ..first }),
            Err(second) => clashes.push(Clash::Loop(first, second)),
        }
    }
    if clashes.is_empty() {
        Ok(straight)
    } else {
        Err(clashes)
    }
}

/// The page at the end of a chain, or the redirect that closes a loop.
fn end_of(start: &Redirect, by_from: &BTreeMap<OutPath, UrlPath>) -> Result<UrlPath, Redirect> {
    let mut here = start.clone();
    // A chain longer than there are redirects has come round.
    for _ in 0..by_from.len() {
        let stub = here.to.out();
        if stub == start.from {
            return Err(here);
        }
        match by_from.get(&stub) {
            None => return Ok(here.to),
            Some(to) => {
                here = Redirect {
                    from: stub,
                    to: to.clone(),
                }
            }
        }
    }
    Err(here)
}

/// The text of `_redirects`, which several static hosts read: one `old new 301` a line.
pub fn redirects_file(base: &BaseUrl, redirects: &[Redirect]) -> String {
    let mut text = String::new();
    for Redirect { from, to } in redirects {
        let from = from.as_str();
        let from = from.strip_suffix("index.html").unwrap_or(from);
        let (from, to) = (address(base, from), address(base, to.as_str()));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{from} {to} 301");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(from: &str, to: &str) -> Redirect {
        Redirect {
            from: stub_path(from).expect("a good old address"),
            to: UrlPath::of_parts(to.split('/')),
        }
    }

    #[test]
    fn an_old_address_has_one_stub() {
        let cases = [
            ("/old/", Some("old/index.html")),
            ("/old", Some("old/index.html")),
            ("old/page/", Some("old/page/index.html")),
            ("/old.html", Some("old.html")),
            ("/", None),
            ("", None),
            ("/../old/", None),
            ("//host/", None),
            ("/old?x", None),
        ];
        for (from, expected) in cases {
            let stub = stub_path(from);
            assert_eq!(stub.as_ref().map(OutPath::as_str), expected, "{from}");
        }
    }

    #[test]
    fn chains_become_one_hop_and_are_sorted() {
        let resolved = resolve([redirect("/b/", "c"), redirect("/a/", "b")]);
        assert_eq!(
            resolved,
            Ok(vec![redirect("/a/", "c"), redirect("/b/", "c")])
        );
    }

    #[test]
    fn contradictions_name_both_sides() {
        let (a, b, c) = (
            redirect("/a/", "b"),
            redirect("/b/", "a"),
            redirect("/a/", "c"),
        );
        let itself = redirect("/s/", "s");
        let leads_into_a_loop = redirect("/x/", "s");
        let cases = [
            (
                vec![a.clone(), c.clone()],
                vec![Clash::Twice(a.clone(), c.clone())],
            ),
            (
                vec![a.clone(), b.clone()],
                vec![
                    Clash::Loop(a.clone(), b.clone()),
                    Clash::Loop(b.clone(), a.clone()),
                ],
            ),
            (
                vec![itself.clone(), leads_into_a_loop.clone()],
                vec![
                    Clash::Loop(itself.clone(), itself.clone()),
                    Clash::Loop(leads_into_a_loop, itself),
                ],
            ),
        ];
        for (redirects, expected) in cases {
            assert_eq!(resolve(redirects), Err(expected));
        }
    }

    #[test]
    fn the_file_holds_one_rule_a_line_under_the_base_path() {
        let base = BaseUrl::parse("/docs/").expect("a good base");
        let text = redirects_file(
            &base,
            &[redirect("/old page/", "new"), redirect("/o.html", "")],
        );
        assert_eq!(
            text,
            "/docs/old%20page/ /docs/new/ 301\n/docs/o.html /docs/ 301\n"
        );
    }
}
