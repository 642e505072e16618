//! One function for each kind of page.
//!
//! In: the site and a page. Out: its HTML. Triage and outcomes are in `triage`, the checklist in `checklist`.

use super::Renderer;
use super::context::{
    AddressGroup, AddressView, DayView, Frame, GuideView, OfficialPage, PageRef, PageView,
    RedirectPage, RedirectTarget, SearchPage, TocItem,
};
use super::linker::Linker;
use crate::diagnostic::Diagnostic;
use crate::ids::{OutPath, UrlPath};
use crate::site::{Guide, GuideKind, HostFile, Origin, Page};
use crate::theme::PageKind;

/// Headings of the second level a page needs before a table of contents helps.
const TOC_FROM: usize = 3;
/// The search page lists every page of a site up to this size; of a larger site it lists the top level, to stay
/// small.
const LISTED: usize = 100;

impl Renderer<'_> {
    /// A guide, a folder's page or the home page.
    pub(super) fn guide(&self, index: usize, linker: &Linker<'_>) -> Result<String, Diagnostic> {
        let guide = &*self.site.guides[index];
        let (kind, template) = match guide.kind {
            GuideKind::Home => (PageKind::Home, "home.html"),
            GuideKind::Section => (PageKind::Section, "section.html"),
            GuideKind::Page => (PageKind::Guide, "guide.html"),
        };
        let (previous, next) = self.neighbors(index, linker);
        let home = guide.kind == GuideKind::Home;
        let body = linker.document(&guide.document, &guide.source);
        let mut children = match guide.kind {
            GuideKind::Section => self.entries(&guide.url, linker),
            _ => Vec::new(),
        };
        // Pages that the text links to are not listed again.
        children.retain(|child| !body.contains(&format!("href=\"{}\"", child.href)));
        let view = GuideView {
            body,
            toc: toc(guide),
            needs: guide
                .meta
                .needs
                .iter()
                .map(|need| linker.prose(need))
                .collect(),
            takes: guide.meta.takes.as_ref().map(|takes| takes.value.clone()),
            reviewed: guide.meta.reviewed.as_ref().map(|day| DayView {
                iso: day.value.to_string(),
                text: day.value.to_string(),
            }),
            sources: guide
                .meta
                .sources
                .iter()
                .map(|one| linker.prose(one))
                .collect(),
            previous,
            next,
            children,
            paths: if home { self.paths(linker) } else { Vec::new() },
            question: home.then(|| self.first_question(linker)).flatten(),
        };
        let frame = self.frame(kind, guide.heading(), &guide.url, linker);
        self.templates.render_in(&frame, template, &view)
    }

    fn entries(&self, url: &UrlPath, linker: &Linker) -> Vec<PageRef<'_>> {
        let folder = self.site.tree.folder(url);
        folder
            .into_iter()
            .flat_map(|folder| &folder.entries)
            .map(|index| page_ref(&self.site.guides[*index], linker))
            .collect()
    }

    pub(super) fn edit(&self, guide: &Guide) -> Option<String> {
        let base = self.site.config.edit_url.as_ref()?;
        (guide.origin == Origin::File)
            .then(|| format!("{base}{}", crate::ids::encode_path(guide.file.as_str())))
    }

    /// The pages before and after this one in the order of its folder, which the folder's own page begins.
    fn neighbors(
        &self,
        index: usize,
        linker: &Linker,
    ) -> (Option<PageRef<'_>>, Option<PageRef<'_>>) {
        let guide = &self.site.guides[index];
        let Some((url, folder)) = self.site.tree.folder_of(guide) else {
            return (None, None);
        };
        if url == UrlPath::home() {
            return (None, None);
        }
        let at = self.site.tree.position(index);
        let (before, after) = if guide.is_folder() {
            (None, folder.entries.first().copied())
        } else {
            let before = at.checked_sub(1).map(|before| folder.entries[before]);
            (before.or(folder.index), folder.entries.get(at + 1).copied())
        };
        let near = |index: usize| {
            let page = &self.site.guides[index];
            PageRef {
                title: &page.title,
                href: linker.page(&page.url),
                ..PageRef::default()
            }
        };
        (before.map(near), after.map(near))
    }

    /// Top-level guides and folders, as the home page lists them.
    fn paths(&self, linker: &Linker) -> Vec<PageRef<'_>> {
        self.top
            .iter()
            .filter_map(|entry| match self.site.pages().get(&entry.url)? {
                Page::Guide(index) => Some(&self.site.guides[*index]),
                Page::Generated(_) => None,
            })
            .map(|guide| page_ref(guide, linker))
            .collect()
    }

    /// `/search/`
    pub(super) fn search_page(
        &self,
        frame: &Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let guides = &self.site.guides;
        let complete = guides.len() <= LISTED;
        let pages = if complete {
            let all = guides.iter().map(|guide| page_ref(guide, linker));
            all.collect()
        } else {
            let mut top = self.paths(linker);
            top.truncate(LISTED);
            top
        };
        let view = SearchPage { pages, complete };
        self.templates.render_in(frame, "search.html", &view)
    }

    /// `/official/`
    pub(super) fn official(&self, frame: &Frame<'_>) -> Result<String, Diagnostic> {
        let mut links: Vec<_> = self.site.links.iter().collect();
        links.sort_by_key(|(_, link)| link.location.span.start);
        let mut groups: Vec<AddressGroup> = Vec::new();
        for (name, link) in links {
            let address = AddressView {
                name: name.as_str(),
                title: &link.title,
                purpose: &link.purpose,
                url: link.url.strip_prefix("mailto:").unwrap_or(&link.url),
                href: &link.url,
                host: link.host(),
            };
            let title = link.group.as_deref();
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.addresses.push(address),
                None => groups.push(AddressGroup {
                    title,
                    addresses: vec![address],
                }),
            }
        }
        self.templates
            .render_in(frame, "official.html", &OfficialPage { groups })
    }

    /// `404.html`, which a host shows at any address.
    pub fn not_found(&self) -> Result<String, Diagnostic> {
        let linker = Linker::from_anywhere(self.site);
        let nowhere = UrlPath::of_parts([HostFile::NotFound.name()]);
        let title = self.theme.string("not_found_title");
        let mut frame = self.frame(PageKind::NotFound, title, &nowhere, &linker);
        frame.page.canonical = None;
        frame.breadcrumbs = Vec::new();
        self.templates.render("404.html", &frame)
    }

    /// A page at `from` that redirects to a heading of `to`, or to its top.
    pub fn redirect(
        &self,
        from: &OutPath,
        to: &UrlPath,
        fragment: Option<&str>,
    ) -> Result<String, Diagnostic> {
        let linker = Linker::from_file(self.site, from);
        let page = self.page_view(self.theme.string("redirect_title"), to);
        let view = RedirectPage {
            target: RedirectTarget {
                href: linker.location(to, fragment),
                absolute: page.canonical.clone(),
            },
            page: PageView {
                summary: None,
                ..page
            },
        };
        self.templates.render("redirect.html", &view)
    }
}

pub(super) fn page_ref<'f>(guide: &'f Guide, linker: &Linker) -> PageRef<'f> {
    PageRef {
        title: &guide.title,
        href: linker.page(&guide.url),
        summary: summary(guide),
        takes: guide.meta.takes.as_ref().map(|takes| takes.value.clone()),
    }
}

/// The summary as plain text, for attributes and lists.
pub(super) fn summary(guide: &Guide) -> Option<String> {
    let summary = guide.meta.summary.as_ref()?;
    Some(summary.document.plain_text().into_owned())
}

fn toc(guide: &Guide) -> Vec<TocItem<'_>> {
    let headings = &guide.document.headings;
    let parts = headings.iter().filter(|heading| heading.level == 2).count();
    if parts < TOC_FROM {
        return Vec::new();
    }
    headings
        .iter()
        .filter(|heading| heading.level <= 3)
        .map(|heading| TocItem {
            id: &heading.id,
            title: &heading.text,
            level: heading.level,
        })
        .collect()
}
