//! Guides need a title or some text, only one title, and a review in time.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::{Heading, LinkKind};
use crate::site::{Guide, Origin, Site};
use crate::source::Location;

/// Reports empty pages, titles after the first, and reviews that are overdue.
pub(super) fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    let reviews = site.guides.iter();
    diagnostics.extend(reviews.filter_map(|guide| fault_of_review(guide, today)));
    let guides = site.guides.iter();
    for guide in guides.filter(|guide| guide.origin == Origin::File) {
        if !guide.is_folder() && !guide.meta.draft && says_nothing(guide) {
            let problem = Diagnostic::info(Code::EmptyPage, "this page is empty");
            let hint = "write it, set `draft = true` in its front matter, or remove the file";
            diagnostics.push(problem.at(Location::start_of(&guide.source)).hint(hint));
        }
        let mut headings = guide.document.headings.iter();
        if let Some(heading) = headings.find(|one| is_title(guide, one)) {
            let message = format!("`{}` is a second title on this page", heading.text);
            let location = Location::new(&guide.source, heading.span.clone());
            let hint = "write `##` for a section, or move the text to a page of its own";
            let problem = Diagnostic::info(Code::SecondTitle, message).at(location);
            diagnostics.push(problem.hint(hint));
        }
    }
}

fn says_nothing(guide: &Guide) -> bool {
    let mut sections = guide.document.sections.iter();
    let mut links = guide.document.links.iter();
    let named = guide.document.heading.is_some() || guide.meta.title.is_some();
    !named
        && guide.meta.summary.is_none()
        && sections.all(|section| section.text.trim().is_empty())
        && !links.any(|link| link.kind == LinkKind::Image)
}

/// Whether a heading was written as a title. A page shows all its headings but the first from level two on.
fn is_title(guide: &Guide, heading: &Heading) -> bool {
    let line = &guide.source.text()[heading.span.clone()];
    line.starts_with("# ") || line.trim_end().ends_with("\n=") || line.trim_end().ends_with("==")
}

/// Warns about a page whose next review was due before `today`, or whose last review is in the future.
fn fault_of_review(guide: &Guide, today: Date) -> Option<Diagnostic> {
    let reviewed = guide.meta.reviewed.as_ref()?;
    let every = guide.meta.review_every.as_ref();
    let due = every.map(|every| every.value.after(reviewed.value));
    let warning = |code, message: String, hint: &str| {
        let problem = Diagnostic::warning(code, message).at(&reviewed.location);
        Some(problem.hint(hint))
    };
    if reviewed.value > today {
        let message = format!("`reviewed` is {}, but today is {today}", reviewed.value);
        let hint = "write the day on which the page was last checked";
        return warning(Code::ReviewInFuture, message, hint);
    }
    let message = format!(
        "this page was due for review on {}",
        due.filter(|due| *due < today)?
    );
    let hint = "check the page against its sources, then set `reviewed` to today's date";
    warning(Code::OverdueReview, message, hint)
}
