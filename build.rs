//! Rebuilds the crate when a file of the vocabulary is added, changed or removed; takes the page along.

#[path = "build/page.rs"]
mod page;

fn main() {
    page::embed();
    println!("cargo:rerun-if-changed=gazetteer");
    println!("cargo:rerun-if-changed=build.rs");
}
