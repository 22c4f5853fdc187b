//! Every format says the same of each node and edge, whatever their names are.

use std::collections::BTreeMap;
use std::io::Write as _;

use entente::export::Options;
use entente::graph::Graph;
use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::export::{Element, MULTI, bytes, elements, with};
use crate::graph_sample::{self, any_extractions, legend};

/// What a reader finds of each node or edge: values by name.
type Read = BTreeMap<String, BTreeMap<String, String>>;

/// Values as they can be compared: numbers are written in several ways, and XML has no place for some characters.
fn plain(value: &str) -> String {
    match value.parse::<f64>() {
        Ok(number) => number.to_string(),
        Err(_) => value
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
            .collect(),
    }
}

/// The children that hold the values of nodes (or edges), each as a name and a value.
fn xml(all: &[Element], of: &str, child: impl Fn(&Element) -> Vec<(String, String)>) -> Read {
    let mut read = Read::new();
    let mut current = None;
    for element in all {
        if matches!(element.name.as_str(), "node" | "edge") {
            current = (element.name == of).then(|| element.get("id").to_owned());
            if let Some(id) = &current {
                read.insert(id.clone(), BTreeMap::new());
            }
        }
        if let Some(id) = &current {
            for (name, value) in child(element) {
                read.get_mut(id).unwrap().insert(name, plain(&value));
            }
        }
    }
    read
}

fn graphml(graph: &Graph, of: &str, options: Options) -> Read {
    xml(&elements(&with(graph, "graphml", options)), of, |element| {
        if element.name != "data" {
            return Vec::new();
        }
        let key = element.get("key");
        let name = key.strip_prefix("edge_").unwrap_or(key);
        let name = if name == "edgelabel" { "label" } else { name };
        vec![(name.to_owned(), element.text.clone())]
    })
}

fn gexf(graph: &Graph, of: &str, options: Options) -> Read {
    xml(&elements(&with(graph, "gexf", options)), of, |element| {
        let own = |name: &str| {
            let value = element.attributes.get(name)?;
            Some((name.to_owned(), value.clone()))
        };
        match element.name.as_str() {
            "attvalue" => vec![(
                element.get("for").to_owned(),
                element.get("value").to_owned(),
            )],
            "node" | "edge" => ["label", "weight"].into_iter().filter_map(own).collect(),
            _ => Vec::new(),
        }
    })
}

fn json(graph: &Graph, of: &str, options: Options) -> Read {
    let json: Value = serde_json::from_str(&with(graph, "json", options)).unwrap();
    let list = json[format!("{of}s")].as_array().unwrap();
    list.iter()
        .map(|item| values(item.as_object().unwrap()))
        .collect()
}

fn cytoscape(graph: &Graph, of: &str, options: Options) -> Read {
    let json: Value = serde_json::from_str(&with(graph, "cytoscape", options)).unwrap();
    let list = json["elements"][format!("{of}s")].as_array().unwrap();
    list.iter()
        .map(|item| values(item["data"].as_object().unwrap()))
        .map(|(id, mut values)| {
            values.remove("name");
            values.remove("value");
            (id, values)
        })
        .collect()
}

fn values(item: &Map<String, Value>) -> (String, BTreeMap<String, String>) {
    let told = |value: &Value| match value {
        Value::String(text) => plain(text),
        other => plain(&other.to_string()),
    };
    let values = item
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "id" | "source" | "target" | "key"))
        .map(|(name, value)| (name.clone(), told(value)))
        .collect();
    (item["id"].as_str().unwrap().to_owned(), values)
}

fn check(graph: &Graph) {
    for of in ["node", "edge"] {
        for options in [Options::default(), MULTI] {
            let expected = json(graph, of, options);
            assert_eq!(graphml(graph, of, options), expected, "graphml {of}");
            assert_eq!(cytoscape(graph, of, options), expected, "cytoscape {of}");
            // GEXF has an edge for each kind unless all are asked for.
            if options.multi || of == "node" {
                assert_eq!(gexf(graph, of, options), expected, "gexf {of}");
            }
        }
    }
    check_parquet(graph);
}

/// Every statement is a row of as many columns as the CSV file has.
fn check_parquet(graph: &Graph) {
    let table = with(graph, "statements", Options::default());
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let columns = table.headers().unwrap().len();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes(graph, "parquet")).unwrap();
    let file = SerializedFileReader::new(file).unwrap();
    let rows: Vec<_> = file
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), graph.claims().len());
    assert!(rows.iter().all(|row| row.len() == columns));
}

#[test]
fn the_sample_is_the_same_in_all_formats() {
    let graph = graph_sample::graph();
    let nodes = json(&graph, "node", Options::default());
    assert_eq!(nodes["country:DEU"]["label"], "Germany");
    assert!(nodes.values().all(|values| values.len() > 4), "{nodes:?}");
    check(&graph);
}

proptest! {
    #[test]
    fn odd_names_are_the_same_in_all_formats(some in any_extractions()) {
        check(&Graph::from_extractions(some, legend()));
    }
}
