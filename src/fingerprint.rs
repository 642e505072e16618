//! File names that change when the content does, and the digests browsers check.
//!
//! In: a name and bytes. Out: `assets/site.1a2b3c4d5e.css` and `sha256-…`. Nothing is written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::ids::OutPath;

/// Hex digits of the digest in a file name: 40 bits, plenty for the few assets of one site.
const NAME_DIGITS: usize = 10;

/// The path of a script or style, and what browsers check it against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path with the digest in its name.
    pub path: OutPath,
    /// The value of the `integrity` attribute.
    pub integrity: String,
}

/// Names `bytes`: `folder/stem.ext` becomes `folder/stem.DIGEST.ext`. `None` if the name is not a path within the site.
pub fn asset(name: &str, bytes: &[u8]) -> Option<Asset> {
    let digest = Sha256::digest(bytes);
    let short = &hex(&digest)[..NAME_DIGITS];
    let path = match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => {
            format!("{stem}.{short}.{extension}")
        }
        _ => format!("{name}.{short}"),
    };
    Some(Asset {
        path: OutPath::new(path)?,
        integrity: integrity_of(&digest),
    })
}

/// What browsers check `bytes` against.
pub fn integrity(bytes: &[u8]) -> String {
    integrity_of(&Sha256::digest(bytes))
}

fn integrity_of(digest: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(digest))
}

/// The part of the digest that is used in names.
pub fn short_digest(bytes: &[u8]) -> String {
    let mut digest = sha256_hex(bytes);
    digest.truncate(NAME_DIGITS);
    digest
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_before_the_extension() {
        let empty = "e3b0c44298";
        let cases = [
            ("assets/site.css", format!("assets/site.{empty}.css")),
            ("a.b/site", format!("a.b/site.{empty}")),
        ];
        for (name, expected) in cases {
            let made = asset(name, b"").expect("a plain path");
            assert_eq!(made.path.as_str(), expected);
            assert_eq!(
                made.integrity,
                "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
            );
        }
        assert_eq!(asset("../x.css", b""), None);
    }
}
