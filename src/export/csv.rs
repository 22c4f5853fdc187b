//! CSV: tables for spreadsheets, of which Gephi reads nodes and edges as they are.
//!
//! Gephi takes a table with a column `Source` for edges, `Type` for the direction and `Kind` for what
//! keeps parallel edges apart; so no other column has one of these names.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{EDGE, NODE, Place, Value, label, number, status, weight};
use super::gexf::{Spell, spells};
use super::link::{Direction, Link};
use super::table::Table;
use super::text::{flat, joined};
use super::{Dialect, Options};
use crate::graph::{Claim, Graph, plain};
use crate::mention::EntityId;
use crate::statement::Statement;

/// The columns of edges.csv that Gephi knows; the others follow.
const EDGE_HEAD: [&str; 7] = ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"];

pub(super) fn nodes(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(options.dialect, out)?;
    let head = ["Id", "Label"].into_iter().map(str::to_owned);
    table.row(head.chain(NODE.iter().map(|column| title(column.id))))?;
    for place in Place::all(graph, options) {
        let node = place.node(graph);
        let names = [plain(node.id.as_str()), flat(&node.label)].map(Cow::into_owned);
        let cells = NODE
            .iter()
            .map(|column| cell((column.value)(graph, &place)));
        table.row(names.into_iter().chain(cells))?;
    }
    table.finish()
}

pub(super) fn edges(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(options.dialect, out)?;
    let columns = || {
        EDGE.iter()
            .filter(|column| !matches!(column.id, "kind" | "kinds" | "direction"))
    };
    let gephi = options.dialect == Dialect::Gephi;
    let head = EDGE_HEAD.into_iter().map(str::to_owned);
    let times = gephi.then(|| "timeset".to_owned());
    table.row(
        head.chain(columns().map(|column| title(column.id)))
            .chain(times),
    )?;
    let links = if gephi {
        Link::per_kind(graph)
    } else {
        Link::per_edge(graph)
    };
    for link in links {
        let ends = [link.source, link.target];
        let [source, target] = ends.map(|ix| plain(graph.node(ix).id.as_str()).into_owned());
        let directed = link.direction != Direction::None && !gephi;
        let kind = link.lead(graph).map_or("", |edge| &edge.kind);
        let cells = [
            source,
            target,
            if directed { "Directed" } else { "Undirected" }.to_owned(),
            kind.to_owned(),
            link.id.clone(),
            label(graph, &link),
            number(weight(&link)),
        ];
        let more = columns().map(|column| cell((column.value)(graph, &link)));
        let times = gephi.then(|| timeset(graph, &link));
        table.row(cells.into_iter().chain(more).chain(times))?;
    }
    table.finish()
}

/// The times of a link as Gephi reads them; an open end is the last day there is.
fn timeset(graph: &Graph, link: &Link) -> String {
    let spells = spells(graph, link);
    let shown = |spell: &Spell| {
        let end = spell
            .end
            .map_or("Infinity".to_owned(), |end| end.to_string());
        format!("[{}, {end}]", spell.start)
    };
    if spells.is_empty() {
        return String::new();
    }
    format!(
        "<{}>",
        spells.iter().map(shown).collect::<Vec<_>>().join("; ")
    )
}

pub(super) fn cell(value: Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => text.into_owned(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Number(value)) => number(value),
        Some(Value::Date(date)) => date.to_string(),
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
pub(super) type Cell = (&'static str, fn(&Graph, &Claim) -> String);

pub(super) const STATEMENT: &[Cell] = &[
    ("id", |_, c| c.statement.id.clone()),
    ("document", |g, c| g.document(c.document).id.clone()),
    ("publisher", |g, c| g.document(c.document).source.clone()),
    ("copy_of", |g, c| copy_of(g, c)),
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

pub(super) fn statements(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(options.dialect, out)?;
    table.row(STATEMENT.iter().map(|(name, _)| (*name).to_owned()))?;
    for claim in graph.claims() {
        let cells = STATEMENT.iter().map(|(_, cell)| cell(graph, claim));
        table.row(cells.map(|cell| flat(&cell).into_owned()))?;
    }
    table.finish()
}

pub(super) fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn ids(ids: &[EntityId]) -> String {
    joined(ids.iter().map(EntityId::as_str))
}

fn names(graph: &Graph, ids: &[EntityId]) -> String {
    joined(ids.iter().map(|id| graph.label(id)))
}

/// The first document with the same text, if that is another one.
fn copy_of(graph: &Graph, claim: &Claim) -> String {
    let first = graph.story(claim.document);
    if first == claim.document {
        String::new()
    } else {
        graph.document(first).id.clone()
    }
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
