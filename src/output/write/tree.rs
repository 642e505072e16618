//! The wanted site as nested folders.
//!
//! In: files by path. Out: the same by folder, or the paths that cannot all be.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::OutPath;

/// A folder of the wanted site; a file is its bytes, or what they must be.
#[derive(Debug)]
pub(super) struct Tree<'a, F = &'a [u8]>(pub(super) BTreeMap<&'a str, Wanted<'a, F>>);

/// What shall stand at a name.
#[derive(Debug)]
pub(super) enum Wanted<'a, F = &'a [u8]> {
    File(F),
    Folder(Tree<'a, F>),
}

impl<'a, F> Tree<'a, F> {
    /// Sorts the files into folders; a path that would be both is a problem of the site.
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

    /// Whether there was room for it.
    fn add(&mut self, path: &'a str, file: F) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut here = self;
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            let inner = here
                .0
                .entry(folder)
                .or_insert_with(|| Wanted::Folder(Self(BTreeMap::new())));
            match inner {
                Wanted::Folder(inner) => here = inner,
                Wanted::File(_) => return false,
            }
        }
        here.0.insert(name, Wanted::File(file)).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_where_a_folder_must_be_is_named() {
        let paths = ["a", "a.b", "a/b", "c/d"].map(|path| OutPath::new(path).expect("a good path"));
        let problems = Tree::of(paths.iter().map(|path| (path, ()))).expect_err("a clash");
        let messages: Vec<_> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["`a/b` needs a folder where the site has a file"]);
    }
}
