//! GraphML of 200,000 nodes and 1,000,000 edges with five attributes each, from memory to a file; peers/graphml.py does the same.

use std::fs::{self, File};

use entente::export::{Graphml, Type, Value};

use crate::{Row, timed};

const NODES: usize = 200_000;
const EDGES: usize = 1_000_000;
/// Letters of an id.
const WIDTH: usize = 7;

struct Node {
    label: String,
    kind: &'static str,
    count: usize,
    score: f64,
    first: &'static str,
}

struct Edge {
    id: String,
    ends: [usize; 2],
    rel: &'static str,
    weight: usize,
    confidence: f64,
    date: &'static str,
    document: String,
}

pub(crate) fn measure(rounds: usize, path: &str) -> Vec<Row> {
    let (nodes, edges) = graph();
    let (seconds, found) = timed(rounds, || {
        write(path, &nodes, &edges).unwrap();
        nodes.len() + edges.len()
    });
    let bytes = fs::metadata(path).map_or(0, |file| file.len());
    fs::remove_file(path).unwrap();
    vec![Row {
        part: "graphml",
        who: "entente",
        seconds,
        bytes: usize::try_from(bytes).unwrap_or_default(),
        found,
    }]
}

fn graph() -> (Vec<Node>, Vec<Edge>) {
    let nodes = (0..NODES).map(|i| Node {
        label: format!("Entität & Co {i}"),
        kind: ["country", "person", "weapon", "company"][i & 3],
        count: i * 7 % 1000,
        score: share(i, 997),
        first: "2024-03-01",
    });
    let mut seed = 3_u64;
    let mut dice = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % NODES
    };
    let edges = (0..EDGES).map(|i| Edge {
        id: format!("e{i}"),
        ends: [dice(), dice()],
        rel: ["signs", "delivers", "meets", "buys"][i & 3],
        weight: i % 50,
        confidence: share(i, 991),
        date: "2024-03-01",
        document: format!("a{}", i % 10_000),
    });
    (nodes.collect(), edges.collect())
}

fn share(number: usize, of: u16) -> f64 {
    let part = u16::try_from(number % usize::from(of)).unwrap_or_default();
    f64::from(part) / f64::from(of)
}

fn write(path: &str, nodes: &[Node], edges: &[Edge]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    let node_columns = [
        ("label", Type::Text),
        ("type", Type::Text),
        ("count", Type::Count),
        ("score", Type::Number),
        ("first", Type::Text),
    ];
    let edge_columns = [
        ("rel", Type::Text),
        ("weight", Type::Count),
        ("conf", Type::Number),
        ("date", Type::Text),
        ("source_doc", Type::Text),
    ];
    let mut rows = Graphml::new(&mut file, &node_columns, &edge_columns)?;
    let text = |text| Some(Value::Text(text));
    // One run of bytes, as the ids of igraph and NetworkX are numbers and no strings elsewhere.
    let ids: String = (0..nodes.len()).map(|i| format!("n{i:06}")).collect();
    for (number, node) in nodes.iter().enumerate() {
        let cells = [
            text(node.label.as_str().into()),
            text(node.kind.into()),
            Some(Value::Count(node.count)),
            Some(Value::Number(node.score)),
            text(node.first.into()),
        ];
        rows.node(&ids[number * WIDTH..(number + 1) * WIDTH], cells)?;
    }
    for edge in edges {
        let [source, target] = edge.ends.map(|node| &ids[node * WIDTH..(node + 1) * WIDTH]);
        let cells = [
            text(edge.rel.into()),
            Some(Value::Count(edge.weight)),
            Some(Value::Number(edge.confidence)),
            text(edge.date.into()),
            text(edge.document.as_str().into()),
        ];
        rows.edge(&edge.id, source, target, cells)?;
    }
    rows.finish()
}
