//! From documents to extractions: the only module that knows the order of the steps.
//!
//! ```text
//! reader -> [bounded queue] -> tag, link, assemble (N threads) -> put back in order -> sink
//! ```
//!
//! The sink sees documents in the order of the reader whatever the number of threads, and no more
//! than a few of them are in memory at a time.

mod assemble;
mod examples;
mod queue;

use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use self::assemble::{assemble, content, info, sketch};
pub use self::examples::{Examined, Held, examine};
use self::queue::{Put, broken, run};
use crate::document::Document;
use crate::gazetteer::{Gazetteer, Suggestions};
use crate::graph::voice;
use crate::linker::{Explained, Linker, LinkerError, Measured, Model, Observed};
use crate::packed::Packed;
use crate::read::{self, ReadError, Source};
use crate::statement::{EntityRecord, Extraction};
use crate::store::{Journal, StoreError};
use crate::tagger::Tagger;
use crate::text::sentence::Habits;

/// The steps with the vocabulary they need.
#[derive(Debug, Clone)]
pub struct Pipeline<'g> {
    gazetteer: &'g Gazetteer,
    tagger: Tagger<'g>,
    linker: Linker<'g>,
    /// Whether extractions carry what a text is known by among its copies.
    sketches: bool,
}

/// A document that gave nothing, and why. The run goes on without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// File, with `:line` where a line is to blame, or the document's id.
    pub place: String,
    /// What is wrong: lower case, no full stop.
    pub reason: String,
    /// What to do about it; empty if nothing is known to help.
    pub hint: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl From<ReadError> for Skipped {
    fn from(error: ReadError) -> Self {
        Self {
            reason: error.to_string(),
            place: error.place,
            hint: error.hint,
        }
    }
}

impl<'g> Pipeline<'g> {
    /// A pipeline over a vocabulary and its rules; an error if the rules are wrong.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self, LinkerError> {
        Ok(Self {
            gazetteer,
            tagger: Tagger::new(gazetteer),
            linker: Linker::new(gazetteer)?,
            sketches: true,
        })
    }

    /// The same without looking at what tells copies of a text; for extractions that no store keeps.
    #[must_use]
    pub fn without_sketches(self) -> Self {
        Self {
            sketches: false,
            ..self
        }
    }

    /// The same with another model of the linker.
    ///
    /// # Errors
    /// A rules file that cannot be read.
    pub fn with_model(self, model: Model) -> Result<Self, LinkerError> {
        let linker = Linker::with_model(self.gazetteer, model)?;
        Ok(Self { linker, ..self })
    }

    /// The vocabulary.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// The step that makes statements.
    pub fn linker(&self) -> &Linker<'g> {
        &self.linker
    }

    /// Everything one document says.
    pub fn extract(&self, document: &Document) -> Extraction {
        let tagged = self.tagger.tag(document);
        let statements = self.linker.link(document, &tagged);
        let mut extraction = assemble(document, &tagged, statements, self.gazetteer);
        if self.sketches {
            extraction.document.sketch = sketch(document);
        }
        extraction
    }

    /// The entities one document names, with every mention.
    pub fn tag(&self, document: &Document) -> Vec<EntityRecord> {
        assemble(
            document,
            &self.tagger.tag(document),
            Vec::new(),
            self.gazetteer,
        )
        .entities
    }

    /// What one document names and the vocabulary lacks.
    pub fn suggest(&self, document: &Document) -> Suggestions {
        let tagged = self.tagger.tag(document);
        let none = Habits::default();
        let habits = self.linker.habits(&document.language).unwrap_or(&none);
        let voice = voice(&info(document));
        Suggestions::of(self.gazetteer, document, &tagged, &voice, habits)
    }

    /// The entities of one document and the linker's candidates with all it observed about them.
    pub fn observe(&self, document: &Document) -> (Vec<EntityRecord>, Vec<Observed>) {
        let tagged = self.tagger.tag(document);
        let observed = self.linker.observe(document, &tagged);
        let extraction = assemble(document, &tagged, Vec::new(), self.gazetteer);
        (extraction.entities, observed)
    }

    /// The entities of one document and what it shows as a whole, in numbers.
    pub fn measure(&self, document: &Document) -> (Vec<EntityRecord>, Measured) {
        let tagged = self.tagger.tag(document);
        let measured = self.linker.measure(document, &tagged);
        let extraction = assemble(document, &tagged, Vec::new(), self.gazetteer);
        (extraction.entities, measured)
    }

    /// How every sentence of one document is read, and why.
    pub fn explain(&self, document: &Document) -> Explained {
        self.linker.explain(document, &self.tagger.tag(document))
    }

    /// Everything every document says, in the order of the sources; `sink` may end the run early.
    pub fn run<S>(&self, jobs: usize, sources: &[Source], sink: S)
    where
        S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
    {
        self.run_as(jobs, sources, |extraction| extraction, sink);
    }

    /// As [`Pipeline::run`], but the threads that made an extraction also make of it what `sink` sees.
    pub fn run_as<T, M, S>(&self, jobs: usize, sources: &[Source], make: M, sink: S)
    where
        T: Send,
        M: Fn(Extraction) -> T + Sync,
        S: FnMut(Result<T, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| {
            sources
                .iter()
                .try_for_each(|source| read_source(source, put))
        };
        run(
            jobs,
            patience(sources),
            &|document| make(self.extract(document)),
            read,
            sink,
        );
    }

    /// As [`Pipeline::run`], but what `journal` has from an earlier run is taken from there, and what is new
    /// is kept in it before `sink` sees it. A journal that cannot be read or written is told to `sink`.
    /// The threads make of each extraction what `sink` sees.
    pub fn run_kept<T, M, S>(
        &self,
        jobs: usize,
        sources: &[Source],
        journal: &Journal,
        make: M,
        sink: S,
    ) where
        T: Send,
        M: Fn(Extraction, Packed) -> T + Sync,
        S: FnMut(Result<Result<T, StoreError>, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| {
            sources
                .iter()
                .try_for_each(|source| read_source(source, put))
        };
        let step = |document: &Document| {
            let content = content(document);
            if let Some(known) = journal.recall(&content)? {
                let packed = Packed::of(&known);
                return Ok(make(known, packed));
            }
            let extraction = self.extract(document);
            let packed = Packed::of(&extraction);
            journal.keep(&content, &packed)?;
            Ok(make(extraction, packed))
        };
        run(jobs, patience(sources), &step, read, sink);
    }

    /// What every document names and the vocabulary lacks, in the order of the sources.
    pub fn run_suggest<S>(&self, jobs: usize, sources: &[Source], sink: S)
    where
        S: FnMut(Result<Suggestions, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| {
            sources
                .iter()
                .try_for_each(|source| read_source(source, put))
        };
        run(
            jobs,
            patience(sources),
            &|document| self.suggest(document),
            read,
            sink,
        );
    }

    /// As [`Pipeline::run`] for documents that are at hand, without reading.
    pub fn run_documents<S>(&self, jobs: usize, documents: Vec<Document>, sink: S)
    where
        S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| {
            documents
                .into_iter()
                .try_for_each(|document| put(Ok(document)))
        };
        run(
            jobs,
            Duration::MAX,
            &|document| self.extract(document),
            read,
            sink,
        );
    }
}

/// How long one document of these may take.
fn patience(sources: &[Source]) -> Duration {
    sources.first().map_or(Duration::MAX, Source::patience)
}

/// Reads one source; a defect of a reader costs the rest of this source only.
fn read_source(source: &Source, put: &mut Put<'_>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    source.want(true);
    let mut sink = |document: Result<Document, ReadError>| {
        if flow.is_continue() {
            flow = put(document.map_err(Skipped::from));
            // A file may be long: its reader shall not go on to the end for nobody.
            source.want(flow.is_continue());
        }
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| read::read(source, &mut sink)));
    match outcome {
        Ok(()) => flow,
        Err(panic) => put(Err(broken(source.place(), panic.as_ref()))),
    }
}
