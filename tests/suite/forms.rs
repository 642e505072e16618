//! `regain form`: issue forms in, checklists out, and back.

use std::fs;
use std::sync::Arc;

use regain::testing::IssueForm;
use regain::testing::Source;
use regain::testing::form;
use regain::testing::read_checklist;
use regain::testing::{Diagnostics, short};
use snapbox::str;

use crate::harness::{SiteTest, assert_eq_text, files_below, tests_folder};

/// Every form in `tests/forms/`, by its path there.
fn forms() -> Vec<(String, Arc<Source>)> {
    let files = files_below(&tests_folder().join("forms"));
    let forms: Vec<_> = files
        .into_iter()
        .filter(|(path, _)| path.contains(".y"))
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            (path.clone(), Source::new(path, text))
        })
        .collect();
    assert!(forms.len() >= 12, "the forms are gone: {}", forms.len());
    forms
}

#[track_caller]
fn read(source: &Arc<Source>) -> IssueForm {
    let mut problems = Diagnostics::default();
    let form = form::read(source, &mut problems);
    assert_eq!(short(&problems), "", "{}", source.path());
    form.expect("a form")
}

/// Everything that a form says, without locations.
fn content(form: &IssueForm) -> String {
    let settings = &form.settings;
    let head = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        settings.name.as_ref().map(|one| &one.value),
        settings.description.as_ref().map(|one| &one.value),
        settings.title.as_ref().map(|one| &one.value),
        settings.labels,
        settings.assignees,
        settings.projects,
        settings.kind
    );
    let body = form.body.iter().map(|one| {
        let options = one.options.iter();
        let options = options.map(|option| (&option.label.value, option.required));
        let options: Vec<_> = options.collect();
        let default = one.field.default.as_ref().map(|number| number.value);
        let (texts, switches) = (one.field.texts(), (one.multiple, one.required));
        format!(
            "{:?} {:?} {texts:?} {options:?} {default:?} {switches:?}",
            one.kind, one.field.label.value
        )
    });
    let lines: Vec<_> = std::iter::once(head).chain(body).collect();
    lines.join("\n")
}

#[test]
fn forms_survive_a_round_trip_through_yaml() {
    for (path, source) in forms() {
        let form = read(&source);
        let written = form::yaml(&form);
        let again = read(&Source::new(path.clone(), written.clone()));
        assert_eq!(content(&form), content(&again), "{path} became\n{written}");
    }
}

#[test]
fn forms_survive_a_round_trip_through_a_checklist() {
    for (path, source) in forms() {
        let form = read(&source);
        let toml = form::checklist(&form);
        let mut problems = Diagnostics::default();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("checklist.toml");
        fs::write(&file, &toml).expect("written");
        let checklist = read_checklist(&file, &mut problems).expect("a file");
        assert_eq!(short(&problems), "", "{path} became\n{toml}");
        let checklist = checklist.expect("a checklist");
        let request = &checklist.requests[0];
        let back = IssueForm::of_request(&checklist, request);
        assert_eq!(content(&form), content(&back), "{path} became\n{toml}");
        assert_eq!(form.differences(&back, request), [], "{path}");
    }
}

/// What the support team's form asks, without its explanations.
fn structure(form: &IssueForm) -> Vec<String> {
    let told = form.fields().map(|one| {
        let options: Vec<_> = one
            .options
            .iter()
            .map(|option| (&option.label.value, option.required))
            .collect();
        let (id, required) = (one.field.id.as_ref(), one.required);
        let id = id.map(|id| &id.value);
        format!(
            "{:?} {id:?} {:?} {required} {options:?}",
            one.kind, one.field.label.value
        )
    });
    let title = form.settings.title.iter().map(|title| title.value.clone());
    title.chain(told).collect()
}

#[test]
fn the_bundled_copy_of_the_form_has_the_structure_of_the_real_one() {
    let top = tests_folder().join("..");
    let form_at = |path: &str| {
        let text = std::fs::read_to_string(top.join(path)).expect("a form");
        read(&Source::new(path, text))
    };
    let copy = form_at("content/forms/account-recovery.yml");
    let real = form_at("tests/forms/pypi-support/account-recovery.yml");
    assert_eq!(structure(&copy), structure(&real));
    let checklist = std::fs::read_to_string(top.join("content/checklist.toml")).expect("it");
    assert!(checklist.contains("form = \"forms/account-recovery.yml\""));
}

const FORM: &str = "name: Recovery
description: Ask for your account back
title: Recovery request
body:
- type: input
  attributes:
    label: Username
  validations:
    required: true
- type: dropdown
  attributes:
    label: What you lost
    options:
    - Phone
    - Mailbox
- type: checkboxes
  attributes:
    label: Rules
    options:
    - label: I have read the rules
      required: true
";

const CHECKLIST: &str = "title = \"Recovery\"

[[group]]
id = \"all\"
title = \"All\"

[[detail]]
id = \"username\"
group = \"all\"
label = \"Username\"
kind = \"line\"

[[detail]]
id = \"lost\"
group = \"all\"
label = \"What you lost\"
kind = \"choice\"
option = [{ id = \"phone\", label = \"My phone\", text = \"Phone\" }, { id = \"mail\", label = \"Mail box\" }]

[[detail]]
id = \"rules\"
group = \"all\"
label = \"Rules\"
kind = \"confirm\"
statement = \"I have read the rule\"
required = true

[[request]]
id = \"recovery\"
title = \"Account recovery\"
channel = \"issue-form\"
link = \"form\"
form = \"form.yml\"

  [[request.field]]
  label = \"What you lost\"
  text = \"{lost}\"

  [[request.field]]
  label = \"User name\"
  text = \"`{username}`\"

  [[request.field]]
  label = \"Rules\"
  text = \"{rules}\"
";

fn site() -> SiteTest {
    SiteTest::with(&[
        ("content/index.md", "# Home\n"),
        ("content/checklist.toml", CHECKLIST),
        ("content/form.yml", FORM),
        (
            "content/links.toml",
            "[form]\nurl = \"https://support.example/new\"\ntitle = \"Form\"\npurpose = \"Ask.\"\n",
        ),
    ])
}

#[test]
fn check_and_diff_report_every_difference_between_request_and_form() {
    let site = site();
    let told = str![[r#"
content/checklist.toml:18:73: form-drift: `What you lost` has no choice `Mail box` on the form
hint: `Mailbox` is similar: are the two the same?
content/checklist.toml:21:7: form-drift: `Rules` has no box `I have read the rule` on the form
hint: `I have read the rules` is similar: are the two the same?
content/checklist.toml:29:7: form-drift: the form has a field `Username`, and it cannot be sent without it
hint: `User name` is similar: are the two the same?
content/checklist.toml:29:7: form-drift: the form's title is `Recovery request`, not `Account recovery`
hint: write the form's own title
content/checklist.toml:36:12: form-drift: `What you lost` has a choice `Mailbox` on the form
hint: `Mail box` is similar: are the two the same?
content/checklist.toml:40:12: form-drift: the form has no field `User name`
hint: `Username` is similar: are the two the same?
content/checklist.toml:44:12: form-drift: `Rules` has a box `I have read the rules` on the form
hint: `I have read the rule` is similar: are the two the same?

"#]];
    site.run(["check", "--format", "short"]).code(1).err(told);
    site.run(["form", "diff", "content/form.yml"]).code(1);
}

#[test]
fn a_form_is_exported_and_imported_on_the_command_line() {
    let site = site();
    site.run(["form", "export"]).code(0).out(str![[r#"
name: Recovery
description: Account recovery
title: Account recovery
body:
  - type: dropdown
    attributes:
      label: What you lost
      options:
        - Phone
        - Mail box
  - type: input
    attributes:
      label: User name
  - type: checkboxes
    attributes:
      label: Rules
      options:
        - label: I have read the rule
          required: true

"#]]);
    site.run(["form", "import", "content/form.yml"])
        .code(0)
        .out(str![[r##"
# Made from an issue form. Add `[support-form]` with the form's address to links.toml, say in your own words
# what each detail is for (`hint`, `why`, `where`), and remove what nobody needs.

title = "Recovery"

[[group]]
id = "details"
title = "Details"

[[detail]]
id = "username"
group = "details"
label = "Username"
kind = "line"
required = true

[[detail]]
id = "what-you-lost"
group = "details"
label = "What you lost"
kind = "choice"

[[detail.option]]
id = "phone"
label = "Phone"

[[detail.option]]
id = "mailbox"
label = "Mailbox"

[[detail]]
id = "i-have-read-the-rules"
group = "details"
label = "Rules"
kind = "confirm"
required = true
statement = "I have read the rules"

[[request]]
id = "request"
title = "Recovery request"
channel = "issue-form"
link = "support-form"
public = true

[request.issue_form]
name = "Recovery"
description = "Ask for your account back"
title = "Recovery request"

[[request.field]]
label = "Username"
text = "{username}"

[[request.field]]
label = "What you lost"
text = "{what-you-lost}"

[[request.field]]
label = "Rules"
text = "{i-have-read-the-rules}"

"##]]);
    site.run(["form", "export", "--request", "other"])
        .code(2)
        .err(str![[r#"
the checklist has no request `other`
hint: it has: recovery

"#]]);
    site.run(["form", "diff", "gone.yml"]).code(2).err(str![[r#"
gone.yml is not there

"#]]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "all of one message")]
fn everything_github_would_reject_is_reported_at_once() {
    let form = "name: Bad
descripton: x
labels: {a: b}
body:
- type: inputt
  attributes: {label: A}
- type: input
  id: a b
  attributes: {label: A, options: [x]}
- type: dropdown
  id: a
  attributes: {label: B, options: [x, x], default: 2, multiple: often}
- type: input
  id: a
  attributes: {label: B}
- type: checkboxes
  attributes: {label: C, options: [x, {required: true}]}
- type: textarea
  attributes: {description: no label}
- attributes: {label: D}
- text
";
    let site = site().change("form.yml", form);
    site.run(["form", "import", "form.yml"])
        .code(1)
        .err(str![[r#"
form.yml:2:1: issue-form: unknown key `descripton`
  |
2 | descripton: x
  | ^^^^^^^^^^
hint: did you mean `description`?

form.yml:3:9: issue-form: `labels` must be a list, not a map of keys
  |
3 | labels: {a: b}
  |         ^^^^^^

form.yml:5:9: issue-form: `type` cannot be `inputt`
  |
5 | - type: inputt
  |         ^^^^^^
hint: did you mean `input`?

form.yml:8:7: issue-form: `a b` cannot be an id
  |
8 |   id: a b
  |       ^^^
hint: use letters, digits, `-` and `_`

form.yml:9:26: issue-form: unknown key `options`
  |
9 |   attributes: {label: A, options: [x]}
  |                          ^^^^^^^
hint: known here: `label`, `description`, `placeholder`, `value`

form.yml:12:39: issue-form: `x` can be chosen twice
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                                       ^
form.yml:12:36: the first one
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                                    ^
hint: remove one of them

form.yml:12:52: issue-form: `default` is 2, and there are 2 options
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                                                    ^
hint: the first option is 0

form.yml:12:65: issue-form: `multiple` must be `true` or `false`, not text
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                                                                 ^^^^^

form.yml:14:7: issue-form: two fields have the id `a`
   |
14 |   id: a
   |       ^
form.yml:11:7: the first one
   |
11 |   id: a
   |       ^
hint: give one field another `id`: `a-2`

form.yml:17:36: issue-form: each item of `options` must be a map of keys, not text
   |
17 |   attributes: {label: C, options: [x, {required: true}]}
   |                                    ^

form.yml:17:39: issue-form: `label` is missing
   |
17 |   attributes: {label: C, options: [x, {required: true}]}
   |                                       ^^^^^^^^^^^^^^^^
hint: add a line `label: …`

form.yml:19:15: issue-form: `label` is missing
   |
19 |   attributes: {description: no label}
   |               ^^^^^^^^^^^^^^^^^^^^^^^
hint: add a line `label: …`

form.yml:20:3: issue-form: `type` is missing
   |
20 | - attributes: {label: D}
   |   ^^^^^^^^^^^^^^^^^^^^^^
hint: add a line `type: …`

form.yml:21:3: issue-form: each item of `body` must be a map of keys, not text
   |
21 | - text
   |   ^^^^

form.yml:2:13: warning: issue-form: GitHub accepts at least 3 characters in `description`, and here it has 1
  |
2 | descripton: x
  |             ^

14 errors, 1 warning

"#]]);
    let site = site.change("form.yml", "name: [\n");
    site.run(["form", "import", "form.yml"])
        .code(1)
        .err(str![[r#"
form.yml:1:7: issue-form: the brackets `[ ]` or `{ }` do not match
  |
1 | name: [
  |       ^
hint: close the bracket; put a text that begins with `[` or `{` in quotes

1 error

"#]]);
    let site = site.change("form.yml", "- a\n");
    site.run(["form", "import", "form.yml"])
        .code(1)
        .err(str![[r#"
form.yml:1:1: issue-form: `this file` must be a map of keys, not a list
  |
1 | - a
  | ^^^

1 error

"#]]);
}

#[test]
fn a_form_with_exploding_aliases_is_refused() {
    let levels = "abcdefgh"
        .chars()
        .zip("bcdefghi".chars())
        .map(|(from, to)| {
            let ten = vec![format!("*{from}"); 10].join(", ");
            format!("{to}: &{to} [{ten}]\n")
        });
    let bomb = format!("name: &a [x, x, x]\n{}", levels.collect::<String>());
    let mut problems = Diagnostics::default();
    assert!(form::read(&Source::new("bomb.yml", bomb), &mut problems).is_none());
    let deep = Source::new("deep.yml", "[".repeat(100_000));
    assert!(form::read(&deep, &mut problems).is_none());
    assert_eq!(
        short(&problems)
            .lines()
            .filter(|line| line.contains("issue-form"))
            .count(),
        2
    );
}

/// What is wrong with the YAML itself, in words of our own.
#[test]
fn a_form_that_is_not_yaml_is_reported_with_a_hint() {
    let cases = [
        "name: A\nname: B\n",
        "name: A: b\n",
        "name: A\n\tdescription: B\n",
        "name: \"A\ndescription: B\n",
        "name: A\nbody:\n- *x\n",
        "name: A\n---\nname: B\n",
        "name: A\nbody:\n  - type: input\n   attributes: x\n",
        "name: Form\ndescription: Asks\nbody: []\n",
        "- name: A\n",
        "name: @a\n",
        "name: !a b\n",
        "name: {{ title }}\n",
        "name: [a\n",
        "name: \"a\\d\"\n",
        "name: 'it's'\n",
        "name:\n  a b\n  c: d\n",
        "? [a]\n: b\n",
        "",
    ];
    let mut told = String::new();
    for form in cases {
        let source = Source::new("form.yml", form);
        let mut problems = Diagnostics::default();
        form::read(&source, &mut problems);
        told.push_str(&short(&problems.sorted()));
    }
    assert_eq_text(
        told,
        str![[r#"
form.yml:2:1: issue-form: the key `name` is used twice
hint: remove one of the two
form.yml:1:8: issue-form: a text that contains `: ` must be in quotes
hint: put quotes around the whole value
form.yml:1:7: issue-form: YAML does not allow a tab here
hint: use spaces instead
form.yml:2:1: issue-form: the quotes are not closed on the line where they open
hint: add the closing quote, or indent the further lines of the text
form.yml:3:3: issue-form: nothing is named `&…` for this `*…` to repeat
hint: put a text that begins with `*` or `&` in quotes
form.yml:2:1: issue-form: a second YAML document begins here
hint: remove the line `---`
form.yml:4:4: issue-form: this line is not indented like the lines it belongs to
hint: start all keys of a map, and all `-` of a list, in the same column
form.yml:1:1: issue-form: the form has no field that can be filled in
hint: add a field besides the texts
form.yml:1:1: issue-form: `this file` must be a map of keys, not a list
form.yml:1:7: issue-form: a text that begins with `@` must be in quotes
hint: put quotes around the whole value
form.yml:1:1: issue-form: `body` is missing
hint: add a line `body: …`
form.yml:1:1: issue-form: `description` is missing
hint: add a line `description: …`
form.yml:1:7: issue-form: a text that begins with `{` must be in quotes
hint: put quotes around the whole value
form.yml:1:7: issue-form: the brackets `[ ]` or `{ }` do not match
hint: close the bracket; put a text that begins with `[` or `{` in quotes
form.yml:1:7: issue-form: in double quotes, `\` starts an escape, and YAML does not know this one
hint: write `\\` for a backslash, or use single quotes
form.yml:1:11: issue-form: text follows the closing quote
hint: put the whole value in quotes; inside single quotes write `''` for `'`
form.yml:3:4: issue-form: a text that contains `: ` must be in quotes
hint: put quotes around the whole value
form.yml:1:1: issue-form: a text that begins with `{` must be in quotes
hint: put quotes around the whole value
form.yml:1:1: issue-form: `body` is missing
hint: add a line `body: …`
form.yml:1:1: issue-form: `description` is missing
hint: add a line `description: …`
form.yml:1:1: issue-form: `name` is missing
hint: add a line `name: …`

"#]]
        .into(),
    );
}

#[test]
fn yaml_aliases_are_resolved() {
    let form = "name: Form
description: Asks
body:
- type: input
  attributes: {label: One}
  validations: &needed
    required: true
- type: dropdown
  attributes:
    label: Two
    options: [\"1.20\", \"yes\", 7]
  validations: *needed
";
    let form = read(&Source::new("form.yml", form));
    assert!(form.fields().all(|field| field.required));
    let options: Vec<_> = form.body[1]
        .options
        .iter()
        .map(|one| one.label.value.as_str())
        .collect();
    assert_eq!(options, ["1.20", "yes", "7"]);
    let again = read(&Source::new("form.yml", form::yaml(&form)));
    assert_eq!(content(&form), content(&again));
}

#[test]
fn the_request_is_never_guessed() {
    let request = |id: &str, channel: &str, gap: &str| {
        format!(
            "[[request]]\nid = \"{id}\"\ntitle = \"{id}\"\nchannel = \"{channel}\"\n[[request.field]]\nlabel = \"A\"\ntext = \"{{{gap}}}\"\n"
        )
    };
    let detail = |id: &str, more: &str| {
        format!(
            "[[detail]]\nid = \"{id}\"\ngroup = \"g\"\nlabel = \"{id}\"\nkind = \"line\"\n{more}\n"
        )
    };
    let head = format!(
        "title = \"T\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n{}{}",
        detail("name", ""),
        detail("proof", "sensitivity = \"private\"")
    );
    let (mail, form) = (
        request("mail", "mail", "proof"),
        request("form", "issue-form", "name"),
    );
    let list = |requests: &[&String]| {
        let requests: String = requests.iter().map(|one| one.as_str()).collect();
        SiteTest::with(&[("content/checklist.toml", &format!("{head}{requests}"))])
    };
    list(&[&mail, &form])
        .run(["form", "export"])
        .code(0)
        .err(str![[r#"
the request `form`
content/checklist.toml:1:10: warning: issue-form: GitHub accepts at least 3 characters in `name`, and here it has 1
  |
1 | title = "T"
  |          ^

1 warning

"#]]);
    list(&[&mail, &mail])
        .run(["form", "export"])
        .code(2)
        .err(str![[r#"
the checklist has several requests
hint: name one with `--request`: mail, mail

"#]]);
    list(&[&mail]).run(["form", "export"]).code(2).err(str![[r#"
the request `mail` asks for `proof`, which is private, and an issue form may be public
hint: name another request with `--request`, or take that detail out of it

"#]]);
    list(&[&mail, &form])
        .run(["form", "export", "--request", "mail"])
        .code(2);
}

#[test]
fn prefilled_values_are_compared_and_name_addresses_by_key() {
    let form = "name: Claim\ndescription: Ask\nbody:\n- type: input\n  attributes:\n    label: Project\n    value: \"`NAME`: {link:page}NAME\"\n";
    let checklist = "title = \"Claim\"\n\n[[group]]\nid = \"all\"\ntitle = \"All\"\n\n[[detail]]\nid = \"project\"\ngroup = \"all\"\nlabel = \"Project\"\nkind = \"line\"\n\n[[request]]\nid = \"claim\"\ntitle = \"Claim\"\nchannel = \"issue-form\"\nlink = \"page\"\nform = \"form.yml\"\n\n  [[request.field]]\n  label = \"Project\"\n  text = \"`{project}`: {link:page}{project}\"\n";
    let site = SiteTest::with(&[
        ("content/index.md", "# Home\n"),
        ("content/checklist.toml", checklist),
        ("content/form.yml", form),
        (
            "content/links.toml",
            "[page]\nurl = \"https://service.example/project/\"\ntitle = \"Project pages\"\n",
        ),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/checklist.toml:21:12: form-drift: `Project` starts with ``NAME`: https://service.example/project/NAME` on the form
hint: write `value = "`NAME`: https://service.example/project/NAME"` into the `[[request.field]]`

"#]]);
    let value = "  label = \"Project\"\n  value = \"`NAME`: {link:page}NAME\"\n";
    let same = checklist.replace("  label = \"Project\"\n", value);
    let site = site.change("content/checklist.toml", &same);
    site.run(["check"]).code(0);
    site.run(["form", "export"]).code(0).out(str![[r#"
name: Claim
description: Claim
title: Claim
body:
  - type: textarea
    attributes:
      label: Project
      value: "`NAME`: https://service.example/project/NAME"

"#]]);
    let unknown = same.replace("{link:page}NAME", "{link:pages}NAME");
    let site = site.change("content/checklist.toml", unknown);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/checklist.toml:23:11: unknown-link-name: `links.toml` has no address named `pages`
hint: did you mean `page`?

"#]]);
}

/// The rules of GitHub's page on the validation errors of issue forms, each with a form that breaks it.
#[test]
fn each_rule_of_the_form_service_is_reported_at_its_location() {
    let fields = [
        "- type: dropdown\n  attributes: {label: One, options: [A, None]}",
        "- type: dropdown\n  attributes: {label: One, options: [A, n/a], default: 0}",
        "- type: dropdown\n  attributes: {label: One, options: [Yes, No]}",
        "- type: dropdown\n  attributes: {label: One, options: [1.20, 1.2, 007, 7]}",
        "- type: dropdown\n  attributes: {label: One, options: []}",
        "- type: input\n  attributes: {label: Your Passwords}",
        "- type: textarea\n  attributes: {label: Password change}",
        "- type: input\n  attributes: {label: Name?}\n- type: input\n  attributes: {label: Name!}",
        "- type: input\n  attributes: {label: Name?}\n- type: input\n  id: name\n  attributes: {label: Other}",
        "- type: input\n  attributes: {label: Café?}\n- type: input\n  attributes: {label: cafe}",
        "- type: input\n  attributes: {label: I agree}\n- type: checkboxes\n  attributes: {label: Rules, options: [{label: I agree}]}",
        "- type: checkboxes\n  attributes: {label: Rules, options: [{label: Yes!}, {label: Yes!}]}",
        "- type: input\n  attributes: {label: true}",
        "- type: input\n  attributes: {label: 1.3}",
        "- type: input\n  attributes: {label: One, description: \"  \"}",
        "- type: input\n  id: first name\n  attributes: {label: One}",
        "- type: markdown\n  attributes: {value: Only text}",
        "- type: markdown\n- type: input\n  attributes: {label: One}",
        "- type: dropdown\n  attributes:\n    label: One\n    options:\n    - A\n    -\n    - B",
        "-\n- type: input\n  attributes: {label: One}",
    ];
    let mut forms: Vec<_> = fields
        .map(|body| format!("name: Form\ndescription: Asks\nbody:\n{body}\n"))
        .into();
    let input = "- type: input\n  attributes: {label: One}\n";
    let long = "long ".repeat(41);
    forms.push(format!("name: QA\ndescription: {long}\nbody:\n{input}"));
    forms.push(format!(
        "name: Form\ndescription: Asks\nyes: 1\nbody:\n{input}"
    ));
    let mut reported = String::new();
    for form in forms {
        let mut problems = Diagnostics::default();
        form::read(&Source::new("form.yml", form), &mut problems);
        reported.push_str(&short(&problems.sorted()));
    }
    assert_eq_text(
        reported,
        str![[r#"
form.yml:5:41: issue-form: `None` is reserved: GitHub adds it to a list itself
hint: write more than that, such as `None of these` or `Not applicable`
form.yml:5:41: issue-form: `n/a` is reserved: GitHub adds it to a list itself
hint: write more than that, such as `None of these` or `Not applicable`
form.yml:5:38: issue-form: a choice must be text, and `Yes` without quotes is true or false
hint: put it in quotes: `"Yes"`
form.yml:5:43: issue-form: a choice must be text, and `No` without quotes is true or false
hint: put it in quotes: `"No"`
form.yml:5:38: warning: issue-form: GitHub reads the choice `1.20` as a number and shows `1.2`
hint: put it in quotes: `"1.20"`
form.yml:5:49: warning: issue-form: GitHub reads the choice `007` as a number and shows `7`
hint: put it in quotes: `"007"`
form.yml:5:23: issue-form: `One` has nothing to choose from
hint: add `options` to the field
form.yml:5:23: issue-form: the label of a typed field must not contain the word `password`
hint: ask in other words: nobody should type one into a public issue
form.yml:5:23: issue-form: the label of a typed field must not contain the word `password`
hint: ask in other words: nobody should type one into a public issue
form.yml:7:23: issue-form: the label `Name?` and the label `Name!` both become the reference `name`
hint: change the words of one, or give one field another `id`: `name-2`
form.yml:7:7: issue-form: the label `Name?` and the id `name` both become the reference `name`
hint: change the words of one, or give one field another `id`: `name-2`
form.yml:7:23: issue-form: the label `Café?` and the label `cafe` both become the reference `cafe`
hint: change the words of one, or give one field another `id`: `cafe-2`
form.yml:7:48: issue-form: the label `I agree` and the box `I agree` both become the reference `i-agree`
hint: change the words of one, or give one field another `id`: `i-agree-2`
form.yml:5:63: issue-form: two boxes say `Yes!`
hint: change the words of one of them
form.yml:5:23: issue-form: `label` must be text, and `true` without quotes is true or false
hint: put it in quotes: `label: "true"`
form.yml:5:23: issue-form: `label` must be text, and `1.3` without quotes is a number
hint: put it in quotes: `label: "1.3"`
form.yml:5:41: warning: issue-form: `description` is empty, which GitHub does not accept
hint: write a text, or remove `description`
form.yml:5:7: issue-form: `first name` cannot be an id
hint: use letters, digits, `-` and `_`
form.yml:1:1: issue-form: the form has no field that can be filled in
hint: add a field besides the texts
form.yml:4:3: issue-form: `value` is missing
hint: add a line `value: …`
form.yml:9:6: issue-form: this choice is empty
hint: write a text, or remove the choice
form.yml:4:2: issue-form: each item of `body` must be a map of keys, not text
form.yml:1:7: warning: issue-form: GitHub accepts at least 3 characters in `name`, and here it has 2
form.yml:2:14: warning: issue-form: GitHub accepts at most 200 characters in `description`, and here it has 204
form.yml:3:1: issue-form: unknown key `yes`
hint: known here: `name`, `description`, `title`, `labels`, `assignees`, `projects`, `type`, `body`

"#]]
        .into(),
    );
}

/// YAML that GitHub accepts although it is seldom written.
#[test]
fn unusual_yaml_is_accepted() {
    let forms = [
        "%YAML 1.1\n---\nname: Form # a comment\ndescription: >-\n  Asks\n  things\nbody: &body\n  - type: input\n    attributes: {label: One, }\n...\n",
        "\u{feff}\"name\": 'It''s a form'\r\ndescription: \"Asks \\\r\n  things\\u00e9\"\r\nbody:\r\n- type: input\r\n  validations: {required: yes}\r\n  attributes:\r\n    label: |\r\n      One\r\n",
        "name: Form\ndescription: Asks\nlabels: bug, triage\nassignees: []\ntitle:\nbody:\n- &one\n  type: input\n  id: one\n  attributes: &texts {label: One, description: a}\n- <<: *one\n  id: two\n  attributes:\n    <<: *texts\n    label: Two\n",
        "name: Form\ndescription: Asks\nbody:\n- type: dropdown\n  attributes:\n    label: !!str 1.3\n    options:\n    - \"1.20\"\n    - 1.5\n    - 42\n    - 2024-01-31\n    - y\n    - \"Yes\"\n    - ~ home\n    multiple: off\n",
        "{name: Form, description: Asks, body: [{type: input, id: a, attributes: {label: Same}}, {type: input, id: b, attributes: {label: Same}}]}\n",
        "name: Form\ndescription: Asks\nbody:\n- type: input\n  attributes:\n    label: 名前\n- type: input\n  attributes:\n    label: 番号\n",
    ];
    for form in forms {
        let form = read(&Source::new(
            "form.yml",
            form.trim_start_matches('\u{feff}'),
        ));
        let again = read(&Source::new("form.yml", form::yaml(&form)));
        assert_eq!(content(&form), content(&again));
    }
}

#[test]
fn a_form_that_github_would_reject_is_not_exported() {
    let detail = |id: &str, label: &str, more: &str| {
        format!("[[detail]]\nid = \"{id}\"\ngroup = \"g\"\nlabel = \"{label}\"\n{more}\n")
    };
    let field = |label: &str, id: &str| {
        format!("[[request.field]]\nlabel = \"{label}\"\ntext = \"{{{id}}}\"\n")
    };
    let option = "kind = \"choice\"\noption = [{ id = \"none\", label = \"None\" }, { id = \"some\", label = \"Some\" }]";
    let line = "kind = \"line\"";
    let checklist = [
        "title = \"T\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n".to_owned(),
        detail("codes", "Codes you still have", option),
        detail("changed", "Month of your last password change", line),
        detail("name1", "Name?", line),
        detail("name2", "Name!", line),
        "[[request]]\nid = \"r\"\ntitle = \"T\"\nchannel = \"issue-form\"\nlink = \"form\"\n"
            .to_owned(),
        field("Codes you still have", "codes"),
        field("Month of your last password change", "changed"),
        field("Name?", "name1"),
        field("Name!", "name2"),
    ];
    let site = site().change("content/checklist.toml", checklist.concat());
    let reported = str![[r#"
content/checklist.toml:10:19: issue-form: `None` is reserved: GitHub adds it to a list itself
hint: write more than that, such as `None of these` or `Not applicable`
content/checklist.toml:35:10: issue-form: the label of a typed field must not contain the word `password`
hint: ask in other words: nobody should type one into a public issue
content/checklist.toml:41:10: issue-form: the label `Name?` and the label `Name!` both become the reference `name`
hint: change the words of one, or give one field another `id`: `name-2`

"#]];
    site.run(["check", "--format", "short"])
        .code(1)
        .err(reported);
    site.run(["form", "export"]).code(1).out("");
    let mail = checklist.concat().replace("\"issue-form\"", "\"text\"");
    site.change("content/checklist.toml", mail)
        .run(["check"])
        .code(0);
}

#[test]
fn field_texts_of_a_form_reach_the_page_or_are_listed() {
    let form = "name: Form
description: Asks
title: \"[Help]: \"
body:
  - type: markdown
    id: intro
    attributes:
      value: \"# Welcome\"
  - type: textarea
    id: conf
    attributes:
      label: Your settings
      description: |
        Attach your *settings* here.
        Take passwords and addresses out first.

        Then wait.
      placeholder: |
        a = 1
        b = 2
      value: \"a = \"
  - type: checkboxes
    id: agree
    attributes:
      label: Consent
      description: What you send is public.
      options:
        - label: I agree
          required: true
    validations:
      required: true
  - type: input
    attributes:
      label: Version
      description: \"Run <kbd>a_b --version</kbd>, see [the guide](../README.md).\"
      placeholder: \"<1.2>\"
  - type: upload
    attributes:
      label: Logs
";
    let site = site().change("content/form.yml", form);
    let ran = site.run(["form", "import", "content/form.yml"]);
    let toml = ran.stdout.clone();
    ran.code(0).err(str![[r#"
content/form.yml:5:11: warning: issue-form: `id: intro` is not kept
  |
5 |   - type: markdown
  |           ^^^^^^^^

content/form.yml:5:11: warning: issue-form: not shown on the page: texts between the fields (1)
  |
5 |   - type: markdown
  |           ^^^^^^^^
hint: put what readers must know into `intro` of the checklist or of a group

content/form.yml:12:14: warning: issue-form: not shown on the page: placeholders of several lines (`Your settings`)
   |
12 |       label: Your settings
   |              ^^^^^^^^^^^^^
hint: write an `example` of one line

content/form.yml:12:14: warning: issue-form: not shown on the page: prefilled texts (`Your settings`)
   |
12 |       label: Your settings
   |              ^^^^^^^^^^^^^
hint: say in the `hint` what to write, or put the text around the gap in `text`

content/form.yml:25:14: warning: issue-form: `required: true` is not kept
   |
25 |       label: Consent
   |              ^^^^^^^

content/form.yml:34:14: warning: issue-form: not shown on the page: links in descriptions (`Version`)
   |
34 |       label: Version
   |              ^^^^^^^
hint: add the addresses to links.toml and write `[text](link:NAME)` in the `hint`

content/form.yml:39:14: warning: issue-form: not shown on the page: fields for files (`Logs`)
   |
39 |       label: Logs
   |              ^^^^
hint: say in `after` of the request which files to add

7 warnings

"#]]);
    let links = "[support-form]\nurl = \"https://support.example/new\"\ntitle = \"Form\"\n";
    let site = site
        .change("content/checklist.toml", toml)
        .change("content/links.toml", links);
    site.run(["check", "--format", "short"]).code(0);
    let exported = site.run(["form", "export"]).stdout;
    assert!(exported.contains("title: \"[Help]: \"\n"), "{exported}");
    let page = site.build().built("checklist/index.html");
    for said in [
        "Attach your <em>settings</em> here. Take passwords and addresses out first.",
        "<p>Then wait.</p>",
        "What you send is public.",
        "Run a_b --version, see the guide.",
        "<bdi>&lt;1.2&gt;</bdi>",
    ] {
        assert!(page.contains(said), "{said} is missing in\n{page}");
    }
}

/// A form warns of an address in the words of a box, and whoever ticks the box repeats them.
#[test]
fn what_a_form_says_is_not_a_secret_of_those_who_fill_it_in() {
    let form = "name: Lost account
description: Ask for help
body:
- type: input
  attributes:
    label: Account
  validations:
    required: true
- type: checkboxes
  attributes:
    label: Before you send this
    options:
    - label: I have written to lost-and-found@service.example first
      required: true
";
    let request = "### Account

otterquill

### Before you send this

- [x] I have written to lost-and-found@service.example first
";
    let site = site().change("form.yml", form).change("posted.md", request);
    let toml = site.run(["form", "import", "form.yml"]).stdout;
    let site = site.change("content/checklist.toml", toml);
    let ran = site.run(["request", "check", "posted.md"]);
    ran.code(0).err("nothing is missing in this request\n");
    let site = site.change(
        "posted.md",
        request.replace("otterquill", "me@mailbox.example"),
    );
    let ran = site.run(["request", "check", "posted.md"]);
    ran.code(1).err(str![[r#"
posted.md:3:1: secret: this looks like an email address
hint: edit the request to hide it; its edit history and the emails about it still show it

1 error

"#]]);
}

#[test]
fn a_form_of_very_many_values_gets_a_hint_that_fits() {
    let field = "- type: input\n  attributes:\n    label: A\n";
    let long = format!(
        "name: Lost\ndescription: Help\nbody:\n{}",
        field.repeat(4_000)
    );
    let mut problems = Diagnostics::default();
    form::read(&Source::new("form.yml", long), &mut problems);
    assert_eq!(
        short(&problems),
        "form.yml:8574:5: issue-form: this YAML has more than 20000 values\n\
         hint: shorten it: no form and no page needs so many\n"
    );
    let items = "*a, ".repeat(200);
    let repeated = format!(
        "name: &a [{}]\nlabels: &b [{items}]\nbody: [{items}]\n",
        "x, ".repeat(200)
    );
    let mut problems = Diagnostics::default();
    form::read(&Source::new("form.yml", repeated), &mut problems);
    assert!(short(&problems).contains("instead of repeating them with `*name`"));
}
