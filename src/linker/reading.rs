//! What every sentence of a document says by itself, before the document is looked at as a whole.

use std::collections::BTreeMap;

use super::Linker;
use super::candidate::Candidate;
use super::cast::Entities;
use super::feature::Around;
use super::model::Flags;
use super::scene::{Carried, Scene};
use super::score::Scorer;
use crate::schema::Group;

/// Two entities of a document, the smaller number first.
pub(super) type Pair = (usize, usize);

/// A claim: index of the kind and the two ends, by entity of the document. Of a kind without direction the
/// smaller number stands first.
pub(super) type Key = (usize, usize, usize);

/// The two ends in order.
pub(super) fn pair(a: usize, b: usize) -> Pair {
    (a.min(b), a.max(b))
}

/// A sentence with everything it may say.
pub(super) struct Reading<'p, 's> {
    pub(super) scene: Scene<'p>,
    /// The likeliest candidate of every claim.
    pub(super) claims: BTreeMap<Key, Claim<'s>>,
    /// Every pair that words of cooperation could join.
    pub(super) pairs: BTreeMap<Pair, Joined>,
}

/// A candidate and how sure its sentence makes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim<'s> {
    pub(super) candidate: Candidate<'s>,
    /// Of a kind of cooperation, given that the pair is joined.
    pub(super) probability: f32,
}

/// How sure a sentence makes it that two are joined.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Joined {
    pub(super) probability: f32,
    /// Observations that matter once more when the document is looked at as a whole.
    pub(super) flags: Flags,
}

impl<'p, 's> Reading<'p, 's> {
    /// Weighs every candidate of a sentence.
    pub(super) fn new(
        linker: &Linker<'_>,
        scorer: &mut Scorer<'_>,
        scene: Scene<'p>,
        found: &[Candidate<'s>],
        entities: &Entities<'_>,
    ) -> Self {
        let mut claims = BTreeMap::new();
        let mut sets: BTreeMap<Pair, Vec<u32>> = BTreeMap::new();
        let around = Around::new(&scene, entities);
        scorer.begin();
        for candidate in found {
            let parts = scorer.parts(&around, candidate);
            if candidate.kind.group == Group::Cooperative {
                let pair = pair(candidate.a.entity, candidate.b.entity);
                sets.entry(pair).or_default().extend(parts);
            }
            let columns = linker.columns[candidate.kind_number];
            let probability = scorer.probability(parts, columns);
            keep(&mut claims, key(candidate), *candidate, probability);
        }
        even_out(&scene, &mut claims);
        let pairs = sets
            .into_iter()
            .map(|(pair, mut sets)| {
                let (probability, flags) = scorer.joined(&mut sets);
                (pair, Joined { probability, flags })
            })
            .collect();
        Self {
            scene,
            claims,
            pairs,
        }
    }

    /// Probability that the two ends are joined; 1 for what is no cooperation.
    pub(super) fn joined(&self, claim: &Claim<'_>) -> f32 {
        if claim.candidate.kind.group != Group::Cooperative {
            return 1.0;
        }
        let (a, b) = (claim.candidate.a.entity, claim.candidate.b.entity);
        self.pairs.get(&pair(a, b)).map_or(0.0, |j| j.probability)
    }
}

fn keep<'s>(
    claims: &mut BTreeMap<Key, Claim<'s>>,
    key: Key,
    candidate: Candidate<'s>,
    probability: f32,
) {
    if claims
        .get(&key)
        .is_none_or(|old| probability > old.probability)
    {
        claims.insert(
            key,
            Claim {
                candidate,
                probability,
            },
        );
    }
}

/// Who stand in one list are or have the same: each fact about one of them is as likely as about the likeliest.
fn even_out(scene: &Scene<'_>, claims: &mut BTreeMap<Key, Claim<'_>>) {
    let group = |key: &Key, claim: &Claim<'_>| {
        let item = scene.items.get(claim.candidate.a.item)?;
        let fact = claim.candidate.kind.group == Group::Fact;
        (fact && item.carried == Carried::No).then_some((key.0, key.2, item.list))
    };
    let mut most: BTreeMap<(usize, usize, usize), f32> = BTreeMap::new();
    for (key, claim) in claims.iter() {
        if let Some(group) = group(key, claim) {
            let old = most.entry(group).or_default();
            *old = old.max(claim.probability);
        }
    }
    for (key, claim) in claims.iter_mut() {
        if let Some(most) = group(key, claim).and_then(|g| most.get(&g)) {
            claim.probability = *most;
        }
    }
}

/// The claim that a candidate makes.
pub(super) fn key(candidate: &Candidate<'_>) -> Key {
    let (a, b) = (candidate.a.entity, candidate.b.entity);
    if candidate.kind.symmetric {
        (candidate.kind_number, a.min(b), a.max(b))
    } else {
        (candidate.kind_number, a, b)
    }
}
