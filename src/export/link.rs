//! The edges of a graph as a file shows them: bundled as much as its readers need.

use std::collections::BTreeMap;

use crate::graph::{Claim, ClaimIx, Edge, EdgeIx, Graph, Group, NodeIx, Summary, plain};

/// One edge of a file: one or more edges of the graph between the same two nodes.
#[derive(Clone, Debug)]
pub struct Link {
    /// Unique in the file, and the same whatever the evidence.
    pub id: String,
    /// Where it runs from.
    pub source: NodeIx,
    /// Where it runs to.
    pub target: NodeIx,
    /// Whether the order of its ends means something.
    pub direction: Direction,
    /// The edges it stands for, the most telling first; never empty.
    pub edges: Vec<EdgeIx>,
    /// What their claims say together; the status is that of the first edge.
    pub summary: Summary,
    /// The claims of all its edges.
    pub claims: Vec<ClaimIx>,
}

/// Whether the order of a link's ends means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It does not.
    None,
    /// All that is directed runs from source to target.
    Forward,
    /// Something runs each way.
    Both,
}

impl Direction {
    /// The word files carry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Forward => "forward",
            Self::Both => "both",
        }
    }
}

impl Link {
    /// One link for each pair of nodes.
    pub fn per_pair(graph: &Graph) -> Vec<Self> {
        bundle(graph, |_| "")
    }

    /// One link for each pair of nodes and kind.
    pub fn per_kind(graph: &Graph) -> Vec<Self> {
        bundle(graph, |edge| &edge.kind)
    }

    /// One link for each edge.
    pub fn per_edge(graph: &Graph) -> Vec<Self> {
        let edges = graph.edges().iter().enumerate();
        edges
            .map(|(ix, edge)| Self::single(EdgeIx(ix), edge))
            .collect()
    }

    /// The edge that tells most.
    pub fn lead<'g>(&self, graph: &'g Graph) -> Option<&'g Edge> {
        self.edges.first().map(|ix| graph.edge(*ix))
    }

    /// The claim that shows it best.
    pub fn best<'g>(&self, graph: &'g Graph) -> Option<&'g Claim> {
        graph.best(self.lead(graph)?)
    }

    /// The kinds of its edges, each once, the most telling first.
    pub fn kinds<'g>(&self, graph: &'g Graph) -> Vec<&'g str> {
        let mut kinds = Vec::new();
        for ix in &self.edges {
            let kind = graph.edge(*ix).kind.as_str();
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// What its edges say of the tie of the two, each once, sorted.
    pub fn groups(&self, graph: &Graph) -> Vec<Group> {
        let kinds = self.kinds(graph);
        let mut groups: Vec<_> = kinds
            .into_iter()
            .map(|kind| graph.legend().group(kind))
            .collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    fn single(ix: EdgeIx, edge: &Edge) -> Self {
        Self {
            id: edge.id.clone(),
            source: edge.subject,
            target: edge.object,
            direction: if edge.directed {
                Direction::Forward
            } else {
                Direction::None
            },
            edges: vec![ix],
            summary: edge.summary.clone(),
            claims: edge.claims.clone(),
        }
    }

    fn of(graph: &Graph, mut edges: Vec<EdgeIx>, kind: &str) -> Self {
        graph.best_first(&mut edges);
        let (source, target, direction) = ends(graph, &edges);
        let claims = graph.claims_of(&edges);
        let mut summary = graph.summary(&claims);
        if let Some(lead) = edges.first() {
            summary.status = graph.edge(*lead).summary.status;
        }
        let (first, last) = (source.min(target), source.max(target));
        let (first, last) = (&graph.node(first).id, &graph.node(last).id);
        let between = if kind.is_empty() {
            String::new()
        } else {
            format!("{}/", plain(kind))
        };
        let id = format!(
            "{}/{between}{}",
            plain(first.as_str()),
            plain(last.as_str())
        );
        Self {
            id,
            source,
            target,
            direction,
            edges,
            summary,
            claims,
        }
    }
}

fn bundle<'g>(graph: &'g Graph, kind: impl Fn(&'g Edge) -> &'g str) -> Vec<Link> {
    let mut bundles: BTreeMap<_, Vec<EdgeIx>> = BTreeMap::new();
    for (ix, edge) in graph.edges().iter().enumerate() {
        let (first, last) = (edge.subject.min(edge.object), edge.subject.max(edge.object));
        bundles
            .entry((first, last, kind(edge)))
            .or_default()
            .push(EdgeIx(ix));
    }
    let link = |((_, _, kind), edges): ((_, _, &str), Vec<EdgeIx>)| match edges.as_slice() {
        [ix] if !kind.is_empty() => Link::single(*ix, graph.edge(*ix)),
        _ => Link::of(graph, edges, kind),
    };
    bundles.into_iter().map(link).collect()
}

/// The ends of a bundle, the source first if all that is directed starts there.
fn ends(graph: &Graph, edges: &[EdgeIx]) -> (NodeIx, NodeIx, Direction) {
    let edges = || edges.iter().map(|ix| graph.edge(*ix));
    let all: Vec<NodeIx> = edges().flat_map(|e| [e.subject, e.object]).collect();
    let first = all.iter().min().copied().unwrap_or(NodeIx(0));
    let last = all.iter().max().copied().unwrap_or(NodeIx(0));
    let runs = |from: NodeIx| edges().any(|e| e.directed && e.subject == from);
    match (runs(first), runs(last)) {
        (false, false) => (first, last, Direction::None),
        (true, false) => (first, last, Direction::Forward),
        (false, true) => (last, first, Direction::Forward),
        (true, true) => (first, last, Direction::Both),
    }
}
