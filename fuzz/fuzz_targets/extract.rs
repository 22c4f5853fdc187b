//! The tagger and the linker.

#![no_main]
#![allow(dead_code, reason = "each target asks for some of the promises")]

#[path = "../../tests/it/promise.rs"]
mod promise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    promise::extracting(&entente::read::from_text("a", &text));
});
