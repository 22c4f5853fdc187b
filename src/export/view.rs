//! How much of a graph a file has.

use crate::graph::{Edge, Graph};

/// A part of a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// States, organisations and companies, and what ties them.
    Actors,
    /// Who is in which programme, agreement, operation and event, and has which weapon.
    Programmes,
    /// Everything.
    #[default]
    Full,
}

impl View {
    /// The graph with the edges of this view.
    #[must_use]
    pub fn of(self, graph: &Graph) -> Graph {
        match self {
            Self::Full => graph.clone(),
            Self::Actors => graph.with_edges(|edge| is_among_actors(graph, edge)),
            Self::Programmes => graph.with_edges(|edge| !is_among_actors(graph, edge)),
        }
    }
}

fn is_among_actors(graph: &Graph, edge: &Edge) -> bool {
    let is_actor = |ix| graph.legend().is_actor(&graph.node(ix).kind);
    is_actor(edge.subject) && is_actor(edge.object)
}
