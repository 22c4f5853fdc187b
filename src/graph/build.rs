//! From extractions to a graph, whatever their order.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::gist::{Gists, number};
use super::sources::{Voices, find_stories};
use super::summary::{Summary, Tables};
use super::{
    Claim, ClaimIx, DocumentIx, Edge, EdgeIx, Graph, Legend, Node, NodeIx, Tie, metrics, project,
};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, EntityRecord, Extraction, Statement};
use crate::text::CharSpan;

impl Graph {
    /// The graph of all statements of these extractions.
    ///
    /// Takes them in any order. Two documents with one hash are one document, and the one with the
    /// smaller id stands for both; a statement with an id that was there already adds nothing.
    pub fn from_extractions(
        extractions: impl IntoIterator<Item = Extraction>,
        schema: impl Into<Legend>,
    ) -> Self {
        let mut builder = GraphBuilder::default();
        for extraction in extractions {
            builder.add(extraction);
        }
        builder.finish(schema)
    }

    /// The part of the graph that rests on the claims to `keep`: those claims, the edges they make and
    /// the nodes they speak of. Nodes keep the counts of the whole graph.
    #[must_use]
    pub fn filtered(&self, mut keep: impl FnMut(&Claim, &DocumentInfo) -> bool) -> Self {
        let kept = self.parts.claims.iter();
        let kept = kept.filter(|claim| keep(claim, self.document(claim.document)));
        self.of_claims(kept.cloned().collect())
    }

    /// The part of the graph that rests on the claims of some edges that are to `keep`, as
    /// [`Graph::filtered`]: what only others say is not even looked at.
    #[must_use]
    pub fn filtered_at(
        &self,
        edges: &[EdgeIx],
        mut keep: impl FnMut(&Claim, &DocumentInfo) -> bool,
    ) -> Self {
        let on = edges.iter().flat_map(|ix| &self.edge(*ix).claims);
        let on: BTreeSet<ClaimIx> = on.copied().collect();
        let kept = on.into_iter().map(|ix| self.claim(ix));
        let kept = kept.filter(|claim| keep(claim, self.document(claim.document)));
        self.of_claims(kept.cloned().collect())
    }

    /// Claims in the order of the graph, the edges they make and the nodes they speak of.
    fn of_claims(&self, claims: Vec<Claim>) -> Self {
        let named: BTreeSet<_> = claims.iter().flat_map(|c| c.statement.named()).collect();
        let nodes = named.into_iter().filter_map(|id| self.find(id));
        let nodes = nodes.map(|ix| self.node(ix).clone()).collect();
        self.part(nodes, claims)
    }

    /// A graph of some nodes and claims of this one.
    pub(super) fn part(&self, nodes: Vec<Node>, claims: Vec<Claim>) -> Self {
        let parts = Parts::of(claims, &nodes);
        assemble(Base::of(self), nodes, parts)
    }

    /// The part of the graph that some of its edges make: those edges, the claims they rest on and the
    /// nodes these speak of. An edge that is kept says what it said before.
    #[must_use]
    pub fn with_edges(&self, mut keep: impl FnMut(&Edge) -> bool) -> Self {
        let kept: Vec<&Edge> = self.edges.iter().filter(|edge| keep(edge)).collect();
        let claims = distinct(kept.iter().flat_map(|e| e.claims.iter().map(|ix| ix.0)));
        let ends = kept.iter().flat_map(|e| [e.subject, e.object]);
        let about = kept.iter().flat_map(|e| e.summary.about.iter().copied());
        let named = distinct(ends.chain(about).map(|ix| ix.0));
        let node_of = places(&named, self.nodes.len());
        let claim_of = places(&claims, self.parts.gists.len());
        let node = |NodeIx(ix): NodeIx| place(&node_of, ix).map(NodeIx);
        let claim = |ClaimIx(ix): ClaimIx| place(&claim_of, ix).map(ClaimIx);
        let edges = kept.into_iter().filter_map(|edge| {
            Some(Edge {
                subject: node(edge.subject)?,
                object: node(edge.object)?,
                claims: edge.claims.iter().filter_map(|ix| claim(*ix)).collect(),
                summary: Summary {
                    about: edge
                        .summary
                        .about
                        .iter()
                        .filter_map(|ix| node(*ix))
                        .collect(),
                    ..edge.summary.clone()
                },
                ..edge.clone()
            })
        });
        let edges = edges.collect();
        let nodes = named.iter().map(|ix| self.nodes[*ix].clone()).collect();
        let quotes = self.parts.quotes.iter();
        let quotes = quotes.filter_map(|(ix, words)| Some((claim(*ix)?, words.clone())));
        let full = claims.iter().filter_map(|ix| self.parts.claims.get(*ix));
        let parts = Parts {
            claims: full.cloned().collect(),
            gists: self.parts.gists.picked(
                claims.iter().copied().map(ClaimIx),
                |ix| place(&node_of, ix as usize).map(number),
                |document| document,
            ),
            quotes: quotes.collect(),
        };
        tie_up(Base::of(self), nodes, parts, edges)
    }
}

/// Numbers, sorted, each once.
fn distinct(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// For each number below `count` its place in a list, counted from 1; 0 if it is not there.
fn places(list: &[usize], count: usize) -> Vec<u32> {
    let mut places = vec![0; count];
    for (at, number_of) in list.iter().enumerate() {
        if let Some(place) = places.get_mut(*number_of) {
            *place = number(at + 1);
        }
    }
    places
}

fn place(places: &[u32], number: usize) -> Option<usize> {
    let place = places.get(number)?.checked_sub(1)?;
    Some(place as usize)
}

/// The claims of a graph in all forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// With all their words; of a slim graph none is here.
    pub(super) claims: Vec<Claim>,
    pub(super) gists: Gists,
    /// Of a slim graph the sentences that show its edges best, sorted by claim.
    pub(super) quotes: Vec<(ClaimIx, String)>,
}

impl Parts {
    pub(super) fn of(claims: Vec<Claim>, nodes: &[Node]) -> Self {
        Self {
            gists: Gists::of(&claims, nodes),
            quotes: Vec::new(),
            claims,
        }
    }
}

/// Takes extractions one at a time and then makes the graph of them; see [`Graph::from_extractions`].
///
/// It keeps documents by hash and id, so that the order of arrival leaves no trace.
#[derive(Debug, Default)]
pub struct GraphBuilder(BTreeMap<(String, String), Reading>);

/// What one document says.
#[derive(Debug)]
struct Reading {
    document: DocumentInfo,
    entities: BTreeMap<EntityId, Naming>,
    statements: BTreeMap<String, Statement>,
}

/// How one or all documents name an entity.
#[derive(Debug, Default)]
struct Naming {
    kinds: BTreeSet<String>,
    names: BTreeMap<String, usize>,
    known: bool,
    places: BTreeSet<(DocumentIx, CharSpan)>,
    documents: BTreeSet<DocumentIx>,
}

impl GraphBuilder {
    /// Adds what one document says.
    pub fn add(&mut self, extraction: Extraction) {
        let document = &extraction.document;
        let hash = if document.hash.is_empty() {
            &document.id
        } else {
            &document.hash
        };
        let key = (hash.clone(), document.id.clone());
        let reading = self.0.entry(key).or_insert_with(|| Reading {
            document: extraction.document.clone(),
            entities: BTreeMap::new(),
            statements: BTreeMap::new(),
        });
        reading.add(extraction);
    }

    /// The graph of all that was added.
    pub fn finish(self, schema: impl Into<Legend>) -> Graph {
        let (documents, namings, claims) = self.into_lists();
        let nodes = namings
            .into_iter()
            .map(|(id, naming)| naming.into_node(id, &documents));
        let nodes: Vec<Node> = nodes.collect();
        let base = Base::new(Arc::new(schema.into()), documents.into());
        let parts = Parts::of(claims, &nodes);
        assemble(base, nodes, parts)
    }

    fn into_lists(self) -> (Vec<DocumentInfo>, BTreeMap<EntityId, Naming>, Vec<Claim>) {
        let mut readings: Vec<Reading> = Vec::with_capacity(self.0.len());
        let mut last = None;
        for ((hash, _), reading) in self.0 {
            if last.as_ref() != Some(&hash) {
                readings.push(reading);
            }
            last = Some(hash);
        }
        readings.sort_by(|x, y| order(&x.document).cmp(&order(&y.document)));
        let mut documents: Vec<DocumentInfo> = Vec::with_capacity(readings.len());
        let mut claims = Vec::new();
        let mut namings = BTreeMap::new();
        for (ix, reading) in readings.into_iter().enumerate() {
            documents.push(reading.document);
            collect(
                reading.entities,
                &reading.statements,
                DocumentIx(ix),
                &mut namings,
            );
            claims.extend(in_order_of_text(reading.statements, DocumentIx(ix)));
        }
        find_stories(&mut documents);
        (documents, namings, claims)
    }
}

impl Reading {
    fn add(&mut self, extraction: Extraction) {
        if order(&extraction.document) < order(&self.document) {
            self.document = extraction.document;
        }
        for record in extraction.entities {
            self.entities
                .entry(record.id.clone())
                .or_default()
                .add(record);
        }
        for statement in extraction.statements {
            match self.statements.entry(statement.id.clone()) {
                Entry::Vacant(place) => {
                    place.insert(statement);
                }
                Entry::Occupied(mut known) if precedes(&statement, known.get()) => {
                    known.insert(statement);
                }
                Entry::Occupied(_) => {}
            }
        }
    }
}

/// Of two readings of one claim the surer one counts; the rest only makes the choice definite.
pub(super) fn precedes(new: &Statement, old: &Statement) -> bool {
    let text = |s: &Statement| serde_json::to_string(s).unwrap_or_default();
    match new.confidence.total_cmp(&old.confidence) {
        std::cmp::Ordering::Equal => new != old && text(new) < text(old),
        order => order.is_gt(),
    }
}

fn order(document: &DocumentInfo) -> (&str, &str, &str, &str, Option<Date>, &str) {
    let d = document;
    (&d.id, &d.hash, &d.source, &d.title, d.date, &d.language)
}

impl Naming {
    fn add(&mut self, record: EntityRecord) {
        self.kinds.insert(record.kind);
        self.known |= record.known;
        *self.names.entry(record.name).or_default() += record.mentions.len();
        let places = record.mentions.into_iter().map(|m| (DocumentIx(0), m.span));
        self.places.extend(places);
    }

    fn merge(&mut self, other: Self, document: DocumentIx) {
        self.kinds.extend(other.kinds);
        self.known |= other.known;
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        self.places
            .extend(other.places.into_iter().map(|(_, span)| (document, span)));
        self.documents.insert(document);
    }

    fn into_node(self, id: EntityId, documents: &[DocumentInfo]) -> Node {
        let dates = || {
            self.documents
                .iter()
                .filter_map(|ix| documents.get(ix.0)?.date)
        };
        let (first_seen, last_seen) = (dates().min(), dates().max());
        let kind = self.kinds.first().cloned();
        let names = self.names.into_iter();
        let best = names.max_by_key(|(name, count)| (*count, name.len(), Reverse(name.clone())));
        Node {
            kind: kind.unwrap_or_else(|| id.kind().to_owned()),
            label: best.map_or_else(|| id.slug().to_owned(), |(name, _)| name),
            known: self.known || id.is_known(),
            documents: self.documents.len(),
            mentions: self.places.len(),
            first_seen,
            last_seen,
            id,
        }
    }
}

/// Adds what one document names and speaks of to what all do.
fn collect(
    entities: BTreeMap<EntityId, Naming>,
    statements: &BTreeMap<String, Statement>,
    document: DocumentIx,
    all: &mut BTreeMap<EntityId, Naming>,
) {
    for (id, naming) in entities {
        all.entry(id).or_default().merge(naming, document);
    }
    for id in statements.values().flat_map(Statement::named) {
        let naming = all.entry(id.clone()).or_default();
        naming.documents.insert(document);
    }
}

fn in_order_of_text(
    statements: BTreeMap<String, Statement>,
    document: DocumentIx,
) -> impl Iterator<Item = Claim> {
    let mut statements: Vec<_> = statements.into_values().collect();
    let place = |s: &Statement| (s.evidence.start, s.evidence.end);
    statements.sort_by(|x, y| (place(x), &x.kind, &x.id).cmp(&(place(y), &y.kind, &y.id)));
    let claims = statements.into_iter();
    claims.map(move |statement| Claim {
        statement,
        document,
    })
}

/// What the parts of a graph share with it.
pub(super) struct Base {
    pub(super) legend: Arc<Legend>,
    pub(super) documents: Arc<[DocumentInfo]>,
    pub(super) voices: Arc<Voices>,
    pub(super) horizon: Option<Date>,
}

impl Base {
    pub(super) fn new(legend: Arc<Legend>, documents: Arc<[DocumentInfo]>) -> Self {
        Self {
            legend,
            voices: Arc::new(Voices::of(&documents)),
            horizon: documents.iter().filter_map(|d| d.date).max(),
            documents,
        }
    }

    /// Of documents that are not all there, so that nobody knows who speaks with whose voice.
    pub(super) fn without_voices(legend: Arc<Legend>, documents: Arc<[DocumentInfo]>) -> Self {
        Self {
            legend,
            voices: Arc::default(),
            horizon: None,
            documents,
        }
    }

    fn of(graph: &Graph) -> Self {
        Self {
            legend: Arc::clone(&graph.legend),
            documents: Arc::clone(&graph.documents),
            voices: Arc::clone(&graph.voices),
            horizon: graph.horizon,
        }
    }
}

/// Projects claims to edges and ties.
pub(super) fn assemble(base: Base, nodes: Vec<Node>, parts: Parts) -> Graph {
    let tables = Tables::new(&base.documents, &base.voices, &parts.gists);
    let edges = project::edges(&nodes, &base.legend, &tables);
    tie_up(base, nodes, parts, edges)
}

/// The graph of its edges.
fn tie_up(base: Base, nodes: Vec<Node>, parts: Parts, edges: Vec<Edge>) -> Graph {
    let tables = Tables::new(&base.documents, &base.voices, &parts.gists);
    let ties = project::ties(&edges, &nodes, &base.legend, &tables);
    join_up(base, nodes, parts, edges, ties)
}

/// The graph of its parts; ties come strongest first.
pub(super) fn join_up(
    base: Base,
    nodes: Vec<Node>,
    parts: Parts,
    edges: Vec<Edge>,
    ties: Vec<Tie>,
) -> Graph {
    let pairs = ties
        .iter()
        .enumerate()
        .map(|(ix, tie)| ((tie.a, tie.b), ix));
    let mut tie_of: Vec<_> = pairs.collect();
    tie_of.sort_unstable();
    let index = metrics::Index::new(nodes.len(), &edges);
    Graph {
        legend: base.legend,
        documents: base.documents,
        voices: base.voices,
        horizon: base.horizon,
        nodes,
        parts,
        rows: None,
        edges,
        ties,
        tie_of,
        index,
    }
}
