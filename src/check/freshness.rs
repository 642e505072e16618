//! Guides whose review has run out.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

/// Warns of each page that should have been checked against its sources before `today`.
pub(super) fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    for guide in &site.guides {
        let Some(reviewed) = &guide.meta.reviewed else {
            continue;
        };
        if reviewed.value > today {
            diagnostics.push(
                Diagnostic::warning(
                    Code::ReviewInFuture,
                    format!("`reviewed` is {}, but today is {today}", reviewed.value),
                )
                .at(reviewed.location.clone())
                .hint("write the day on which the page was last checked"),
            );
            continue;
        }
        let Some(every) = &guide.meta.review_every else {
            continue;
        };
        let due = every.value.after(reviewed.value);
        if due < today {
            diagnostics.push(
                Diagnostic::warning(
                    Code::OverdueReview,
                    format!("this page was due for review on {due}"),
                )
                .at(reviewed.location.clone())
                .hint("check the page against its sources, then set `reviewed` to today's date"),
            );
        }
    }
}
