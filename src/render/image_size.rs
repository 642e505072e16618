//! An image's bytes → the size it is shown at.
//!
//! In: a GIF, JPEG, PNG, SVG or WebP file. Out: width and height in CSS pixels. Pages state them, so that
//! the text does not jump when the image arrives; an image of unknown size is shown all the same.

use html5gum::{Token, Tokenizer};
use imagesize::blob_size;

/// The width and height an image says it has, both above zero.
pub(super) fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let (width, height) = match blob_size(bytes) {
        Ok(size) => (size.width, size.height),
        Err(_) => svg(std::str::from_utf8(bytes).ok()?)?,
    };
    let is_usable = |length| (1..1_000_000).contains(&length);
    (is_usable(width) && is_usable(height)).then_some((width, height))
}

/// `width` and `height` of the outermost element, or else those of its `viewBox`.
fn svg(text: &str) -> Option<(usize, usize)> {
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
    let length = |name| pixels(attribute(name)?.trim().trim_end_matches("px"));
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    // The HTML tokenizer has turned the name `viewBox` into lower case.
    let numbers = attribute("viewbox")?.split([' ', ',']);
    let numbers: Vec<_> = numbers.filter(|part| !part.is_empty()).collect();
    match numbers[..] {
        [_, _, width, height] => Some((pixels(width)?, pixels(height)?)),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast that does not fit gives the nearest length, which is then refused"
)]
fn pixels(number: &str) -> Option<usize> {
    Some(number.parse::<f64>().ok()?.round() as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_svg_states_its_size_or_its_view_box() {
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
            ("<svg width=\"-4\" height=\"20\"/>", None),
            ("<svg width=\"1e9\" height=\"inf\"/>", None),
            ("<svg viewBox=\"0 0 a 48\"/>", None),
            ("<html><svg width=\"1\" height=\"1\"/></html>", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(size(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn each_kind_of_pixel_image_states_its_size() {
        let images: [&[u8]; 5] = [
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\0\x01",
            b"GIF89a\x80\x02\x01\0\0\0\0",
            b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x01\x02\x80",
            b"RIFF\x22\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\0\0\0",
            b"RIFF\x22\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\x01\0",
        ];
        for image in images {
            assert_eq!(size(image), Some((640, 1)), "{image:?}");
            assert_eq!(size(&image[..9]), None, "{image:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0..5_usize, bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let start: &[u8] = [&b""[..], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8X"][start];
            let _ = size(&[start, &bytes].concat());
        }
    }
}
