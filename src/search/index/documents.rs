//! Site → the documents that search finds: pages as sections of plain text.
//!
//! In: the site. Out: a [`Document`] for each page: the guides and the outcomes of the triage by address, and then the
//! other generated pages. The text is not split into words yet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;

use crate::ids::UrlPath;
use crate::markdown::Prose;
use crate::recovery::{Checklist, Detail, Triage};
use crate::site::{GeneratedPage, Guide, Site};

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document<'a> {
    /// Relative to the root of the site: `a/b/`.
    pub(super) url: Cow<'a, str>,
    /// Its heading.
    pub(super) title: &'a str,
    /// Titles of the site's sections that it belongs to, outermost first.
    pub(super) ancestors: Vec<&'a str>,
    /// Other names for it: keywords, its title in the navigation, the last part of its address.
    pub(super) keywords: Vec<Cow<'a, str>>,
    /// What the reader gets from the page.
    pub(super) summary: Cow<'a, str>,
    /// Of an outcome of the triage, the address of the first guide it names.
    pub(super) leads_to: Option<&'a str>,
    /// Its text. The first section is the text before any heading.
    pub(super) sections: Vec<Section<'a>>,
}

/// From one heading to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section<'a> {
    /// Its fragment; empty for the top of the page.
    pub(super) id: Cow<'a, str>,
    /// Its heading; empty for the top of the page.
    pub(super) heading: &'a str,
    /// Plain text.
    pub(super) text: Cow<'a, str>,
}

impl Document<'_> {
    /// The length of its text.
    pub(super) fn text_length(&self) -> usize {
        self.sections.iter().map(|section| section.text.len()).sum()
    }
}

/// The documents of a site.
pub(super) fn documents<'a>(site: &'a Site, official_title: &'a str) -> Vec<Document<'a>> {
    let titles: BTreeMap<&str, &str> = site
        .guides
        .iter()
        .map(|guide| (guide.url.as_str(), guide.title.as_str()))
        .collect();
    let guides = site.guides.iter().map(|guide| of_guide(guide, &titles));
    let mut all: Vec<_> = guides.chain(of_outcomes(site)).collect();
    all.sort_by(|one, other| one.url.cmp(&other.url));
    all.extend(site.checklist.as_ref().map(of_checklist));
    all.extend(site.triage.as_ref().map(of_triage));
    if !site.links.is_empty() {
        all.push(of_links(site, official_title));
    }
    all
}

fn of_guide<'a>(guide: &'a Guide, titles: &BTreeMap<&str, &'a str>) -> Document<'a> {
    let headings = &guide.document.headings;
    let mut sections = vec![Section::default()];
    for section in &guide.document.sections {
        match section.heading.and_then(|at| headings.get(at)) {
            Some(heading) => sections.push(Section {
                id: Cow::Borrowed(&heading.id),
                heading: &heading.text,
                text: Cow::Borrowed(&section.text),
            }),
            None => sections[0].text = Cow::Borrowed(&section.text),
        }
    }
    let needs = guide.meta.needs.iter().map(|need| plain(Some(need)));
    let text = std::mem::take(&mut sections[0].text);
    sections[0].text = lines(iter::once(text).chain(needs));
    let title = guide.heading();
    let own = guide.meta.keywords.iter().map(|word| word.value.as_str());
    let mut keywords: Vec<_> = own
        .chain(guide.url.parts().next_back())
        .map(Cow::Borrowed)
        .collect();
    if title != guide.title {
        keywords.push(Cow::Borrowed(&guide.title));
    }
    Document {
        url: Cow::Borrowed(guide.url.as_str()),
        title,
        ancestors: ancestors(&guide.url, titles),
        keywords,
        leads_to: None,
        summary: plain(guide.meta.summary.as_ref()),
        sections,
    }
}

fn ancestors<'a>(url: &UrlPath, titles: &BTreeMap<&str, &'a str>) -> Vec<&'a str> {
    let mut above = Vec::new();
    let mut at = url.parent();
    while at.depth() > 0 {
        above.extend(titles.get(at.as_str()));
        at = at.parent();
    }
    above.reverse();
    above
}

fn of_checklist(checklist: &Checklist) -> Document<'_> {
    let mut sections = one_section(plain(checklist.intro.as_ref()));
    for group in &checklist.groups {
        let details = checklist
            .details
            .iter()
            .filter(|detail| detail.group.value == group.id.value && checklist.is_asked(detail));
        if details.clone().next().is_none() {
            continue;
        }
        let intro = iter::once(plain(group.intro.as_ref()));
        sections.push(Section {
            id: Cow::Owned(format!("group--{}", group.id.value)),
            heading: &group.title,
            text: lines(intro.chain(details.flat_map(of_detail))),
        });
    }
    let requests = checklist
        .requests
        .iter()
        .map(|request| Cow::Borrowed(request.title.as_str()));
    Document {
        url: address(&GeneratedPage::Checklist),
        title: &checklist.title.value,
        keywords: requests.collect(),
        sections,
        ..Document::default()
    }
}

fn of_detail(detail: &Detail) -> [Cow<'_, str>; 4] {
    [
        Cow::Borrowed(detail.label.value.as_str()),
        plain(detail.hint.as_ref()),
        plain(detail.why.as_ref()),
        plain(detail.find.as_ref()),
    ]
}

fn of_triage(triage: &Triage) -> Document<'_> {
    let intro = iter::once(plain(triage.intro.as_ref()));
    let questions = triage.questions.iter().flat_map(|question| {
        let answers = question.answers.iter().map(|answer| &answer.label);
        iter::once(&question.title).chain(answers)
    });
    let questions = questions.map(|line| Cow::Borrowed(line.as_str()));
    Document {
        url: address(&GeneratedPage::Triage),
        title: &triage.title.value,
        sections: one_section(lines(intro.chain(questions))),
        ..Document::default()
    }
}

fn of_outcomes(site: &Site) -> impl Iterator<Item = Document<'_>> {
    site.triage.iter().flat_map(|triage| {
        triage.outcomes.iter().map(|outcome| {
            let mut guides = outcome.guides.iter();
            let guide = guides.find_map(|guide| site.guide_of_file(&guide.value));
            Document {
                url: address(&GeneratedPage::Outcome(outcome.id.value.clone())),
                title: &outcome.title,
                ancestors: vec![&triage.title.value],
                leads_to: guide.map(|guide| guide.url.as_str()),
                sections: one_section(plain(outcome.text.as_ref())),
                ..Document::default()
            }
        })
    })
}

fn of_links<'a>(site: &'a Site, official_title: &'a str) -> Document<'a> {
    let links = site.links.values();
    let cells = links.flat_map(|link| [&link.title, &link.purpose, &link.url]);
    let cells = cells.map(|cell| Cow::Borrowed(cell.as_str()));
    Document {
        url: address(&GeneratedPage::Official),
        title: official_title,
        sections: one_section(lines(cells)),
        ..Document::default()
    }
}

fn address(page: &GeneratedPage) -> Cow<'static, str> {
    Cow::Owned(page.url().as_str().to_owned())
}

fn one_section(text: Cow<'_, str>) -> Vec<Section<'_>> {
    vec![Section {
        text,
        ..Section::default()
    }]
}

/// Prose as plain text.
fn plain(prose: Option<&Prose>) -> Cow<'_, str> {
    prose.map_or_else(Cow::default, |prose| prose.document.plain_text())
}

/// The lines of a text that are not empty.
fn lines<'a>(lines: impl Iterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut lines = lines.filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |text, line| text + "\n" + line)
}
