//! From believed pairs to n-ary statements: sixteen signatories are one statement, hub and spokes another.

use std::collections::{BTreeMap, BTreeSet};

/// Subjects and objects of a statement to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) subjects: Vec<usize>,
    pub(super) objects: Vec<usize>,
}

/// Joins directed pairs: subjects that share all their objects stand together.
pub(super) fn directed(pairs: &BTreeSet<(usize, usize)>) -> Vec<Sides> {
    let mut objects: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(a, b) in pairs {
        objects.entry(a).or_default().push(b);
    }
    let mut sides: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (a, bs) in objects {
        sides.entry(bs).or_default().push(a);
    }
    let mut out: Vec<Sides> = sides
        .into_iter()
        .map(|(objects, subjects)| Sides { subjects, objects })
        .collect();
    out.sort_by(|x, y| (&x.subjects, &x.objects).cmp(&(&y.subjects, &y.objects)));
    out
}

/// Joins symmetric pairs: as many as are all joined with each other stand together; what is left is a
/// hub with its spokes.
pub(super) fn symmetric(pairs: &BTreeSet<(usize, usize)>) -> Vec<Sides> {
    let mut left: BTreeSet<(usize, usize)> =
        pairs.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
    let mut out = Vec::new();
    while let Some(clique) = largest_clique(&left) {
        for (i, &a) in clique.iter().enumerate() {
            for &b in &clique[i + 1..] {
                left.remove(&(a, b));
            }
        }
        out.push(Sides {
            subjects: clique,
            objects: Vec::new(),
        });
    }
    while let Some(hub) = busiest(&left) {
        let spokes: Vec<usize> = left
            .iter()
            .filter_map(|&(a, b)| {
                if a == hub {
                    Some(b)
                } else {
                    (b == hub).then_some(a)
                }
            })
            .collect();
        left.retain(|&(a, b)| a != hub && b != hub);
        out.push(match spokes[..] {
            [only] => Sides {
                subjects: vec![hub.min(only), hub.max(only)],
                objects: Vec::new(),
            },
            _ => Sides {
                subjects: vec![hub],
                objects: spokes,
            },
        });
    }
    out
}

/// A clique of three or more, grown greedily from the busiest member.
fn largest_clique(pairs: &BTreeSet<(usize, usize)>) -> Option<Vec<usize>> {
    let joined = |a: usize, b: usize| pairs.contains(&(a.min(b), a.max(b)));
    let members: BTreeSet<usize> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let degree = |m: usize| pairs.iter().filter(|(a, b)| *a == m || *b == m).count();
    let mut order: Vec<usize> = members.into_iter().collect();
    order.sort_by_key(|&m| (std::cmp::Reverse(degree(m)), m));
    let mut best: Vec<usize> = Vec::new();
    for &start in &order {
        let mut clique = vec![start];
        for &next in &order {
            if next != start && clique.iter().all(|&m| joined(m, next)) {
                clique.push(next);
            }
        }
        if clique.len() > best.len() {
            best = clique;
        }
    }
    best.sort_unstable();
    (best.len() > 2).then_some(best)
}

fn busiest(pairs: &BTreeSet<(usize, usize)>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &(a, b) in pairs {
        *counts.entry(a).or_default() += 1;
        *counts.entry(b).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|&(m, n)| (n, std::cmp::Reverse(m)))
        .map(|(m, _)| m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symmetric_joins_groups() {
        let set = |pairs: &[(usize, usize)]| pairs.iter().copied().collect::<BTreeSet<_>>();
        for (pairs, expected) in [
            (set(&[(1, 2)]), vec![(vec![1, 2], vec![])]),
            (
                set(&[(1, 2), (1, 3), (2, 3)]),
                vec![(vec![1, 2, 3], vec![])],
            ),
            (set(&[(1, 2), (1, 3)]), vec![(vec![1], vec![2, 3])]),
            (
                set(&[(1, 2), (1, 3), (2, 3), (3, 4)]),
                vec![(vec![1, 2, 3], vec![]), (vec![3, 4], vec![])],
            ),
        ] {
            let found: Vec<_> = symmetric(&pairs)
                .into_iter()
                .map(|s| (s.subjects, s.objects))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn directed_joins_subjects_of_equal_objects() {
        let pairs: BTreeSet<_> = [(1, 3), (2, 3), (4, 5)].into();
        let found: Vec<_> = directed(&pairs)
            .into_iter()
            .map(|s| (s.subjects, s.objects))
            .collect();
        assert_eq!(found, vec![(vec![1, 2], vec![3]), (vec![4], vec![5])]);
    }
}
