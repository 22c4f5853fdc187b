//! CSV: tables for spreadsheets, of which Gephi reads nodes and edges as they are.
//!
//! Gephi takes a table with a column `Source` for edges, `Type` for the direction and `Kind` for what
//! keeps parallel edges apart; so no other column has one of these names.

use std::io::{self, Write};

use csv::Writer;

use super::column::{EDGE, NODE, Place, Value, label, number, status, weight};
use super::link::{Direction, Link};
use super::text::{flat, joined};
use crate::graph::{Claim, Graph, plain};
use crate::mention::EntityId;
use crate::statement::Statement;

/// The columns of edges.csv that Gephi knows; the others follow.
const EDGE_HEAD: [&str; 7] = ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"];

pub(super) fn nodes(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    let head = ["Id", "Label"].into_iter().map(str::to_owned);
    table.write_record(head.chain(NODE.iter().map(|column| title(column.id))))?;
    for place in Place::all(graph) {
        let node = place.node(graph);
        table.write_field(plain(node.id.as_str()).as_bytes())?;
        table.write_field(flat(&node.label).as_bytes())?;
        for column in NODE {
            table.write_field(cell((column.value)(graph, &place)))?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

pub(super) fn edges(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    let columns = || {
        EDGE.iter()
            .filter(|column| !matches!(column.id, "kind" | "kinds" | "direction"))
    };
    let head = EDGE_HEAD.into_iter().map(str::to_owned);
    table.write_record(head.chain(columns().map(|column| title(column.id))))?;
    for link in Link::per_edge(graph) {
        let directed = link.direction != Direction::None;
        table.write_field(plain(graph.node(link.source).id.as_str()).as_bytes())?;
        table.write_field(plain(graph.node(link.target).id.as_str()).as_bytes())?;
        table.write_field(if directed { "Directed" } else { "Undirected" })?;
        table.write_field(link.lead(graph).map_or("", |edge| &edge.kind))?;
        table.write_field(&link.id)?;
        table.write_field(label(graph, &link))?;
        table.write_field(number(weight(&link)))?;
        for column in columns() {
            table.write_field(cell((column.value)(graph, &link)))?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

fn cell(value: Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => text.into_owned(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Number(value)) => number(value),
        Some(Value::Truth(truth)) => truth.to_string(),
    }
}

/// A column name as a title: `first_seen` is `First_seen`.
fn title(id: &str) -> String {
    let mut letters = id.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A column of statements.csv.
type Cell = (&'static str, fn(&Graph, &Claim) -> String);

const STATEMENT: &[Cell] = &[
    ("id", |_, c| c.statement.id.clone()),
    ("document", |g, c| g.document(c.document).id.clone()),
    ("publisher", |g, c| g.document(c.document).source.clone()),
    ("title", |g, c| g.document(c.document).title.clone()),
    ("published", |g, c| shown(g.document(c.document).date)),
    ("language", |g, c| g.document(c.document).language.clone()),
    ("kind", |_, c| c.statement.kind.clone()),
    ("subjects", |_, c| ids(&c.statement.subjects)),
    ("objects", |_, c| ids(&c.statement.objects)),
    ("about", |_, c| ids(&c.statement.about)),
    ("subject_names", |g, c| names(g, &c.statement.subjects)),
    ("object_names", |g, c| names(g, &c.statement.objects)),
    ("about_names", |g, c| names(g, &c.statement.about)),
    ("status", |_, c| status(c.statement.status).to_owned()),
    ("earliest", |_, c| shown(c.statement.date.earliest)),
    ("latest", |_, c| shown(c.statement.date.latest)),
    ("date_precision", |_, c| word(&c.statement.date.precision)),
    ("date_basis", |_, c| word(&c.statement.date.basis)),
    ("confidence", |_, c| number(c.statement.confidence)),
    ("instrument", |_, c| {
        c.statement.instrument.clone().unwrap_or_default()
    }),
    ("role", |_, c| c.statement.role.clone().unwrap_or_default()),
    ("quantity", |_, c| shown(c.statement.quantity)),
    ("amount", |_, c| {
        c.statement
            .value
            .as_ref()
            .map_or_else(String::new, |v| shown(Some(v.amount)))
    }),
    ("currency", |_, c| {
        c.statement
            .value
            .as_ref()
            .map_or_else(String::new, |v| v.currency.clone())
    }),
    ("speaker", |_, c| shown(c.statement.speaker.as_ref())),
    ("sentence", |_, c| c.statement.evidence.sentence.clone()),
    ("sentence_start", |_, c| {
        c.statement.evidence.start.to_string()
    }),
    ("sentence_end", |_, c| c.statement.evidence.end.to_string()),
    ("trigger", |_, c| trigger(&c.statement)),
    ("rule", |_, c| c.statement.evidence.rule.clone()),
    ("block", |_, c| word(&c.statement.evidence.block)),
];

pub(super) fn statements(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    table.write_record(STATEMENT.iter().map(|(name, _)| name))?;
    for claim in graph.claims() {
        table.write_record(
            STATEMENT
                .iter()
                .map(|(_, cell)| flat(&cell(graph, claim)).into_owned()),
        )?;
    }
    table.flush()
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn ids(ids: &[EntityId]) -> String {
    joined(ids.iter().map(EntityId::as_str))
}

fn names(graph: &Graph, ids: &[EntityId]) -> String {
    joined(ids.iter().map(|id| graph.label(id)))
}

fn trigger(statement: &Statement) -> String {
    let trigger = statement.evidence.trigger.as_ref();
    trigger.map_or_else(String::new, |trigger| trigger.text.clone())
}

/// The word by which files carry a value.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
