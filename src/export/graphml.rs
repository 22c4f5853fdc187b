//! GraphML: the six types of the standard, every key declared, ids as words.

use std::io::{self, Write};

use super::Options;
use super::column::{Column, EDGE, NODE, Place, Type, Value, label, number, weight};
use super::link::Link;
use super::text::{Xml, flat};
use crate::graph::{Graph, plain};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    key(out, "node", "label", Type::Text)?;
    for column in NODE {
        key(out, "node", column.id, column.holds)?;
    }
    key(out, "edge", "label", Type::Text)?;
    key(out, "edge", "weight", Type::Number)?;
    for column in EDGE {
        key(out, "edge", column.id, column.holds)?;
    }
    out.write_all(b"<graph id=\"entente\" edgedefault=\"undirected\">\n")?;
    for place in Place::all(graph, options) {
        node(graph, &place, out)?;
    }
    let links = if options.multi {
        Link::per_edge(graph)
    } else {
        Link::per_pair(graph)
    };
    for link in links {
        edge(graph, &link, out)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

/// Gephi knows label and weight by the key's id, so an id is a name. One name may serve nodes and
/// edges, but ids are unique in XML: those of edges get a prefix, except for the two Gephi looks for.
fn key(out: &mut dyn Write, element: &str, name: &str, holds: Type) -> io::Result<()> {
    let id = key_id(element, name);
    let holds = holds.word();
    writeln!(
        out,
        "<key id=\"{id}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>"
    )
}

fn key_id(element: &str, name: &str) -> String {
    match (element, name) {
        ("edge", "label") => "edgelabel".to_owned(),
        ("edge", "weight") | ("node", _) => name.to_owned(),
        _ => format!("edge_{name}"),
    }
}

fn node(graph: &Graph, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let node = place.node(graph);
    write!(out, "<node id=\"{}\">", plain(node.id.as_str()))?;
    data(out, "label", &Value::Text(flat(&node.label)))?;
    cells(graph, NODE, place, |name| key_id("node", name), out)?;
    out.write_all(b"</node>\n")
}

fn edge(graph: &Graph, link: &Link, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (&graph.node(link.source).id, &graph.node(link.target).id);
    let (source, target) = (plain(source.as_str()), plain(target.as_str()));
    write!(
        out,
        "<edge id=\"{}\" source=\"{source}\" target=\"{target}\">",
        link.id
    )?;
    data(out, "edgelabel", &Value::Text(label(graph, link).into()))?;
    data(out, "weight", &Value::Number(weight(link)))?;
    cells(graph, EDGE, link, |name| key_id("edge", name), out)?;
    out.write_all(b"</edge>\n")
}

fn cells<T>(
    graph: &Graph,
    columns: &[Column<T>],
    row: &T,
    key: impl Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for column in columns {
        if let Some(value) = (column.value)(graph, row) {
            data(out, &key(column.id), &value)?;
        }
    }
    Ok(())
}

fn data(out: &mut dyn Write, key: &str, value: &Value) -> io::Result<()> {
    write!(out, "<data key=\"{key}\">")?;
    match value {
        Value::Text(text) => Xml(text).write(out)?,
        Value::Count(count) => write!(out, "{count}")?,
        Value::Number(value) => out.write_all(number(*value).as_bytes())?,
        Value::Truth(truth) => write!(out, "{truth}")?,
    }
    out.write_all(b"</data>")
}
