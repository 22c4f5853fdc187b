//! The model: one weight per observation. The rules propose, the weights dispose.
//!
//! Logistic regression: the probability of a candidate is `1 / (1 + exp(-sum))` over the weights of
//! its observations. The weights are trained by `entente train` and kept in `gazetteer/model/`.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::feature::Sink;
use crate::statement::Status;

/// Every status in the order of the model's file.
pub(super) const STATUSES: [(&str, Status); 5] = [
    ("planned", Status::Planned),
    ("agreed", Status::Agreed),
    ("active", Status::Active),
    ("ended", Status::Ended),
    ("rejected", Status::Rejected),
];

/// Weights of observations, and the least probabilities.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Whether a pair is joined at all, by cooperation.
    links: Weights,
    /// By which kind, given that it is joined.
    kinds: Weights,
    /// Facts and hostility, pair and kind at once.
    facts: Weights,
    statuses: FxHashMap<u64, [f32; 5]>,
    thresholds: FxHashMap<String, f32>,
}

type Weights = FxHashMap<u64, f32>;

/// The file is not a model.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the model: expected `{expected}`, but found `{found}` in line {line}")]
pub struct ModelError {
    line: usize,
    expected: &'static str,
    found: String,
}

impl Model {
    /// Reads the tab-separated file: `threshold name p`, `link|kind|fact observation weight`,
    /// `status observation five weights`.
    ///
    /// # Errors
    /// A line of another form.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let mut model = Self::default();
        for (index, line) in text.lines().enumerate() {
            let fail = |expected| ModelError {
                line: index + 1,
                expected,
                found: line.to_owned(),
            };
            let mut cells = line.split('\t');
            let (Some(part), Some(name)) = (cells.next(), cells.next()) else {
                return Err(fail("part<tab>name<tab>weight"));
            };
            let weights: Vec<f32> = cells.filter_map(|c| c.parse().ok()).collect();
            match (part, &weights[..]) {
                ("threshold", [p]) => {
                    model.thresholds.insert(name.to_owned(), *p);
                }
                ("link", [w]) => {
                    model.links.insert(key_of(name), *w);
                }
                ("kind", [w]) => {
                    model.kinds.insert(key_of(name), *w);
                }
                ("fact", [w]) => {
                    model.facts.insert(key_of(name), *w);
                }
                ("status", five) if five.len() == 5 => {
                    let five = five.try_into().map_err(|_| fail("five weights"))?;
                    model.statuses.insert(key_of(name), five);
                }
                _ => {
                    return Err(fail(
                        "link, kind, fact, status or threshold with its weights",
                    ));
                }
            }
        }
        Ok(model)
    }

    /// Least probability of this name (`link`, `kind`, `fact`, `hostile`).
    pub(super) fn threshold(&self, name: &str) -> f32 {
        self.thresholds.get(name).copied().unwrap_or(0.5)
    }

    /// Takes the observations of a fact or a hostile act and sums their weights.
    pub(super) fn facts(&self) -> Sum<'_> {
        Sum {
            weights: &self.facts,
            sum: 0.0,
        }
    }

    /// Takes the observations of a kind of cooperation and sums their weights.
    pub(super) fn kinds(&self) -> Sum<'_> {
        Sum {
            weights: &self.kinds,
            sum: 0.0,
        }
    }

    /// Probability that a pair with these observations is joined.
    pub(super) fn link(&self, pair: &mut PairKeys) -> f32 {
        pair.0.sort_unstable();
        pair.0.dedup();
        logistic(pair.0.iter().filter_map(|k| self.links.get(k)).sum())
    }

    /// Takes observations and finds the likeliest status.
    pub(super) fn statuses(&self) -> StatusSum<'_> {
        StatusSum {
            model: self,
            sums: [0.0; 5],
        }
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// The observations of all candidates of a pair together, each once, whatever their kinds.
#[derive(Debug, Clone, Default)]
pub(super) struct PairKeys(Vec<u64>);

impl Sink for PairKeys {
    fn add(&mut self, parts: &[&str]) {
        if let [scope, rest @ ..] = parts
            && GROUPS.contains(scope)
        {
            self.0.push(key(rest));
        }
    }
}

/// Scopes of observations that name no kind.
const GROUPS: [&str; 2] = ["mutual", "flow"];

fn key_of(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// The key of `parts` joined by `|`, without an allocation.
fn key(parts: &[&str]) -> u64 {
    let mut buffer = [0u8; 256];
    let mut at = 0;
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && at < buffer.len() {
            buffer[at] = b'|';
            at += 1;
        }
        let room = part.len().min(buffer.len() - at);
        buffer[at..at + room].copy_from_slice(&part.as_bytes()[..room]);
        at += room;
    }
    let mut hasher = FxHasher::default();
    hasher.write(&buffer[..at]);
    hasher.finish()
}

/// A sum of weights.
pub(super) struct Sum<'m> {
    weights: &'m Weights,
    sum: f32,
}

impl Sum<'_> {
    pub(super) fn probability(&self) -> f32 {
        logistic(self.sum)
    }
}

impl Sink for Sum<'_> {
    fn add(&mut self, parts: &[&str]) {
        self.sum += self.weights.get(&key(parts)).copied().unwrap_or_default();
    }
}

/// Sums of status weights.
pub(super) struct StatusSum<'m> {
    model: &'m Model,
    sums: [f32; 5],
}

impl StatusSum<'_> {
    /// The status with the largest sum; `None` when no weight was found.
    pub(super) fn best(&self) -> Option<Status> {
        let mut best = (0.0_f32, None);
        for (index, (_, status)) in STATUSES.iter().enumerate() {
            if best.1.is_none() || self.sums[index] > best.0 {
                best = (self.sums[index], Some(*status));
            }
        }
        best.1.filter(|_| self.sums.iter().any(|s| *s != 0.0))
    }
}

impl Sink for StatusSum<'_> {
    fn add(&mut self, parts: &[&str]) {
        if let Some(weights) = self.model.statuses.get(&key(parts)) {
            for (sum, weight) in self.sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }
}

/// A part of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Link,
    Kind,
    Fact,
}

/// What decisions rest on, by the names of the observations.
impl Model {
    /// Weight of one observation.
    pub(super) fn weight(&self, part: Part, name: &str) -> f32 {
        let weights = match part {
            Part::Link => &self.links,
            Part::Kind => &self.kinds,
            Part::Fact => &self.facts,
        };
        weights.get(&key_of(name)).copied().unwrap_or_default()
    }

    /// Probability of what has these observations.
    pub(super) fn probability(&self, part: Part, names: &[String]) -> f32 {
        logistic(names.iter().map(|n| self.weight(part, n)).sum())
    }
}

/// An observation as the model of pairs knows it; none if it names a kind.
pub(super) fn scope_of_pair(name: &str) -> Option<&str> {
    let (scope, rest) = name.split_once('|')?;
    GROUPS.contains(&scope).then_some(rest)
}

impl StatusSum<'_> {
    /// Every status with its probability.
    pub(super) fn probabilities(&self) -> [(Status, f32); 5] {
        let most = self.sums.iter().copied().fold(f32::MIN, f32::max);
        let shares = self.sums.map(|s| (s - most).exp());
        let all: f32 = shares.iter().sum();
        std::array::from_fn(|at| (STATUSES[at].1, shares[at] / all))
    }
}
