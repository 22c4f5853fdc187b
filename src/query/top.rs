//! Who is central: partners, strength, shortest ways, groups.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::shown::{Name, Quote};
use crate::graph::{Graph, NodeIx, Tie};

/// What to rank by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Number of partners.
    #[default]
    Degree,
    /// Sum of the strengths of all ties.
    Strength,
    /// Share of the shortest ways between two others that lead over it.
    Betweenness,
    /// The group first, and within it the strength.
    Community,
}

/// The answer to `top`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Top {
    /// What it is ranked by.
    pub by: Measure,
    /// What was left out.
    pub filter: Filter,
    /// Actors with at least one tie that is not hostile, the first in rank first.
    pub actors: Vec<Rank>,
    /// The groups, the largest first.
    pub communities: Vec<Community>,
}

/// An actor and its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rank {
    /// From 1; equals share a place.
    pub rank: usize,
    /// The actor.
    pub entity: Name,
    /// Number of partners.
    pub partners: usize,
    /// Sum of the strengths of its ties, two decimals.
    pub strength: f64,
    /// Between 0 and 1.
    pub betweenness: f64,
    /// Number of its group, from 1.
    pub community: usize,
    /// Number of documents that name it.
    pub documents: usize,
    /// The other end of its strongest tie.
    pub strongest: Option<Name>,
    /// The sentence that shows that tie best.
    pub evidence: Option<Quote>,
}

/// Actors that have more to do with each other than with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// From 1.
    pub number: usize,
    /// The strongest first.
    pub members: Vec<Name>,
}

impl Top {
    /// The same answer ranked by another measure.
    pub fn sort(&mut self, by: Measure) {
        // What they were ranked by before is no reason for anything.
        self.actors.sort_by(|x, y| x.entity.id.cmp(&y.entity.id));
        sort(&mut self.actors, by);
        self.by = by;
    }
}

/// Ranks the actors by their ties that are not hostile.
pub fn top(graph: &Graph, filter: &Filter, by: Measure) -> Top {
    // Hostile edges add nothing to a tie, and one without others has no strength.
    let part = if filter.is_limited() {
        filter.graph(graph)
    } else {
        Cow::Borrowed(graph)
    };
    let graph = part.as_ref();
    let mut ranks = ranks(graph);
    let communities = communities(&ranks);
    sort(&mut ranks, by);
    Top {
        by,
        filter: filter.clone(),
        actors: ranks,
        communities,
    }
}

fn ranks(graph: &Graph) -> Vec<Rank> {
    let between = graph.betweenness();
    let groups = graph.communities();
    let numbered = groups.iter().zip(1..);
    let group: BTreeMap<NodeIx, usize> = numbered
        .flat_map(|(nodes, number)| nodes.iter().map(move |node| (*node, number)))
        .collect();
    // The strongest tie comes first.
    let mut figures: BTreeMap<NodeIx, (usize, f64, &Tie)> = BTreeMap::new();
    for tie in graph.ties().iter().filter(|tie| tie.strength > 0.0) {
        for end in [tie.a, tie.b] {
            let (partners, strength, _) = figures.entry(end).or_insert((0, 0.0, tie));
            *partners += 1;
            *strength += tie.strength;
        }
    }
    let rank = |(ix, (partners, strength, tie)): (NodeIx, (usize, f64, &Tie))| Rank {
        rank: 0,
        entity: Name::of(graph.node(ix)),
        partners,
        strength: (strength * 100.0).round() / 100.0,
        betweenness: between.get(ix.0).copied().unwrap_or_default(),
        community: group.get(&ix).copied().unwrap_or_default(),
        documents: graph.node(ix).documents,
        strongest: Some(Name::of(graph.node(if tie.a == ix {
            tie.b
        } else {
            tie.a
        }))),
        evidence: tie
            .edges
            .first()
            .and_then(|edge| Quote::best(graph, graph.edge(*edge))),
    };
    figures.into_iter().map(rank).collect()
}

fn communities(ranks: &[Rank]) -> Vec<Community> {
    let mut by_strength: Vec<&Rank> = ranks.iter().collect();
    by_strength.sort_by(|x, y| y.strength.total_cmp(&x.strength));
    let mut groups: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
    for rank in by_strength {
        groups
            .entry(rank.community)
            .or_default()
            .push(rank.entity.clone());
    }
    let community = |(number, members)| Community { number, members };
    groups.into_iter().map(community).collect()
}

/// Sorts by the measure and gives places; equals stay sorted by strength, then by id.
fn sort(ranks: &mut [Rank], by: Measure) {
    let figure = |rank: &Rank| match by {
        Measure::Degree => count(rank.partners),
        Measure::Strength => rank.strength,
        Measure::Betweenness => rank.betweenness,
        Measure::Community => -count(rank.community),
    };
    ranks.sort_by(|x, y| {
        figure(y)
            .total_cmp(&figure(x))
            .then(y.strength.total_cmp(&x.strength))
    });
    let mut last = None;
    for (at, rank) in ranks.iter_mut().enumerate() {
        let value = if by == Measure::Community {
            rank.strength
        } else {
            figure(rank)
        };
        let (place, of) = last.unwrap_or((0, f64::NAN));
        let place = if value.to_bits() == of.to_bits() {
            place
        } else {
            at + 1
        };
        rank.rank = place;
        last = Some((place, value));
    }
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}
