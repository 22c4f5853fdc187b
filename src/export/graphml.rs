//! GraphML: the six types of the standard, every key declared, ids as words.

use std::io::{self, Write};
use std::iter;

use super::Options;
use super::column::{Column, EDGE, NODE, Place, Type, Value, label, weight};
use super::link::Link;
use super::markup::Markup;
use super::text::flat;
use crate::graph::{Graph, plain};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

/// A GraphML file row by row: nodes first, then edges. An undirected graph.
///
/// ```
/// use entente::export::{Graphml, Type, Value};
/// let mut file = Vec::new();
/// let mut rows = Graphml::new(&mut file, &[("label", Type::Text)], &[("weight", Type::Number)])?;
/// rows.node("a", [Some(Value::Text("Å & B".into()))])?;
/// rows.node("b", [None])?;
/// rows.edge("a/b", "a", "b", [Some(Value::Number(2.0))])?;
/// rows.finish()?;
/// assert!(String::from_utf8_lossy(&file).contains("Å &amp; B"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Graphml<'w> {
    out: Markup<'w>,
    /// The tag that opens the cell of each column.
    node_tags: Vec<String>,
    edge_tags: Vec<String>,
}

impl<'w> Graphml<'w> {
    /// Begins a file whose nodes and edges have these columns.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(
        out: &'w mut dyn Write,
        nodes: &[(&str, Type)],
        edges: &[(&str, Type)],
    ) -> io::Result<Self> {
        let mut out = Markup::new(out);
        out.raw(HEAD);
        let node_tags = keys(&mut out, "node", nodes);
        let edge_tags = keys(&mut out, "edge", edges);
        out.raw("<graph id=\"entente\" edgedefault=\"undirected\">\n");
        out.end_row()?;
        Ok(Self {
            out,
            node_tags,
            edge_tags,
        })
    }

    /// A node; its cells in the order of the columns, none where there is no value. The id must be a word.
    ///
    /// # Errors
    /// What the file says.
    pub fn node<'a>(
        &mut self,
        id: &str,
        cells: impl IntoIterator<Item = Option<Value<'a>>>,
    ) -> io::Result<()> {
        self.out.raw("<node id=\"");
        self.out.raw(id);
        self.out.raw("\">");
        write_cells(&mut self.out, &self.node_tags, cells);
        self.out.raw("</node>\n");
        self.out.end_row()
    }

    /// An edge between two nodes, whose ids must be words as its own.
    ///
    /// # Errors
    /// What the file says.
    pub fn edge<'a>(
        &mut self,
        id: &str,
        source: &str,
        target: &str,
        cells: impl IntoIterator<Item = Option<Value<'a>>>,
    ) -> io::Result<()> {
        self.out.raw("<edge id=\"");
        self.out.raw(id);
        self.out.raw("\" source=\"");
        self.out.raw(source);
        self.out.raw("\" target=\"");
        self.out.raw(target);
        self.out.raw("\">");
        write_cells(&mut self.out, &self.edge_tags, cells);
        self.out.raw("</edge>\n");
        self.out.end_row()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the file says.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.raw("</graph>\n</graphml>\n");
        self.out.flush()
    }
}

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let nodes: Vec<_> = iter::once(("label", Type::Text))
        .chain(names(NODE))
        .collect();
    let edges: Vec<_> = [("label", Type::Text), ("weight", Type::Number)]
        .into_iter()
        .chain(names(EDGE))
        .collect();
    let mut rows = Graphml::new(out, &nodes, &edges)?;
    for place in Place::all(graph, options) {
        let node = place.node(graph);
        let cells = NODE.iter().map(|column| (column.value)(graph, &place));
        let label = Value::Text(flat(&node.label));
        rows.node(
            &plain(node.id.as_str()),
            iter::once(Some(label)).chain(cells),
        )?;
    }
    let links = if options.multi {
        Link::per_edge(graph)
    } else {
        Link::per_pair(graph)
    };
    for link in links {
        let [source, target] =
            [link.source, link.target].map(|ix| plain(graph.node(ix).id.as_str()));
        let cells = EDGE.iter().map(|column| (column.value)(graph, &link));
        let label = Value::Text(label(graph, &link));
        let first = [Some(label), Some(Value::Number(weight(&link)))];
        rows.edge(&link.id, &source, &target, first.into_iter().chain(cells))?;
    }
    rows.finish()
}

fn names<T>(columns: &[Column<T>]) -> impl Iterator<Item = (&'static str, Type)> {
    columns.iter().map(|column| (column.id, column.holds))
}

/// Declares columns; the tags that open their cells.
fn keys(out: &mut Markup, element: &str, columns: &[(&str, Type)]) -> Vec<String> {
    let mut tags = Vec::new();
    for (name, holds) in columns {
        let (id, holds) = (key_id(element, name), holds.word());
        out.raw(&format!(
            "<key id=\"{id}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>\n"
        ));
        tags.push(format!("<data key=\"{id}\">"));
    }
    tags
}

/// Gephi knows label and weight by the key's id, so an id is a name. One name may serve nodes and
/// edges, but ids are unique in XML: those of edges get a prefix, except for the two Gephi looks for.
fn key_id(element: &str, name: &str) -> String {
    match (element, name) {
        ("edge", "label") => "edgelabel".to_owned(),
        ("edge", "weight") | ("node", _) => name.to_owned(),
        _ => format!("edge_{name}"),
    }
}

fn write_cells<'a>(
    out: &mut Markup,
    tags: &[String],
    cells: impl IntoIterator<Item = Option<Value<'a>>>,
) {
    for (tag, value) in tags.iter().zip(cells) {
        if let Some(value) = value {
            out.raw(tag);
            out.value(&value);
            out.raw("</data>");
        }
    }
}
