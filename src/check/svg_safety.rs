//! SVG pictures that would do more than be looked at.
//!
//! Opened by its own address a picture is a document: it could run scripts, load from other sites
//! and lead away. It is read by an HTML tokenizer, which sees a tag wherever XML sees one; what the
//! two read differently (entities, names in other letters) is refused.

use std::sync::Arc;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;
use crate::source::{Location, Source};

/// Elements that run, load or embed.
const ELEMENTS: [&str; 12] = [
    "script",
    "foreignobject",
    "iframe",
    "embed",
    "object",
    "audio",
    "video",
    "canvas",
    "link",
    "meta",
    "base",
    "handler",
];
/// Elements that change an attribute while they are looked at.
const ANIMATIONS: [&str; 5] = [
    "set",
    "animate",
    "animatetransform",
    "animatemotion",
    "animatecolor",
];
/// What a picture may carry within itself.
const DATA: [&str; 4] = [
    "data:image/png",
    "data:image/jpeg",
    "data:image/gif",
    "data:image/webp",
];

/// Tells of each SVG file that is more than a picture.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (path, bytes) in &site.files {
        if !path.as_str().to_ascii_lowercase().ends_with(".svg") {
            continue;
        }
        let name = format!("content/{path}");
        let found = match std::str::from_utf8(bytes) {
            Ok(text) => faults(&Source::new(name, text)),
            Err(_) => vec![(
                Location::start_of(&Source::new(name, "")),
                "it is not UTF-8".to_owned(),
            )],
        };
        diagnostics.extend(found.into_iter().map(|(location, reason)| {
            Diagnostic::error(
                Code::UnsafePicture,
                format!("this SVG is not just an image: {reason}"),
            )
            .at(location)
            .hint("export it from your drawing program as plain SVG, or as PNG")
        }));
    }
}

fn faults(source: &Arc<Source>) -> Vec<(Location, String)> {
    let text = source.text();
    let mut faults = Vec::new();
    let mut tell = |span: std::ops::Range<usize>, reason: String| {
        faults.push((Location::new(source, span), reason));
    };
    if let Some((at, reason)) = prolog(text) {
        tell(at..at, reason.to_owned());
    }
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                if let Some(reason) = element(&tag) {
                    tell(tag.span.start..tag.span.end, reason);
                }
            }
            Token::String(words) => {
                let (value, span) = (lossy(&words.value), words.span);
                if value.contains('<') {
                    tell(
                        span.start..span.end,
                        "it contains a `<` that does not start an element".to_owned(),
                    );
                } else if loads(&value) {
                    tell(
                        span.start..span.end,
                        "its styles load something from outside".to_owned(),
                    );
                }
            }
            Token::Comment(note)
                if lossy(&note.value).starts_with("[CDATA[") && loads(&lossy(&note.value)) =>
            {
                let reason = "its styles load something from outside".to_owned();
                tell(note.span.start..note.span.end, reason);
            }
            _ => {}
        }
    }
    faults
}

/// Declarations that change how the rest is read.
fn prolog(text: &str) -> Option<(usize, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let at = |sign: &str| lower.find(sign);
    let encoding = at("encoding=").filter(|at| {
        let declared = &lower[at + "encoding=".len()..];
        lower[..*at].starts_with("<?xml") && !declared[1.min(declared.len())..].starts_with("utf-8")
    });
    at("<!entity")
        .map(|at| (at, "it defines entities"))
        .or_else(|| Some((at("<?xml-stylesheet")?, "it uses a style sheet")))
        .or_else(|| Some((encoding?, "it declares an encoding other than UTF-8")))
}

fn element(tag: &StartTag<usize>) -> Option<String> {
    let name = lossy(&tag.name);
    let name = local(&name);
    if ELEMENTS.contains(&name) {
        return Some(format!("it contains the element `{name}`"));
    }
    tag.attributes.iter().find_map(|(key, value)| {
        let (key, value) = (lossy(key), lossy(&value.value));
        let reason = attribute(local(&key), &value);
        let moves = ANIMATIONS.contains(&name)
            && local(&key) == "attributename"
            && local(&value.trim().to_ascii_lowercase()) == "href";
        reason.or_else(|| moves.then(|| "it changes where a link goes".to_owned()))
    })
}

fn attribute(key: &str, value: &str) -> Option<String> {
    if key.starts_with("on") {
        return Some(format!("its attribute `{key}` runs a script"));
    }
    if (key == "href" || key == "src") && !is_own(value) {
        return Some(format!("`{key}` points outside the image"));
    }
    loads(value).then(|| format!("`{key}` loads something from outside"))
}

/// A part of the picture itself, or a picture within it.
fn is_own(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    value.is_empty() || value.starts_with('#') || DATA.iter().any(|start| value.starts_with(start))
}

/// Whether a style makes the browser fetch something. A backslash can spell any of it.
fn loads(style: &str) -> bool {
    let lower = style.to_ascii_lowercase();
    let fetches = |(at, _): (usize, &str)| {
        let target = lower[at + "url(".len()..].trim_start_matches([' ', '\t', '\n', '"', '\'']);
        !is_own(target)
    };
    lower.contains("@import")
        || (lower.contains('(') && (lower.contains('\\') || lower.contains("//")))
        || lower.match_indices("url(").any(fetches)
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_picture_is_let_through_and_nothing_else() {
        let faults =
            |inner: &str| faults(&Source::new("a.svg", format!("<svg>{inner}</svg>"))).len();
        for inner in [
            "<title>(A)</title><rect fill=\"url(#b)\" style=\"fill: url('#b')\"/><use xlink:href=\"#a\"/>",
            "<image href=\"data:image/png;base64,AA\"/>",
            "<style>.a { fill: rgb(1, 2, 3) }</style>",
            "<style><![CDATA[ .a { fill: red } ]]></style>",
            "<path inkscape:label=\"https://a.example/\"/><!-- <script> -->",
        ] {
            assert_eq!(faults(inner), 0, "{inner}");
        }
        for inner in [
            "<script>alert(1)</script>",
            "<x:script/>",
            "<_:script/>",
            "<rect ONLOAD=\"a()\"/>",
            "<a href=\" java&#115;cript:a()\"/>",
            "<a xlink:href=\"https://a.example/\"/>",
            "<use href=\"other.svg#a\"/>",
            "<image href=\"data:image/svg+xml,x\"/>",
            "<animate attributeName=\"xlink:href\" to=\"x\"/>",
            "<rect fill=\"url(https://a.example/)\"/>",
            "<rect style=\"fill:u\\72l(x)\"/>",
            "<style>@import 'x'</style>",
            "<style><![CDATA[ a { fill: url(x) } ]]></style>",
            "<style>a { fill: image-set('//a.example/x') }</style>",
        ] {
            assert!(faults(inner) > 0, "{inner}");
        }
    }

    #[test]
    fn a_picture_that_says_how_to_be_read_says_utf_8() {
        let at = |text| prolog(text).map(|(at, _)| at);
        assert_eq!(at("<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg/>"), None);
        assert_eq!(
            at("<?xml version=\"1.0\" encoding='UTF-16'?><svg/>"),
            Some(20)
        );
        assert_eq!(at("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>"), Some(15));
        assert_eq!(at("<?xml-stylesheet href=\"a.css\"?><svg/>"), Some(0));
        assert_eq!(
            at("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg/>"),
            None
        );
    }
}
