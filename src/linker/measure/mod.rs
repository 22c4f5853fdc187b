//! What a document as a whole shows for and against a pair and a kind of tie: named numbers.
//!
//! Every function gives the same names in the same order, whatever the document holds, so that weights are
//! looked up once, when the linker is made.

mod pair;
mod tie;

use super::cast::Entities;
use super::dossier::{Dossier, PairFile, TieFile};
use super::reading::Pair;
use crate::schema::{Group, Schema};

/// Takes named numbers.
pub(super) trait Gauge {
    /// `part` tells apart what one name measures of several things; empty if there is but one.
    fn add(&mut self, name: &str, part: &str, value: f32);

    /// Passes over so many numbers that are all 0; false where each is wanted.
    fn pass(&mut self, count: usize) -> bool {
        let _ = count;
        false
    }
}

/// The names alone.
#[derive(Debug, Default)]
pub(super) struct NamesOnly(pub(super) Vec<String>);

impl Gauge for NamesOnly {
    fn add(&mut self, name: &str, part: &str, _: f32) {
        self.0.push(if part.is_empty() {
            name.to_owned()
        } else {
            format!("{name}|{part}")
        });
    }
}

/// The numbers alone.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) Vec<f32>);

impl Gauge for Values {
    fn add(&mut self, _: &str, _: &str, value: f32) {
        self.0.push(value);
    }
}

/// The sum of the numbers, each times its weight.
#[derive(Debug)]
pub(super) struct Weighed<'w> {
    weights: std::slice::Iter<'w, f32>,
    pub(super) sum: f32,
}

impl<'w> Weighed<'w> {
    pub(super) fn new(weights: &'w [f32]) -> Self {
        Self {
            weights: weights.iter(),
            sum: 0.0,
        }
    }
}

impl Gauge for Weighed<'_> {
    fn add(&mut self, _: &str, _: &str, value: f32) {
        self.sum += value * self.weights.next().copied().unwrap_or_default();
    }

    fn pass(&mut self, count: usize) -> bool {
        let rest = self.weights.as_slice().get(count..).unwrap_or_default();
        self.weights = rest.iter();
        true
    }
}

/// A document and what measuring it takes.
pub(super) struct Measure<'x> {
    pub(super) schema: &'x Schema,
    pub(super) entities: &'x Entities<'x>,
    pub(super) dossier: &'x Dossier,
    /// Kinds of cooperation by number and name.
    cooperative: Vec<(usize, &'x str)>,
    /// The largest share of a kind.
    top_share: f32,
}

/// Two actors of a document, and who is joined with both.
pub(super) struct Couple<'m> {
    measure: &'m Measure<'m>,
    a: usize,
    b: usize,
    file: Option<&'m PairFile>,
    /// Two of each kind, see [`Dossier::ties`].
    ties: &'m [TieFile],
    /// By column of [`Dossier::strengths`]: how strong the weaker of the two ties with a common partner is.
    over: Vec<Spread>,
}

/// Log odds of a probability, bounded.
pub(super) fn odds(p: f32) -> f32 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}

/// Log odds of what no sentence says at all.
const NEVER: f32 = -7.0;

fn yes(holds: bool) -> f32 {
    if holds { 1.0 } else { 0.0 }
}

fn number(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

/// Largest, sum and mean.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    most: f32,
    sum: f32,
    count: f32,
}

impl Spread {
    fn add(&mut self, value: f32) {
        self.most = self.most.max(value);
        self.sum += value;
        self.count += 1.0;
    }

    fn mean(self) -> f32 {
        self.sum / self.count.max(1.0)
    }
}

impl<'x> Measure<'x> {
    pub(super) fn new(
        schema: &'x Schema,
        entities: &'x Entities<'x>,
        dossier: &'x Dossier,
    ) -> Self {
        let kinds = schema.statements.iter().enumerate();
        let cooperative: Vec<(usize, &str)> = kinds
            .filter(|(_, k)| k.group == Group::Cooperative)
            .map(|(index, k)| (index, k.id.as_str()))
            .collect();
        let share = |kind: usize| dossier.shares.get(kind).copied().unwrap_or_default();
        let shares = cooperative.iter().map(|(kind, _)| share(*kind));
        Self {
            schema,
            entities,
            dossier,
            top_share: shares.fold(0.0, f32::max),
            cooperative,
        }
    }

    /// Two actors, the smaller number first.
    pub(super) fn couple(&self, (a, b): Pair) -> Couple<'_> {
        let mut over = vec![Spread::default(); self.dossier.columns()];
        for partner in self.dossier.common(a, b) {
            let near = self.dossier.strengths(a, partner);
            let far = self.dossier.strengths(b, partner);
            for ((spread, x), y) in over.iter_mut().zip(near).zip(far) {
                spread.add(x.min(*y));
            }
        }
        Couple {
            measure: self,
            a,
            b,
            file: self.dossier.file_of((a, b)),
            ties: self.dossier.ties_of((a, b)),
            over,
        }
    }

    /// How much of what the page says is of this kind.
    fn share(&self, kind: usize) -> f32 {
        self.dossier.shares.get(kind).copied().unwrap_or_default()
    }
}

impl Couple<'_> {
    /// Whether two could be joined by a kind over a common partner.
    pub(super) fn is_over_partner(&self, kind: usize) -> bool {
        self.over(kind).most > 0.0
    }

    /// What the sentences say of a kind of tie; `turned` if it runs from the second to the first.
    pub(super) fn seen(&self, kind: usize, turned: bool) -> Option<&TieFile> {
        let tie = self.ties.get(2 * kind + usize::from(turned));
        tie.filter(|tie| tie.is_seen())
    }

    fn over(&self, column: usize) -> Spread {
        self.over.get(column).copied().unwrap_or_default()
    }

    /// Whether no sentence could join them.
    fn none(&self) -> f32 {
        yes(self.file.is_none_or(|f| f.each.is_empty()))
    }
}
