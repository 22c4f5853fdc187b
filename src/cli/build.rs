//! `entente build`: documents to a graph in every format and a store, with a summary of one screen.

mod draft;
mod progress;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Instant, UNIX_EPOCH};

use entente::gazetteer::Gazetteer;
use entente::pipeline::Skipped;
use entente::query;
use entente::statement::Extraction;
use entente::store::{Journal, Store, StoreError};

use self::draft::{Draft, Place};
use self::progress::Progress;
use super::args::BuildArgs;
use super::ask::store_failure;
use super::failure::{Failure, Result};
use super::interrupt::Interrupt;
use super::session::Inputs;
use super::term::{self, plural};
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
    /// How many documents an earlier run had done.
    pub(crate) recalled: usize,
}

/// Reads, extracts, merges and writes.
pub(crate) fn run(args: &BuildArgs, own: &[PathBuf]) -> Result<Outcome> {
    let started = Instant::now();
    let pipeline = session::pipeline(own)?;
    let inputs = Inputs::list(&args.inputs.input, &args.inputs.reading)?;
    let place = Place::new(&args.out)?;
    let journal = place.journal(&key(pipeline.gazetteer()))?;
    let draft = Draft::new(&place, &journal)?;
    let interrupt = Interrupt::listen()?;
    let mut collector = Collector {
        store: Store::create(&draft.path(STORE)).map_err(store_failure)?,
        least: args.sure.min_confidence,
        batch: Vec::new(),
        tally: Tally::default(),
    };
    collector.tally.skipped = inputs.skipped;
    let mut progress = Progress::new(&inputs.sources, &inputs.meter);
    let mut stored = Ok(());
    let jobs = usize::from(args.inputs.jobs);
    pipeline.run_kept(jobs, &inputs.sources, &journal, |result| {
        progress.advance();
        stored = collector.take(result);
        if stored.is_ok() && !interrupt.is_asked() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    progress.end();
    stored.map_err(store_failure)?;
    if interrupt.is_asked() {
        return stopped(&journal);
    }
    let (store, mut tally) = collector.finish().map_err(store_failure)?;
    tally.recalled = journal.recalled();
    if tally.languages.is_empty() {
        return Err(nothing_read(&tally.skipped));
    }
    let graph = ask::graph_of(&store, pipeline.gazetteer())?;
    let answers = query::everything(&graph)?;
    store.finish_with(&graph, &answers).map_err(store_failure)?;
    let files = draft.finish(&graph)?;
    journal.discard();
    summary::print(&tally, &graph, &args.out, &files, started.elapsed())?;
    Ok(session::outcome(tally.languages.len(), tally.skipped.len()))
}

/// What an earlier run has kept counts for the same program with the same vocabulary.
fn key(gazetteer: &Gazetteer) -> String {
    let program = std::env::current_exe().and_then(|path| path.metadata());
    let of_program = program.and_then(|file| Ok((file.len(), file.modified()?)));
    let of_program = of_program.map_or((0, 0), |(length, written)| {
        let since = written.duration_since(UNIX_EPOCH).unwrap_or_default();
        (length, since.as_nanos())
    });
    let version = env!("CARGO_PKG_VERSION");
    format!("{version} {of_program:?} {}", gazetteer.fingerprint())
}

/// Takes what comes of each document.
struct Collector {
    store: Store,
    /// The confidence that claims must have.
    least: Option<f64>,
    batch: Vec<Extraction>,
    tally: Tally,
}

impl Collector {
    fn take(
        &mut self,
        result: std::result::Result<std::result::Result<Extraction, StoreError>, Skipped>,
    ) -> std::result::Result<(), StoreError> {
        match result {
            Ok(extraction) => {
                let mut extraction = extraction?;
                if let Some(least) = self.least {
                    extraction.keep_sure(least);
                }
                let language = extraction.document.language.clone();
                *self.tally.languages.entry(language).or_default() += 1;
                self.batch.push(extraction);
            }
            Err(skipped) => self.tally.skipped.push(skipped),
        }
        if self.batch.len() >= BATCH {
            self.store.add(&std::mem::take(&mut self.batch))?;
        }
        Ok(())
    }

    fn finish(mut self) -> std::result::Result<(Store, Tally), StoreError> {
        self.store.add(&self.batch)?;
        self.store.find_copies()?;
        Ok((self.store, self.tally))
    }
}

/// Says what is kept of a run that somebody ended.
fn stopped(journal: &Journal) -> Result<Outcome> {
    let mut to = term::stderr();
    let done = plural(journal.done(), "document is", "documents are");
    writeln!(
        to,
        "stopped: {done} done and kept, and nothing was written yet"
    )?;
    let hint = term::styled(term::HINT, "hint:");
    writeln!(to, "{hint} the same command goes on from there")?;
    Ok(Outcome::Stopped)
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
