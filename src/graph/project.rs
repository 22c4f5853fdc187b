//! From claims to edges and ties.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::gist::{Gist, Gists, Part, number};
use super::summary::{Tables, sorted};
use super::tie::strength;
use super::{ClaimIx, Edge, EdgeIx, Group, Legend, Node, NodeIx, Summary, Tie, plain};
use crate::mention::EntityId;

pub(super) fn edges(nodes: &[Node], legend: &Legend, tables: &Tables) -> Vec<Edge> {
    let gists = tables.gists;
    let words = gists.words();
    // Kinds by number in the order of their words.
    let mut kinds: Vec<usize> = (0..words.len()).collect();
    kinds.sort_unstable_by_key(|ix| &words[*ix]);
    let mut rank = vec![0; words.len()];
    for (at, ix) in kinds.iter().enumerate() {
        rank[*ix] = at;
    }
    let directed: Vec<bool> = words.iter().map(|kind| legend.is_directed(kind)).collect();
    let mut told: Vec<(NodeIx, NodeIx, u32, u32)> = Vec::new();
    let mut ends = Vec::new();
    for ix in 0..gists.len() {
        let kind = gists.kind_number(ClaimIx(ix)) as usize;
        pairs(gists.get(ClaimIx(ix)), directed[kind], gists, &mut ends);
        let pairs = ends.iter();
        told.extend(pairs.map(|(from, to)| (*from, *to, number(rank[kind]), number(ix))));
    }
    told.sort_unstable();
    let edge = |told: &[(NodeIx, NodeIx, u32, u32)]| {
        let (subject, object, kind, _) = told.first().copied()?;
        let kind = *kinds.get(kind as usize)?;
        let mut on: Vec<ClaimIx> = told.iter().map(|told| ClaimIx(told.3 as usize)).collect();
        tables.sort(&mut on);
        let word = &words[kind];
        Some(Edge {
            id: edge_id(&nodes[subject.0].id, word, &nodes[object.0].id),
            subject,
            kind: word.clone(),
            object,
            directed: directed[kind],
            summary: Summary::of(&on, tables),
            documents: sorted(on.iter().map(|ix| gists.get(*ix).document())),
            claims: on,
        })
    };
    let same = |x: &(NodeIx, NodeIx, u32, u32), y: &(NodeIx, NodeIx, u32, u32)| {
        (x.0, x.1, x.2) == (y.0, y.1, y.2)
    };
    told.chunk_by(same).filter_map(edge).collect()
}

/// The pairs a claim projects to, sorted; none runs from an entity to itself.
fn pairs(claim: &Gist, directed: bool, gists: &Gists, to: &mut Vec<(NodeIx, NodeIx)>) {
    to.clear();
    let subjects = || gists.nodes(claim, Part::Subjects);
    let mut pair = |s: NodeIx, o: NodeIx| {
        if s != o {
            to.push(if directed {
                (s, o)
            } else {
                (s.min(o), s.max(o))
            });
        }
    };
    for s in subjects() {
        if !claim.has_objects() && !directed {
            subjects().for_each(|o| pair(s, o));
        } else {
            gists.nodes(claim, Part::Objects).for_each(|o| pair(s, o));
        }
    }
    to.sort_unstable();
    to.dedup();
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

pub(super) fn ties(edges: &[Edge], nodes: &[Node], legend: &Legend, tables: &Tables) -> Vec<Tie> {
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
        tie(pair, on, legend, tables)
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
    legend: &Legend,
    tables: &Tables,
) -> Tie {
    edges.sort_by_key(|(_, edge)| rank(edge, legend));
    let all: Vec<&Edge> = edges.iter().map(|(_, edge)| *edge).collect();
    let group = |edge: &Edge| legend.group(&edge.kind);
    let friendly = all.iter().filter(|edge| group(edge) != Group::Hostile);
    let friendly: Vec<&Edge> = friendly.copied().collect();
    let shown = if friendly.is_empty() { &all } else { &friendly };
    let summary = Summary::of(&claims_of(shown), tables);
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
fn claims_of(edges: &[&Edge]) -> Vec<ClaimIx> {
    sorted(edges.iter().flat_map(|e| &e.claims).copied())
}
