//! What a word is by itself: worked out once for each word, and remembered from text to text.

use crate::gazetteer::{EntityIx, Gazetteer, Lexicon, NameHead};
use crate::text::token::{Token, eight_at};

use super::compound;
use super::facts::Facts;
use super::kind::{Kind, Kinds};
use super::shape::{Case, case_of};
use super::words::Words;

/// A set of reasons to look at a token: a step begins at the tokens that bear one of its own.
pub(super) type Marks = u16;

/// A name of the gazetteer may start here.
pub(super) const NAME: Marks = 1;
/// The word is a compound with a name in it.
pub(super) const COMPOUND: Marks = 1 << 1;
/// The word looks like an acronym.
pub(super) const ACRONYM: Marks = 1 << 2;
/// A body of a state starts here.
pub(super) const BODY: Marks = 1 << 3;
/// A unit's noun.
pub(super) const UNIT: Marks = 1 << 4;
/// A head word, or what shows a company.
pub(super) const HEAD: Marks = 1 << 5;
/// `called`, `namens`, or a quotation.
pub(super) const NAMED: Marks = 1 << 6;
/// Behind a comma or an apostrophe.
pub(super) const APPOSED: Marks = 1 << 7;
/// A capital first.
pub(super) const CAPITAL: Marks = 1 << 8;
/// Links or counts what stands beside it.
pub(super) const LISTED: Marks = 1 << 9;
/// Two capitals and more.
pub(super) const LOUD: Marks = 1 << 10;
/// An office starts here.
pub(super) const ROLE: Marks = 1 << 11;
/// A phrase of the lists may start with the word.
pub(super) const PHRASE: Marks = 1 << 12;
/// `than so and so many` count what stands behind them.
pub(super) const COUNTS: Marks = 1 << 13;

/// What a word is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) facts: Facts,
    /// Of its small letters, as the lexicon has it.
    pub(super) hash: u64,
    pub(super) head: Option<NameHead>,
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
        hash: 0,
        head: None,
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

/// What a thread remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Empty until the first word comes.
    slots: Vec<(Key, Known)>,
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
    /// What a token of a text is by itself.
    pub(super) fn recall(&mut self, text: &str, token: Token, from: Sources) -> Known {
        let Some((key, slot)) = key_of(text.as_bytes(), token) else {
            return work_out(text, token, from);
        };
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, (Key::default(), Known::NOTHING));
        }
        let Some((held, known)) = self.slots.get_mut(slot) else {
            return work_out(text, token, from);
        };
        if *held != key {
            *known = work_out(text, token, from);
            *held = key;
        }
        *known
    }
}

/// A word as numbers, and where it is remembered. No word has a zero byte.
fn key_of(bytes: &[u8], token: Token) -> Option<(Key, usize)> {
    let (start, end) = (token.span.start, token.span.end);
    if end - start > LONGEST {
        return None;
    }
    let mut key = Key::default();
    let mut hash = 0_u64;
    for (part, at) in key.iter_mut().zip((start..end).step_by(8)) {
        *part = eight_at(bytes, at, end);
        hash = (hash.rotate_left(26) ^ *part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    let slot = usize::try_from(hash >> 51).unwrap_or(0);
    Some((key, slot))
}

fn work_out(text: &str, token: Token, from: Sources) -> Known {
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
    let hash = Lexicon::hash(text, token.span);
    let head = from.lexicon.head(hash);
    let head = head.filter(|head| head.goes_on() || from.lexicon.is_form(*head, text, token));
    let mut known = Known {
        facts,
        hash,
        head,
        id,
        marks: 0,
        case,
        letters: u8::try_from(word.chars().count()).unwrap_or(u8::MAX),
    };
    known.marks = marks_of(word, &known, from.words);
    if compound::is_one(text, token, &small, case, from) {
        known.marks |= COMPOUND;
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
        (known.head.is_some(), NAME),
        (acronym && !facts.any(Facts::NO_ACRONYM), ACRONYM),
        (facts.body().is_some(), BODY),
        (facts.any(Facts::UNIT), UNIT),
        (facts.any(head_facts(words)), HEAD),
        (facts.any(Facts::NAMED), NAMED),
        (capital, CAPITAL),
        (facts.any(Facts::CONJUNCTION), LISTED),
        (loud, LOUD),
        (facts.role().is_some(), ROLE),
        (words.starts_phrase(known.id), PHRASE),
        (counts, COUNTS),
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
