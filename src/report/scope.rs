//! How much of a graph one page can hold.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::graph::{ClaimIx, EdgeIx, Graph, Group, NodeIx};

/// More nodes than this cannot be moved about smoothly.
const NODES: usize = 2500;
/// Sentences kept for each edge, the surest ones.
const SENTENCES: usize = 12;

/// What of a graph is on the page.
pub(super) struct Scope {
    /// Sorted.
    pub(super) nodes: Vec<NodeIx>,
    /// Edges among them, sorted.
    pub(super) edges: Vec<EdgeIx>,
    /// Claims whose sentence is on the page.
    pub(super) told: BTreeSet<ClaimIx>,
    /// Nodes with an edge that are not on the page.
    pub(super) left_out: usize,
}

impl Scope {
    /// Everything that has an edge, or the best connected part of it.
    pub(super) fn of(graph: &Graph) -> Self {
        let mut nodes: Vec<NodeIx> = (0..graph.nodes().len())
            .map(NodeIx)
            .filter(|ix| graph.degree(*ix) > 0)
            .collect();
        let connected = nodes.len();
        if connected > NODES {
            nodes.sort_by_cached_key(|ix| {
                let node = graph.node(*ix);
                (Reverse(graph.degree(*ix)), Reverse(node.documents), *ix)
            });
            nodes.truncate(NODES);
            nodes.sort_unstable();
        }
        let has = |ix: NodeIx| nodes.binary_search(&ix).is_ok();
        let edges: Vec<EdgeIx> = (0..graph.edges().len())
            .map(EdgeIx)
            .filter(|ix| has(graph.edge(*ix).subject) && has(graph.edge(*ix).object))
            .collect();
        let told = edges.iter().flat_map(|ix| surest(graph, *ix)).collect();
        Self {
            left_out: connected - nodes.len(),
            nodes,
            edges,
            told,
        }
    }

    /// The place of a node on the page.
    pub(super) fn place(&self, ix: NodeIx) -> Option<usize> {
        self.nodes.binary_search(&ix).ok()
    }
}

/// The claims of an edge whose sentences are shown, the surest first.
pub(super) fn surest(graph: &Graph, edge: EdgeIx) -> Vec<ClaimIx> {
    let mut claims = graph.edge(edge).claims.clone();
    let sure = |ix: &ClaimIx| graph.claim(*ix).statement.confidence;
    claims.sort_by(|x, y| sure(y).total_cmp(&sure(x)));
    claims.truncate(SENTENCES);
    claims
}

/// Whether a kind of statement is for or against, or a mere fact.
pub(super) fn group(graph: &Graph, kind: &str) -> &'static str {
    match graph.legend().group(kind) {
        Group::Cooperative => "cooperative",
        Group::Hostile => "hostile",
        Group::Fact => "fact",
    }
}
