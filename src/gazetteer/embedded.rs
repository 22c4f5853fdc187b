//! The built-in vocabulary: compiled at build time (`build/main.rs`), and the files it was made from,
//! which are needed when a user's folders add to it.

use std::borrow::Cow;
use std::path::Path;

use super::files::{self, SourceFile};
use crate::error::Problems;

/// The compiled vocabulary.
pub(super) static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// Inner path and text of every file it was made from, sorted by path.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/gazetteer_files.rs"));

fn builtin() -> Vec<SourceFile> {
    let file = |&(inside, text): &(&str, &'static str)| SourceFile {
        path: format!("gazetteer/{inside}"),
        inside: inside.to_owned(),
        text: Cow::Borrowed(text),
        layer: 0,
    };
    FILES.iter().map(file).collect()
}

/// The files of the user's folders.
pub(super) fn own(own: &[impl AsRef<Path>], problems: &mut Problems) -> Vec<SourceFile> {
    let mut all = Vec::new();
    for (i, dir) in own.iter().enumerate() {
        all.extend(files::folder(dir.as_ref(), i + 1, problems));
    }
    all
}

/// The built-in files and those of the user's folders, which add or override.
pub(super) fn builtin_and(
    folders: &[impl AsRef<Path>],
    problems: &mut Problems,
) -> Vec<SourceFile> {
    let mut all = builtin();
    all.extend(own(folders, problems));
    all
}

/// The files of one folder; what it lacks of the ontology and the languages comes from the built-in ones.
pub(super) fn only(dir: &Path, problems: &mut Problems) -> Vec<SourceFile> {
    let own = files::folder(dir, 1, problems);
    let mut all = builtin();
    let ontology = own.iter().any(|file| file.inside == "schema.toml");
    all.retain(|file| {
        (file.inside == "schema.toml" && !ontology) || file.inside.starts_with("lang/")
    });
    all.extend(own);
    all
}
