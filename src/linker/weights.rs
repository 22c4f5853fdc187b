//! Tables of weights that are used where they lie: the model's file is compiled when the program is
//! built, so that nothing is read when it starts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rows::{Filing, Row, Rows};
use zerocopy::little_endian::{F32, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The file is not a model.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the model: {} in line {line}", self.message())]
pub struct ModelError {
    line: usize,
    expected: &'static str,
    found: String,
}

impl ModelError {
    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong with it.
    pub fn message(&self) -> String {
        format!("expected `{}`, but found `{}`", self.expected, self.found)
    }
}

/// A key (0 = free) and the bits of a weight, or where several weights lie.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Slot {
    key: U64,
    value: U32,
}

/// Values by the hash of a name, open-addressed; the number of slots is a power of two or 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(pub(super) Cow<'static, [Slot]>);

impl Table {
    /// Of two values of a name the later counts.
    pub(super) fn new(values: &[(u64, u32)]) -> Self {
        let mut slots = Vec::new();
        if !values.is_empty() {
            let free = Slot {
                key: 0.into(),
                value: 0.into(),
            };
            slots.resize((values.len() * 2).next_power_of_two(), free);
        }
        for &(key, value) in values {
            let at = place(&slots, key);
            if let Some(slot) = at.and_then(|at| slots.get_mut(at)) {
                slot.key = key.into();
                slot.value = value.into();
            }
        }
        Self(Cow::Owned(slots))
    }

    /// The value of a name.
    pub(super) fn value(&self, key: u64) -> Option<u32> {
        let slot = self.0.get(place(&self.0, key)?)?;
        (slot.key.get() == key).then(|| slot.value.get())
    }

    /// The weight of a name.
    pub(super) fn weight(&self, key: u64) -> Option<f32> {
        self.value(key).map(f32::from_bits)
    }

    /// The table in bytes of its slots.
    fn open(bytes: &'static [u8]) -> Option<Self> {
        let slots = <[Slot]>::ref_from_bytes(bytes).ok()?;
        Some(Self(Cow::Borrowed(slots)))
    }
}

/// The slot of a key, or the free one where it belongs.
fn place(slots: &[Slot], key: u64) -> Option<usize> {
    let mask = slots.len().checked_sub(1)?;
    let mut at = usize::try_from(key >> 32).ok()? & mask;
    while let Some(slot) = slots.get(at) {
        if slot.key.get() == 0 || slot.key.get() == key {
            return Some(at);
        }
        at = (at + 1) & mask;
    }
    None
}

/// Every table of a model.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    pub(super) rows: Rows,
    pub(super) pairs: Table,
    pub(super) ties: Table,
    statuses: Table,
    /// Five of each name of `statuses`.
    fives: Cow<'static, [[F32; 5]]>,
    pub(super) thresholds: BTreeMap<String, f32>,
}

impl Tables {
    /// The five weights of a name for the statuses.
    pub(super) fn statuses(&self, key: u64) -> Option<[f32; 5]> {
        let at = self.statuses.value(key)? as usize;
        self.fives.get(at).map(|five| five.map(F32::get))
    }

    /// Reads the tab-separated file: `threshold name p`, `link|kind|fact|pair|tie observation weight`,
    /// `status observation five weights`.
    pub(super) fn parse(text: &str) -> Result<Self, ModelError> {
        let mut tables: [Vec<(u64, u32)>; 2] = Default::default();
        let mut rows = Filing::new();
        let (mut statuses, mut fives) = (Vec::new(), Vec::new());
        let mut thresholds = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let fail = |expected| ModelError {
                line: index + 1,
                expected,
                found: line.to_owned(),
            };
            let mut cells = line.split('\t');
            let (Some(part), Some(name)) = (cells.next(), cells.next()) else {
                return Err(fail("part<tab>name<tab>weight"));
            };
            let weights: Vec<f32> = cells.filter_map(|c| c.parse().ok()).collect();
            let [pairs, ties] = &mut tables;
            let key = key_of(name);
            let mut known = true;
            match (part, &weights[..]) {
                ("threshold", [p]) => {
                    thresholds.insert(name.to_owned(), *p);
                }
                ("link", [w]) => known = rows.add("", name, *w),
                ("kind" | "fact", [w]) => {
                    let (scope, name) = name.split_once('|').ok_or_else(|| fail("scope|name"))?;
                    known = rows.add(scope, name, *w);
                }
                ("pair", [w]) => pairs.push((key, w.to_bits())),
                ("tie", [w]) => ties.push((key, w.to_bits())),
                ("status", five) if five.len() == 5 => {
                    let at = u32::try_from(fives.len()).map_err(|_| fail("fewer lines"))?;
                    let five: [f32; 5] = five.try_into().map_err(|_| fail("five weights"))?;
                    statuses.push((key, at));
                    fives.push(five.map(F32::new));
                }
                _ => {
                    return Err(fail(
                        "link, kind, fact, pair, tie, status or threshold with its weights",
                    ));
                }
            }
            if !known {
                return Err(fail("at most 30 kinds and groups of kinds"));
            }
        }
        let [pairs, ties] = tables.map(|values| Table::new(&values));
        Ok(Self {
            rows: rows.finish(),
            pairs,
            ties,
            statuses: Table::new(&statuses),
            fives: Cow::Owned(fives),
            thresholds,
        })
    }

    /// As bytes for [`Tables::open`]: the lengths of eight parts, and the parts.
    pub(super) fn write(&self) -> Vec<u8> {
        let scopes = serde_json::to_vec(&self.rows.scopes).unwrap_or_default();
        let thresholds = serde_json::to_vec(&self.thresholds).unwrap_or_default();
        let parts: [&[u8]; PARTS] = [
            self.rows.numbers.0.as_bytes(),
            self.rows.weights.as_bytes(),
            &scopes,
            self.pairs.0.as_bytes(),
            self.ties.0.as_bytes(),
            self.statuses.0.as_bytes(),
            self.fives.as_bytes(),
            &thresholds,
        ];
        let length = |part: &&[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX);
        let mut bytes: Vec<u8> = parts
            .iter()
            .flat_map(|part| length(part).to_le_bytes())
            .collect();
        bytes.extend(parts.iter().flat_map(|part| part.iter()));
        bytes
    }

    /// The tables in bytes of [`Tables::write`]; `None` if they are others.
    pub(super) fn open(bytes: &'static [u8]) -> Option<Self> {
        let (lengths, mut rest) = <[U32; PARTS]>::ref_from_prefix(bytes).ok()?;
        let mut parts = [&[][..]; PARTS];
        for (part, length) in parts.iter_mut().zip(lengths) {
            (*part, rest) = rest.split_at_checked(length.get() as usize)?;
        }
        let [
            numbers,
            weights,
            scopes,
            pairs,
            ties,
            statuses,
            fives,
            thresholds,
        ] = parts;
        Some(Self {
            rows: Rows {
                numbers: Table::open(numbers)?,
                weights: Cow::Borrowed(<[Row]>::ref_from_bytes(weights).ok()?),
                scopes: serde_json::from_slice(scopes).ok()?,
            },
            pairs: Table::open(pairs)?,
            ties: Table::open(ties)?,
            statuses: Table::open(statuses)?,
            fives: Cow::Borrowed(<[[F32; 5]]>::ref_from_bytes(fives).ok()?),
            thresholds: serde_json::from_slice(thresholds).ok()?,
        })
    }
}

/// Parts of a compiled model.
const PARTS: usize = 8;

/// A part of a name, hashed once: most parts are words that never change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    hash: u64,
}

impl<'a> Piece<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self {
            text,
            hash: hash_of(text),
        }
    }

    /// A part whose hash is known.
    pub(super) fn hashed(text: &'a str, hash: u64) -> Self {
        Self { text, hash }
    }

    pub(super) fn hash(self) -> u64 {
        self.hash
    }
}

/// A part that never changes, hashed when the program is compiled.
macro_rules! piece {
    ($text:literal) => {
        const { $crate::linker::weights::Piece::of($text) }
    };
}
pub(super) use piece;

/// The key of a name, never 0. The compiled model holds it, so it is the same on every machine.
pub(super) fn key_of(name: &str) -> u64 {
    let parts = name.split('|').map(hash_of);
    parts.fold(START, mix) | 1
}

/// The key of the name that these parts make up, joined by `|`, which none of them holds.
#[inline]
pub(super) fn key_of_parts(parts: &[Piece<'_>]) -> u64 {
    let parts = parts.iter().map(|part| part.hash);
    parts.fold(START, mix) | 1
}

const START: u64 = 0x243F_6A88_85A3_08D3;

/// The hash of a part. Short parts are read by their first and last bytes, which may be the same.
const fn hash_of(part: &str) -> u64 {
    let bytes = part.as_bytes();
    let mut key = mix(START, bytes.len() as u64);
    if let (Some(_), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let (words, _) = bytes.as_chunks::<8>();
        let mut at = 0;
        while at < words.len() {
            key = mix(key, u64::from_le_bytes(words[at]));
            at += 1;
        }
        return mix(key, u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let halves = [u32::from_le_bytes(*first), u32::from_le_bytes(*last)];
        return mix(key, (halves[0] as u64) << 32 | halves[1] as u64);
    }
    let mut word = 0;
    let mut at = 0;
    while at < bytes.len() {
        word = word << 8 | bytes[at] as u64;
        at += 1;
    }
    mix(key, word)
}

const fn mix(key: u64, word: u64) -> u64 {
    let mixed = (key ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_the_key_of_what_they_make_up() {
        let mut keys = Vec::new();
        for parts in [
            &[""][..],
            &["", ""],
            &["bias"],
            &["a", "bias"],
            &["gov", "with", "-"],
            &["gov", "-", "with"],
            &["ab", "c"],
            &["a", "bc"],
            &["ab"],
            &["ab\0"],
            &["1234"],
            &["12344"],
            &["12345678", "1234567", "", "123456789abcdefgh"],
            &["word", "de", "liefer*/lieferung .. an"],
        ] {
            let joined = parts.join("|");
            let hashed: Vec<Piece<'_>> = parts.iter().map(|part| Piece::of(part)).collect();
            assert_eq!(key_of_parts(&hashed), key_of(&joined), "{joined}");
            keys.push(key_of_parts(&hashed));
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 14);
    }
}
