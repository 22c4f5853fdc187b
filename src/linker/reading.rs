//! What every sentence of a document says by itself, before the document is looked at as a whole.

use super::Linker;
use super::candidate::{Candidate, Chunk};
use super::cast::Entities;
use super::feature::Around;
use super::kinds::numbers;
use super::measure::odds;
use super::model::{Flags, logistic};
use super::scene::{Carried, Scene};
use super::score::{Parts, Scorer};
use crate::schema::{Group, Schema, StatementKind};

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
    schema: &'p Schema,
    found: Vec<Chunk>,
    /// The likeliest candidate of every claim, in the order of the claims.
    pub(super) claims: Vec<(Key, Claim)>,
    /// Every pair that words of cooperation could join, in order.
    pub(super) pairs: Vec<(Pair, Joined)>,
}

/// A candidate and how sure its sentence makes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    /// Number of its chunk.
    chunk: usize,
    /// Of a kind of cooperation, given that the pair is joined.
    pub(super) probability: f32,
    /// Probability that the two ends are joined; 1 for what is no cooperation.
    pub(super) joined: f32,
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
        linker: &'p Linker<'_>,
        scorer: &mut Scorer<'_>,
        scene: Scene<'p>,
        found: Vec<Chunk>,
        entities: &Entities<'_>,
    ) -> Self {
        let mut reading = Self {
            scene,
            schema: linker.gazetteer.schema(),
            found,
            claims: Vec::new(),
            pairs: Vec::new(),
        };
        if !reading.found.is_empty() {
            let sets = reading.weigh(linker, scorer, entities);
            reading.pairs = join(scorer, sets);
            reading.take_over();
            reading.share_kinds(linker.model.threshold("link"));
            reading.even_out();
        }
        reading
    }

    /// Weighs the kinds of every chunk; what is observed of each pair that words of cooperation could join.
    fn weigh(
        &mut self,
        linker: &Linker<'_>,
        scorer: &mut Scorer<'_>,
        entities: &Entities<'_>,
    ) -> Vec<(Pair, Parts)> {
        let mut claims = Vec::with_capacity(4 * self.found.len());
        let mut sets = Vec::with_capacity(self.found.len());
        let around = Around::new(&self.scene, entities);
        scorer.begin(&around, &self.found);
        let mut at = 0;
        for same in self.found.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)) {
            let Some(first) = same.first() else { continue };
            let couple = around.couple(first.a, first.b);
            let ends = scorer.couple(&around, &couple);
            for (chunk, one) in (at..).zip(same) {
                let parts = scorer.parts(&around, (&couple, ends), one.trigger);
                let sums = scorer.sums(parts);
                for kind in numbers(one.kinds) {
                    let claim = Claim {
                        chunk,
                        probability: sums.probability(linker.columns[kind]),
                        joined: 1.0,
                    };
                    let statement = &self.schema.statements[kind];
                    let ends = (one.a.entity, one.b.entity);
                    claims.push((key(statement, kind, ends), claim));
                }
                if one.kinds & linker.sets.cooperative() != 0 {
                    sets.push((pair(one.a.entity, one.b.entity), parts));
                }
            }
            at += same.len();
        }
        self.claims = likeliest(&claims);
        sets
    }

    /// Who are joined and named by one sentence mostly are so by one kind (`Germany and the Netherlands build it with the
    /// United States`): half of what speaks for a kind of a joined pair is what speaks for it of all of them.
    fn share_kinds(&mut self, least: f32) {
        let Self {
            scene,
            schema,
            found,
            claims,
            ..
        } = self;
        let is_named = |item: usize| {
            let item = scene.items.get(item);
            item.is_none_or(|i| i.carried <= Carried::Reference)
        };
        let takes_part = |claim: &Claim| {
            let chunk = &found[claim.chunk];
            claim.joined > least && is_named(chunk.a.item) && is_named(chunk.b.item)
        };
        for of_kind in claims.chunk_by_mut(|(x, _), (y, _)| x.0 == y.0) {
            let kind = of_kind.first().map(|(key, _)| &schema.statements[key.0]);
            if !kind.is_some_and(|k| k.symmetric && k.group == Group::Cooperative) {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for (_, claim) in of_kind.iter().filter(|c| takes_part(&c.1)) {
                sum += claim.joined * odds(claim.probability);
                weight += claim.joined;
            }
            for (_, claim) in of_kind.iter_mut().filter(|c| takes_part(&c.1)) {
                claim.probability = logistic(odds(claim.probability).midpoint(sum / weight));
            }
        }
    }

    /// The candidate of a claim.
    pub(super) fn candidate(&self, key: Key, claim: &Claim) -> Candidate<'p> {
        self.found[claim.chunk].candidate(self.schema, key.0)
    }

    /// What a sentence says of a claim.
    pub(super) fn claim(&self, key: Key) -> Option<&Claim> {
        let at = self.claims.binary_search_by_key(&key, |(key, _)| *key);
        self.claims.get(at.ok()?).map(|(_, claim)| claim)
    }

    /// Tells the claims of cooperation how likely their pairs are joined.
    fn take_over(&mut self) {
        for ((kind, a, b), claim) in &mut self.claims {
            if self.schema.statements[*kind].group == Group::Cooperative {
                let ends = pair(*a, *b);
                let at = self.pairs.binary_search_by_key(&ends, |(pair, _)| *pair);
                let found = at.ok().and_then(|at| self.pairs.get(at));
                claim.joined = found.map_or(0.0, |(_, joined)| joined.probability);
            }
        }
    }

    /// Who stand in one list are or have the same: each fact about one of them is as likely as about the likeliest.
    fn even_out(&mut self) {
        let mut groups = Vec::new();
        for (at, ((kind, _, far), claim)) in self.claims.iter().enumerate() {
            let near = self.found[claim.chunk].a;
            let item = &self.scene.items[near.item];
            let fact = self.schema.statements[*kind].group == Group::Fact;
            if fact && item.carried == Carried::No {
                groups.push(((*kind, *far, item.list), at));
            }
        }
        groups.sort_unstable();
        for same in groups
            .chunk_by(|x, y| x.0 == y.0)
            .filter(|same| same.len() > 1)
        {
            let all = same.iter().map(|(_, at)| self.claims[*at].1.probability);
            let most = all.fold(0.0, f32::max);
            for (_, at) in same {
                self.claims[*at].1.probability = most;
            }
        }
    }
}

/// Of each claim the likeliest candidate, the first of equals; in the order of the claims.
fn likeliest(claims: &[(Key, Claim)]) -> Vec<(Key, Claim)> {
    let ranks = (0..)
        .zip(claims)
        .map(|(at, (key, claim))| rank(*key, claim, at));
    let mut ranks: Vec<u128> = ranks.collect();
    ranks.sort_unstable();
    ranks.dedup_by_key(|rank| *rank >> 64);
    let claim = |rank: &u128| claims.get((rank & u128::from(u32::MAX)) as usize).copied();
    ranks.iter().filter_map(claim).collect()
}

/// A number that orders claims: by kind and ends, the likelier first, then by their place. A document has far fewer than
/// two to the power of 28 entities.
fn rank((kind, a, b): Key, claim: &Claim, at: u32) -> u128 {
    let key = (kind as u128) << 56 | (a as u128) << 28 | b as u128;
    let bits = claim.probability.to_bits().cast_signed();
    // As `f32::total_cmp` orders them.
    let order = bits ^ (((bits >> 31).cast_unsigned()) >> 1).cast_signed();
    let order = order.cast_unsigned() ^ 1 << 31;
    key << 64 | u128::from(!order) << 32 | u128::from(at)
}

/// How sure a sentence makes it of each pair that it is joined; `sets` are the observations of its candidates.
fn join(scorer: &mut Scorer<'_>, mut sets: Vec<(Pair, Parts)>) -> Vec<(Pair, Joined)> {
    sets.sort_unstable_by_key(|(pair, _)| *pair);
    sets.chunk_by(|x, y| x.0 == y.0)
        .filter_map(|same| {
            let parts = same.iter().flat_map(|(_, parts)| *parts);
            let (probability, flags) = scorer.joined(parts);
            Some((same.first()?.0, Joined { probability, flags }))
        })
        .collect()
}

/// The claim that two are joined by a kind.
pub(super) fn key(kind: &StatementKind, number: usize, (a, b): Pair) -> Key {
    if kind.symmetric {
        (number, a.min(b), a.max(b))
    } else {
        (number, a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_in_the_order_of_claims() {
        let mut all = Vec::new();
        let odd = [0.0, -0.0, 1.0, 0.5, 1e-30, f32::NAN, -1.0, f32::INFINITY];
        for (at, probability) in (0..).zip(odd) {
            for key in [
                (0, 1, 2),
                (0, 2, 1),
                (1, 0, 0),
                (17, 300, 4),
                (17, 4, 70_000),
            ] {
                let claim = Claim {
                    chunk: 0,
                    probability,
                    joined: 1.0,
                };
                all.push((key, claim, at));
                all.push((key, claim, at + 100));
            }
        }
        let mut ranked = all.clone();
        ranked.sort_by_key(|(key, claim, at)| rank(*key, claim, *at));
        all.sort_by(|(x, p, m), (y, q, n)| {
            let likelier = q.probability.total_cmp(&p.probability);
            x.cmp(y).then(likelier).then(m.cmp(n))
        });
        let plain = |all: &[(Key, Claim, u32)]| -> Vec<(Key, u32, u32)> {
            let bits = |c: &Claim| c.probability.to_bits();
            all.iter()
                .map(|(key, c, at)| (*key, bits(c), *at))
                .collect()
        };
        assert_eq!(plain(&ranked), plain(&all));
    }
}
