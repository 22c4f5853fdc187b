//! Writes a graph as files that other programs read.

pub use crate::atomic::{FileError, write_atomically};
