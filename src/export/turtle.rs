//! Turtle: every statement a resource of its own, with its sentence and its document.
//!
//! The names are stable: an entity is `urn:entente:entity:<id>`, a statement `urn:entente:statement:<id>`,
//! a document `urn:entente:document:<id>`, and what is not the letter of a name is percent-encoded.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::civil::Date;
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, TripleRef};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;

use super::Options;
use super::column::Place;
use super::text::flat;
use crate::graph::{Claim, DocumentIx, Graph, Node};
use crate::mention::EntityId;

/// The vocabulary: kinds of entities and statements, and the properties below.
const TERMS: &str = "urn:entente:terms:";
const ENTITY: &str = "urn:entente:entity:";
const STATEMENT: &str = "urn:entente:statement:";
const DOCUMENT: &str = "urn:entente:document:";
const DCTERMS: &str = "http://purl.org/dc/terms/";

pub(super) fn write(graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let prefixes = [
        ("ent", TERMS),
        ("e", ENTITY),
        ("s", STATEMENT),
        ("d", DOCUMENT),
        ("dcterms", DCTERMS),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];
    let mut settings = TurtleSerializer::new();
    for (name, iri) in prefixes {
        settings = settings.with_prefix(name, iri).map_err(io::Error::other)?;
    }
    let mut to = Triples(settings.for_writer(out));
    for place in Place::all(graph, options) {
        to.entity(place.node(graph))?;
    }
    for ix in (0..graph.documents().len()).map(DocumentIx) {
        to.document(graph, ix)?;
    }
    for claim in graph.claims() {
        to.claim(graph, claim)?;
    }
    for edge in graph.edges() {
        let [from, to_] = [edge.subject, edge.object].map(|ix| entity(&graph.node(ix).id));
        to.add(&from, &term(&edge.kind), to_)?;
    }
    to.0.finish()?;
    Ok(())
}

struct Triples<'w>(WriterTurtleSerializer<&'w mut dyn Write>);

impl Triples<'_> {
    fn add(
        &mut self,
        of: &NamedNode,
        property: &NamedNode,
        value: impl Into<Term>,
    ) -> io::Result<()> {
        let value = value.into();
        self.0
            .serialize_triple(TripleRef::new(of, property, &value))
    }

    fn text(&mut self, of: &NamedNode, property: &NamedNode, text: &str) -> io::Result<()> {
        let text = flat(text);
        if text.is_empty() {
            return Ok(());
        }
        self.add(of, property, Literal::new_simple_literal(text))
    }

    fn date(&mut self, of: &NamedNode, property: &NamedNode, date: Option<Date>) -> io::Result<()> {
        let Some(date) = date else { return Ok(()) };
        self.add(of, property, typed(date, xsd::DATE))
    }

    fn entity(&mut self, node: &Node) -> io::Result<()> {
        let of = entity(&node.id);
        self.add(&of, &rdf::TYPE.into_owned(), term(&node.kind))?;
        self.text(&of, &rdfs::LABEL.into_owned(), &node.label)?;
        self.add(&of, &term("known"), typed(node.known, xsd::BOOLEAN))?;
        self.add(&of, &term("documents"), typed(node.documents, xsd::INTEGER))
    }

    fn document(&mut self, graph: &Graph, ix: DocumentIx) -> io::Result<()> {
        let document = graph.document(ix);
        let of = named(DOCUMENT, &document.id);
        self.add(&of, &rdf::TYPE.into_owned(), term("document"))?;
        self.text(&of, &named(DCTERMS, "title"), &document.title)?;
        self.text(&of, &named(DCTERMS, "source"), &document.source)?;
        self.text(&of, &named(DCTERMS, "language"), &document.language)?;
        self.date(&of, &named(DCTERMS, "date"), document.date)
    }

    fn claim(&mut self, graph: &Graph, claim: &Claim) -> io::Result<()> {
        let statement = &claim.statement;
        let of = named(STATEMENT, &statement.id);
        self.add(&of, &rdf::TYPE.into_owned(), term("statement"))?;
        self.add(&of, &term("kind"), term(&statement.kind))?;
        for (property, ids) in [
            ("subject", &statement.subjects),
            ("object", &statement.objects),
            ("about", &statement.about),
        ] {
            for id in ids {
                self.add(&of, &term(property), entity(id))?;
            }
        }
        self.text(&of, &term("status"), statement.status.as_str())?;
        self.date(&of, &term("earliest"), statement.date.earliest)?;
        self.date(&of, &term("latest"), statement.date.latest)?;
        let sure = typed(statement.confidence, xsd::DECIMAL);
        self.add(&of, &term("confidence"), sure)?;
        for (property, word) in [
            ("role", &statement.role),
            ("instrument", &statement.instrument),
        ] {
            self.text(&of, &term(property), word.as_deref().unwrap_or_default())?;
        }
        self.text(&of, &term("sentence"), &statement.evidence.sentence)?;
        let document = named(DOCUMENT, &graph.document(claim.document).id);
        self.add(&of, &named(DCTERMS, "isPartOf"), document)
    }
}

fn typed(value: impl std::fmt::Display, datatype: NamedNodeRef<'_>) -> Literal {
    Literal::new_typed_literal(value.to_string(), datatype)
}

fn term(word: &str) -> NamedNode {
    named(TERMS, word)
}

fn entity(id: &EntityId) -> NamedNode {
    named(ENTITY, id.as_str())
}

/// A name of ours: what an IRI cannot hold is percent-encoded.
fn named(base: &str, name: &str) -> NamedNode {
    let mut iri = String::from(base);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            iri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    NamedNode::new_unchecked(iri)
}
