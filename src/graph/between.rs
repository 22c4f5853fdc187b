//! Who stands between others: the share of shortest ways that lead over each node (Brandes 2001).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The nodes are gone through in so many parts, each added up by itself: so that the sums do not depend on threads.
const PARTS: usize = 32;
/// Fewer nodes than this are not worth a thread.
const PARALLEL: usize = 200;

/// The neighbours of each node, side by side in one list.
pub(super) struct Neighbours {
    ends: Vec<usize>,
    all: Vec<u32>,
}

impl Neighbours {
    /// Of pairs of nodes less than `nodes`, each pair once.
    pub(super) fn new(nodes: usize, pairs: &[(u32, u32)]) -> Self {
        let mut ends = vec![0; nodes];
        for (x, y) in pairs {
            for end in [x, y] {
                if let Some(count) = ends.get_mut(*end as usize) {
                    *count += 1;
                }
            }
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut all = vec![0; start];
        for (x, y) in pairs {
            for (from, to) in [(x, y), (y, x)] {
                let end = &mut ends[*from as usize];
                all[*end] = *to;
                *end += 1;
            }
        }
        Self { ends, all }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        &self.all[start..self.ends[node]]
    }

    /// For each node the share of shortest ways between two others that lead over it.
    pub(super) fn betweenness(&self) -> Vec<f64> {
        let threads = if self.len() < PARALLEL {
            1
        } else {
            thread::available_parallelism().map_or(1, usize::from)
        };
        let next = AtomicUsize::new(0);
        let work = || {
            let (mut search, mut done) = (Search::new(self.len()), Vec::new());
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= PARTS {
                    return done;
                }
                done.push((part, search.part(self, part)));
            }
        };
        let mut parts = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.min(PARTS)).map(|_| scope.spawn(work)).collect();
            let mut parts = work();
            for other in others {
                let other = other.join();
                parts.extend(other.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            parts
        });
        parts.sort_by_key(|(part, _)| *part);
        self.added(&parts)
    }

    fn added(&self, parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
        let mut shares = vec![0.0; self.len()];
        for (_, part) in parts {
            for (share, more) in shares.iter_mut().zip(part) {
                *share += more;
            }
        }
        let others = |less: usize| {
            let others = self.len().saturating_sub(less);
            u32::try_from(others).map_or(f64::from(u32::MAX), f64::from)
        };
        // Of two nodes nobody stands between others.
        let pairs = (others(1) * others(2)).max(1.0);
        for share in &mut shares {
            *share /= pairs;
        }
        shares
    }
}

/// One node's shortest ways to all others, with room that is used again.
struct Search {
    /// The nodes that were reached, nearest first.
    order: Vec<u32>,
    /// How far each is, [`FAR`] if it was not reached.
    steps: Vec<u32>,
    /// How many shortest ways lead to each.
    ways: Vec<f64>,
    /// What each has of the ways to those behind it.
    shares: Vec<f64>,
}

const FAR: u32 = u32::MAX;

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            order: Vec::with_capacity(nodes),
            steps: vec![FAR; nodes],
            ways: vec![0.0; nodes],
            shares: vec![0.0; nodes],
        }
    }

    /// What the ways from the nodes of one part add to each.
    fn part(&mut self, graph: &Neighbours, part: usize) -> Vec<f64> {
        let mut sums = vec![0.0; graph.len()];
        for start in (part..graph.len()).step_by(PARTS) {
            self.ways_from(graph, super::gist::number(start));
            self.add(graph, &mut sums);
        }
        sums
    }

    fn ways_from(&mut self, graph: &Neighbours, start: u32) {
        self.order.push(start);
        self.steps[start as usize] = 0;
        self.ways[start as usize] = 1.0;
        let mut next = 0;
        while let Some(node) = self.order.get(next).copied() {
            next += 1;
            let step = self.steps[node as usize] + 1;
            let ways = self.ways[node as usize];
            for other in graph.of(node) {
                let at = *other as usize;
                if self.steps[at] == FAR {
                    self.steps[at] = step;
                    self.order.push(*other);
                }
                if self.steps[at] == step {
                    self.ways[at] += ways;
                }
            }
        }
    }

    /// Adds what each node has of the ways, farthest first, and forgets them.
    fn add(&mut self, graph: &Neighbours, sums: &mut [f64]) {
        for node in self.order.iter().skip(1).rev() {
            let at = *node as usize;
            let share = (1.0 + self.shares[at]) / self.ways[at];
            let before = self.steps[at] - 1;
            for other in graph.of(*node) {
                let other = *other as usize;
                if self.steps[other] == before {
                    self.shares[other] += self.ways[other] * share;
                }
            }
            sums[at] += self.shares[at];
        }
        for node in self.order.drain(..) {
            let at = node as usize;
            (self.steps[at], self.ways[at], self.shares[at]) = (FAR, 0.0, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use petgraph::graph::UnGraph;
    use proptest::prelude::*;
    use rustworkx_core::centrality::betweenness_centrality;

    use super::*;

    proptest! {
        #[test]
        fn shares_are_those_of_others(
            nodes in 1_u32..260,
            pairs in prop::collection::btree_set((0_u32..260, 0_u32..260), 0..400),
        ) {
            let pairs: Vec<(u32, u32)> = pairs.into_iter().filter(|(x, y)| x < y && *y < nodes).collect();
            let mut graph = UnGraph::<(), ()>::default();
            for _ in 0..nodes {
                graph.add_node(());
            }
            for (x, y) in &pairs {
                graph.add_edge((*x).into(), (*y).into(), ());
            }
            let theirs = betweenness_centrality(&graph, false, true, usize::MAX);
            let ours = Neighbours::new(nodes as usize, &pairs).betweenness();
            for (ours, theirs) in ours.iter().zip(theirs) {
                prop_assert!((ours - theirs.unwrap_or_default()).abs() < 1e-9);
            }
        }
    }
}
