//! Stores that something else has written into.

#![no_main]
#![allow(dead_code, reason = "each target asks for some of the promises")]

#[path = "../../tests/it/promise.rs"]
mod promise;

use std::sync::OnceLock;

use tempfile::TempDir;

static FOLDER: OnceLock<TempDir> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().unwrap());
    promise::opening(folder.path(), bytes);
});
