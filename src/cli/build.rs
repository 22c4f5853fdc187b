//! `entente build`: documents to a graph in every format and a store, with a summary of one screen.

mod draft;
mod progress;
mod words;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;
use std::time::{Instant, UNIX_EPOCH};

use entente::export::passages;
use entente::gazetteer::Gazetteer;
use entente::graph::{Graph, SlimBuilder, SlimOrder};
use entente::packed::Packed;
use entente::pipeline::Skipped;
use entente::query;
use entente::statement::Extraction;
use entente::store::{Journal, Store, StoreError};

use self::draft::{Draft, Place};
use self::progress::Progress;
use self::words::Words;
use super::args::BuildArgs;
use super::ask::store_failure;
use super::failure::{Failure, Result};
use super::interrupt::Interrupt;
use super::session::Inputs;
use super::term::{self, plural};
use super::{Outcome, session, summary};

/// Documents added to the store at a time.
const BATCH: usize = 64;
/// The store's file in the folder of a build.
pub(crate) const STORE: &str = "entente.db";

/// What a document says, the same as a store takes it, and the words of its claims.
struct Kept {
    extraction: Extraction,
    packed: Packed,
    words: Vec<u8>,
}

impl Kept {
    /// Takes of an extraction what is sure enough.
    fn new(mut extraction: Extraction, mut packed: Packed, least: Option<f64>) -> Self {
        if let Some(least) = least {
            extraction.keep_sure(least);
            packed = Packed::of(&extraction);
        }
        let words = passages(&extraction);
        Self {
            extraction,
            packed,
            words,
        }
    }
}

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
        gathered: Gathered::new(&draft)?,
        batch: Vec::new(),
        tally: Tally::default(),
    };
    collector.tally.skipped = inputs.skipped;
    let mut progress = Progress::new(&inputs.sources, &inputs.meter);
    let mut stored = Ok(());
    let jobs = usize::from(args.inputs.jobs);
    let make = |extraction, packed| Kept::new(extraction, packed, args.sure.min_confidence);
    pipeline.run_kept(jobs, &inputs.sources, &journal, make, |result| {
        progress.advance();
        stored = collector.take(result);
        if stored.is_ok() && !interrupt.is_asked() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    progress.end();
    stored?;
    if interrupt.is_asked() {
        return stopped(&journal);
    }
    let gazetteer = pipeline.gazetteer();
    // What its threads remember of words is not needed any more, and the graph needs the room.
    drop(pipeline);
    let (tally, graph) = write(collector, &journal, &draft, gazetteer)?;
    let files = draft.place()?;
    journal.discard();
    summary::print(&tally, &graph, &args.out, &files, started.elapsed())?;
    Ok(session::outcome(tally.languages.len(), tally.skipped.len()))
}

/// Ends the store and writes all files; what was seen and the graph of it.
fn write(
    collector: Collector,
    journal: &Journal,
    draft: &Draft,
    gazetteer: &Gazetteer,
) -> Result<(Tally, Graph)> {
    let (mut store, gathered, mut tally) = collector.finish()?;
    tally.recalled = journal.recalled();
    if tally.languages.is_empty() {
        return Err(nothing_read(&tally.skipped));
    }
    let (graph, order, mut words) = gathered.graph(&mut store, draft, gazetteer)?;
    // What the store keeps of the graph and the other files have nothing to do with each other.
    let (stored, written) = thread::scope(|scope| {
        let written = scope.spawn(|| draft.write(&graph, &order, &mut words));
        (keep(store, &graph), written.join())
    });
    stored?;
    written.unwrap_or_else(|panic| resume_unwind(panic))?;
    Ok((tally, graph))
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

/// Writes a store with what its graph says.
fn keep(store: Store, graph: &Graph) -> Result<()> {
    let answers = query::everything(graph)?;
    store.finish_with(graph, &answers).map_err(store_failure)
}

/// What becomes the graph, and the words that it does not hold.
struct Gathered {
    graph: SlimBuilder,
    words: Words,
    /// Whether a document took the place of another, which is still in here.
    stale: bool,
}

impl Gathered {
    fn new(draft: &Draft) -> Result<Self> {
        Ok(Self {
            graph: SlimBuilder::default(),
            words: draft.words()?,
            stale: false,
        })
    }

    fn add(&mut self, extraction: &Extraction, words: &[u8]) -> Result<()> {
        self.graph.add(extraction);
        Ok(self.words.push(words)?)
    }

    /// The graph of what the store has.
    fn graph(
        mut self,
        store: &mut Store,
        draft: &Draft,
        gazetteer: &Gazetteer,
    ) -> Result<(Graph, SlimOrder, Words)> {
        store.find_copies().map_err(store_failure)?;
        if self.stale {
            self = Self::new(draft)?;
            for extraction in store.extractions().map_err(store_failure)? {
                let extraction = extraction.map_err(store_failure)?;
                self.add(&extraction, &passages(&extraction))?;
            }
        }
        let stories = store.stories().map_err(store_failure)?;
        let mut words = self.words;
        let sentences = |order: &SlimOrder| words.sentences(order);
        let (graph, order) = self.graph.finish(&stories, gazetteer.schema(), sentences)?;
        Ok((graph, order, words))
    }
}

/// Takes what comes of each document.
struct Collector {
    store: Store,
    gathered: Gathered,
    batch: Vec<Kept>,
    tally: Tally,
}

impl Collector {
    fn take(
        &mut self,
        result: std::result::Result<std::result::Result<Kept, StoreError>, Skipped>,
    ) -> Result<()> {
        match result {
            Ok(kept) => {
                let kept = kept.map_err(store_failure)?;
                let language = kept.extraction.document.language.clone();
                *self.tally.languages.entry(language).or_default() += 1;
                self.batch.push(kept);
            }
            Err(skipped) => self.tally.skipped.push(skipped),
        }
        if self.batch.len() >= BATCH {
            self.store()?;
        }
        Ok(())
    }

    /// Stores what was collected.
    fn store(&mut self) -> Result<()> {
        let batch = self.batch.iter();
        let batch = batch.map(|kept| (&kept.extraction, &kept.packed)).collect();
        let entered = self.store.add_packed(batch).map_err(store_failure)?;
        self.gathered.stale |= entered.added.replaced > 0;
        for at in entered.places {
            if let Some(kept) = self.batch.get(at) {
                self.gathered.add(&kept.extraction, &kept.words)?;
            }
        }
        self.batch.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(Store, Gathered, Tally)> {
        self.store()?;
        Ok((self.store, self.gathered, self.tally))
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
