//! How the time of a build splits among its stages, measured within one process.

use std::path::Path;
use std::time::{Duration, Instant};

use regain::testing::{BuildCache, BuildOptions, Drafts, Sources, write};

use crate::Outcome;

/// The stages in their order, with the best time of a few runs for each.
pub(crate) fn times(
    root: &Path,
    output: &Path,
    runs: usize,
) -> Outcome<Vec<(&'static str, Duration)>> {
    let mut best = once(root, output)?;
    for _ in 1..runs {
        for (best, (_, time)) in best.iter_mut().zip(once(root, output)?) {
            best.1 = best.1.min(time);
        }
    }
    Ok(best)
}

fn once(root: &Path, output: &Path) -> Outcome<Vec<(&'static str, Duration)>> {
    let options = BuildOptions {
        root: root.to_owned(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: jiff::civil::date(2026, 10, 1),
    };
    let mut times = Vec::new();
    let mut last = Instant::now();
    let mut stage =
        |name| times.push((name, std::mem::replace(&mut last, Instant::now()).elapsed()));
    let sources = Sources::read(&options).map_err(|error| format!("{error:?}"))?;
    stage("read");
    let checked = sources.check(&mut BuildCache::default());
    stage("parse and check");
    let index = checked.index();
    stage("index");
    let (files, _) = checked.render_with(|| index);
    let files = files.ok_or("the site has errors")?;
    write(&files, output, &[]).map_err(|error| format!("{error:?}"))?;
    stage("render and write");
    std::fs::remove_dir_all(output)?;
    Ok(times)
}
