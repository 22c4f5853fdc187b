//! The words of a language that the tagger looks for, compiled from `lang/<code>.toml`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use thread_local::ThreadLocal;

use crate::gazetteer::{BodyWords, Head, Language, TaggerSection};
use crate::text::Span;
use crate::text::token::{Token, tokenize};

use super::facts::{Facts, LISTS};
use super::kind::Kind;
use super::memory::Memory;

/// A phrase of several words: what follows the first, and what the whole is.
#[derive(Clone, Debug)]
struct Phrase {
    rest: Box<[u32]>,
    facts: Facts,
}

#[derive(Clone, Debug, Default)]
struct Word {
    facts: Facts,
    phrases: Vec<Phrase>,
}

/// A body of a state (`navy`) and how the gazetteer classes it.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) label_has: Vec<String>,
}

/// The word lists of one language.
#[derive(Clone, Debug)]
pub(super) struct Words {
    index: FxHashMap<Box<str>, u32>,
    entries: Vec<Word>,
    endings: Vec<String>,
    /// Endings by which a capitalised word may be a noun and no name.
    pub(super) noun_endings: Vec<String>,
    tails: bool,
    /// Whether every noun has a capital.
    pub(super) capital_nouns: bool,
    /// Office ids.
    pub(super) roles: Vec<String>,
    /// Bodies of a state.
    pub(super) bodies: Vec<Body>,
    /// Entity kinds that have head words.
    pub(super) heads: Vec<Kind>,
    compound_heads: FxHashSet<Box<str>>,
    longest_head: usize,
    /// Letters between the parts of a closed compound.
    pub(super) links: Vec<String>,
    /// What may stand in front of a country in one word.
    pub(super) prefixes: Vec<String>,
    /// What each thread found out about words.
    known: Arc<ThreadLocal<RefCell<Memory>>>,
}

/// The shortest list word that counts as the end of a longer one.
const SHORTEST_TAIL: usize = 5;

impl Words {
    /// Compiles the sections `[roles]` and `[tagger]`; what a file lacks is empty. The loader of the
    /// vocabulary has checked that they can be read.
    pub(super) fn new(language: &Language) -> Self {
        let section: TaggerSection = language
            .section("tagger")
            .and_then(Result::ok)
            .unwrap_or_default();
        let longest = section.compound_heads.iter().map(String::len).max();
        let mut words = Self {
            index: FxHashMap::default(),
            entries: vec![Word::default()],
            endings: section.endings,
            noun_endings: section.noun_endings,
            tails: section.tails,
            capital_nouns: section.capital_nouns,
            roles: Vec::new(),
            bodies: Vec::new(),
            heads: Vec::new(),
            longest_head: longest.unwrap_or(0),
            compound_heads: section.compound_heads.into_iter().map(Into::into).collect(),
            links: section.compound_links,
            prefixes: section.compound_prefixes,
            known: Arc::default(),
        };
        words.add_roles(language);
        words.add_bodies(section.bodies);
        words.add_heads(section.heads);
        words.add_lists(&section.lists);
        words
    }

    fn add_roles(&mut self, language: &Language) {
        for (id, role) in &language.roles {
            self.roles.push(id.clone());
            let role_facts = Facts {
                role: as_id(self.roles.len()),
                ..Facts::default()
            };
            self.insert_all(&role.nouns, role_facts);
        }
    }

    fn add_lists(&mut self, lists: &BTreeMap<String, Vec<String>>) {
        for (name, bits) in LISTS {
            let list = lists.get(name).map(Vec::as_slice).unwrap_or_default();
            let facts = Facts {
                bits,
                ..Facts::default()
            };
            self.insert_all(list, facts);
        }
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
            self.heads.push(Kind::of(&kind));
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
        let Some(word) = self.entries.get_mut(first as usize) else {
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
        let next = u32::try_from(self.entries.len()).unwrap_or(0);
        let id = *self.index.entry(word.to_lowercase().into()).or_insert(next);
        if id == next {
            self.entries.push(Word::default());
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
        self.entries
            .get(id as usize)
            .map(|w| w.facts)
            .unwrap_or_default()
    }

    /// Whether a phrase of two words and more starts with this word.
    pub(super) fn starts_phrase(&self, id: u32) -> bool {
        let word = self.entries.get(id as usize);
        id != 0 && word.is_some_and(|word| !word.phrases.is_empty())
    }

    /// What this thread remembers of words.
    pub(super) fn memory(&self) -> &RefCell<Memory> {
        self.known.get_or_default()
    }

    /// Calls `found(words, facts)` for every phrase of two words and more that starts `ids`.
    pub(super) fn phrases_at(
        &self,
        mut ids: impl Iterator<Item = u32> + Clone,
        mut found: impl FnMut(usize, Facts),
    ) {
        let Some(first) = ids.next() else {
            return;
        };
        for phrase in self
            .entries
            .get(first as usize)
            .map(|w| w.phrases.as_slice())
            .unwrap_or_default()
        {
            let mut next = ids.clone();
            if phrase.rest.iter().all(|&word| next.next() == Some(word)) {
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
                    .is_some_and(|t| self.compound_heads.contains(t))
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
