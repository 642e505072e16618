//! Files on disk → values.
//!
//! In: the folder of a site. Out: its settings, guides, tables and theme, and a diagnostic for everything in them that
//! cannot be read. `check` decides whether the values make sense together.

mod content_files;
mod front;
mod guides;
mod input_digest;
mod named_file;
mod strings;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod theme_manifest;
mod toml_file;
mod walk;

use std::path::Path;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::ids::ContentPath;
use crate::markdown::{Options, Passages};
use crate::site::{Parts, Table};
use crate::source::{Location, Source};
use crate::theme::Theme;

pub use guides::GuideCache;
pub use input_digest::InputDigest;
pub use named_file::{parse_checklist, read_checklist, read_source};
pub use walk::FileCache;

use content_files::ContentFiles;

/// The files of a site in memory; only `site.toml` has been read.
#[derive(Debug)]
pub struct SiteFiles {
    content: ContentFiles,
    theme: walk::Files,
    config: Config,
    digest: InputDigest,
}

/// A site as it is in its files.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The content, drafts included.
    pub parts: Parts,
    /// The theme.
    pub theme: Theme,
    /// The digest of the files.
    pub digest: InputDigest,
}

/// Reads and parses the site below `root`.
///
/// Errors: as [`SiteFiles::read`].
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Result<Option<Loaded>, Error> {
    let files = SiteFiles::read(root, None, diagnostics)?;
    let mut cache = GuideCache::default();
    Ok(files.and_then(|files| files.parse(Passages::Skipped, &mut cache, diagnostics)))
}

impl SiteFiles {
    /// Reads every file of the site below `root`, or takes it from the cache. `None` if `site.toml` cannot be read, so
    /// that the theme is not known.
    ///
    /// Errors: [`Error::Usage`] if there is no folder `content/`.
    pub fn read(
        root: &Path,
        mut cache: Option<&mut FileCache>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, Error> {
        if !root.join("content").is_dir() {
            return Err(Error::Usage(format!(
                "{} has no folder `content`\nhint: run this in a site's folder, choose one \
                 with `--root DIR`, or make one with `regain init DIR`",
                root.display()
            )));
        }
        let content = walk::folder(root, "content", cache.as_deref_mut(), diagnostics);
        let tables = Table::ALL.into_iter();
        let folders = tables.filter(|table| root.join("content").join(table.name()).is_dir());
        diagnostics.extend(folders.map(table_is_folder));
        let digest = InputDigest::default().with("content", &content);
        let content = ContentFiles::sort(content, diagnostics);
        let settings = content.table(Table::Site).cloned();
        let settings = settings.unwrap_or_else(|| Source::new("content/site.toml", ""));
        let config = toml_file::read(&settings, &Options::default(), diagnostics);
        let Some(config): Option<Config> = config else {
            return Ok(None);
        };
        let theme = format!("themes/{}", config.theme.value);
        let theme = walk::folder(root, &theme, cache, diagnostics);
        Ok(Some(Self {
            digest: digest.with("theme", &theme),
            content,
            theme,
            config,
        }))
    }

    /// The digest of the files.
    pub fn digest(&self) -> &InputDigest {
        &self.digest
    }

    /// Parses the files. `None` if the theme cannot be used.
    pub fn parse(
        self,
        passages: Passages,
        cache: &mut GuideCache,
        diagnostics: &mut Diagnostics,
    ) -> Option<Loaded> {
        let theme = theme::theme(&self.config, &self.theme, diagnostics)?;
        let options = Options {
            raw_html: self.config.markdown.raw_html,
            strings: theme.markdown_strings(),
            passages,
        };
        Some(Loaded {
            parts: self
                .content
                .parse(self.config, &options, cache, diagnostics),
            theme,
            digest: self.digest,
        })
    }
}

fn table_is_folder(table: Table) -> Diagnostic {
    let path = ContentPath::new(table.name());
    Diagnostic::error(Code::NotAFile, "must be a file, not a folder")
        .at(Location::start_of(&Source::new(path.source_path(), "")))
        .hint("rename the folder")
}
