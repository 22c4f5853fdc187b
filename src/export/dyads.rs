//! A row for each pair of actors and year, in the manner of data sets on treaties and conflicts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::Options;
use super::column::number;
use super::table::Table;
use super::text::flat;
use crate::graph::{ClaimIx, Graph, Group, NodeIx, Told, plain};

/// The columns before the counts of each kind.
const HEAD: [&str; 5] = ["year", "id_a", "id_b", "name_a", "name_b"];
/// Those after them.
const TAIL: [&str; 9] = [
    "cooperative",
    "hostile",
    "fact",
    "statements",
    "documents",
    "sources",
    "copies",
    "confidence",
    "status",
];

/// What is said of a pair for a year, by kind.
type Year = BTreeMap<String, BTreeSet<ClaimIx>>;

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(options.dialect, out)?;
    let kinds: Vec<&str> = graph
        .legend()
        .statements
        .iter()
        .map(|k| k.id.as_str())
        .collect();
    let all = HEAD.iter().chain(&kinds).chain(&TAIL);
    table.row(all.map(|name| (*name).to_owned()))?;
    for ((a, b, year), said) in years(graph) {
        table.row(row(graph, &kinds, (a, b), year, &said))?;
    }
    table.finish()
}

fn years(graph: &Graph) -> BTreeMap<(NodeIx, NodeIx, i16), Year> {
    let mut years: BTreeMap<(NodeIx, NodeIx, i16), Year> = BTreeMap::new();
    for tie in graph.ties() {
        for edge in tie.edges.iter().map(|ix| graph.edge(*ix)) {
            for ix in &edge.claims {
                let Some(year) = year(graph, &graph.told_at(*ix)) else {
                    continue;
                };
                let said = years.entry((tie.a, tie.b, year)).or_default();
                said.entry(edge.kind.clone()).or_default().insert(*ix);
            }
        }
    }
    years
}

/// The year a claim is about; without one, that in which it was told.
fn year(graph: &Graph, claim: &Told<'_>) -> Option<i16> {
    let date = claim.earliest;
    let date = date.or(graph.document(claim.document).date)?;
    Some(date.year())
}

fn row(
    graph: &Graph,
    kinds: &[&str],
    (a, b): (NodeIx, NodeIx),
    year: i16,
    said: &Year,
) -> Vec<String> {
    let [a, b] = [a, b].map(|ix| graph.node(ix));
    let mut cells = vec![
        year.to_string(),
        plain(a.id.as_str()).into_owned(),
        plain(b.id.as_str()).into_owned(),
        flat(&a.label).into_owned(),
        flat(&b.label).into_owned(),
    ];
    let count = |kind: &str| said.get(kind).map_or(0, BTreeSet::len);
    cells.extend(kinds.iter().map(|kind| count(kind).to_string()));
    for group in [Group::Cooperative, Group::Hostile, Group::Fact] {
        let of_group = said
            .keys()
            .filter(|kind| graph.legend().group(kind) == group);
        cells.push(of_group.map(|kind| count(kind)).sum::<usize>().to_string());
    }
    let all: BTreeSet<ClaimIx> = said.values().flatten().copied().collect();
    let all: Vec<ClaimIx> = all.into_iter().collect();
    let summary = graph.summary(&all);
    cells.extend([
        summary.statements.to_string(),
        summary.documents.to_string(),
        summary.sources.to_string(),
        summary.copies.to_string(),
        number(summary.confidence),
        summary.status.as_str().to_owned(),
    ]);
    cells
}
