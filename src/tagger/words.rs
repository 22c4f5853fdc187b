//! The words of a language that the tagger looks for, compiled from `lang/<code>.toml`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::gazetteer::Language;
use crate::text::Span;
use crate::text::token::{Token, tokenize};

/// What a word or phrase may be; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    bits: u32,
    /// Index into [`Words::roles`] plus one; 0 is none.
    role: u8,
    /// Index into [`Words::bodies`] plus one.
    body: u8,
    /// Index into [`Words::heads`] plus one.
    head: u8,
}

macro_rules! fact_bits {
    ($($name:ident = $bit:expr),* $(,)?) => {
        impl Facts { $(pub(super) const $name: u32 = 1 << $bit;)* }
    };
}

fact_bits! {
    TITLE = 0, PARTICLE = 1, CONJUNCTION = 2, PLACE = 3, GOVERNMENT = 4, DATELINE = 5,
    APPOSITION = 6, OF = 7, HEADS = 8, BYLINE = 9, NO_NAME = 10, MILITARY = 11,
    COMPANY = 12, COMPANY_FORM = 13, COMPANY_TAIL = 14, COMPANY_HEAD = 15, WEAPON = 16,
    TYPE = 17, CLASS = 18, NOT_COUNTRY = 19, FIRST_NAME = 20, STATE = 21, TRAVEL = 22,
    SPEECH = 23, FORMER = 24, NO_DESIGNATOR = 25, NO_WEAPON = 26,
    HEAD_BEFORE = 27, HEAD_AFTER = 28, HEAD_OF = 29, TAIL = 30,
}

impl Facts {
    /// Whether any of `bits` is set.
    pub(super) fn any(self, bits: u32) -> bool {
        self.bits & bits != 0
    }

    /// The office the word names.
    pub(super) fn role(self) -> Option<usize> {
        usize::from(self.role).checked_sub(1)
    }

    /// The body of a state the word names.
    pub(super) fn body(self) -> Option<usize> {
        usize::from(self.body).checked_sub(1)
    }

    /// The kind of entity whose names the word heads.
    pub(super) fn head(self) -> Option<usize> {
        usize::from(self.head).checked_sub(1)
    }

    /// The same for a compound that ends in the word: what makes sense for whole words only is gone.
    pub(super) fn as_tail(self) -> Self {
        Self {
            bits: (self.bits & TAIL_BITS) | Self::TAIL,
            ..self
        }
    }

    /// Takes over what `other` says.
    pub(super) fn add(&mut self, other: Self) {
        self.bits |= other.bits;
        if self.role == 0 {
            self.role = other.role;
        }
        if self.body == 0 {
            self.body = other.body;
        }
        if self.head == 0 {
            self.head = other.head;
        }
    }
}

/// What a compound inherits from its last part.
const TAIL_BITS: u32 = Facts::MILITARY
    | Facts::COMPANY
    | Facts::COMPANY_HEAD
    | Facts::WEAPON
    | Facts::CLASS
    | Facts::GOVERNMENT
    | Facts::HEAD_BEFORE
    | Facts::HEAD_AFTER;

/// A phrase of several words: what follows the first, and what the whole is.
#[derive(Debug)]
struct Phrase {
    rest: Box<[u32]>,
    facts: Facts,
}

#[derive(Debug, Default)]
struct Word {
    facts: Facts,
    phrases: Vec<Phrase>,
}

/// A body of a state (`navy`) and how the gazetteer classes it.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) label_has: Vec<String>,
}

/// The word lists of one language.
#[derive(Debug)]
pub(super) struct Words {
    index: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
    endings: Vec<String>,
    tails: bool,
    /// Office ids.
    pub(super) roles: Vec<String>,
    /// Bodies of a state.
    pub(super) bodies: Vec<Body>,
    /// Entity kinds that have head words.
    pub(super) heads: Vec<String>,
    compound_heads: FxHashMap<Box<str>, ()>,
    longest_head: usize,
    /// Letters between the parts of a closed compound.
    pub(super) links: Vec<String>,
    /// What may stand in front of a country in one word.
    pub(super) prefixes: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Head {
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    of: Vec<String>,
}

#[derive(Deserialize)]
struct BodyWords {
    #[serde(default)]
    class: String,
    #[serde(default)]
    label_has: Vec<String>,
    words: Vec<String>,
}

/// `[tagger]` of a language file.
#[derive(Deserialize, Default)]
struct Section {
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    tails: bool,
    #[serde(default)]
    heads: BTreeMap<String, Head>,
    #[serde(default)]
    bodies: BTreeMap<String, BodyWords>,
    #[serde(default)]
    compound_heads: Vec<String>,
    #[serde(default)]
    compound_links: Vec<String>,
    #[serde(default)]
    compound_prefixes: Vec<String>,
    #[serde(flatten)]
    lists: BTreeMap<String, Vec<String>>,
}

/// The lists of `[tagger]` that only say what a word is.
const LISTS: [(&str, u32); 27] = [
    ("titles", Facts::TITLE),
    ("particles", Facts::PARTICLE),
    ("conjunctions", Facts::CONJUNCTION),
    ("place_prepositions", Facts::PLACE),
    ("government_words", Facts::GOVERNMENT),
    ("datelines", Facts::DATELINE),
    ("appositions", Facts::APPOSITION),
    ("of_words", Facts::OF),
    ("heads_verbs", Facts::HEADS),
    ("byline_words", Facts::BYLINE),
    ("not_in_names", Facts::NO_NAME),
    ("military_words", Facts::MILITARY),
    ("company_words", Facts::COMPANY),
    ("company_forms", Facts::COMPANY_FORM),
    ("company_tails", Facts::COMPANY_TAIL),
    ("company_heads", Facts::COMPANY_HEAD),
    ("weapon_words", Facts::WEAPON | Facts::MILITARY),
    ("type_words", Facts::TYPE),
    ("class_words", Facts::CLASS),
    ("not_countries", Facts::NOT_COUNTRY),
    ("country_first_names", Facts::FIRST_NAME),
    ("state_words", Facts::STATE),
    ("travel_words", Facts::TRAVEL),
    ("speech_words", Facts::SPEECH),
    ("former_words", Facts::FORMER),
    ("not_designators", Facts::NO_DESIGNATOR),
    ("not_weapons", Facts::NO_WEAPON),
];

/// The shortest list word that counts as the end of a longer one.
const SHORTEST_TAIL: usize = 5;

impl Words {
    /// Compiles the sections `[roles]` and `[tagger]`; what a file lacks is empty.
    pub(super) fn new(language: &Language) -> Self {
        let section: Section = language
            .section("tagger")
            .and_then(Result::ok)
            .unwrap_or_default();
        let mut words = Self {
            index: FxHashMap::default(),
            words: vec![Word::default()],
            endings: section.endings,
            tails: section.tails,
            roles: Vec::new(),
            bodies: Vec::new(),
            heads: Vec::new(),
            longest_head: section
                .compound_heads
                .iter()
                .map(String::len)
                .max()
                .unwrap_or(0),
            compound_heads: section
                .compound_heads
                .into_iter()
                .map(|h| (h.into(), ()))
                .collect(),
            links: section.compound_links,
            prefixes: section.compound_prefixes,
        };
        for (id, role) in &language.roles {
            words.roles.push(id.clone());
            let role_facts = Facts {
                role: as_id(words.roles.len()),
                ..Facts::default()
            };
            words.insert_all(&role.nouns, role_facts);
        }
        words.add_bodies(section.bodies);
        words.add_heads(section.heads);
        for (name, bits) in LISTS {
            let list = section
                .lists
                .get(name)
                .map(Vec::as_slice)
                .unwrap_or_default();
            words.insert_all(
                list,
                Facts {
                    bits,
                    ..Facts::default()
                },
            );
        }
        words
    }

    fn add_bodies(&mut self, bodies: BTreeMap<String, BodyWords>) {
        for (id, body) in bodies {
            let class = if body.class.is_empty() {
                id.clone()
            } else {
                body.class
            };
            self.bodies.push(Body {
                id,
                class,
                label_has: body.label_has,
            });
            let facts = Facts {
                body: as_id(self.bodies.len()),
                ..Facts::default()
            };
            self.insert_all(&body.words, facts);
        }
    }

    fn add_heads(&mut self, heads: BTreeMap<String, Head>) {
        for (kind, head) in heads {
            self.heads.push(kind);
            let id = as_id(self.heads.len());
            let parts = [
                (head.before, Facts::HEAD_BEFORE),
                (head.after, Facts::HEAD_AFTER),
                (head.of, Facts::HEAD_OF),
            ];
            for (list, bits) in parts {
                self.insert_all(
                    &list,
                    Facts {
                        bits,
                        head: id,
                        ..Facts::default()
                    },
                );
            }
        }
    }

    fn insert_all(&mut self, list: &[String], facts: Facts) {
        for phrase in list {
            self.insert(phrase, facts);
        }
    }

    fn insert(&mut self, phrase: &str, facts: Facts) {
        let mut tokens = Vec::new();
        tokenize(phrase, &mut tokens);
        let ids: Vec<u32> = tokens
            .iter()
            .map(|t| self.intern(t.span.of(phrase)))
            .collect();
        let Some((&first, rest)) = ids.split_first() else {
            return;
        };
        let Some(word) = self.words.get_mut(first as usize) else {
            return;
        };
        if rest.is_empty() {
            word.facts.add(facts);
        } else if let Some(old) = word.phrases.iter_mut().find(|p| *p.rest == *rest) {
            old.facts.add(facts);
        } else {
            word.phrases.push(Phrase {
                rest: rest.into(),
                facts,
            });
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(0);
        let id = *self.index.entry(word.to_lowercase().into()).or_insert(next);
        if id == next {
            self.words.push(Word::default());
        }
        id
    }

    /// The id of a word, 0 if no list has it. `lower` is the word in small letters.
    pub(super) fn id_of(&self, lower: &str, compound: bool) -> (u32, bool) {
        if let Some(&id) = self.index.get(lower) {
            return (id, false);
        }
        for ending in &self.endings {
            let stem = lower.strip_suffix(ending.as_str()).filter(|s| s.len() >= 3);
            if let Some(&id) = stem.and_then(|s| self.index.get(s)) {
                return (id, false);
            }
        }
        if !(compound && self.tails) {
            return (0, false);
        }
        (self.tail_of(lower), true)
    }

    /// The longest list word that `lower` ends in.
    fn tail_of(&self, lower: &str) -> u32 {
        for (at, _) in lower.char_indices().skip(3) {
            let Some(tail) = lower.get(at..).filter(|t| t.len() >= SHORTEST_TAIL) else {
                return 0;
            };
            if let Some(&id) = self.index.get(tail) {
                return id;
            }
            let stems = self
                .endings
                .iter()
                .filter_map(|e| tail.strip_suffix(e.as_str()));
            let found = stems
                .filter(|s| s.len() >= SHORTEST_TAIL)
                .find_map(|s| self.index.get(s));
            if let Some(&id) = found {
                return id;
            }
        }
        0
    }

    /// What the word itself is.
    pub(super) fn facts(&self, id: u32) -> Facts {
        self.words
            .get(id as usize)
            .map(|w| w.facts)
            .unwrap_or_default()
    }

    /// Calls `found(words, facts)` for every phrase of two words and more that starts `ids`.
    pub(super) fn phrases_at(&self, ids: &[u32], mut found: impl FnMut(usize, Facts)) {
        let Some((&first, rest)) = ids.split_first() else {
            return;
        };
        for phrase in self
            .words
            .get(first as usize)
            .map(|w| w.phrases.as_slice())
            .unwrap_or_default()
        {
            if rest.starts_with(&phrase.rest) {
                found(phrase.rest.len() + 1, phrase.facts);
            }
        }
    }

    /// The length of the first part if `lower` is a closed compound with one of the heads;
    /// the longest head wins. Linking letters stay with the first part.
    pub(super) fn compound_cut(&self, lower: &str) -> Option<usize> {
        let shortest = lower.len().saturating_sub(self.longest_head).max(3);
        (shortest..lower.len())
            .filter(|&at| lower.is_char_boundary(at))
            .find(|&at| {
                lower
                    .get(at..)
                    .is_some_and(|t| self.compound_heads.contains_key(t))
            })
    }
}

fn as_id(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// The part of a token in front of byte `len` as a token of its own.
pub(super) fn front(token: Token, len: usize) -> Token {
    Token {
        span: Span::new(token.span.start, token.span.start + len),
        digits: token.digits,
    }
}
