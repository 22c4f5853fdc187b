//! What most commands need first: the vocabulary, the rules and the list of inputs.

use std::path::{Path, PathBuf};

use entente::error::Problems;
use entente::gazetteer::Gazetteer;
use entente::pipeline::{Pipeline, Skipped};
use entente::read::{self, Meter, Source};
use etcetera::BaseStrategy as _;

use super::Outcome;
use super::args::ReadingArgs;
use super::failure::{Failure, Result};
use super::term::plural;

/// Problems of the vocabulary that an error shows.
const PROBLEMS: usize = 5;

/// The built-in vocabulary, or with the user's own on top.
pub(crate) fn gazetteer(own: &[PathBuf]) -> Result<&'static Gazetteer> {
    if own.is_empty() {
        return Gazetteer::builtin().map_err(broken_vocabulary);
    }
    let loaded = match cache() {
        Some(cache) => Gazetteer::load_cached(own, &cache),
        None => Gazetteer::load(own),
    };
    let loaded = loaded.map_err(|problems| broken_vocabulary(&problems))?;
    // Loaded once and used until the end, as the built-in one.
    Ok(Box::leak(Box::new(loaded)))
}

/// Where the compiled vocabularies of the user are kept.
fn cache() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.cache_dir().join("entente"))
}

fn broken_vocabulary(problems: &Problems) -> Failure {
    let shown: Vec<String> = problems
        .iter()
        .take(PROBLEMS)
        .map(|problem| problem.to_string().replace('\n', "\n  "))
        .collect();
    let count = plural(problems.len(), "problem", "problems");
    let failure = Failure::new(format!(
        "failed to load the vocabulary: {count}\n  {}",
        shown.join("\n  ")
    ));
    if problems.len() > PROBLEMS {
        failure.hint("`entente gazetteer check` lists them all")
    } else {
        failure
    }
}

/// The steps, ready to run.
pub(crate) fn pipeline(own: &[PathBuf]) -> Result<Pipeline<'static>> {
    Ok(Pipeline::new(gazetteer(own)?)?)
}

/// What there is to read.
#[derive(Debug)]
pub(crate) struct Inputs {
    /// Files in order of their ids.
    pub(crate) sources: Vec<Source>,
    /// What was named and cannot be read.
    pub(crate) skipped: Vec<Skipped>,
    /// How much of them was read.
    pub(crate) meter: Meter,
}

impl Inputs {
    /// Lists files and folders; that nothing at all can be read is an error.
    pub(crate) fn list(paths: &[PathBuf], how: &ReadingArgs) -> Result<Self> {
        let options = options(how).map_err(read_failure)?;
        let (sources, errors) = read::sources(paths, &options);
        if sources.is_empty() {
            return Err(nothing_to_read(paths, errors));
        }
        Ok(Self {
            sources,
            skipped: errors.into_iter().map(Skipped::from).collect(),
            meter: options.meter,
        })
    }
}

/// How to read, as it was typed.
fn options(how: &ReadingArgs) -> std::result::Result<read::Options, read::ReadError> {
    let format = how.input_format.as_deref();
    let mut options = format
        .map(read::Options::with_format)
        .transpose()?
        .unwrap_or_default();
    options.globs.clone_from(&how.glob);
    options.no_ignore = how.no_ignore;
    options.file_dates = how.file_dates;
    how.field
        .iter()
        .try_for_each(|setting| options.fields.set(setting))?;
    how.limit
        .iter()
        .try_for_each(|setting| options.limits.set(setting))?;
    Ok(options)
}

fn nothing_to_read(paths: &[PathBuf], errors: Vec<read::ReadError>) -> Failure {
    let Some(first) = errors.into_iter().next() else {
        let places: Vec<String> = paths.iter().map(|p| format!("`{}`", p.display())).collect();
        return Failure::new(format!(
            "failed to find documents: {} has none",
            places.join(", ")
        ));
    };
    read_failure(first)
}

/// An error of reading with its advice.
fn read_failure(error: read::ReadError) -> Failure {
    let hint = error.hint.clone();
    let failure = Failure::from(error);
    if hint.is_empty() {
        failure
    } else {
        failure.hint(hint)
    }
}

/// How a run ended that did some documents and skipped others.
pub(crate) fn outcome(done: usize, skipped: usize) -> Outcome {
    match (done, skipped) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::Nothing,
        _ => Outcome::Partly,
    }
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    format!("`{}`", path.display())
}
