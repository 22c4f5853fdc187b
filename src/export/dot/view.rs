//! What of a graph fits into one picture.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Edge, EdgeIx, Graph, Group, NodeIx};

/// More nodes than this cannot be told apart.
const NODES: usize = 60;
/// More lines than this cannot be followed.
const LINES: usize = 150;
/// So many lines each node keeps before the best attested of all follow: else a few that everybody writes
/// about push out the rest.
const OWN: usize = 2;
/// Width of a line of one source, and of the widest.
const WIDTHS: (f64, f64) = (1.2, 5.0);
/// How much wider a line is for one more source, if that does not make it too wide.
const WIDER: f64 = 0.7;
/// More colours than this cannot be told apart in one line.
const COLOURS: usize = 4;

/// The part of a graph that a picture shows.
pub(in crate::export) struct View {
    /// Sorted.
    pub(in crate::export) nodes: Vec<NodeIx>,
    /// Sorted by ends.
    pub(in crate::export) lines: Vec<Line>,
    /// Whether something was left out that has an edge.
    pub(in crate::export) partial: bool,
}

/// Edges between two nodes that are drawn as one line.
pub(in crate::export) struct Line {
    pub(in crate::export) from: NodeIx,
    pub(in crate::export) to: NodeIx,
    pub(in crate::export) directed: bool,
    pub(in crate::export) hostile: bool,
    /// The most telling first; never empty.
    pub(in crate::export) edges: Vec<EdgeIx>,
    /// Independent sources of the best attested edge.
    pub(in crate::export) sources: usize,
}

impl View {
    /// How wide a line is: wider the more sources speak of it, and never wider than one can see past.
    pub(in crate::export) fn width(&self, line: &Line) -> f64 {
        let as_number = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
        let more = |line: &Line| as_number(line.sources.saturating_sub(1));
        let most = self.lines.iter().map(more).fold(1.0, f64::max);
        WIDTHS.0 + more(line) * WIDER.min((WIDTHS.1 - WIDTHS.0) / most)
    }

    /// Everything that has an edge, or, if that is too much, the actors with the strongest ties.
    pub(in crate::export) fn of(graph: &Graph) -> Self {
        let ends = graph.edges().iter().flat_map(|e| [e.subject, e.object]);
        let connected: BTreeSet<NodeIx> = ends.collect();
        let all = lines(graph);
        let (nodes, mut lines) = if connected.len() <= NODES {
            (connected.clone(), all)
        } else {
            let chosen = strongest_actors(graph);
            let among = |line: &Line| chosen.contains(&line.from) && chosen.contains(&line.to);
            let lines = all.into_iter().filter(among).collect();
            (chosen, lines)
        };
        let cut = lines.len() > LINES;
        if cut {
            lines = best_attested(lines);
        }
        let drawn: BTreeSet<NodeIx> = lines.iter().flat_map(|line| [line.from, line.to]).collect();
        let nodes: Vec<NodeIx> = nodes.intersection(&drawn).copied().collect();
        Self {
            partial: cut || nodes.len() < connected.len(),
            nodes,
            lines,
        }
    }
}

/// The best attested lines, as many as fit; no node loses all of its own.
fn best_attested(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| Reverse((line.sources, line.edges.len())));
    let mut kept: BTreeMap<NodeIx, usize> = BTreeMap::new();
    let (mut chosen, mut rest) = (Vec::new(), Vec::new());
    for line in lines {
        let ends = [line.from, line.to];
        let is_wanted = |ix: &NodeIx| kept.get(ix).is_none_or(|count| *count < OWN);
        if ends.iter().any(is_wanted) {
            for ix in ends {
                *kept.entry(ix).or_default() += 1;
            }
            chosen.push(line);
        } else {
            rest.push(line);
        }
    }
    let free = LINES.saturating_sub(chosen.len());
    chosen.extend(rest.into_iter().take(free));
    chosen.sort_by_key(|line| (line.from, line.to, line.directed, line.hostile));
    chosen
}

/// The ends of the strongest ties, as many as fit.
fn strongest_actors(graph: &Graph) -> BTreeSet<NodeIx> {
    let mut chosen = BTreeSet::new();
    for tie in graph.ties() {
        let new = [tie.a, tie.b]
            .into_iter()
            .filter(|ix| !chosen.contains(ix))
            .count();
        if chosen.len() + new <= NODES {
            chosen.extend([tie.a, tie.b]);
        }
    }
    chosen
}

/// Bundles the edges of each pair by direction and by whether they are hostile.
fn lines(graph: &Graph) -> Vec<Line> {
    let mut bundles: BTreeMap<_, Vec<EdgeIx>> = BTreeMap::new();
    for (ix, edge) in graph.edges().iter().enumerate() {
        let hostile = graph.legend().group(&edge.kind) == Group::Hostile;
        let key = (edge.subject, edge.object, edge.directed, hostile);
        bundles.entry(key).or_default().push(EdgeIx(ix));
    }
    let line = |((from, to, directed, hostile), mut edges): (_, Vec<EdgeIx>)| {
        graph.best_first(&mut edges);
        edges.truncate(COLOURS);
        let sources = edges.iter().map(|ix| graph.edge(*ix).summary.sources).max();
        Line {
            from,
            to,
            directed,
            hostile,
            edges,
            sources: sources.unwrap_or(1),
        }
    };
    bundles.into_iter().map(line).collect()
}

impl Line {
    pub(in crate::export) fn edges<'g>(&self, graph: &'g Graph) -> impl Iterator<Item = &'g Edge> {
        self.edges.iter().map(|ix| graph.edge(*ix))
    }
}
