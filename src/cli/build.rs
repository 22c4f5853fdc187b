//! `entente build`: documents to a graph in every format and a store, with a summary of one screen.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use entente::atomic;
use entente::export::{FORMATS, Options};
use entente::graph::Graph;
use entente::pipeline::Skipped;
use entente::query;
use entente::statement::Extraction;
use entente::store::Store;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::BuildArgs;
use super::ask::store_failure;
use super::export::file_failure;
use super::failure::{Failure, Result};
use super::session::Inputs;
use super::term::plural;
use super::{Outcome, ask, session, summary};

/// Documents added to the store at a time.
const BATCH: usize = 256;
/// The store's file in the folder of a build.
pub(crate) const STORE: &str = "entente.db";

/// What a run has seen so far.
#[derive(Default)]
pub(crate) struct Tally {
    /// Documents by language.
    pub(crate) languages: BTreeMap<String, usize>,
    /// What gave nothing, and why.
    pub(crate) skipped: Vec<Skipped>,
}

/// Reads, extracts, merges and writes.
pub(crate) fn run(args: &BuildArgs, own: &[PathBuf]) -> Result<Outcome> {
    let started = Instant::now();
    let pipeline = session::pipeline(own)?;
    let inputs = Inputs::list(&args.inputs.input, &args.inputs.reading)?;
    let draft = Draft::new(&args.out)?;
    let mut store = Store::create(&draft.path(STORE)).map_err(store_failure)?;
    let mut tally = Tally {
        skipped: inputs.skipped,
        ..Tally::default()
    };
    let bar = progress(inputs.sources.len());
    let mut batch: Vec<Extraction> = Vec::new();
    let mut stored = Ok(());
    pipeline.run(usize::from(args.inputs.jobs), &inputs.sources, |result| {
        advance(&bar);
        match result {
            Ok(mut extraction) => {
                if let Some(least) = args.sure.min_confidence {
                    extraction.keep_sure(least);
                }
                *tally
                    .languages
                    .entry(extraction.document.language.clone())
                    .or_default() += 1;
                batch.push(extraction);
            }
            Err(skipped) => tally.skipped.push(skipped),
        }
        if batch.len() >= BATCH {
            stored = store.add(&std::mem::take(&mut batch)).map(drop);
        }
        if stored.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    stored
        .and_then(|()| store.add(&batch).map(drop))
        .map_err(store_failure)?;
    bar.finish_and_clear();
    if tally.languages.is_empty() {
        return Err(nothing_read(&tally.skipped));
    }
    store.find_copies().map_err(store_failure)?;
    let graph = ask::graph_of(&store, pipeline.gazetteer())?;
    let answers = query::everything(&graph)?;
    store.finish_with(&graph, &answers).map_err(store_failure)?;
    let files = draft.finish(&graph)?;
    summary::print(&tally, &graph, &args.out, &files, started.elapsed())?;
    Ok(session::outcome(tally.languages.len(), tally.skipped.len()))
}

fn nothing_read(skipped: &[Skipped]) -> Failure {
    let reasons: Vec<String> = skipped
        .iter()
        .map(|s| format!("\n  {}", s.reason))
        .collect();
    let documents = plural(skipped.len(), "input was", "inputs were");
    let failure = Failure::new(format!(
        "failed to build: {documents} skipped and nothing is left{}",
        reasons.concat()
    ));
    skipped
        .iter()
        .filter(|s| !s.hint.is_empty())
        .take(1)
        .fold(failure, |failure, s| failure.hint(&s.hint))
}

/// A bar on a terminal, nothing anywhere else.
fn progress(sources: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(sources as u64);
    let template = "Reading, tagging, linking [{bar:24}] {pos}/{len}  {per_sec}  {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("##-"));
    }
    bar
}

/// One document more; a file may hold several, so the end may move.
fn advance(bar: &ProgressBar) {
    bar.inc(1);
    if bar.length().is_some_and(|length| length < bar.position()) {
        bar.set_length(bar.position());
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(format!("failed to write {}: {error}", session::shown(path)));
    match atomic::io_hint(error) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// The files of a build in a folder beside their place, until all of them are whole.
struct Draft {
    out: PathBuf,
    /// Whether `out` was made for this build and goes if it fails.
    new: bool,
    dir: tempfile::TempDir,
}

impl Draft {
    fn new(out: &Path) -> Result<Self> {
        let failed = |error: io::Error| cannot_write(out, &error);
        if out.exists() && !out.is_dir() {
            let message = format!(
                "failed to write {}: expected a folder, but found a file",
                session::shown(out)
            );
            return Err(Failure::new(message).hint("name a folder with `--out DIR`"));
        }
        let new = !out.exists();
        fs::create_dir_all(out).map_err(failed)?;
        let dir = tempfile::Builder::new()
            .prefix(".entente-")
            .tempdir_in(out)
            .map_err(|error| {
                if new {
                    // Only an empty folder goes.
                    let _ = fs::remove_dir(out);
                }
                failed(error)
            })?;
        Ok(Self {
            out: out.to_owned(),
            new,
            dir,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes the graph in every format, then moves all files to their place.
    fn finish(mut self, graph: &Graph) -> Result<Vec<&'static str>> {
        let mut files = Vec::new();
        for format in FORMATS.iter().filter(|format| format.build) {
            let path = self.path(format.file);
            let options = Options::default();
            atomic::write_atomically(&path, |to| format.write(graph, options, to))
                .map_err(file_failure)?;
            files.push(format.file);
        }
        files.push(STORE);
        for name in &files {
            let place = self.out.join(name);
            fs::rename(self.path(name), &place).map_err(|error| cannot_write(&place, &error))?;
        }
        self.new = false;
        Ok(files)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.new {
            // What was written so far is of no use; the folder goes only if nothing else is in it.
            let _ = fs::remove_dir_all(self.dir.path());
            let _ = fs::remove_dir(&self.out);
        }
    }
}
