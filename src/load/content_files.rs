//! The files of `content/`, sorted by kind and read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::guides::GuideCache;
use super::{guides, tables, text, toml_file, walk};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::{ContentPath, OutPath, nfc};
use crate::markdown::{Options, Prose};
use crate::site::{Parts, Synonyms, Table};
use crate::source::{Location, Source};

/// What is copied beside the guides.
const COPIED: [&str; 11] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "pdf", "txt", "csv",
];

/// The files of `content/`, sorted by kind.
#[derive(Debug, Default)]
pub(super) struct ContentFiles {
    tables: BTreeMap<Table, Arc<Source>>,
    /// Decoded later, in parallel.
    pages: Vec<(ContentPath, walk::FileBytes)>,
    files: BTreeMap<OutPath, Arc<[u8]>>,
    forms: BTreeMap<ContentPath, Arc<Source>>,
}

impl ContentFiles {
    pub(super) fn sort(content: walk::Files, diagnostics: &mut Diagnostics) -> Self {
        let mut sorted = Self::default();
        for (name, file) in content {
            sorted.add(ContentPath::new(name), file, diagnostics);
        }
        sorted
    }

    fn add(&mut self, path: ContentPath, file: walk::FileBytes, diagnostics: &mut Diagnostics) {
        let extension = path.as_str().rsplit_once('.').map_or("", |(_, end)| end);
        match extension.to_ascii_lowercase().as_str() {
            "md" if extension == "md" => self.pages.push((path, file)),
            "yml" | "yaml" => {
                let source = text::source(&path.source_path(), file.into_vec(), diagnostics);
                self.forms.extend(source.map(|source| (path, source)));
            }
            end if COPIED.contains(&end) => {
                let path = OutPath::new(nfc(path.as_str()));
                self.files
                    .extend(path.map(|path| (path, file.into_vec().into())));
            }
            _ => match Table::named(path.as_str()) {
                Some(table) => {
                    let source = text::source(&path.source_path(), file.into_vec(), diagnostics);
                    self.tables.extend(source.map(|source| (table, source)));
                }
                None => diagnostics.push(not_content(&path)),
            },
        }
    }

    pub(super) fn table(&self, table: Table) -> Option<&Arc<Source>> {
        self.tables.get(&table)
    }

    /// Reads pages and tables.
    pub(super) fn parse(
        self,
        config: Config,
        options: &Options,
        cache: &mut GuideCache,
        diagnostics: &mut Diagnostics,
    ) -> Parts {
        let table = |table| self.tables.get(&table);
        let links = tables::links(table(Table::Links), diagnostics);
        let checklist = table(Table::Checklist)
            .and_then(|source| tables::checklist(source, &links, options, diagnostics));
        let triage =
            table(Table::Triage).and_then(|source| tables::triage(source, options, diagnostics));
        let synonyms = table(Table::Synonyms)
            .and_then(|source| toml_file::read(source, options, diagnostics))
            .map_or_else(Vec::new, |synonyms: Synonyms| synonyms.groups);
        let expectations = table(Table::Expect)
            .map(|source| tables::expectations(source, diagnostics))
            .unwrap_or_default();
        let run_by = config.service.as_ref();
        let run_by = run_by.and_then(|service| service.run_by.clone());
        let run_by = run_by.map(|text| Prose::new(text, options, diagnostics));
        let is_partial = |table: &Table| {
            let path = ContentPath::new(table.name()).source_path();
            tables::is_partial(&path, diagnostics)
        };
        let partial_tables = Table::ALL.into_iter().filter(is_partial).collect();
        Parts {
            guides: guides::guides(self.pages, options, cache, diagnostics),
            config,
            run_by,
            links: links.by_name,
            checklist,
            triage,
            synonyms,
            expectations,
            files: self.files,
            forms: self.forms,
            tables: self.tables.into_values().collect(),
            partial_tables,
        }
    }
}

fn not_content(path: &ContentPath) -> Diagnostic {
    let hint = match nearest(path.as_str(), Table::ALL.map(Table::name)) {
        Some(near) => format!("did you mean `content/{near}`?"),
        None => format!(
            "pages end in `.md`; copied are: {}. Templates, styles and scripts belong in a theme",
            COPIED.join(", ")
        ),
    };
    let message = "a file of this kind is neither a page nor copied beside one";
    Diagnostic::error(Code::NotContent, message)
        .at(Location::start_of(&Source::new(path.source_path(), "")))
        .hint(hint)
}
