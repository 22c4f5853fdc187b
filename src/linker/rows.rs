//! What every observation says to every question about a pair: which kinds, joined or not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use zerocopy::little_endian::F32;

use super::weights::{Table, key_of};

/// What an observation says to every question: 0 asks whether two are joined, any other is a scope (a kind or a group of
/// kinds). Most weights are 0, but to add them all is quicker than to look for those that are not.
pub(super) type Row = [F32; COLUMNS];

/// At most so many questions are asked of an observation, and one more that none is.
pub(super) const COLUMNS: usize = 32;

/// Observations of a pair that matter once more when the document is looked at as a whole; each has a row.
pub(super) const FLAGS: [&str; 20] = [
    "list|list",
    "carried|no|no",
    "lead|yes",
    "block|headline",
    "block|teaser",
    "trigger|before",
    "crowd|2",
    "crowd|8",
    "crowd|12",
    "crowd|20",
    "crowd|far",
    "between|0",
    "support|0",
    "prevalence|most",
    "prevalence|much",
    "cue|negation|clause",
    "cue|compare|clause",
    "denied|yes",
    "compare|yes",
    "enmity|yes",
];

/// What every observation says. A row per observation, however many kinds know it, so that a sentence's observations are
/// looked up once for all kinds; the first rows are those of [`FLAGS`].
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) numbers: Table,
    pub(super) weights: Cow<'static, [Row]>,
    /// Names of the columns.
    pub(super) scopes: Vec<String>,
}

impl Rows {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The row of an observation; none where it has no weight at all.
    pub(super) fn row(&self, key: u64) -> Option<u32> {
        self.numbers.value(key)
    }

    /// The weights of a row.
    pub(super) fn weights(&self, row: u32) -> Option<&Row> {
        self.weights.get(row as usize)
    }

    /// The column of a scope.
    pub(super) fn column(&self, scope: &str) -> Option<usize> {
        self.scopes.iter().position(|s| s == scope)
    }

    /// One weight of an observation.
    pub(super) fn weight(&self, scope: &str, name: &str) -> f32 {
        let row = self.row(key_of(name)).and_then(|row| self.weights(row));
        let weight = row.zip(self.column(scope));
        let weight = weight.and_then(|(row, column)| row.get(column));
        weight.map_or(0.0, |weight| weight.get())
    }
}

/// The rows while the file is read.
pub(super) struct Filing {
    scopes: Vec<String>,
    /// Cells by name of the observation.
    rows: BTreeMap<String, BTreeMap<u32, f32>>,
}

impl Filing {
    pub(super) fn new() -> Self {
        let rows = FLAGS.iter().map(|f| ((*f).to_owned(), BTreeMap::new()));
        Self {
            scopes: vec![String::new()],
            rows: rows.collect(),
        }
    }

    /// Files a weight; `false` if there are more scopes than columns.
    pub(super) fn add(&mut self, scope: &str, name: &str, weight: f32) -> bool {
        let known = self.scopes.iter().position(|s| s == scope);
        let column = known.unwrap_or_else(|| {
            self.scopes.push(scope.to_owned());
            self.scopes.len() - 1
        });
        let row = self.rows.entry(name.to_owned()).or_default();
        row.insert(u32::try_from(column).unwrap_or(u32::MAX), weight);
        column < COLUMNS - 1
    }

    pub(super) fn finish(mut self) -> Rows {
        let (mut numbers, mut weights) = (Vec::new(), Vec::new());
        let flags = FLAGS.iter().map(|flag| {
            let row = self.rows.remove(*flag).unwrap_or_default();
            ((*flag).to_owned(), row)
        });
        let flags: Vec<_> = flags.collect();
        for (number, (name, cells)) in (0..).zip(flags.into_iter().chain(self.rows)) {
            numbers.push((key_of(&name), number));
            let mut row = [F32::ZERO; COLUMNS];
            for (column, weight) in cells {
                if let Some(cell) = row.get_mut(column as usize) {
                    *cell = weight.into();
                }
            }
            weights.push(row);
        }
        Rows {
            numbers: Table::new(&numbers),
            weights: Cow::Owned(weights),
            scopes: self.scopes,
        }
    }
}
