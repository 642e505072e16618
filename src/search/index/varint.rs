//! Variable-length numbers as printable characters.
//!
//! In: unsigned numbers. Out: text of `A–Z a–z 0–9 - _`, five bits a character, lowest first; all but the
//! last character of a number have the sixth bit set. `index-reader.js` decodes them.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends a number.
pub(super) fn push(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(digit((number & 31) | 32));
        number >>= 5;
    }
    text.push(digit(number));
}

/// The character for a number below 64.
pub(super) fn digit(number: u32) -> char {
    char::from(LETTERS[(number & 63) as usize])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_can_be_decoded(numbers in proptest::collection::vec(any::<u32>(), 0..9)) {
            let mut text = String::new();
            for number in &numbers {
                push(&mut text, *number);
            }
            let mut read = Vec::new();
            let (mut number, mut shift) = (0, 0);
            for letter in text.bytes() {
                let digit = LETTERS.iter().position(|other| *other == letter).expect("a digit") as u64;
                number |= (digit & 31) << shift;
                shift += 5;
                if digit < 32 {
                    read.push(std::mem::take(&mut number));
                    shift = 0;
                }
            }
            prop_assert_eq!(read, numbers.into_iter().map(u64::from).collect::<Vec<_>>());
        }
    }
}
