//! What is decided about every candidate of a sentence, and what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::sentence::words;
use super::{Lack, PairView, SentenceView, Sure, Verdict, Weight, rounded};
use crate::linker::Linker;
use crate::linker::candidate::{Candidate, Chunk};
use crate::linker::cast::Entities;
use crate::linker::decide::Judged;
use crate::linker::feature::{self, Around, Names};
use crate::linker::measure::{Measure, Values};
use crate::linker::model::{Part, logistic, scope_of_pair};
use crate::linker::reading::{Key, key, pair};
use crate::linker::scene::Scene;
use crate::linker::status;
use crate::linker::verdict::{self, Question};
use crate::schema::Group;
use crate::statement::{Statement, Status};

/// Of so many observations for and against each is told.
const STRONGEST: usize = 8;

/// A candidate with its observations.
struct Seen<'s> {
    candidate: Candidate<'s>,
    probability: f32,
    names: Vec<String>,
}

/// The likeliest candidate of each claim.
type Seens<'s> = BTreeMap<Key, Seen<'s>>;

/// Everything that was seen of a sentence.
#[derive(Default)]
struct All<'s> {
    /// Facts and hostile acts.
    claims: Seens<'s>,
    /// By unordered pair: the observations of the pair, and its kinds.
    pairs: BTreeMap<(usize, usize), (Vec<String>, Seens<'s>)>,
}

/// Adds to a sentence what is decided about its candidates.
pub(super) fn tell(
    linker: &Linker<'_>,
    scene: &Scene<'_>,
    found: &[Chunk],
    entities: &Entities<'_>,
    judged: &Judged<'_>,
    view: &mut SentenceView,
) {
    let all = see(linker, scene, found, entities);
    let schema = linker.gazetteer.schema();
    let judge = Judge {
        linker,
        scene,
        measure: Measure::new(schema, entities, &judged.dossier),
        believed: judged.believed.keys().copied().collect(),
        statements: &view.statements,
    };
    let mut pairs: Vec<PairView> = all
        .pairs
        .iter()
        .map(|(pair, (names, kinds))| judge.pair(*pair, names, kinds))
        .collect();
    pairs.sort_by(|x, y| y.joined.cmp(&x.joined).then(likelier(&x.sure, &y.sure)));
    let mut claims: Vec<Verdict> = all
        .claims
        .iter()
        .map(|(key, seen)| judge.claim(*key, seen))
        .collect();
    sort(&mut claims);
    view.pairs = pairs;
    view.claims = claims;
}

fn likelier(x: &Sure, y: &Sure) -> std::cmp::Ordering {
    y.probability.total_cmp(&x.probability)
}

fn sort(verdicts: &mut [Verdict]) {
    verdicts.sort_by(|x, y| {
        let rejected = |v: &Verdict| v.lacks.is_some();
        rejected(x)
            .cmp(&rejected(y))
            .then(likelier(&x.sure, &y.sure))
    });
}

/// Goes through the candidates as the decision does; of several for one claim the likeliest is kept.
fn see<'s>(
    linker: &'s Linker<'_>,
    scene: &Scene<'_>,
    found: &[Chunk],
    entities: &Entities<'_>,
) -> All<'s> {
    let mut all = All::default();
    let around = Around::new(scene, entities);
    let schema = linker.gazetteer.schema();
    for candidate in found.iter().flat_map(|chunk| chunk.candidates(schema)) {
        let mut names = Names::default();
        feature::observe(&around, &candidate, &mut names);
        let names = names.0;
        let (a, b) = (candidate.a.entity, candidate.b.entity);
        let key = key(candidate.kind, candidate.kind_number, (a, b));
        let into = if candidate.kind.group == Group::Cooperative {
            let (both, kinds) = all.pairs.entry(pair(a, b)).or_default();
            both.extend(
                names
                    .iter()
                    .filter_map(|n| scope_of_pair(n))
                    .map(str::to_owned),
            );
            kinds
        } else {
            &mut all.claims
        };
        let part = part(candidate.kind.group);
        let probability = linker.model.probability(part, &names);
        if into
            .get(&key)
            .is_none_or(|old| probability > old.probability)
        {
            let seen = Seen {
                candidate,
                probability,
                names,
            };
            into.insert(key, seen);
        }
    }
    for (names, _) in all.pairs.values_mut() {
        names.sort_unstable();
        names.dedup();
    }
    all
}

fn part(group: Group) -> Part {
    match group {
        Group::Cooperative => Part::Kind,
        Group::Hostile | Group::Fact => Part::Fact,
    }
}

struct Judge<'x, 'g> {
    linker: &'x Linker<'g>,
    scene: &'x Scene<'x>,
    measure: Measure<'x>,
    believed: BTreeSet<Key>,
    statements: &'x [Statement],
}

impl Judge<'_, '_> {
    fn pair(&self, (a, b): (usize, usize), names: &[String], kinds: &Seens<'_>) -> PairView {
        let joined = |(_, x, y): &Key| pair(*x, *y) == (a, b);
        let joined = self.believed.iter().any(|key| {
            joined(key) && self.measure.schema.statements[key.0].group == Group::Cooperative
        });
        let mut verdicts: Vec<Verdict> = kinds
            .iter()
            .map(|(key, seen)| {
                let mut verdict = self.claim(*key, seen);
                if !joined {
                    verdict.lacks = Some(Lack::Joined);
                }
                verdict
            })
            .collect();
        sort(&mut verdicts);
        let id = |e: usize| self.scene.page.tagged.entities[e].id.clone();
        PairView {
            a: id(a),
            b: id(b),
            joined,
            sure: self.whole(Question::of_pairs(self.measure.dossier), (0, a, b)),
            sentence: self.sure(Part::Link, names, "link"),
            kinds: verdicts,
        }
    }

    fn claim(&self, key: Key, seen: &Seen<'_>) -> Verdict {
        let candidate = &seen.candidate;
        let threshold = match candidate.kind.group {
            Group::Cooperative => "kind",
            Group::Hostile => "hostile",
            Group::Fact => "fact",
        };
        let part = part(candidate.kind.group);
        let sentence = self.sure(part, &seen.names, threshold);
        let sure = match candidate.kind.group {
            Group::Cooperative => self.whole(Question::Tie, key),
            // Of these the likeliest sentence decides.
            Group::Hostile | Group::Fact => Sure {
                probability: rounded(self.measure.dossier.claim(key)),
                ..sentence.clone()
            },
        };
        let rules = &self.scene.rules;
        let rule = candidate
            .trigger
            .and_then(|t| rules.rules.get(usize::from(t.rule)));
        let id = |e: usize| self.scene.page.tagged.entities[e].id.clone();
        let name = rule.map_or("attribute", |r| r.id.as_str());
        let mut verdict = Verdict {
            kind: candidate.kind.id.clone(),
            a: id(candidate.a.entity),
            b: id(candidate.b.entity),
            directed: !candidate.kind.symmetric,
            trigger: candidate
                .trigger
                .map(|t| words(self.scene, t.hit.first, t.hit.last)),
            rule: format!("{}.{}.{name}", rules.language, candidate.kind.id),
            sure,
            sentence,
            lacks: None,
            statuses: self.statuses(candidate),
        };
        verdict.lacks = self.lack(key, candidate, &verdict);
        verdict
    }

    /// What a claim lacks, but for a pair that is not joined.
    fn lack(&self, key: Key, candidate: &Candidate<'_>, verdict: &Verdict) -> Option<Lack> {
        if !self.believed.contains(&key) {
            let missing = verdict.sure.needed - verdict.sure.probability;
            return Some(if missing > 0.0 || candidate.kind.symmetric {
                Lack::Probability((missing.max(0.0) * 100.0).round() / 100.0)
            } else {
                Lack::Direction
            });
        }
        let ties = |s: &&Statement| {
            let parties = || s.subjects.iter().chain(&s.objects);
            parties().any(|p| *p == verdict.a) && parties().any(|p| *p == verdict.b)
        };
        let kept = |s: &Statement| s.kind == verdict.kind;
        let mut others = self.statements.iter().filter(ties);
        if !candidate.kind.yields || others.any(kept) {
            return None;
        }
        let kinds: BTreeSet<&str> = self
            .statements
            .iter()
            .filter(ties)
            .map(|s| s.kind.as_str())
            .collect();
        Some(Lack::YieldsTo(
            kinds.into_iter().map(str::to_owned).collect(),
        ))
    }

    /// How sure a sentence is, and by what.
    fn sure(&self, part: Part, names: &[String], threshold: &str) -> Sure {
        let model = &self.linker.model;
        let mut sums: BTreeMap<&str, f32> = BTreeMap::new();
        for name in names {
            *sums.entry(name).or_default() += model.weight(part, name);
        }
        let probability = model.probability(part, names);
        let needed = model.threshold(threshold);
        let sums = sums.into_iter().map(|(name, sum)| (name.to_owned(), sum));
        weighed(probability, needed, sums)
    }

    /// How sure the document is as a whole, and by what.
    fn whole(&self, question: Question, key: Key) -> Sure {
        let mut values = Values::default();
        verdict::take(&self.measure, question, key, &mut values);
        let weights = self.linker.weights.of(question);
        let sums: Vec<f32> = values.0.iter().zip(weights).map(|(v, w)| v * w).collect();
        let probability = logistic(sums.iter().sum());
        let needed = self.linker.model.threshold(question.threshold());
        let names = verdict::names(&self.measure, question);
        weighed(probability, needed, names.into_iter().zip(sums))
    }

    fn statuses(&self, candidate: &Candidate<'_>) -> Vec<(Status, f64)> {
        let mut sums = self.linker.model.statuses();
        status::observe(self.scene, candidate, &mut sums);
        let mut all: Vec<(Status, f64)> = sums
            .probabilities()
            .into_iter()
            .map(|(status, p)| (status, rounded(p)))
            .collect();
        all.sort_by(|x, y| y.1.total_cmp(&x.1));
        all
    }
}

/// A probability with what speaks for and against it most.
fn weighed(probability: f32, needed: f32, sums: impl Iterator<Item = (String, f32)>) -> Sure {
    let mut weights: Vec<Weight> = sums
        .map(|(name, weight)| Weight {
            name,
            weight: rounded(weight),
        })
        .filter(|w| w.weight != 0.0)
        .collect();
    weights.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    let (mut pro, mut contra): (Vec<Weight>, Vec<Weight>) =
        weights.into_iter().partition(|w| w.weight > 0.0);
    pro.truncate(STRONGEST);
    contra.truncate(STRONGEST);
    Sure {
        probability: rounded(probability),
        needed: rounded(needed),
        pro,
        contra,
    }
}
