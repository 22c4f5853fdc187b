//! How well the extraction does on annotated documents: it may rise, it may not fall.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::command::{root, stdout};

/// What `tests/gold/floors.toml` demands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    doc_f1: BTreeMap<String, f64>,
    status: AtLeast,
    alarms: AtMost,
}

#[derive(Deserialize)]
struct AtLeast {
    at_least: f64,
}

#[derive(Deserialize)]
struct AtMost {
    at_most: f64,
}

#[test]
fn the_figures_stay_above_their_floors() {
    let floors: Floors =
        toml::from_str(&std::fs::read_to_string(root().join("tests/gold/floors.toml")).unwrap())
            .unwrap();
    let report: serde_json::Value =
        serde_json::from_str(&stdout(&["eval", "tests/gold", "--json"])).unwrap();
    let figure = |path: [&str; 2]| report[path[0]][path[1]].as_f64().unwrap();
    let mut low = Vec::new();
    for (name, floor) in &floors.doc_f1 {
        let found = figure([name, "doc_f1"]);
        if found < *floor {
            low.push(format!("{name}: doc-F1 {found:.3} < {floor:.3}"));
        }
    }
    let (status, alarms) = (figure(["status", "accuracy"]), figure(["alarms", "rate"]));
    if status < floors.status.at_least {
        low.push(format!(
            "status: accuracy {status:.3} < {:.3}",
            floors.status.at_least
        ));
    }
    if alarms > floors.alarms.at_most {
        low.push(format!(
            "alarms: rate {alarms:.3} > {:.3}",
            floors.alarms.at_most
        ));
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// The whole gold lies beside the repository on the machines of those who annotate it.
#[test]
fn the_whole_gold_if_it_is_here() {
    let dir = root().join("../shared/gold/dev");
    if !dir.is_dir() {
        crate::command::note("skipped: no ../shared/gold/dev");
        return;
    }
    let figures = stdout(&["eval", &shown(&dir)]);
    crate::command::note(&figures);
    assert!(figures.contains("linked"));
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
