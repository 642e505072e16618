//! SVG pictures: drawings that can hold programs.
//!
//! In: the files beside the pages. Out: a problem for each SVG that holds more than a drawing.
//! Pages show it as an image, where nothing of it runs; opened by its own address it would.

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;
use crate::source::{Place, Source};

/// Elements that run, load or hold what is no drawing.
const FORBIDDEN: [&str; 9] = [
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "link",
    "handler",
];

/// Reads every SVG.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (path, bytes) in &site.files {
        if !path.as_str().to_ascii_lowercase().ends_with(".svg") {
            continue;
        }
        let shown = format!("content/{path}");
        let Ok(text) = std::str::from_utf8(bytes) else {
            diagnostics.push(
                Diagnostic::error(Code::UnsafePicture, "an SVG that is not UTF-8")
                    .at(Place::start_of(&Source::new(shown, "")))
                    .hint("save as UTF-8"),
            );
            continue;
        };
        let source = Source::new(shown, text);
        for (message, span) in faults(text) {
            diagnostics.push(
                Diagnostic::error(Code::UnsafePicture, message)
                    .at(Place::new(&source, span))
                    .hint("remove it: a picture is a drawing and nothing else"),
            );
        }
    }
}

fn faults(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for mark in ["<!ENTITY", "<?xml-stylesheet"] {
        if let Some(at) = text.find(mark) {
            found.push((
                format!("`{mark}` brings in more than the file shows"),
                at..at + mark.len(),
            ));
        }
    }
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut in_style = false;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                in_style = &**tag.name == b"style" && !tag.self_closing;
                found.extend(tag_fault(&tag).map(|fault| (fault, tag.span.start..tag.span.end)));
            }
            Token::EndTag(_) => in_style = false,
            Token::String(string) if in_style => {
                let style = String::from_utf8_lossy(&string.value);
                found.extend(
                    style_fault(&style).map(|fault| (fault, string.span.start..string.span.end)),
                );
            }
            _ => {}
        }
    }
    found
}

fn tag_fault(tag: &StartTag<usize>) -> Option<String> {
    let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
    let bare = name.rsplit(':').next().unwrap_or(&name);
    if FORBIDDEN.contains(&bare) {
        return Some(format!("`{name}` in a picture"));
    }
    let animates = matches!(
        bare,
        "animate" | "set" | "animatetransform" | "animatemotion"
    );
    tag.attributes.iter().find_map(|(key, value)| {
        let key = String::from_utf8_lossy(key).to_ascii_lowercase();
        let value = String::from_utf8_lossy(&value.value);
        let plain: String = value
            .chars()
            .filter(|character| !character.is_whitespace() && !character.is_control())
            .collect::<String>()
            .to_ascii_lowercase();
        let leads = key == "href" || key.ends_with(":href") || key == "src";
        if key.starts_with("on") {
            Some(format!("`{key}` runs a program"))
        } else if leads
            && !plain.starts_with('#')
            && !plain.starts_with("data:image/png")
            && !plain.starts_with("data:image/jpeg")
        {
            Some(format!("`{key}` leads out of the picture"))
        } else if animates && key == "attributename" && plain.ends_with("href") {
            Some("an address that changes by itself".to_owned())
        } else {
            style_fault(&value).map(|fault| format!("`{key}`: {fault}"))
        }
    })
}

/// `url(#name)` is the drawing's own; every other address is outside.
fn style_fault(style: &str) -> Option<String> {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    let outside = plain.match_indices("url(").any(|(at, _)| {
        !plain[at + 4..]
            .trim_start_matches(['"', '\''])
            .starts_with('#')
    });
    (outside || plain.contains("@import") || plain.contains("javascript:"))
        .then(|| "an address outside the picture".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drawings_get_through() {
        let bad = [
            "<svg><script>a</script></svg>",
            "<svg onload=\"a\"></svg>",
            "<svg><svg:script/></svg>",
            "<svg><foreignObject/></svg>",
            "<svg><a xlink:href=\" java\nscript:a\"/></svg>",
            "<svg><image href=\"https://a.example/b.png\"/></svg>",
            "<svg><set attributeName=\"xlink:href\" to=\"#b\"/></svg>",
            "<svg><style>@import 'a.css'</style></svg>",
            "<svg><rect style=\"fill: url( 'https://a.example')\"/></svg>",
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>",
        ];
        for text in bad {
            assert_eq!(faults(text).len(), 1, "{text}: {:?}", faults(text));
        }
        let good = "<svg><style>.a{fill:url(#b)}</style><use href=\"#c\"/><path d=\"M0 0\" \
                    fill=\"url(#b)\"/><animate attributeName=\"x\"/></svg>";
        assert_eq!(faults(good), []);
    }
}
