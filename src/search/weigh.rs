//! How much a page is about a word: the numbers search is tuned by.
//!
//! In: where on a page a word stands and how often. Out: an impact of 1 to 63, and a rarity. Both
//! are whole numbers, worked out here once, so that no reader's device does arithmetic that could
//! round differently.

/// The greatest impact: one letter of the index.
pub(super) const MOST: f64 = 63.0;

/// Where a word was found on one page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Found {
    /// How often in running text.
    pub(super) body: u16,
    /// How often in headings.
    pub(super) headings: u8,
    /// Whether the title holds it.
    pub(super) title: bool,
    /// Words of the shortest keyword, other title or address that holds it; 0 where none does.
    pub(super) keyword_words: u8,
    /// Whether the summary holds it.
    pub(super) summary: bool,
}

/// What of a page its words are weighed against.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shape {
    /// Length of its text as a share of the average page's.
    pub(super) length: f64,
    /// Words in its title that are not fillers.
    pub(super) title_words: u32,
}

/// BM25's saturation and length share, over running text alone.
const SATURATION: f64 = 1.5;
const LENGTH_SHARE: f64 = 0.6;

/// What each place adds.
const BODY: f64 = 0.40;
const TITLE: f64 = 0.46;
const HEADING: f64 = 0.16;
const KEYWORD: f64 = 0.36;
const SUMMARY: f64 = 0.12;

/// What each place adds to the impact of one word on one page, as shares of the greatest.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FieldScores {
    /// The title.
    pub title: f64,
    /// Keywords, other titles, the address.
    pub keyword: f64,
    /// The summary.
    pub summary: f64,
    /// Headings.
    pub headings: f64,
    /// Running text.
    pub body: f64,
}

impl FieldScores {
    /// Weighs the places a word was found at.
    pub(super) fn of(found: Found, shape: Shape) -> Self {
        let often = f64::from(found.body);
        let body =
            often / (often + SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * shape.length));
        let headings = f64::from(found.headings);
        let title = || TITLE * among(shape.title_words);
        let keyword = || KEYWORD * among(found.keyword_words.into());
        let place = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
        Self {
            title: if found.title { title() } else { 0.0 },
            keyword: if found.keyword_words > 0 {
                keyword()
            } else {
                0.0
            },
            summary: place(found.summary, SUMMARY),
            headings: HEADING * headings / (headings + 0.5),
            body: BODY * body,
        }
    }

    /// A value made with this impact, told apart by place: what each adds, in whole numbers that add
    /// up to it.
    pub fn shares(self, value: u64) -> [(&'static str, u64); 5] {
        let places = [
            ("title", self.title),
            ("keywords", self.keyword),
            ("summary", self.summary),
            ("headings", self.headings),
            ("text", self.body),
        ];
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share is between 0 and 1"
        )]
        let mut points = places.map(|(place, share)| (place, (share * 10_000.0).round() as u64));
        let all = points.iter().map(|(_, share)| share).sum::<u64>().max(1);
        for (_, share) in &mut points {
            *share = value * *share / all;
        }
        let rest = value - points.iter().map(|(_, share)| share).sum::<u64>();
        if let Some(most) = points.iter_mut().max_by_key(|(_, share)| *share) {
            most.1 += rest;
        }
        points
    }

    /// The impact, in steps of the index. The more places there are the less another one adds, so
    /// that pages which have the word everywhere can still be told apart.
    pub fn impact(self) -> u8 {
        let places = [
            self.body,
            self.headings,
            self.title,
            self.keyword,
            self.summary,
        ];
        let sum = 1.0 - places.iter().map(|place| 1.0 - place).product::<f64>();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 1..=63"
        )]
        let rounded = (sum * MOST).round().clamp(1.0, MOST) as u8;
        rounded
    }
}

/// What one of so many words of a title or keyword counts.
fn among(words: u32) -> f64 {
    (2.0 / (1.0 + f64::from(words.max(1)))).sqrt()
}

/// How rare a word may count that says little on any site: as if every fourth page held it.
pub(super) const COMMON: u32 = 16;

/// How rare a word is: eighths of the logarithm (base 2) of pages per page that holds it, at least 1.
pub(super) fn rarity(pages: usize, holding: usize) -> u32 {
    let (pages, holding) = (pages as u64, holding as u64);
    // (pages - holding + ½) / (holding + ½) + 1, doubled above and below.
    eighths_of_log2(2 * pages + 2, 2 * holding + 1).max(1)
}

/// ⌊8·log2(above / below)⌋ in whole numbers, since `f64::log2` may differ from machine to machine.
fn eighths_of_log2(above: u64, below: u64) -> u32 {
    if above <= below {
        return 0;
    }
    // A fixed-point number of 32 bits after the point, squared three times: each squaring doubles
    // its logarithm and shows one more binary digit.
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
        let shape = Shape {
            length: 1.0,
            title_words: 2,
        };
        let impact = |found| FieldScores::of(found, shape).impact();
        let title = impact(Found {
            title: true,
            body: 1,
            ..Found::default()
        });
        let text = impact(Found {
            body: 20,
            ..Found::default()
        });
        assert!(title > text, "{title} {text}");
    }

    #[test]
    fn a_keyword_that_is_the_word_outweighs_a_phrase_that_holds_it() {
        let impact = |keyword_words| {
            let found = Found {
                keyword_words,
                ..Found::default()
            };
            FieldScores::of(found, Shape::default()).impact()
        };
        assert!(impact(1) > impact(2) && impact(2) > impact(5) && impact(5) > impact(0));
    }

    #[test]
    fn longer_pages_weigh_a_word_less() {
        let of = |length| {
            let found = Found {
                body: 2,
                ..Found::default()
            };
            let title_words = 1;
            FieldScores::of(
                found,
                Shape {
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
