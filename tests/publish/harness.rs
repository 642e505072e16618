//! A temporary folder for one test, and sites to write to it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use regain::testing::OutPath;
use regain::testing::up_to_date;
use regain::testing::{Diagnostic, Diagnostics, Error};
use regain::testing::{FileDigest, Files, MANIFEST, Manifest, Output, Written, write};

/// `site/content`, `site/themes` and room for `site/public`.
pub(crate) struct Space {
    /// Deleted with the value, where it is ours to delete.
    folder: Option<tempfile::TempDir>,
    root: PathBuf,
}

impl Space {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut space = Self::at(folder.path());
        space.folder = Some(folder);
        space
    }

    /// The same in a folder that is there already.
    pub(crate) fn at(folder: &Path) -> Self {
        let root = folder.join("site");
        fs::create_dir_all(root.join("content")).expect("a content folder");
        fs::create_dir_all(root.join("themes")).expect("a theme folder");
        fs::write(root.join("content/index.md"), "# Home\n").expect("a page");
        Self { folder: None, root }
    }

    /// A path below `site/`.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.path("public")
    }

    /// Writes a site to `site/public`.
    pub(crate) fn publish(&self, site: &Output) -> Result<Written, Error> {
        self.publish_to("public", site)
    }

    /// Writes a site elsewhere below `site/`.
    pub(crate) fn publish_to(&self, target: &str, site: &Output) -> Result<Written, Error> {
        write(&InMemory(site), &self.path(target), &self.sources())
    }

    /// What is already in `site/public`, if it is the site of this build.
    pub(crate) fn up_to_date(&self, id: &str) -> Option<Written> {
        up_to_date(&self.target(), &self.sources(), id).expect("a readable folder")
    }

    fn sources(&self) -> [PathBuf; 3] {
        [self.root.clone(), self.path("content"), self.path("themes")]
    }

    /// Everything below `site/public`.
    pub(crate) fn published(&self) -> BTreeMap<String, Thing> {
        things(&self.target())
    }

    /// Names beside the output that a build should have cleared away.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        things(&self.root)
            .into_keys()
            .filter(|path| path.starts_with(".public"))
            .collect()
    }

    #[track_caller]
    pub(crate) fn assert_no_leftovers(&self) {
        assert_eq!(self.leftovers(), Vec::<String>::new());
    }
}

/// What is at a path; links are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Thing {
    File(Vec<u8>),
    Folder,
    Link(PathBuf),
}

impl Thing {
    pub(crate) fn text(text: &str) -> Self {
        Self::File(text.as_bytes().to_vec())
    }
}

/// Everything below a folder by its path.
pub(crate) fn things(folder: &Path) -> BTreeMap<String, Thing> {
    walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(|entry| {
            let entry = entry.expect("a readable folder");
            let below = entry.path().strip_prefix(folder).expect("a path below");
            let thing = if entry.path_is_symlink() {
                Thing::Link(fs::read_link(entry.path()).expect("a link"))
            } else if entry.file_type().is_dir() {
                Thing::Folder
            } else {
                Thing::File(fs::read(entry.path()).expect("a readable file"))
            };
            (below.to_string_lossy().into_owned(), thing)
        })
        .collect()
}

/// Which file is at a path and when it was last changed.
pub(crate) fn identity(path: &Path) -> (u64, i64, i64) {
    let facts = fs::symlink_metadata(path).expect("something there");
    (facts.ino(), facts.mtime_nsec(), facts.mtime())
}

/// A site whose files are all there already.
struct InMemory<'a>(&'a Output);

impl Files for InMemory<'_> {
    fn paths(&self) -> Vec<&OutPath> {
        let paths = self.0.keys().filter(|path| path.as_str() != MANIFEST);
        paths.collect()
    }

    fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic> {
        Ok(self.0.get(path).map(Arc::clone))
    }

    fn manifest(&self, files: BTreeMap<OutPath, FileDigest>) -> Vec<u8> {
        let own = self.0.get(MANIFEST).map(|bytes| bytes.to_vec());
        own.unwrap_or_else(|| Manifest::new(files, None).text())
    }
}

/// What [`site`] says it was made from.
pub(crate) const MADE_FROM: &str = "5eed";

/// A site of these files, with its manifest.
pub(crate) fn site(files: &[(&str, &str)]) -> Output {
    let mut site = Output::default();
    for (path, text) in files {
        let path = OutPath::new(*path).expect("a good path");
        site.insert(path, text.as_bytes().into());
    }
    let entries = site
        .iter()
        .map(|(path, bytes)| (path.clone(), FileDigest::of(bytes)));
    let listed = Manifest::new(entries.collect(), Some(MADE_FROM)).text();
    let name = OutPath::new(MANIFEST).expect("a good path");
    site.insert(name, listed.into());
    site
}

/// A site of many pages which all say `word`, one of them only there when the word has an odd length.
pub(crate) fn large_site(word: &str, pages: usize) -> Output {
    let mut files: Vec<_> = (0..pages)
        .map(|page| {
            (
                format!("part-{}/page-{page}/index.html", page % 7),
                page_text(word),
            )
        })
        .collect();
    if word.len() % 2 == 1 {
        files.push(("odd/index.html".to_owned(), page_text(word)));
    }
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    site(&files)
}

/// Long enough that half a page would be noticed.
pub(crate) fn page_text(word: &str) -> String {
    format!("{}\n", [word].repeat(2000).join(" "))
}

/// What a folder holds once the site is written there and nothing else is.
pub(crate) fn expected(site: &Output) -> BTreeMap<String, Thing> {
    let mut expected = BTreeMap::new();
    for (path, bytes) in site {
        let path = path.as_str();
        expected.insert(path.to_owned(), Thing::File(bytes.to_vec()));
        for (at, _) in path.match_indices('/') {
            expected.insert(path[..at].to_owned(), Thing::Folder);
        }
    }
    expected
}

/// The warning of a written site.
pub(crate) fn warning(done: &Written) -> Vec<String> {
    messages(&done.warning().into_iter().collect())
}

fn messages(problems: &Diagnostics) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{}: {}", problem.code, problem.message))
        .collect()
}

/// The messages of a refused site.
#[track_caller]
pub(crate) fn refusals(result: Result<Written, Error>) -> Vec<String> {
    match result {
        Err(Error::Site(problems)) => messages(&problems),
        other => panic!("expected a refusal, got {other:?}"),
    }
}
