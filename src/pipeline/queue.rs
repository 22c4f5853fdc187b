//! Threads that work on documents, and the order in which results leave them.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::Skipped;
use crate::clock;
use crate::document::Document;

/// Documents in flight per thread: enough that no thread waits for the reader, few enough for any memory.
const IN_FLIGHT: usize = 8;

/// Where a reader puts documents; it says when nobody wants more.
pub(super) type Put<'p> = dyn FnMut(Result<Document, Skipped>) -> ControlFlow<()> + 'p;

type Numbered<T> = (usize, T);

/// Runs `step` on everything that `read` hands over, for `most` a document; `sink` sees the results in that order.
pub(super) fn run<T, R, S>(
    jobs: usize,
    most: Duration,
    step: &(dyn Fn(&Document) -> T + Sync),
    read: R,
    mut sink: S,
) where
    T: Send,
    R: FnOnce(&mut Put<'_>) -> ControlFlow<()> + Send,
    S: FnMut(Result<T, Skipped>) -> ControlFlow<()>,
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
            scope.spawn(move || work(step, most, queued, &results));
        }
        scope.spawn(move || feed(read, &permit, &queue));
        drop(results);
        in_order(&ready, &permits, &mut sink);
        // Both ends are dropped here, so that threads still busy after an early end stop at their next hand-over.
        drop((ready, permits));
    });
}

/// Numbers what the reader hands over and queues it.
fn feed<R>(
    read: R,
    permit: &SyncSender<()>,
    queue: &SyncSender<Numbered<Result<Document, Skipped>>>,
) where
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

fn work<T>(
    step: &(dyn Fn(&Document) -> T + Sync),
    most: Duration,
    queued: &Mutex<Receiver<Numbered<Result<Document, Skipped>>>>,
    results: &SyncSender<Numbered<Result<T, Skipped>>>,
) {
    loop {
        let next = queued.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { break };
        let result = item.and_then(|document| {
            let step = || clock::within(most, || step(&document));
            let done = catch_unwind(AssertUnwindSafe(step));
            let done = done.map_err(|panic| broken(&document.id, panic.as_ref()))?;
            done.ok_or_else(|| late(&document.id, most))
        });
        if results.send((number, result)).is_err() {
            break;
        }
    }
}

/// Hands results to the sink by number.
fn in_order<T, S>(
    ready: &Receiver<Numbered<Result<T, Skipped>>>,
    permits: &Receiver<()>,
    sink: &mut S,
) where
    S: FnMut(Result<T, Skipped>) -> ControlFlow<()>,
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

/// A document that takes too long.
fn late(place: &str, most: Duration) -> Skipped {
    let seconds = most.as_secs();
    Skipped {
        place: place.to_owned(),
        reason: format!(
            "failed to read `{place}`: expected what it says after {seconds} seconds, but found no end"
        ),
        hint: String::from("split it into documents, or allow more with `--limit seconds=N`"),
    }
}

/// A defect of the program, told as a skipped document.
pub(super) fn broken(place: &str, panic: &(dyn Any + Send)) -> Skipped {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Skipped {
        place: place.to_owned(),
        reason: format!("failed to read `{place}`: a defect of entente ({words})"),
        hint: String::from("report it with this document, please"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::assemble::info;
    use super::*;
    use crate::statement::Extraction;

    fn empty(document: &Document) -> Extraction {
        Extraction {
            document: info(document),
            entities: Vec::new(),
            statements: Vec::new(),
        }
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
                thread::sleep(std::time::Duration::from_micros(
                    200u64.saturating_sub(number),
                ));
                empty(document)
            };
            run(jobs, Duration::MAX, &step, numbered(300), |result| {
                seen.push(result.unwrap().document.id);
                ControlFlow::Continue(())
            });
            assert!(
                seen.iter()
                    .enumerate()
                    .all(|(at, id)| *id == at.to_string()),
                "{jobs} jobs: {seen:?}"
            );
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
        run(2, Duration::MAX, &step, numbered(5), |result| {
            skipped.extend(result.err().map(|s| s.place));
            ControlFlow::Continue(())
        });
        assert_eq!(skipped, ["2"]);
    }

    #[test]
    fn a_document_that_takes_too_long_is_skipped() {
        let step = |document: &Document| {
            let turns = if document.id == "2" { u64::MAX } else { 0 };
            for _ in 0..turns {
                clock::check();
            }
            empty(document)
        };
        let mut all = Vec::new();
        run(2, Duration::from_millis(20), &step, numbered(5), |result| {
            all.push(result.map_or_else(|skipped| skipped.reason, |read| read.document.id));
            ControlFlow::Continue(())
        });
        let late = "failed to read `2`: expected what it says after 0 seconds, but found no end";
        assert_eq!(all, ["0", "1", late, "3", "4"]);
    }

    #[test]
    fn the_sink_can_end_the_run() {
        let mut seen = 0;
        run(2, Duration::MAX, &empty, numbered(10_000), |_| {
            seen += 1;
            if seen == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(seen, 3);
    }
}
