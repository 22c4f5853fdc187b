//! One sentence as the linker sees it: who stands where, governed by which preposition, in which
//! list and clause, and which words carry or change a claim.

mod clauses;
mod govern;

use std::cell::OnceCell;

use super::model::{Piece, piece};
use super::page::{Page, Sentence};
use super::pattern::{Hit, NAME};
use super::rules::{Cue, LanguageRules, Meaning, Noun, Prep, Reference};
use super::time::Found;
use crate::mention::Sense;

/// A name, or words that stand for one, in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
    /// The entity that is named; of a reference to several, each gets an item of its own.
    pub(super) entity: usize,
    /// How the name is used.
    pub(super) sense: Sense,
    /// The preposition that governs it.
    pub(super) prep: Option<Prep>,
    /// The preposition that governs the noun it is an attribute of (`with the government of`).
    pub(super) outer: Option<Prep>,
    /// Genitive or possessive.
    pub(super) genitive: bool,
    /// The noun it belongs to (`norwegische Marine`, `government of Norway`).
    pub(super) noun: Option<Noun>,
    /// The trigger rule whose words stand right before it.
    pub(super) left: Option<u16>,
    /// The trigger rule whose words follow in the same noun phrase.
    pub(super) right: Option<u16>,
    /// Number of the list (`A, B und C`) it is in; items of one number are coordinated.
    pub(super) list: usize,
    /// Number of the clause.
    pub(super) clause: usize,
    /// Whether the sentence itself names it, or from where it is carried over.
    pub(super) carried: Carried,
}

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Carried {
    /// The sentence names it.
    No,
    /// A reference word stands for it (`beide Länder`).
    Reference,
    /// The sentence before names it.
    Previous,
    /// It is what the document is about.
    Topic,
}

impl Carried {
    pub(super) fn piece(self) -> Piece<'static> {
        match self {
            Self::No => piece!("no"),
            Self::Reference => piece!("ref"),
            Self::Previous => piece!("prev"),
            Self::Topic => piece!("topic"),
        }
    }
}

/// A sentence with everything the candidates need.
pub(super) struct Scene<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) rules: &'a LanguageRules,
    pub(super) sentence: Sentence,
    /// Number of the sentence in the document.
    pub(super) index: usize,
    /// Pattern hits, token numbers counted in the document.
    pub(super) hits: &'a [Hit],
    pub(super) items: Vec<Item>,
    /// Clause of each token, counted from the sentence's first.
    clauses: Vec<usize>,
    /// What each token is as a function word, counted from the sentence's first.
    words: Vec<WordUse>,
    /// The dates it names.
    pub(super) dates: OnceCell<Vec<Found>>,
    /// Clauses that are only set against the rest of the sentence (`While China leads the race, ...`).
    asides: Vec<usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct WordUse {
    prep: Option<Prep>,
    noun: Option<Noun>,
    trigger: Option<u16>,
    article: bool,
    conjunction: bool,
    opener: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(page: &'a Page<'a>, rules: &'a LanguageRules, index: usize) -> Self {
        let sentence = page.sentences[index];
        let hits = &page.hits[index];
        let uses = word_uses(rules, sentence, hits);
        let mut scene = Self {
            page,
            rules,
            sentence,
            index,
            hits,
            items: Vec::new(),
            clauses: Vec::new(),
            words: uses,
            dates: OnceCell::new(),
            asides: Vec::new(),
        };
        scene.items = scene.find_items();
        scene.number_lists();
        scene.number_clauses();
        scene.govern();
        scene.find_asides();
        scene
    }

    pub(super) fn meaning(&self, hit: &Hit) -> Meaning {
        self.rules.meanings[usize::from(hit.label)]
    }

    /// Whether an item is named as an enemy: `der russische Angriffskrieg`, `against Russia`.
    pub(super) fn is_enemy(&self, item: &Item) -> bool {
        let hostile = |rule: Option<u16>| rule.is_some_and(|r| self.rules.makes_enemies(r));
        item.noun == Some(Noun::Hostility)
            || item.prep == Some(Prep::Against)
            || item.outer == Some(Prep::Against)
            || hostile(item.right)
    }

    /// Whether an item only says in which town something happens: `in the Turkish capital`.
    pub(super) fn is_place(item: &Item) -> bool {
        item.noun == Some(Noun::City) && matches!(item.prep, Some(Prep::In | Prep::From | Prep::To))
    }

    /// Hits of trigger rules.
    pub(super) fn triggers(&self) -> impl Iterator<Item = (u16, &Hit)> {
        self.hits.iter().filter_map(|hit| match self.meaning(hit) {
            Meaning::Trigger(rule) => Some((rule, hit)),
            _ => None,
        })
    }

    /// Hits of a cue list.
    pub(super) fn cues(&self) -> impl Iterator<Item = (Cue, &Hit)> {
        self.hits.iter().filter_map(|hit| match self.meaning(hit) {
            Meaning::Cue(cue) => Some((cue, hit)),
            _ => None,
        })
    }

    /// Hits of reference words.
    pub(super) fn references(&self) -> impl Iterator<Item = (Reference, &Hit)> {
        self.hits.iter().filter_map(|hit| match self.meaning(hit) {
            Meaning::Reference(reference) => Some((reference, hit)),
            _ => None,
        })
    }

    /// Clause of a token of the sentence.
    pub(super) fn clause(&self, token: usize) -> usize {
        self.clauses
            .get(token.saturating_sub(self.sentence.first))
            .copied()
            .unwrap_or_default()
    }

    fn used(&self, token: usize) -> WordUse {
        token
            .checked_sub(self.sentence.first)
            .and_then(|at| self.words.get(at))
            .copied()
            .unwrap_or_default()
    }

    fn find_items(&self) -> Vec<Item> {
        let mentions = &self.page.tagged.mentions;
        let from = mentions.partition_point(|m| m.span.start < self.sentence.span.start);
        let end = self.sentence.span.end;
        let mine = mentions[from..].iter().take_while(|m| m.span.start < end);
        // Others are taken over from the sentence before.
        let mut items = Vec::with_capacity(mine.clone().count() + TAKEN_OVER);
        items.extend(mine.filter_map(|m| {
            let (first, last) = self.page.token_range(m.span)?;
            Some(Item::at(first, last, m.entity, m.sense))
        }));
        items
    }
}

impl Item {
    pub(super) fn at(first: usize, last: usize, entity: usize, sense: Sense) -> Self {
        Self {
            first,
            last,
            entity,
            sense,
            prep: None,
            outer: None,
            genitive: false,
            noun: None,
            left: None,
            right: None,
            list: 0,
            clause: 0,
            carried: Carried::No,
        }
    }
}

/// Room for so many that the sentence itself does not name.
const TAKEN_OVER: usize = 4;

fn starts_with_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn word_uses(rules: &LanguageRules, sentence: Sentence, hits: &[Hit]) -> Vec<WordUse> {
    let mut uses = vec![WordUse::default(); sentence.end - sentence.first];
    for hit in hits.iter().filter(|h| h.pattern != NAME) {
        let meaning = rules.meanings[usize::from(hit.label)];
        let (first, last) = (hit.first - sentence.first, hit.last - sentence.first);
        match meaning {
            Meaning::Trigger(rule) => {
                uses[first].trigger = uses[first].trigger.or(Some(rule));
                uses[last].trigger = uses[last].trigger.or(Some(rule));
            }
            Meaning::Noun(noun) => uses[last].noun = uses[last].noun.or(Some(noun)),
            Meaning::Prep(prep) => uses[last].prep = uses[last].prep.or(Some(prep)),
            Meaning::Article => uses[first].article = true,
            Meaning::Conjunction => uses[last].conjunction = true,
            Meaning::Opener => uses[first].opener = true,
            Meaning::Cue(_)
            | Meaning::Reference(_)
            | Meaning::Attribute(_)
            | Meaning::Subordinator => {}
        }
    }
    uses
}
