//! How sure a sentence makes each of its candidates. A set of observations that candidates share is looked up once.

use super::Linker;
use super::candidate::{Actor, Candidate, Trigger};
use super::feature::{self, Around, Couple, End, Ground, Sink};
use super::model::{self, Flags, Model, logistic};
use super::rows::{COLUMNS, FLAGS, Rows};

/// The number of a set of observations in [`Scorer::blocks`].
type BlockIx = u32;

/// No set yet.
const NONE: BlockIx = BlockIx::MAX;

/// A set of observations, looked up.
struct Block {
    /// Its rows in [`Scorer::rows`].
    start: usize,
    end: usize,
    /// Sums of their weights, a column each.
    sums: [f32; COLUMNS],
}

/// The sets that make up all observations of a candidate.
pub(super) type Parts = [BlockIx; 6];

/// Weighs the candidates of a document, sentence by sentence.
pub(super) struct Scorer<'m> {
    model: &'m Model,
    blocks: Vec<Block>,
    rows: Vec<u32>,
    /// Of the sentence.
    sentence: BlockIx,
    /// Per trigger, by its number.
    triggers: Vec<BlockIx>,
    /// Per trigger and item, the item at the near end, and at the far end.
    ends: Vec<[BlockIx; 2]>,
    items: usize,
    /// Rows of [`FLAGS`].
    flags: [Option<u32>; FLAGS.len()],
    /// For every row the last pair that had it.
    seen: Vec<u32>,
    pairs: u32,
}

/// Two ends, and what of them does not depend on the trigger.
pub(super) struct Ends<'a> {
    a: Actor,
    b: Actor,
    couple: Couple<'a>,
    block: BlockIx,
}

impl<'m> Scorer<'m> {
    pub(super) fn new(linker: &'m Linker<'_>) -> Self {
        let model = &linker.model;
        Self {
            model,
            blocks: Vec::new(),
            rows: Vec::new(),
            sentence: NONE,
            triggers: Vec::new(),
            ends: Vec::new(),
            items: 0,
            flags: model.flags(),
            seen: vec![0; model.rows().len()],
            pairs: 0,
        }
    }

    /// Turns to a sentence with these candidates.
    pub(super) fn begin(&mut self, around: &Around<'_>, found: &[Candidate<'_>]) {
        self.blocks.clear();
        self.rows.clear();
        let numbers = found.iter().filter_map(|c| c.trigger.map(|t| t.number + 1));
        let triggers = numbers.max().unwrap_or_default();
        self.items = around.scene.items.len();
        self.triggers.clear();
        self.triggers.resize(triggers, NONE);
        self.ends.clear();
        self.ends.resize(triggers * self.items, [NONE; 2]);
        self.sentence = self.read(|out| feature::of_sentence(around, out));
    }

    /// The ends of a candidate; `last` if they are the same.
    pub(super) fn ends<'a>(
        &mut self,
        around: &Around<'a>,
        candidate: &Candidate<'_>,
        last: Option<Ends<'a>>,
    ) -> Ends<'a> {
        let (a, b) = (candidate.a, candidate.b);
        last.filter(|ends| (ends.a, ends.b) == (a, b))
            .unwrap_or_else(|| {
                let couple = around.couple(a, b);
                let block = self.read(|out| feature::of_couple(around, &couple, out));
                Ends {
                    a,
                    b,
                    couple,
                    block,
                }
            })
    }

    /// The sets of observations of a candidate with these ends.
    pub(super) fn parts<'a>(
        &mut self,
        around: &Around<'a>,
        ends: &Ends<'a>,
        trigger: Option<Trigger>,
    ) -> Parts {
        let [trigger, near, far, claim] = match trigger {
            Some(trigger) => self.by_trigger(around, ends, trigger),
            None => self.without_trigger(around, ends),
        };
        [self.sentence, trigger, near, far, ends.block, claim]
    }

    fn by_trigger<'a>(
        &mut self,
        around: &Around<'a>,
        ends: &Ends<'a>,
        trigger: Trigger,
    ) -> [BlockIx; 4] {
        let ground = Ground::of(around, trigger);
        let number = trigger.number;
        if self.triggers[number] == NONE {
            self.triggers[number] = self.read(|out| feature::of_trigger(around, &ground, out));
        }
        let sides = [(End::A, ends.a.item), (End::B, ends.b.item)];
        let [near, far] = sides.map(|(end, item)| {
            let at = number * self.items + item;
            let side = end as usize;
            if self.ends[at][side] == NONE {
                let item = &around.scene.items[item];
                self.ends[at][side] =
                    self.read(|out| feature::of_end(around, end, item, &ground, out));
            }
            self.ends[at][side]
        });
        let claim = self.read(|out| feature::of_claim(around, &ends.couple, &ground, out));
        [self.triggers[number], near, far, claim]
    }

    /// Without a trigger every set depends on both ends.
    fn without_trigger<'a>(&mut self, around: &Around<'a>, ends: &Ends<'a>) -> [BlockIx; 4] {
        let ground = Ground::without(around, &ends.couple);
        let item = |actor: Actor| &around.scene.items[actor.item];
        let (x, y) = (item(ends.a), item(ends.b));
        [
            self.read(|out| feature::of_trigger(around, &ground, out)),
            self.read(|out| feature::of_end(around, End::A, x, &ground, out)),
            self.read(|out| feature::of_end(around, End::B, y, &ground, out)),
            self.read(|out| feature::of_claim(around, &ends.couple, &ground, out)),
        ]
    }

    /// Looks up the observations that `observe` gives.
    fn read(&mut self, observe: impl FnOnce(&mut dyn Sink)) -> BlockIx {
        let start = self.rows.len();
        let table = self.model.rows();
        observe(&mut Collect {
            table,
            rows: &mut self.rows,
        });
        let mut sums = [0.0; COLUMNS];
        for row in &self.rows[start..] {
            for cell in table.cells(*row) {
                if let Some(sum) = sums.get_mut(cell.column()) {
                    *sum += cell.weight();
                }
            }
        }
        self.blocks.push(Block {
            start,
            end: self.rows.len(),
            sums,
        });
        BlockIx::try_from(self.blocks.len() - 1).unwrap_or(NONE)
    }

    /// What all observations of a candidate say, a column each.
    pub(super) fn sums(&self, parts: Parts) -> Sums {
        let mut sums = [0.0; COLUMNS];
        for block in parts.iter().filter_map(|at| self.blocks.get(*at as usize)) {
            for (sum, part) in sums.iter_mut().zip(&block.sums) {
                *sum += part;
            }
        }
        Sums(sums)
    }

    /// Probability that a pair is joined whose candidates have these sets; every observation counts once.
    pub(super) fn joined(&mut self, parts: &mut Vec<BlockIx>) -> (f32, Flags) {
        parts.sort_unstable();
        parts.dedup();
        self.pairs += 1;
        let table = self.model.rows();
        let mut sum = 0.0;
        for block in parts.iter().filter_map(|at| self.blocks.get(*at as usize)) {
            for row in &self.rows[block.start..block.end] {
                let seen = &mut self.seen[*row as usize];
                if *seen == self.pairs {
                    continue;
                }
                *seen = self.pairs;
                // The column of this question is the first of a row.
                let cell = table.cells(*row).first().filter(|c| c.column() == 0);
                sum += cell.map_or(0.0, |c| c.weight());
            }
        }
        let has =
            |row: &Option<u32>| row.and_then(|r| self.seen.get(r as usize)) == Some(&self.pairs);
        let flags = self.flags.iter().enumerate().filter(|(_, row)| has(row));
        (logistic(sum), Flags::of(flags.map(|(at, _)| at)))
    }
}

/// Sums of weights, a column each.
pub(super) struct Sums([f32; COLUMNS]);

impl Sums {
    /// Probability of a kind: `columns` are its own and that of its group.
    pub(super) fn probability(&self, columns: [usize; 2]) -> f32 {
        logistic(columns.iter().filter_map(|c| self.0.get(*c)).sum())
    }
}

/// Looks observations up.
struct Collect<'r> {
    table: &'r Rows,
    rows: &'r mut Vec<u32>,
}

impl Sink for Collect<'_> {
    fn add(&mut self, parts: &[&str]) {
        if let Some(row) = self.table.row(model::key_of_parts(parts)) {
            self.rows.push(row);
        }
    }
}
