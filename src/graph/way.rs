//! The best way between two nodes of a graph that need not be at hand as a whole.

use std::collections::{BTreeMap, BTreeSet};

/// What a step costs: a better attested one is cheaper. The number of steps comes first.
fn cost(sources: usize) -> usize {
    1000 / sources.saturating_add(1)
}

/// The neighbours of the nodes that were looked at, with the sources of each step.
type Looked<N> = BTreeMap<N, BTreeMap<N, usize>>;

/// A search from one end.
struct Side<N> {
    /// For each number of steps the nodes that are so far away.
    rims: Vec<BTreeSet<N>>,
    known: BTreeSet<N>,
}

/// The nodes of the way of the fewest steps; of several the one whose steps are best attested, and of those
/// the one with the smallest nodes. Empty if there is none, or if both ends are one. `around` gives the
/// neighbours of a node with the sources of each step, in any order and each as often as it likes.
///
/// It searches from both ends at once, always from the one that has reached less, so that few nodes of a
/// dense graph are looked at.
pub fn way<N: Ord + Copy, E>(
    from: N,
    to: N,
    mut around: impl FnMut(N) -> Result<Vec<(N, usize)>, E>,
) -> Result<Vec<N>, E> {
    let mut looked = Looked::new();
    let (mut near, mut far) = (Side::new(from), Side::new(to));
    if from == to {
        return Ok(Vec::new());
    }
    while near.known.is_disjoint(&far.known) {
        let side = if near.rim().len() <= far.rim().len() {
            &mut near
        } else {
            &mut far
        };
        if side.rim().is_empty() {
            return Ok(Vec::new());
        }
        side.grow(&mut looked, &mut around)?;
    }
    Ok(best(from, &near, &far, &looked))
}

impl<N: Ord + Copy> Side<N> {
    fn new(end: N) -> Self {
        Self {
            rims: vec![BTreeSet::from([end])],
            known: BTreeSet::from([end]),
        }
    }

    /// The nodes that were reached last.
    fn rim(&self) -> Vec<N> {
        self.rims.last().into_iter().flatten().copied().collect()
    }

    /// One step further.
    fn grow<E>(
        &mut self,
        looked: &mut Looked<N>,
        around: &mut impl FnMut(N) -> Result<Vec<(N, usize)>, E>,
    ) -> Result<(), E> {
        let mut next = BTreeSet::new();
        for node in self.rim() {
            let found = looked.entry(node).or_default();
            for (other, sources) in around(node)? {
                let most = found.entry(other).or_default();
                *most = (*most).max(sources);
                if !self.known.contains(&other) {
                    next.insert(other);
                }
            }
        }
        self.known.extend(&next);
        self.rims.push(next);
        Ok(())
    }
}

/// Of the ways that meet, the best.
fn best<N: Ord + Copy>(from: N, near: &Side<N>, far: &Side<N>, looked: &Looked<N>) -> Vec<N> {
    // What it costs to get to the end, for the nodes after each number of steps, the end first.
    let mut ahead: Vec<BTreeMap<N, usize>> = Vec::new();
    for rim in &far.rims {
        let costs = match ahead.last() {
            None => rim.iter().map(|end| (*end, 0)).collect(),
            Some(after) => behind(after, looked, rim),
        };
        ahead.push(costs);
    }
    let met = near.rims.last();
    if let (Some(last), Some(met)) = (ahead.last_mut(), met) {
        last.retain(|node, _| met.contains(node));
    }
    for rim in near.rims.iter().rev().skip(1) {
        let after = ahead.last();
        let costs = rim.iter().filter_map(|node| {
            let steps = looked.get(node)?.iter();
            let ways = steps.filter_map(|(next, sources)| Some(cost(*sources) + after?.get(next)?));
            Some((*node, ways.min()?))
        });
        let costs = costs.collect();
        ahead.push(costs);
    }
    walk(from, &ahead, looked)
}

/// What it costs from each node of a rim that was reached from the nodes `after` it.
fn behind<N: Ord + Copy>(
    after: &BTreeMap<N, usize>,
    looked: &Looked<N>,
    rim: &BTreeSet<N>,
) -> BTreeMap<N, usize> {
    let mut costs: BTreeMap<N, usize> = BTreeMap::new();
    for (next, rest) in after {
        for (node, sources) in looked.get(next).into_iter().flatten() {
            if rim.contains(node) {
                let way = cost(*sources) + rest;
                let known = costs.entry(*node).or_insert(way);
                *known = (*known).min(way);
            }
        }
    }
    costs
}

/// From the start always to the node from which the rest is cheapest.
fn walk<N: Ord + Copy>(from: N, ahead: &[BTreeMap<N, usize>], looked: &Looked<N>) -> Vec<N> {
    let mut nodes = vec![from];
    let mut at = from;
    for costs in ahead.iter().rev().skip(1) {
        let step = |next: N| {
            let forth = looked.get(&at).and_then(|around| around.get(&next));
            forth.or_else(|| looked.get(&next)?.get(&at))
        };
        let ways = costs.iter().filter_map(|(next, rest)| {
            let way = cost(*step(*next)?) + rest;
            Some((way, *next))
        });
        let Some((_, next)) = ways.min() else {
            return Vec::new();
        };
        nodes.push(next);
        at = next;
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Steps = Vec<(u8, u8, usize)>;

    fn found(steps: &Steps, from: u8, to: u8) -> Vec<u8> {
        let around = |node| -> Result<Vec<(u8, usize)>, std::convert::Infallible> {
            let ends = steps.iter().filter_map(|(a, b, sources)| match node {
                node if node == *a => Some((*b, *sources)),
                node if node == *b => Some((*a, *sources)),
                _ => None,
            });
            Ok(ends.collect())
        };
        way(from, to, around).unwrap()
    }

    /// Every way without a node twice, the best first, as the description says it.
    fn by_trial(steps: &Steps, from: u8, to: u8) -> Vec<u8> {
        fn go(steps: &Steps, way: &mut Vec<u8>, to: u8, all: &mut Vec<(usize, usize, Vec<u8>)>) {
            let at = *way.last().unwrap();
            if at == to {
                let most = |a: u8, b: u8| {
                    let pair =
                        |(x, y, _): &&(u8, u8, usize)| (*x, *y) == (a, b) || (*x, *y) == (b, a);
                    steps.iter().filter(pair).map(|(_, _, s)| *s).max().unwrap()
                };
                let costs = way
                    .windows(2)
                    .map(|pair| cost(most(pair[0], pair[1])))
                    .sum();
                all.push((way.len(), costs, way.clone()));
                return;
            }
            for next in 0..8 {
                let is_step =
                    |(a, b, _): &(u8, u8, usize)| (*a, *b) == (at, next) || (*a, *b) == (next, at);
                if steps.iter().any(is_step) && !way.contains(&next) {
                    way.push(next);
                    go(steps, way, to, all);
                    way.pop();
                }
            }
        }
        let mut all = Vec::new();
        if from != to {
            go(steps, &mut vec![from], to, &mut all);
        }
        all.into_iter().min().map_or(Vec::new(), |(_, _, way)| way)
    }

    proptest! {
        #[test]
        fn way_is_the_best_of_all(
            steps in prop::collection::vec((0u8..8, 0u8..8, 0usize..4), 0..14),
            from in 0u8..8,
            to in 0u8..8,
        ) {
            prop_assert_eq!(found(&steps, from, to), by_trial(&steps, from, to));
        }
    }
}
