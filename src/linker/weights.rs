//! Tables of weights that are used where they lie: the model's file is compiled when the program is
//! built, so that nothing is read when it starts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rows::{Cell, Filing, Rows};
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

    /// As bytes for [`Tables::open`]: the lengths of nine parts, and the parts.
    pub(super) fn write(&self) -> Vec<u8> {
        let scopes = serde_json::to_vec(&self.rows.scopes).unwrap_or_default();
        let thresholds = serde_json::to_vec(&self.thresholds).unwrap_or_default();
        let parts: [&[u8]; PARTS] = [
            self.rows.numbers.0.as_bytes(),
            self.rows.starts.as_bytes(),
            self.rows.cells.as_bytes(),
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
            starts,
            cells,
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
                starts: Cow::Borrowed(<[U32]>::ref_from_bytes(starts).ok()?),
                cells: Cow::Borrowed(<[Cell]>::ref_from_bytes(cells).ok()?),
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
const PARTS: usize = 9;

/// The key of a name, never 0. The compiled model holds it, so it is the same on every machine.
pub(super) fn key_of(name: &str) -> u64 {
    name.split('|').fold(START, add) | 1
}

/// The key of the name that these parts make up, joined by `|`, which none of them holds.
pub(super) fn key_of_parts(parts: &[&str]) -> u64 {
    parts.iter().fold(START, |key, part| add(key, part)) | 1
}

const START: u64 = 0x243F_6A88_85A3_08D3;

/// Adds a part to a key. Short parts are read by their first and last bytes, which may be the same.
fn add(key: u64, part: &str) -> u64 {
    let bytes = part.as_bytes();
    let word = |w: &[u8; 8]| u64::from_le_bytes(*w);
    let half = |w: &[u8; 4]| u64::from(u32::from_le_bytes(*w));
    let key = mix(key, bytes.len() as u64);
    if let (Some(_), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let (words, _) = bytes.as_chunks::<8>();
        let key = words.iter().fold(key, |key, w| mix(key, word(w)));
        return mix(key, word(last));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return mix(key, half(first) << 32 | half(last));
    }
    let at = |at: usize| bytes.get(at).map_or(0, |byte| u64::from(*byte));
    mix(key, at(0) << 16 | at(1) << 8 | at(2))
}

fn mix(key: u64, word: u64) -> u64 {
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
            assert_eq!(key_of_parts(parts), key_of(&joined), "{joined}");
            keys.push(key_of_parts(parts));
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 14);
    }
}
