//! A part of a graph whose edges were worked out before: what a store keeps of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::build::{Base, Parts, join_up};
use super::project::rank;
use super::{Claim, Edge, EdgeIx, Graph, Legend, Node, NodeIx, Tie};
use crate::statement::DocumentInfo;

/// Nodes, edges and ties as the whole graph has them, and of the claims and documents only some.
///
/// Its graph answers whatever is asked of the edges that are there. It cannot be filtered by what single claims
/// say, for most are missing.
#[derive(Debug, Default)]
pub struct Excerpt {
    /// The documents of the claims. Edges may count further ones, which have numbers beyond these.
    pub documents: Vec<DocumentInfo>,
    /// Publication of the latest document of the whole graph.
    pub last_published: Option<Date>,
    /// Nodes, sorted by id.
    pub nodes: Vec<Node>,
    /// Claims, sorted by document.
    pub claims: Vec<Claim>,
    /// Edges, sorted by subject, object and kind.
    pub edges: Vec<Edge>,
    /// Ties of those edges, without their edges.
    pub ties: Vec<Tie>,
}

impl Excerpt {
    /// The graph.
    pub fn graph(self, legend: impl Into<Legend>) -> Graph {
        let legend = Arc::new(legend.into());
        let Self {
            documents,
            last_published,
            nodes,
            claims,
            edges,
            mut ties,
        } = self;
        let mut between: BTreeMap<(NodeIx, NodeIx), Vec<EdgeIx>> = BTreeMap::new();
        for (ix, edge) in edges.iter().enumerate() {
            let pair = (edge.subject.min(edge.object), edge.subject.max(edge.object));
            between.entry(pair).or_default().push(EdgeIx(ix));
        }
        for tie in &mut ties {
            tie.edges = between.remove(&(tie.a, tie.b)).unwrap_or_default();
            let place = |ix: &EdgeIx| edges.get(ix.0).map(|edge| rank(edge, &legend));
            tie.edges.sort_by_key(place);
        }
        ties.sort_by(|x, y| {
            y.strength
                .total_cmp(&x.strength)
                .then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        let base = Base::without_voices(legend, documents.into());
        let parts = Parts::of(claims, &nodes);
        join_up(base, nodes, parts, edges, ties).with_horizon(last_published)
    }
}
