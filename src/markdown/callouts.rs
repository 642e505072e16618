//! The types of callouts: what follows `> [!` in Markdown.

/// The types, in the order of `pulldown_cmark::BlockQuoteKind`, which fixes them.
pub const CALLOUTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
