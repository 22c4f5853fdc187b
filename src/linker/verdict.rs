//! What is believed of a document: which pairs are joined and how, which facts hold.

use std::collections::BTreeMap;

use super::Linker;
use super::cast::Entities;
use super::dossier::{Dossier, PairFile};
use super::measure::{Gauge, Measure, NamesOnly, Weighed};
use super::model::{Model, Part, logistic};
use super::reading::{Key, Pair};
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;
use crate::schema::Group;

/// The weights of every number that [`Measure`] gives, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    pair: Vec<f32>,
    tie: Vec<f32>,
}

/// The names of the numbers that answer a question.
pub(super) fn names(measure: &Measure<'_>, question: Question) -> Vec<String> {
    let mut names = NamesOnly::default();
    take(measure, question, (0, 0, 1), &mut names);
    names.0
}

/// What is asked of a document as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Are two joined?
    Pair,
    /// By this kind, if so?
    Tie,
}

impl Question {
    /// The part of the model that answers it.
    fn part(self) -> Part {
        match self {
            Self::Pair => Part::Pair,
            Self::Tie => Part::Tie,
        }
    }
}

/// Measures a pair or a kind of tie.
pub(super) fn take(measure: &Measure<'_>, question: Question, key: Key, out: &mut dyn Gauge) {
    match question {
        Question::Pair => measure.pair((key.1, key.2), out),
        Question::Tie => measure.kind(key, out),
    }
}

impl Weights {
    /// Looks up the weights of a model.
    pub(super) fn new(model: &Model, gazetteer: &Gazetteer) -> Self {
        let tagged = Tagged::default();
        let entities = Entities::new(&tagged, gazetteer);
        let schema = gazetteer.schema();
        let dossier = Dossier::new(schema, &entities, &tagged, &[]);
        let measure = Measure {
            schema,
            entities: &entities,
            dossier: &dossier,
        };
        let of = |question: Question| {
            let names = names(&measure, question);
            let weight = |n: &String| model.weight(question.part(), n);
            names.iter().map(weight).collect()
        };
        Self {
            pair: of(Question::Pair),
            tie: of(Question::Tie),
        }
    }

    /// The weights that answer a question.
    pub(super) fn of(&self, question: Question) -> &[f32] {
        match question {
            Question::Pair => &self.pair,
            Question::Tie => &self.tie,
        }
    }

    fn probability(&self, measure: &Measure<'_>, question: Question, key: Key) -> f32 {
        let mut sum = Weighed::new(self.of(question));
        take(measure, question, key, &mut sum);
        logistic(sum.sum)
    }
}

/// Every claim that is believed, and how sure it is.
pub(super) fn believed(linker: &Linker<'_>, measure: &Measure<'_>) -> BTreeMap<Key, f32> {
    let model = &linker.model;
    let mut out = BTreeMap::new();
    for pair in measure.dossier.all_pairs() {
        // However much the page speaks for it, some sentence must do so too.
        let best = measure.dossier.pairs.get(&pair).map(PairFile::best);
        if best.is_some_and(|p| p < model.threshold("sentence")) {
            continue;
        }
        let key = (0, pair.0, pair.1);
        let joined = linker.weights.probability(measure, Question::Pair, key);
        if joined > model.threshold("link") {
            let kinds = likely_kinds(linker, measure, pair);
            let sure = kinds
                .into_iter()
                .map(|(key, p)| (key, model.confidence(p * joined)));
            out.extend(sure.filter(|(_, p)| *p >= model.threshold("least")));
        }
    }
    for &key in measure.dossier.claims.keys() {
        let hostile = measure.schema.statements[key.0].group == Group::Hostile;
        let least = model.threshold(if hostile { "hostile" } else { "fact" });
        let p = measure.dossier.claim(key);
        if p > least {
            out.insert(key, p);
        }
    }
    out
}

/// The kinds that could join a pair: those that a sentence can carry, and of those without direction those
/// that join both to a common partner.
pub(super) fn kinds(measure: &Measure<'_>, (a, b): Pair) -> Vec<Key> {
    let mut out = Vec::new();
    for (index, kind) in measure.schema.statements.iter().enumerate() {
        if kind.group != Group::Cooperative {
            continue;
        }
        let key = (index, a, b);
        let seen = |key: &Key| measure.dossier.ties.contains_key(key);
        if seen(&key) || kind.symmetric && measure.over_partners(key) > 0.0 {
            out.push(key);
        }
        if !kind.symmetric && seen(&(index, b, a)) {
            out.push((index, b, a));
        }
    }
    out
}

/// The likeliest kind of a joined pair and every other that is likely enough; a directed kind in one direction.
fn likely_kinds(linker: &Linker<'_>, measure: &Measure<'_>, pair: Pair) -> BTreeMap<Key, f32> {
    let p = |key| linker.weights.probability(measure, Question::Tie, key);
    let all: BTreeMap<Key, f32> = kinds(measure, pair)
        .into_iter()
        .map(|k| (k, p(k)))
        .collect();
    let weaker = |(kind, a, b): &Key, p: f32| {
        let other = all.get(&(*kind, *b, *a));
        other.is_some_and(|o| (*o, b) > (p, a))
    };
    let mut kept = all.clone();
    kept.retain(|key, p| !weaker(key, *p));
    let top = kept.values().copied().fold(0.0, f32::max);
    let least = linker.model.threshold("kind");
    kept.retain(|_, p| *p >= least || *p >= top);
    kept
}
