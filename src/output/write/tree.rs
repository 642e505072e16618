//! The wanted site as nested folders.
//!
//! In: the ordered map of files. Out: the same by folder, or the paths that cannot all be.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::output::Output;

/// A folder of the wanted site.
#[derive(Debug, Default)]
pub(super) struct Tree<'a>(pub(super) BTreeMap<&'a str, Wanted<'a>>);

/// What shall stand at a name.
#[derive(Debug)]
pub(super) enum Wanted<'a> {
    File(&'a [u8]),
    Folder(Tree<'a>),
}

impl<'a> Tree<'a> {
    /// Sorts the files into folders; a path that would be both is a problem of the site.
    pub(super) fn of(output: &'a Output) -> Result<Self, Diagnostics> {
        let mut tree = Self::default();
        let mut problems = Diagnostics::default();
        for (path, bytes) in output.iter() {
            if !tree.add(path.as_str(), bytes) {
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
    fn add(&mut self, path: &'a str, bytes: &'a [u8]) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut here = self;
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            let inner = here
                .0
                .entry(folder)
                .or_insert_with(|| Wanted::Folder(Tree::default()));
            match inner {
                Wanted::Folder(inner) => here = inner,
                Wanted::File(_) => return false,
            }
        }
        here.0.insert(name, Wanted::File(bytes)).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OutPath;

    #[test]
    fn a_file_where_a_folder_must_be_is_named() {
        let mut output = Output::default();
        for path in ["a", "a.b", "a/b", "c/d"] {
            output.insert(OutPath::new(path).expect("a good path"), *b"");
        }
        let problems = Tree::of(&output).expect_err("a clash");
        let messages: Vec<_> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["`a/b` needs a folder where the site has a file"]);
    }
}
