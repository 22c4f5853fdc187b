//! Every reader: the first byte chooses the format or lets it be told by content, `ENTENTE_FUZZ_FORMAT` chooses one for all.
//! What is read is tagged and linked too.

#![no_main]
#![allow(dead_code, reason = "each target asks for some of the promises")]

#[path = "../../tests/it/promise.rs"]
mod promise;
mod quiet;

libfuzzer_sys::fuzz_target!(init: quiet::parsers(), |bytes: &[u8]| {
    let Some((format, bytes)) = bytes.split_first() else {
        return;
    };
    let chosen = std::env::var("ENTENTE_FUZZ_FORMAT").unwrap_or_default();
    let chosen = entente::read::INPUTS.iter().find(|input| input.id == chosen);
    for document in promise::reading(chosen.or_else(|| promise::format_of(*format)), bytes) {
        if document.text.len() < 4_000 {
            promise::extracting(&document);
        }
    }
});
