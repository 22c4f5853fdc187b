//! The shape of a graph, with petgraph inside.

use std::cmp::Reverse;
use std::convert::Infallible;

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;
use rustworkx_core::centrality::betweenness_centrality;

use super::{Edge, EdgeIx, Graph, NodeIx, way};

/// More nodes than this are worked on in threads.
const PARALLEL: usize = 200;

/// Neighbourhoods of the nodes.
#[derive(Clone, Debug)]
pub(super) struct Index(UnGraph<(), EdgeIx>);

impl Index {
    pub(super) fn new(nodes: usize, edges: &[Edge]) -> Self {
        let mut graph = UnGraph::with_capacity(nodes, edges.len());
        for _ in 0..nodes {
            graph.add_node(());
        }
        for (ix, edge) in edges.iter().enumerate() {
            let ends = (edge.subject.0, edge.object.0);
            graph.add_edge(NodeIndex::new(ends.0), NodeIndex::new(ends.1), EdgeIx(ix));
        }
        Self(graph)
    }

    pub(super) fn edges_of(&self, node: NodeIx) -> Vec<EdgeIx> {
        let edges = self.0.edges(NodeIndex::new(node.0));
        let mut edges: Vec<_> = edges.map(|edge| *edge.weight()).collect();
        edges.sort_unstable();
        edges
    }

    /// The pairs of nodes on the best way; `sources` of an edge, none if it is closed.
    pub(super) fn path(
        &self,
        from: NodeIx,
        to: NodeIx,
        sources: impl Fn(EdgeIx) -> Option<usize>,
    ) -> Option<Vec<(NodeIx, NodeIx)>> {
        let around = |node: NodeIx| -> Result<_, Infallible> {
            let at = NodeIndex::new(node.0);
            let edges = self.0.edges(at).filter_map(|edge| {
                let ends = [edge.source(), edge.target()];
                let other = ends.into_iter().find(|end| *end != at)?;
                Some((NodeIx(other.index()), sources(*edge.weight())?))
            });
            Ok(edges.collect())
        };
        let Ok(nodes) = way(from, to, around);
        let steps = nodes.iter().zip(nodes.iter().skip(1));
        (!nodes.is_empty()).then(|| steps.map(|(a, b)| (*a, *b)).collect())
    }

    pub(super) fn degree(&self, node: NodeIx) -> usize {
        let mut others: Vec<_> = self.0.neighbors(NodeIndex::new(node.0)).collect();
        others.sort_unstable();
        others.dedup();
        others.len()
    }

    pub(super) fn components(&self) -> Vec<Vec<NodeIx>> {
        let mut sets = UnionFind::new(self.0.node_count());
        for edge in self.0.edge_references() {
            sets.union(edge.source().index(), edge.target().index());
        }
        let mut parts = vec![Vec::new(); self.0.node_count()];
        for (node, set) in sets.into_labeling().into_iter().enumerate() {
            parts[set].push(NodeIx(node));
        }
        parts.retain(|part| !part.is_empty());
        parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.first().copied()));
        parts
    }
}

/// The actors and how strongly they are tied.
pub(super) struct Web {
    graph: UnGraph<NodeIx, f64>,
    nodes: usize,
}

impl Web {
    pub(super) fn of(all: &Graph) -> Self {
        let friendly = |tie: &&super::Tie| tie.strength > 0.0;
        let ties = || all.ties().iter().filter(friendly);
        let mut actors: Vec<NodeIx> = ties().flat_map(|tie| [tie.a, tie.b]).collect();
        actors.sort_unstable();
        actors.dedup();
        let mut graph = UnGraph::with_capacity(actors.len(), all.ties().len());
        for ix in &actors {
            graph.add_node(*ix);
        }
        let mut pairs: Vec<_> = ties().map(|tie| (tie.a, tie.b, tie.strength)).collect();
        pairs.sort_by_key(|(a, b, _)| (*a, *b));
        for (a, b, strength) in pairs {
            if let (Ok(a), Ok(b)) = (actors.binary_search(&a), actors.binary_search(&b)) {
                graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), strength);
            }
        }
        Self {
            graph,
            nodes: all.nodes().len(),
        }
    }

    pub(super) fn betweenness(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.nodes];
        let found = betweenness_centrality(&self.graph, false, true, PARALLEL);
        for (node, share) in self.graph.node_weights().zip(found) {
            if let (Some(place), Some(share)) = (shares.get_mut(node.0), share) {
                // Threads add up in any order: what differs in the last digits is equal.
                *place = (share * 1e6).round() / 1e6;
            }
        }
        shares
    }

    pub(super) fn communities(&self) -> Vec<Vec<NodeIx>> {
        let nodes: Vec<NodeIx> = self.graph.node_weights().copied().collect();
        let mut groups: Vec<Vec<NodeIx>> = vec![Vec::new(); nodes.len()];
        for (node, group) in nodes.iter().zip(self.membership()) {
            if let Some(group) = groups.get_mut(group) {
                group.push(*node);
            }
        }
        groups.retain(|group| !group.is_empty());
        groups.sort_by_key(|group| (Reverse(group.len()), group.first().copied()));
        groups
    }

    /// The number of each actor's group; without an answer of the algorithm all are in one.
    fn membership(&self) -> Vec<usize> {
        let mut data = GraphDataBuilder::new(self.graph.node_count());
        for edge in self.graph.edge_references() {
            // Ends are nodes of the graph and strengths are positive, so every edge is taken.
            let _ = data.add_edge(edge.source().index(), edge.target().index(), *edge.weight());
        }
        let config = LeidenConfig {
            seed: Some(1),
            ..LeidenConfig::default()
        };
        let found = data.build().and_then(|data| Leiden::new(config).run(&data));
        found.map_or_else(
            |_| vec![0; self.graph.node_count()],
            |found| found.partition.as_slice().to_vec(),
        )
    }
}
