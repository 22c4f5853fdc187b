//! The columns of nodes and edges, the same in every format.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Options;
use super::link::Link;
use super::text::{flat, joined, shortened};
use crate::graph::{DocumentIx, Graph, Group, Node, NodeIx};

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'g> {
    /// Words.
    Text(Cow<'g, str>),
    /// How many.
    Count(usize),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Truth(bool),
}

/// What the values of a column are; the word both XML formats use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Words and days.
    Text,
    /// Whole numbers.
    Count,
    /// Numbers.
    Number,
    /// Yes or no.
    Truth,
}

/// A column and how to fill it. No value, no cell.
pub(super) struct Column<T> {
    pub(super) id: &'static str,
    pub(super) holds: Type,
    pub(super) value: for<'g> fn(&'g Graph, &'g T) -> Option<Value<'g>>,
}

/// What a row of a node needs.
pub(super) struct Place {
    pub(super) ix: NodeIx,
}

const fn column<T>(
    id: &'static str,
    holds: Type,
    value: for<'g> fn(&'g Graph, &'g T) -> Option<Value<'g>>,
) -> Column<T> {
    Column { id, holds, value }
}

/// The columns of nodes after id and label.
pub(super) const NODE: &[Column<Place>] = &[
    column("kind", Type::Text, |g, n| text(&n.node(g).kind)),
    column("known", Type::Truth, |g, n| {
        Some(Value::Truth(n.node(g).known))
    }),
    column("documents", Type::Count, |g, n| count(n.node(g).documents)),
    column("mentions", Type::Count, |g, n| count(n.node(g).mentions)),
    column("partners", Type::Count, |g, n| count(g.degree(n.ix))),
    column("first_seen", Type::Text, |g, n| date(n.node(g).first_seen)),
    column("last_seen", Type::Text, |g, n| date(n.node(g).last_seen)),
];

/// The columns of edges after id, ends, label and weight.
pub(super) const EDGE: &[Column<Link>] = &[
    column("kind", Type::Text, |g, l| text(&l.lead(g)?.kind)),
    column("kinds", Type::Text, |g, l| list(l.kinds(g))),
    column("group", Type::Text, |g, l| {
        list(l.groups(g).into_iter().map(group))
    }),
    column("direction", Type::Text, |_, l| text(l.direction.as_str())),
    column("status", Type::Text, |_, l| text(l.summary.status.as_str())),
    column("since", Type::Text, |_, l| date(l.summary.since)),
    column("until", Type::Text, |_, l| date(l.summary.until)),
    column("first_seen", Type::Text, |_, l| date(l.summary.first_seen)),
    column("last_seen", Type::Text, |_, l| date(l.summary.last_seen)),
    column("statements", Type::Count, |_, l| {
        count(l.summary.statements)
    }),
    column("documents", Type::Count, |_, l| count(l.summary.documents)),
    column("copies", Type::Count, |_, l| count(l.summary.copies)),
    column("confidence", Type::Number, |_, l| {
        Some(Value::Number(l.summary.confidence))
    }),
    column("about", Type::Text, |g, l| {
        list(l.summary.about.iter().map(|ix| g.node(*ix).label.as_str()))
    }),
    column("roles", Type::Text, |_, l| {
        list(l.summary.roles.iter().map(String::as_str))
    }),
    column("instruments", Type::Text, |_, l| {
        list(l.summary.instruments.iter().map(String::as_str))
    }),
    column("evidence", Type::Text, |g, l| {
        Some(Value::Text(shortened(l.quote(g)?.0)))
    }),
    column("evidence_document", Type::Text, |g, l| {
        text(&g.document(document(g, l)?).id)
    }),
    column("evidence_title", Type::Text, |g, l| {
        text(&g.document(document(g, l)?).title)
    }),
    column("evidence_date", Type::Text, |g, l| {
        date(g.document(document(g, l)?).date)
    }),
];

impl Place {
    pub(super) fn node<'g>(&self, graph: &'g Graph) -> &'g Node {
        graph.node(self.ix)
    }

    /// The entities a file has.
    pub(super) fn all(graph: &Graph, options: Options) -> impl Iterator<Item = Self> {
        let all = (0..graph.nodes().len()).map(|ix| Self { ix: NodeIx(ix) });
        all.filter(move |place| !options.connected || graph.degree(place.ix) > 0)
    }
}

impl Type {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Count => "long",
            Self::Number => "double",
            Self::Truth => "boolean",
        }
    }
}

/// A short human name of a link: its kinds.
pub(super) fn label<'g>(graph: &'g Graph, link: &Link) -> Cow<'g, str> {
    let kinds = link.kinds(graph);
    let label = |kind: &&'g str| graph.legend().statement_label(kind);
    if let [kind] = kinds.as_slice() {
        return Cow::Borrowed(label(kind));
    }
    let labels: Vec<_> = kinds.iter().map(label).collect();
    Cow::Owned(labels.join(", "))
}

/// The weight of a link: its independent sources, never 0, which Gephi would take for "no edge".
pub(super) fn weight(link: &Link) -> f64 {
    u32::try_from(link.summary.sources.max(1)).map_or(f64::from(u32::MAX), f64::from)
}

/// A number as every reader takes it.
pub(super) fn number(value: f64) -> String {
    format!("{value:?}")
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Cooperative => "cooperative",
        Group::Hostile => "hostile",
        Group::Fact => "fact",
    }
}

fn document(graph: &Graph, link: &Link) -> Option<DocumentIx> {
    link.quote(graph).map(|(_, document)| document)
}

fn text(text: &str) -> Option<Value<'_>> {
    let text = flat(text);
    (!text.is_empty()).then_some(Value::Text(text))
}

#[expect(clippy::unnecessary_wraps, reason = "a cell of the tables above")]
fn count<'g>(count: usize) -> Option<Value<'g>> {
    Some(Value::Count(count))
}

fn date<'g>(date: Option<Date>) -> Option<Value<'g>> {
    date.map(Value::Date)
}

fn list<'a, 'g>(parts: impl IntoIterator<Item = &'a str>) -> Option<Value<'g>> {
    let list = joined(parts);
    (!list.is_empty()).then_some(Value::Text(list.into()))
}
