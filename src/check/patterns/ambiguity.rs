//! In how many ways a text can match a pattern, which is how long a browser may take for it.
//!
//! Takes the automaton of a pattern. While the next character decides which way to go, there is one way. Where a loop
//! can be left or continued with the same character, there are as many ways as the text is long; where it can be
//! continued in two ways, their number doubles with every character.

/// The characters that one place of a pattern takes: ranges, or all but them.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) ranges: Vec<(char, char)>,
    pub(super) negated: bool,
}

impl Leaf {
    fn takes(&self, character: char) -> bool {
        let within = self
            .ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&character));
        within != self.negated
    }
}

/// Which place of a pattern can follow which, once for each way from one to the other (Glushkov's automaton).
#[derive(Debug, Default)]
pub(super) struct Automaton {
    pub(super) leaves: Vec<Leaf>,
    pub(super) follows: Vec<Vec<usize>>,
}

/// Where a part of a pattern begins and ends, and whether it matches nothing.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) first: Vec<usize>,
    pub(super) last: Vec<usize>,
    pub(super) empty: bool,
}

/// In so many ways a text may match before its length comes in.
const MOST_CHOICES: usize = 64;

/// The powers of the length, and a factor: the larger of each.
fn most(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    (a.0.max(b.0), a.1.max(b.1))
}

impl Automaton {
    /// Whether the number of ways grows no faster than the text: then the time grows no faster than its square.
    pub(super) fn is_bounded(&self, whole: &Part, anywhere: bool) -> bool {
        let samples = self.samples();
        let reached: Vec<Vec<bool>> = (0..self.leaves.len())
            .map(|leaf| self.reached(leaf))
            .collect();
        let is_looped = |leaf: usize| reached[leaf][leaf];
        // Leaves of one loop can reach each other.
        let in_one_loop = |a: usize, b: usize| reached[a][b] && reached[b][a];
        let mut worst: Vec<Option<(usize, usize)>> = vec![None; self.leaves.len()];
        let mut open = whole.first.clone();
        while let Some(leaf) = open.last().copied() {
            let outside = |next: &&usize| !in_one_loop(leaf, **next);
            let members =
                (0..self.leaves.len()).filter(|other| *other == leaf || in_one_loop(leaf, *other));
            let members: Vec<usize> = members.collect();
            let exits = members
                .iter()
                .flat_map(|member| self.follows[*member].iter().filter(outside));
            let exits: Vec<usize> = exits.copied().collect();
            let waiting = exits.iter().copied().filter(|next| worst[*next].is_none());
            let waiting: Vec<usize> = waiting.collect();
            if !waiting.is_empty() {
                open.extend(waiting);
                continue;
            }
            open.pop();
            let after = exits
                .iter()
                .filter_map(|next| worst[*next])
                .fold((0, 1), most);
            let mut own = (0, 1);
            for (member, sample) in members
                .iter()
                .flat_map(|one| samples.iter().map(move |two| (one, *two)))
            {
                let next = self.follows[*member]
                    .iter()
                    .filter(|next| self.leaves[**next].takes(sample));
                let (out, within): (Vec<&usize>, Vec<&usize>) = next.partition(outside);
                if within.len() > 1 {
                    return false;
                }
                own = most(
                    own,
                    (
                        usize::from(!within.is_empty() && !out.is_empty()),
                        out.len().max(1),
                    ),
                );
            }
            let cost = (after.0 + own.0, after.1.saturating_mul(own.1));
            for member in members {
                worst[member] = Some(cost);
            }
        }
        let ways = whole
            .first
            .iter()
            .filter_map(|leaf| worst[*leaf])
            .fold((0, 1), most);
        let starts = |sample: &char| {
            whole
                .first
                .iter()
                .filter(|leaf| self.leaves[**leaf].takes(*sample))
                .count()
        };
        let choices = samples
            .iter()
            .map(starts)
            .max()
            .unwrap_or(1)
            .saturating_mul(ways.1);
        let loops: Vec<usize> = (0..self.leaves.len())
            .filter(|leaf| is_looped(*leaf))
            .collect();
        let again = anywhere && ways.0 > 0 && self.can_begin_within(whole, &loops, &samples);
        ways.0 + usize::from(again) <= 1 && choices <= MOST_CHOICES
    }

    /// Whether a match can begin within what the loops repeat, so that every place of a text may begin one.
    fn can_begin_within(&self, whole: &Part, loops: &[usize], samples: &[char]) -> bool {
        let takes = |leaf: usize, sample: char| self.leaves[leaf].takes(sample);
        let repeated = |leaf: usize| {
            let mut samples = samples.iter().filter(|sample| takes(leaf, **sample));
            samples.any(|sample| loops.iter().any(|other| takes(*other, *sample)))
        };
        let mut seen = vec![false; self.leaves.len()];
        let mut open = whole.first.clone();
        while let Some(leaf) = open.pop() {
            if std::mem::replace(&mut seen[leaf], true) || !repeated(leaf) {
                continue;
            }
            if loops.contains(&leaf) {
                return true;
            }
            open.extend(&self.follows[leaf]);
        }
        false
    }

    /// Which leaves can come after one.
    fn reached(&self, leaf: usize) -> Vec<bool> {
        let mut reached = vec![false; self.leaves.len()];
        let mut open = self.follows[leaf].clone();
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut reached[next], true) {
                open.extend(&self.follows[next]);
            }
        }
        reached
    }

    /// One character of each set of characters that all leaves treat alike.
    fn samples(&self) -> Vec<char> {
        let ranges = self.leaves.iter().flat_map(|leaf| &leaf.ranges);
        let next = |character: char| char::from_u32(u32::from(character) + 1);
        let mut samples: Vec<char> = ranges
            .flat_map(|(from, to)| [Some(*from), next(*to)])
            .flatten()
            .collect();
        samples.push('\0');
        samples.sort_unstable();
        samples.dedup();
        samples
    }
}
