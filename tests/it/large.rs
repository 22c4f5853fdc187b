//! Questions to a store of 100,000 documents: how long the whole command takes.
//!
//! `cargo test --release --test it large -- --ignored --nocapture`; `ENTENTE_LARGE` says how many documents,
//! `ENTENTE_LARGE_DB` where the store is kept for the next time. The documents are made up by
//! `tests/load/large.py` with the names of the vocabulary, and read as any others are.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{entente, note, run};

/// What a question may take that is about one entity or two, with nothing else running.
const LIMIT: Duration = Duration::from_millis(100);

/// The questions, and whether they are held to the limit.
const QUESTIONS: &[(&[&str], bool)] = &[
    (&["who", "Germany"], true),
    (&["who", "Germany", "--format", "json"], false),
    (
        &["who", "Germany", "--status", "active", "--min-sources", "3"],
        true,
    ),
    (&["who", "Germany", "--since", "2026"], false),
    (&["who", "Iceland"], true),
    (&["who", "IRIS-T SLM"], true),
    (&["why", "Germany", "Norway"], true),
    (&["why", "Iceland", "Chile"], true),
    (&["path", "Germany", "Norway"], true),
    (&["path", "Tonga", "Bhutan"], true),
    (&["path", "Tonga", "IRIS-T SLM"], true),
    (&["timeline", "Germany", "Norway"], false),
    (&["timeline", "Iceland"], false),
    (&["top"], true),
    (&["top", "--by", "betweenness"], true),
    (&["stats"], true),
    (&["sources"], true),
];

/// A store of so many made-up documents.
fn make(path: &Path, documents: usize) {
    let dir = tempfile::tempdir().unwrap();
    let forms = run(dir.path(), &["gazetteer", "forms"]).stdout;
    let news = dir.path().join("large.jsonl");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/large.py");
    let mut python = Command::new("python3")
        .arg(script)
        .arg(documents.to_string())
        .stdin(Stdio::piped())
        .stdout(File::create(&news).unwrap())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(&forms).unwrap();
    assert!(python.wait().unwrap().success());
    let started = Instant::now();
    let args = ["build", "large.jsonl", "--out", "large"];
    let built = entente(dir.path(), &args).stdout(Stdio::null()).status();
    assert!(built.unwrap().success());
    note(&format!(
        "{documents} documents read in {:.0?}",
        started.elapsed()
    ));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::copy(dir.path().join("large/entente.db"), path).unwrap();
}

#[test]
#[ignore = "makes a store of a gigabyte"]
fn questions_to_a_large_store_are_quick() {
    let documents = std::env::var("ENTENTE_LARGE").map_or(100_000, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let kept = std::env::var("ENTENTE_LARGE_DB").map(PathBuf::from);
    let db = kept.unwrap_or_else(|_| dir.path().join("large.db"));
    if !db.exists() {
        make(&db, documents);
    }
    let mut slow = Vec::new();
    for (question, held) in QUESTIONS {
        let args = [*question, &["--db", db.to_str().unwrap()]].concat();
        let mut times: Vec<Duration> = (0..9)
            .map(|_| {
                let started = Instant::now();
                let output = run(dir.path(), &args);
                assert!(output.status.code() < Some(2), "{question:?}");
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        let (best, median) = (times[0], times[times.len() / 2]);
        note(&format!(
            "{:50} {median:6.0?}, at best {best:6.0?}",
            question.join(" ")
        ));
        // Other work on the machine makes some runs slow, never all.
        if *held && best > LIMIT && !cfg!(debug_assertions) {
            slow.push(question.join(" "));
        }
    }
    assert!(slow.is_empty(), "more than {LIMIT:?}: {slow:?}");
}
