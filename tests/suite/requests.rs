//! Submitted requests as people really post them.

use regain::testing::review;

use crate::harness::bundled_checklist;

/// The kinds of the findings and what they are about, in a request for the bundled guide's account recovery.
fn findings(text: &str) -> Vec<String> {
    let checklist = bundled_checklist();
    let request = checklist.request("account-recovery").expect("a request");
    let found = review(&checklist, request, text).expect("the scripts work");
    let found = found.iter().map(|one| {
        let kind = format!("{:?}", one.kind);
        let name = kind.split(' ').next().unwrap_or_default();
        format!("{name}: {}", &text[one.span.clone()])
    });
    found.collect()
}

/// A complete request, with `reason` as its reason, and each label written by `label`.
fn request(reason: &str, label: impl Fn(&str) -> String) -> String {
    let fields = [
        ("PyPI Username", "otterquill"),
        ("Reason for request", reason),
        (
            "Recovery Codes",
            "- [x] I never generated or have lost access to the recovery codes for my account",
        ),
        (
            "Code of Conduct",
            "- [x] I agree to follow the PSF Code of Conduct",
        ),
        (
            "Acknowledgement",
            "- [x] I understand that it may take a significant amount of time to process my account recovery request.",
        ),
    ];
    let fields = fields.map(|(name, answer)| format!("{}\n\n{answer}\n", label(name)));
    fields.join("\n")
}

fn plain(reason: &str) -> String {
    request(reason, |label| format!("### {label}"))
}

#[test]
fn a_label_counts_in_any_form() {
    let forms: [fn(&str) -> String; 8] = [
        |label| format!("### {label}"),
        |label| format!("## {label}"),
        |label| format!("# {label}:"),
        |label| format!("**{label}**"),
        |label| format!("**{label}:**"),
        |label| format!("__{label}__"),
        |label| format!("{}:", label.to_uppercase()),
        |label| label.replacen(' ', "\n", 1),
    ];
    for form in forms {
        let text = request("I lost my phone", form);
        assert_eq!(findings(&text), Vec::<String>::new(), "{text}");
    }
    let inline = plain("x").replace("### PyPI Username\n\n", "PyPI Username: ");
    assert_eq!(findings(&inline), Vec::<String>::new(), "{inline}");
    let part = plain("Recovery codes: lost\nPyPI username: as above");
    assert_eq!(findings(&part), Vec::<String>::new(), "{part}");
    assert_eq!(
        findings("PyPI Username: otterquill\nReason for request: lost phone"),
        ["NoField: ", "NoField: ", "NoField: "]
    );
}

#[test]
fn a_quoted_email_is_read_as_the_original_request() {
    let wrapped = plain("I lost my phone").replace("to process ", "to process\n");
    let quoted = wrapped
        .split_inclusive('\n')
        .map(|line| format!("> {line}"));
    let quoted = format!("On Monday Otto wrote:\n{}", quoted.collect::<String>());
    for text in [wrapped, quoted] {
        assert_eq!(findings(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_a_careful_reader_would_notice_is_pointed_out() {
    for (reason, expected) in [
        (
            "I still have my recovery codes here",
            "Contradicted: I still have my recovery codes here",
        ),
        (
            "![screen](https://host.example/a.png) ![x](b.png)",
            "Attachments: ![screen](https://host.example/a.png)",
        ),
        (
            "Ich habe mein Handy 😀 verloren und kann mich nicht mehr mit meinem Konto anmelden.",
            "Language: ",
        ),
        (
            "Schöne Grüße 😀 to otto@mailbox.example",
            "Secret: otto@mailbox.example",
        ),
    ] {
        let text = plain(reason);
        let found = findings(&text);
        assert_eq!(found, [expected]);
    }
}

#[test]
fn what_the_site_and_its_form_say_is_not_a_secret() {
    let checklist = bundled_checklist();
    let official = checklist
        .mailboxes
        .first()
        .expect("a mailbox in links.toml");
    for reason in [
        format!("I wrote to {official} two weeks ago."),
        "The link looks like `https://host.example/reset-password/?token=<token>`.".to_owned(),
    ] {
        assert_eq!(findings(&plain(&reason)), Vec::<String>::new(), "{reason}");
    }
}

#[test]
fn a_pattern_that_never_finishes_ends_the_review() {
    let mut checklist = bundled_checklist();
    let mut details = checklist.details.iter_mut();
    let contradicted = details.find_map(|detail| detail.contradicted_by.as_mut());
    contradicted.expect("a pattern").value = "(a+)+b".to_owned();
    let request = checklist.request("account-recovery").expect("a request");
    let problem = review(&checklist, request, &plain(&"a".repeat(60)));
    assert_eq!(problem, Err("interrupted".to_owned()));
}
