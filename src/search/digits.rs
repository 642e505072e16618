//! Numbers as printable letters: small numbers take one, and compression finds the rest.
//!
//! In: unsigned numbers. Out: text of `A–Z a–z 0–9 - _`, five bits a letter, lowest first; all but
//! the last letter of a number have the sixth bit set. `shelf.js` reads the same.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends one number.
pub(super) fn push(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(letter((number & 31) | 32));
        number >>= 5;
    }
    text.push(letter(number));
}

/// One letter for a number below 64.
pub(super) fn letter(number: u32) -> char {
    char::from(LETTERS[(number & 63) as usize])
}

/// The number of one letter.
pub(super) fn value(letter: u8) -> Option<u32> {
    Some(match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

/// Reads the numbers of a text one after the other.
pub(super) struct Reader<'a>(std::slice::Iter<'a, u8>);

impl<'a> Reader<'a> {
    /// Starts at the front.
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.as_bytes().iter())
    }

    /// One letter as it stands.
    pub(super) fn letter(&mut self) -> Option<u32> {
        value(*self.0.next()?)
    }
}

impl Iterator for Reader<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let digit = value(*self.0.next()?)?;
            number |= (digit & 31).checked_shl(shift)?;
            if digit < 32 {
                return Some(number);
            }
            shift += 5;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back_as_they_went(numbers in proptest::collection::vec(any::<u32>(), 0..9)) {
            let mut text = String::new();
            for number in &numbers {
                push(&mut text, *number);
            }
            prop_assert_eq!(Reader::new(&text).collect::<Vec<_>>(), numbers);
        }
    }
}
