//! An answer as it may stand in an issue: what the reader wrote, and nothing that the tracker would act on.
//!
//! In: a typed answer without secrets. Out: the same words, with names and numbers that would call people or link
//! issues put into backticks, and signs that would begin a heading, a comment or a tag, or leave a code block
//! open, made plain. The browser does the same in `js/lib/escape.js`; `tests/vectors/request.json` holds them
//! together.

/// Makes an answer of several lines harmless.
pub(super) fn harmless(text: &str) -> String {
    let fences = text.lines().filter(|line| is_fence(line)).count();
    let mut left = fences - fences % 2;
    let mut inside = false;
    let lines: Vec<_> = text
        .split('\n')
        .map(|line| {
            if is_fence(line) && left > 0 {
                left -= 1;
                inside = !inside;
                return line.to_owned();
            }
            if inside {
                return line.to_owned();
            }
            harmless_line(line)
        })
        .collect();
    lines.join("\n")
}

/// An answer that stands between backticks.
pub(super) fn in_code(text: &str) -> String {
    text.replace('`', "'").replace('\n', " ")
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

fn harmless_line(line: &str) -> String {
    let start = line.trim_start();
    let indent = &line[..line.len() - start.len()];
    let under = start.trim_end();
    let rule = |sign: char| under.len() > 1 && under.chars().all(|other| other == sign);
    if is_fence(line) || start.starts_with('#') && !is_number(start) || rule('=') || rule('-') {
        return format!("{indent}\\{}", words(start));
    }
    words(line)
}

/// `#12`
fn is_number(text: &str) -> bool {
    text[1..].starts_with(|sign: char| sign.is_ascii_digit())
}

/// Pieces between backticks stay; a backtick without its other half is made plain.
fn words(line: &str) -> String {
    let pieces: Vec<_> = line.split('`').collect();
    let mut safe = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let code = at % 2 == 1 && at + 1 < pieces.len();
        let unpaired = at % 2 == 1 && !code;
        if unpaired {
            safe.push('\\');
        }
        if at > 0 {
            safe.push('`');
        }
        if code {
            safe.push_str(piece);
        } else {
            plain(piece, &mut safe);
        }
    }
    safe
}

fn plain(text: &str, safe: &mut String) {
    let mut before = None;
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        let calls = match sign {
            '@' | '#' if !before.is_some_and(char::is_alphanumeric) => name_length(sign, after),
            _ => 0,
        };
        let tag = sign == '<'
            && after.starts_with(|next: char| next.is_ascii_alphabetic() || "!/?".contains(next));
        if calls > 0 {
            let length = sign.len_utf8() + calls;
            safe.push('`');
            safe.push_str(&rest[..length]);
            safe.push('`');
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            continue;
        }
        if tag {
            safe.push('\\');
        }
        safe.push(sign);
        before = Some(sign);
        rest = after;
    }
}

/// The length of what is called: `@name`, `@team/part`, `#12`.
fn name_length(sign: char, after: &str) -> usize {
    let digits = sign == '#';
    let is_name = |byte: &u8| {
        byte.is_ascii_digit() || (!digits && (byte.is_ascii_alphabetic() || b"-/".contains(byte)))
    };
    let length = after.bytes().take_while(is_name).count();
    if after.starts_with(['-', '/']) {
        0
    } else {
        length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_and_nothing_is_hidden() {
        for (text, expected) in [
            ("ask @someone/team now", "ask `@someone/team` now"),
            ("mail a@b, or @ home", "mail a@b, or @ home"),
            ("as in #12, not C#", "as in `#12`, not C#"),
            ("#12 again", "`#12` again"),
            ("### Codes", "\\### Codes"),
            ("  # x", "  \\# x"),
            ("<!-- x --> <b> a < b", "\\<!-- x --> \\<b> a < b"),
            ("`@kept` and ` alone @me", "`@kept` and \\` alone `@me`"),
            ("so\n---\n== no", "so\n\\---\n== no"),
            ("```\n@a\n```\n@b", "```\n@a\n```\n`@b`"),
            ("```\nopen <!--", "\\``\\`\nopen \\<!--"),
            ("nothing: 3 - 2 > 0", "nothing: 3 - 2 > 0"),
        ] {
            assert_eq!(harmless(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_words_stay(text in "[@#<a1`é \n!-]{0,30}") {
            let bare = |text: &str| text.replace(['`', '\\'], "");
            proptest::prop_assert_eq!(bare(&harmless(&text)), bare(&text));
        }
    }
}
