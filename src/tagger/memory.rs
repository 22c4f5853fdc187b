//! What a word is by itself: worked out once for each word, and remembered from text to text.

use crate::gazetteer::{EntityIx, Gazetteer, Lexicon};
use crate::text::fold::eight_at;
use crate::text::token::Token;

use super::compound;
use super::facts::Facts;
use super::kind::{Kind, Kinds};
use super::marks::{self, Marks};
use super::shape::{Case, case_of};
use super::words::Words;

/// What a word is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) facts: Facts,
    /// Its number in the lists.
    pub(super) id: u32,
    pub(super) marks: Marks,
    pub(super) case: Case,
    /// Its letters; 255 are that many or more.
    pub(super) letters: u8,
}

impl Known {
    const NOTHING: Self = Self {
        facts: Facts::NONE,
        id: 0,
        marks: 0,
        case: Case::Lower,
        letters: 0,
    };
}

/// Words that are remembered; a later one takes the place of an earlier one.
const SLOTS: usize = 1 << 13;

/// Words with more bytes are worked out each time.
const LONGEST: usize = 32;

/// The bytes of a word, as numbers.
type Key = [u64; LONGEST / 8];

/// A word and what it is, in one line of the processor's memory.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Slot(Key, Known);

/// What a thread remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Empty until the first word comes.
    slots: Vec<Slot>,
}

/// Where words are looked up.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) words: &'a Words,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: Lexicon<'a>,
    pub(super) kinds: &'a Kinds,
}

impl Sources<'_> {
    /// The kind of an entity.
    pub(super) fn kind_of(self, ix: EntityIx) -> Kind {
        self.kinds.of(self.gazetteer.entity(ix).kind)
    }
}

impl Memory {
    /// What a token of a text is by itself; `hash` is of its small letters.
    pub(super) fn recall(&mut self, text: &str, token: Token, hash: u64, from: &Sources) -> Known {
        let (start, end) = (token.span.start, token.span.end);
        if end - start > LONGEST {
            return work_out(text, token, from);
        }
        let key = key_of(text.as_bytes(), start, end);
        if self.slots.is_empty() {
            self.slots
                .resize(SLOTS, Slot(Key::default(), Known::NOTHING));
        }
        // words that differ in their capitals have one hash
        let mixed = (hash ^ key[0]).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = usize::try_from(mixed >> 51).unwrap_or(0);
        let Some(Slot(held, known)) = self.slots.get_mut(slot) else {
            return work_out(text, token, from);
        };
        if differ(held, &key) {
            *known = work_out(text, token, from);
            *held = key;
        }
        *known
    }
}

/// A word as numbers. No word has a zero byte.
fn key_of(bytes: &[u8], start: usize, end: usize) -> Key {
    let mut key = Key::default();
    key[0] = eight_at(bytes, start, end);
    if end - start > 8 {
        let rest = key.iter_mut().zip((start..end).step_by(8));
        for (part, at) in rest.skip(1) {
            *part = eight_at(bytes, at, end);
        }
    }
    key
}

fn differ(a: &Key, b: &Key) -> bool {
    a.iter().zip(b).fold(0, |bits, (a, b)| bits | (a ^ b)) != 0
}

#[cold]
#[inline(never)]
fn work_out(text: &str, token: Token, from: &Sources) -> Known {
    let word = token.span.of(text);
    let case = case_of(&token, text);
    let small: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.chars().flat_map(char::to_lowercase).collect()
    };
    let (id, tail) = from.words.id_of(&small, case != Case::Lower);
    let facts = from.words.facts(id);
    let facts = if tail && id != 0 {
        facts.as_tail()
    } else {
        facts
    };
    let mut known = Known {
        facts,
        id,
        marks: 0,
        case,
        letters: u8::try_from(word.chars().count()).unwrap_or(u8::MAX),
    };
    known.marks = marks_of(word, &known, from.words);
    if compound::is_one(text, token, &small, case, *from) {
        known.marks |= marks::COMPOUND;
    }
    known
}

/// The reasons that a word by itself is.
fn marks_of(word: &str, known: &Known, words: &Words) -> Marks {
    let facts = known.facts;
    let capital = matches!(known.case, Case::Title | Case::Upper | Case::Mixed);
    let loud = matches!(known.case, Case::Upper | Case::Mixed);
    let capitals = || word.chars().filter(|c| c.is_uppercase()).count();
    let acronym = loud && (2..=9).contains(&known.letters) && capitals() >= 2;
    let counts = known.case == Case::Digits || facts.any(Facts::NUMBER);
    [
        (acronym && !facts.any(Facts::NO_ACRONYM), marks::ACRONYM),
        (facts.body().is_some(), marks::BODY),
        (facts.any(Facts::UNIT), marks::UNIT),
        (facts.any(head_facts(words)), marks::HEAD),
        (facts.any(Facts::NAMED), marks::NAMED),
        (capital, marks::CAPITAL),
        (facts.any(Facts::CONJUNCTION), marks::LISTED),
        (loud, marks::LOUD),
        (facts.role().is_some(), marks::ROLE),
        (words.starts_phrase(known.id), marks::PHRASE),
        (counts, marks::COUNTS),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |marks, (_, mark)| marks | mark)
}

/// What makes a single word a reason to look for names with head words and for companies.
fn head_facts(words: &Words) -> u64 {
    // `von X hergestellt`
    let of = if words.capital_nouns { Facts::OF } else { 0 };
    of | Facts::HEAD_OF
        | Facts::HEAD_BEFORE
        | Facts::HEAD_AFTER
        | Facts::COMPANY_FORM
        | Facts::COMPANY_TAIL
        | Facts::COMPANY_HEAD
        | Facts::MADE
}
