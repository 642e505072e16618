//! Guides whose review is overdue.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

/// Warns of each page that should have been checked against its sources before `today`.
pub(super) fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    for guide in &site.guides {
        let Some(reviewed) = &guide.meta.reviewed else {
            continue;
        };
        let every = guide.meta.review_every.as_ref();
        let due = every.map(|every| every.value.after(reviewed.value));
        let (code, message, hint) = if reviewed.value > today {
            (
                Code::ReviewInFuture,
                format!("`reviewed` is {}, but today is {today}", reviewed.value),
                "write the day on which the page was last checked",
            )
        } else if let Some(due) = due.filter(|due| *due < today) {
            (
                Code::OverdueReview,
                format!("this page was due for review on {due}"),
                "check the page against its sources, then set `reviewed` to today's date",
            )
        } else {
            continue;
        };
        let problem = Diagnostic::warning(code, message).at(&reviewed.location);
        diagnostics.push(problem.hint(hint));
    }
}
