//! The files of a site as nested folders.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::{Folder, Kind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::OutPath;
use crate::output::manifest::FileDigest;

/// A folder of a site. A file is its path, or its entry in a manifest.
#[derive(Debug)]
pub(super) struct FileTree<'a, F>(pub(super) BTreeMap<&'a str, Node<'a, F>>);

/// A file or folder of a site.
#[derive(Debug)]
pub(super) enum Node<'a, F> {
    File(F),
    Folder(FileTree<'a, F>),
}

impl<'a, F> FileTree<'a, F> {
    /// Sorts files into folders. A path that would be both is a problem of the site.
    pub(super) fn of(
        files: impl IntoIterator<Item = (&'a OutPath, F)>,
    ) -> Result<Self, Diagnostics> {
        let mut tree = Self(BTreeMap::new());
        let mut problems = Diagnostics::default();
        for (path, file) in files {
            if !tree.add(path.as_str(), file) {
                problems.push(
                    Diagnostic::error(
                        Code::OutputInTheWay,
                        format!("`{path}` needs a folder where the site has a file"),
                    )
                    .hint("rename one of the two pages or files"),
                );
            }
        }
        if problems.is_empty() {
            Ok(tree)
        } else {
            Err(problems)
        }
    }

    /// Adds a file; `false` if the site has a file where its folder must be.
    fn add(&mut self, path: &'a str, file: F) -> bool {
        match path.split_once('/') {
            None => self.0.insert(path, Node::File(file)).is_none(),
            Some((folder, rest)) => {
                let inner = self.0.entry(folder);
                match inner.or_insert_with(|| Node::Folder(Self(BTreeMap::new()))) {
                    Node::Folder(inner) => inner.add(rest, file),
                    Node::File(_) => false,
                }
            }
        }
    }

    /// Whether `name` is that of a compressed copy of a file in this folder.
    pub(super) fn has_original_of(&self, name: &OsStr) -> bool {
        let path = Path::new(name);
        let is_compressed = path
            .extension()
            .is_some_and(|end| end == "gz" || end == "br");
        let original = path.file_stem().and_then(OsStr::to_str);
        is_compressed && original.is_some_and(|name| self.0.contains_key(name))
    }
}

impl FileTree<'_, &FileDigest> {
    /// If `folder` contains every file of this tree as the manifest lists it, the compressed copies in
    /// there that are not ours. Whatever cannot be read counts as changed: the build that follows reports why.
    pub(super) fn intact(&self, folder: &Folder, at: &Path) -> Option<Vec<PathBuf>> {
        let entries = folder.entries().ok()?;
        let copies = entries.iter().filter(|entry| entry.kind == Kind::File);
        let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| self.0.contains_key(name));
        let copies = copies.map(|entry| entry.name.as_os_str());
        let copies = copies.filter(|name| self.has_original_of(name) && !is_ours(name));
        let mut copies: Vec<_> = copies.map(|name| at.join(name)).collect();
        let inner = self.0.par_iter().map(|(name, node)| {
            let name_in_folder = OsStr::new(name);
            match node {
                Node::Folder(inner) => {
                    inner.intact(&folder.enter(name_in_folder).ok()?, &at.join(name))
                }
                Node::File(entry) => {
                    let bytes = folder.read(name_in_folder, |size| size == entry.size);
                    entry.is(&bytes.ok()??).then(Vec::new)
                }
            }
        });
        for found in inner.collect::<Option<Vec<_>>>()? {
            copies.extend(found);
        }
        Some(copies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_where_a_folder_must_be_is_reported() {
        let paths = ["a", "a.b", "a/b", "c/d"].map(|path| OutPath::new(path).expect("a good path"));
        let problems = FileTree::of(paths.iter().map(|path| (path, ()))).expect_err("a clash");
        let messages: Vec<_> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["`a/b` needs a folder where the site has a file"]);
    }
}
