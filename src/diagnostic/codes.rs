//! The stable codes of diagnostics: each with its name, whether a site may set its level, and the text that
//! `regain explain` prints.
//!
//! A code is never reused for something else. Keep the table in alphabetical order.

use std::fmt;

macro_rules! codes {
    (@ settable) => { true };
    (@) => { false };
    ($($variant:ident $name:literal $($level:ident)? $explanation:literal)*) => {
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

            /// Whether a site may give it another level. The others protect readers, or nothing can be built
            /// without mending them.
            pub fn is_settable(self) -> bool {
                match self {
                    $(Self::$variant => codes!(@ $($level)?)),*
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
        "Two pages or files have the same address: two files whose names differ only in capital letters or in how an \
         accent is encoded, `a.md` beside `a/index.md`, or a guide with the name of a page that regain makes \
         (`start`, `checklist`, `search`, `official`). Rename one of them."
    AsksForSecret "asks-for-secret"
        "A detail asks for something that only its owner may have: a password, a code, a token, a key or, in a public \
         request, an email address. Support staff never need it, and strangers would read it. Ask whether the reader \
         still has it (with a `choice` or a `confirm`), not for the thing itself."
    BadDate "bad-date"
        "A date or a duration cannot be read. Write dates as year, month and day (`2026-09-30`, in TOML without \
         quotes), and durations as a number and a unit (`6 months`)."
    BadName "bad-name"
        "An `id` becomes part of addresses, field names and gaps, so it can contain only lower-case letters, digits \
         and hyphens: `lost-phone`. The same goes for the name of a theme's script, because its file is named after \
         it."
    BaseUrl "base-url"
        "`base_url` is the address of the published site: `https://host/` or `https://host/path/`, or just `/path/` \
         while you do not know the host. It has no query, no fragment and no user name."
    BrokenAnchor "broken-anchor" settable
        "A link names a heading that its page does not have. A heading's id comes from its text: `## If this fails` \
         becomes `#if-this-fails`. Correct the part after `#`, or give the heading the id yourself: `## If this fails \
         {#other-name}`."
    BrokenLink "broken-link" settable
        "A link points to a page or file that the site does not have. Link to another guide by its file, relative to \
         the page you are writing (`../request/index.md`), or by its address, starting with a slash (`/start/`)."
    BrokenReference "broken-reference" settable
        "A link such as `[text][name]` needs a line `[name]: target` on the same page. Without it, readers see the \
         brackets. Add the line, write the target in parentheses (`[text](target)`), or, if it is not a link, write \
         `\\[`."
    Circle "circle"
        "An answer goes back to a question that the reader has already answered, so someone who answers the same way \
         again never gets out. Send the answer to another question or to an outcome."
    Condition "condition"
        "`only_if` asks for a detail only if the reader gave a certain answer before. It must name a `choice` or \
         `choices` detail further up and options that this detail has. `hide` of an outcome must name details that \
         its request can do without."
    ControlCharacter "control-character"
        "A file contains a control character, such as NUL, that has no visible form. It was probably pasted in, or \
         the file is not a text file."
    DeadEnd "dead-end"
        "An answer or a question of `triage.toml` goes nowhere, so a reader who chooses it gets stuck. Give every \
         question answers, and every answer exactly one `question` or `outcome`."
    DeceivingLink "deceiving-link"
        "The text of a link is an address on one host, but the link points to another. Readers compare addresses, so \
         the two must agree. A link shortener hides where it points: write the address behind it."
    DuplicateAddress "duplicate-address" settable
        "Two entries of `links.toml` have the same address. Readers see it twice on the page of official addresses, \
         and when it changes, one entry may be forgotten. If that is on purpose, leave it as it is."
    DuplicateId "duplicate-id" settable
        "A heading has an id, written as `{#id}`, that another heading of the page already has, or one with two hyphens \
         in a row, which the theme keeps for its own parts. Change it, or remove it so that the heading gets one of \
         its own."
    DuplicateName "duplicate-name"
        "Two groups, details, options, requests, questions, answers or outcomes have the same `id`, or two scripts of \
         a theme have the same name. Change one of them."
    EditUrl "edit-url" settable
        "`edit_url` is the start of every edit link: a page's path below `content/` is added to it. It must start \
         with `https://`."
    EmptyPage "empty-page" settable
        "A page has neither a title nor text, so readers find nothing there. Write it, set `draft = true` in its \
         front matter, or remove the file."
    EmptyTitle "empty-title"
        "A title is empty. Readers, browsers and search all show titles, so write one."
    Example "example" settable
        "A detail's `example` would be rejected as an answer: it does not match the pattern, or it is too long. \
         Readers copy what they see, so show something that works and is obviously invented."
    Expectation "expectation" settable
        "A question of `expect.toml` is incomplete or contradicts itself: it needs a `page` or `nothing = true`, but \
         not both; it needs at least one word; and the site's search must be on."
    FalseResult "false-result" settable
        "`expect.toml` says that search must find nothing for these words, but it finds something. `regain search \
         \"words\" --explain` shows how each word was read. Often a group of synonyms is too broad."
    FileName "file-name"
        "A file or folder has a name that some systems cannot store, so the site could not be built everywhere. \
         Rename it. Letters, digits, hyphens and dots always work."
    ForeignMarkup "foreign-markup" settable
        "Pages use signs of another tool, such as `:::note`, `[[Page]]` or `{{< tabs >}}`. regain does not know them, so \
         readers see them as they are written. Each kind is reported once for the whole site, with its first \
         location. `regain migrate` rewrites what can be rewritten safely. HTML comments and front matter of another \
         tool are never shown."
    FormDrift "form-drift" settable
        "A request no longer asks for the same as the support team's form, of which `form` names a copy. Readers \
         would fill in a field that is gone, or miss one. Change the request to match the form, or update the copy."
    FrontMatterFence "front-matter-fence"
        "A page starts its front matter with a line `+++`, but no second `+++` line ends it, so the whole page would \
         be read as TOML. Or there are empty lines above the first `+++`, so the front matter would be shown as text."
    HiddenCharacter "hidden-character"
        "A page contains an invisible character or one that changes the direction of the text. It can show a reviewer \
         something else than a reader. In links, code, titles and tables it is an error; in other text it is a \
         warning."
    HostLacks "host-lacks"
        "The host that `target` in `[publish]` names, or one that serves the site below a path, does not read some of \
         what a build writes: headers or redirects. The site works there all the same, with less protection. Choose \
         another target, or do by hand what the hint says."
    HostNotAllowed "host-not-allowed"
        "`allow` under `[links]` in `site.toml` lists the hosts that guides may link to. This host is in neither that \
         list nor `links.toml`."
    ImageWithoutText "image-without-text" settable
        "An image has no text for readers who cannot see it. Write what it shows between the square brackets."
    IssueForm "issue-form" settable
        "An issue form cannot be read, or the service that shows it would reject it: it is not YAML, it has an \
         unknown key or a field without a label, or it uses a name twice."
    Language "language" settable
        "`language` is a BCP 47 tag such as `en`, `de` or `pt-BR`. Screen readers choose their voice by it. The \
         theme's own text is English; `themes/NAME/strings/LANGUAGE.toml` translates it (`menu = \"…\"`). Without \
         that file the site still builds, with English buttons and headings."
    LookalikeHost "lookalike-host"
        "A link points to a host that readers could mistake for an official one. That is how accounts get stolen, so \
         it is an error. A host that only contains an official name (`login-service.example`) is a warning. If you \
         mean this host, add it to `allow` under `[links]` in `site.toml`."
    LostAddress "lost-address" settable
        "The site that was built last has an address that this one would not have: a page, or a heading that others may \
         link to. Whoever follows an old link would find nothing. Add the old address to the `aliases` of the page that \
         replaces it, or a `[[publish.redirect]]` to `site.toml`; give a heading its old id with `{#id}`."
    MarkdownBreaks "markdown-breaks"
        "The Markdown parser failed on this page. That is a bug in regain or in its parser, not in your page. Please \
         report it, with the page."
    Markup "markup" settable
        "The HTML of a built page has a mistake: an id used twice, a reference to a missing id, a field without a \
         label, an image without `alt`, or not exactly one `h1`. Markdown cannot cause this, so the theme's template \
         has to be fixed. The location is in the built page."
    MissedPage "missed-page" settable
        "`expect.toml` says which page must answer a question, but search does not list that page among the first \
         results, and readers seldom look further. Add the reader's words to the page's `keywords`, to its text or to \
         a group of `synonyms.toml`. `regain search \"question\" --explain` shows what each word did. The site still \
         builds; only `check` fails."
    MissingKey "missing-key"
        "A TOML table lacks a required key. Add it. The reference (`.readme/reference.md`) describes every key."
    NoPages "no-pages"
        "The folder `content/` has no Markdown file, so there is nothing to build."
    NoUnsure "no-unsure" settable
        "Every question needs an answer for readers who do not know: `id = \"unsure\"`. Without it, they guess or \
         leave."
    NotAFile "not-a-file"
        "Something in `content/` or in the theme is a symbolic link, a pipe, a socket or a device. regain reads only \
         regular files, because a link could point to any file on this machine."
    NotContent "not-content"
        "A file in `content/` is of a kind that is not published. Pages end in `.md`; images, PDF and plain text \
         files are copied. Templates, styles and scripts belong in a theme."
    NotUtf8 "not-utf8"
        "A text file is not encoded as UTF-8. Save it as UTF-8 in your editor."
    OutputChanged "output-changed"
        "A file in the output folder was changed after regain wrote it. A build would lose that change, so nothing \
         was written. Make the change in `content/` or in the theme, then delete the file from the output folder and \
         build again."
    OutputCompressed "output-compressed" settable
        "The output folder has `.gz` or `.br` files beside the site's pages that regain did not write. Many hosts send \
         them instead of the pages, so readers may get old advice. Delete them, or compress the pages again after \
         every build."
    OutputInTheWay "output-in-the-way"
        "The site needs a name in the output folder that is taken: by a file or folder that regain did not write, or \
         by two parts of the site that would be a file and a folder at once. Nothing was written. Move the other file \
         away, or rename the page."
    OutputNotOurs "output-not-ours"
        "The output folder has files in it but no manifest from regain, so it may be the wrong folder. Choose an \
         empty or a new folder with `--output`. Once regain has built into a folder, files that you add there are \
         kept by every build."
    OutsideHost "outside-host" settable
        "Guides link to a host that is in neither `links.toml` nor `allow`. They are listed with the number of links, so \
         that you can review them."
    OverdueReview "overdue-review" settable
        "A guide's `review_every` has passed since it was `reviewed`. Check the guide against its sources and set the \
         new date."
    PagePolicy "page-policy"
        "A template puts a script or a style into the page, or loads something from another host. The page policy \
         forbids that: pages send nothing anywhere and run only the theme's files. Move scripts and styles into files \
         of the theme and list them in `theme.toml`; put fonts and images next to them."
    Pattern "pattern"
        "A `pattern` must mean the same in regain and in every browser. Letters, digits, `.`, `[…]`, `(…)`, `|`, `?`, \
         `*`, `+` and `{2,5}` do. Look-around, back references, `\\\\s` and named classes do not. A text must \
         not be able to match in very many ways, as with `(a+)+`, `(a|aa)+` or `a*a*a*`, because browsers try them all \
         and the page freezes. The pattern of a detail must match the whole answer; the pattern of a `[[secret]]` matches text that \
         stands alone."
    Placeholder "placeholder" settable
        "A word that starts with `FILL-IN` marks what only you can know; `regain init` writes such words into a \
         starter site. Replace each one with your own text. If your service has nothing to say there, delete the \
         sentence or the row. The site still builds, but `check --strict` fails."
    PrivateInPublic "private-in-public"
        "A field of a public request has a gap for a private detail, which would be published. Remove the gap, or \
         make the request private."
    RawHtml "raw-html"
        "Markdown pages cannot contain HTML tags, so that nothing unexpected reaches a reader's browser. Write it in \
         Markdown, or put the tag between backticks to show it as text. To show every tag as text, set `raw_html = \
         \"text\"` under `[markdown]` in `site.toml`."
    Redirect "redirect"
        "An old address in `aliases` or `[[publish.redirect]]` is not an address, is already a page of the site, \
         redirects to two pages, or redirects to itself."
    RemoteImage "remote-image"
        "An image would be loaded from another site. That site would learn every reader's address, and the page \
         policy forbids it. Put the file into `content/`."
    RequestIncomplete "request-incomplete"
        "A submitted request lacks something that the form requires: a field, an answer or a ticked box, or it still \
         has a gap."
    RequestLink "request-link"
        "A request with the channel `mail` needs a `mailto:` address; one with `issue-form` or `web-form` needs an \
         `https:` address."
    RequestMalformed "request-malformed"
        "An answer in a submitted request does not fit the form: it has the wrong format, it is not one of the \
         choices, or the form has no such field."
    ReviewInFuture "review-in-future" settable
        "`reviewed` is a date in the future. Write the day on which the page was last checked."
    SearchScript "search-script"
        "A search script of the theme fails, does not finish, or returns something that is not a search result. \
         `regain search` and the questions of `expect.toml` run the scripts below `js/search/query/`, as readers' \
         browsers do, but with a limit on steps and memory."
    SecondTitle "second-title" settable
        "A page has one title, its first `# Heading`. Another one is shown as a section. Write sections with `##`, or \
         move the text to a page of its own, so that search and navigation can list it."
    Secret "secret"
        "A guide, `checklist.toml`, `triage.toml` or a template contains what looks like a token, a key or a recovery \
         code, which would be published. Remove it, and if it was real, revoke it: it stays in the history of your \
         files. The line is not shown, so that no log repeats it."
    ShareImage "share-image" settable
        "`image` under `[publish]` is the picture that link previews show. It must be a PNG or JPEG file below \
         `content/`, at least 1200 × 630 pixels, since smaller pictures are cropped or left out."
    Template "template"
        "A template of the theme cannot be read or rendered: it has a syntax error, uses a value or component that \
         does not exist, or includes itself. `themes/README.md` lists the values that each template gets."
    ThemeFile "theme-file"
        "`theme.toml` names a file or a string that the theme does not have, or the theme has a style, script or \
         template that nothing uses. List styles and scripts in `theme.toml`, and put templates into `templates/` or \
         `components/`."
    ThemeVersion "theme-version" settable
        "A theme is made for another version of regain. Its templates may use values that this version does not have."
    TomlLimit "toml-limit"
        "A TOML text is nested more than 64 levels deep, has a key of more than 64 parts, or repeats one character \
         hundreds of times. Look for something that was pasted by mistake."
    TomlSyntax "toml-syntax"
        "A TOML file, or the front matter of a page, is not valid TOML. The mistake is at the location shown or just \
         before it. Put text in quotes, lists in square brackets, and write dates without quotes."
    TooLarge "too-large"
        "A file, a line or a page is larger than regain accepts. The limits are far above what any guide needs, and \
         they stop a mistake from using up the machine's memory."
    UncoveredWord "uncovered-word" settable
        "`words` of `expect.toml` lists what readers may type, but no page and no group of synonyms contains this \
         word. Add it to the `keywords` of a page or to a group of `synonyms.toml`."
    UnknownKey "unknown-key" settable
        "A TOML table has a key that regain does not know, so it would have no effect. Correct the spelling or remove \
         the line."
    UnknownLinkName "unknown-link-name"
        "`link:NAME` names an address that `links.toml` does not have. Correct the name, or add the address there."
    UnknownName "unknown-name"
        "`checklist.toml` or `triage.toml` uses a name that does not exist: of a group, a detail, an option, a \
         question, an outcome, a request or a guide. Or a string of a theme has a gap that nothing fills. Correct the \
         spelling, or add what is missing."
    UnknownPage "unknown-page"
        "`nav` in `site.toml`, or a question of `expect.toml`, names a page or folder that the site does not have."
    UnknownTheme "unknown-theme"
        "`theme` names a folder that does not exist in `themes/`."
    UnknownValue "unknown-value"
        "A key has a value that is not among the ones it can take."
    Unreachable "unreachable" settable
        "No answer leads to this question or outcome, so no reader would ever see it."
    Unreadable "unreadable"
        "The system could not read a file or folder, for the reason given."
    UnsafeLink "unsafe-link"
        "A link points somewhere readers must not be sent: to an address without encryption, with a user name, with a \
         port or with a number in place of a host, with letters that can be mistaken for others, or of a kind that \
         runs a program."
    UnsafePicture "unsafe-picture"
        "An SVG file does more than show an image: opened by itself, it could run a script, load from another site or \
         send readers elsewhere. Save it as plain SVG without scripts, style sheets and outside links, or as PNG."
    UnusedAnswer "unused-answer" settable
        "An outcome answers a detail that its request does not use, or the outcome has no request. The answer would \
         have no effect."
    UnusedDetail "unused-detail" settable
        "A detail is asked for, but no request has a gap for it. Ask only for what the support team needs: every \
         question costs readers who are under stress."
    WrongType "wrong-type"
        "A key has the wrong type of value, such as text in place of a number, or one text in place of a list. Put \
         text in quotes and lists in square brackets; write dates and numbers without quotes."
    YamlSyntax "yaml-syntax"
        "The block between the `---` lines is not valid YAML. Write `key: value` lines, and put a text that contains \
         a colon in quotes."
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
