//! How long a build and a save take, beside a program that does only what every generator with a search must.
//!
//! `cargo bench --bench build` measures 1, 100, 1,000 and 10,000 pages; `cargo bench --bench build -- 50` other sizes.
//! Machines differ, so what counts is the ratio to the floor in the same run, and that the time for each page stays the
//! same as sites grow. `-- write 1000 DIR` only writes such a site, for a profiler.

mod floor;
mod measure;
mod pages;
mod save;
mod stages;
mod table;
mod words;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use measure::{Cost, measure};
use table::{Row, print_head, print_rows};

/// A single page, a usual site, a large one, and one larger than any help site.
const SIZES: [usize; 4] = [1, 100, 1_000, 10_000];

/// The best of a few runs: what else the machine does only ever adds.
const RUNS: usize = 5;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["floor", from, to] => floor::run(Path::new(from), Path::new(to)),
        ["write", size, root] => pages::write(Path::new(root), size.parse()?).map(drop),
        ["measure", ..] => measure::in_this_process(&arguments[1..]),
        // `cargo test --all-targets` starts benchmarks too, without the flag.
        _ if !words.contains(&"--bench") => Ok(()),
        _ => compare(&sizes(&arguments)),
    }
}

/// The numbers among the arguments; cargo adds a flag of its own.
fn sizes(arguments: &[String]) -> Vec<usize> {
    let named: Vec<_> = arguments
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    if named.is_empty() {
        SIZES.to_vec()
    } else {
        named
    }
}

fn compare(sizes: &[usize]) -> Outcome<()> {
    let space = workspace()?;
    print_head(space.path());
    for &size in sizes {
        let root = space.path().join(format!("site-{size}"));
        let bytes = pages::write(&root, size)?;
        let bench = Bench {
            root: &root,
            output: space.path().join("output"),
        };
        let rows = [
            bench.floor()?,
            bench.first_build()?,
            bench.rebuild("nothing changed", |_| Ok(()))?,
            bench.rebuild("one page changed", |run| {
                pages::touch(&root, size, run).map(drop)
            })?,
        ];
        print_rows(size, bytes, &rows);
        bench.clear()?;
        table::print_stages(&stages::times(&root, &bench.output, RUNS)?);
        table::print_save(save::latency(&root, size)?);
        fs::remove_dir_all(&root)?;
    }
    Ok(())
}

/// A memory file system where there is one, so that the disk is not what is measured.
fn workspace() -> Outcome<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("regain-bench-");
    Ok(if memory.is_dir() {
        builder.tempdir_in(memory)?
    } else {
        builder.tempdir()?
    })
}

/// One site and where it is built.
struct Bench<'a> {
    root: &'a Path,
    output: PathBuf,
}

impl Bench<'_> {
    fn floor(&self) -> Outcome<Row> {
        let program = std::env::current_exe()?;
        let arguments = [
            "floor".as_ref(),
            self.root.as_os_str(),
            self.output.as_os_str(),
        ];
        let cost = best(|_| {
            self.clear()?;
            measure(&program, &arguments)
        })?;
        Ok(Row::new("floor: read, parse, index", cost))
    }

    fn first_build(&self) -> Outcome<Row> {
        let cost = best(|_| {
            self.clear()?;
            self.regain()
        })?;
        let index = bytes_below(&self.output.join("assets/search"))?;
        Ok(Row::new("regain: first build", cost).with_index(index))
    }

    fn rebuild(&self, what: &str, change: impl Fn(usize) -> Outcome<()>) -> Outcome<Row> {
        self.clear()?;
        self.regain()?;
        let cost = best(|run| {
            change(run)?;
            self.regain()
        })?;
        Ok(Row::new(&format!("regain: {what}"), cost))
    }

    fn regain(&self) -> Outcome<Cost> {
        let program = Path::new(env!("CARGO_BIN_EXE_regain"));
        let arguments = [
            "build".as_ref(),
            "--root".as_ref(),
            self.root.as_os_str(),
            "--output".as_ref(),
            self.output.as_os_str(),
        ];
        measure(program, &arguments)
    }

    fn clear(&self) -> Outcome<()> {
        if self.output.exists() {
            fs::remove_dir_all(&self.output)?;
        }
        Ok(())
    }
}

fn best(mut run: impl FnMut(usize) -> Outcome<Cost>) -> Outcome<Cost> {
    let mut best = run(0)?;
    for number in 1..RUNS {
        best = best.better(&run(number)?);
    }
    Ok(best)
}

fn bytes_below(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let facts = entry?.metadata()?;
        if facts.is_file() {
            sum += facts.len();
        }
    }
    Ok(sum)
}
