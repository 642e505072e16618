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
    AddressTaken "address-taken"
        "Two sources want the same address: two files whose names differ only in capitals or in how an \
         accent is written, `a.md` beside `a/index.md`, or a guide named like a page regain makes (`start`, \
         `checklist`, `search`, `official`). Some systems could not hold both, so one must be renamed."
    AsksForSecret "asks-for-secret"
        "A detail asks for something nobody may have but its owner: a password, a code, a token, a key, or, in \
         a public request, a mail address. Support staff never need it and strangers would read it. Ask whether the \
         reader still has it (a `choice` or `confirm`), never for the thing itself."
    BadDate "bad-date"
        "A date or a stretch of time cannot be read. Dates are year, month and day (`2026-09-30`, no quotes \
         in TOML); stretches are a number and a unit (`6 months`)."
    BadName "bad-name"
        "An `id` is used in addresses, field names and gaps, so it is made of lower-case letters, digits and hyphens: \
         `lost-phone`. So is the name of a theme's script, after which its file is named."
    BaseUrl "base-url"
        "`base_url` says where the site will live: `https://host/` or `https://host/path/`, or just \
         `/path/` while the host is not known. It has no query, no fragment and no user name."
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
    Circle "circle"
        "An answer leads back to a question the reader has come through. Someone who answers the same way again would \
         never get out. Let the answer lead on to another question or to an outcome."
    Condition "condition"
        "`only_if` asks a detail only where an earlier choice was answered so. It must name a `choice` or `choices` \
         detail that stands above, and one of its options."
    ControlCharacter "control-character"
        "A file holds a character that has no visible form, such as NUL. It was most likely pasted in, or \
         the file is not text at all."
    DeadEnd "dead-end"
        "An answer or a question of `triage.toml` leads nowhere. A reader who chooses it would be left alone: give \
         every question an answer and every answer exactly one `question` or `outcome`."
    DeceivingLink "deceiving-link"
        "The words of a link are an address on one host, and the link leads to another. Readers are told to \
         compare addresses; a link must not say one and be the other. A link shortener's address says nothing of where \
         it leads: write the one it stands for."
    DuplicateAddress "duplicate-address"
        "Two names of `links.toml` stand for the same address. Readers see it twice on the page of official addresses, \
         and one day only one of them is corrected. Where that is no accident, leave it: it is no problem."
    DuplicateId "duplicate-id"
        "A heading was given a name with `{#name}` that another one has, or a part of every page (`main`, `search`; all \
         names with two hyphens). A name can stand only once on a page; change it, or leave it out and the heading gets \
         its own."
    DuplicateName "duplicate-name"
        "Two groups, details, options, requests, questions, answers or outcomes have the same `id`, or two scripts of a \
         theme the same name, so a name would not say which is meant. Change one of them."
    EditUrl "edit-url"
        "`edit_url` is the address a page's path below `content/` is appended to, to make its edit link. It \
         begins with `https://`."
    EmptyPage "empty-page"
        "A page has no title and no text, so a reader who is led there finds nothing. Write it, hold it back with `draft = true` in \
         its front matter, or remove the file."
    EmptyTitle "empty-title"
        "A title is there but empty. Readers, browsers and search all show titles: write one."
    Example "example"
        "A detail's `example` would not be accepted as its answer: it does not match the pattern or is too long. \
         Readers copy what they see; show something that works, and obviously invented."
    Expectation "expectation"
        "A question of `expect.toml` cannot be asked as it stands: it names no page and does not say `nothing = true`, \
         or both, or there is no word in it, or the site's search is off."
    FalseResult "false-result"
        "`expect.toml` says that search must find nothing for these words, and it finds something. \
         `regain search \"words\" --explain` says what each word was taken for. Often a group of synonyms is too wide."
    FileName "file-name"
        "A file or folder has a name that not every system can hold, so the site could not be built \
         everywhere. Rename it; letters, digits, hyphens and dots always work."
    FormDrift "form-drift"
        "A request and the support team's own form, of which `form` names a copy, no longer ask for the same. Readers \
         would fill in a field that is gone, or miss one. Bring the request in line with the form, or fetch the form anew."
    FrontMatterFence "front-matter-fence"
        "A page begins with a line `+++`, which opens its front matter, and no second line `+++` closes it. \
         Everything after it would be read as TOML. Or empty lines stand above the first: the block would be printed as \
         text of the page."
    HiddenCharacter "hidden-character"
        "A page holds a character that cannot be seen: one that turns the direction of text or has no \
         width. It can make a reviewer read something else than the reader gets. In links, code and titles \
         it stops the build; elsewhere it is a warning."
    HostNotAllowed "host-not-allowed"
        "`allow` under `[links]` in site.toml lists the outside hosts guides may link to, and this host is \
         neither there nor in links.toml."
    ImageWithoutText "image-without-text"
        "A picture has no words for readers who cannot see it. Say between the square brackets what it \
         shows."
    IssueForm "issue-form"
        "An issue form cannot be read, or the service that shows it would refuse it: not YAML, a key it does not know, a \
         field without a label, a name used twice."
    Language "language"
        "`language` is a BCP 47 tag such as `en`, `de` or `pt-BR`. It is what screen readers choose their \
         voice by. The theme's own words are English; `themes/NAME/strings/LANGUAGE.toml` gives them in another \
         language, `menu = \"…\"` and so on. `check` says where there is none, and the site builds all the same."
    LookalikeHost "lookalike-host"
        "A link leads to a host that readers could take for an official one. That is how accounts are \
         stolen, so it stops the build. A host that only has an official one's name among its words \
         (`login-service.example`) is a warning. Where the host is really meant, list it under `allow` in site.toml."
    MarkdownBreaks "markdown-breaks"
        "The Markdown parser failed on this page. That is a fault of regain or of its parser, not of the \
         page; please report it with the page."
    Markup "markup"
        "A built page has a fault in its HTML: a name that stands twice, a reference to a name that is not there, a \
         field without a label, a picture without words, no `h1` or two. Markdown gives no such page, so it is \
         the theme's template that must be mended; the place is in the built page."
    MissedPage "missed-page"
        "`expect.toml` says which page must answer a reader's question, and search does not bring it among the first. \
         Readers seldom look further. Add the reader's words where they belong: to the page's `keywords`, its text, or \
         a group of `synonyms.toml`. `regain search \"question\" --explain` shows what each word did. The site can be \
         built meanwhile; only `check` fails."
    MissingKey "missing-key"
        "A TOML table lacks a key it must have. Add the key; the formats are described in the README under \
         \"Writing a site\"."
    NoPages "no-pages"
        "There is a folder `content/` and no Markdown file in it, so there is nothing to build."
    NoUnsure "no-unsure"
        "Every question has an answer for readers who do not know: `id = \"unsure\"`. Locked-out people often cannot \
         tell; without it they guess or leave."
    NotAFile "not-a-file"
        "Something in `content/` or in the theme is a link, a pipe, a socket or a device. Only plain files \
         are read: a link could lead to any file of this machine."
    NotContent "not-content"
        "A file in `content/` is of a kind that is not published. Pages end in `.md`; images, PDF and plain \
         text are copied. Templates, styles and scripts belong in a theme."
    NotUtf8 "not-utf8"
        "A text file is not encoded as UTF-8, so some of its characters cannot be known. Save it as UTF-8 \
         in your editor."
    OutputChanged "output-changed"
        "A file of the output folder no longer has the bytes regain wrote. Building would lose that change, so \
         nothing was written. Make the change where it belongs, in `content/` or in the theme, then delete the \
         file from the output and build again."
    OutputInTheWay "output-in-the-way"
        "The site needs a name in the output folder that something else has: a file or folder regain did not \
         write, or two parts of the site that would be a file and a folder at once. Nothing was written. Move \
         the stranger away, or rename the page."
    OutputNotOurs "output-not-ours"
        "The output folder holds files, but no manifest that says regain wrote them, so it may be the wrong \
         folder. Name an empty or a new one with `--output`. Once regain has built into a folder, files you add \
         to it are carried over by every build."
    OutsideHost "outside-host"
        "The guides link to a host that neither links.toml nor `links.allow` names. It is listed once with \
         its count, so that a review of where the site leads is short."
    OverdueReview "overdue-review"
        "A guide says how long a review holds (`review_every`), and that time has passed since `reviewed`. \
         Check it against its sources and set the new day."
    PagePolicy "page-policy"
        "A template makes a built page carry out a script or a style of its own, or load from another host, which the page \
         policy forbids: pages send nothing anywhere and run only the theme's files. Move scripts and styles into files of \
         the theme and list them in `theme.toml`; keep fonts and pictures beside them."
    Pattern "pattern"
        "A `pattern` must mean the same in regain and in every browser. Letters, digits, `.`, `[…]`, `(…)`, `|`, `?`, \
         `*`, `+` and `{2,5}` do; look-around, back references, `\\\\s` and classes by name do not. Nor does an \
         endless part inside another, `(a+)+`, which some browsers never finish. Of a detail it always matches the whole \
         answer; of a `[[secret]]` what stands alone."
    Placeholder "placeholder"
        "A word in capitals that begins with `FILL-IN` stands where only you know what is true: `regain init` writes \
         such words into a starter site. Put your own text in place of each, the word and all. Where your service has \
         nothing to say there, delete the sentence or the row. The site builds meanwhile; `check --strict` fails."
    PrivateInPublic "private-in-public"
        "A field of a public request has a gap for a private detail. What is private must not be published: take the \
         gap out, or send it by a request that is not public."
    RawHtml "raw-html"
        "Markdown pages cannot hold HTML tags: what reaches a reader's browser must be what the author meant and \
         nothing else. Write it in Markdown; to show a tag as text, put it between backticks. To show every tag \
         as the text it is, set `raw_html = \"text\"` under `[markdown]` in site.toml."
    Redirect "redirect"
        "An old address in `aliases` or `[[publish.redirect]]` is no address, is a page of the site, leads \
         to two pages, or leads back to itself."
    RemoteImage "remote-image"
        "A picture is loaded from another site. Every reader's address would reach that site, and the page \
         policy forbids it. Put the file into `content/`."
    RequestIncomplete "request-incomplete"
        "A posted request lacks something the form asks for: a field, an answer, a box that is not ticked, or a gap that \
         was never filled in."
    RequestLink "request-link"
        "A request by `mail` is sent to a `mailto:` address, one by `issue-form` or `web-form` to an `https:` \
         address."
    RequestMalformed "request-malformed"
        "An answer of a posted request is not what the form asks for: a name of the wrong shape, a choice that is none, \
         or a field the form does not have."
    ReviewInFuture "review-in-future"
        "`reviewed` is a day that has not come yet."
    SecondTitle "second-title"
        "A page has one title, its first `# Heading`; another one is shown as a part of the page. Write parts with `##`, or \
         give what follows a page of its own, which search and navigation can name."
    Secret "secret"
        "A guide, `checklist.toml`, `triage.toml` or a template holds something that looks like a token, a key or a \
         recovery code. It would be published. Take it out, and if it was real, revoke it: it stays in the history of \
         the files. The line is not shown, so that no log repeats it."
    Template "template"
        "A template of the theme cannot be read or rendered: wrong syntax, a value or component it names is not \
         there, or it includes itself. What each page's template is given is listed in `themes/README.md`."
    ThemeFile "theme-file"
        "`theme.toml` names a file that neither the theme nor the default theme has, or the theme holds a style, script \
         or template that is used by nothing: styles and scripts are listed in `theme.toml`, templates stand below \
         `templates/`."
    ThemeVersion "theme-version"
        "A theme says which versions of regain it fits, and this is another. Its templates may use values \
         that are not there."
    TomlLimit "toml-limit"
        "A TOML text is nested deeper than 64 levels, names a key of more than 64 parts, or repeats one sign \
         hundreds of times. No site needs that: look for a paste that went wrong."
    TomlSyntax "toml-syntax"
        "A TOML file, or the front matter of a page, does not follow TOML's rules, so nothing in it can be read. \
         The place shown is where reading stopped; the slip is there or just before. Text stands in quotes, \
         lists in square brackets, dates without quotes."
    TooLarge "too-large"
        "A file, a line or a page is larger than regain reads. The limits are far above what any guide \
         needs and keep a mistake from filling the machine's memory."
    UncoveredWord "uncovered-word"
        "`words` of `expect.toml` lists what readers may say, and no page and no group of synonyms has this word. A \
         reader who types it finds nothing, or only what a typing error would lead to. Add it to the `keywords` of a page or to \
         a group of `synonyms.toml`."
    UnknownKey "unknown-key"
        "A TOML table holds a key that means nothing there, so what it says would be lost. Correct the \
         spelling or remove the line."
    UnknownLinkName "unknown-link-name"
        "A link `link:NAME` names an address that links.toml does not have. Every official address is \
         written there once; correct the name or add the address."
    UnknownName "unknown-name"
        "A name of `checklist.toml` or `triage.toml` is used and nothing has it: a group, a detail, an option, a \
         question, an outcome, a request or a guide; or the words of a theme have a gap that nothing fills. Correct the spelling or add what is missing."
    UnknownPage "unknown-page"
        "`nav` in site.toml, or a question of `expect.toml`, names a page or folder that the site does not have."
    UnknownTheme "unknown-theme"
        "`theme` names a folder below `themes/` that is not there."
    UnknownValue "unknown-value"
        "A key takes one of a few words, and this is none of them."
    Unreachable "unreachable"
        "No answer leads from the first question to this one, so no reader would see it."
    Unreadable "unreadable"
        "The system refused to read a file or folder, for the reason given."
    UnsafeLink "unsafe-link"
        "A link leads where readers must not be sent: an address without encryption, with a user name, a \
         port or a number in place of a host, with letters that can be mistaken for others, or of a kind \
         that runs a program."
    UnsafePicture "unsafe-picture"
        "An SVG file is more than a picture: opened by its own address it could run a script, load from \
         another site or lead readers away. Save it as plain SVG without scripts, style sheets and links to other \
         files, or as PNG."
    UnusedAnswer "unused-answer"
        "An outcome answers a detail in advance, but its request does not use that detail, or it has no request. The \
         answer would be lost."
    UnusedDetail "unused-detail"
        "A detail is asked for and no request has a gap for it. Ask for nothing the support team does not need; each \
         question costs readers who are under stress."
    WrongType "wrong-type"
        "A key holds the wrong kind of value: text where a number belongs, one text where a list belongs. Text \
         stands in quotes, lists in square brackets, dates and numbers without quotes."
    YamlSyntax "yaml-syntax"
        "The block between the `---` lines is not YAML. Write `key: value` lines; a text with a colon in it \
         stands in quotes."
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
