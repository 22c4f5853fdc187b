//! Takes the bundle of the interactive page along, if it was made.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where `npm run bundle` puts it.
const FOLDER: &str = "src/report/web/dist";
const FILES: [&str; 1] = ["page.js"];

/// Copies the bundle to where the crate includes it from; an empty file stands for none.
pub(crate) fn embed() {
    // The folder, not the file: cargo runs a script each time if what it watches is not there.
    println!("cargo:rerun-if-changed={FOLDER}");
    println!("cargo:rerun-if-changed=build/page.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for file in FILES {
        let bundle = fs::read(Path::new(FOLDER).join(file)).unwrap_or_default();
        if let Err(error) = fs::write(out.join(file), bundle) {
            println!("cargo:error=failed to embed the page: {error}");
        }
    }
}
