//! Limits of size, and Markdown made to be slow.

use super::*;

#[test]
fn files_lines_and_pages_have_limits() {
    let mut rows = Rows::default();
    rows.page(
        "a\n".repeat(4 * 1024 * 1024 + 1),
        Fail("content/index.md:1:1: too-large: larger than 8 MiB"),
    );
    rows.page(
        format!("# A\n\n{}\n", "a".repeat(1024 * 1024 + 1)),
        Fail("content/index.md:3:1: too-large: a line longer"),
    );
    rows.page(
        "# A\n".repeat(50_002),
        Fail("content/index.md:1:1: too-large: more than 50000 headings"),
    );
    rows.file(
        "content/a.png",
        vec![0; 32 * 1024 * 1024 + 1],
        Fail("content/a.png:1:1: too-large: "),
    );
    let padding = "# ".to_owned() + &"a".repeat(8 * 1024 * 1024);
    rows.file(
        "content/site.toml",
        padding.replace("aaaaaaaa", "aaaaaaa\n# "),
        Fail("content/site.toml:1:1: too-large: "),
    );
}

#[test]
fn markdown_made_to_be_slow_stays_within_its_processor_time() {
    let mut rows = Rows::default();
    const MANY: usize = 50_000;
    let equal_headings = "## A\n\n".repeat(20_000);
    let table = format!(
        "|{}\n|{}\n|{}\n",
        "a|".repeat(5_000),
        "-|".repeat(5_000),
        "b|".repeat(5_000)
    );
    let short_rows = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(5_000),
        "-|".repeat(5_000),
        "|b|\n".repeat(5_000)
    );
    let references: String = (0..5_000)
        .map(|n| format!("[a{n}]: /{}\n", "b".repeat(60)))
        .collect::<String>()
        + &"[a1]\n".repeat(5_000);
    let notes: String = (0..5_000)
        .map(|n| format!("[^{n}]: then [^{}]\n\n", n + 1))
        .collect();
    let texts = [
        "[".repeat(MANY),
        "[](".repeat(MANY),
        "![".repeat(MANY),
        "[a](".repeat(MANY),
        "[a][".repeat(MANY),
        "[^".repeat(MANY),
        "*a **a ".repeat(MANY),
        "*a_ ".repeat(MANY),
        ">".repeat(MANY),
        "> ".repeat(MANY),
        "- ".repeat(MANY),
        "1. ".repeat(MANY),
        "`".repeat(MANY),
        "` `` ".repeat(MANY / 4),
        (1..700).map(|n| "`".repeat(n) + " ").collect(),
        "~~a ".repeat(MANY),
        "<!--".repeat(MANY),
        "<a ".repeat(MANY),
        "<?".repeat(MANY),
        "&".repeat(MANY),
        "&amp".repeat(MANY),
        "\\".repeat(MANY),
        "a\\\n".repeat(MANY),
        "|".repeat(MANY),
        "{#".repeat(MANY),
        "# a {#".repeat(MANY / 10),
        "[a]: <".repeat(MANY),
        "http://".repeat(MANY),
        "<https://a.example/>".repeat(MANY / 20),
        equal_headings,
        table,
        short_rows,
        references,
        format!("[^0]\n\n{notes}"),
        (0..1_500).map(|n| " ".repeat(n * 2) + "- a\n").collect(),
        "> - ".repeat(5_000),
        "> [!NOTE]\n".repeat(5_000),
        "- [ ] a\n".repeat(20_000),
    ];
    for text in texts {
        rows.site(
            &format!("{text:.20}"),
            &SiteTest::with(&[("content/a.md", &format!("# A\n\n{text}\n"))]),
            End,
        );
    }
}

#[test]
fn a_page_of_output_has_a_limit() {
    let mut rows = Rows::default();
    let title = "a".repeat(1024 * 1024 - 20);
    let site = SiteTest::with(&[
        ("content/a.md", &format!("+++\ntitle = \"{title}\"\n+++\n")),
        (
            "content/b.md",
            &format!("# B\n\n{}\n", "[](a.md) ".repeat(100_000)),
        ),
    ]);
    rows.site(
        "a long title, often",
        &site,
        Fail("content/b.md:1:1: too-large: "),
    );
}
