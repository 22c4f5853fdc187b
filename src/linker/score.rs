//! How sure a sentence makes each of its candidates. A set of observations that candidates share is looked up once.

use rustc_hash::FxHashMap;

use super::Linker;
use super::candidate::{Actor, Candidate, Trigger};
use super::feature::{self, Around, Couple, End, Ground, Sink};
use super::model::{Flags, Model, logistic};
use super::rows::{COLUMNS, FLAGS, Rows};

/// Which set of observations of a sentence: by its ends (numbers of actors) and the number of its trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Set {
    Sentence,
    Trigger(u32),
    End(End, u32, u32),
    Couple(Ends),
    Claim(Ends, u32),
}

/// Two actors by item and entity: with the item it is known whom an entity stands for.
type Ends = [(u32, u32); 2];

/// The number that stands for no trigger.
const NONE: u32 = u32::MAX;

/// A set of observations, looked up.
struct Block {
    /// Its rows in [`Scorer::rows`].
    start: usize,
    end: usize,
    /// Sums of their weights, a column each.
    sums: [f32; COLUMNS],
}

/// Six sets that make up all observations of a candidate.
type Parts = [u32; 6];

/// Weighs the candidates of a document, sentence by sentence.
pub(super) struct Scorer<'m> {
    model: &'m Model,
    known: FxHashMap<Set, u32>,
    blocks: Vec<Block>,
    rows: Vec<u32>,
    /// Rows of [`FLAGS`].
    flags: [Option<u32>; FLAGS.len()],
    /// For every row the last pair that had it.
    seen: Vec<u32>,
    pairs: u32,
}

impl<'m> Scorer<'m> {
    pub(super) fn new(linker: &'m Linker<'_>) -> Self {
        let model = &linker.model;
        Self {
            model,
            known: FxHashMap::default(),
            blocks: Vec::new(),
            rows: Vec::new(),
            flags: model.flags(),
            seen: vec![0; model.rows().len()],
            pairs: 0,
        }
    }

    /// Forgets the sentence before.
    pub(super) fn begin(&mut self) {
        self.known.clear();
        self.blocks.clear();
        self.rows.clear();
    }

    /// The sets of observations of a candidate.
    pub(super) fn parts(&mut self, around: &Around<'_>, candidate: &Candidate<'_>) -> Parts {
        let number = |n: usize| u32::try_from(n).unwrap_or(NONE);
        let end = |actor: Actor| (number(actor.item), number(actor.entity));
        let ends = [end(candidate.a), end(candidate.b)];
        let trigger = candidate.trigger.map_or(NONE, |t| number(t.number));
        let sets = [
            Set::Sentence,
            Set::Trigger(trigger),
            Set::End(End::A, ends[0].0, trigger),
            Set::End(End::B, ends[1].0, trigger),
            Set::Couple(ends),
            Set::Claim(ends, trigger),
        ];
        let mut reader = Reader {
            around,
            candidate,
            couple: None,
            ground: None,
        };
        sets.map(|set| {
            // Without a trigger every set but two depends on both ends.
            let fixed = trigger != NONE || matches!(set, Set::Sentence | Set::Couple(_) | Set::Claim(..));
            if let Some(known) = self.known.get(&set).filter(|_| fixed) {
                return *known;
            }
            let block = self.read(set, &mut reader);
            self.blocks.push(block);
            let at = number(self.blocks.len() - 1);
            self.known.insert(set, at);
            at
        })
    }

    fn read(&mut self, set: Set, reader: &mut Reader<'_, '_>) -> Block {
        let start = self.rows.len();
        let table = self.model.rows();
        let mut sink = Collect {
            table,
            rows: &mut self.rows,
        };
        reader.read(set, &mut sink);
        let mut sums = [0.0; COLUMNS];
        for row in &self.rows[start..] {
            for cell in table.cells(*row) {
                if let Some(sum) = sums.get_mut(cell.column()) {
                    *sum += cell.weight();
                }
            }
        }
        Block {
            start,
            end: self.rows.len(),
            sums,
        }
    }

    /// Probability of a kind: `columns` are those of the kind and of its group.
    pub(super) fn probability(&self, parts: Parts, columns: [usize; 2]) -> f32 {
        let blocks = parts.iter().filter_map(|at| self.blocks.get(*at as usize));
        logistic(blocks.map(|b| b.sums[columns[0]] + b.sums[columns[1]]).sum())
    }

    /// Probability that a pair is joined whose candidates have these sets; every observation counts once.
    pub(super) fn joined(&mut self, parts: &mut Vec<u32>) -> (f32, Flags) {
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
        let has = |row: &Option<u32>| {
            row.and_then(|r| self.seen.get(r as usize)) == Some(&self.pairs)
        };
        let flags = self.flags.iter().enumerate().filter(|(_, row)| has(row));
        (logistic(sum), Flags::of(flags.map(|(at, _)| at)))
    }
}

/// Reads sets of observations of one candidate.
struct Reader<'r, 'a> {
    around: &'r Around<'a>,
    candidate: &'r Candidate<'r>,
    couple: Option<Couple<'a>>,
    ground: Option<Ground<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self, set: Set, out: &mut dyn Sink) {
        let (around, candidate) = (self.around, self.candidate);
        let couple = self
            .couple
            .get_or_insert_with(|| around.couple(candidate.a, candidate.b));
        let ground = *self.ground.get_or_insert_with(|| {
            candidate.trigger.map_or_else(
                || Ground::without(around, couple),
                |trigger: Trigger| Ground::of(around, trigger),
            )
        });
        let item = |actor: Actor| &around.scene.items[actor.item];
        match set {
            Set::Sentence => feature::of_sentence(around, out),
            Set::Trigger(_) => feature::of_trigger(around, &ground, out),
            Set::End(End::A, ..) => feature::of_end(around, End::A, item(candidate.a), &ground, out),
            Set::End(End::B, ..) => feature::of_end(around, End::B, item(candidate.b), &ground, out),
            Set::Couple(_) => feature::of_couple(around, couple, out),
            Set::Claim(..) => feature::of_claim(around, couple, &ground, out),
        }
    }
}

/// Looks observations up.
struct Collect<'r> {
    table: &'r Rows,
    rows: &'r mut Vec<u32>,
}

impl Sink for Collect<'_> {
    fn add(&mut self, parts: &[&str]) {
        self.rows.extend(self.table.row(super::model::key(parts)));
    }
}
