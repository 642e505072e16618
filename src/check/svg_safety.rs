//! SVG files that contain scripts, links or loads from elsewhere.
//!
//! Opened at its own address, an SVG is a document: it could run scripts, load from other sites and send readers
//! elsewhere. It is read by an HTML tokenizer, which sees a tag wherever XML sees one; what could make XML see something
//! else (declarations, encodings, names with a prefix) is refused.

use std::sync::Arc;

use html5gum::{Doctype, Spanned, Token};

use super::html_tokens::{Tag, attributes, lists, tokens, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;
use crate::source::{Location, Source};

/// Elements that run, load or embed.
const ELEMENTS: &str =
    "script foreignobject iframe embed object audio video canvas link meta base handler";
/// Elements that change an attribute of another one.
const ANIMATIONS: &str = "set animate animatetransform animatemotion animatecolor";
/// What an image may contain as data.
const DATA: &str = "data:image/png data:image/jpeg data:image/gif data:image/webp";

/// Reports each SVG file that is more than an image.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (path, bytes) in &site.files {
        if !path.as_str().to_ascii_lowercase().ends_with(".svg") {
            continue;
        }
        let text = std::str::from_utf8(bytes);
        let source = Source::new(format!("content/{path}"), text.unwrap_or_default());
        let found = match text {
            Ok(_) => faults(&source),
            Err(_) => vec![(Location::start_of(&source), "it is not UTF-8".to_owned())],
        };
        diagnostics.extend(found.into_iter().map(|(location, reason)| {
            let message = format!("this SVG is not just an image: {reason}");
            Diagnostic::error(Code::UnsafePicture, message)
                .at(location)
                .hint("export it from your drawing program as plain SVG, or as PNG")
        }));
    }
}

fn faults(source: &Arc<Source>) -> Vec<(Location, String)> {
    let text = source.text();
    let found = tokens(text).filter_map(|token| {
        let (span, reason) = match token {
            Token::StartTag(tag) => (tag.span, element(&tag)?),
            Token::String(string) => (string.span, characters(&words(&string.value))?.to_owned()),
            Token::Comment(Spanned { span, .. }) | Token::Doctype(Doctype { span, .. }) => {
                (span, declaration(&text[span.start..span.end])?.to_owned())
            }
            Token::EndTag(_) | Token::Error(_) => return None,
        };
        Some((Location::new(source, span.start..span.end), reason))
    });
    found.collect()
}

fn characters(text: &str) -> Option<&'static str> {
    if text.contains('<') {
        return Some("it contains a `<` that does not start an element");
    }
    loads(text).then_some("its styles load something from outside")
}

/// What begins with `<!` or `<?`. HTML reads most of it as comments; in XML it can add attributes to
/// elements, text to the image, a style sheet or another encoding.
fn declaration(written: &str) -> Option<&'static str> {
    let lower = written.to_ascii_lowercase();
    if lower.starts_with("<!--") {
        None
    } else if lower.starts_with("<![cdata[") {
        loads(written).then_some("its styles load something from outside")
    } else if lower.starts_with("<!doctype") && !lower.contains('[') {
        None
    } else if lower.starts_with("<!") {
        Some("it declares elements, attributes or entities of its own")
    } else if lower.starts_with("<?xml-stylesheet") {
        Some("it uses a style sheet")
    } else {
        let spaceless: String = lower.split_whitespace().collect();
        let (_, encoding) = spaceless.split_once("encoding=")?;
        let is_utf8 = ["\"utf-8\"", "'utf-8'"]
            .iter()
            .any(|name| encoding.starts_with(name));
        (spaceless.starts_with("<?xmlversion") && !is_utf8)
            .then_some("it declares an encoding other than UTF-8")
    }
}

fn element(tag: &Tag) -> Option<String> {
    let name = words(&tag.name);
    let name = local(&name);
    if lists(ELEMENTS, name) {
        return Some(format!("it contains the element `{name}`"));
    }
    attributes(tag).find_map(|(key, value)| {
        let reason = attribute(local(&key), &value);
        let moves = lists(ANIMATIONS, name)
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

/// Whether an address is a part of the image itself, or an image within it.
fn is_own(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    value.is_empty()
        || value.starts_with('#')
        || DATA.split(' ').any(|start| value.starts_with(start))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_images_are_accepted() {
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
    fn declarations_that_could_change_the_document_are_refused() {
        let cases = [
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", None),
            (
                "<?xml version=\"1.0\" encoding = 'utf-8' standalone=\"no\"?>",
                None,
            ),
            (
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\">",
                None,
            ),
            ("<?xpacket begin=\"a\" id=\"b\"?><!-- [<!ENTITY -->", None),
            ("<?xml version='1.0' encoding='UTF-16'?>", Some("encoding")),
            (
                "<?xml version='1.0' encoding = 'UTF-16'?>",
                Some("encoding"),
            ),
            ("<?xml-stylesheet href=\"a.css\"?>", Some("style sheet")),
            ("<!DOCTYPE svg [<!ENTITY a \"b\">]>", Some("of its own")),
            (
                "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"a()\">]>",
                Some("of its own"),
            ),
            (
                "<!DOCTYPE svg SYSTEM \">\" [<!ATTLIST svg onload CDATA \"a()\">]>",
                Some("of its own"),
            ),
            ("<!DOCTYPE svg[%a;]>", Some("of its own")),
            (
                "<!DOCTYPE svg SYSTEM '>[' [\n<!-- --><!attlist svg a CDATA 'b'>\n]>",
                Some("of its own"),
            ),
        ];
        for (declaration, expected) in cases {
            let faults = faults(&Source::new("a.svg", format!("{declaration}<svg/>")));
            let reason = faults.first().map(|(_, reason)| reason.as_str());
            match expected {
                Some(part) => assert!(
                    reason.is_some_and(|one| one.contains(part)),
                    "{declaration}: {reason:?}"
                ),
                None => assert_eq!(reason, None, "{declaration}"),
            }
        }
    }
}
