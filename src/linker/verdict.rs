//! What is believed of a document: which pairs are joined and how, which facts hold.

use std::collections::BTreeMap;

use super::Linker;
use super::cast::{Entities, Register};
use super::dossier::{Dossier, PairFile};
use super::measure::{Couple, Gauge, Measure, NamesOnly, Weighed};
use super::model::{Model, Part, logistic};
use super::reading::{Key, Pair, pair};
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;
use crate::schema::Group;

/// The weights of every number that [`Measure`] gives, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    pair: Vec<f32>,
    lone: Vec<f32>,
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
    /// Are two joined by the only sentence there is?
    Lone,
    /// By this kind, if so?
    Tie,
}

impl Question {
    /// The part of the model that answers it.
    fn part(self) -> Part {
        match self {
            Self::Pair | Self::Lone => Part::Pair,
            Self::Tie => Part::Tie,
        }
    }

    /// The question whether two are joined, asked of this document: one sentence makes no whole, so it is believed or
    /// not for what it says.
    pub(super) fn of_pairs(dossier: &Dossier) -> Self {
        if dossier.is_lone {
            Self::Lone
        } else {
            Self::Pair
        }
    }

    /// Name of the least probability of a yes.
    pub(super) fn threshold(self) -> &'static str {
        match self {
            Self::Pair => "link",
            Self::Lone => "lone",
            Self::Tie => "kind",
        }
    }
}

/// Measures a pair or a kind of tie.
pub(super) fn take<G: Gauge + ?Sized>(
    measure: &Measure<'_>,
    question: Question,
    key: Key,
    out: &mut G,
) {
    let couple = measure.couple(pair(key.1, key.2));
    match question {
        Question::Pair | Question::Lone => couple.pair(out),
        Question::Tie => couple.tie(key.0, key.1 > key.2, out),
    }
}

impl Weights {
    /// Looks up the weights of a model.
    pub(super) fn new(model: &Model, gazetteer: &Gazetteer) -> Self {
        let tagged = Tagged::default();
        let entities = Entities::new(&tagged, None, gazetteer, Register::default());
        let schema = gazetteer.schema();
        let dossier = Dossier::new(schema, &entities, &tagged, &[]);
        let measure = Measure::new(schema, &entities, &dossier);
        let of = |question: Question| {
            let names = names(&measure, question);
            let weight = |n: &String| model.weight(question.part(), n);
            names.iter().map(weight).collect()
        };
        let lone = names(&measure, Question::Lone);
        Self {
            lone: lone.iter().map(|name| of_one(name)).collect(),
            pair: of(Question::Pair),
            tie: of(Question::Tie),
        }
    }

    /// The weights that answer a question.
    pub(super) fn of(&self, question: Question) -> &[f32] {
        match question {
            Question::Pair => &self.pair,
            Question::Lone => &self.lone,
            Question::Tie => &self.tie,
        }
    }

    /// Probability that two are joined.
    fn pair(&self, question: Question, couple: &Couple<'_>) -> f32 {
        let mut sum = Weighed::new(self.of(question));
        couple.pair(&mut sum);
        logistic(sum.sum)
    }

    /// Probability of a kind of tie.
    fn tie(&self, couple: &Couple<'_>, key: Key) -> f32 {
        let mut sum = Weighed::new(&self.tie);
        couple.tie(key.0, key.1 > key.2, &mut sum);
        logistic(sum.sum)
    }
}

/// The weight of a number of the document where there is one sentence: its odds alone tell.
fn of_one(name: &str) -> f32 {
    match name {
        "best sentence" => 1.0,
        "no sentence" => NEVER,
        _ => 0.0,
    }
}

/// Log odds of a pair that the only sentence could not join.
const NEVER: f32 = -7.0;

/// Every claim that is believed, and how sure it is.
pub(super) fn believed(linker: &Linker<'_>, measure: &Measure<'_>) -> BTreeMap<Key, f32> {
    let model = &linker.model;
    let question = Question::of_pairs(measure.dossier);
    let (sentence, link) = (
        model.threshold("sentence"),
        model.threshold(question.threshold()),
    );
    let least = model.threshold("least");
    let mut out = BTreeMap::new();
    for pair in measure.dossier.all_pairs() {
        // However much the page speaks for it, some sentence must do so too.
        let best = measure.dossier.file_of(pair).map(PairFile::best);
        if best.is_some_and(|p| p < sentence) {
            continue;
        }
        let couple = measure.couple(pair);
        let joined = linker.weights.pair(question, &couple);
        if joined > link {
            let kinds = likely_kinds(linker, measure, &couple, pair);
            let sure = kinds
                .into_iter()
                .map(|(key, p)| (key, model.confidence(p * joined)));
            out.extend(sure.filter(|(_, p)| *p >= least));
        }
    }
    for (key, p) in &measure.dossier.claims {
        let hostile = measure.schema.statements[key.0].group == Group::Hostile;
        let least = model.threshold(if hostile { "hostile" } else { "fact" });
        if *p > least {
            out.insert(*key, *p);
        }
    }
    out
}

/// The kinds that could join a pair: those that a sentence can carry, and of those without direction those
/// that join both to a common partner.
pub(super) fn kinds(measure: &Measure<'_>, couple: &Couple<'_>, (a, b): Pair) -> Vec<Key> {
    let mut out = Vec::new();
    for (index, kind) in measure.schema.statements.iter().enumerate() {
        if kind.group != Group::Cooperative {
            continue;
        }
        let key = (index, a, b);
        if couple.seen(index, false).is_some() || kind.symmetric && couple.is_over_partner(index) {
            out.push(key);
        }
        if !kind.symmetric && couple.seen(index, true).is_some() {
            out.push((index, b, a));
        }
    }
    out
}

/// The likeliest kind of a joined pair and every other that is likely enough; a directed kind in one direction.
fn likely_kinds(
    linker: &Linker<'_>,
    measure: &Measure<'_>,
    couple: &Couple<'_>,
    pair: Pair,
) -> Vec<(Key, f32)> {
    let p = |key| linker.weights.tie(couple, key);
    let all = kinds(measure, couple, pair);
    let all: Vec<(Key, f32)> = all.into_iter().map(|key| (key, p(key))).collect();
    let weaker = |(kind, a, b): &Key, p: f32| {
        let other = all.iter().find(|(key, _)| *key == (*kind, *b, *a));
        other.is_some_and(|(_, o)| (*o, b) > (p, a))
    };
    let mut kept = all.clone();
    kept.retain(|(key, p)| !weaker(key, *p));
    let top = kept.iter().map(|(_, p)| *p).fold(0.0, f32::max);
    let least = linker.model.threshold("kind");
    kept.retain(|(_, p)| *p >= least || *p >= top);
    kept
}
