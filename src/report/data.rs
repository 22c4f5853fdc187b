//! What the script of the page knows: the graph of the page as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::evidence::{Book, Piece, address, pieces};
use super::names;
use super::scope::{Scope, group};
use crate::gazetteer::Gazetteer;
use crate::graph::{ClaimIx, DocumentIx, Graph, NodeIx};
use crate::query::{Period, Resolved};
use crate::statement::Status;

/// Everything. Nodes, edges, claims and documents point to each other by their place in the lists.
#[derive(Serialize)]
pub(super) struct Data<'g> {
    /// Raised when the shape changes.
    version: u32,
    entity_kinds: Vec<EntityKind<'g>>,
    statement_kinds: Vec<StatementKind<'g>>,
    documents: Vec<Document<'g>>,
    nodes: Vec<Node<'g>>,
    edges: Vec<Edge>,
    claims: Vec<Claim<'g>>,
}

#[derive(Serialize)]
struct EntityKind<'g> {
    id: &'g str,
    label: &'g str,
    colour: &'g str,
    actor: bool,
}

#[derive(Serialize)]
struct StatementKind<'g> {
    id: &'g str,
    label: &'g str,
    gloss: &'g str,
    group: &'static str,
    directed: bool,
    colour: &'g str,
}

#[derive(Serialize)]
struct Document<'g> {
    id: &'g str,
    title: &'g str,
    source: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'g str>,
    date: Option<Date>,
    language: &'g str,
    /// Documents of one voice are one source.
    voice: u32,
    /// Place of the first document with the same text; its own if it is no copy.
    story: usize,
}

#[derive(Serialize)]
struct Node<'g> {
    id: &'g str,
    kind: &'g str,
    name: &'g str,
    known: bool,
    names: Vec<String>,
}

#[derive(Serialize)]
struct Edge {
    from: usize,
    to: usize,
    /// Place among the statement kinds.
    kind: usize,
    /// In the order in which they were told.
    claims: Vec<usize>,
}

#[derive(Serialize)]
struct Claim<'g> {
    document: usize,
    status: Status,
    /// First and last day it may be about, or the day it was published.
    first: Option<Date>,
    last: Option<Date>,
    /// As exact as it is known; nothing if only the publication is.
    shown: Option<Period>,
    confidence: f64,
    about: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<Passage<'g>>,
}

#[derive(Serialize)]
struct Passage<'g> {
    pieces: Vec<Piece>,
    rule: &'g str,
    parties: &'g [Resolved],
}

impl<'g> Data<'g> {
    pub(super) fn of(
        graph: &'g Graph,
        gazetteer: &Gazetteer,
        scope: &Scope,
        book: &'g Book<'g>,
    ) -> Self {
        let mut table = Claims::default();
        let edges = scope
            .edges
            .iter()
            .filter_map(|ix| {
                let edge = graph.edge(*ix);
                Some(Edge {
                    from: scope.place(edge.subject)?,
                    to: scope.place(edge.object)?,
                    kind: graph.legend().rank(&edge.kind),
                    claims: edge.claims.iter().map(|ix| table.place(*ix)).collect(),
                })
            })
            .collect();
        let claims = table.claims.iter().map(|ix| claim(graph, book, *ix));
        Self {
            version: 1,
            entity_kinds: entity_kinds(graph),
            statement_kinds: statement_kinds(graph),
            documents: documents(graph),
            nodes: nodes(graph, gazetteer, scope),
            edges,
            claims: claims.collect(),
        }
    }

    /// As JSON; there is nothing in it that JSON cannot say.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The claims that edges point to, in the order in which they are first met.
#[derive(Default)]
struct Claims {
    claims: Vec<ClaimIx>,
    places: BTreeMap<ClaimIx, usize>,
}

impl Claims {
    fn place(&mut self, ix: ClaimIx) -> usize {
        let next = self.claims.len();
        let place = *self.places.entry(ix).or_insert(next);
        if place == next {
            self.claims.push(ix);
        }
        place
    }
}

fn entity_kinds(graph: &Graph) -> Vec<EntityKind<'_>> {
    let kinds = graph.legend().entities.iter();
    kinds
        .map(|kind| EntityKind {
            id: &kind.id,
            label: &kind.label,
            colour: &kind.colour,
            actor: kind.actor,
        })
        .collect()
}

/// Those of the schema, and last one for kinds that it does not know.
fn statement_kinds(graph: &Graph) -> Vec<StatementKind<'_>> {
    let kinds = graph.legend().statements.iter().map(|kind| StatementKind {
        id: &kind.id,
        label: &kind.label,
        gloss: &kind.gloss,
        group: group(graph, &kind.id),
        directed: !kind.symmetric,
        colour: &kind.colour,
    });
    let other = StatementKind {
        id: "other",
        label: "other",
        gloss: "a kind that this version does not know",
        group: "fact",
        directed: true,
        colour: "#888888",
    };
    kinds.chain([other]).collect()
}

fn documents(graph: &Graph) -> Vec<Document<'_>> {
    let all = graph.documents().iter().enumerate();
    all.map(|(ix, document)| Document {
        id: &document.id,
        title: &document.title,
        source: &document.source,
        url: address(&document.source),
        date: document.date,
        language: &document.language,
        voice: graph.voice(DocumentIx(ix)),
        story: graph.story(DocumentIx(ix)).0,
    })
    .collect()
}

fn nodes<'g>(graph: &'g Graph, gazetteer: &Gazetteer, scope: &Scope) -> Vec<Node<'g>> {
    let mut names = names::of(graph, gazetteer, &scope.nodes);
    let one = |ix: &NodeIx| {
        let node = graph.node(*ix);
        Node {
            id: node.id.as_str(),
            kind: &node.kind,
            name: &node.label,
            known: node.known,
            names: names.remove(ix).unwrap_or_default(),
        }
    };
    scope.nodes.iter().map(one).collect()
}

fn claim<'g>(graph: &'g Graph, book: &'g Book<'g>, ix: ClaimIx) -> Claim<'g> {
    let claim = graph.claim(ix);
    let statement = &claim.statement;
    let published = graph.document(claim.document).date;
    let date = &statement.date;
    let passage = book.passage(ix);
    Claim {
        document: claim.document.0,
        status: statement.status,
        first: date.earliest.or(date.latest).or(published),
        last: date.latest.or(date.earliest).or(published),
        shown: date.earliest.map(|first| Period {
            first,
            precision: date.precision,
        }),
        confidence: statement.confidence,
        about: statement.about.iter().map(|id| graph.label(id)).collect(),
        passage: passage.map(|passage| Passage {
            pieces: pieces(&passage.evidence),
            rule: &passage.evidence.rule,
            parties: &passage.parties,
        }),
    }
}
