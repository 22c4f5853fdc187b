//! Statements grouped: nodes are entities, edges are (subject, kind, object) with all their evidence.
//!
//! A [`Graph`] is a pure function of the set of statements: whatever the order in which they come, and
//! however often one comes, nodes, edges and their order are the same. Every edge is a projection and
//! can be opened down to the claims it rests on; nothing stores an edge as truth.

mod build;
mod excerpt;
mod gist;
mod join;
mod legend;
mod metrics;
mod project;
mod slim;
mod sources;
mod summary;
mod tie;
mod way;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::Date;

pub use self::build::GraphBuilder;
pub use self::excerpt::Excerpt;
pub(crate) use self::gist::Part;
pub use self::gist::Told;
pub use self::legend::Legend;
pub(crate) use self::project::edge_id;
pub(crate) use self::slim::Rows;
pub use self::slim::{SlimBuilder, SlimOrder, in_order};
pub(crate) use self::sources::voice;
pub use self::summary::Summary;
pub use self::tie::Tie;
pub use self::way::way;
use crate::mention::EntityId;
pub use crate::schema::Group;
use crate::statement::{DocumentInfo, Statement};

/// A node of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub usize);

/// An edge of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeIx(pub usize);

/// A claim of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx(pub usize);

/// A document of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIx(pub usize);

/// An entity and how often it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The entity.
    pub id: EntityId,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub label: String,
    /// Whether the gazetteer has it.
    pub known: bool,
    /// Number of documents that name it or speak of it.
    pub documents: usize,
    /// Number of places that name it.
    pub mentions: usize,
    /// Publication of the first document.
    pub first_seen: Option<Date>,
    /// Publication of the last document.
    pub last_seen: Option<Date>,
}

/// A statement and the document that makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What is said.
    pub statement: Statement,
    /// Where.
    pub document: DocumentIx,
}

/// All that is said of one kind from one entity to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// `<subject>/<kind>/<object>`; no date is part of it, so it stays when the evidence grows.
    pub id: String,
    /// Where it runs from; of an undirected edge the end whose id sorts first.
    pub subject: NodeIx,
    /// A statement kind of the schema.
    pub kind: String,
    /// Where it runs to.
    pub object: NodeIx,
    /// Whether its direction means something.
    pub directed: bool,
    /// The claims it rests on, in the order in which they were told; of an [`Excerpt`] not all, and maybe none.
    pub claims: Vec<ClaimIx>,
    /// The documents that make them, sorted.
    pub documents: Vec<DocumentIx>,
    /// What they say together.
    pub summary: Summary,
}

impl Edge {
    /// The end that is not `node`.
    pub fn other(&self, node: NodeIx) -> NodeIx {
        if self.subject == node {
            self.object
        } else {
            self.subject
        }
    }
}

/// Who has to do with whom, and which sentence says so.
///
/// An index of a node, edge, claim or document belongs to the graph that gave it.
#[derive(Clone, Debug)]
pub struct Graph {
    legend: Arc<Legend>,
    documents: Arc<[DocumentInfo]>,
    voices: Arc<sources::Voices>,
    horizon: Option<Date>,
    nodes: Vec<Node>,
    parts: build::Parts,
    /// Where the statements stand among all of the documents, if that is known.
    rows: Option<Arc<Rows>>,
    edges: Vec<Edge>,
    ties: Vec<Tie>,
    tie_of: Vec<((NodeIx, NodeIx), usize)>,
    index: metrics::Index,
}

impl Graph {
    /// What the kinds of this graph mean.
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Every document, sorted by id.
    pub fn documents(&self) -> &[DocumentInfo] {
        &self.documents
    }

    /// Every entity, sorted by id.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Every statement, sorted by document and place. A graph of a [`SlimBuilder`] has none with its words.
    pub fn claims(&self) -> &[Claim] {
        &self.parts.claims
    }

    /// Number of statements.
    pub fn claim_count(&self) -> usize {
        self.parts.gists.len()
    }

    /// Every statement without its words, sorted by document and place.
    pub fn told(&self) -> impl Iterator<Item = Told<'_>> {
        (0..self.claim_count()).map(|ix| self.parts.gists.told(ClaimIx(ix)))
    }

    /// One statement without its words.
    pub fn told_at(&self, ix: ClaimIx) -> Told<'_> {
        self.parts.gists.told(ix)
    }

    /// The nodes of a statement's parties, or of what it is about.
    pub(crate) fn nodes_of(&self, ix: ClaimIx, part: Part) -> impl Iterator<Item = NodeIx> + Clone {
        self.parts.gists.nodes(self.parts.gists.get(ix), part)
    }

    /// Where its statements stand among all of its documents; only a graph of a [`SlimBuilder`] knows.
    pub(crate) fn rows(&self) -> Option<&Rows> {
        self.rows.as_deref()
    }

    /// Every edge, sorted by subject, object and kind.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Every pair of actors with an edge, the strongest tie first.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// One node.
    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix.0]
    }

    /// One edge.
    pub fn edge(&self, ix: EdgeIx) -> &Edge {
        &self.edges[ix.0]
    }

    /// One claim.
    pub fn claim(&self, ix: ClaimIx) -> &Claim {
        &self.parts.claims[ix.0]
    }

    /// One document.
    pub fn document(&self, ix: DocumentIx) -> &DocumentInfo {
        &self.documents[ix.0]
    }

    /// The number of the voice a document speaks with: documents of one voice are one source.
    pub fn voice(&self, ix: DocumentIx) -> u32 {
        self.voices.get(ix.0)
    }

    /// The publisher of a document.
    pub fn publisher(&self, ix: DocumentIx) -> &str {
        self.voices.publisher(ix.0)
    }

    /// The publisher whose words a document carries: its own, or of a copy that of the first document
    /// with the text. Documents with one of these are one source.
    pub fn speaks_for(&self, ix: DocumentIx) -> &str {
        self.voices.voice(ix.0)
    }

    /// The first document with the text of a document: itself if it is no copy.
    pub fn story(&self, ix: DocumentIx) -> DocumentIx {
        DocumentIx(self.voices.story(ix.0))
    }

    /// How many of some documents carry the text of another of them.
    pub fn copies(&self, documents: &BTreeSet<DocumentIx>) -> usize {
        self.voices.copies(documents)
    }

    /// Publication of the latest document; of a part of a graph that of the whole.
    pub fn last_published(&self) -> Option<Date> {
        self.horizon
    }

    /// The same graph as a part of a greater one, whose latest document is of this day.
    #[must_use]
    pub fn with_horizon(mut self, last_published: Option<Date>) -> Self {
        self.horizon = last_published;
        self
    }

    /// The ties of an actor, the strongest first.
    pub fn ties_of(&self, node: NodeIx) -> impl Iterator<Item = &Tie> {
        let mut at: Vec<usize> = self
            .edges_of(node)
            .into_iter()
            .map(|ix| self.edge(ix).other(node))
            .filter_map(|other| self.tie_at(node, other))
            .collect();
        at.sort_unstable();
        at.dedup();
        at.into_iter().filter_map(|ix| self.ties.get(ix))
    }

    /// The node of an entity.
    pub fn find(&self, id: &EntityId) -> Option<NodeIx> {
        find(&self.nodes, id)
    }

    /// The name of an entity, or its id if the graph does not have it.
    pub fn label<'a>(&'a self, id: &'a EntityId) -> &'a str {
        self.find(id).map_or(id.as_str(), |ix| &self.node(ix).label)
    }

    /// Every edge at a node, sorted.
    pub fn edges_of(&self, node: NodeIx) -> Vec<EdgeIx> {
        self.index.edges_of(node)
    }

    /// Every edge between two nodes in either direction, sorted.
    pub fn between(&self, a: NodeIx, b: NodeIx) -> Vec<EdgeIx> {
        let mut edges = self.index.edges_of(a);
        edges.retain(|ix| self.edge(*ix).other(a) == b);
        edges
    }

    /// The tie of two actors, if there is an edge between them.
    pub fn tie(&self, a: NodeIx, b: NodeIx) -> Option<&Tie> {
        self.ties.get(self.tie_at(a, b)?)
    }

    fn tie_at(&self, a: NodeIx, b: NodeIx) -> Option<usize> {
        let pair = (a.min(b), a.max(b));
        let place = self.tie_of.binary_search_by_key(&pair, |(pair, _)| *pair);
        let (_, ix) = self.tie_of.get(place.ok()?)?;
        Some(*ix)
    }

    /// The cheapest way between two nodes as the edges to take, most sources first where there are
    /// several of one length; only over edges that are `open`. `None` if there is no way.
    pub fn path(
        &self,
        from: NodeIx,
        to: NodeIx,
        open: impl Fn(&Edge) -> bool,
    ) -> Option<Vec<(NodeIx, NodeIx)>> {
        self.index.path(from, to, |ix| {
            let edge = self.edge(ix);
            open(edge).then_some(edge.summary.sources)
        })
    }

    /// For each node the share of shortest ways between two others that lead over it, by ties that are
    /// not hostile; actors only, 0 for the rest.
    pub fn betweenness(&self) -> Vec<f64> {
        metrics::Web::of(self).betweenness()
    }

    /// The actors in groups that have more to do with each other than with others, by ties that are
    /// not hostile and how strong they are; the largest first. Who has no tie is in no group.
    pub fn communities(&self) -> Vec<Vec<NodeIx>> {
        metrics::Web::of(self).communities()
    }

    /// Number of other nodes that a node has an edge with.
    pub fn degree(&self, node: NodeIx) -> usize {
        self.index.degree(node)
    }

    /// The parts that no edge connects, the largest first; of equally large ones the one with the
    /// first node.
    pub fn components(&self) -> Vec<Vec<NodeIx>> {
        self.index.components()
    }

    /// Brings edges into the order in which to name them: cooperative before factual before hostile,
    /// then the best attested first.
    pub fn best_first(&self, edges: &mut [EdgeIx]) {
        edges.sort_by_key(|ix| project::rank(self.edge(*ix), &self.legend));
    }

    /// The claims of some edges, each once, in the order in which they were told.
    pub fn claims_of(&self, edges: &[EdgeIx]) -> Vec<ClaimIx> {
        let claims = edges.iter().flat_map(|ix| &self.edge(*ix).claims);
        let mut claims = summary::sorted(claims.copied());
        self.tables().sort(&mut claims);
        claims
    }

    /// What some claims say together.
    pub fn summary(&self, claims: &[ClaimIx]) -> Summary {
        Summary::of(claims, &self.tables())
    }

    fn tables(&self) -> summary::Tables<'_> {
        summary::Tables::new(&self.documents, &self.voices, &self.parts.gists)
    }

    /// The claim of an edge that shows it best: the surest, of equally sure ones the latest.
    pub fn best(&self, edge: &Edge) -> Option<&Claim> {
        self.parts.claims.get(self.best_ix(edge)?.0)
    }

    /// The sentence of that claim, and where it stands.
    pub fn quote(&self, edge: &Edge) -> Option<(&str, DocumentIx)> {
        self.quote_at(self.best_ix(edge)?)
    }

    /// The sentence of a claim that shows some edge best, and where it stands.
    pub(crate) fn quote_at(&self, ix: ClaimIx) -> Option<(&str, DocumentIx)> {
        let document = self.parts.gists.get(ix).document();
        if let Some(claim) = self.parts.claims.get(ix.0) {
            return Some((&claim.statement.evidence.sentence, document));
        }
        let quotes = &self.parts.quotes;
        let place = quotes.binary_search_by_key(&ix, |(ix, _)| *ix).ok()?;
        let (_, sentence) = quotes.get(place)?;
        Some((sentence, document))
    }

    /// The place of that claim.
    pub fn best_ix(&self, edge: &Edge) -> Option<ClaimIx> {
        let sure = |ix: &ClaimIx| self.parts.gists.get(*ix).confidence;
        let claims = edge.claims.iter().copied();
        claims.max_by(|x, y| sure(x).total_cmp(&sure(y)))
    }
}

/// The node of an entity among nodes sorted by id.
fn find(nodes: &[Node], id: &EntityId) -> Option<NodeIx> {
    let place = nodes.binary_search_by(|node| node.id.cmp(id));
    place.ok().map(NodeIx)
}

/// An id as a word that every file format takes: blanks, control characters, quotes, slashes and `%`
/// become `%XX.`. Different ids stay different; well-formed ones stay as they are.
pub fn plain(id: &str) -> Cow<'_, str> {
    let usual =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    if !id.is_empty() && (id.bytes().all(usual) || !id.contains(is_odd)) {
        return Cow::Borrowed(id);
    }
    let mut plain = String::from(if id.is_empty() { "%" } else { "" });
    for c in id.chars() {
        if is_odd(c) {
            // Writing to a string cannot fail.
            let _ = write!(plain, "%{:X}.", u32::from(c));
        } else {
            plain.push(c);
        }
    }
    Cow::Owned(plain)
}

fn is_odd(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "%/\\\"'<>&|\u{FFFE}\u{FFFF}".contains(c)
}
