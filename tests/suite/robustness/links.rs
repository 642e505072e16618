//! Where a link or a picture may lead.

use super::*;

#[test]
fn only_safe_kinds_of_address_are_let_through() {
    let mut rows = Rows::default();
    for target in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "%6aavascript:alert(1)",
        "<java script:alert(1)>",
        "\\javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://a.example/x",
        "ftp://a.example/",
        "http://a.example/",
        "//a.example/",
        "/\\a.example/",
        "\\\\a.example/",
        "https:a.example",
        "https:/a.example/",
        "https:\\\\a.example/",
        "https://me@a.example/",
        "https://a.example@b.example/",
        "https://a.example:8443/",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://xn--pypl-5cd.example/",
        "https://раураl.example/",
        "https://a.example%2f@b.example/",
        "https://a..example/",
        "https://localhost/",
        "link:",
        "link:nothing",
        "../../etc/passwd",
        "../index.md",
        "/../index.md",
        "%2e%2e/%2e%2e/index.md",
        "..\\index.md",
        "nowhere.md",
        "index.md#nowhere",
        "#nowhere",
        "a%00.md",
        "%ff.md",
    ] {
        for text in [
            format!("# A\n\n[a]({target})\n"),
            format!("# A\n\n[a][b]\n\n[b]: {target}\n"),
            format!("# A\n\n![a]({target})\n"),
        ] {
            rows.page(text, Fail("content/index.md:3:1: "));
        }
    }
    for target in [
        "https://a.example/",
        "https://a.example/b?c=d#e",
        "mailto:a@b.example",
        "tel:+1",
        "index.md",
        "#one",
        "/",
        "./",
        "?q",
    ] {
        rows.page(format!("# A\n\n## One\n\n[a]({target})\n"), Succeed);
    }
}

#[test]
fn link_texts_that_name_another_host_are_refused() {
    let mut rows = Rows::default();
    let official = "[a]\nurl = \"https://a.example/\"\ntitle = \"A\"\n";
    let mut words = |words: &str, target: &str, must| {
        let page = format!("# A\n\n[{words}]({target})\n");
        let site = SiteTest::with(&[
            ("content/links.toml", official),
            ("content/index.md", &page),
        ]);
        rows.site(&page, &site, must);
    };
    for text in [
        "https://a.example",
        "https://other.example",
        "www.other.example/login",
        "HTTPS://A.EXAMPLE/",
        "http://a.example",
        "a.example",
        "`a.example`",
        "**a.example**",
        "a.example/login",
    ] {
        let start = "content/index.md:3:1: deceiving-link: ";
        words(text, "https://help.example/", Fail(start));
    }
    words(
        "https://help.example",
        "link:a",
        Fail("content/index.md:3:1: deceiving-link: "),
    );
    for text in ["help.example", "setup.py", "os.path", "the a.example page"] {
        words(text, "https://help.example/", Succeed);
    }
    words("https://a.example/", "link:a", Succeed);
}

#[test]
fn prose_in_front_matter_and_tables_is_checked() {
    let mut rows = Rows::default();
    for key in [
        "summary = \"TEXT\"",
        "needs = [\"TEXT\"]",
        "sources = [\"TEXT\"]",
    ] {
        for text in [
            "[a](nowhere.md)",
            "[a](javascript:alert(1))",
            "a <b>b</b>",
            "- [ ] \\\\\\n  ---",
            "![a](https://b.example/x.png)",
        ] {
            let line = key.replace("TEXT", text);
            rows.page(
                format!("+++\n{line}\n+++\n\n# A\n"),
                Fail("content/index.md:2:"),
            );
        }
    }
}

#[test]
fn images_come_only_from_the_site() {
    let mut rows = Rows::default();
    rows.page(
        "# A\n\n![a](https://a.example/a.png)\n",
        Fail("content/index.md:3:1: remote-image: "),
    );
    rows.page(
        "# A\n\n![a](//a.example/a.png)\n",
        Fail("content/index.md:3:1: unsafe-link: "),
    );
    rows.page(
        "# A\n\n![a](data:image/png;base64,AA)\n",
        Fail("content/index.md:3:1: unsafe-link: "),
    );
    for svg in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://a.example/x.png\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"javascript:alert(1)\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><set attributeName=\"href\" to=\"x\"/></svg>",
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
        "<?xml-stylesheet href=\"x.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>@import url(https://a.example/x.css)</style></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect style=\"fill:url(https://a.example/x)\"/></svg>",
    ] {
        rows.file("content/a.svg", svg, Fail("content/a.svg:"));
    }
    rows.file("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>A</title><rect id=\"a\" width=\"1\" height=\"1\" fill=\"url(#b)\"/><use href=\"#a\"/></svg>", Succeed);
}

#[test]
fn files_that_belong_in_a_theme_are_refused() {
    let mut rows = Rows::default();
    for name in [
        "a.html",
        "a.js",
        "a.css",
        "a.exe",
        "a",
        "a.htm",
        "a.mjs",
        "a.wasm",
        "a.MD",
        "a.markdown",
    ] {
        let site = SiteTest::with(&[(&format!("content/{name}"), "x")]);
        rows.site(name, &site, Fail("content/a"));
    }
}
