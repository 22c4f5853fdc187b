//! All that the observations of a set depend on, in a small record: whoever has seen a record knows its observations.

use std::sync::Arc;

use super::codes::{Bucket, Few, Governor, Side};
use crate::document::BlockKind;
use crate::linker::model::{Piece, piece};
use crate::linker::route::Way;
use crate::linker::rules::{Cue, Noun};
use crate::linker::scene::Carried;
use crate::linker::term::Term;
use crate::mention::Sense;
use crate::schema::KindIx;

/// What the sentence and the page show, whoever the ends are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Setting {
    pub(super) block: BlockKind,
    pub(super) crowd: Bucket,
    pub(super) defence: &'static str,
    pub(super) civil: &'static str,
    pub(super) balance: &'static str,
    /// Classes of the triggers of the sentence, each once, in order.
    pub(super) classes: Vec<Term>,
    /// Kinds and classes of the weapons, programmes ... that the sentence names, each once, in order.
    pub(super) themes: Vec<Arc<str>>,
}

/// What the words that carry a candidate show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Carrier {
    pub(super) class: Term,
    pub(super) cues: Cues,
    /// Absent where there are no words.
    pub(super) words: Option<Words>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Words {
    pub(super) pattern: u32,
    /// They stand in the sentence before.
    pub(super) carried: bool,
    /// The sentence is one of the first.
    pub(super) lead: bool,
    pub(super) prevalence: Prevalence,
    pub(super) sentences: Few,
}

/// How many of the sentences with triggers hold one of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) enum Prevalence {
    Rare,
    Some,
    Much,
    Most,
}

impl Prevalence {
    pub(super) fn of(with: usize, any: usize) -> Self {
        match 10 * with / any.max(1) {
            0 => Self::Rare,
            1 | 2 => Self::Some,
            3 | 4 => Self::Much,
            _ => Self::Most,
        }
    }

    pub(super) fn piece(self) -> Piece<'static> {
        match self {
            Self::Rare => piece!("rare"),
            Self::Some => piece!("some"),
            Self::Much => piece!("much"),
            Self::Most => piece!("most"),
        }
    }
}

/// For every cue whether a word of it stands in the clause (2), elsewhere in the sentence (1) or nowhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Cues(u64);

impl Cues {
    pub(super) fn add(&mut self, cue: Cue, near: bool) {
        self.0 |= if near { 2 } else { 1 } << (2 * cue as u32);
    }

    /// Where a cue stands.
    pub(super) fn place(self, cue: Cue) -> Option<Piece<'static>> {
        match self.0 >> (2 * cue as u32) & 3 {
            0 => None,
            1 => Some(piece!("sentence")),
            _ => Some(piece!("clause")),
        }
    }
}

/// Which end of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) enum End {
    A,
    B,
}

/// How an end stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Stance {
    pub(super) governor: Governor,
    pub(super) sense: Sense,
    pub(super) noun: Option<Noun>,
    /// Classes of the triggers beside it.
    pub(super) left: Term,
    pub(super) right: Term,
    pub(super) carried: Carried,
}

/// How one end stands to the trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Tip {
    pub(super) end: End,
    pub(super) class: Term,
    pub(super) governor: Governor,
    pub(super) sense: Sense,
    pub(super) noun: Option<Noun>,
    /// Absent if the sentence does not name it.
    pub(super) near: Option<Near>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Near {
    pub(super) far: Bucket,
    pub(super) clauses: Few,
    /// The way from the trigger, and whether the end stands before it.
    pub(super) way: Option<(bool, Way)>,
}

/// Facts about a pair, one bit each. They are hints for the model, never a reason by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Facts(u16);

impl Facts {
    /// Facts of the gazetteer; then whether the pair is what the document is about, or one of them what it is about most.
    const NAMES: [Piece<'static>; 10] = [
        Piece::of("maker"),
        Piece::of("origin"),
        Piece::of("home"),
        Piece::of("member"),
        Piece::of("office"),
        Piece::of("adversary"),
        Piece::of("embargo"),
        Piece::of("ally"),
        Piece::of("main"),
        Piece::of("leading"),
    ];

    /// Those that hold, in the order of their names.
    pub(in crate::linker) fn of(holds: [bool; 10]) -> Self {
        let bits = holds.iter().rev();
        Self(bits.fold(0, |all, holds| all << 1 | u16::from(*holds)))
    }

    pub(super) fn names(self) -> impl Iterator<Item = Piece<'static>> {
        let names = Self::NAMES.into_iter().enumerate();
        names.filter_map(move |(at, name)| (self.0 >> at & 1 != 0).then_some(name))
    }
}

/// How two ends stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Ends {
    /// Entity kinds of the ends.
    pub(super) kinds: [Option<KindIx>; 2],
    /// Kinds of the entities that are named at the ends.
    pub(super) named: [Option<KindIx>; 2],
    pub(super) stances: [Stance; 2],
    /// Number of sentences that name both.
    pub(super) together: Few,
    pub(super) facts: Facts,
    /// Absent if the sentence does not name both.
    pub(super) places: Option<Places>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct Places {
    /// The second comes first.
    pub(super) turned: bool,
    /// The two are coordinated.
    pub(super) listed: bool,
    pub(super) span: Bucket,
    /// How many clauses they are apart.
    pub(super) clauses: Few,
    pub(super) way: Way,
    pub(super) between: Few,
    pub(super) compare: bool,
    pub(super) denied: bool,
    pub(super) enmity: bool,
}

/// Where a trigger stands to two ends: before (0), between (1) or after (2) them, in the clause of the first (1), the
/// second (2), both (3) or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Post {
    pub(super) class: Term,
    pub(super) place: u8,
    pub(super) clauses: u8,
}

/// What only one trigger between two ends shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) struct Claim {
    pub(super) class: Term,
    pub(super) governors: [Governor; 2],
    pub(super) carried: [Carried; 2],
    pub(super) facts: Facts,
    pub(super) sides: [Side; 2],
    /// Whether they are coordinated, how many clauses they are apart, and the way; absent if the sentence does not name both.
    pub(super) places: Option<(bool, Few, Way)>,
    /// How much of the page speaks of the pair by the same words; how many stand in the list of each. Absent where there
    /// are no words.
    pub(super) support: Option<(Few, Prevalence, [Few; 2])>,
}
