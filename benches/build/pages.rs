//! A help site like those people write, and the same on every machine: pages of 100 to 3,000 words in nested sections,
//! with lists, tables, callouts and links everywhere, and code in some sections.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::words::Dice;

/// Pages in a section, its own page included.
const SECTION: usize = 25;
/// Sections in a part of the site; a site larger than one part has one more level of folders.
const PART: usize = 20;
/// How many times longer than the shortest page of 100 words a page can be.
const SPREAD: f64 = 30.0;

/// Writes `content/` with so many pages; the bytes of Markdown.
pub(crate) fn write(root: &Path, pages: usize) -> Outcome<u64> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(
        content.join("site.toml"),
        "title = \"A large site\"\nbase_url = \"https://bench.example/\"\n",
    )?;
    let mut bytes = 0;
    for number in 0..pages {
        let text = Page::new(number, pages).text();
        let path = content.join(path(number));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        bytes += text.len() as u64;
        fs::write(path, text)?;
    }
    Ok(bytes)
}

/// Adds a sentence to the page in the middle; the sentence, and the address of the page.
pub(crate) fn touch(root: &Path, pages: usize, run: usize) -> Outcome<(String, String)> {
    let below = path(pages / 2);
    let file = root.join("content").join(&below);
    let text = fs::read_to_string(&file)?;
    let sentence = format!("Changed for run {run}.");
    fs::write(file, format!("{text}\n{sentence}\n"))?;
    let address = below.trim_end_matches("index.md").trim_end_matches(".md");
    let slash = if address.is_empty() || address.ends_with('/') {
        ""
    } else {
        "/"
    };
    Ok((sentence, format!("/{address}{slash}")))
}

/// Where a page is below `content/`.
pub(crate) fn path(number: usize) -> String {
    let (section, part) = (number / SECTION, number / SECTION / PART);
    let name = match number % SECTION {
        0 => "index".to_owned(),
        _ => format!("page-{number}"),
    };
    match (number, part) {
        (0, _) => "index.md".to_owned(),
        (_, 0) => format!("section-{section}/{name}.md"),
        _ => format!("part-{part}/section-{section}/{name}.md"),
    }
}

struct Page {
    number: usize,
    pages: usize,
    dice: Dice,
    /// Words still to write.
    left: usize,
    text: String,
}

impl Page {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 100 to 3,100"
    )]
    fn new(number: usize, pages: usize) -> Self {
        let mut dice = Dice((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        // Most pages are short: the cube of a fraction favors them.
        let long = dice.fraction().powi(3);
        Self {
            number,
            pages,
            dice,
            left: (100.0 * (1.0 + SPREAD * long)) as usize,
            text: String::new(),
        }
    }

    fn text(mut self) -> String {
        let (title, summary, number) = (self.title(), self.sentence(), self.number);
        let (one, two) = (self.word(), self.word());
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            self.text,
            "+++\ntitle = \"{title} {number}\"\nsummary = \"{summary}\"\nreviewed = 2026-09-30\n\
             keywords = [\"{one}\", \"{two}\"]\n+++\n\n# {title} {number}\n\n",
        );
        self.paragraph();
        let technical = self.number / SECTION % 4 == 1;
        while self.left > 0 {
            self.part(technical);
        }
        self.text
    }

    /// A heading and what is below it.
    fn part(&mut self, technical: bool) {
        let heading = self.title();
        let level = if self.dice.below(3) == 0 { "###" } else { "##" };
        let _ = write!(self.text, "{level} {heading}\n\n");
        self.paragraph();
        match self.dice.below(8) {
            0 | 1 => self.list("1."),
            2 => self.list("-"),
            3 => self.table(),
            4 => self.callout(),
            _ if technical => self.code(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        for _ in 0..2 + self.dice.below(4) {
            let sentence = self.sentence();
            let _ = write!(self.text, "{sentence} ");
        }
        if self.dice.below(2) == 0 {
            self.link();
        }
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
        let up = "../".repeat(path(self.number).matches('/').count());
        let words = self.title();
        let _ = write!(self.text, "See [{words}]({up}{}).", path(to));
    }

    fn list(&mut self, mark: &str) {
        for _ in 0..3 + self.dice.below(5) {
            let (word, sentence) = (self.word(), self.sentence());
            let _ = writeln!(self.text, "{mark} **{word}** {sentence}");
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
        self.text.push_str("```sh\n");
        for _ in 0..2 + self.dice.below(8) {
            let (one, two, three) = (self.word(), self.word(), self.word());
            let _ = writeln!(
                self.text,
                "{one} --{two} {three}-{}",
                self.dice.below(100_000)
            );
        }
        self.text.push_str("```\n\n");
    }

    /// Three or four words, the first with a capital.
    fn title(&mut self) -> String {
        let count = 3 + self.dice.below(2);
        self.words(count)
    }

    fn sentence(&mut self) -> String {
        let count = 6 + self.dice.below(16);
        self.words(count) + "."
    }

    fn words(&mut self, count: usize) -> String {
        let mut words = String::new();
        for number in 0..count {
            let word = self.word();
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if number == 0 => words.extend(first.to_uppercase().chain(letters)),
                _ => words.extend([" ", &word]),
            }
        }
        words
    }

    fn word(&mut self) -> String {
        self.left = self.left.saturating_sub(1);
        self.dice.word()
    }
}
