//! What the exporters write.

use entente::export::FORMATS;

use crate::graph_sample;

/// Writes the sample for `tests/readback/readback.py`, with the counts it must find.
#[test]
#[ignore = "writes files into the folder that ENTENTE_SAMPLE names"]
fn write_sample() {
    let folder = std::path::PathBuf::from(std::env::var("ENTENTE_SAMPLE").unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let graph = graph_sample::graph();
    for format in FORMATS {
        let path = folder.join(format.file);
        entente::export::write_atomically(&path, |out| format.write(&graph, out)).unwrap();
    }
}
