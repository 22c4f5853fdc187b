//! What the sentences of a document show together: every pair, kind of tie and fact with all its readings.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::cast::Entities;
use super::model::Flags;
use super::places::Places;
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
        1.0 - self.each.iter().map(|p| 1.0 - p).product::<f32>()
    }
}

/// Everything that the sentences say of one kind of tie between two.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct TieFile {
    strength: f32,
    kind: f32,
    mass: f32,
    joined: f32,
    sentences: u32,
}

impl TieFile {
    /// Takes the probability of the kind in a sentence, and that the pair is joined there.
    fn add(&mut self, kind: f32, joined: f32) {
        self.strength = self.strength.max(kind * joined);
        self.kind = self.kind.max(kind);
        self.mass += kind * joined;
        self.joined += joined;
        self.sentences += 1;
    }

    /// Whether any sentence could say it.
    pub(super) fn is_seen(&self) -> bool {
        self.sentences > 0
    }

    /// Most probable in one sentence: kind and pair together.
    pub(super) fn strength(&self) -> f32 {
        self.strength
    }

    /// The kind's largest probability, given that the pair is joined.
    pub(super) fn kind(&self) -> f32 {
        self.kind
    }

    /// The kind's probability as the sentences that join the pair have it.
    pub(super) fn weighted(&self) -> f32 {
        self.mass / (self.joined + 1e-6)
    }
}

/// A document as a whole.
#[derive(Debug, Default)]
pub(super) struct Dossier {
    /// Whether the document is one sentence.
    pub(super) is_lone: bool,
    /// Every pair that some sentence could join, in order.
    pub(super) pairs: Vec<(Pair, PairFile)>,
    numbers: FxHashMap<Pair, usize>,
    /// Number of statement kinds.
    kinds: usize,
    /// Of every pair, two of each kind: from the smaller to the larger number, and the other way round.
    ties: Vec<TieFile>,
    /// Of every pair, the strength of its tie of each kind, whatever its direction; of its strongest without
    /// direction, with one; and the probability that it is joined. See [`Dossier::strengths`].
    strengths: Vec<f32>,
    /// Probability in the likeliest sentence of everything that is no cooperation.
    pub(super) claims: BTreeMap<Key, f32>,
    /// With whom each actor is likely joined, in order.
    partners: Vec<Vec<usize>>,
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
    places: Places,
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
        readings: &[Reading<'_>],
    ) -> Self {
        let count = entities.kinds.len();
        let mut dossier = Self {
            is_lone: readings.len() == 1,
            kinds: schema.statements.len(),
            places: Places::new(count, tagged),
            partners: vec![Vec::new(); count],
            stands: vec![Stand::default(); count],
            ..Self::default()
        };
        dossier.number(readings);
        for reading in readings {
            dossier.file(schema, reading);
        }
        dossier.sum_up(schema);
        dossier
    }

    /// Numbers every pair of the sentences.
    fn number(&mut self, readings: &[Reading<'_>]) {
        let all = readings.iter().flat_map(|r| r.pairs.iter());
        let mut pairs: Vec<Pair> = all.map(|(pair, _)| *pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        self.ties = vec![TieFile::default(); pairs.len() * 2 * self.kinds];
        self.strengths = vec![0.0; pairs.len() * self.columns()];
        self.numbers = pairs.iter().enumerate().map(|(at, p)| (*p, at)).collect();
        let empty = |pair| (pair, PairFile::default());
        self.pairs = pairs.into_iter().map(empty).collect();
    }

    fn file(&mut self, schema: &Schema, reading: &Reading<'_>) {
        let scene = &reading.scene;
        for item in scene.items.iter().filter(|i| i.carried == Carried::No) {
            if let Some(stand) = self.stands.get_mut(item.entity) {
                stand.count(scene, item);
            }
        }
        for (pair, joined) in &reading.pairs {
            let number = self.numbers.get(pair);
            let Some((_, file)) = number.and_then(|at| self.pairs.get_mut(*at)) else {
                continue;
            };
            if file.each.is_empty() || joined.probability > file.best {
                file.best = joined.probability;
                file.flags = joined.flags;
            }
            file.each.push(joined.probability);
        }
        for (key, claim) in &reading.claims {
            if schema.statements[key.0].group == Group::Cooperative {
                let at = self.tie_at(*key);
                if let Some(tie) = at.and_then(|at| self.ties.get_mut(at)) {
                    tie.add(claim.probability, claim.joined);
                }
            } else {
                let best = self.claims.entry(*key).or_default();
                *best = best.max(claim.probability);
            }
        }
    }

    fn tie_at(&self, (kind, a, b): Key) -> Option<usize> {
        let number = self.numbers.get(&pair(a, b))?;
        Some((number * self.kinds + kind) * 2 + usize::from(a > b))
    }

    /// What the sentences say of every kind of tie between two, the smaller number first: two of each kind.
    pub(super) fn ties_of(&self, pair: Pair) -> &[TieFile] {
        let number = self.numbers.get(&pair).copied();
        let all = number.and_then(|at| self.ties.get(2 * at * self.kinds..));
        let mine = all.and_then(|ties| ties.get(..2 * self.kinds));
        mine.unwrap_or_default()
    }

    /// What the sentences say of a pair.
    pub(super) fn file_of(&self, pair: Pair) -> Option<&PairFile> {
        let (_, file) = self.pairs.get(*self.numbers.get(&pair)?)?;
        Some(file)
    }

    /// Number of strengths of a pair.
    pub(super) fn columns(&self) -> usize {
        self.kinds + 3
    }

    /// The columns of the strengths of a pair after its kinds: without direction, with one, joined at all.
    pub(super) fn summaries(&self) -> [usize; 3] {
        [self.kinds, self.kinds + 1, self.kinds + 2]
    }

    /// How strong the tie of two is: by each kind, and see [`Dossier::summaries`]. Nothing if no sentence could join
    /// them.
    pub(super) fn strengths(&self, a: usize, b: usize) -> &[f32] {
        let number = self.numbers.get(&pair(a, b));
        let range = |at: &usize| at * self.columns()..(at + 1) * self.columns();
        number
            .and_then(|at| self.strengths.get(range(at)))
            .unwrap_or_default()
    }

    fn sum_up(&mut self, schema: &Schema) {
        let [mutual, flow, joined] = self.summaries();
        let columns = self.columns();
        for (number, ((a, b), file)) in self.pairs.iter().enumerate() {
            let p = file.any();
            let row = &mut self.strengths[number * columns..(number + 1) * columns];
            row[joined] = p;
            let ties = &self.ties[number * 2 * self.kinds..];
            for (kind, both) in ties.chunks(2).take(self.kinds).enumerate() {
                let strength = both.iter().map(TieFile::strength).fold(0.0, f32::max);
                let symmetric = schema.statements[kind].symmetric;
                let best = if symmetric { mutual } else { flow };
                row[kind] = strength;
                row[best] = row[best].max(strength);
            }
            self.actors.extend([a, b]);
            if p > PARTNER {
                self.partners[*a].push(*b);
                self.partners[*b].push(*a);
            }
        }
        for partners in &mut self.partners {
            partners.sort_unstable();
        }
        let mentions = |e: &usize| self.places(*e).len();
        self.named = self.actors.iter().map(mentions).sum();
        self.rank();
        for (&(kind, a, b), best) in &self.claims {
            if schema.statements[kind].shared {
                let old = self.shared.entry(a).or_default().entry(b).or_default();
                *old = old.max(*best);
            }
        }
    }

    /// How the pairs and the kinds compare.
    fn rank(&mut self) {
        let columns = self.columns();
        let [.., joined] = self.summaries();
        let column = |at: usize| self.strengths.iter().skip(at).step_by(columns).copied();
        let mut best: Vec<f32> = column(joined).collect();
        best.sort_by(|x, y| y.total_cmp(x));
        self.sum = best.iter().sum();
        self.top = best.first().copied().unwrap_or_default();
        best.truncate(5);
        self.top_five =
            best.iter().sum::<f32>() / best.iter().map(|_| 1.0_f32).sum::<f32>().max(1.0);
        let kinds = 0..self.kinds;
        let masses: Vec<f32> = kinds.clone().map(|kind| column(kind).sum()).collect();
        let all: f32 = masses.iter().sum();
        self.shares = masses.iter().map(|m| m / (all + 1e-6)).collect();
        self.strongest = kinds.map(|kind| column(kind).fold(0.0, f32::max)).collect();
    }

    /// First byte of every mention of an entity, in order.
    pub(super) fn places(&self, entity: usize) -> &[usize] {
        self.places.of(entity)
    }

    /// Largest probability of a claim that is no cooperation; 0 if no sentence could say it.
    pub(super) fn claim(&self, key: Key) -> f32 {
        self.claims.get(&key).copied().unwrap_or_default()
    }

    /// Whom an actor is likely joined with.
    pub(super) fn partners(&self, actor: usize) -> &[usize] {
        self.partners.get(actor).map_or(&[], Vec::as_slice)
    }

    /// Who is likely joined with both.
    pub(super) fn common(&self, a: usize, b: usize) -> impl Iterator<Item = usize> {
        let far = self.partners(b);
        let near = self.partners(a).iter().copied();
        near.filter(move |c| far.binary_search(c).is_ok())
    }

    /// Every pair worth a look: those that a sentence could join, and those with a partner in common.
    pub(super) fn all_pairs(&self) -> Vec<Pair> {
        let pairs = self.pairs.iter().map(|(pair, _)| *pair);
        let all: usize = self.partners.iter().map(|p| p.len() * p.len()).sum();
        if self.pairs.len() + all < MOST_THIRD {
            let mut out: Vec<Pair> = pairs.collect();
            for partners in &self.partners {
                for (at, a) in partners.iter().enumerate() {
                    let after = partners.get(at + 1..).unwrap_or_default();
                    out.extend(after.iter().map(|b| (*a, *b)));
                }
            }
            out.sort_unstable();
            out.dedup();
            return out;
        }
        let mut out: FxHashSet<Pair> = pairs.collect();
        'partners: for partners in &self.partners {
            for (at, &a) in partners.iter().enumerate() {
                for &b in &partners[at + 1..] {
                    if out.len() >= MOST_THIRD {
                        break 'partners;
                    }
                    out.insert((a, b));
                }
            }
        }
        let mut out: Vec<Pair> = out.into_iter().collect();
        out.sort_unstable();
        out
    }
}
