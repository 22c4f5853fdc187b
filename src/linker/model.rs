//! The model: one weight per observation. The rules propose, the weights dispose.
//!
//! Logistic regression: the probability of a candidate is `1 / (1 + exp(-sum))` over the weights of
//! its observations. The weights are trained by `entente train` and kept in `gazetteer/model/`.

use super::feature::Sink;
pub(super) use super::rows::FLAGS;
use super::rows::Rows;
pub use super::weights::ModelError;
pub(super) use super::weights::{Piece, key_of_parts, piece};
use super::weights::{Tables, key_of};
use crate::statement::Status;

/// Weights of observations, and the least probabilities. First every sentence is read by itself: whether a
/// pair is joined at all, by cooperation (`link`); by which kind, given that it is joined (`kind`); facts
/// and hostility, pair and kind at once (`fact`). Then the same is asked of the whole document (`pair`,
/// `tie`), by numbers that sum up what its sentences say.
#[derive(Debug, Clone, Default)]
pub struct Model(Tables);

/// The model that was trained on the gold of this repository, compiled by `build/main.rs`.
static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/linker.bin"));

impl Model {
    /// The model inside the program.
    pub fn builtin() -> Self {
        Self(Tables::open(BUILTIN).unwrap_or_default())
    }

    /// Reads the tab-separated file: `threshold name p`, `link|kind|fact observation weight`,
    /// `status observation five weights`.
    ///
    /// # Errors
    /// A line of another form.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        Tables::parse(text).map(Self)
    }

    /// As the bytes that the program holds.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.write()
    }

    /// Least probability of this name (`link`, `kind`, `fact`, `hostile`).
    pub(super) fn threshold(&self, name: &str) -> f32 {
        self.0.thresholds.get(name).copied().unwrap_or(0.5)
    }

    /// How often a tie of this probability is right: a power of it, as texts that taught nothing have shown.
    pub(super) fn confidence(&self, probability: f32) -> f32 {
        let power = self.0.thresholds.get("power").copied().unwrap_or(1.0);
        probability.powf(power)
    }

    /// What every observation says to every question about a sentence.
    pub(super) fn rows(&self) -> &Rows {
        &self.0.rows
    }

    /// Takes observations and finds the likeliest status.
    pub(super) fn statuses(&self) -> StatusSum<'_> {
        StatusSum {
            model: self,
            sums: [0.0; 5],
        }
    }
}

pub(super) fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Which of [`FLAGS`] hold, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

/// The number of flags.
#[expect(clippy::cast_possible_truncation, reason = "they are twenty")]
const COUNT: u32 = FLAGS.len() as u32;

impl Flags {
    /// These and the flag of a row, if it has one: flags have the first rows.
    pub(super) fn with(self, row: u32) -> Self {
        let bit = 1_u32.checked_shl(row).unwrap_or_default();
        Self(self.0 | bit & ((1 << COUNT) - 1))
    }

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the flag with this index holds.
    pub(super) fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }
}

/// Scopes of observations that name no kind.
const GROUPS: [&str; 2] = ["mutual", "flow"];

/// Sums of status weights.
pub(super) struct StatusSum<'m> {
    model: &'m Model,
    sums: [f32; 5],
}

impl StatusSum<'_> {
    /// The status with the largest sum; `None` when no weight was found.
    pub(super) fn best(&self) -> Option<Status> {
        let mut best = (0.0_f32, None);
        for (index, status) in Status::ALL.iter().enumerate() {
            if best.1.is_none() || self.sums[index] > best.0 {
                best = (self.sums[index], Some(*status));
            }
        }
        best.1.filter(|_| self.sums.iter().any(|s| *s != 0.0))
    }
}

impl Sink for StatusSum<'_> {
    #[inline]
    fn add(&mut self, parts: &[Piece<'_>]) {
        self.take(key_of_parts(parts));
    }
}

impl StatusSum<'_> {
    /// Kept out of `add`, which is part of every place that names an observation: there most of a key is constant.
    #[inline(never)]
    fn take(&mut self, key: u64) {
        if let Some(weights) = self.model.0.statuses(key) {
            for (sum, weight) in self.sums.iter_mut().zip(&weights) {
                *sum += weight;
            }
        }
    }
}

/// A part of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Is a pair joined in this sentence?
    Link,
    /// By which kind, if so?
    Kind,
    /// Does this sentence state the fact or the hostile act?
    Fact,
    /// Is a pair joined, after the whole document?
    Pair,
    /// By which kind, if so?
    Tie,
}

/// What decisions rest on, by the names of the observations.
impl Model {
    /// Weight of one observation.
    pub(super) fn weight(&self, part: Part, name: &str) -> f32 {
        let rows = &self.0.rows;
        let table = match part {
            Part::Link => return rows.weight("", name),
            Part::Kind | Part::Fact => {
                let scoped = name.split_once('|');
                return scoped.map_or(0.0, |(scope, name)| rows.weight(scope, name));
            }
            Part::Pair => &self.0.pairs,
            Part::Tie => &self.0.ties,
        };
        let weight = table.weight(key_of(name));
        weight.unwrap_or_default()
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
        std::array::from_fn(|at| (Status::ALL[at], shares[at] / all))
    }
}
