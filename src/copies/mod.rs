//! Which texts are copies of each other: what a text leaves behind to be known by, and who shares it.
//!
//! A [`Sketch`] holds the least of the hashes of every few runs of words that follow each other (winnowing, a
//! `MinHash` of each place instead of one of the whole). So two texts that share a passage share its hashes,
//! however much stands around it: what a paper cuts away or puts in front of an agency's text changes
//! little. How much of the shorter text the longer one has can be read from two sketches alone.

mod group;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of a run that is hashed.
const RUN: usize = 4;
/// Runs of which the least hash is kept: whoever shares `RUN + WINDOW - 1` words in a row shares a hash.
const WINDOW: usize = 5;

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// What a text is known by: some hashes of its runs of words, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text in pieces; case and signs do not count. Empty if there are only a few words.
    pub fn of<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        let words = pieces.into_iter().flat_map(Words);
        let mut run = [0u64; RUN];
        let mut window = [u32::MAX; WINDOW];
        let mut kept = Vec::new();
        let mut newest = None;
        let mut runs = 0usize;
        let mut place = 0;
        for (at, word) in words.enumerate() {
            run = [run[1], run[2], run[3], word];
            if at + 1 < RUN {
                continue;
            }
            window[place] = hash(run);
            place = if place + 1 == WINDOW { 0 } else { place + 1 };
            runs += 1;
            let least = window.iter().min().copied();
            if runs >= WINDOW && least != newest {
                kept.extend(least);
                newest = least;
            }
        }
        if (1..WINDOW).contains(&runs) {
            kept.extend(window.iter().min());
        }
        kept.sort_unstable();
        kept.dedup();
        Self(kept)
    }

    /// Whether the text was too short to be known by.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hashes.
    pub(crate) fn hashes(&self) -> &[u32] {
        &self.0
    }

    /// Appends it as files carry it: eight hexadecimal digits for each hash.
    pub(crate) fn write_digits(&self, to: &mut String) {
        to.reserve(self.0.len() * 8);
        for hash in &self.0 {
            let mut digits = [0; 8];
            for (byte, pair) in hash.to_be_bytes().iter().zip(digits.as_chunks_mut::<2>().0) {
                *pair = [
                    DIGITS[usize::from(byte >> 4)],
                    DIGITS[usize::from(byte & 15)],
                ];
            }
            to.push_str(str::from_utf8(&digits).unwrap_or_default());
        }
    }

    /// As bytes, four for each hash.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// From what [`Sketch::to_bytes`] gave; nothing if these are no such bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks();
        let hashes: Vec<u32> = hashes
            .iter()
            .map(|four| u32::from_le_bytes(*four))
            .collect();
        (rest.is_empty() && hashes.is_sorted()).then_some(Self(hashes))
    }
}

/// The words of a text, each as FNV-1a of its letters in lower case: the same on every machine and in every version.
struct Words<'t>(&'t str);

/// What FNV-1a begins with.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

impl Iterator for Words<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let mut hash = EMPTY;
        let mut bytes = self.0.as_bytes();
        let mut letters = false;
        while let Some((byte, rest)) = bytes.split_first() {
            if byte.is_ascii() {
                bytes = rest;
                if byte.is_ascii_alphanumeric() {
                    hash = with(hash, u32::from(byte.to_ascii_lowercase()));
                    letters = true;
                } else if letters {
                    break;
                }
                continue;
            }
            let mut chars = self.0[self.0.len() - bytes.len()..].chars();
            let Some(c) = chars.next() else { break };
            bytes = chars.as_str().as_bytes();
            if c.is_alphanumeric() {
                hash = c
                    .to_lowercase()
                    .fold(hash, |hash, c| with(hash, u32::from(c)));
                letters = true;
            } else if letters {
                break;
            }
        }
        self.0 = &self.0[self.0.len() - bytes.len()..];
        letters.then_some(hash)
    }
}

fn with(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The upper half of a well mixed hash of a run (the last step of `splitmix64` after each word).
fn hash(run: [u64; RUN]) -> u32 {
    let mixed = run.iter().fold(0u64, |hash, word| {
        let mut mixed = (hash ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    });
    u32::try_from(mixed >> 32).unwrap_or(u32::MAX)
}

/// In files a sketch is a run of hexadecimal digits, eight for each hash.
impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = String::new();
        self.write_digits(&mut digits);
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom("expected a sketch, eight hexadecimal digits a hash");
        let (eights, rest) = digits.as_bytes().as_chunks::<8>();
        let hash = |eight: &[u8; 8]| {
            let digits = str::from_utf8(eight).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        let hashes: Option<Vec<u32>> = eights.iter().map(hash).collect();
        let hashes = hashes.ok_or_else(wrong)?;
        if rest.is_empty() && hashes.is_sorted() {
            Ok(Self(hashes))
        } else {
            Err(wrong())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words of a text as one would write it down.
    fn plainly(piece: &str) -> Vec<u64> {
        let words = piece.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        let letters = |word: &str| {
            word.chars()
                .flat_map(char::to_lowercase)
                .collect::<Vec<_>>()
        };
        let hash = |word| {
            letters(word)
                .into_iter()
                .fold(EMPTY, |hash, c| with(hash, u32::from(c)))
        };
        words.map(hash).collect()
    }

    proptest! {
        #[test]
        fn words_are_split_at_what_is_no_letter(piece in "[aZ0 .,\u{c4}\u{df}\u{130}\u{20ac}\u{301}\n-]{0,40}") {
            prop_assert_eq!(Words(&piece).collect::<Vec<_>>(), plainly(&piece));
        }

        #[test]
        fn digits_come_back(hashes in prop::collection::btree_set(any::<u32>(), 0..20)) {
            let sketch = Sketch(hashes.into_iter().collect());
            let mut digits = String::new();
            sketch.write_digits(&mut digits);
            let plainly: Vec<String> = sketch.hashes().iter().map(|hash| format!("{hash:08x}")).collect();
            prop_assert_eq!(digits, plainly.concat());
        }
    }
}
