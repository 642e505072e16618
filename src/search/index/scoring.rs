//! Scoring: how much a page is about a term.
//!
//! In: how often each field of a page contains a term. Out: an impact from 1 to 63, and a rarity. Both are
//! whole numbers, so that no browser does arithmetic that could round differently.

/// The greatest impact: one character of the index.
pub(super) const MAX_IMPACT: f64 = 63.0;

/// The occurrences of a term on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Occurrences {
    /// In the text.
    pub(super) body: u16,
    /// In headings.
    pub(super) headings: u8,
    /// Whether the title contains it.
    pub(super) title: bool,
    /// The number of words of the shortest keyword that contains it; 0 if none does.
    pub(super) keyword_words: u8,
    /// Whether the summary contains it.
    pub(super) summary: bool,
}

/// What the scores of a page are normalized by.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PageStats {
    /// The length of its text, where 1 is the average.
    pub(super) length: f64,
    /// Words of its title that are not stop words.
    pub(super) title_words: u32,
}

/// The parameters k1 and b of BM25, which is used for the text alone.
const K1: f64 = 1.5;
const B: f64 = 0.75;

/// The weight of each field.
const BODY: f64 = 0.40;
const TITLE: f64 = 0.46;
const HEADING: f64 = 0.16;
const KEYWORD: f64 = 0.36;
const SUMMARY: f64 = 0.12;

/// The fields of a page, in the order of [`FieldScores`]. Keywords are also other titles and the address.
const FIELDS: [&str; 5] = ["title", "keywords", "summary", "headings", "text"];

/// What each field adds to the impact of a term on a page, as a fraction of the greatest impact.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FieldScores([f64; FIELDS.len()]);

impl FieldScores {
    /// Scores the occurrences of a term.
    pub(super) fn of(found: Occurrences, stats: PageStats) -> Self {
        let when = |is_found: bool, score: f64| if is_found { score } else { 0.0 };
        let often = f64::from(found.body);
        let headings = f64::from(found.headings);
        let (title_words, keyword_words) = (stats.title_words, found.keyword_words.into());
        Self([
            when(found.title, TITLE * one_of(title_words)),
            when(keyword_words > 0, KEYWORD * one_of(keyword_words)),
            when(found.summary, SUMMARY),
            HEADING * headings / (headings + 0.5),
            BODY * often / (often + K1 * (1.0 - B + B * stats.length)),
        ])
    }

    /// A value made with this impact, divided among the fields in whole numbers that add up to it.
    pub fn shares(self, value: u64) -> [(&'static str, u64); FIELDS.len()] {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share is between 0 and 1"
        )]
        let mut points = self.0.map(|share| (share * 10_000.0).round() as u64);
        let all = points.iter().sum::<u64>().max(1);
        for share in &mut points {
            *share = value * *share / all;
        }
        let rest = value - points.iter().sum::<u64>();
        if let Some(most) = points.iter_mut().max() {
            *most += rest;
        }
        std::array::from_fn(|at| (FIELDS[at], points[at]))
    }

    /// The impact. The more fields contain a term, the less another one adds, so that pages with the term in
    /// every field can still be distinguished.
    pub fn impact(self) -> u8 {
        let sum = 1.0 - self.0.map(|field| 1.0 - field).iter().product::<f64>();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 1..=63"
        )]
        let rounded = (sum * MAX_IMPACT).round().clamp(1.0, MAX_IMPACT) as u8;
        rounded
    }
}

/// The weight of one word of a title or keyword with this many words.
fn one_of(words: u32) -> f64 {
    (2.0 / (1.0 + f64::from(words.max(1)))).sqrt()
}

/// The greatest rarity of a word that says little on any site: as if every fourth page contained it.
pub(super) const COMMON: u32 = 16;

/// The inverse document frequency: eighths of the logarithm (base 2) of pages per page that contains a term,
/// at least 1.
pub(super) fn rarity(pages: usize, document_frequency: usize) -> u32 {
    let (pages, frequency) = (pages as u64, document_frequency as u64);
    // (pages - frequency + ½) / (frequency + ½) + 1, with both sides doubled.
    eighths_of_log2(2 * pages + 2, 2 * frequency + 1).max(1)
}

/// ⌊8·log2(above / below)⌋ in whole numbers, because `f64::log2` differs from machine to machine.
fn eighths_of_log2(above: u64, below: u64) -> u32 {
    if above <= below {
        return 0;
    }
    // A fixed-point number with 32 bits after the point, squared three times: each squaring doubles its
    // logarithm and yields one more binary digit.
    let mut ratio = (u128::from(above) << 32) / u128::from(below);
    let mut log = 0;
    while ratio >= 2 << 32 {
        ratio >>= 1;
        log += 1;
    }
    for _ in 0..3 {
        ratio = (ratio * ratio) >> 32;
        log *= 2;
        if ratio >= 2 << 32 {
            ratio >>= 1;
            log += 1;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_the_title_outweighs_one_in_the_text() {
        let stats = PageStats {
            length: 1.0,
            title_words: 2,
        };
        let impact = |found| FieldScores::of(found, stats).impact();
        let title = impact(Occurrences {
            title: true,
            body: 1,
            ..Occurrences::default()
        });
        let text = impact(Occurrences {
            body: 20,
            ..Occurrences::default()
        });
        assert!(title > text, "{title} {text}");
    }

    #[test]
    fn a_keyword_that_is_the_word_outweighs_a_phrase_that_holds_it() {
        let impact = |keyword_words| {
            let found = Occurrences {
                keyword_words,
                ..Occurrences::default()
            };
            FieldScores::of(found, PageStats::default()).impact()
        };
        assert!(impact(1) > impact(2) && impact(2) > impact(5) && impact(5) > impact(0));
    }

    #[test]
    fn longer_pages_weigh_a_word_less() {
        let of = |length| {
            let found = Occurrences {
                body: 2,
                ..Occurrences::default()
            };
            let title_words = 1;
            FieldScores::of(
                found,
                PageStats {
                    length,
                    title_words,
                },
            )
            .impact()
        };
        assert!(of(0.5) > of(1.0) && of(1.0) > of(4.0));
    }

    #[test]
    fn logarithms_are_exact_to_an_eighth() {
        for (above, below, expected) in [(8, 1, 24), (3, 2, 4), (1, 1, 0), (1, 9, 0), (1000, 3, 67)]
        {
            assert_eq!(eighths_of_log2(above, below), expected, "{above}/{below}");
        }
    }

    #[test]
    fn rare_words_weigh_more_and_none_weighs_nothing() {
        assert!(rarity(100, 1) > rarity(100, 10));
        assert!(rarity(100, 10) > rarity(100, 100));
        assert!(rarity(100, 100) >= 1);
    }
}
