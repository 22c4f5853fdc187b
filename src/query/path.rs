//! How two entities hang together over others.

use std::cmp::Reverse;

use serde::Serialize;

use super::filter::Filter;
use super::shown::{Name, Period, Quote};
use super::who::{Direction, direction};
use crate::graph::{EdgeIx, Graph, Group, Legend, NodeIx};
use crate::mention::EntityId;
use crate::statement::Status;

/// The answer to `path`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// One end.
    pub a: Name,
    /// The other end.
    pub b: Name,
    /// What was left out.
    pub filter: Filter,
    /// The steps from one end to the other; empty if there is no way.
    pub steps: Vec<Step>,
    /// Others that both ends are tied with directly, the best attested first.
    pub common: Vec<Name>,
}

/// One step: a pair of neighbours and what ties them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Where it starts.
    pub from: Name,
    /// Where it ends.
    pub to: Name,
    /// The ties between them, the best attested first.
    pub ties: Vec<Link>,
}

/// A tie of a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// Statement kind.
    pub kind: String,
    /// Its name in words.
    pub label: String,
    /// Seen from where the step starts.
    pub direction: Direction,
    /// How it stands.
    pub status: Status,
    /// When it began.
    pub since: Option<Period>,
    /// What it is about.
    pub about: Vec<Name>,
    /// Independent sources.
    pub sources: usize,
    /// Documents that carry the text of another of them.
    pub copies: usize,
    /// Of the surest claim.
    pub confidence: f64,
    /// The sentence that shows it best.
    pub evidence: Option<Quote>,
}

/// The shortest way between two entities, of equally short ones the best attested; what was refused or is
/// over is no way. `None` if the graph does not have one of them.
pub fn path(graph: &Graph, a: &EntityId, b: &EntityId, filter: &Filter) -> Option<Path> {
    let ends = [a, b].map(|id| graph.find(id).map(|ix| Name::of(graph.node(ix))));
    let [Some(a_name), Some(b_name)] = ends else {
        return None;
    };
    let part = filter.claims(graph);
    let graph = part.as_ref();
    let view = View { graph, filter };
    let (mut steps, mut common) = (Vec::new(), Vec::new());
    if let (Some(from), Some(to)) = (graph.find(a), graph.find(b)) {
        let way = graph.path(from, to, |edge| view.is_open(edge));
        let way = way.unwrap_or_default();
        steps = way.iter().map(|(x, y)| view.step(*x, *y)).collect();
        common = view.common(from, to);
    }
    Some(Path {
        a: a_name,
        b: b_name,
        filter: filter.clone(),
        steps,
        common,
    })
}

/// Whether a way may lead over an edge like this.
pub fn is_way(
    filter: &Filter,
    legend: &Legend,
    kind: &str,
    status: Status,
    sources: usize,
) -> bool {
    let over = matches!(status, Status::Rejected | Status::Ended);
    let asked = !filter.statuses.is_empty();
    let hostile = legend.group(kind) == Group::Hostile;
    (filter.kinds.is_empty() || filter.kinds.iter().any(|known| known == kind))
        && filter.stands(status, sources)
        && (filter.hostile || !hostile)
        && (asked || !over)
}

struct View<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
}

impl View<'_> {
    fn is_open(&self, edge: &crate::graph::Edge) -> bool {
        let summary = &edge.summary;
        is_way(
            self.filter,
            self.graph.legend(),
            &edge.kind,
            summary.status,
            summary.sources,
        )
    }

    fn step(&self, from: NodeIx, to: NodeIx) -> Step {
        let graph = self.graph;
        let mut edges = graph.between(from, to);
        edges.retain(|ix| self.is_open(graph.edge(*ix)));
        graph.best_first(&mut edges);
        Step {
            from: Name::of(graph.node(from)),
            to: Name::of(graph.node(to)),
            ties: edges.into_iter().map(|ix| self.link(from, ix)).collect(),
        }
    }

    fn link(&self, from: NodeIx, ix: EdgeIx) -> Link {
        let (graph, edge) = (self.graph, self.graph.edge(ix));
        Link {
            kind: edge.kind.clone(),
            label: graph.legend().statement_label(&edge.kind).to_owned(),
            direction: direction(edge, from),
            status: edge.summary.status,
            since: Period::since(&edge.summary),
            about: Name::all(graph, &edge.summary.about),
            sources: edge.summary.sources,
            copies: edge.summary.copies,
            confidence: edge.summary.confidence,
            evidence: Quote::best(graph, edge),
        }
    }

    /// Neighbours of both.
    fn common(&self, a: NodeIx, b: NodeIx) -> Vec<Name> {
        let sources = |node: NodeIx| -> Vec<(NodeIx, usize)> {
            let edges = self.graph.edges_of(node).into_iter();
            let mut of: Vec<_> = edges
                .map(|ix| self.graph.edge(ix))
                .filter(|edge| self.is_open(edge))
                .map(|edge| (edge.other(node), edge.summary.sources))
                .collect();
            of.sort_unstable();
            of
        };
        let (of_a, of_b) = (sources(a), sources(b));
        let most = |of: &[(NodeIx, usize)], node: NodeIx| {
            of.iter().filter(|(n, _)| *n == node).map(|(_, s)| *s).max()
        };
        let mut nodes: Vec<NodeIx> = of_a.iter().map(|(node, _)| *node).collect();
        nodes.dedup();
        let mut common: Vec<(Reverse<usize>, NodeIx)> = nodes
            .into_iter()
            .filter(|node| *node != b && *node != a)
            .filter_map(|node| Some((most(&of_a, node)?.min(most(&of_b, node)?), node)))
            .map(|(sources, node)| (Reverse(sources), node))
            .collect();
        common.sort_unstable();
        let nodes: Vec<NodeIx> = common.into_iter().map(|(_, node)| node).collect();
        Name::all(self.graph, &nodes)
    }
}
