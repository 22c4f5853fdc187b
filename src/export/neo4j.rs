//! CSV for `neo4j-admin database import`: typed headers, one file of nodes, one of relationships.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{Column, EDGE, NODE, Place, Type, label, number, weight};
use super::csv::cell;
use super::link::Link;
use super::table::Table;
use super::text::flat;
use super::{Dialect, Options};
use crate::graph::{Graph, plain};

pub(super) fn nodes(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(Dialect::Plain, out)?;
    let head = ["entityId:ID", "name"].map(str::to_owned).into_iter();
    let head = head.chain(NODE.iter().map(typed));
    table.row(head.chain([":LABEL".to_owned()]))?;
    for place in Place::all(graph, options) {
        let node = place.node(graph);
        let names = [plain(node.id.as_str()), flat(&node.label)].map(Cow::into_owned);
        let cells = NODE
            .iter()
            .map(|column| cell((column.value)(graph, &place)));
        let labels = format!("Entity;{}", camel(&node.kind));
        table.row(names.into_iter().chain(cells).chain([labels]))?;
    }
    table.finish()
}

pub(super) fn relationships(graph: &Graph, _: Options, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(Dialect::Plain, out)?;
    let columns = || EDGE.iter().filter(|column| column.id != "kinds");
    let head = [
        ":START_ID",
        ":END_ID",
        ":TYPE",
        "edgeId",
        "name",
        "weight:double",
    ];
    table.row(
        head.into_iter()
            .map(str::to_owned)
            .chain(columns().map(typed)),
    )?;
    for link in Link::per_edge(graph) {
        let [source, target] =
            [link.source, link.target].map(|ix| plain(graph.node(ix).id.as_str()).into_owned());
        let kind = link.lead(graph).map_or("", |edge| &edge.kind);
        let cells = [
            source,
            target,
            upper(kind),
            link.id.clone(),
            label(graph, &link).into_owned(),
            number(weight(&link)),
        ];
        let more = columns().map(|column| cell((column.value)(graph, &link)));
        table.row(cells.into_iter().chain(more))?;
    }
    table.finish()
}

/// `documents:long`; dates with their type, texts without one.
fn typed<T>(column: &Column<T>) -> String {
    let is_date = matches!(
        column.id,
        "since" | "until" | "first_seen" | "last_seen" | "evidence_date"
    );
    let kind = match column.holds {
        Type::Text if is_date => ":date",
        Type::Text => "",
        Type::Count => ":long",
        Type::Number => ":double",
        Type::Truth => ":boolean",
    };
    format!("{}{kind}", column.id)
}

/// `joint_procurement` as `JOINT_PROCUREMENT`; whatever is no letter or digit as `_`.
fn upper(kind: &str) -> String {
    let word = kind.chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    });
    let word: String = word.collect();
    if word.is_empty() { "TIE".into() } else { word }
}

/// `armed_forces` as `ArmedForces`.
fn camel(kind: &str) -> String {
    let words = kind.split(|c: char| !c.is_ascii_alphanumeric());
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.map(word).collect()
}
