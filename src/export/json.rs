//! JSON: node-link as NetworkX reads it, elements as Cytoscape.js reads them.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::Options;
use super::column::{Column, EDGE, NODE, Place, Value, label, weight};
use super::link::{Link, Links};
use super::text::flat;
use crate::graph::{Graph, plain};

pub(super) fn node_link(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let head = json!({"name": "entente"});
    write!(
        out,
        "{{\"directed\":false,\"multigraph\":{},\"graph\":{head},\n\"nodes\":[",
        options.multi
    )?;
    list(
        out,
        Place::all(graph, options).map(|place| node(graph, &place)),
    )?;
    out.write_all(b"],\n\"edges\":[")?;
    list(
        out,
        links(graph, options).map(|link| edge(graph, &link, options)),
    )?;
    out.write_all(b"]}\n")
}

pub(super) fn cytoscape(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{{\"data\":{{\"name\":\"entente\"}},\"directed\":false,\"multigraph\":{},\n\"elements\":{{\"nodes\":[",
        options.multi
    )?;
    let nodes = Place::all(graph, options).map(|place| {
        let mut data = node(graph, &place);
        let name = data.get("label").cloned().unwrap_or_default();
        data.insert("name".into(), name);
        let value = data.get("id").cloned().unwrap_or_default();
        data.insert("value".into(), value);
        element(data)
    });
    list(out, nodes)?;
    out.write_all(b"],\n\"edges\":[")?;
    let edges = links(graph, options);
    list(out, edges.map(|link| element(edge(graph, &link, options))))?;
    out.write_all(b"]}}\n")
}

fn element(data: Map<String, Json>) -> Map<String, Json> {
    Map::from_iter([("data".to_owned(), Json::Object(data))])
}

fn links(graph: &Graph, options: Options) -> Links<'_> {
    if options.multi {
        Link::per_edge(graph)
    } else {
        Link::per_pair(graph)
    }
}

fn node(graph: &Graph, place: &Place) -> Map<String, Json> {
    let node = place.node(graph);
    let mut data = Map::new();
    data.insert("id".into(), plain(node.id.as_str()).into());
    data.insert("label".into(), flat(&node.label).into());
    cells(graph, NODE, place, &mut data);
    data
}

fn edge(graph: &Graph, link: &Link, options: Options) -> Map<String, Json> {
    let end = |ix| Json::from(plain(graph.node(ix).id.as_str()));
    let mut data = Map::new();
    data.insert("source".into(), end(link.source));
    data.insert("target".into(), end(link.target));
    data.insert("id".into(), link.id.as_str().into());
    if options.multi {
        // NetworkX tells parallel edges apart by their key.
        data.insert("key".into(), link.id.as_str().into());
    }
    data.insert("label".into(), label(graph, link).into());
    data.insert("weight".into(), weight(link).into());
    cells(graph, EDGE, link, &mut data);
    data
}

fn cells<T>(graph: &Graph, columns: &[Column<T>], row: &T, data: &mut Map<String, Json>) {
    for column in columns {
        let value = match (column.value)(graph, row) {
            None => continue,
            Some(Value::Text(text)) => text.into(),
            Some(Value::Count(count)) => count.into(),
            Some(Value::Number(number)) => number.into(),
            Some(Value::Date(day)) => day.to_string().into(),
            Some(Value::Truth(truth)) => truth.into(),
        };
        data.insert(column.id.into(), value);
    }
}

/// One object a line.
fn list(out: &mut dyn Write, items: impl Iterator<Item = Map<String, Json>>) -> io::Result<()> {
    for (at, item) in items.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    Ok(())
}
