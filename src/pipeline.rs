//! From documents to extractions: the only module that knows the order of the steps.
//!
//! ```text
//! reader -> [bounded queue] -> tag, link, assemble (N threads) -> put back in order -> sink
//! ```
//!
//! The sink sees documents in the order of the reader whatever the number of threads, and no more
//! than a few of them are in memory at a time.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::linker::{Linker, LinkerError};
use crate::mention::{EntityId, Tagged};
use crate::read::{self, ReadError, Source};
use crate::statement::{DocumentInfo, EntityRecord, Extraction, MentionRecord, Statement};
use crate::tagger;

/// Documents in flight per thread: enough that no thread waits for the reader, few enough for any memory.
const IN_FLIGHT: usize = 8;

/// The steps with the vocabulary they need.
#[derive(Debug, Clone)]
pub struct Pipeline<'g> {
    gazetteer: &'g Gazetteer,
    linker: Linker<'g>,
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
        Self { reason: error.to_string(), place: error.place, hint: error.hint }
    }
}

impl<'g> Pipeline<'g> {
    /// A pipeline over a vocabulary and its rules; an error if the rules are wrong.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self, LinkerError> {
        Ok(Self { gazetteer, linker: Linker::new(gazetteer)? })
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
        let tagged = tagger::tag(document, self.gazetteer);
        let statements = self.linker.link(document, &tagged);
        assemble(document, &tagged, statements, self.gazetteer)
    }

    /// The entities one document names, with every mention.
    pub fn tag(&self, document: &Document) -> Vec<EntityRecord> {
        assemble(document, &tagger::tag(document, self.gazetteer), Vec::new(), self.gazetteer).entities
    }

    /// Everything every document says, in the order of the sources; `sink` may end the run early.
    pub fn run<S>(&self, jobs: usize, sources: &[Source], sink: S)
    where
        S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| sources.iter().try_for_each(|source| read_source(source, put));
        run(jobs, &|document| self.extract(document), read, sink);
    }

    /// The same for documents that are at hand, without reading.
    pub fn run_documents<S>(&self, jobs: usize, documents: Vec<Document>, sink: S)
    where
        S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
    {
        let read = |put: &mut Put<'_>| documents.into_iter().try_for_each(|document| put(Ok(document)));
        run(jobs, &|document| self.extract(document), read, sink);
    }
}

/// Where a reader puts documents; it says when nobody wants more.
type Put<'p> = dyn FnMut(Result<Document, Skipped>) -> ControlFlow<()> + 'p;

/// Reads one source; a defect of a reader costs the rest of this source only.
fn read_source(source: &Source, put: &mut Put<'_>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let mut sink = |document: Result<Document, ReadError>| {
        if flow.is_continue() {
            flow = put(document.map_err(Skipped::from));
        }
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| read::read(source, &mut sink)));
    match outcome {
        Ok(()) => flow,
        Err(panic) => put(Err(broken(source.place(), panic.as_ref()))),
    }
}

type Numbered<T> = (usize, T);

fn run<R, S>(jobs: usize, step: &(dyn Fn(&Document) -> Extraction + Sync), read: R, mut sink: S)
where
    R: FnOnce(&mut Put<'_>) -> ControlFlow<()> + Send,
    S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
{
    let jobs = jobs.max(1);
    let capacity = jobs * IN_FLIGHT;
    // A document takes a permit before it is queued and gives it back when the sink has seen it:
    // so one slow document cannot make those behind it pile up.
    let (permit, permits) = sync_channel::<()>(capacity);
    let (queue, queued) = sync_channel(capacity);
    let (results, ready) = sync_channel(capacity);
    let queued = Mutex::new(queued);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (queued, results) = (&queued, results.clone());
            scope.spawn(move || work(step, queued, &results));
        }
        scope.spawn(move || feed(read, &permit, &queue));
        drop(results);
        in_order(&ready, &permits, &mut sink);
        // Both ends are dropped here, so that threads still busy after an early end stop at their next hand-over.
        drop((ready, permits));
    });
}

/// Numbers what the reader hands over and queues it.
fn feed<R>(read: R, permit: &SyncSender<()>, queue: &SyncSender<Numbered<Result<Document, Skipped>>>)
where
    R: FnOnce(&mut Put<'_>) -> ControlFlow<()>,
{
    let mut number = 0;
    let _ = read(&mut |item| {
        // A closed channel means that nobody wants more.
        if permit.send(()).is_err() || queue.send((number, item)).is_err() {
            return ControlFlow::Break(());
        }
        number += 1;
        ControlFlow::Continue(())
    });
}

fn work(
    step: &(dyn Fn(&Document) -> Extraction + Sync),
    queued: &Mutex<Receiver<Numbered<Result<Document, Skipped>>>>,
    results: &SyncSender<Numbered<Result<Extraction, Skipped>>>,
) {
    loop {
        let next = queued.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { break };
        let result = item.and_then(|document| {
            catch_unwind(AssertUnwindSafe(|| step(&document))).map_err(|panic| broken(&document.id, panic.as_ref()))
        });
        if results.send((number, result)).is_err() {
            break;
        }
    }
}

/// Hands results to the sink by number.
fn in_order<S>(ready: &Receiver<Numbered<Result<Extraction, Skipped>>>, permits: &Receiver<()>, sink: &mut S)
where
    S: FnMut(Result<Extraction, Skipped>) -> ControlFlow<()>,
{
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, result) in ready {
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&next) {
            next += 1;
            if sink(result).is_break() {
                return;
            }
            // The permit was taken before the document was queued, so one is there.
            let _ = permits.recv();
        }
    }
}

/// A defect of the program, told as a skipped document.
fn broken(place: &str, panic: &(dyn Any + Send)) -> Skipped {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Skipped {
        place: place.to_owned(),
        reason: format!("a defect of entente ({words})"),
        hint: String::from("report it with this document, please"),
    }
}

/// Puts what the steps found into the form that files carry.
fn assemble(document: &Document, tagged: &Tagged, statements: Vec<Statement>, gazetteer: &Gazetteer) -> Extraction {
    let mut mentions = vec![Vec::new(); tagged.entities.len()];
    for mention in &tagged.mentions {
        if let Some(list) = mentions.get_mut(mention.entity) {
            list.push(MentionRecord {
                text: document.slice(mention.span).to_owned(),
                span: document.char_span(mention.span),
                found_by: mention.found_by,
            });
        }
    }
    let mut entities: Vec<EntityRecord> = tagged
        .entities
        .iter()
        .zip(mentions)
        .filter(|(_, mentions)| !mentions.is_empty())
        .map(|(entity, mentions)| record(&entity.id, entity.name.clone(), mentions))
        .collect();
    entities.sort_by_key(|entity| entity.mentions.first().map(|m| m.span));
    let unseen = only_in_statements(&entities, &statements);
    entities.extend(unseen.into_iter().map(|id| {
        let name = name_of(&id, tagged, gazetteer);
        record(&id, name, Vec::new())
    }));
    Extraction { document: info(document), entities, statements }
}

/// Entities that statements name though the text only stands for them (a known minister's state).
fn only_in_statements(entities: &[EntityRecord], statements: &[Statement]) -> BTreeSet<EntityId> {
    let mut named: BTreeSet<EntityId> = statements
        .iter()
        .flat_map(|s| s.subjects.iter().chain(&s.objects).chain(&s.about).chain(&s.speaker))
        .cloned()
        .collect();
    for entity in entities {
        named.remove(&entity.id);
    }
    named
}

fn name_of(id: &EntityId, tagged: &Tagged, gazetteer: &Gazetteer) -> String {
    let tagged = tagged.entities.iter().find(|e| e.id == *id).map(|e| e.name.clone());
    tagged
        .or_else(|| gazetteer.lookup(id.as_str()).map(|ix| gazetteer.entity(ix).label.clone()))
        .unwrap_or_else(|| id.slug().to_owned())
}

fn record(id: &EntityId, name: String, mentions: Vec<MentionRecord>) -> EntityRecord {
    EntityRecord { kind: id.kind().to_owned(), known: id.is_known(), id: id.clone(), name, mentions }
}

fn info(document: &Document) -> DocumentInfo {
    let mut hash = blake3::Hasher::new();
    hash.update(document.source.as_bytes()).update(b"\0").update(document.text.as_bytes());
    DocumentInfo {
        id: document.id.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        date: document.date,
        language: document.language.clone(),
        hash: hash.finalize().to_hex().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty(document: &Document) -> Extraction {
        Extraction { document: info(document), entities: Vec::new(), statements: Vec::new() }
    }

    fn numbered(count: usize) -> impl FnOnce(&mut Put<'_>) -> ControlFlow<()> + Send {
        move |put| (0..count).try_for_each(|n| put(Ok(Document::new(n.to_string(), "", "x"))))
    }

    #[test]
    fn documents_keep_their_order() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            // Early documents take longest.
            let step = |document: &Document| {
                let number: u64 = document.id.parse().unwrap_or_default();
                thread::sleep(std::time::Duration::from_micros(200u64.saturating_sub(number)));
                empty(document)
            };
            run(jobs, &step, numbered(300), |result| {
                seen.push(result.unwrap().document.id);
                ControlFlow::Continue(())
            });
            assert!(seen.iter().enumerate().all(|(at, id)| *id == at.to_string()), "{jobs} jobs: {seen:?}");
            assert_eq!(seen.len(), 300);
        }
    }

    #[test]
    fn a_panic_in_a_step_skips_the_document() {
        let step = |document: &Document| {
            assert_ne!(document.id, "2", "no twos");
            empty(document)
        };
        let mut skipped = Vec::new();
        run(2, &step, numbered(5), |result| {
            skipped.extend(result.err().map(|s| s.place));
            ControlFlow::Continue(())
        });
        assert_eq!(skipped, ["2"]);
    }

    #[test]
    fn the_sink_can_end_the_run() {
        let mut seen = 0;
        run(2, &empty, numbered(10_000), |_| {
            seen += 1;
            if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, 3);
    }
}
