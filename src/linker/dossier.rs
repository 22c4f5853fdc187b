//! What the sentences of a document show together: every pair, kind of tie and fact with all its readings.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Entities;
use super::model::Flags;
use super::reading::{Key, Pair, Reading, pair};
use super::rules::Prep;
use super::scene::{Carried, Item, Scene};
use crate::mention::{Sense, Tagged};
use crate::schema::{Group, Schema};

/// From this probability on two actors are partners through whom others may be joined.
const PARTNER: f32 = 0.1;
/// So many pairs of a document are looked at beyond those that a sentence could join.
const MOST_THIRD: usize = 20_000;

/// Everything that the sentences of a document say of one pair.
#[derive(Debug, Default)]
pub(super) struct PairFile {
    /// Probability of each sentence that could join them.
    pub(super) each: Vec<f32>,
    best: f32,
    /// Observations of the likeliest sentence.
    pub(super) flags: Flags,
}

impl PairFile {
    /// Probability of the likeliest sentence.
    pub(super) fn best(&self) -> f32 {
        self.best
    }

    /// Probability that at least one sentence joins them, as if each were independent of the others.
    pub(super) fn any(&self) -> f32 {
        any(&self.each)
    }
}

/// Everything that the sentences say of one kind of tie between two.
#[derive(Debug, Default)]
pub(super) struct TieFile {
    /// Probability of the kind in each sentence, and that the pair is joined there.
    each: Vec<(f32, f32)>,
}

impl TieFile {
    /// Most probable in one sentence: kind and pair together.
    pub(super) fn strength(&self) -> f32 {
        self.each.iter().map(|(k, j)| k * j).fold(0.0, f32::max)
    }

    /// The kind's largest probability, given that the pair is joined.
    pub(super) fn kind(&self) -> f32 {
        self.each.iter().map(|(k, _)| *k).fold(0.0, f32::max)
    }

    /// The kind's probability as the sentences that join the pair have it.
    pub(super) fn weighted(&self) -> f32 {
        let all: f32 = self.each.iter().map(|(_, j)| j).sum();
        self.each.iter().map(|(k, j)| k * j).sum::<f32>() / (all + 1e-6)
    }
}

/// Probability that at least one of independent things holds.
pub(super) fn any(each: &[f32]) -> f32 {
    1.0 - each.iter().map(|p| 1.0 - p).product::<f32>()
}

/// A document as a whole.
#[derive(Debug, Default)]
pub(super) struct Dossier {
    pub(super) pairs: BTreeMap<Pair, PairFile>,
    /// Probability that a sentence joins two, for every pair of `pairs`.
    pub(super) joined: BTreeMap<Pair, f32>,
    pub(super) ties: BTreeMap<Key, TieFile>,
    /// Probability in each sentence of everything that is no cooperation.
    pub(super) claims: BTreeMap<Key, Vec<f32>>,
    /// With whom each actor is likely joined.
    partners: BTreeMap<usize, BTreeSet<usize>>,
    /// Per kind, the strength of the tie of every pair, whatever its direction.
    pub(super) strength: Vec<BTreeMap<Pair, f32>>,
    /// Strongest tie of a kind without direction, and of a kind with one.
    pub(super) mutual: BTreeMap<Pair, f32>,
    pub(super) flow: BTreeMap<Pair, f32>,
    /// Per kind, how much of what the page says is of it, and its strongest tie.
    pub(super) shares: Vec<f32>,
    pub(super) strongest: Vec<f32>,
    /// Of the probabilities that pairs are joined, the largest, the mean of the five largest, and the sum.
    pub(super) top: f32,
    pub(super) top_five: f32,
    pub(super) sum: f32,
    /// What each actor likely has in common with others, and how likely it is.
    pub(super) shared: BTreeMap<usize, BTreeMap<usize, f32>>,
    /// First byte of every mention of every entity.
    pub(super) places: Vec<Vec<usize>>,
    /// Actors that some sentence could join, and how often those are named.
    pub(super) actors: BTreeSet<usize>,
    pub(super) named: usize,
    /// For every entity, how its mentions stand.
    pub(super) stands: Vec<Stand>,
}

/// How often an entity is named, and how often in a way that tells of its part.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Stand {
    all: f32,
    counts: [f32; Stand::WAYS.len()],
}

impl Stand {
    /// As an enemy, as a place, as an attribute, under no preposition.
    pub(super) const WAYS: [&str; 4] = ["enemy", "place", "attribute", "bare"];

    fn count(&mut self, scene: &Scene<'_>, item: &Item) {
        let holds = [
            scene.is_enemy(item),
            matches!(item.prep, Some(Prep::In | Prep::From | Prep::To)),
            matches!(item.sense, Sense::Adjective | Sense::Combining),
            item.prep.is_none() && !item.genitive,
        ];
        self.all += 1.0;
        for (count, holds) in self.counts.iter_mut().zip(holds) {
            *count += f32::from(u8::from(holds));
        }
    }

    /// The share of the mentions that stand in a way.
    pub(super) fn share(&self, way: usize) -> f32 {
        self.counts.get(way).copied().unwrap_or_default() / self.all.max(1.0)
    }
}

impl Dossier {
    /// Files what the sentences say.
    pub(super) fn new(
        schema: &Schema,
        entities: &Entities<'_>,
        tagged: &Tagged,
        readings: &[Reading<'_, '_>],
    ) -> Self {
        let kinds = schema.statements.len();
        let mut dossier = Self {
            strength: vec![BTreeMap::new(); kinds],
            places: vec![Vec::new(); entities.kinds.len()],
            stands: vec![Stand::default(); entities.kinds.len()],
            ..Self::default()
        };
        for mention in &tagged.mentions {
            if let Some(places) = dossier.places.get_mut(mention.entity) {
                places.push(mention.span.start);
            }
        }
        for reading in readings {
            dossier.file(schema, reading);
        }
        dossier.sum_up(schema);
        dossier
    }

    fn file(&mut self, schema: &Schema, reading: &Reading<'_, '_>) {
        let scene = &reading.scene;
        for item in scene.items.iter().filter(|i| i.carried == Carried::No) {
            if let Some(stand) = self.stands.get_mut(item.entity) {
                stand.count(scene, item);
            }
        }
        for (pair, joined) in &reading.pairs {
            let file = self.pairs.entry(*pair).or_default();
            if file.each.is_empty() || joined.probability > file.best {
                file.best = joined.probability;
                file.flags = joined.flags;
            }
            file.each.push(joined.probability);
        }
        for (key, claim) in &reading.claims {
            if schema.statements[key.0].group == Group::Cooperative {
                let tie = self.ties.entry(*key).or_default();
                tie.each.push((claim.probability, reading.joined(claim)));
            } else {
                let each = self.claims.entry(*key).or_default();
                each.push(claim.probability);
            }
        }
    }

    fn sum_up(&mut self, schema: &Schema) {
        for (&(a, b), file) in &self.pairs {
            let p = file.any();
            self.joined.insert((a, b), p);
            self.actors.extend([a, b]);
            if p > PARTNER {
                self.partners.entry(a).or_default().insert(b);
                self.partners.entry(b).or_default().insert(a);
            }
        }
        let mentions = |e: &usize| self.places.get(*e).map_or(0, Vec::len);
        self.named = self.actors.iter().map(mentions).sum();
        for (&(kind, a, b), tie) in &self.ties {
            let strength = tie.strength();
            let best = if schema.statements[kind].symmetric {
                &mut self.mutual
            } else {
                &mut self.flow
            };
            for into in [best, &mut self.strength[kind]] {
                let old = into.entry(pair(a, b)).or_default();
                *old = old.max(strength);
            }
        }
        self.rank();
        for (&(kind, a, b), each) in &self.claims {
            let best = each.iter().copied().fold(0.0, f32::max);
            if schema.statements[kind].shared {
                let old = self.shared.entry(a).or_default().entry(b).or_default();
                *old = old.max(best);
            }
        }
    }

    /// How the pairs and the kinds compare.
    fn rank(&mut self) {
        let mut best: Vec<f32> = self.joined.values().copied().collect();
        best.sort_by(|x, y| y.total_cmp(x));
        self.sum = best.iter().sum();
        self.top = best.first().copied().unwrap_or_default();
        best.truncate(5);
        self.top_five =
            best.iter().sum::<f32>() / best.iter().map(|_| 1.0_f32).sum::<f32>().max(1.0);
        let masses: Vec<f32> = self.strength.iter().map(|s| s.values().sum()).collect();
        let all: f32 = masses.iter().sum();
        self.shares = masses.iter().map(|m| m / (all + 1e-6)).collect();
        let most = |s: &BTreeMap<Pair, f32>| s.values().copied().fold(0.0, f32::max);
        self.strongest = self.strength.iter().map(most).collect();
    }

    /// Largest probability of a claim that is no cooperation; 0 if no sentence could say it.
    pub(super) fn claim(&self, key: Key) -> f32 {
        let each = self.claims.get(&key).map_or(&[][..], Vec::as_slice);
        each.iter().copied().fold(0.0, f32::max)
    }

    /// Whom an actor is likely joined with.
    pub(super) fn partners(&self, actor: usize) -> impl Iterator<Item = usize> {
        self.partners.get(&actor).into_iter().flatten().copied()
    }

    /// Who is likely joined with both.
    pub(super) fn common(&self, a: usize, b: usize) -> impl Iterator<Item = usize> {
        let far = self.partners.get(&b);
        self.partners(a)
            .filter(move |c| far.is_some_and(|far| far.contains(c)))
    }

    /// Every pair worth a look: those that a sentence could join, and those with a partner in common.
    pub(super) fn all_pairs(&self) -> BTreeSet<Pair> {
        let mut out: BTreeSet<Pair> = self.pairs.keys().copied().collect();
        for partners in self.partners.values() {
            for &a in partners {
                for &b in partners.range(a + 1..) {
                    if out.len() >= MOST_THIRD {
                        return out;
                    }
                    out.insert((a, b));
                }
            }
        }
        out
    }
}
