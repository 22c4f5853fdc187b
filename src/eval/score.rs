//! Counts what a run found, missed and made up.

use std::collections::{BTreeMap, BTreeSet};

use super::align::align;
use super::gold::{Gold, GoldStatement};
use super::reliability::{Bins, Reliability};
use super::report::{Documents, Figures, Miss, Report, Share, rates};
use crate::schema::{Group, Schema};
use crate::statement::{Extraction, Statement};

/// A kind and two ends; the ends are sorted unless the kind is directed.
type Claim = (String, String, String);

/// Compares a run with annotated documents; `found` looks an extraction up by the document's id.
pub fn score<'e>(
    schema: &Schema,
    gold: &[Gold],
    found: impl Fn(&str) -> Option<&'e Extraction>,
) -> Report {
    let mut scorer = Scorer::new(schema);
    for document in gold {
        scorer.add(document, found(&document.id));
    }
    scorer.report(gold.len())
}

/// Right, too many, missed, and the F1 of every document.
#[derive(Default)]
struct Tally {
    right: usize,
    extra: usize,
    missed: usize,
    documents: Vec<f64>,
}

impl Tally {
    fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        let right = gold.intersection(found).count();
        let (extra, missed) = (found.len() - right, gold.len() - right);
        self.right += right;
        self.extra += extra;
        self.missed += missed;
        if !gold.is_empty() || !found.is_empty() {
            self.documents.push(rates(right, extra, missed).2);
        }
    }

    fn figures(&self) -> Figures {
        let mean = if self.documents.is_empty() {
            1.0
        } else {
            self.documents.iter().sum::<f64>() / count(self.documents.len())
        };
        Figures::new(self.right, self.extra, self.missed, mean)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of statements are far below 2^52"
)]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

/// What kinds mean for the figures.
struct Kinds<'s> {
    schema: &'s Schema,
}

impl Kinds<'_> {
    fn is_fact(&self, kind: &str) -> bool {
        self.group(kind) == Some(Group::Fact)
    }

    fn is_hostile(&self, kind: &str) -> bool {
        self.group(kind) == Some(Group::Hostile)
    }

    fn group(&self, kind: &str) -> Option<Group> {
        self.schema.statement_by_id(kind).map(|k| k.group)
    }

    fn claim(&self, kind: &str, a: &str, b: &str) -> Claim {
        let symmetric = self
            .schema
            .statement_by_id(kind)
            .is_none_or(|k| k.symmetric);
        let (a, b) = if symmetric && b < a { (b, a) } else { (a, b) };
        (kind.to_owned(), a.to_owned(), b.to_owned())
    }

    /// Joined pairs and the sign of what joins them.
    fn signed(&self, claims: &BTreeMap<Claim, String>) -> BTreeSet<(bool, String, String)> {
        claims
            .keys()
            .filter(|(kind, ..)| !self.is_fact(kind))
            .map(|(kind, a, b)| {
                let (a, b) = if b < a { (b, a) } else { (a, b) };
                (self.is_hostile(kind), a.clone(), b.clone())
            })
            .collect()
    }
}

struct Scorer<'s> {
    kinds: Kinds<'s>,
    tallies: BTreeMap<String, Tally>,
    status: (usize, usize),
    alarms: (usize, usize),
    missing: usize,
    misses: Vec<Miss>,
    typed: Bins,
    facts: Bins,
}

impl<'s> Scorer<'s> {
    fn new(schema: &'s Schema) -> Self {
        Self {
            kinds: Kinds { schema },
            tallies: BTreeMap::new(),
            status: (0, 0),
            alarms: (0, 0),
            missing: 0,
            misses: Vec::new(),
            typed: Bins::default(),
            facts: Bins::default(),
        }
    }

    fn add(&mut self, gold: &Gold, found: Option<&Extraction>) {
        self.missing += usize::from(found.is_none());
        let entities = found.map_or(&[][..], |f| &f.entities);
        let ids = align(&gold.entities, entities);
        self.entities(gold, found, &ids);
        let wanted = gold_claims(&self.kinds, &gold.statements);
        let told = found
            .map(|f| told(&self.kinds, f, &ids))
            .unwrap_or_default();
        self.reliability(&wanted, &told);
        let got = found_claims(told);
        self.claims(&wanted, &got);
        self.alarms(gold, &got);
        self.remember(gold, &wanted, &got);
    }

    fn tally<T: Ord>(&mut self, name: &str, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.tallies
            .entry(name.to_owned())
            .or_default()
            .add(gold, found);
    }

    fn entities(
        &mut self,
        gold: &Gold,
        found: Option<&Extraction>,
        ids: &BTreeMap<String, String>,
    ) {
        let mut kinds: BTreeMap<&str, &str> = gold
            .entities
            .iter()
            .map(|e| (e.id.as_str(), e.kind.as_str()))
            .collect();
        let wanted: BTreeSet<&str> = kinds.keys().copied().collect();
        let mut got = BTreeSet::new();
        for entity in found.iter().flat_map(|f| &f.entities) {
            if let Some(id) = ids.get(entity.id.as_str()) {
                kinds.entry(id).or_insert(&entity.kind);
                got.insert(id.as_str());
            }
        }
        self.tally("entities", &wanted, &got);
        let of = |kind: &str, ids: &BTreeSet<&str>| -> BTreeSet<String> {
            ids.iter()
                .filter(|id| kinds.get(*id) == Some(&kind))
                .map(|&id| id.to_owned())
                .collect()
        };
        for kind in kinds.values().collect::<BTreeSet<_>>() {
            self.tally(
                &format!("entities/{kind}"),
                &of(kind, &wanted),
                &of(kind, &got),
            );
        }
    }

    fn claims(&mut self, wanted: &BTreeMap<Claim, String>, got: &BTreeMap<Claim, String>) {
        let (linked_wanted, linked_got) = (self.kinds.signed(wanted), self.kinds.signed(got));
        self.tally("linked", &linked_wanted, &linked_got);
        let all: BTreeSet<&str> = wanted
            .keys()
            .chain(got.keys())
            .map(|c| c.0.as_str())
            .collect();
        let facts: BTreeSet<&str> = all
            .iter()
            .copied()
            .filter(|k| self.kinds.is_fact(k))
            .collect();
        let ties: BTreeSet<&str> = all.difference(&facts).copied().collect();
        self.tally("typed", &of_kinds(wanted, &ties), &of_kinds(got, &ties));
        self.tally("facts", &of_kinds(wanted, &facts), &of_kinds(got, &facts));
        for kind in all {
            let only = BTreeSet::from([kind]);
            self.tally(
                &format!("kind/{kind}"),
                &of_kinds(wanted, &only),
                &of_kinds(got, &only),
            );
        }
        for (claim, status) in wanted {
            if let Some(other) = got.get(claim) {
                self.status.0 += usize::from(status == other);
                self.status.1 += 1;
            }
        }
    }

    /// A claim that is made several times counts once, as sure as the surest of them.
    fn reliability(&mut self, wanted: &BTreeMap<Claim, String>, told: &[(Claim, &Statement)]) {
        let mut sure: BTreeMap<&Claim, f64> = BTreeMap::new();
        for (claim, statement) in told {
            let most = sure.entry(claim).or_default();
            *most = most.max(statement.confidence);
        }
        for (claim, confidence) in sure {
            let bins = if self.kinds.is_fact(&claim.0) {
                &mut self.facts
            } else {
                &mut self.typed
            };
            bins.add(confidence, wanted.contains_key(claim));
        }
    }

    fn alarms(&mut self, gold: &Gold, got: &BTreeMap<Claim, String>) {
        let joined = self.kinds.signed(got);
        for negative in &gold.negatives {
            let [a, b, ..] = negative.as_slice() else {
                continue;
            };
            let (a, b) = if b < a { (b, a) } else { (a, b) };
            self.alarms.0 += usize::from(joined.contains(&(false, a.clone(), b.clone())));
            self.alarms.1 += 1;
        }
    }

    fn remember(
        &mut self,
        gold: &Gold,
        wanted: &BTreeMap<Claim, String>,
        got: &BTreeMap<Claim, String>,
    ) {
        let name = |id: &str| {
            let entity = gold.entities.iter().find(|entity| entity.id == id);
            entity.map_or_else(|| id.to_owned(), |entity| entity.canonical.clone())
        };
        for (extra, from, others) in [(true, got, wanted), (false, wanted, got)] {
            for ((kind, a, b), status) in from
                .iter()
                .filter(|(claim, _)| !others.contains_key(*claim))
            {
                let claim = (kind.clone(), name(a), name(b));
                self.misses.push(Miss {
                    document: gold.id.clone(),
                    extra,
                    claim,
                    status: status.clone(),
                });
            }
        }
    }

    fn report(self, gold: usize) -> Report {
        Report {
            figures: self
                .tallies
                .iter()
                .map(|(name, tally)| (name.clone(), tally.figures()))
                .collect(),
            status: Share::new(self.status),
            alarms: Share::new(self.alarms),
            documents: Documents {
                gold,
                missing: self.missing,
            },
            misses: self.misses,
            reliability: Reliability {
                typed: self.typed.curve(),
                facts: self.facts.curve(),
            },
        }
    }
}

fn of_kinds<'c>(
    claims: &'c BTreeMap<Claim, String>,
    kinds: &BTreeSet<&str>,
) -> BTreeSet<&'c Claim> {
    claims
        .keys()
        .filter(|claim| kinds.contains(claim.0.as_str()))
        .collect()
}

fn gold_claims(kinds: &Kinds<'_>, statements: &[GoldStatement]) -> BTreeMap<Claim, String> {
    let mut claims = BTreeMap::new();
    for statement in statements {
        let others = statement.b.as_deref().unwrap_or_default();
        for (a, b) in pairs(&statement.a, others) {
            claims
                .entry(kinds.claim(&statement.kind, a, b))
                .or_insert_with(|| statement.status.clone());
        }
    }
    claims
}

/// What every statement of a run claims, pair by pair.
fn told<'e>(
    kinds: &Kinds<'_>,
    found: &'e Extraction,
    ids: &BTreeMap<String, String>,
) -> Vec<(Claim, &'e Statement)> {
    let local = |ids_of: &[crate::mention::EntityId]| -> Vec<String> {
        ids_of
            .iter()
            .map(|id| {
                ids.get(id.as_str())
                    .cloned()
                    .unwrap_or_else(|| format!("pred:{id}"))
            })
            .collect()
    };
    let mut told = Vec::new();
    for statement in &found.statements {
        let (subjects, objects) = (local(&statement.subjects), local(&statement.objects));
        for (a, b) in pairs(&subjects, &objects) {
            told.push((kinds.claim(&statement.kind, a, b), statement));
        }
    }
    told
}

/// Every claim once, with the status of the first statement that makes it.
fn found_claims(told: Vec<(Claim, &Statement)>) -> BTreeMap<Claim, String> {
    let mut claims = BTreeMap::new();
    for (claim, statement) in told {
        claims
            .entry(claim)
            .or_insert_with(|| statement.status.as_str().to_owned());
    }
    claims
}

/// Every subject with every object, or every two subjects where there is no object.
fn pairs<'s>(subjects: &'s [String], objects: &'s [String]) -> Vec<(&'s str, &'s str)> {
    let mut pairs = Vec::new();
    for (at, a) in subjects.iter().enumerate() {
        let others = if objects.is_empty() {
            subjects.get(at + 1..).unwrap_or_default()
        } else {
            objects
        };
        pairs.extend(
            others
                .iter()
                .filter(|b| *b != a)
                .map(|b| (a.as_str(), b.as_str())),
        );
    }
    pairs
}
