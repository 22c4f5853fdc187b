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

/// Weights of observations, for links and for the status of a claim.
#[derive(Debug, Clone, Default)]
pub struct Model {
    links: FxHashMap<u64, f32>,
    statuses: FxHashMap<u64, [f32; 5]>,
    /// Least probability, per statement kind.
    thresholds: FxHashMap<String, f32>,
}

/// The file is not a model.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the model: expected `{expected}`, but found `{found}` in line {line}")]
pub struct ModelError {
    line: usize,
    expected: &'static str,
    found: String,
}

impl Model {
    /// Reads the tab-separated file: `threshold kind p`, `link observation weight`,
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
                ("status", [a, b, c, d, e]) => {
                    model.statuses.insert(key_of(name), [*a, *b, *c, *d, *e]);
                }
                _ => return Err(fail("link, status or threshold with its weights")),
            }
        }
        Ok(model)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Weight of one observation.
    pub(super) fn weight(&self, name: &str) -> f32 {
        self.links.get(&key_of(name)).copied().unwrap_or_default()
    }

    /// Least probability at which a candidate of this kind is believed.
    pub(super) fn threshold(&self, kind: &str) -> f32 {
        self.thresholds.get(kind).copied().unwrap_or(0.5)
    }

    /// Takes observations and sums their weights.
    pub(super) fn links(&self) -> LinkSum<'_> {
        LinkSum {
            model: self,
            sum: 0.0,
        }
    }

    /// Takes observations and finds the likeliest status.
    pub(super) fn statuses(&self) -> StatusSum<'_> {
        StatusSum {
            model: self,
            sums: [0.0; 5],
        }
    }
}

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

/// A sum of link weights.
pub(super) struct LinkSum<'m> {
    model: &'m Model,
    sum: f32,
}

impl LinkSum<'_> {
    pub(super) fn probability(&self) -> f32 {
        1.0 / (1.0 + (-self.sum).exp())
    }
}

impl Sink for LinkSum<'_> {
    fn add(&mut self, parts: &[&str]) {
        self.sum += self
            .model
            .links
            .get(&key(parts))
            .copied()
            .unwrap_or_default();
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
