//! A compiled vocabulary: one run of bytes with sections of flat records, used where it lies.
//!
//! `magic, checksum, section table, sections`. Nothing is parsed when it is opened; texts are ranges
//! of one pool. What is small and rarely asked for (the ontology, languages, rules) is JSON in it.

pub(in crate::gazetteer) mod records;
mod write;

use std::borrow::Cow;

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use records::{
    EdgeRecord, EntityRecord, EntryRecord, FoldedRecord, HolderRecord, Range, SpanRecord,
    SurfaceRecord, TieRecord,
};

pub(crate) use write::write;

/// The first bytes; the number goes up with every change of the format.
pub(super) const MAGIC: &[u8; 16] = b"entente-vocab-03";
const HASH: usize = 32;
/// Where the section table starts.
const TABLE: usize = MAGIC.len() + HASH;

/// What a section holds, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Ontology, counts and what is not in records, as JSON.
    Meta,
    /// Languages and rules, each as JSON, and the rules as they were written.
    Documents,
    /// All short texts.
    Pool,
    Entities,
    /// Countries and makers of entities.
    Lists,
    Tenures,
    /// Memberships and enmities.
    Relations,
    Holders,
    Edges,
    Nodes,
    Surfaces,
    Spans,
    Entries,
    /// The texts of all spellings.
    Spellings,
    Folded,
    /// Which tokens forms begin with.
    Heads,
}

/// How many sections there are.
const SECTIONS: usize = Section::Heads as usize + 1;
/// Where the first section starts.
const START: usize = TABLE + SECTIONS * size_of::<Range>();

/// The bytes.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    bytes: Cow<'static, [u8]>,
}

impl Blob {
    /// Bytes that this version of the program wrote; `None` if the beginning is another's.
    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let ours = bytes.starts_with(MAGIC) && bytes.len() >= START;
        ours.then_some(Self { bytes })
    }

    /// The same for bytes that may have been damaged.
    pub(super) fn verify(bytes: Vec<u8>) -> Option<Self> {
        let blob = Self::open(Cow::Owned(bytes))?;
        let sound = blob.bytes.get(MAGIC.len()..TABLE)
            == Some(blake3::hash(blob.bytes.get(TABLE..)?).as_bytes());
        sound.then_some(blob)
    }

    /// What tells one compiled vocabulary from another: format and checksum.
    pub(super) fn identity(bytes: &[u8]) -> &[u8] {
        bytes.get(..TABLE).unwrap_or_default()
    }

    /// All of it, to be kept in a file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn section(&self, section: Section) -> &[u8] {
        let table = self.bytes.get(TABLE..START).unwrap_or_default();
        let ranges = <[Range]>::ref_from_bytes(table).unwrap_or_default();
        let range = ranges.get(section as usize).copied().unwrap_or_default();
        range.of(&self.bytes)
    }

    fn records<T: FromBytes + Immutable + KnownLayout + Unaligned>(
        &self,
        section: Section,
    ) -> &[T] {
        <[T]>::ref_from_bytes(self.section(section)).unwrap_or_default()
    }

    /// A text of the pool.
    pub(super) fn text(&self, range: Range) -> &str {
        std::str::from_utf8(range.of(self.section(Section::Pool))).unwrap_or_default()
    }

    pub(super) fn meta(&self) -> &[u8] {
        self.section(Section::Meta)
    }

    /// A language or a file of rules.
    pub(super) fn document(&self, (start, len): (usize, usize)) -> &str {
        let bytes = Range::new(start, len).of(self.section(Section::Documents));
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    pub(super) fn entities(&self) -> &[EntityRecord] {
        self.records(Section::Entities)
    }

    pub(super) fn lists(&self) -> &[U32] {
        self.records(Section::Lists)
    }

    pub(super) fn tenures(&self) -> &[TieRecord] {
        self.records(Section::Tenures)
    }

    pub(super) fn relations(&self) -> &[TieRecord] {
        self.records(Section::Relations)
    }

    pub(super) fn holders(&self) -> &[HolderRecord] {
        self.records(Section::Holders)
    }

    pub(super) fn edges(&self) -> &[EdgeRecord] {
        self.records(Section::Edges)
    }

    pub(super) fn nodes(&self) -> &[U32] {
        self.records(Section::Nodes)
    }

    pub(super) fn surfaces(&self) -> &[SurfaceRecord] {
        self.records(Section::Surfaces)
    }

    pub(super) fn spans(&self) -> &[SpanRecord] {
        self.records(Section::Spans)
    }

    pub(super) fn entries(&self) -> &[EntryRecord] {
        self.records(Section::Entries)
    }

    pub(super) fn spellings(&self) -> &[u8] {
        self.section(Section::Spellings)
    }

    pub(super) fn heads(&self) -> &[u8] {
        self.section(Section::Heads)
    }

    pub(super) fn folded(&self) -> &[FoldedRecord] {
        self.records(Section::Folded)
    }
}
