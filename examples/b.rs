#![allow(missing_docs, clippy::all, clippy::pedantic)]
use regain::pipeline::*;
fn main() {
    let mut memory = Memory::default();
    let o = BuildOptions {
        root: std::env::args().nth(1).unwrap().into(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: jiff::civil::date(2026, 9, 30),
    };
    let b = build(&o, &mut memory).unwrap();
    eprintln!(
        "{}",
        regain::diagnostic::human(&b.diagnostics.sorted(), false)
    );
    if let Some(out) = b.output {
        let d = std::path::PathBuf::from(std::env::args().nth(2).unwrap());
        for (p, bytes) in out.iter() {
            let f = d.join(p.as_str());
            std::fs::create_dir_all(f.parent().unwrap()).unwrap();
            std::fs::write(f, &bytes[..]).unwrap();
        }
    }
}
