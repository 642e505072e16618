//! Holds the files that are made from the loader's structs to those structs.

mod checklist_vectors;
mod schemas;
