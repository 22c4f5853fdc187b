//! Small numbers for what is seen of a name or a count, and what observations call them.

use crate::linker::model::{Piece, piece};
use crate::linker::rules::{Noun, Prep};
use crate::linker::scene::{Carried, Item};
use crate::mention::Sense;

/// What governs a name: nothing, the genitive, a preposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::linker) enum Governor {
    None,
    Genitive,
    Prep(Prep),
}

impl Governor {
    /// The preposition that matters: that of the noun an attribute belongs to.
    pub(in crate::linker) fn of(item: &Item) -> Self {
        let prep = |p: Option<Prep>| p.map_or(Self::None, Self::Prep);
        match (item.prep, item.genitive) {
            (Some(Prep::Of), _) if item.outer.is_some() => prep(item.outer),
            (None, true) => Self::Genitive,
            (p, _) => prep(p),
        }
    }

    pub(in crate::linker) fn piece(self) -> Piece<'static> {
        match self {
            Self::None => piece!("-"),
            Self::Genitive => piece!("genitive"),
            Self::Prep(prep) => prep.piece(),
        }
    }
}

/// Whether the sentence itself names an item or has a word for it.
pub(super) fn is_here(carried: Carried) -> bool {
    carried <= Carried::Reference
}

/// On which side of a stretch an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Away,
    Before,
    After,
    Inside,
}

impl Side {
    pub(super) fn of(item: &Item, hit: (usize, usize)) -> Self {
        match () {
            () if !is_here(item.carried) => Self::Away,
            () if item.last < hit.0 => Self::Before,
            () if item.first > hit.1 => Self::After,
            () => Self::Inside,
        }
    }

    pub(super) fn piece(self) -> Piece<'static> {
        match self {
            Self::Away => piece!("away"),
            Self::Before => piece!("before"),
            Self::After => piece!("after"),
            Self::Inside => piece!("inside"),
        }
    }
}

pub(super) fn sense(sense: Sense) -> Piece<'static> {
    match sense {
        Sense::Name => piece!("name"),
        Sense::Adjective => piece!("adj"),
        Sense::Demonym => piece!("people"),
        Sense::Combining => piece!("comb"),
        Sense::Seat => piece!("seat"),
        Sense::Role => piece!("role"),
        Sense::Reference => piece!("ref"),
    }
}

pub(super) fn noun(noun: Option<Noun>) -> Piece<'static> {
    noun.map_or(piece!("-"), Noun::piece)
}

pub(super) fn yes(holds: bool) -> Piece<'static> {
    if holds { piece!("yes") } else { piece!("no") }
}

/// A large number, roughly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Bucket(u8);

impl Bucket {
    pub(super) fn of(n: usize) -> Self {
        Self(match n {
            0..=3 => u8::try_from(n).unwrap_or_default(),
            4 | 5 => 4,
            6..=8 => 5,
            9..=12 => 6,
            13..=20 => 7,
            _ => 8,
        })
    }

    pub(super) fn piece(self) -> Piece<'static> {
        const NAMES: [Piece<'_>; 9] = [
            Piece::of("0"),
            Piece::of("1"),
            Piece::of("2"),
            Piece::of("3"),
            Piece::of("5"),
            Piece::of("8"),
            Piece::of("12"),
            Piece::of("20"),
            Piece::of("far"),
        ];
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

/// A small number: none, one, two, more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Few(u8);

impl Few {
    pub(super) fn of(n: usize) -> Self {
        Self(u8::try_from(n.min(3)).unwrap_or_default())
    }

    pub(super) fn piece(self) -> Piece<'static> {
        const NAMES: [Piece<'_>; 4] = [
            Piece::of("0"),
            Piece::of("1"),
            Piece::of("2"),
            Piece::of("more"),
        ];
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}
