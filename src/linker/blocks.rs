//! Sets of observations, looked up in the model: their rows, and what they say.

use super::feature::{Glossary, Sight, Sink};
use super::model::{self, Flags, Model, Piece, logistic};
use super::rows::{COLUMNS, Row, Rows};

/// The number of a set of observations.
pub(super) type BlockIx = u32;

/// Sets of observations.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    list: Vec<Block>,
    /// Whether a set was met again.
    again: Vec<bool>,
    sums: Vec<Sums>,
    rows: Vec<u32>,
    links: Vec<Link>,
    /// For every row the last pair that had it.
    seen: Vec<u32>,
    pairs: u32,
}

/// A set of observations.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// In [`Blocks::rows`], if they are kept.
    rows: (u32, u32),
    /// In [`Blocks::links`].
    links: (u32, u32),
    flags: Flags,
}

/// What an observation says to the question whether two are joined.
#[derive(Debug, Clone, Copy)]
struct Link {
    row: u32,
    weight: f32,
}

/// Sums of weights, a column each, in groups of as many as a processor adds at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums([[f32; WIDTH]; COLUMNS / WIDTH]);

/// So many columns are added at once.
const WIDTH: usize = 4;

impl Sums {
    /// Probability of a kind: `columns` are its own and that of its group.
    pub(super) fn probability(&self, columns: [usize; 2]) -> f32 {
        let sums = self.0.as_flattened();
        logistic(columns.iter().filter_map(|c| sums.get(*c)).sum())
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (sums, parts) in self.0.iter_mut().zip(&other.0) {
            *sums = std::array::from_fn(|at| sums[at] + parts[at]);
        }
    }

    /// Adds a row.
    pub(super) fn add_row(&mut self, row: &Row) {
        let (row, _) = row.as_chunks::<WIDTH>();
        for (sums, weights) in self.0.iter_mut().zip(row) {
            *sums = std::array::from_fn(|at| sums[at] + weights[at].get());
        }
    }

    /// Adds rows, one after the other.
    pub(super) fn add_rows(&mut self, table: &Rows, rows: &[u32]) {
        for row in rows.iter().filter_map(|row| table.weights(*row)) {
            self.add_row(row);
        }
    }
}

impl Blocks {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            seen: vec![0; model.rows().len().max(1)],
            ..Self::default()
        }
    }

    /// Notes that a text had a set again.
    pub(super) fn meet_again(&mut self, block: BlockIx) {
        if let Some(again) = self.again.get_mut(block as usize) {
            *again = true;
        }
    }

    /// Forgets the sets that were not met again, or all if more than `most` would be left; the new numbers by the old.
    pub(super) fn thin_out(&mut self, most: usize) -> Vec<Option<BlockIx>> {
        let fits = self.again.iter().filter(|again| **again).count() <= most;
        let (again, list) = (take_out(&mut self.again), take_out(&mut self.list));
        let (rows, links) = (take_out(&mut self.rows), take_out(&mut self.links));
        let sums = take_out(&mut self.sums);
        let sets = again.into_iter().zip(list).zip(sums);
        sets.map(|((again, block), sums)| {
            (again && fits).then(|| {
                let number = number(self.list.len());
                self.list.push(Block {
                    rows: copy(&rows, block.rows, &mut self.rows),
                    links: copy(&links, block.links, &mut self.links),
                    ..block
                });
                self.again.push(false);
                self.sums.push(sums);
                number
            })
        })
        .collect()
    }

    /// Whether they belong to no model yet.
    pub(super) fn is_new(&self) -> bool {
        self.seen.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Looks the observations of a record up.
    pub(super) fn read<S: Sight>(
        &mut self,
        model: &Model,
        words: Glossary<'_>,
        sight: &S,
    ) -> BlockIx {
        let (rows, links) = (self.rows.len(), self.links.len());
        let mut collect = Collect {
            table: model.rows(),
            rows: S::ROWS.then_some(&mut self.rows),
            links: &mut self.links,
            sums: Sums::default(),
            flags: Flags::default(),
        };
        sight.name(words, &mut collect);
        let Collect { sums, flags, .. } = collect;
        self.list.push(Block {
            rows: (number(rows), number(self.rows.len())),
            links: (number(links), number(self.links.len())),
            flags,
        });
        self.again.push(false);
        self.sums.push(sums);
        number(self.list.len() - 1)
    }

    /// The sums of a set.
    pub(super) fn sums(&self, block: BlockIx) -> Sums {
        self.sums.get(block as usize).copied().unwrap_or_default()
    }

    /// The rows of a set that keeps them.
    pub(super) fn rows(&self, block: BlockIx) -> &[u32] {
        let rows = self.list.get(block as usize).map(|block| block.rows);
        let range = rows.map(|(from, to)| from as usize..to as usize);
        range
            .and_then(|range| self.rows.get(range))
            .unwrap_or_default()
    }

    /// Begins to sum up what the sets of a pair say to the question whether it is joined.
    pub(super) fn link(&mut self) -> LinkSum<'_> {
        self.pairs = self.pairs.checked_add(1).unwrap_or_else(|| {
            self.seen.fill(0);
            1
        });
        LinkSum {
            blocks: self,
            sum: 0.0,
            flags: Flags::default(),
        }
    }
}

/// The sets of a thread are far from four thousand million.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// All of a list, which keeps as much room for what comes instead.
fn take_out<T>(list: &mut Vec<T>) -> Vec<T> {
    let room = list.capacity();
    std::mem::replace(list, Vec::with_capacity(room))
}

/// Appends a stretch of a list to another; where it stands there.
fn copy<T: Copy>(from: &[T], (start, end): (u32, u32), to: &mut Vec<T>) -> (u32, u32) {
    let at = number(to.len());
    to.extend_from_slice(from.get(start as usize..end as usize).unwrap_or_default());
    (at, number(to.len()))
}

/// What sets say to the question whether a pair is joined; every observation counts once.
pub(super) struct LinkSum<'b> {
    blocks: &'b mut Blocks,
    sum: f32,
    flags: Flags,
}

impl LinkSum<'_> {
    pub(super) fn add(&mut self, block: BlockIx) {
        let Blocks {
            list,
            links,
            seen,
            pairs,
            ..
        } = &mut *self.blocks;
        let Some(block) = list.get(block as usize) else {
            return;
        };
        self.flags = self.flags.and(block.flags);
        let range = block.links.0 as usize..block.links.1 as usize;
        for link in links.get(range).unwrap_or_default() {
            if let Some(seen) = seen.get_mut(link.row as usize)
                && *seen != *pairs
            {
                *seen = *pairs;
                self.sum += link.weight;
            }
        }
    }

    /// Probability that they are joined, and which flags hold.
    pub(super) fn end(self) -> (f32, Flags) {
        (logistic(self.sum), self.flags)
    }
}

/// Looks observations up.
struct Collect<'r> {
    table: &'r Rows,
    rows: Option<&'r mut Vec<u32>>,
    links: &'r mut Vec<Link>,
    sums: Sums,
    flags: Flags,
}

impl Sink for Collect<'_> {
    #[inline]
    fn add(&mut self, parts: &[Piece<'_>]) {
        self.take(model::key_of_parts(parts));
    }
}

impl Collect<'_> {
    /// Kept out of `add`, which is part of every place that names an observation: there most of a key is constant.
    #[inline(never)]
    fn take(&mut self, key: u64) {
        let Some(row) = self.table.row(key) else {
            return;
        };
        let Some(weights) = self.table.weights(row) else {
            return;
        };
        if let Some(rows) = &mut self.rows {
            rows.push(row);
        }
        self.sums.add_row(weights);
        // The first column asks whether two are joined.
        let weight = weights[0].get();
        if weight != 0.0 {
            self.links.push(Link { row, weight });
        }
        self.flags = self.flags.with(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets of observations with these rows.
    fn blocks(sets: &[&[u32]]) -> Blocks {
        let mut blocks = Blocks::default();
        for rows in sets {
            let from = blocks.rows.len();
            blocks.rows.extend_from_slice(rows);
            let rows = (number(from), number(blocks.rows.len()));
            let (links, flags) = ((0, 0), Flags::default());
            blocks.list.push(Block { rows, links, flags });
            blocks.again.push(false);
            blocks.sums.push(Sums::default());
        }
        blocks
    }

    #[test]
    fn sets_that_came_again_are_kept() {
        let mut blocks = blocks(&[&[1, 2], &[3], &[], &[4, 5, 6]]);
        for again in [3, 1, 3, 9] {
            blocks.meet_again(again);
        }
        assert_eq!(blocks.thin_out(2), [None, Some(0), None, Some(1)]);
        assert_eq!((blocks.rows(0), blocks.rows(1)), (&[3][..], &[4, 5, 6][..]));
        assert_eq!(blocks.len(), 2);
        blocks.meet_again(1);
        assert_eq!(blocks.thin_out(2), [None, Some(0)]);
        assert_eq!(blocks.rows(0), [4, 5, 6]);
    }

    #[test]
    fn all_are_forgotten_where_too_many_came_again() {
        let mut blocks = blocks(&[&[1], &[2], &[3]]);
        (0..3).for_each(|block| blocks.meet_again(block));
        assert_eq!(blocks.thin_out(2), [None; 3]);
        assert_eq!((blocks.len(), blocks.rows(0)), (0, &[][..]));
    }
}
