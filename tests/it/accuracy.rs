//! How well the extraction does on annotated documents: it may rise, it may not fall.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::command::{note, root, run, stdout};

/// `tests/gold/floors.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    floor: Vec<Floor>,
}

/// What a folder of annotated documents must reach.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    dir: String,
    entities: f64,
    linked: f64,
    typed: f64,
    facts: f64,
    status: f64,
    alarms: f64,
}

#[test]
fn the_figures_stay_above_their_floors() {
    let floors = std::fs::read_to_string(root().join("tests/gold/floors.toml")).unwrap();
    let floors: Floors = toml::from_str(&floors).unwrap();
    let mut low = Vec::new();
    for floor in &floors.floor {
        let report = stdout(&["eval", &floor.dir, "--json"]);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let figure = |line: &str, column: &str| report[line][column].as_f64().unwrap_or(1.0);
        for (line, column, least) in [
            ("entities", "doc_f1", floor.entities),
            ("linked", "doc_f1", floor.linked),
            ("typed", "doc_f1", floor.typed),
            ("facts", "doc_f1", floor.facts),
            ("status", "accuracy", floor.status),
        ] {
            let found = figure(line, column);
            if found < least {
                low.push(format!(
                    "{}: {line} {column} {found:.3} < {least:.3}",
                    floor.dir
                ));
            }
        }
        let alarms = report["alarms"]["rate"].as_f64().unwrap();
        if alarms > floor.alarms {
            low.push(format!(
                "{}: alarms {alarms:.3} > {:.3}",
                floor.dir, floor.alarms
            ));
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// The whole gold lies beside the repository on the machines of those who annotate it.
#[test]
fn the_whole_gold_if_it_is_here() {
    let dir = root().join("../shared/gold/dev");
    if !dir.is_dir() {
        note("skipped: no ../shared/gold/dev");
        return;
    }
    let figures = stdout(&["eval", &dir.display().to_string()]);
    note(&figures);
    assert!(figures.contains("linked"));
}

/// The scorer of those who annotate, if it lies beside the repository or `ENTENTE_SCORER` names it.
fn scorer() -> Option<PathBuf> {
    let beside = root().join("../shared/eval/score.py");
    let path = std::env::var_os("ENTENTE_SCORER").map_or(beside, PathBuf::from);
    path.is_file().then_some(path)
}

/// Its output; nothing if there is no Python.
fn scored(scorer: &Path, gold: &Path, predictions: &Path, option: &[&str]) -> Option<String> {
    let output = Command::new("python3")
        .args([scorer, gold, predictions])
        .args(option)
        .output()
        .ok()?;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).ok()
}

/// What `extract` says about the texts of annotated documents, in a file.
fn predictions(gold: &Path, dir: &Path) -> PathBuf {
    for entry in std::fs::read_dir(gold).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "json") {
            let gold: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let text = dir.join(path.with_extension("txt").file_name().unwrap());
            std::fs::write(text, gold["text"].as_str().unwrap()).unwrap();
        }
    }
    let predictions = dir.join("found.jsonl");
    std::fs::write(&predictions, run(dir, &["extract", "."]).stdout).unwrap();
    predictions
}

#[test]
fn the_scorer_of_the_annotators_agrees() {
    let Some(scorer) = scorer() else {
        note("skipped: no scorer; ENTENTE_SCORER=score.py names one");
        return;
    };
    let gold = root().join("tests/gold");
    let dir = tempfile::tempdir().unwrap();
    let predictions = predictions(&gold, dir.path());
    let Some(theirs) = scored(&scorer, &gold, &predictions, &["--json"]) else {
        note("skipped: no python3");
        return;
    };
    let theirs: Value = serde_json::from_str(&theirs).unwrap();
    let ours: Value = serde_json::from_str(&stdout(&["eval", "tests/gold", "--json"])).unwrap();
    assert_eq!(ours, theirs);
    let table = scored(&scorer, &gold, &predictions, &[]);
    assert_eq!(Some(stdout(&["eval", "tests/gold"])), table);
    let errors = |lines: Option<String>| -> Vec<String> {
        let lines = lines.unwrap();
        let words = |line: &str| {
            line.split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
        };
        lines
            .lines()
            .skip_while(|l| !l.starts_with("status"))
            .skip(1)
            .map(words)
            .collect()
    };
    let ours = errors(Some(stdout(&["eval", "tests/gold", "--errors", "99999"])));
    let theirs = errors(scored(&scorer, &gold, &predictions, &["--errors", "99999"]));
    assert!(!ours.is_empty());
    assert_eq!(
        ours, theirs,
        "document and sort of each error, in the same order"
    );
}

#[test]
fn reliability_counts_every_claim_once() {
    let report = stdout(&[
        "eval",
        "seeds/gold",
        "--json",
        "--reliability",
        "--errors",
        "3",
    ]);
    let report: Value = serde_json::from_str(&report).unwrap();
    for line in ["typed", "facts"] {
        let figures = |name: &str| report[line][name].as_u64().unwrap();
        let curve = &report["reliability"][line];
        assert_eq!(
            curve["n"].as_u64().unwrap(),
            figures("tp") + figures("fp"),
            "{line}"
        );
        let bins = curve["bins"].as_array().unwrap();
        let right: f64 = bins
            .iter()
            .map(|b| b["right"].as_f64().unwrap() * b["n"].as_f64().unwrap())
            .sum();
        let expected = report[line]["tp"].as_f64().unwrap();
        assert!(
            (right - expected).abs() < 0.05,
            "{line}: {right} {expected}"
        );
    }
    assert_eq!(report["errors"].as_array().unwrap().len(), 3);
}
