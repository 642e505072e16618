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
