//! A site that looks like a real one and is the same on every machine.
//!
//! Words come by Zipf's rule, as in any language, and about one in sixty is a code nobody else uses,
//! so that a search index has as much to do as with real text.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::words::WORDS;

/// Pages to a folder, its own page included.
const SECTION: usize = 50;

/// Bytes of Markdown a page grows to.
const PAGE_BYTES: usize = 7_000;

/// Writes `content/` with so many pages; the bytes of Markdown.
pub(crate) fn write(root: &Path, pages: usize) -> Outcome<u64> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(
        content.join("site.toml"),
        "title = \"A large site\"\nbase_url = \"https://bench.example/\"\n",
    )?;
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut bytes = 0;
    for number in 0..pages {
        let text = Page::new(number, pages, &words).text();
        let path = content.join(path(number));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        bytes += text.len() as u64;
        fs::write(path, text)?;
    }
    Ok(bytes)
}

/// Adds a sentence to the page in the middle.
pub(crate) fn touch(root: &Path, pages: usize, run: usize) -> Outcome<()> {
    let path = root.join("content").join(path(pages / 2));
    let text = fs::read_to_string(&path)?;
    Ok(fs::write(
        path,
        format!("{text}\nChanged for run {run}.\n"),
    )?)
}

/// Where a page stands below `content/`.
fn path(number: usize) -> String {
    match (number, number % SECTION) {
        (0, _) => "index.md".to_owned(),
        (_, 0) => format!("section-{}/index.md", number / SECTION),
        _ => format!("section-{}/page-{number}.md", number / SECTION),
    }
}

/// A small pseudo-random sequence (xorshift): enough for pages, and ours, so it never changes.
struct Dice(u64);

impl Dice {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

struct Page<'a> {
    number: usize,
    pages: usize,
    words: &'a [&'a str],
    dice: Dice,
    text: String,
}

impl<'a> Page<'a> {
    fn new(number: usize, pages: usize, words: &'a [&'a str]) -> Self {
        let seed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self {
            number,
            pages,
            words,
            dice: Dice(seed),
            text: String::with_capacity(PAGE_BYTES + 1_000),
        }
    }

    fn text(mut self) -> String {
        let (title, summary) = (self.title(), self.sentence());
        let number = self.number;
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            self.text,
            "+++\ntitle = \"{title} {number}\"\nsummary = \"{summary}\"\nreviewed = 2026-09-30\n\
             keywords = [\"{}\", \"{}\"]\n+++\n\n# {title} {number}\n\n",
            self.words[number % self.words.len()],
            self.words[number * 7 % self.words.len()],
        );
        self.paragraph();
        while self.text.len() < PAGE_BYTES {
            self.part();
        }
        self.text
    }

    /// A heading and what stands below it.
    fn part(&mut self) {
        let heading = self.title();
        let level = if self.dice.below(3) == 0 { "###" } else { "##" };
        let _ = write!(self.text, "{level} {heading}\n\n");
        self.paragraph();
        match self.dice.below(5) {
            0 => self.list("1."),
            1 => self.list("-"),
            2 => self.table(),
            3 => self.callout(),
            _ => self.code(),
        }
        self.paragraph();
    }

    fn paragraph(&mut self) {
        for _ in 0..3 + self.dice.below(3) {
            let sentence = self.sentence();
            let _ = write!(self.text, "{sentence} ");
        }
        self.link();
        self.text.push_str("\n\n");
    }

    /// A link to another page, near ones more often.
    fn link(&mut self) {
        let near = self.number / SECTION * SECTION + self.dice.below(SECTION);
        let far = self.dice.below(self.pages);
        let to = if self.dice.below(3) > 0 && near < self.pages {
            near
        } else {
            far
        };
        let up = if self.number == 0 { "" } else { "../" };
        let words = self.title();
        let _ = write!(self.text, "See [{words}]({up}{}).", path(to));
    }

    fn list(&mut self, mark: &str) {
        for _ in 0..4 + self.dice.below(4) {
            let sentence = self.sentence();
            let _ = writeln!(
                self.text,
                "{mark} **{}** {sentence}",
                self.words[self.number % 97]
            );
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        self.text
            .push_str("| what | where | how long |\n| --- | --- | --- |\n");
        for _ in 0..4 {
            let (one, two, number) = (self.title(), self.title(), self.dice.below(90));
            let _ = writeln!(self.text, "| {one} | {two} | {number} days |");
        }
        self.text.push('\n');
    }

    fn callout(&mut self) {
        let sentence = self.sentence();
        let _ = write!(self.text, "> [!WARNING]\n> {sentence}\n\n");
    }

    fn code(&mut self) {
        let (one, two) = (self.word(), self.word());
        let _ = write!(self.text, "```\n{one} --{two} {}\n```\n\n", self.number);
    }

    /// Three or four words, the first with a capital.
    fn title(&mut self) -> String {
        let count = 3 + self.dice.below(2);
        let words: Vec<_> = (0..count).map(|_| self.word()).collect();
        capital(&words.join(" "))
    }

    fn sentence(&mut self) -> String {
        let count = 8 + self.dice.below(10);
        let words: Vec<_> = (0..count).map(|_| self.word()).collect();
        format!("{}.", capital(&words.join(" ")))
    }

    fn word(&mut self) -> String {
        if self.dice.below(60) == 0 {
            return format!("code-{}", self.dice.below(100_000));
        }
        // The square of an even roll favours the front of the list as Zipf's rule does.
        let roll = self.dice.below(self.words.len());
        self.words[roll * roll / self.words.len()].to_owned()
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
