//! "Did you mean …?"

/// How many pairs of letters are compared for "did you mean", which takes well below a second. Thousands of wrong names
/// among thousands of known ones would take minutes, and nobody reads that many hints.
const COMPARISON_LIMIT: usize = 200_000_000;

/// How many pairs of letters have been compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Comparisons(usize);

impl Comparisons {
    /// As [`nearest`], until the limit is spent.
    pub(super) fn nearest<'a>(
        &mut self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut best: Option<(usize, &str)> = None;
        for name in known {
            let most = name.chars().count() / 3;
            self.0 += 1;
            // An edit changes at most four bytes.
            if typed.len().abs_diff(name.len()) > 4 * most.max(1) {
                continue;
            }
            self.0 += typed.len() * name.len();
            if !self.are_within_limit() {
                return None;
            }
            let edits = strsim::osa_distance(typed, name);
            let continues = typed.starts_with(name) || name.starts_with(typed);
            if edits <= most || (edits == 1 && continues) {
                best = best.into_iter().chain([(edits, name)]).min();
            }
        }
        best.map(|(_, name)| name)
    }

    pub(super) fn are_within_limit(&self) -> bool {
        self.0 <= COMPARISON_LIMIT
    }
}

/// The known name nearest to a mistyped one, for "did you mean": at most a third of it wrong, so that a person
/// would see the likeness.
///
/// If an author's files decide how many names there are, use [`Diagnostics::nearest`](super::Diagnostics::nearest).
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Comparisons::default().nearest(typed, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near_or_not_given() {
        let known = ["title", "summary", "reviewed", "order"];
        let cases = [
            ("titel", Some("title")),
            ("sumary", Some("summary")),
            ("ordre", Some("order")),
            ("color", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(nearest(typed, known), expected, "{typed}");
        }
    }
}
