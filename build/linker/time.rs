//! The words that dates are made of.

#[path = "../../src/linker/time/words.rs"]
mod words;

pub(super) use words::{TimeFile, Words};
