//! Answers given lately, so that a page asked for again costs one look into memory.
//!
//! In: whole answers of `http`, each under its request and the state it was asked in. Out: the same.
//! A new state makes all of them void. It asks nobody and knows nothing of pages.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of one kept answer at most; larger ones are rare and asked for seldom.
pub(super) const LARGEST: usize = 256 * 1024;

/// Answers kept at most, so that no client can fill the memory by asking in ever new ways. Past it
/// all go at once: an author's browser has a few dozen in use and will have asked again in no time.
const MOST: usize = 256;

/// Answers of one state.
#[derive(Debug, Default)]
pub(super) struct Recent {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    state: u64,
    answers: HashMap<String, Arc<Vec<u8>>>,
}

impl Recent {
    /// What was answered to this request in this state.
    pub(super) fn get(&self, state: u64, request: &str) -> Option<Arc<Vec<u8>>> {
        let kept = self.lock();
        (kept.state == state)
            .then(|| kept.answers.get(request).cloned())
            .flatten()
    }

    /// Keeps an answer asked for in `state`. It may be from a later one already; then nobody asks
    /// in `state` any more.
    pub(super) fn keep(&self, state: u64, request: String, answer: &Arc<Vec<u8>>) {
        let mut kept = self.lock();
        if answer.len() > LARGEST || state < kept.state {
            return;
        }
        if state > kept.state || kept.answers.len() >= MOST {
            kept.answers.clear();
        }
        kept.state = state;
        kept.answers.insert(request, Arc::clone(answer));
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Arc<Vec<u8>> {
        Arc::new(text.as_bytes().to_vec())
    }

    #[test]
    fn a_new_state_makes_old_answers_void() {
        let recent = Recent::default();
        recent.keep(1, "/".to_owned(), &bytes("old"));
        assert_eq!(recent.get(1, "/"), Some(bytes("old")));
        assert_eq!(recent.get(1, "/a/"), None);
        assert_eq!(recent.get(2, "/"), None);
        recent.keep(2, "/a/".to_owned(), &bytes("new"));
        assert_eq!(recent.get(2, "/"), None);
        recent.keep(1, "/".to_owned(), &bytes("late"));
        assert_eq!(recent.get(2, "/a/"), Some(bytes("new")));
        assert_eq!(recent.get(1, "/"), None);
    }

    #[test]
    fn memory_has_an_end() {
        let recent = Recent::default();
        recent.keep(1, "large".to_owned(), &Arc::new(vec![0; LARGEST + 1]));
        assert_eq!(recent.get(1, "large"), None);
        for number in 0..3 * MOST {
            recent.keep(1, number.to_string(), &bytes("x"));
            assert!(recent.lock().answers.len() <= MOST);
        }
    }
}
