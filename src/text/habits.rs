//! What the sentence splitter must know of a language, in a form that is asked without allocating.

use serde::Deserialize;

/// Section `[sentences]` of `rules/<lang>.toml`: how a language writes the full stops that end no sentence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HabitWords {
    /// Abbreviations that something always follows (`Dr.`, `z. B.`).
    pub fixed: Vec<String>,
    /// Abbreviations that may be the last word: a sentence ends there before one of `openers`. `*str`: whatever ends so.
    pub abbreviations: Vec<String>,
    /// Words that are abbreviations before a number only (`No. 10`, `Art. 5`).
    pub before_numbers: Vec<String>,
    /// Words with which sentences begin, and names hardly ever.
    pub openers: Vec<String>,
    /// Words before a number whose full stop makes it an ordinal (`am 8. Juli`); empty where ordinals are not written so.
    pub ordinal_contexts: Vec<String>,
    /// Words after such a number, whatever stands before it. `*brigade`: whatever ends so.
    pub ordinal_nouns: Vec<String>,
}

/// The same, compiled. The default knows no abbreviation.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    stops: Words,
    openers: Words,
    ordinal_contexts: Words,
    ordinal_nouns: Words,
    /// Whether numbers with a full stop are ordinals.
    pub(super) ordinals: bool,
}

/// What a full stop after a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stop {
    /// Never the end.
    Fixed,
    /// The end if a new sentence opens for sure.
    MayEnd,
    /// Not the end before a number.
    BeforeNumber,
}

impl Habits {
    /// Compiles the words of a language.
    pub fn new(words: &HabitWords) -> Self {
        let mut stops = Words::default();
        stops.add(&words.before_numbers, Stop::BeforeNumber);
        stops.add(&words.abbreviations, Stop::MayEnd);
        stops.add(&words.fixed, Stop::Fixed);
        let set = |list: &[String]| {
            let mut set = Words::default();
            set.add(list, Stop::Fixed);
            set
        };
        Self {
            stops,
            openers: set(&words.openers),
            ordinal_contexts: set(&words.ordinal_contexts),
            ordinal_nouns: set(&words.ordinal_nouns),
            ordinals: !words.ordinal_contexts.is_empty(),
        }
    }

    /// What the full stop after `word` means, if it is an abbreviation.
    pub(super) fn stop(&self, word: &str) -> Option<Stop> {
        self.stops.find(word)
    }

    /// Whether sentences begin with `word`.
    pub(super) fn opens(&self, word: &str) -> bool {
        self.openers.find(word).is_some()
    }

    /// Whether a number after `word` is an ordinal.
    pub(super) fn before_ordinal(&self, word: &str) -> bool {
        self.ordinal_contexts.find(word).is_some()
    }

    /// Whether a number before `word` is an ordinal.
    pub(super) fn after_ordinal(&self, word: &str) -> bool {
        self.ordinal_nouns.find(word).is_some()
    }
}

/// Short words, found whatever their capitals.
#[derive(Clone, Debug, Default)]
struct Words {
    /// Sorted by word.
    keys: Vec<(u128, Stop)>,
    /// A bit for the hash of each key: most words that are asked for are not in the list.
    filter: [u64; 8],
    endings: Vec<(String, Stop)>,
}

impl Words {
    /// Adds words; what is there already means what was said last.
    fn add(&mut self, words: &[String], stop: Stop) {
        for word in words {
            if let Some(ending) = word.strip_prefix('*') {
                self.endings.push((ending.to_owned(), stop));
            } else if let Some(key) = key_of(word) {
                self.keys.retain(|(known, _)| *known != key);
                self.keys.push((key, stop));
                let (slot, bit) = place_of(key);
                self.filter[slot] |= bit;
            }
        }
        self.keys.sort_unstable();
    }

    fn find(&self, word: &str) -> Option<Stop> {
        let exact = key_of(word).and_then(|key| self.lookup(key));
        exact.or_else(|| {
            let ends = self.endings.iter().find(|(e, _)| ends_with(word, e));
            ends.map(|(_, stop)| *stop)
        })
    }

    fn lookup(&self, key: u128) -> Option<Stop> {
        let (slot, bit) = place_of(key);
        if self.filter[slot] & bit == 0 {
            return None;
        }
        let at = self.keys.binary_search_by_key(&key, |(k, _)| *k).ok()?;
        self.keys.get(at).map(|(_, stop)| *stop)
    }
}

/// Where the filter remembers a key: one of 8 words, one of 64 bits.
fn place_of(key: u128) -> (usize, u64) {
    let [a, b] =
        [key, key >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
    let folded = (a ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (
        usize::try_from(folded >> 61).unwrap_or(0),
        1 << ((folded >> 55) & 63),
    )
}

/// A word of up to 16 bytes in small letters, as a number; longer ones are in no list.
///
/// The bit that parts small letters from capitals is set in every byte: in ASCII and in the second byte of `Ä` to `Þ` it is
/// the difference, digits and full stops have it anyway, and other signs are in no word.
fn key_of(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let place = bytes.get_mut(..word.len())?;
    place.copy_from_slice(word.as_bytes());
    let unused = 128 - 8 * u32::try_from(word.len()).ok()?;
    let small = (u128::MAX / 255 * 0x20).checked_shr(unused)?;
    Some(u128::from_le_bytes(bytes) | small)
}

fn ends_with(word: &str, ending: &str) -> bool {
    let (word, ending) = (word.as_bytes(), ending.as_bytes());
    let tail = word.len().checked_sub(ending.len()).map(|at| &word[at..]);
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}
