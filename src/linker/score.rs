//! How sure a sentence makes each of its candidates. A set of observations is looked up once: whoever met its record in
//! any text before knows what it says.

use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::blocks::{BlockIx, Blocks, Sums};
use super::candidate::{Chunk, Trigger};
use super::feature::{
    Around, Carrier, Claim, Couple, End, Ends, Glossary, Ground, Post, Setting, Sight, Tip,
};
use super::kinds::numbers;
use super::model::{Flags, Model};

/// The number of a set of observations among those of a sentence.
pub(super) type MetIx = u32;

/// No set yet.
const NONE: u32 = u32::MAX;

/// Above so many sets those that came once are forgotten, so that memory does not grow with the corpus.
const MOST: usize = 8_000;

/// The sets that make up all observations of a candidate.
pub(super) type Parts = [MetIx; 6];

/// What a thread has found out about sets of observations in one language, by their records.
#[derive(Debug, Default)]
pub(super) struct Memo {
    settings: FxHashMap<Setting, BlockIx>,
    carriers: FxHashMap<Carrier, BlockIx>,
    tips: FxHashMap<Tip, BlockIx>,
    ends: FxHashMap<Ends, BlockIx>,
    posts: FxHashMap<Post, BlockIx>,
    claims: FxHashMap<Claim, BlockIx>,
    blocks: Blocks,
}

impl Memo {
    /// Makes room before a document.
    fn open(&mut self, model: &Model) {
        // A document may have many more: then the room they took is given back, too.
        if self.blocks.is_new() || self.blocks.len() > 4 * MOST {
            *self = Self {
                blocks: Blocks::new(model),
                ..Self::default()
            };
        } else if self.blocks.len() > MOST {
            self.thin_out();
        }
    }

    /// Forgets the sets that no text had again; all, if that leaves too many.
    fn thin_out(&mut self) {
        let numbers = self.blocks.thin_out(MOST / 2);
        renumber(&mut self.settings, &numbers);
        renumber(&mut self.carriers, &numbers);
        renumber(&mut self.tips, &numbers);
        renumber(&mut self.ends, &numbers);
        renumber(&mut self.posts, &numbers);
        renumber(&mut self.claims, &numbers);
    }
}

/// Weighs the candidates of a document, sentence by sentence.
pub(super) struct Scorer<'m> {
    model: &'m Model,
    memo: &'m mut Memo,
    /// The sets of the sentence, in the order in which they were met, and their sums.
    met: Vec<Met>,
    sums: Vec<Sums>,
    posts: Vec<BlockIx>,
    /// Of the sentence.
    sentence: MetIx,
    /// Per trigger, by its number.
    triggers: Vec<MetIx>,
    /// Per trigger and item, the item at the near end, and at the far end.
    ends: Vec<[MetIx; 2]>,
    items: usize,
    /// A bit for each set of the sentence; none is left between two pairs.
    marks: Vec<u64>,
}

/// A set of observations met in a sentence. That of two ends goes on with what the triggers around them show.
#[derive(Debug, Clone, Copy)]
struct Met {
    block: BlockIx,
    /// Sets in [`Scorer::posts`].
    posts: (usize, usize),
}

impl<'m> Scorer<'m> {
    pub(super) fn new(model: &'m Model, memo: &'m mut Memo) -> Self {
        memo.open(model);
        Self {
            model,
            memo,
            met: Vec::new(),
            sums: Vec::new(),
            posts: Vec::new(),
            sentence: NONE,
            triggers: Vec::new(),
            ends: Vec::new(),
            items: 0,
            marks: Vec::new(),
        }
    }

    /// Turns to a sentence with these candidates.
    pub(super) fn begin(&mut self, around: &Around<'_>, found: &[Chunk]) {
        self.met.clear();
        self.sums.clear();
        self.posts.clear();
        let numbers = found.iter().filter_map(|c| c.trigger.map(|t| t.number + 1));
        let triggers = numbers.max().unwrap_or_default();
        self.items = around.scene.items.len();
        self.triggers.clear();
        self.triggers.resize(triggers, NONE);
        self.ends.clear();
        self.ends.resize(triggers * self.items, [NONE; 2]);
        let memo = &mut *self.memo;
        let block = if let Some(block) = memo.settings.get(&around.setting) {
            memo.blocks.meet_again(*block);
            *block
        } else {
            let (blocks, words) = (&mut memo.blocks, around.glossary());
            let block = blocks.read(self.model, words, &around.setting);
            memo.settings.insert(around.setting.clone(), block);
            block
        };
        self.sentence = self.meet(block);
    }

    /// The set of two ends.
    pub(super) fn couple(&mut self, around: &Around<'_>, couple: &Couple) -> MetIx {
        let (model, words) = (self.model, around.glossary());
        let memo = &mut *self.memo;
        let block = known(&mut memo.ends, &mut memo.blocks, model, words, couple.sight);
        let met = self.meet(block);
        let start = self.posts.len();
        for post in around.posts(couple) {
            let memo = &mut *self.memo;
            let block = known(&mut memo.posts, &mut memo.blocks, model, words, post);
            self.posts.push(block);
            if let Some(sums) = self.sums.last_mut() {
                sums.add_rows(model.rows(), memo.blocks.rows(block));
            }
        }
        if let Some(met) = self.met.last_mut() {
            met.posts = (start, self.posts.len());
        }
        met
    }

    /// The sets of observations of a candidate with these ends.
    pub(super) fn parts(
        &mut self,
        around: &Around<'_>,
        (couple, ends): (&Couple, MetIx),
        trigger: Option<Trigger>,
    ) -> Parts {
        let [trigger, near, far, claim] = match trigger {
            Some(trigger) => self.by_trigger(around, couple, trigger),
            None => self.without_trigger(around, couple),
        };
        [self.sentence, trigger, near, far, ends, claim]
    }

    fn by_trigger(&mut self, around: &Around<'_>, couple: &Couple, trigger: Trigger) -> [MetIx; 4] {
        let ground = Ground::of(around, trigger);
        let number = trigger.number;
        if self.triggers[number] == NONE {
            self.triggers[number] = self.carrier(around, &ground);
        }
        let sides = [(End::A, couple.a.item), (End::B, couple.b.item)];
        let [near, far] = sides.map(|(end, item)| {
            let at = number * self.items + item;
            let side = end as usize;
            if self.ends[at][side] == NONE {
                self.ends[at][side] = self.tip(around, end, item, &ground);
            }
            self.ends[at][side]
        });
        [
            self.triggers[number],
            near,
            far,
            self.claim(around, couple, &ground),
        ]
    }

    /// Without a trigger every set depends on both ends.
    fn without_trigger(&mut self, around: &Around<'_>, couple: &Couple) -> [MetIx; 4] {
        let ground = Ground::without(around, couple);
        [
            self.carrier(around, &ground),
            self.tip(around, End::A, couple.a.item, &ground),
            self.tip(around, End::B, couple.b.item, &ground),
            self.claim(around, couple, &ground),
        ]
    }

    fn carrier(&mut self, around: &Around<'_>, ground: &Ground) -> MetIx {
        let memo = &mut *self.memo;
        let (blocks, words) = (&mut memo.blocks, around.glossary());
        let sight = around.carrier(ground);
        let block = known(&mut memo.carriers, blocks, self.model, words, sight);
        self.meet(block)
    }

    fn tip(&mut self, around: &Around<'_>, end: End, item: usize, ground: &Ground) -> MetIx {
        let memo = &mut *self.memo;
        let (blocks, words) = (&mut memo.blocks, around.glossary());
        let sight = around.tip(end, item, ground);
        let block = known(&mut memo.tips, blocks, self.model, words, sight);
        self.meet(block)
    }

    fn claim(&mut self, around: &Around<'_>, couple: &Couple, ground: &Ground) -> MetIx {
        let memo = &mut *self.memo;
        let (blocks, words) = (&mut memo.blocks, around.glossary());
        let sight = around.claim(couple, ground);
        let block = known(&mut memo.claims, blocks, self.model, words, sight);
        self.meet(block)
    }

    fn meet(&mut self, block: BlockIx) -> MetIx {
        let number = MetIx::try_from(self.met.len()).unwrap_or(NONE);
        self.met.push(Met {
            block,
            posts: (0, 0),
        });
        self.sums.push(self.memo.blocks.sums(block));
        number
    }

    /// What all observations of a candidate say, a column each.
    pub(super) fn sums(&self, parts: Parts) -> Sums {
        let mut sums = Sums::default();
        for part in parts.iter().filter_map(|at| self.sums.get(*at as usize)) {
            sums.add(part);
        }
        sums
    }

    /// Probability that a pair is joined whose candidates have these sets; every observation counts once, in the order in
    /// which the sets were met.
    pub(super) fn joined(&mut self, parts: impl Iterator<Item = MetIx>) -> (f32, Flags) {
        self.marks.resize(self.met.len().div_ceil(64), 0);
        for part in parts {
            if let Some(mark) = self.marks.get_mut(part as usize / 64) {
                *mark |= 1 << (part % 64);
            }
        }
        let mut sum = self.memo.blocks.link();
        for (at, mark) in self.marks.iter_mut().enumerate() {
            for bit in numbers(std::mem::take(mark)) {
                let Some(met) = self.met.get(64 * at + bit) else {
                    continue;
                };
                sum.add(met.block);
                for block in self.posts.get(met.posts.0..met.posts.1).unwrap_or_default() {
                    sum.add(*block);
                }
            }
        }
        sum.end()
    }
}

/// The set of a record, looked up if it is met for the first time.
fn known<S: Sight + Copy + Eq + Hash>(
    known: &mut FxHashMap<S, BlockIx>,
    blocks: &mut Blocks,
    model: &Model,
    words: Glossary<'_>,
    sight: S,
) -> BlockIx {
    match known.entry(sight) {
        Entry::Occupied(block) => {
            blocks.meet_again(*block.get());
            *block.get()
        }
        Entry::Vacant(place) => *place.insert(blocks.read(model, words, &sight)),
    }
}

/// Goes over to the new numbers of sets that were thinned out.
fn renumber<S: Eq + Hash>(known: &mut FxHashMap<S, BlockIx>, numbers: &[Option<BlockIx>]) {
    known.retain(|_, block| {
        let number = numbers.get(*block as usize).copied().flatten();
        *block = number.unwrap_or_default();
        number.is_some()
    });
}
