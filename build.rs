//! Writes the table of the default theme's files, so that adding one needs no other edit, and the
//! digest of regain's own sources, by which it knows the sites it made itself.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let theme = root.join("themes").join("default");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=REGAIN_SOURCES={}", sources(&root)?);
    let mut names = Vec::new();
    collect(&theme, "", &mut names)?;
    names.sort();
    let mut table = String::from("&[\n");
    for name in names {
        let path = theme.join(&name);
        let _ = writeln!(
            table,
            "    ({name:?}, include_bytes!({:?})),",
            path.display().to_string()
        );
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("default_theme.rs"), table)
}

/// A digest of everything that decides what a built site looks like, the versions of the libraries
/// among it. The same sources have the same one on every machine.
fn sources(root: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for folder in ["src", "themes/default"] {
        collect(&root.join(folder), &format!("{folder}/"), &mut names)?;
    }
    names.sort();
    let mut digest = Sha256::new();
    let mut add = |name: &str, bytes: &[u8]| {
        digest.update(format!("{name:?} {}\n", bytes.len()));
        digest.update(bytes);
    };
    for name in names {
        add(&name, &fs::read(root.join(&name))?);
    }
    let versions = root.join("Cargo.lock");
    println!("cargo::rerun-if-changed={}", versions.display());
    // A library's users have a lock file of their own.
    add("Cargo.lock", &fs::read(versions).unwrap_or_default());
    let mut text = String::new();
    for byte in digest.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

fn collect(folder: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{below}{name}/"), names)?;
        } else {
            names.push(format!("{below}{name}"));
        }
    }
    Ok(())
}
