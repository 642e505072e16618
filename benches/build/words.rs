//! Words in the proportions of real text, the same on every machine.
//!
//! A word's frequency falls with its rank, as `1 / (rank + 6)^1.5` over 35,000 ranks. That gives the figures of English
//! help pages: about 25,000 distinct words in two million, a third of them used once.

/// The most frequent words of English, which every text is full of.
pub(crate) const COMMON: [&str; 40] = [
    "the", "to", "a", "of", "and", "you", "in", "is", "it", "that", "for", "your", "on", "with",
    "this", "as", "are", "be", "can", "or", "if", "not", "from", "at", "by", "an", "will", "have",
    "use", "when", "which", "all", "they", "do", "then", "has", "one", "new", "page", "how",
];
const RANKS: f64 = 35_000.0;
const SHIFT: f64 = 6.0;

/// Most words are forms of a word about as frequent: `open`, `opened`, `opening`.
const ENDINGS: [&str; 8] = ["", "s", "ed", "ing", "er", "ly", "able", "ation"];

/// The rest are built of syllables.
const ONSETS: [&str; 16] = [
    "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "pr", "tr",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const CODAS: [&str; 6] = ["n", "r", "l", "ct", "st", "m"];

/// A small pseudo-random sequence (xorshift), written here so that it never changes.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % limit
    }

    /// A number from 0 to 1.
    #[allow(clippy::cast_precision_loss, reason = "only 53 bits are kept")]
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn word(&mut self) -> String {
        word(self.rank())
    }

    /// The inverse of the distribution's integral. Square roots and divisions give the same bits everywhere.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 35,000"
    )]
    fn rank(&mut self) -> usize {
        let (first, last) = ((1.0 + SHIFT).sqrt().recip(), (RANKS + SHIFT).sqrt().recip());
        let at = first - self.fraction() * (first - last);
        ((at * at).recip() - SHIFT - 1.0) as usize
    }
}

/// The word of a rank; frequent words are short.
fn word(rank: usize) -> String {
    if let Some(word) = COMMON.get(rank) {
        return (*word).to_owned();
    }
    let (mut stem, ending) = (rank / ENDINGS.len(), ENDINGS[rank % ENDINGS.len()]);
    let mut word = String::new();
    loop {
        word += ONSETS[stem % ONSETS.len()];
        stem /= ONSETS.len();
        word += VOWELS[stem % VOWELS.len()];
        stem /= VOWELS.len();
        if stem == 0 {
            break;
        }
        stem -= 1;
    }
    word + CODAS[rank / ENDINGS.len() % CODAS.len()] + ending
}
