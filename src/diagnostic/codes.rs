//! The stable names of problems, each with the text `regain explain` prints.
//!
//! A name is never reused for something else. Keep the table in alphabetical order.

use std::fmt;

macro_rules! codes {
    ($($variant:ident $name:literal $explanation:literal)*) => {
        /// The stable name of a kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the explanation below each name is its documentation")]
        pub enum Code {
            $($variant),*
        }

        impl Code {
            /// Every code, in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name as it is printed: `broken-link`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }

            /// What it means and how to mend it, for `regain explain`.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => $explanation),*
                }
            }
        }
    };
}

codes! {
    AsksForSecret "asks-for-secret"
        "A detail asks for something nobody may have but its owner: a password, a code, a token, a key, or, in \
         a public request, a mail address. Support staff never need it and strangers would read it. Ask whether the \
         reader still has it (a `choice` or `confirm`), never for the thing itself."
    BrokenAnchor "broken-anchor"
        "A link names a heading that its page does not have. Headings get their name from their text: \
         `## If this fails` is `#if-this-fails`. Correct the part after `#`, or write the heading's own \
         name with `## If this fails {#other-name}`."
    BrokenLink "broken-link"
        "A link leads to a page or file that the site does not have. Link to other guides by their file, \
         relative to the page you write in (`../request/index.md`), or from the root of `content/` with a \
         leading slash (`/start/`)."
    BrokenReference "broken-reference"
        "A link such as `[text][name]` needs a line `[name]: target` on the same page, and there is none. Add the \
         line, or write the target in round brackets: `[text](target)`."
    DeadEnd "dead-end"
        "An answer or a question of `triage.toml` leads nowhere. A reader who chooses it would be left alone: give \
         every question an answer and every answer exactly one `question` or `outcome`."
    DuplicateId "duplicate-id"
        "Two headings of one page were given the same name with `{#name}`. A name can stand only once on a page; \
         change one, or leave it out and the heading gets its own."
    MissingKey "missing-key"
        "A TOML table lacks a key it must have. Add the key; the formats are described in the README under \
         \"Writing a site\"."
    RawHtml "raw-html"
        "Markdown pages cannot hold HTML tags: what reaches a reader's browser must be what the author meant and \
         nothing else. Write it in Markdown; to show a tag as text, put it between backticks. To show every tag \
         as the text it is, set `raw_html = \"text\"` under `[markdown]` in site.toml."
    TomlLimit "toml-limit"
        "A TOML text is nested deeper than 64 levels, names a key of more than 64 parts, or repeats one sign \
         hundreds of times. No site needs that: look for a paste that went wrong."
    TomlSyntax "toml-syntax"
        "A TOML file, or the front matter of a page, does not follow TOML's rules, so nothing in it can be read. \
         The place shown is where reading stopped; the slip is there or just before. Text stands in quotes, \
         lists in square brackets, dates without quotes."
    UnknownKey "unknown-key"
        "A TOML table holds a key that means nothing there, so what it says would be lost. Correct the \
         spelling or remove the line."
    UnknownValue "unknown-value"
        "A key takes one of a few words, and this is none of them."
    WrongType "wrong-type"
        "A key holds the wrong kind of value: text where a number belongs, one text where a list belongs. Text \
         stands in quotes, lists in square brackets, dates and numbers without quotes."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    }
}
