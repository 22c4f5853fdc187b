//! How well the extraction does on annotated documents: it may rise, it may not fall.

use serde::Deserialize;

use crate::command::{note, root, stdout};

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
