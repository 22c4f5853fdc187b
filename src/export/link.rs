//! The edges of a graph as a file shows them: bundled as much as its readers need.

use crate::graph::{ClaimIx, DocumentIx, Edge, EdgeIx, Graph, Group, NodeIx, Summary, plain};

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
    /// The claim that shows the first edge best.
    best: Option<ClaimIx>,
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
    pub fn per_pair(graph: &Graph) -> Links<'_> {
        Links::new(graph, By::Pair)
    }

    /// One link for each pair of nodes and kind.
    pub fn per_kind(graph: &Graph) -> Links<'_> {
        Links::new(graph, By::Kind)
    }

    /// One link for each edge.
    pub fn per_edge(graph: &Graph) -> Links<'_> {
        Links::new(graph, By::Edge)
    }

    /// The edge that tells most.
    pub fn lead<'g>(&self, graph: &'g Graph) -> Option<&'g Edge> {
        self.edges.first().map(|ix| graph.edge(*ix))
    }

    /// The sentence that shows it best, and where it stands.
    pub fn quote<'g>(&self, graph: &'g Graph) -> Option<(&'g str, DocumentIx)> {
        graph.quote_at(self.best?)
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

    fn single(ix: EdgeIx, graph: &Graph) -> Self {
        let edge = graph.edge(ix);
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
            best: graph.best_ix(edge),
        }
    }

    fn of(graph: &Graph, mut edges: Vec<EdgeIx>, kind: &str) -> Self {
        graph.best_first(&mut edges);
        let (source, target, direction) = ends(graph, &edges);
        let claims = graph.claims_of(&edges);
        let mut summary = graph.summary(&claims);
        let lead = edges.first().map(|ix| graph.edge(*ix));
        if let Some(lead) = lead {
            summary.status = lead.summary.status;
        }
        let best = lead.and_then(|lead| graph.best_ix(lead));
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
            best,
        }
    }
}

/// What the edges of one link have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Edge,
    Pair,
    Kind,
}

/// The links of a graph one after the other, each made when it is asked for.
#[derive(Clone, Debug)]
pub struct Links<'g> {
    graph: &'g Graph,
    by: By,
    /// Every edge, those of a link side by side.
    edges: Vec<EdgeIx>,
    /// Where the edges of the next link begin.
    start: usize,
    /// How many links are left.
    left: usize,
}

impl<'g> Links<'g> {
    fn new(graph: &'g Graph, by: By) -> Self {
        let mut links = Self {
            graph,
            by,
            edges: (0..graph.edges().len()).map(EdgeIx).collect(),
            start: 0,
            left: 0,
        };
        if by != By::Edge {
            // Edges with equal keys stay in their order.
            let mut edges = std::mem::take(&mut links.edges);
            edges.sort_by_key(|ix| links.key(*ix));
            links.edges = edges;
        }
        let all = links.edges.iter().zip(links.edges.iter().skip(1));
        let ends = all.filter(|(x, y)| !links.is_one(**x, **y)).count();
        links.left = ends + usize::from(!links.edges.is_empty());
        links
    }

    fn key(&self, ix: EdgeIx) -> (NodeIx, NodeIx, &'g str) {
        let edge = self.graph.edge(ix);
        let (first, last) = (edge.subject.min(edge.object), edge.subject.max(edge.object));
        let kind = if self.by == By::Kind { &edge.kind } else { "" };
        (first, last, kind)
    }

    /// Whether one link stands for both edges.
    fn is_one(&self, x: EdgeIx, y: EdgeIx) -> bool {
        self.by != By::Edge && self.key(x) == self.key(y)
    }
}

impl Iterator for Links<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        let rest = self.edges.get(self.start..)?;
        let first = *rest.first()?;
        let same = rest
            .iter()
            .take_while(|ix| **ix == first || self.is_one(first, **ix));
        let edges = rest.get(..same.count())?;
        self.start += edges.len();
        self.left = self.left.saturating_sub(1);
        Some(match (self.by, edges) {
            (By::Edge | By::Kind, [ix]) => Link::single(*ix, self.graph),
            (By::Kind, _) => Link::of(self.graph, edges.to_vec(), &self.graph.edge(first).kind),
            _ => Link::of(self.graph, edges.to_vec(), ""),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Links<'_> {}

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
