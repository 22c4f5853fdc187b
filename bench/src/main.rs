//! Parts of `entente` beside libraries that do the same, over one text: `entente-bench CORPUS FORMS OUT [ROUNDS]`; `bench/run` calls it.
//!
//! Prints one line a measurement: part, who, seconds (median of the rounds), bytes, and what was found.

mod graphs;
mod sentences;
mod tagging;

use std::fs;
use std::time::Instant;

use entente::document::Document;

/// A measurement of a part.
pub(crate) struct Row {
    pub(crate) part: &'static str,
    pub(crate) who: &'static str,
    pub(crate) seconds: f64,
    pub(crate) bytes: usize,
    pub(crate) found: usize,
}

/// Processor time of this thread, so that other work on the machine counts less; time as such where there is no `/proc`.
fn now(since: Instant) -> f64 {
    let spent = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(
        || since.elapsed().as_secs_f64(),
        |nanoseconds| nanoseconds / 1e9,
    )
}

/// Median time of a job over some rounds, after one to warm up, and what the last round found.
pub(crate) fn timed(rounds: usize, mut job: impl FnMut() -> usize) -> (f64, usize) {
    let begin = Instant::now();
    let mut found = job();
    let mut times = Vec::new();
    for _ in 0..rounds {
        let started = now(begin);
        found = job();
        times.push(now(begin) - started);
    }
    times.sort_by(f64::total_cmp);
    (
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN),
        found,
    )
}

/// The documents of the corpus: their texts, not parsed further.
fn documents(path: &str) -> Vec<Document> {
    let corpus = fs::read_to_string(path).unwrap();
    let rows = corpus.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let mut document = Document::new(text("id"), text("source"), text("text"));
        document.language = text("language");
        document
    });
    rows.collect()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, corpus, forms, out, more @ ..] = args.as_slice() else {
        println!("usage: entente-bench CORPUS FORMS OUT [ROUNDS]; `bench/run` makes what it needs");
        return;
    };
    let rounds = more.first().and_then(|n| n.parse().ok()).unwrap_or(5);
    let documents = documents(corpus);
    let mut rows = sentences::measure(rounds, &documents);
    rows.extend(tagging::measure(rounds, &documents, forms));
    rows.extend(graphs::measure(rounds.min(3), out));
    for row in rows {
        let Row {
            part,
            who,
            seconds,
            bytes,
            found,
        } = row;
        println!("{part}\t{who}\t{seconds:.6}\t{bytes}\t{found}");
    }
}
