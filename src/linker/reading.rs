//! What every sentence of a document says by itself, before the document is looked at as a whole.

use std::collections::BTreeMap;

use super::Linker;
use super::candidate::Candidate;
use super::cast::Entities;
use super::feature::Around;
use super::measure::odds;
use super::model::{Flags, logistic};
use super::scene::{Carried, Scene};
use super::score::{Parts, Scorer};
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
pub(super) struct Reading<'p> {
    pub(super) scene: Scene<'p>,
    found: Vec<Candidate<'p>>,
    /// The likeliest candidate of every claim, in the order of the claims.
    pub(super) claims: Vec<(Key, Claim)>,
    /// Every pair that words of cooperation could join, in order.
    pub(super) pairs: Vec<(Pair, Joined)>,
}

/// A candidate and how sure its sentence makes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    /// Number of the candidate.
    candidate: usize,
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

impl<'p> Reading<'p> {
    /// Weighs every candidate of a sentence.
    pub(super) fn new(
        linker: &Linker<'_>,
        scorer: &mut Scorer<'_>,
        scene: Scene<'p>,
        found: Vec<Candidate<'p>>,
        entities: &Entities<'_>,
    ) -> Self {
        let (mut claims, mut sets) = (Vec::with_capacity(found.len()), Vec::new());
        let around = Around::new(&scene, entities);
        scorer.begin(&around, &found);
        let (mut ends, mut at) = (None, 0);
        for same in found.chunk_by(|x, y| (x.a, x.b, x.trigger) == (y.a, y.b, y.trigger)) {
            let Some(first) = same.first() else { continue };
            let here = scorer.ends(&around, first, ends.take());
            let parts = scorer.parts(&around, &here, first.trigger);
            ends = Some(here);
            let sums = scorer.sums(parts);
            for (number, candidate) in (at..).zip(same) {
                let claim = Claim {
                    candidate: number,
                    probability: sums.probability(linker.columns[candidate.kind_number]),
                };
                claims.push((key(candidate), claim));
            }
            at += same.len();
            if same.iter().any(|c| c.kind.group == Group::Cooperative) {
                sets.push((pair(first.a.entity, first.b.entity), parts));
            }
        }
        let pairs = join(scorer, sets);
        let mut reading = Self {
            scene,
            claims: likeliest(claims),
            pairs,
            found,
        };
        reading.share_kinds(linker.model.threshold("link"));
        reading.even_out();
        reading
    }

    /// Who are joined and named by one sentence mostly are so by one kind (`Germany and the Netherlands build it with the
    /// United States`): half of what speaks for a kind of a joined pair is what speaks for it of all of them.
    fn share_kinds(&mut self, least: f32) {
        let joined = |(_, claim): &(Key, Claim)| {
            let kind = self.candidate(claim).kind;
            let named = self.are_named(claim);
            let open = named && kind.symmetric && kind.group == Group::Cooperative;
            Some(self.joined(claim)).filter(|p| open && *p > least)
        };
        let joined: Vec<Option<f32>> = self.claims.iter().map(joined).collect();
        let mut of_kind: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        for ((key, claim), joined) in self.claims.iter().zip(&joined) {
            if let Some(joined) = joined {
                let (sum, weight) = of_kind.entry(key.0).or_default();
                *sum += joined * odds(claim.probability);
                *weight += joined;
            }
        }
        for ((key, claim), joined) in self.claims.iter_mut().zip(&joined) {
            if let (Some(_), Some((sum, weight))) = (joined, of_kind.get(&key.0)) {
                let own = odds(claim.probability);
                claim.probability = logistic(own.midpoint(sum / weight));
            }
        }
    }

    /// Whether the sentence itself names both ends.
    fn are_named(&self, claim: &Claim) -> bool {
        let candidate = self.candidate(claim);
        let items = [candidate.a.item, candidate.b.item].map(|i| self.scene.items.get(i));
        items
            .iter()
            .flatten()
            .all(|i| i.carried != Carried::Previous && i.carried != Carried::Topic)
    }

    /// The candidate of a claim.
    pub(super) fn candidate(&self, claim: &Claim) -> &Candidate<'p> {
        &self.found[claim.candidate]
    }

    /// What a sentence says of a claim.
    pub(super) fn claim(&self, key: Key) -> Option<&Claim> {
        let at = self.claims.binary_search_by_key(&key, |(key, _)| *key);
        self.claims.get(at.ok()?).map(|(_, claim)| claim)
    }

    /// Probability that the two ends are joined; 1 for what is no cooperation.
    pub(super) fn joined(&self, claim: &Claim) -> f32 {
        let candidate = self.candidate(claim);
        if candidate.kind.group != Group::Cooperative {
            return 1.0;
        }
        let ends = pair(candidate.a.entity, candidate.b.entity);
        let at = self.pairs.binary_search_by_key(&ends, |(pair, _)| *pair);
        let found = at.ok().and_then(|at| self.pairs.get(at));
        found.map_or(0.0, |(_, joined)| joined.probability)
    }

    /// Who stand in one list are or have the same: each fact about one of them is as likely as about the likeliest.
    fn even_out(&mut self) {
        let group = |(key, claim): &(Key, Claim)| {
            let candidate = self.candidate(claim);
            let item = self.scene.items.get(candidate.a.item)?;
            let fact = candidate.kind.group == Group::Fact;
            (fact && item.carried == Carried::No).then_some((key.0, key.2, item.list))
        };
        let groups: Vec<_> = self.claims.iter().map(group).collect();
        let mut most: BTreeMap<(usize, usize, usize), f32> = BTreeMap::new();
        for (group, (_, claim)) in groups.iter().zip(&self.claims) {
            if let Some(group) = group {
                let old = most.entry(*group).or_default();
                *old = old.max(claim.probability);
            }
        }
        for (group, (_, claim)) in groups.iter().zip(&mut self.claims) {
            if let Some(most) = group.as_ref().and_then(|g| most.get(g)) {
                claim.probability = *most;
            }
        }
    }
}

/// Of each claim the likeliest candidate, the first of equals.
fn likeliest(mut claims: Vec<(Key, Claim)>) -> Vec<(Key, Claim)> {
    claims.sort_unstable_by(|(x, p), (y, q)| {
        let likelier = q.probability.total_cmp(&p.probability);
        x.cmp(y).then(likelier).then(p.candidate.cmp(&q.candidate))
    });
    claims.dedup_by_key(|(key, _)| *key);
    claims
}

/// How sure a sentence makes it of each pair that it is joined; `sets` are the observations of its candidates.
fn join(scorer: &mut Scorer<'_>, mut sets: Vec<(Pair, Parts)>) -> Vec<(Pair, Joined)> {
    sets.sort_by_key(|(pair, _)| *pair);
    let mut parts = Vec::new();
    sets.chunk_by(|x, y| x.0 == y.0)
        .filter_map(|same| {
            parts.clear();
            parts.extend(same.iter().flat_map(|(_, parts)| parts));
            let (probability, flags) = scorer.joined(&mut parts);
            Some((same.first()?.0, Joined { probability, flags }))
        })
        .collect()
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
