//! Bytes and characters: what is text, and what hides in it.

use super::*;

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    let text = "+++\ntitle = \"A\"\n+++\n\n# A\n\nOne\ntwo  \nthree\n\n```\ncode\n```\n";
    let plain = SiteTest::new().change("content/index.md", text).build();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let other = SiteTest::new().change("content/index.md", windows).build();
    assert_eq!(plain.built("index.html"), other.built("index.html"));
}

#[test]
fn what_is_not_text_is_refused() {
    let mut rows = Rows::default();
    rows.page(
        b"# A\n\na\0b\n",
        Fail("content/index.md:3:2: control-character: "),
    );
    rows.page(
        b"# A\n\na\x1b[31mb\n",
        Fail("content/index.md:3:2: control-character: "),
    );
    rows.page(
        b"# A\n\n\x7f\n",
        Fail("content/index.md:3:1: control-character: "),
    );
    rows.page(
        "# A\n\n\u{85}\n",
        Fail("content/index.md:3:1: control-character: "),
    );
    rows.page(
        b"# A\n\n\xff\n",
        Fail("content/index.md:3:1: not-utf8: is not UTF-8: byte 5 is 0xff"),
    );
    rows.page(
        b"# A\n\n\xed\xa0\x80\n",
        Fail("content/index.md:3:1: not-utf8: "),
    );
    rows.page(b"# A\n\n\xe2\x82", Fail("content/index.md:3:1: not-utf8: "));
    for mark in [b"\xff\xfe", b"\xfe\xff"] {
        rows.page(
            [mark, "#\0 \0A\0".as_bytes()].concat(),
            Fail("content/index.md:1:1: not-utf8: is UTF-16"),
        );
    }
    rows.file(
        "content/site.toml",
        b"title = \"\xff\"\n",
        Fail("content/site.toml:1:10: not-utf8: "),
    );
    rows.file(
        "content/site.toml",
        b"title = \"a\0\"\n",
        Fail("content/site.toml:1:11: control-character: "),
    );
}

#[test]
fn invisible_characters_are_reported_everywhere() {
    let mut rows = Rows::default();
    for character in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{2060}', '\u{e0041}'] {
        let warned = "content/index.md:3:2: warning: hidden-character: ";
        rows.page(format!("# A\n\na{character}b\n"), Warn(warned));
        let refused = [
            (
                format!("# A{character}\n"),
                "content/index.md:1:4: hidden-character: ",
            ),
            (
                format!("+++\ntitle = \"A{character}\"\n+++\n"),
                "content/index.md:2:11: hidden-character: ",
            ),
            (
                format!("# A\n\n## B{character}\n"),
                "content/index.md:3:5: hidden-character: ",
            ),
            (
                format!("# A\n\n`a{character}`\n"),
                "content/index.md:3:3: hidden-character: ",
            ),
            (
                format!("# A\n\n```\na{character}\n```\n"),
                "content/index.md:4:2: hidden-character: ",
            ),
            (
                format!("# A\n\n    a{character}\n"),
                "content/index.md:3:6: hidden-character: ",
            ),
            (
                format!("# A\n\n[a{character}](index.md)\n"),
                "content/index.md:3:3: hidden-character: ",
            ),
        ];
        for (text, start) in refused {
            rows.page(text, Fail(start));
        }
        rows.file(
            "content/site.toml",
            format!("title = \"A{character}\"\n"),
            Fail("content/site.toml:1:11: hidden-character: "),
        );
    }
}

#[test]
fn joiners_are_allowed_in_scripts_that_use_them() {
    let mut rows = Rows::default();
    rows.page("# A\n\nمی\u{200c}خواهم 👩\u{200d}💻\n", Succeed);
    rows.page("# می\u{200c}خواهم\n", Succeed);
}
