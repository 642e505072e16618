//! A picture's bytes → the size it is drawn at.
//!
//! In: an SVG or PNG file. Out: width and height in CSS pixels. Pages name them, so that text does not
//! jump when the picture arrives; a file of another kind, or without a size, is shown all the same.

use html5gum::{Token, Tokenizer};

/// Width and height in CSS pixels, above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Size {
    fn new(width: f64, height: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is in range"
        )]
        let whole = |length: f64| (1.0..1e6).contains(&length).then(|| length.round() as u32);
        Some(Self {
            width: whole(width)?,
            height: whole(height)?,
        })
    }
}

/// The size a picture says it has.
pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    match bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        Some(chunk) => png(chunk),
        None => svg(std::str::from_utf8(bytes).ok()?),
    }
}

/// The first chunk is the header: length, `IHDR`, width, height.
fn png(chunk: &[u8]) -> Option<Size> {
    let number = |at: usize| {
        let bytes = chunk.get(at..at + 4)?.try_into().ok()?;
        Some(f64::from(u32::from_be_bytes(bytes)))
    };
    (chunk.get(4..8)? == b"IHDR").then_some(())?;
    Size::new(number(8)?, number(12)?)
}

/// `width` and `height` of the outermost element, or else what its `viewBox` says.
fn svg(text: &str) -> Option<Size> {
    let root = Tokenizer::new(text)
        .flatten()
        .find_map(|token| match token {
            Token::StartTag(tag) => Some(tag),
            _ => None,
        })?;
    (root.name.as_slice() == b"svg").then_some(())?;
    let attribute = |name: &str| {
        let value = root.attributes.get(name.as_bytes())?;
        std::str::from_utf8(&value.value).ok()
    };
    let length = |name| {
        let value = attribute(name)?.trim();
        value.strip_suffix("px").unwrap_or(value).parse().ok()
    };
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Size::new(width, height);
    }
    // Names of attributes are in small letters once HTML has read them.
    let numbers = attribute("viewbox")?
        .split([' ', ','])
        .filter(|part| !part.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] => Size::new(width, height),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pictures_say_how_large_they_are() {
        let of = |text: &str| size(text.as_bytes()).map(|size| (size.width, size.height));
        let cases = [
            (
                "<?xml version=\"1.0\"?>\n<!-- a --><svg width=\"340\" height=\"20.4px\"/>",
                Some((340, 20)),
            ),
            (
                "<svg viewBox=\"0 0, 24 48\"><rect width=\"1\" height=\"1\"/></svg>",
                Some((24, 48)),
            ),
            (
                "<svg width=\"100%\" viewBox=\"0 0 24 48\"/>",
                Some((24, 48)),
            ),
            ("<svg width=\"0\" height=\"20\"/>", None),
            ("<svg width=\"1e9\" height=\"inf\"/>", None),
            ("<svg viewBox=\"0 0 a 48\"/>", None),
            ("<html><svg width=\"1\" height=\"1\"/></html>", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of(text), expected, "{text}");
        }
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\0\x01".to_vec();
        let expected = Some(Size {
            width: 640,
            height: 1,
        });
        assert_eq!(size(&png), expected);
        png.pop();
        assert_eq!(size(&png), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = size(&bytes);
            let _ = size(&[b"\x89PNG\r\n\x1a\n".as_slice(), &bytes].concat());
        }
    }
}
