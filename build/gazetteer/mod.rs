//! The loader of `src/gazetteer` without what only the program needs.

#[path = "../../src/gazetteer/blob/mod.rs"]
mod blob;
#[path = "../../src/gazetteer/date.rs"]
mod date;
#[path = "../../src/gazetteer/entity.rs"]
mod entity;
#[path = "../../src/gazetteer/files.rs"]
mod files;
#[path = "../../src/gazetteer/fold.rs"]
mod fold;
#[path = "../../src/gazetteer/inflect.rs"]
mod inflect;
#[path = "../../src/gazetteer/language.rs"]
mod language;
#[path = "../../src/gazetteer/lexicon/mod.rs"]
mod lexicon;
#[path = "../../src/gazetteer/load.rs"]
mod load;
#[path = "../../src/gazetteer/names.rs"]
mod names;
#[path = "../../src/gazetteer/offices.rs"]
mod offices;
#[path = "../../src/gazetteer/rows.rs"]
mod rows;
#[path = "../../src/gazetteer/sections.rs"]
mod sections;
#[path = "../../src/gazetteer/table.rs"]
mod table;
#[path = "../../src/gazetteer/vocabulary.rs"]
mod vocabulary;

use std::path::Path;

pub(crate) use files::SourceFile;

use crate::error::Problems;

/// The files of the built-in vocabulary.
pub(crate) fn files(folder: &Path) -> Result<Vec<SourceFile>, Problems> {
    let mut problems = Problems::new();
    let files = files::folder(folder, 0, &mut problems);
    problems.or(files)
}

/// The vocabulary in the form in which it is used.
pub(crate) fn compile(files: &[SourceFile]) -> Result<Vec<u8>, Problems> {
    let (vocabulary, problems) = load::load(files, Problems::new());
    problems.or(())?;
    Ok(blob::write(&vocabulary))
}
