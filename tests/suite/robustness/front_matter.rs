//! Front matter: slips told at their line, and blocks made to exhaust a parser.

use super::*;

#[test]
fn toml_mistakes_are_reported_at_their_line_of_the_page() {
    let mut rows = Rows::default();
    rows.page(
        "+++\ntitle = \"A\"\n",
        Fail("content/index.md:1:1: front-matter-fence: "),
    );
    let mut toml =
        |block: &str, start| rows.page(format!("+++\n\n{block}\n+++\n\n# A\n"), Fail(start));
    toml("title = A", "content/index.md:3:9: toml-syntax: ");
    toml(
        "title = \"A\"\ntitle = \"B\"",
        "content/index.md:4:1: toml-syntax: duplicate key",
    );
    toml("title = 3", "content/index.md:3:9: wrong-type: ");
    toml("title = \"\"", "content/index.md:3:10: empty-title: ");
    toml("reviewed = 2026-02-30", "content/index.md:3:12: ");
    toml("order = 99999999999999999999", "content/index.md:3:9: ");
    toml("ordre = 1", "content/index.md:3:1: unknown-key: ");
    toml("needs = \"a\"", "content/index.md:3:9: wrong-type: ");
    toml("[extra]", "content/index.md:3:2: unknown-key: ");
}

#[test]
fn yaml_mistakes_are_reported_at_their_line_of_the_page() {
    let mut rows = Rows::default();
    let mut yaml =
        |block: &str, start| rows.page(format!("---\n\n{block}\n---\n\n# A\n"), Fail(start));
    yaml("title: [a", "content/index.md:3:8: yaml-syntax: ");
    yaml("title: a\ntitle: b", "content/index.md:4:1: yaml-syntax: ");
    yaml("title: ''", "content/index.md:3:9: empty-title: ");
    yaml("reviewed: 2026-02-30", "content/index.md:3:11: bad-date: ");
    yaml("order: soon", "content/index.md:3:8: wrong-type: ");
    yaml(
        "order: 99999999999999999999",
        "content/index.md:3:8: wrong-type: ",
    );
    yaml("title:\n  a: b", "content/index.md:4:3: wrong-type: ");
    yaml("- a\n- b", "content/index.md:3:1: yaml-syntax: ");
    yaml("just text", "content/index.md:3:1: yaml-syntax: ");
}

#[test]
fn exploding_or_deeply_nested_yaml_is_refused() {
    let mut rows = Rows::default();
    let bomb: String = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let last = n - 1;
        text + &format!("a{n}: &a{n} [*a{last}, *a{last}, *a{last}, *a{last}]\n")
    });
    rows.page(format!("---\n{bomb}---\n"), Fail("content/index.md:"));
    for unit in ["[", "{a: ", "- ", "a: [", "? "] {
        rows.page(
            format!("---\nx: {}\n---\n", unit.repeat(100_000)),
            Fail("content/index.md:"),
        );
    }
    // Text, although TOML would read it as tables of thousands of levels.
    let keys = ["a"; 79].join(".");
    let nested = format!("{{{keys} = ").repeat(79) + "1" + &"}".repeat(79);
    rows.page(format!("---\ntitle: \"{nested}\"\n---\n\ntext\n"), End);
    let indented: String = (0..3_000).map(|n| " ".repeat(n) + "a:\n").collect();
    rows.page(format!("---\n{indented}---\n"), Fail("content/index.md:"));
}
