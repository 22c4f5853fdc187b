//! Rebuilds the crate when a file of the vocabulary is added, changed or removed.

fn main() {
    println!("cargo:rerun-if-changed=gazetteer");
    println!("cargo:rerun-if-changed=build.rs");
}
