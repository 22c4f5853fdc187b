//! The shape of a graph, with petgraph inside.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::{Edge, EdgeIx, NodeIx};

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
