//! The part of `entente gazetteer check` that reads the sentences written for the rules.

use std::path::{Path, PathBuf};

use entente::gazetteer::{self, Gazetteer};
use entente::linker::LinkerError;
use entente::pipeline::{Examined, Held, Pipeline, examine};

use super::super::failure::Result;
use super::super::{session, term};

/// Reads the sentences of the vocabulary that is checked; it must be sound. Nothing if it has no rules.
pub(super) fn run(dir: Option<&Path>, own: &[PathBuf]) -> Result<Option<Examined>> {
    let loaded;
    let (gazetteer, files) = match dir {
        Some(dir) => {
            let Ok(only) = Gazetteer::from_dir(dir) else {
                return Ok(None);
            };
            loaded = only;
            (&loaded, gazetteer::example_files_of(dir))
        }
        None => (session::gazetteer(own)?, gazetteer::example_files(own)),
    };
    match Pipeline::new(gazetteer) {
        Ok(pipeline) => Ok(Some(examine(&pipeline, &files))),
        Err(LinkerError::NoRules) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// `examples: 180 of 230 claims read, 12 of 110 wrongly read`
pub(super) fn summary(examined: &Examined) -> String {
    let Held { held, of } = examined.says;
    let wrong = examined.not.of - examined.not.held;
    format!(
        "examples: {} of {} claims read, {} of {} wrongly read",
        term::grouped(held),
        term::grouped(of),
        term::grouped(wrong),
        term::grouped(examined.not.of)
    )
}
