//! Iterates over all Markdown of a site: its guides, and the short texts in settings, front matter and tables.

use std::sync::Arc;

use super::Site;
use crate::markdown::{Document, Prose};
use crate::source::Source;

impl Site {
    /// Every parsed text with the file that it is in.
    pub fn documents(&self) -> impl Iterator<Item = (&Arc<Source>, &Document)> {
        let guides = self.guides.iter();
        let guides = guides.map(|guide| (&guide.source, &guide.document));
        let proses = self.proses();
        guides.chain(proses.map(|prose| (&prose.location.source, &prose.document)))
    }

    /// Settings, then front matter of guides, then the checklist, then the triage, each in the order of its file.
    pub fn proses(&self) -> impl Iterator<Item = &Prose> {
        let guides = self.guides.iter().flat_map(|guide| {
            let meta = &guide.meta;
            meta.summary.iter().chain(&meta.needs).chain(&meta.sources)
        });
        let checklist = self.checklist.iter().flat_map(|checklist| {
            let groups = checklist.groups.iter().flat_map(|group| &group.intro);
            let details = checklist.details.iter().flat_map(|detail| {
                let texts = [&detail.hint, &detail.why, &detail.find, &detail.aside];
                texts.into_iter().flatten()
            });
            let requests = checklist.requests.iter().flat_map(|request| {
                let lists = request.before.iter().chain(&request.after);
                request.caution.iter().chain(lists)
            });
            let intro = checklist.intro.iter();
            intro.chain(groups).chain(details).chain(requests)
        });
        let triage = self.triage.iter().flat_map(|triage| {
            let questions = triage.questions.iter().flat_map(|question| {
                let answers = question.answers.iter().flat_map(|answer| &answer.hint);
                question.hint.iter().chain(answers)
            });
            let outcomes = triage.outcomes.iter().flat_map(|outcome| &outcome.text);
            triage.intro.iter().chain(questions).chain(outcomes)
        });
        let settings = self.run_by.iter();
        settings.chain(guides).chain(checklist).chain(triage)
    }
}
