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
fn hostile_markdown_stays_within_its_processor_time() {
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

#[test]
fn many_mistakes_stay_within_their_processor_time() {
    let mut rows = Rows::default();
    let anchors: String = (0..4_000)
        .map(|n| format!("## Heading number {n}\n\n[x](#headnig-number-{n}x)\n\n"))
        .collect();
    rows.page(
        format!("# A\n\n{anchors}"),
        Fail("content/index.md:5:1: broken-anchor"),
    );

    let mut site = SiteTest::with(&[]);
    for n in 0..1_000 {
        let links: String = (0..3)
            .map(|k| format!("[x](/part-{k}/missing-page-{n}.md)\n"))
            .collect();
        let page = format!("content/part-{}/a-page-{n}.md", n % 3);
        site = site.change(&page, format!("# {n}\n\n{links}"));
    }
    rows.site(
        "broken links",
        &site,
        Fail("content/part-0/a-page-0.md:3:1: broken-link"),
    );

    let official: String = (0..1_000)
        .map(|n| format!("[l{n}]\nurl = \"https://official-{n}.example/\"\ntitle = \"T\"\n"))
        .collect();
    let outside: String = (0..2_000)
        .map(|n| format!("<https://another-host-{n}.example/>\n\n"))
        .collect();
    let site = SiteTest::with(&[
        ("content/links.toml", &official),
        ("content/a.md", &format!("# A\n\n{outside}")),
    ]);
    rows.site("outside hosts", &site, End);
}

#[test]
fn checklists_and_questions_have_limits() {
    let checklist = |count: usize, condition: &str| {
        let details: String = (0..count)
            .map(|n| {
                let condition = condition.replace('N', &(n.saturating_sub(1)).to_string());
                let condition = if n == 0 { "" } else { condition.as_str() };
                format!(
                    "[[detail]]\nid = \"d{n}\"\ngroup = \"g\"\nlabel = \"L\"\nkind = \"choice\"\n{condition}\n\
                     [[detail.option]]\nid = \"o\"\nlabel = \"O\"\n"
                )
            })
            .collect();
        let fields: String = (0..count)
            .map(|n| format!("[[request.field]]\nlabel = \"F{n}\"\ntext = \"{{d{n}}}\"\n"))
            .collect();
        format!(
            "title = \"C\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n{details}\
             [[request]]\nid = \"r\"\ntitle = \"R\"\nchannel = \"text\"\n{fields}"
        )
    };
    let mut rows = Rows::default();
    let name = "content/checklist.toml";
    rows.file(
        name,
        checklist(1_000, "only_if = { detail = \"d0\", answer = \"o\" }"),
        Succeed,
    );
    rows.file(
        name,
        checklist(1_001, ""),
        Fail("content/checklist.toml:9006:7: too-large: more than 1000 details"),
    );
    let chain = "only_if = { detail = \"dN\", answer = \"o\" }";
    rows.file(name, checklist(9, chain), Succeed);
    rows.file(
        name,
        checklist(1_000, chain),
        Fail("content/checklist.toml:"),
    );
    rows.file(
        "content/expect.toml",
        format!(
            "[[question]]\nask = \"{}\"\nnothing = true\n",
            "many words ".repeat(10_000)
        ),
        Fail("content/expect.toml:2:8: too-large: the question is longer than 1000 characters"),
    );
    rows.file(
        "content/index.md",
        format!(
            "---\n{}---\n# A\n",
            (0..5_000)
                .map(|n| format!("key{n}: x\n"))
                .collect::<String>()
        ),
        Succeed,
    );
}
