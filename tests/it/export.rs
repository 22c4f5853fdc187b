//! What the exporters write, read back.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use entente::export::{FORMATS, Format, Link, write_atomically};
use entente::graph::Graph;
use jiff::civil::Date;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::graph_sample::{self, any_extractions, legend};

fn written(graph: &Graph, format: &str) -> String {
    let mut bytes = Vec::new();
    Format::named(format)
        .unwrap()
        .write(graph, &mut bytes)
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

/// An element of an XML file with its attributes, and its text if it has any.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.unescape_value().unwrap().into_owned();
            (String::from_utf8(attribute.key.0.to_vec()).unwrap(), value)
        });
        Self {
            name: String::from_utf8(start.name().0.to_vec()).unwrap(),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    fn get(&self, key: &str) -> &str {
        &self.attributes[key]
    }
}

/// Reads XML strictly: tags match, attributes are unique, every character is allowed.
fn elements(xml: &str) -> Vec<Element> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "a character that XML cannot hold");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut all: Vec<Element> = Vec::new();
    let mut open = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(all.len());
                all.push(Element::of(&start));
            }
            Event::Empty(start) => all.push(Element::of(&start)),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(ix) = open.last() {
                    all[*ix].text.push_str(&text.decode().unwrap());
                }
            }
            Event::GeneralRef(entity) => {
                let c = match &*entity.decode().unwrap() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    _ => entity.resolve_char_ref().unwrap().unwrap(),
                };
                assert!(
                    allowed(c),
                    "a reference to a character that XML cannot hold"
                );
                all[*open.last().unwrap()].text.push(c);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "an element that does not end");
    all
}

fn named<'e>(elements: &'e [Element], name: &'static str) -> impl Iterator<Item = &'e Element> {
    elements.iter().filter(move |element| element.name == name)
}

/// What holds for nodes and edges of both XML formats.
fn check_ends(all: &[Element], graph: &Graph, links: &[Link]) {
    let nodes: BTreeSet<&str> = named(all, "node").map(|node| node.get("id")).collect();
    assert_eq!(nodes.len(), graph.nodes().len(), "every node once");
    assert!(
        nodes
            .iter()
            .all(|id| !id.is_empty() && !id.contains(char::is_whitespace))
    );
    let edges: BTreeSet<&str> = named(all, "edge").map(|edge| edge.get("id")).collect();
    assert_eq!(edges.len(), links.len(), "every edge once");
    assert_eq!(named(all, "edge").count(), links.len());
    let declared = named(all, "node").count();
    for (at, element) in all.iter().enumerate().filter(|(_, e)| e.name == "edge") {
        assert!(nodes.contains(element.get("source")), "{element:?}");
        assert!(nodes.contains(element.get("target")), "{element:?}");
        assert_eq!(
            named(&all[..at], "node").count(),
            declared,
            "nodes come first"
        );
    }
}

fn check_graphml(graph: &Graph) {
    let all = elements(&written(graph, "graphml"));
    check_ends(&all, graph, &Link::per_pair(graph));
    let keys: BTreeSet<&str> = named(&all, "key").map(|key| key.get("id")).collect();
    assert_eq!(keys.len(), named(&all, "key").count(), "key ids are unique");
    for key in named(&all, "key") {
        assert!(matches!(key.get("for"), "node" | "edge"));
        assert!(matches!(
            key.get("attr.type"),
            "boolean" | "int" | "long" | "double" | "string"
        ));
    }
    let pairs: BTreeSet<_> = named(&all, "edge")
        .map(|e| BTreeSet::from([e.get("source"), e.get("target")]))
        .collect();
    assert_eq!(
        pairs.len(),
        named(&all, "edge").count(),
        "one edge for each pair"
    );
    for data in named(&all, "data") {
        assert!(keys.contains(data.get("key")), "{data:?}");
        if data.get("key") == "weight" {
            assert!(data.text.parse::<f64>().unwrap() >= 1.0);
        }
    }
    let labels = named(&all, "data").filter(|data| data.get("key") == "label");
    assert_eq!(labels.count(), graph.nodes().len());
}

fn check_gexf(graph: &Graph) {
    let all = elements(&written(graph, "gexf"));
    check_ends(&all, graph, &Link::per_kind(graph));
    let mode = named(&all, "graph").next().unwrap().get("mode").to_owned();
    let dated = |element: &&Element| element.attributes.contains_key("start");
    assert_eq!(mode == "dynamic", all.iter().any(|e| dated(&e)));
    for edge in named(&all, "edge") {
        assert_eq!(edge.get("type"), "undirected");
        assert!(edge.get("weight").parse::<f64>().unwrap() >= 1.0);
    }
    for element in all.iter().filter(dated) {
        let start: Date = element.get("start").parse().unwrap();
        let end = element
            .attributes
            .get("end")
            .map(|end| end.parse::<Date>().unwrap());
        assert!(end.is_none_or(|end| start < end), "{element:?}");
    }
    check_spells(&all);
}

/// Spells of an element are apart and in order; only the last is open.
fn check_spells(all: &[Element]) {
    let mut last_end: Option<Option<&str>> = None;
    for element in all {
        match element.name.as_str() {
            "spells" => last_end = None,
            "spell" => {
                let apart =
                    last_end.is_none_or(|end| end.is_some_and(|end| end < element.get("start")));
                assert!(apart, "{element:?}");
                last_end = Some(element.attributes.get("end").map(String::as_str));
            }
            _ => {}
        }
    }
}

fn check_csv(graph: &Graph) {
    for (format, rows, width) in [
        ("nodes", graph.nodes().len(), 9),
        ("edges", graph.edges().len(), 23),
        ("statements", graph.claims().len(), 31),
    ] {
        let text = written(graph, format);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_lowercase)
            .collect();
        assert_eq!(head.len(), width, "{format}: {head:?}");
        assert_eq!(
            head.iter().collect::<BTreeSet<_>>().len(),
            head.len(),
            "{format}: {head:?}"
        );
        assert!(
            head.iter()
                .all(|name| !name.contains("interval") && !name.contains("timestamp"))
        );
        assert_eq!(
            reader.records().map(Result::unwrap).count(),
            rows,
            "{format}"
        );
        let is_edge_table = head.iter().any(|name| name == "source" || name == "target");
        assert_eq!(
            is_edge_table,
            format == "edges",
            "Gephi decides by the header"
        );
    }
}

/// A crude reader of DOT: strings are whole, and each line is one statement.
fn check_dot(graph: &Graph) {
    let dot = written(graph, "dot");
    let body = dot.lines().filter(|line| line.starts_with("  \""));
    for line in body {
        let mut quoted = false;
        let mut escaped = false;
        for c in line.chars() {
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
        }
        assert!(!quoted && line.ends_with("];"), "{line}");
    }
}

#[test]
fn sample_reads_back() {
    let graph = graph_sample::graph();
    check_graphml(&graph);
    check_gexf(&graph);
    check_csv(&graph);
    check_dot(&graph);
}

#[test]
fn an_empty_graph_is_a_whole_file() {
    let graph = Graph::from_extractions([], legend());
    check_graphml(&graph);
    check_gexf(&graph);
    check_csv(&graph);
    check_dot(&graph);
}

proptest! {
    #[test]
    fn odd_names_read_back(some in any_extractions()) {
        let graph = Graph::from_extractions(some, legend());
        check_graphml(&graph);
        check_gexf(&graph);
        check_csv(&graph);
        check_dot(&graph);
    }
}

#[test]
fn symmetric_edges_are_undirected_rows() {
    let graph = graph_sample::graph();
    let edges = written(&graph, "edges");
    for record in csv::Reader::from_reader(edges.as_bytes())
        .records()
        .map(Result::unwrap)
    {
        let expected = if legend().is_directed(&record[3]) {
            "Directed"
        } else {
            "Undirected"
        };
        assert_eq!(&record[2], expected, "{record:?}");
    }
}

#[test]
fn formats_have_names_and_files_of_their_own() {
    let ids: BTreeSet<_> = FORMATS.iter().map(|format| format.id).collect();
    let files: BTreeSet<_> = FORMATS.iter().map(|format| format.file).collect();
    assert_eq!((ids.len(), files.len()), (FORMATS.len(), FORMATS.len()));
    assert!(Format::named("xlsx").is_none());
}

#[test]
fn a_large_graph_is_drawn_in_part() {
    let mut all = Vec::new();
    for number in 0u32..90 {
        let subjects = format!("country:x{number},country:x{}", number / 2);
        let document = format!("d{number}");
        let said = graph_sample::Said {
            document: &document,
            kind: "training",
            subjects: &subjects,
            objects: "-",
            about: "-",
            status: "active",
            since: "2024",
        };
        all.push(graph_sample::extraction(
            &document,
            Date::constant(2026, 1, 1),
            vec![said.read(0)],
        ));
    }
    let dot = written(&Graph::from_extractions(all, legend()), "dot");
    let nodes = dot
        .lines()
        .filter(|line| line.starts_with("  \"") && !line.contains("->"))
        .count();
    assert!((30..=60).contains(&nodes), "{nodes} nodes");
    assert!(dot.contains("of 90 entities"));
}

#[test]
fn files_are_whole_or_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.dot");
    write_atomically(&path, |out| out.write_all(b"old")).unwrap();
    let error = write_atomically(&path, |out| {
        out.write_all(b"new")?;
        Err(io::ErrorKind::StorageFull.into())
    });
    let error = error.unwrap_err();
    let told = error
        .to_string()
        .replace(&*folder.path().to_string_lossy(), "DIR");
    assert_eq!(told, "failed to write `DIR/graph.dot`: no storage space");
    assert!(error.hint().unwrap().contains("free some space"));
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    for (path, expected) in [
        (folder.path().join("none/x.csv"), "make it"),
        (folder.path().to_owned(), "another name"),
    ] {
        let error = write_atomically(&path, |_| Ok(())).unwrap_err();
        assert!(error.hint().unwrap().contains(expected), "{error}");
    }
}

/// Writes the sample for `tests/readback/readback.py`, with the counts it must find.
#[test]
#[ignore = "writes files into the folder that ENTENTE_SAMPLE names"]
fn write_sample() {
    let folder = std::path::PathBuf::from(std::env::var("ENTENTE_SAMPLE").unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let mut all = graph_sample::extractions();
    all[0].entities[0].name = "Müller & Söhne \"A400M\" <x>\\N \u{1}|\n".to_owned();
    let graph = Graph::from_extractions(all, legend());
    for format in FORMATS {
        write_atomically(&folder.join(format.file), |out| format.write(&graph, out)).unwrap();
    }
    let counts = serde_json::json!({
        "nodes": graph.nodes().len(),
        "edges": graph.edges().len(),
        "statements": graph.claims().len(),
        "graphml": Link::per_pair(&graph).len(),
        "gexf": Link::per_kind(&graph).len(),
    });
    std::fs::write(folder.join("counts.json"), counts.to_string()).unwrap();
}
