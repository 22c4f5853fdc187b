//! CSV: tables for spreadsheets, of which Gephi reads nodes and edges as they are.
//!
//! Gephi takes a table with a column `Source` for edges, `Type` for the direction and `Kind` for what
//! keeps parallel edges apart; so no other column has one of these names.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{EDGE, NODE, Place, Value, label, weight};
use super::gexf::{Spell, spells};
use super::link::{Direction, Link};
use super::table::{Table, shown};
use super::text::{flat, joined};
use super::{Dialect, Options};
use crate::graph::{Claim, DocumentIx, Graph, Part, plain};
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
        let names = [plain(node.id.as_str()), flat(&node.label)];
        let names = names.map(|name| Some(Value::Text(name)));
        let cells = NODE.iter().map(|column| (column.value)(graph, &place));
        table.cells(names.into_iter().chain(cells))?;
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
        let [source, target] = ends.map(|ix| plain(graph.node(ix).id.as_str()));
        let directed = link.direction != Direction::None && !gephi;
        let kind = link.lead(graph).map_or("", |edge| &edge.kind);
        let cells = [
            source,
            target,
            if directed { "Directed" } else { "Undirected" }.into(),
            kind.into(),
            link.id.as_str().into(),
            label(graph, &link),
        ];
        let cells = cells.map(|cell| Some(Value::Text(cell)));
        let weight = Some(Value::Number(weight(&link)));
        let more = columns().map(|column| (column.value)(graph, &link));
        let times = gephi.then(|| Some(Value::Text(timeset(graph, &link).into())));
        table.cells(cells.into_iter().chain([weight]).chain(more).chain(times))?;
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

/// A value as a text of its own; empty if there is none.
pub(super) fn cell(value: Option<Value<'_>>) -> String {
    let mut text = Vec::new();
    match value {
        None => {}
        Some(Value::Text(text)) => return text.into_owned(),
        Some(value) => shown(&value, &mut text),
    }
    String::from_utf8(text).unwrap_or_default()
}

/// A column name as a title: `first_seen` is `First_seen`.
fn title(id: &str) -> String {
    let mut letters = id.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A column of statements.csv.
pub(super) type Cell = (&'static str, Fill);

/// How a cell of it is filled; texts as they are, which need not be flat.
#[derive(Clone, Copy)]
pub(super) enum Fill {
    /// From the document alone.
    Document(for<'g> fn(&'g Graph, DocumentIx) -> Option<Value<'g>>),
    /// With the ids of parties.
    Ids(Part),
    /// With their names.
    Names(Part),
    /// From the statement alone.
    Said(for<'s> fn(&'s Statement) -> Option<Value<'s>>),
}

impl Fill {
    /// The cell of a claim.
    pub(super) fn cell<'g>(self, graph: &'g Graph, claim: &'g Claim) -> Option<Value<'g>> {
        let ids = |part: Part| match part {
            Part::Subjects => &claim.statement.subjects,
            Part::Objects => &claim.statement.objects,
            Part::About => &claim.statement.about,
        };
        let value = match self {
            Self::Document(cell) => cell(graph, claim.document),
            Self::Ids(part) => list(ids(part).iter().map(EntityId::as_str)),
            Self::Names(part) => list(ids(part).iter().map(|id| graph.label(id))),
            Self::Said(cell) => cell(&claim.statement),
        };
        even(value)
    }
}

/// A value whose text has no line breaks, control characters, double and outer blanks.
pub(super) fn even(value: Option<Value<'_>>) -> Option<Value<'_>> {
    match value {
        Some(Value::Text(Cow::Borrowed(text))) => Some(Value::Text(flat(text))),
        Some(Value::Text(Cow::Owned(text))) => Some(Value::Text(flat(&text).into_owned().into())),
        value => value,
    }
}

/// A list in one cell.
#[expect(clippy::unnecessary_wraps, reason = "a cell of the table below")]
pub(super) fn list<'a, 'g>(parts: impl IntoIterator<Item = &'a str>) -> Option<Value<'g>> {
    Some(Value::Text(joined(parts).into()))
}

pub(super) const STATEMENT: &[Cell] = &[
    ("id", Fill::Said(|s| text(&s.id))),
    ("document", Fill::Document(|g, d| text(&g.document(d).id))),
    (
        "publisher",
        Fill::Document(|g, d| text(&g.document(d).source)),
    ),
    ("copy_of", Fill::Document(copy_of)),
    ("title", Fill::Document(|g, d| text(&g.document(d).title))),
    (
        "published",
        Fill::Document(|g, d| g.document(d).date.map(Value::Date)),
    ),
    (
        "language",
        Fill::Document(|g, d| text(&g.document(d).language)),
    ),
    ("kind", Fill::Said(|s| text(&s.kind))),
    ("subjects", Fill::Ids(Part::Subjects)),
    ("objects", Fill::Ids(Part::Objects)),
    ("about", Fill::Ids(Part::About)),
    ("subject_names", Fill::Names(Part::Subjects)),
    ("object_names", Fill::Names(Part::Objects)),
    ("about_names", Fill::Names(Part::About)),
    ("status", Fill::Said(|s| text(s.status.as_str()))),
    ("earliest", Fill::Said(|s| s.date.earliest.map(Value::Date))),
    ("latest", Fill::Said(|s| s.date.latest.map(Value::Date))),
    (
        "date_precision",
        Fill::Said(|s| text(s.date.precision.as_str())),
    ),
    ("date_basis", Fill::Said(|s| text(s.date.basis.as_str()))),
    (
        "confidence",
        Fill::Said(|s| Some(Value::Number(s.confidence))),
    ),
    ("instrument", Fill::Said(|s| text(s.instrument.as_ref()?))),
    ("role", Fill::Said(|s| text(s.role.as_ref()?))),
    ("quantity", Fill::Said(|s| plainly(s.quantity))),
    (
        "amount",
        Fill::Said(|s| plainly(s.value.as_ref().map(|v| v.amount))),
    ),
    (
        "currency",
        Fill::Said(|s| text(&s.value.as_ref()?.currency)),
    ),
    (
        "speaker",
        Fill::Said(|s| text(s.speaker.as_ref()?.as_str())),
    ),
    ("sentence", Fill::Said(|s| text(&s.evidence.sentence))),
    (
        "sentence_start",
        Fill::Said(|s| Some(Value::Count(s.evidence.start))),
    ),
    (
        "sentence_end",
        Fill::Said(|s| Some(Value::Count(s.evidence.end))),
    ),
    (
        "trigger",
        Fill::Said(|s| text(&s.evidence.trigger.as_ref()?.text)),
    ),
    ("rule", Fill::Said(|s| text(&s.evidence.rule))),
    ("block", Fill::Said(|s| text(s.evidence.block.as_str()))),
];

pub(super) fn statements(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(options.dialect, out)?;
    table.row(STATEMENT.iter().map(|(name, _)| (*name).to_owned()))?;
    for claim in graph.claims() {
        table.cells(STATEMENT.iter().map(|(_, fill)| fill.cell(graph, claim)))?;
    }
    table.finish()
}

#[expect(clippy::unnecessary_wraps, reason = "a cell of the table above")]
fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(text.into()))
}

fn plainly<'g>(value: Option<impl ToString>) -> Option<Value<'g>> {
    value.map(|value| Value::Text(value.to_string().into()))
}

/// The first document with the same text, if that is another one.
fn copy_of(graph: &Graph, document: DocumentIx) -> Option<Value<'_>> {
    let first = graph.story(document);
    (first != document).then(|| Value::Text(graph.document(first).id.as_str().into()))
}
