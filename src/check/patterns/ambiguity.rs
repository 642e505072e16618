//! In how many ways a text can match a pattern, which decides how long a browser may take for it.
//!
//! Takes the automaton of a pattern (Glushkov's). While the next character decides which way to go, there is one way.
//! If a loop can be left or continued with the same character, there are as many ways as the text is long. If there are
//! two ways around a loop for the same text, their number doubles with every round.

use std::collections::HashSet;

use regex_syntax::hir::ClassUnicode;

/// Which character of a pattern can follow which.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    /// How many parts of the pattern were read.
    pub(super) parts: usize,
    /// What each of them matches.
    leaves: Vec<ClassUnicode>,
    /// What can follow each, once for each way to get there.
    follows: Vec<Vec<usize>>,
}

/// The leaves a part of a pattern can begin and end with, and whether it can match the empty text.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) first: Vec<usize>,
    pub(super) last: Vec<usize>,
    pub(super) empty: bool,
}

/// The longest search may take time that grows with this power of the text's length. With 10,000 characters, the square is
/// a second at worst.
const MOST_POWER: usize = 2;
/// How many pairs of leaves are looked at.
const MOST_PAIRS: usize = 200_000;

impl Part {
    pub(super) fn nothing() -> Self {
        Self {
            empty: true,
            ..Self::default()
        }
    }
}

impl Automaton {
    pub(super) fn add(&mut self, class: ClassUnicode) -> Part {
        let leaf = vec![self.leaves.len()];
        self.leaves.push(class);
        self.follows.push(Vec::new());
        Part {
            first: leaf.clone(),
            last: leaf,
            empty: false,
        }
    }

    pub(super) fn sequence(&mut self, before: Part, after: Part) -> Part {
        self.link(&before.last, &after.first);
        let mut whole = Part {
            first: before.first,
            last: after.last,
            empty: before.empty && after.empty,
        };
        if before.empty {
            whole.first.extend(after.first);
        }
        if after.empty {
            whole.last.extend(before.last);
        }
        whole
    }

    pub(super) fn link(&mut self, from: &[usize], to: &[usize]) {
        for leaf in from {
            self.follows[*leaf].extend(to);
        }
    }

    /// Whether the number of ways grows exponentially with the length of the text.
    pub(super) fn is_exponential(&self) -> bool {
        Graph::of(self).has_two_ways_around()
    }

    /// Whether every text is matched quickly.
    pub(super) fn is_quick(&self, whole: &Part, is_anywhere: bool) -> bool {
        let graph = Graph::of(self);
        let powers = graph.powers();
        let power = whole.first.iter().map(|leaf| powers[*leaf]).max();
        let again = is_anywhere && graph.can_begin_in_loop(&whole.first);
        !graph.has_two_ways_around() && power.unwrap_or(0) + usize::from(again) <= MOST_POWER
    }
}

/// An automaton, with what the analysis looks up repeatedly.
struct Graph<'a> {
    follows: &'a [Vec<usize>],
    /// Whether two leaves match one character.
    overlap: Vec<Vec<bool>>,
    /// Whether one leaf can come after another.
    reaches: Vec<Vec<bool>>,
}

impl<'a> Graph<'a> {
    fn of(automaton: &'a Automaton) -> Self {
        let leaves = &automaton.leaves;
        let overlaps = |a: &ClassUnicode, b: &ClassUnicode| {
            let mut both = a.clone();
            both.intersect(b);
            !both.ranges().is_empty()
        };
        let row = |a| leaves.iter().map(|b| overlaps(a, b)).collect();
        let reached = |leaf: usize| {
            let mut reached = vec![false; leaves.len()];
            let mut open = automaton.follows[leaf].clone();
            while let Some(next) = open.pop() {
                if !std::mem::replace(&mut reached[next], true) {
                    open.extend(&automaton.follows[next]);
                }
            }
            reached
        };
        Self {
            follows: &automaton.follows,
            overlap: leaves.iter().map(row).collect(),
            reaches: (0..leaves.len()).map(reached).collect(),
        }
    }

    /// Whether two leaves are in one loop.
    fn is_loop(&self, a: usize, b: usize) -> bool {
        self.reaches[a][b] && self.reaches[b][a]
    }

    /// Whether the same text can go around a loop in two ways, so that the number of ways doubles with every round.
    fn has_two_ways_around(&self) -> bool {
        let mut count = 0;
        (0..self.follows.len()).any(|start| {
            let follows = self.follows[start].iter().enumerate();
            let pairs = follows.flat_map(|(at, a)| {
                let others = self.follows[start][at + 1..].iter();
                others.map(move |b| (*a, *b))
            });
            let mut open: Vec<(usize, usize)> = pairs.collect();
            let mut seen = HashSet::new();
            while let Some((a, b)) = open.pop() {
                let stays = self.is_loop(a, start) && self.is_loop(b, start);
                if !stays || !self.overlap[a][b] || !seen.insert((a, b)) {
                    continue;
                }
                count += 1;
                if (a, b) == (start, start) || count > MOST_PAIRS {
                    return true;
                }
                let next = self.follows[a].iter();
                open.extend(next.flat_map(|a| self.follows[b].iter().map(|b| (*a, *b))));
            }
            false
        })
    }

    /// For each leaf, the power of the text's length that the search from there can take.
    fn powers(&self) -> Vec<usize> {
        let mut powers = vec![0; self.follows.len()];
        // From the end: fewer leaves can come after a later one. The only equals are a loop and what is before it.
        let mut order: Vec<usize> = (0..self.follows.len()).collect();
        order.sort_by_key(|leaf| {
            let reached = self.reaches[*leaf].iter().filter(|one| **one);
            (reached.count(), !self.reaches[*leaf][*leaf])
        });
        for leaf in order {
            let (mut after, mut is_ambiguous) = (0, false);
            let in_loop = (0..self.follows.len()).filter(|other| self.is_loop(leaf, *other));
            for member in in_loop.chain([leaf]) {
                let follows = self.follows[member].iter().copied();
                let (stay, leave): (Vec<_>, Vec<_>) =
                    follows.partition(|next| self.is_loop(member, *next));
                for next in leave {
                    after = after.max(powers[next]);
                    is_ambiguous |= stay.iter().any(|one| self.overlap[*one][next]);
                }
            }
            let is_looped = self.reaches[leaf][leaf];
            powers[leaf] = if is_ambiguous {
                after + 1
            } else {
                after.max(usize::from(is_looped))
            };
        }
        powers
    }

    /// Whether a match can begin in what a loop matches, so that it is looked for again from each of its characters.
    fn can_begin_in_loop(&self, first: &[usize]) -> bool {
        let is_looped = |leaf: usize| self.reaches[leaf][leaf];
        let mut seen = vec![false; self.follows.len()];
        let mut open = first.to_vec();
        while let Some(leaf) = open.pop() {
            let mut loops = (0..self.follows.len()).filter(|other| is_looped(*other));
            if std::mem::replace(&mut seen[leaf], true)
                || !loops.any(|other| self.overlap[leaf][other])
            {
                continue;
            }
            if is_looped(leaf) {
                return true;
            }
            open.extend(&self.follows[leaf]);
        }
        false
    }
}
