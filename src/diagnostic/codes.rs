//! The stable codes of diagnostics: each with its name, and whether a site may set its level.
//!
//! A code is never reused for something else. Keep the table in alphabetical order, and give each new code a section in
//! `explanations.md` and a case in `tests/diagnostics/`.

use std::fmt;

macro_rules! codes {
    (@ settable) => { true };
    (@) => { false };
    ($($variant:ident $name:literal $($level:ident)?,)*) => {
        /// The stable name of a kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "explanations.md documents them")]
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

            /// Whether a site may give it another level. The others protect readers, or nothing can be built
            /// before they are fixed.
            pub fn is_settable(self) -> bool {
                match self {
                    $(Self::$variant => codes!(@ $($level)?)),*
                }
            }
        }
    };
}

impl Code {
    /// What it means and how to fix it, for `regain explain`.
    pub fn explanation(self) -> String {
        let mut sections = include_str!("explanations.md").split("\n## ").skip(1);
        let text =
            sections.find_map(|section| section.strip_prefix(self.as_str())?.strip_prefix('\n'));
        text.unwrap_or_default().trim().replace('\n', " ")
    }
}

codes! {
    AddressTaken "address-taken",
    AsksForSecret "asks-for-secret",
    BadDate "bad-date",
    BadName "bad-name",
    BaseUrl "base-url",
    BrokenAnchor "broken-anchor" settable,
    BrokenLink "broken-link" settable,
    BrokenReference "broken-reference" settable,
    Circle "circle",
    Condition "condition",
    ControlCharacter "control-character",
    DeadEnd "dead-end",
    DeadLink "dead-link" settable,
    DeceivingLink "deceiving-link",
    DuplicateAddress "duplicate-address" settable,
    DuplicateId "duplicate-id" settable,
    DuplicateName "duplicate-name",
    EditUrl "edit-url" settable,
    EmptyPage "empty-page" settable,
    EmptyTitle "empty-title",
    Example "example" settable,
    Expectation "expectation" settable,
    FalseResult "false-result" settable,
    FeedbackUrl "feedback-url",
    FileName "file-name",
    ForeignMarkup "foreign-markup" settable,
    FormDrift "form-drift" settable,
    FrontMatterFence "front-matter-fence",
    HiddenCharacter "hidden-character",
    HostLacks "host-lacks",
    HostNotAllowed "host-not-allowed",
    ImageWithoutText "image-without-text" settable,
    IssueForm "issue-form" settable,
    Language "language" settable,
    LookalikeHost "lookalike-host",
    LostAddress "lost-address" settable,
    MarkdownBreaks "markdown-breaks",
    Markup "markup" settable,
    MissedPage "missed-page" settable,
    MissingKey "missing-key",
    NoPages "no-pages",
    NoUnsure "no-unsure" settable,
    NotAFile "not-a-file",
    NotContent "not-content",
    NotUtf8 "not-utf8",
    OutputChanged "output-changed",
    OutputCompressed "output-compressed" settable,
    OutputInTheWay "output-in-the-way",
    OutputNotOurs "output-not-ours",
    OutsideHost "outside-host" settable,
    OverdueReview "overdue-review" settable,
    PagePolicy "page-policy",
    Pattern "pattern",
    Placeholder "placeholder" settable,
    PrivateInPublic "private-in-public",
    RawHtml "raw-html",
    Redirect "redirect",
    RemoteImage "remote-image",
    RequestIncomplete "request-incomplete",
    RequestLink "request-link",
    RequestMalformed "request-malformed",
    ReviewInFuture "review-in-future" settable,
    SearchScript "search-script",
    SecondTitle "second-title" settable,
    Secret "secret",
    ShareImage "share-image" settable,
    Template "template",
    ThemeFile "theme-file",
    ThemeVersion "theme-version" settable,
    TomlLimit "toml-limit",
    TomlSyntax "toml-syntax",
    TooLarge "too-large",
    UncoveredWord "uncovered-word" settable,
    UnknownKey "unknown-key" settable,
    UnknownLinkName "unknown-link-name",
    UnknownName "unknown-name",
    UnknownPage "unknown-page",
    UnknownTheme "unknown-theme",
    UnknownValue "unknown-value",
    Unreachable "unreachable" settable,
    Unreadable "unreadable",
    UnsafeLink "unsafe-link",
    UnsafePicture "unsafe-picture",
    UnusedAnswer "unused-answer" settable,
    UnusedDetail "unused-detail" settable,
    WrongType "wrong-type",
    YamlSyntax "yaml-syntax",
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
    fn each_code_has_one_name_and_one_explanation() {
        let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
        let lines = include_str!("explanations.md").lines();
        let explained: Vec<_> = lines.filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(explained, names);
    }
}
