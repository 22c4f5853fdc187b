//! Which texts are copies of each other: what a text leaves behind to be known by, and who shares it.
//!
//! A [`Sketch`] holds the least of the hashes of every few runs of words that follow each other (winnowing, a
//! `MinHash` of each place instead of one of the whole). So two texts that share a passage share its hashes,
//! however much stands around it: what a paper cuts away or puts in front of an agency's text changes
//! little. How much of the shorter text the longer one has can be read from two sketches alone.

mod group;

use std::fmt::{self, Write as _};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of a run that is hashed.
const RUN: usize = 4;
/// Runs of which the least hash is kept: whoever shares `RUN + WINDOW - 1` words in a row shares a hash.
const WINDOW: usize = 5;

/// What a text is known by: some hashes of its runs of words, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text in pieces; case and signs do not count. Empty if there are only a few words.
    pub fn of<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        let words = pieces.into_iter().flat_map(words).map(word);
        let mut run = [0u64; RUN];
        let mut window = [u32::MAX; WINDOW];
        let mut kept = Vec::new();
        let mut newest = None;
        let mut runs = 0usize;
        for (at, word) in words.enumerate() {
            run.rotate_left(1);
            run[RUN - 1] = word;
            if at + 1 < RUN {
                continue;
            }
            window[runs % WINDOW] = hash(run);
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

fn words(piece: &str) -> impl Iterator<Item = &str> {
    piece
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// FNV-1a of a word in lower case: the same on every machine and in every version.
fn word(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
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

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|hash| write!(f, "{hash:08x}"))
    }
}

/// In files a sketch is a run of hexadecimal digits, eight for each hash.
impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = String::with_capacity(self.0.len() * 8);
        // Writing to a string cannot fail.
        let _ = write!(digits, "{self}");
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
