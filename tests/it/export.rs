//! What the exporters write, read back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

use entente::export::{self, Dialect, FORMATS, Format, Link, Options, View, write_atomically};
use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use jiff::civil::Date;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::graph_sample::{self, any_extractions, legend};

fn written(graph: &Graph, format: &str) -> String {
    let mut bytes = Vec::new();
    Format::named(format)
        .unwrap()
        .write(graph, Options::default(), &mut bytes)
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

/// An element of an XML file with its attributes, and its text if it has any.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
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

    pub(crate) fn get(&self, key: &str) -> &str {
        &self.attributes[key]
    }
}

/// Reads XML strictly: tags match, attributes are unique, every character is allowed.
pub(crate) fn elements(xml: &str) -> Vec<Element> {
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
    check_ends(&all, graph, &Link::per_pair(graph).collect::<Vec<_>>());
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
    check_ends(&all, graph, &Link::per_kind(graph).collect::<Vec<_>>());
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
        ("edges", graph.edges().len(), 24),
        ("statements", graph.claims().len(), 32),
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

pub(crate) fn with(graph: &Graph, format: &str, options: Options) -> String {
    let mut bytes = Vec::new();
    let format = Format::named(format).unwrap();
    format.write(graph, options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub(crate) const MULTI: Options = Options {
    multi: true,
    dialect: Dialect::Plain,
    connected: false,
};

fn check_json(graph: &Graph) {
    for (options, links) in [
        (Options::default(), Link::per_pair(graph).len()),
        (MULTI, graph.edges().len()),
    ] {
        let json: Value = serde_json::from_str(&with(graph, "json", options)).unwrap();
        let nodes = json["nodes"].as_array().unwrap();
        let ids: BTreeSet<&str> = nodes.iter().map(|n| n["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), graph.nodes().len());
        let edges = json["edges"].as_array().unwrap();
        assert_eq!(edges.len(), links);
        let known = |e: &Value, end: &str| ids.contains(e[end].as_str().unwrap());
        assert!(
            edges
                .iter()
                .all(|e| known(e, "source") && known(e, "target"))
        );
        let cytoscape: Value = serde_json::from_str(&with(graph, "cytoscape", options)).unwrap();
        let elements = &cytoscape["elements"];
        assert_eq!(elements["nodes"].as_array().unwrap().len(), ids.len());
        assert_eq!(elements["edges"].as_array().unwrap().len(), links);
    }
}

fn check_multi(graph: &Graph) {
    for format in ["graphml", "gexf"] {
        let all = elements(&with(graph, format, MULTI));
        check_ends(&all, graph, &Link::per_edge(graph).collect::<Vec<_>>());
    }
}

fn check_turtle(graph: &Graph) {
    let turtle = written(graph, "turtle");
    let mut statements = BTreeSet::new();
    let mut labels = 0;
    for triple in oxttl::TurtleParser::new().for_slice(&turtle) {
        let triple = triple.unwrap();
        let object = triple.object.to_string();
        if object == "<urn:entente:terms:statement>" && triple.predicate.as_str().ends_with("#type")
        {
            statements.insert(triple.subject.to_string());
        }
        labels += usize::from(triple.predicate.as_str().ends_with("#label"));
    }
    let ids: BTreeSet<_> = graph.claims().iter().map(|c| &c.statement.id).collect();
    assert_eq!(statements.len(), ids.len());
    assert!(labels <= graph.nodes().len());
}

/// Every reader of CSV sees as many cells in each row, and the rows there are.
fn check_tables(graph: &Graph) {
    for (format, rows) in [
        ("neo4j-nodes", Some(graph.nodes().len())),
        ("neo4j-relationships", Some(graph.edges().len())),
        ("dyads", None),
    ] {
        let text = written(graph, format);
        let read = csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(Result::unwrap)
            .count();
        assert!(rows.is_none_or(|rows| rows == read), "{format}: {read}");
    }
    let gephi = Options {
        dialect: Dialect::Gephi,
        ..Options::default()
    };
    let edges = with(graph, "edges", gephi);
    let read = csv::Reader::from_reader(edges.as_bytes()).records().count();
    assert_eq!(read, Link::per_kind(graph).len());
    let excel = Options {
        dialect: Dialect::Excel,
        ..Options::default()
    };
    for format in ["nodes", "edges", "statements", "dyads"] {
        let text = with(graph, format, excel);
        let text = text.strip_prefix('\u{FEFF}').unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let formula = cell.starts_with(['=', '+', '-', '@']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{cell}");
            }
        }
    }
}

fn check_svg(graph: &Graph) {
    let all = elements(&written(graph, "svg"));
    assert_eq!(all[0].name, "svg");
    let boxes = all.iter().filter(|e| e.name == "g").count();
    assert!(boxes <= 60, "{boxes} boxes");
    let numbers = all.iter().flat_map(|e| e.attributes.values());
    assert!(
        numbers
            .clone()
            .all(|v| !v.contains("NaN") && !v.contains("inf"))
    );
}

fn check_all(graph: &Graph) {
    check_svg(graph);
    check_graphml(graph);
    check_gexf(graph);
    check_csv(graph);
    check_dot(graph);
    check_json(graph);
    check_multi(graph);
    check_turtle(graph);
    check_tables(graph);
}

#[test]
fn sample_reads_back() {
    check_all(&graph_sample::graph());
}

#[test]
fn dyads_count_what_the_graph_says() {
    let graph = graph_sample::graph();
    let text = written(&graph, "dyads");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|h| h == name).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let of = |a: &str, b: &str, year: &str| {
        rows.iter()
            .find(|r| &r[0] == year && &r[1] == a && &r[2] == b)
            .unwrap()
    };
    let aid = of("country:DEU", "country:UKR", "2022");
    assert_eq!(&aid[column("aid")], "3");
    assert_eq!(&aid[column("sources")], "3");
    assert_eq!(&aid[column("hostile")], "0");
    let war = of("country:RUS", "country:UKR", "2022");
    assert_eq!(
        (&war[column("hostile")], &war[column("cooperative")]),
        ("1", "0")
    );
    let keys: BTreeSet<_> = rows.iter().map(|r| (&r[0], &r[1], &r[2])).collect();
    assert_eq!(keys.len(), rows.len(), "one row for each pair and year");
}

#[test]
fn views_and_joined_bodies() {
    let graph = graph_sample::graph();
    let actors = View::Actors.of(&graph);
    let programmes = View::Programmes.of(&graph);
    assert_eq!(
        actors.edges().len() + programmes.edges().len(),
        graph.edges().len()
    );
    assert!(actors.edges().iter().all(|edge| {
        let is_actor = |ix| legend().is_actor(&actors.node(ix).kind);
        is_actor(edge.subject) && is_actor(edge.object)
    }));
    let connected = Options {
        connected: true,
        ..Options::default()
    };
    let listed = with(&actors, "nodes", connected).lines().count() - 1;
    assert!(listed < graph.nodes().len());
    let said = graph_sample::Said {
        document: "d",
        kind: "agreement",
        subjects: "organisation:bundeswehr,country:NOR",
        objects: "-",
        about: "weapon:leopard-2a7",
        status: "agreed",
        since: "2025",
    };
    let day = Date::constant(2026, 1, 1);
    let graph = Graph::from_extractions(
        [graph_sample::extraction("d", day, vec![said.read(0)])],
        legend(),
    );
    let joined = export::collapse(&graph, Gazetteer::builtin().unwrap());
    let ids: Vec<&str> = joined.edges().iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["country:DEU/agreement/country:NOR"]);
    check_all(&joined);
}

#[test]
fn an_empty_graph_is_a_whole_file() {
    check_all(&Graph::from_extractions([], legend()));
}

proptest! {
    #[test]
    fn odd_names_read_back(some in any_extractions()) {
        check_all(&Graph::from_extractions(some, legend()));
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
        .filter(|line| line.starts_with("    \"") && !line.contains("->"))
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
        write_atomically(&folder.join(format.file), |out| {
            format.write(&graph, Options::default(), out)
        })
        .unwrap();
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

pub(crate) fn bytes(graph: &Graph, format: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let format = Format::named(format).unwrap();
    format.write(graph, Options::default(), &mut bytes).unwrap();
    bytes
}

#[test]
fn the_png_is_the_picture_of_the_svg_with_letters() {
    let graph = graph_sample::graph();
    let svg = written(&graph, "svg");
    let size = |name: &str| -> u32 {
        let value = svg.split(&format!(" {name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    };
    let picture = tiny_skia::Pixmap::decode_png(&bytes(&graph, "png")).unwrap();
    assert!(picture.width().abs_diff(2 * size("width")) < 3);
    assert!(picture.height().abs_diff(2 * size("height")) < 3);
    let shades = |pixels: &[tiny_skia::PremultipliedColorU8]| -> BTreeSet<(u8, u8, u8)> {
        pixels
            .iter()
            .map(|p| (p.red(), p.green(), p.blue()))
            .collect()
    };
    assert!(
        shades(picture.pixels()).len() > 100,
        "lines, boxes and smooth letters"
    );
    // The legend is black on white; without letters it would have no grey.
    let last = picture.pixels().len() / 4;
    let legend = shades(&picture.pixels()[picture.pixels().len() - last..]);
    let is_grey = |(r, g, b): &&(u8, u8, u8)| r == g && g == b && *r > 60 && *r < 230;
    assert!(legend.iter().filter(is_grey).count() > 5, "{legend:?}");
}

#[test]
fn parquet_has_the_statements_with_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let graph = graph_sample::graph();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes(&graph, "parquet")).unwrap();
    let file = SerializedFileReader::new(file).unwrap();
    let table = written(&graph, "statements");
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let heads: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let mut rows = file.get_row_iter(None).unwrap();
    for record in table.records() {
        let (record, row) = (record.unwrap(), rows.next().unwrap().unwrap());
        let columns: Vec<_> = row.get_column_iter().collect();
        assert_eq!(columns.len(), heads.len());
        for (((name, value), head), cell) in columns.into_iter().zip(&heads).zip(&record) {
            assert_eq!(name, head);
            let told = match value {
                Field::Null => String::new(),
                Field::Str(text) => text.clone(),
                Field::Long(count) => count.to_string(),
                Field::Date(days) => {
                    let day = jiff::civil::date(1970, 1, 1);
                    day.saturating_add(jiff::Span::new().days(*days))
                        .to_string()
                }
                Field::Double(number) => {
                    assert_eq!(Ok(*number), cell.parse(), "{name}");
                    continue;
                }
                other => panic!("{name}: {other:?}"),
            };
            assert_eq!(told, cell, "{name}");
        }
    }
    assert!(rows.next().is_none());
}
