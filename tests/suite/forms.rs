//! `regain form`: issue forms in, checklists out, and back.

use std::fs;
use std::sync::Arc;

use regain::diagnostic::{Diagnostics, short};
use regain::form;
use regain::load::read_checklist;
use regain::recovery::IssueForm;
use regain::source::Source;
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

#[test]
fn every_form_is_written_and_read_again_with_the_same_meaning() {
    for (path, source) in forms() {
        let form = read(&source);
        let written = form::yaml(&form);
        let again = read(&Source::new(path.clone(), written.clone()));
        assert!(form.means_same(&again), "{path} became\n{written}");
    }
}

#[test]
fn every_form_becomes_a_checklist_that_gives_it_back() {
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
        assert!(
            form.means_same(&back),
            "{path} became\n{toml}\nand\n{}",
            form::yaml(&back)
        );
        assert_eq!(form.differences(&back, request), [], "{path}");
    }
}

/// What the support team's form asks, without its explanations.
fn structure(form: &IssueForm) -> Vec<String> {
    let told = form.fields().map(|field| {
        let options: Vec<_> = field
            .options
            .iter()
            .map(|option| (&option.label.value, option.required))
            .collect();
        let (id, required) = (&field.id, field.required);
        format!(
            "{:?} {id:?} {:?} {required} {options:?}",
            field.kind, field.label.value
        )
    });
    let title = form.title.iter().map(|title| title.value.clone());
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
fn each_way_a_request_drifts_from_its_form_is_told_by_check_and_diff() {
    let site = site();
    let told = str![[r#"
content/checklist.toml:18:73: form-drift: `What you lost` has no choice `Mail box` on the form
hint: `Mailbox` is nearest: are the two the same?
content/checklist.toml:21:7: form-drift: `Rules` has no box `I have read the rule` on the form
hint: `I have read the rules` is nearest: are the two the same?
content/checklist.toml:29:7: form-drift: the form has a field `Username`, and it cannot be sent without it
hint: `User name` is nearest: are the two the same?
content/checklist.toml:29:7: form-drift: the form's title is `Recovery request`, not `Account recovery`
hint: write the form's own title
content/checklist.toml:36:12: form-drift: `What you lost` has a choice `Mailbox` on the form
hint: `Mail box` is nearest: are the two the same?
content/checklist.toml:40:12: form-drift: the form has no field `User name`
hint: `Username` is nearest: are the two the same?
content/checklist.toml:44:12: form-drift: `Rules` has a box `I have read the rules` on the form
hint: `I have read the rule` is nearest: are the two the same?

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
# Made from an issue form. Write `[support-form]` into links.toml with the form's address, say in your own
# words what each detail is for (`hint`, `why`, `where`), and take out what nobody needs.

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
fn what_a_form_service_would_refuse_is_told_all_at_once() {
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
form.yml:2:1: issue-form: `descripton` means nothing in the form
  |
2 | descripton: x
  | ^^^^^^^^^^
hint: did you mean `description`?

form.yml:3:9: issue-form: `labels` of the form must be a list of texts, not a map
  |
3 | labels: {a: b}
  |         ^

form.yml:5:9: issue-form: `inputt` is not a type of field
  |
5 | - type: inputt
  |         ^^^^^^
hint: did you mean `input`?

form.yml:8:7: issue-form: `a b` cannot be an id
  |
8 |   id: a b
  |       ^^^
hint: use letters, digits, `-` and `_`

form.yml:9:26: issue-form: `options` means nothing in `attributes`
  |
9 |   attributes: {label: A, options: [x]}
  |                          ^^^^^^^
hint: it can hold: `label`, `description`, `placeholder`, `value`

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

form.yml:12:65: issue-form: `multiple` of `attributes` must be `true` or `false`, not text
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                                                                 ^^^^^

form.yml:15:23: issue-form: two fields have the id `a`
   |
15 |   attributes: {label: B}
   |                       ^
form.yml:12:23: the first one
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                       ^
hint: give one of them another id

form.yml:15:23: issue-form: two fields have the label `B`
   |
15 |   attributes: {label: B}
   |                       ^
form.yml:12:23: the first one
   |
12 |   attributes: {label: B, options: [x, x], default: 2, multiple: often}
   |                       ^
hint: give one of them another label

form.yml:17:36: issue-form: a box must be a map of keys, not text
   |
17 |   attributes: {label: C, options: [x, {required: true}]}
   |                                    ^

form.yml:17:40: issue-form: the box has no `label`
   |
17 |   attributes: {label: C, options: [x, {required: true}]}
   |                                        ^^^^^^^^
hint: add `label: …`

form.yml:18:3: issue-form: the field has no `label`
   |
18 | - type: textarea
   |   ^^^^
hint: add `label: …` under `attributes`

form.yml:20:3: issue-form: the field has no `type`
   |
20 | - attributes: {label: D}
   |   ^^^^^^^^^^
hint: it can be: `markdown`, `input`, `textarea`, `dropdown`, `checkboxes`, `upload`

form.yml:21:3: issue-form: a field must be a map of keys, not text
   |
21 | - text
   |   ^^^^

15 errors

"#]]);
    let site = site.change("form.yml", "name: [\n");
    site.run(["form", "import", "form.yml"])
        .code(1)
        .err(str![[r#"
form.yml:1:7: issue-form: this is not YAML: unclosed bracket '['
  |
1 | name: [
  |       ^
hint: text with a colon or a bracket in it stands in quotes

1 error

"#]]);
    let site = site.change("form.yml", "- a\n");
    site.run(["form", "import", "form.yml"])
        .code(1)
        .err(str![[r#"
form.yml:1:1: issue-form: the form must be a map of keys, not a list
  |
1 | - a
  | ^

1 error

"#]]);
}

#[test]
fn a_form_that_unfolds_without_end_is_refused() {
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
fn a_form_that_is_no_yaml_is_told_with_what_to_do() {
    let cases = [
        "name: A\nname: B\n",
        "name: A: b\n",
        "name: A\n\tdescription: B\n",
        "name: \"A\ndescription: B\n",
        "name: A\nbody:\n- *x\n",
        "name: A\n---\nname: B\n",
        "name: A\nbody:\n  - type: input\n   attributes: x\n",
        "name: A\ndescription: B\nbody: []\n",
        "- name: A\n",
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
form.yml:2:1: issue-form: this is not YAML: duplicate mapping key: name
hint: remove one of the two
form.yml:1:8: issue-form: this is not YAML: mapping values are not allowed in this context
hint: text with a colon or a bracket in it stands in quotes
form.yml:1:7: issue-form: this is not YAML: there is a tab
hint: indent with spaces, never with tabs
form.yml:2:1: issue-form: this is not YAML: a text in quotes does not end
hint: close the quotes, or indent its further lines
form.yml:3:3: issue-form: this is not YAML: no `&name` stands before this `*name`
hint: a text that begins with `*` or `&` stands in quotes
form.yml:3:1: issue-form: this is not YAML: a second document begins here
hint: keep one form in a file: remove the line `---`
form.yml:4:4: issue-form: this is not YAML: what stands here does not fit what stands above it
hint: let the keys of one map, and the `-` of one list, begin in the same column; close brackets
form.yml:1:1: issue-form: the form asks nothing
hint: add a field besides the texts
form.yml:1:1: issue-form: the form must be a map of keys, not a list
form.yml:1:1: issue-form: the form has no `body`
hint: add `body:` with a list of fields
form.yml:1:1: issue-form: the form has no `description`
hint: add `description: …`
form.yml:1:1: issue-form: the form has no `name`
hint: add `name: …`

"#]]
        .into(),
    );
}

#[test]
fn aliases_stand_for_what_they_name() {
    let form = "name: A
description: B
body:
- type: input
  attributes: {label: One}
  validations: &needed
    required: true
- type: dropdown
  attributes:
    label: Two
    options: [1.20, yes, 007]
  validations: *needed
";
    let form = read(&Source::new("form.yml", form));
    assert!(form.fields().all(|field| field.required));
    let options: Vec<_> = form.body[1]
        .options
        .iter()
        .map(|one| one.label.value.as_str())
        .collect();
    assert_eq!(options, ["1.20", "yes", "007"]);
    let again = read(&Source::new("form.yml", form::yaml(&form)));
    assert!(form.means_same(&again));
}

#[test]
fn which_request_is_meant_is_never_a_guess() {
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
content/checklist.toml:21:12: form-drift: `Project` already contains ``NAME`: https://service.example/project/NAME` on the form
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
