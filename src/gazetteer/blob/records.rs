//! The records of a compiled vocabulary: of fixed size, little endian and without alignment, so that
//! bytes are read where they lie.

use zerocopy::little_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::gazetteer::date::DateBound;
use crate::gazetteer::entity::{EntityIx, FormEntry, Lang, Needs};
use crate::mention::Sense;

/// No date, no entity.
pub(super) const NONE: u32 = u32::MAX;

/// A range of another section: a text of the pool, elements of a list.
#[derive(
    Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned, PartialEq,
)]
#[repr(C)]
pub(in crate::gazetteer) struct Range {
    pub(in crate::gazetteer) start: U32,
    pub(in crate::gazetteer) len: U32,
}

impl Range {
    pub(in crate::gazetteer) fn new(start: usize, len: usize) -> Self {
        Self {
            start: U32::new(u32::try_from(start).unwrap_or(NONE)),
            len: U32::new(u32::try_from(len).unwrap_or(NONE)),
        }
    }

    /// The elements of `all`; none if the range is not one of it.
    pub(in crate::gazetteer) fn of<T>(self, all: &[T]) -> &[T] {
        let start = self.start.get() as usize;
        let end = start.saturating_add(self.len.get() as usize);
        all.get(start..end).unwrap_or_default()
    }
}

/// An entity.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct EntityRecord {
    pub(in crate::gazetteer) id: Range,
    pub(in crate::gazetteer) label: Range,
    pub(in crate::gazetteer) class: Range,
    pub(in crate::gazetteer) wikidata: Range,
    pub(in crate::gazetteer) source: Range,
    pub(in crate::gazetteer) surname: Range,
    pub(in crate::gazetteer) iso2: Range,
    pub(in crate::gazetteer) cow: Range,
    pub(in crate::gazetteer) countries: Range,
    pub(in crate::gazetteer) makers: Range,
    pub(in crate::gazetteer) tenures: Range,
    pub(in crate::gazetteer) memberships: Range,
    pub(in crate::gazetteer) enmities: Range,
    pub(in crate::gazetteer) parent: U32,
    pub(in crate::gazetteer) acts_for: U32,
    pub(in crate::gazetteer) since: U32,
    pub(in crate::gazetteer) until: U32,
    pub(in crate::gazetteer) kind: U16,
}

/// A tenure, a membership or an enmity.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct TieRecord {
    pub(in crate::gazetteer) role: Range,
    pub(in crate::gazetteer) of: U32,
    pub(in crate::gazetteer) since: U32,
    pub(in crate::gazetteer) until: U32,
}

/// What an office is of, and who held one there.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct HolderRecord {
    pub(in crate::gazetteer) of: U32,
    pub(in crate::gazetteer) person: U32,
}

/// An edge of the lexicon's trie: key (0 = free), the node it leads to, and a filter of the tokens that go on from there.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct EdgeRecord {
    pub(in crate::gazetteer) key: U64,
    pub(in crate::gazetteer) node: U32,
    pub(in crate::gazetteer) next: U32,
}

/// One spelling.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct SurfaceRecord {
    pub(in crate::gazetteer) text: U32,
    pub(in crate::gazetteer) text_len: U16,
    pub(in crate::gazetteer) tokens: U16,
    pub(in crate::gazetteer) spans: U32,
    pub(in crate::gazetteer) entries: U32,
    pub(in crate::gazetteer) entry_count: U32,
    pub(in crate::gazetteer) case: u8,
}

/// Start and end of a token of a spelling.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct SpanRecord {
    pub(in crate::gazetteer) from: U16,
    pub(in crate::gazetteer) to: U16,
}

/// What a spelling stands for.
#[derive(
    Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned, PartialEq, Eq,
)]
#[repr(C)]
pub(in crate::gazetteer) struct EntryRecord {
    entity: U32,
    since: U32,
    until: U32,
    lang: [u8; 3],
    sense: u8,
    needs: u8,
    flags: u8,
}

/// A folded spelling (its hash) and the number of its surface; sorted.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(in crate::gazetteer) struct FoldedRecord {
    pub(in crate::gazetteer) hash: U32,
    pub(in crate::gazetteer) surface: U32,
}

/// Senses by the number they have in a record.
const SENSES: [Sense; 7] = [
    Sense::Name,
    Sense::Adjective,
    Sense::Demonym,
    Sense::Combining,
    Sense::Seat,
    Sense::Role,
    Sense::Reference,
];
const BASE: u8 = 1;
const SURNAME: u8 = 2;

impl From<&FormEntry> for EntryRecord {
    fn from(entry: &FormEntry) -> Self {
        let sense = SENSES.iter().position(|s| *s == entry.sense);
        Self {
            entity: entry.entity.0.into(),
            since: pack_date(entry.since).into(),
            until: pack_date(entry.until).into(),
            lang: entry.lang.bytes(),
            sense: sense.and_then(|s| u8::try_from(s).ok()).unwrap_or(u8::MAX),
            needs: entry.needs.bits(),
            flags: BASE * u8::from(entry.base) + SURNAME * u8::from(entry.surname),
        }
    }
}

impl EntryRecord {
    /// The entry as the program knows it.
    pub(in crate::gazetteer) fn unpack(&self) -> FormEntry {
        FormEntry {
            entity: EntityIx(self.entity.get()),
            lang: Lang::of_bytes(self.lang),
            sense: SENSES
                .get(usize::from(self.sense))
                .copied()
                .unwrap_or(Sense::Name),
            base: self.flags & BASE != 0,
            needs: Needs::of_bits(self.needs),
            since: unpack_date(self.since.get()),
            until: unpack_date(self.until.get()),
            surname: self.flags & SURNAME != 0,
        }
    }
}

pub(super) fn pack_date(date: Option<DateBound>) -> u32 {
    date.map_or(NONE, DateBound::pack)
}

pub(in crate::gazetteer) fn unpack_date(packed: u32) -> Option<DateBound> {
    (packed != NONE).then(|| DateBound::unpack(packed))
}

pub(super) fn pack_entity(entity: Option<EntityIx>) -> u32 {
    entity.map_or(NONE, |ix| ix.0)
}

pub(in crate::gazetteer) fn unpack_entity(packed: u32) -> Option<EntityIx> {
    (packed != NONE).then_some(EntityIx(packed))
}
