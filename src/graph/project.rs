//! From claims to edges and ties.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::summary::Tables;
use super::tie::strength;
use super::{Claim, ClaimIx, Edge, EdgeIx, Group, Legend, Node, NodeIx, Summary, Tie, plain};
use crate::mention::EntityId;
use crate::statement::Statement;

pub(super) fn edges(
    claims: &[Claim],
    nodes: &[Node],
    legend: &Legend,
    tables: &Tables,
) -> Vec<Edge> {
    let mut grouped: BTreeMap<(NodeIx, NodeIx, &str), Vec<ClaimIx>> = BTreeMap::new();
    for (ix, claim) in claims.iter().enumerate() {
        let kind = claim.statement.kind.as_str();
        for (from, to) in pairs(&claim.statement, legend.is_directed(kind), tables) {
            grouped
                .entry((from, to, kind))
                .or_default()
                .push(ClaimIx(ix));
        }
    }
    let edge = |((subject, object, kind), mut on): ((NodeIx, NodeIx, &str), Vec<ClaimIx>)| {
        tables.sort(&mut on, claims);
        let held: Vec<_> = on.iter().map(|ix| &claims[ix.0]).collect();
        let documents: BTreeSet<_> = held.iter().map(|claim| claim.document).collect();
        Edge {
            id: edge_id(&nodes[subject.0].id, kind, &nodes[object.0].id),
            subject,
            kind: kind.to_owned(),
            object,
            directed: legend.is_directed(kind),
            summary: Summary::of(&held, tables),
            documents: documents.into_iter().collect(),
            claims: on,
        }
    };
    grouped.into_iter().map(edge).collect()
}

/// The pairs a statement projects to; none runs from an entity to itself.
fn pairs(statement: &Statement, directed: bool, tables: &Tables) -> BTreeSet<(NodeIx, NodeIx)> {
    let ends =
        |ids: &[EntityId]| -> Vec<NodeIx> { ids.iter().filter_map(|id| tables.node(id)).collect() };
    let subjects = ends(&statement.subjects);
    let objects = match &statement.objects {
        objects if objects.is_empty() && !directed => subjects.clone(),
        objects => ends(objects),
    };
    let all = subjects
        .iter()
        .flat_map(|s| objects.iter().map(move |o| (*s, *o)));
    let all = all.filter(|(s, o)| s != o);
    let ordered = |(s, o): (NodeIx, NodeIx)| {
        if directed {
            (s, o)
        } else {
            (s.min(o), s.max(o))
        }
    };
    all.map(ordered).collect()
}

/// The id of an edge: `<subject>/<kind>/<object>`.
pub(crate) fn edge_id(subject: &EntityId, kind: &str, object: &EntityId) -> String {
    let kind = plain(kind);
    format!(
        "{}/{kind}/{}",
        plain(subject.as_str()),
        plain(object.as_str())
    )
}

pub(super) fn ties(
    claims: &[Claim],
    edges: &[Edge],
    nodes: &[Node],
    legend: &Legend,
    tables: &Tables,
) -> Vec<Tie> {
    let is_actor = |ix: NodeIx| legend.is_actor(&nodes[ix.0].kind);
    let mut grouped: BTreeMap<(NodeIx, NodeIx), Vec<EdgeIx>> = BTreeMap::new();
    for (ix, edge) in edges.iter().enumerate() {
        if is_actor(edge.subject) && is_actor(edge.object) {
            let pair = (edge.subject.min(edge.object), edge.subject.max(edge.object));
            grouped.entry(pair).or_default().push(EdgeIx(ix));
        }
    }
    let tie = |(pair, on): ((NodeIx, NodeIx), Vec<EdgeIx>)| {
        let on = on.into_iter().map(|ix| (ix, &edges[ix.0])).collect();
        tie(pair, on, claims, legend, tables)
    };
    let mut ties: Vec<Tie> = grouped.into_iter().map(tie).collect();
    ties.sort_by(|x, y| {
        y.strength
            .total_cmp(&x.strength)
            .then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    ties
}

fn tie(
    (a, b): (NodeIx, NodeIx),
    mut edges: Vec<(EdgeIx, &Edge)>,
    claims: &[Claim],
    legend: &Legend,
    tables: &Tables,
) -> Tie {
    edges.sort_by_key(|(_, edge)| rank(edge, legend));
    let all: Vec<&Edge> = edges.iter().map(|(_, edge)| *edge).collect();
    let group = |edge: &Edge| legend.group(&edge.kind);
    let friendly = all.iter().filter(|edge| group(edge) != Group::Hostile);
    let friendly: Vec<&Edge> = friendly.copied().collect();
    let shown = if friendly.is_empty() { &all } else { &friendly };
    let summary = Summary::of(&claims_of(shown, claims), tables);
    Tie {
        a,
        b,
        strength: strength(summary.sources, &all, legend),
        cooperative: all.iter().any(|edge| group(edge) == Group::Cooperative),
        hostile: friendly.len() < all.len(),
        summary,
        edges: edges.into_iter().map(|(ix, _)| ix).collect(),
    }
}

/// Cooperative before factual before hostile, then the best attested, then the order of the schema.
pub(super) fn rank(
    edge: &Edge,
    legend: &Legend,
) -> (u8, Reverse<usize>, Reverse<usize>, usize, NodeIx) {
    let group = match legend.group(&edge.kind) {
        Group::Cooperative => 0,
        Group::Fact => 1,
        Group::Hostile => 2,
    };
    let summary = &edge.summary;
    let by_evidence = (Reverse(summary.sources), Reverse(summary.statements));
    (
        group,
        by_evidence.0,
        by_evidence.1,
        legend.rank(&edge.kind),
        edge.subject,
    )
}

/// The claims of some edges, each once.
fn claims_of<'a>(edges: &[&Edge], claims: &'a [Claim]) -> Vec<&'a Claim> {
    let ids: BTreeSet<_> = edges.iter().flat_map(|e| &e.claims).copied().collect();
    ids.into_iter().map(|ix| &claims[ix.0]).collect()
}
