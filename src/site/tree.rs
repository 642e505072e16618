//! Folders of guides and the order of what is in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Guide;
use crate::ids::UrlPath;

/// All folders by address; the root of `content/` is the home page's.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    folders: BTreeMap<UrlPath, Folder>,
    /// For each guide, its position among the entries of the folder above it.
    positions: Vec<usize>,
}

/// One folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The folder's own page, as an index into the site's guides.
    pub index: Option<usize>,
    /// Pages in it and pages of the folders in it, in order: by `order`, then by title.
    pub entries: Vec<usize>,
}

impl Tree {
    /// Sorts guides into their folders.
    pub(super) fn new(guides: &[Arc<Guide>]) -> Self {
        let mut folders: BTreeMap<UrlPath, Folder> = BTreeMap::new();
        for (index, guide) in guides.iter().enumerate() {
            if guide.is_folder() {
                folders.entry(guide.url.clone()).or_default().index = Some(index);
            }
            if guide.url != UrlPath::home() {
                let parent = folders.entry(guide.url.parent()).or_default();
                parent.entries.push(index);
            }
        }
        for folder in folders.values_mut() {
            folder.entries.sort_by_cached_key(|index| {
                let guide = &guides[*index];
                let order = guide.meta.order.unwrap_or(i64::MAX);
                (order, guide.title.to_lowercase(), guide.url.clone())
            });
        }
        let mut positions = vec![0; guides.len()];
        for folder in folders.values() {
            for (position, index) in folder.entries.iter().enumerate() {
                positions[*index] = position;
            }
        }
        Self { folders, positions }
    }

    /// The folder at an address.
    pub fn folder(&self, url: &UrlPath) -> Option<&Folder> {
        self.folders.get(url)
    }

    /// The position of a guide, by its index, among the entries of the folder above it.
    pub fn position(&self, guide: usize) -> usize {
        self.positions.get(guide).copied().unwrap_or(0)
    }

    /// The folder a guide is in: its own for the page of a folder.
    pub fn folder_of(&self, guide: &Guide) -> Option<(UrlPath, &Folder)> {
        let url = if guide.is_folder() {
            guide.url.clone()
        } else {
            guide.url.parent()
        };
        self.folders.get(&url).map(|folder| (url, folder))
    }
}
