//! What every observation says to every question about a pair: which kinds, joined or not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use zerocopy::little_endian::{F32, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::weights::{Table, key_of};

/// One weight of an observation: for which question, and what.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Cell {
    column: U32,
    weight: F32,
}

impl Cell {
    /// The question: 0 asks whether two are joined, any other is a scope (a kind or a group of kinds).
    pub(super) fn column(self) -> usize {
        self.column.get() as usize
    }

    pub(super) fn weight(self) -> f32 {
        self.weight.get()
    }
}

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

/// What an observation says to every question. A row per observation, however many kinds know it, so that a
/// sentence's observations are looked up once for all kinds.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) numbers: Table,
    /// Where the cells of a row begin; one more than there are rows.
    pub(super) starts: Cow<'static, [U32]>,
    pub(super) cells: Cow<'static, [Cell]>,
    /// Names of the columns.
    pub(super) scopes: Vec<String>,
}

impl Rows {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The row of an observation; none where it has no weight at all.
    pub(super) fn row(&self, key: u64) -> Option<u32> {
        self.numbers.value(key)
    }

    /// The weights of a row.
    pub(super) fn cells(&self, row: u32) -> &[Cell] {
        let at = row as usize;
        let bound = |at: usize| self.starts.get(at).map(|s| s.get() as usize);
        let range = bound(at).zip(bound(at + 1));
        range
            .and_then(|(start, end)| self.cells.get(start..end))
            .unwrap_or_default()
    }

    /// The column of a scope.
    pub(super) fn column(&self, scope: &str) -> Option<usize> {
        self.scopes.iter().position(|s| s == scope)
    }

    /// One weight of an observation.
    pub(super) fn weight(&self, scope: &str, name: &str) -> f32 {
        let cells = self
            .row(key_of(name))
            .map_or(&[][..], |row| self.cells(row));
        let column = self.column(scope);
        let cell = cells.iter().find(|c| Some(c.column()) == column);
        cell.map_or(0.0, |c| c.weight())
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

    pub(super) fn finish(self) -> Rows {
        let (mut numbers, mut cells) = (Vec::new(), Vec::new());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut starts = vec![U32::new(0)];
        for (name, row) in self.rows {
            numbers.push((key_of(&name), count(starts.len() - 1)));
            cells.extend(row.into_iter().map(|(column, weight)| Cell {
                column: column.into(),
                weight: weight.into(),
            }));
            starts.push(count(cells.len()).into());
        }
        Rows {
            numbers: Table::new(&numbers),
            starts: Cow::Owned(starts),
            cells: Cow::Owned(cells),
            scopes: self.scopes,
        }
    }
}
