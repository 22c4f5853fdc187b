//! One sentence as the linker sees it: who stands where, governed by which preposition, in which
//! list and clause, and which words carry or change a claim.

use std::cell::OnceCell;

use super::attribute::Attribute;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Reference => "ref",
            Self::Previous => "prev",
            Self::Topic => "topic",
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
    pub(super) hits: Vec<Hit>,
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

/// Rules that carry nothing else make their neighbour an enemy.
const HOSTILE: &str = "conflict";

#[derive(Debug, Clone, Copy, Default)]
struct WordUse {
    prep: Option<Prep>,
    noun: Option<Noun>,
    trigger: Option<u16>,
    article: bool,
    conjunction: bool,
    subordinator: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(page: &'a Page<'a>, rules: &'a LanguageRules, index: usize) -> Self {
        let sentence = page.sentences[index];
        let hits = page.hits[index].clone();
        let uses = word_uses(rules, sentence, &hits);
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
        let hostile = |rule: Option<u16>| {
            let rule = rule.and_then(|r| self.rules.rules.get(usize::from(r)));
            rule.is_some_and(|r| r.kinds.iter().all(|k| k == HOSTILE))
        };
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
        mentions[from..]
            .iter()
            .take_while(|m| m.span.start < self.sentence.span.end)
            .filter_map(|m| {
                let (first, last) = self.page.token_range(m.span)?;
                Some(Item::at(first, last, m.entity, m.sense))
            })
            .collect()
    }

    /// Gives items of one list the same number.
    fn number_lists(&mut self) {
        for index in 0..self.items.len() {
            self.items[index].list = index;
            if index > 0 && self.coordinated(&self.items[index - 1], &self.items[index]) {
                self.items[index].list = self.items[index - 1].list;
            }
        }
    }

    /// The preposition right before an item or its article.
    fn before(&self, item: &Item) -> Option<Prep> {
        let tokens = (self.sentence.first..item.first).rev().take(2);
        let mut words = tokens.map(|token| self.used(token));
        words.find(|used| !used.article).and_then(|used| used.prep)
    }

    /// Whether nothing but conjunctions, commas, articles, adjectives and adverbs stands between two items, and at most
    /// the preposition of the first once more (`with Denmark and now also with Iceland`).
    fn coordinated(&self, a: &Item, b: &Item) -> bool {
        if b.first <= a.last || b.first - a.last > 5 {
            return b.first == a.last;
        }
        let mut linked = false;
        for token in a.last + 1..=b.first {
            let gap = self.page.gaps[token];
            if gap.hard {
                return false;
            }
            linked |= gap.comma || (gap.joined && token == b.first);
            if token == b.first {
                break;
            }
            let used = self.used(token);
            let possessive = self.page.word(token) == "s";
            let adjective = used.noun.is_some() || !starts_with_capital(self.page.surface(token));
            if used.trigger.is_some() && used.noun.is_none() {
                return false;
            }
            linked |= used.conjunction;
            if !(used.conjunction
                || used.article
                || possessive
                || (adjective && (used.prep.is_none() || used.prep == self.before(a))))
            {
                return false;
            }
        }
        linked
    }

    fn number_clauses(&mut self) {
        let mut clause = 0;
        let first = self.sentence.first;
        for token in first..self.sentence.end {
            if token > first && self.opens_clause(token) {
                clause += 1;
            }
            self.clauses.push(clause);
        }
        for index in 0..self.items.len() {
            self.items[index].clause = self.clause(self.items[index].first);
        }
    }

    /// A clause that a word of contrast opens and that names somebody under no preposition: not `während eines
    /// Besuchs in Kanada`, `while visiting Canada`.
    fn find_asides(&mut self) {
        let contrast = |h: &&Hit| self.meaning(h) == Meaning::Cue(Cue::Contrast);
        let opens = |h: &&Hit| {
            h.first == self.sentence.first || self.clause(h.first) != self.clause(h.first - 1)
        };
        let claims = |h: &&Hit| !self.triggers().any(|(_, t)| t.first == h.last + 1);
        let words = self
            .hits
            .iter()
            .filter(contrast)
            .filter(opens)
            .filter(claims);
        let clauses = words.map(|h| self.clause(h.first));
        let bare = |i: &Item| i.carried == Carried::No && i.prep.is_none() && !i.genitive;
        let named = |clause: &usize| self.items.iter().any(|i| i.clause == *clause && bare(i));
        self.asides = clauses.filter(named).collect();
    }

    /// Whether two items of a sentence have nothing to do with each other: a clause of contrast parts them, or one
    /// only says what the other is quoted to do.
    pub(super) fn parted(&self, x: &Item, y: &Item) -> bool {
        let aside = |i: &Item| i.carried == Carried::No && self.asides.contains(&i.clause);
        x.clause != y.clause && (aside(x) || aside(y) || self.quotes(x, y) || self.quotes(y, x))
    }

    /// Whether `x` stands beside a verb of saying, quotation marks are between the two, and nobody says `we`.
    fn quotes(&self, x: &Item, y: &Item) -> bool {
        let says = |h: &Hit| {
            self.meaning(h) == Meaning::Attribute(Attribute::Says)
                && (h.last + 1 == x.first || x.last + 1 == h.first)
        };
        let we = |h: &Hit| self.meaning(h) == Meaning::Cue(Cue::We);
        let (from, to) = (x.last.min(y.last) + 1, x.first.max(y.first));
        let here = x.carried == Carried::No && y.carried == Carried::No;
        here && (from..=to).any(|t| self.page.gaps.get(t).is_some_and(|g| g.quote))
            && self.hits.iter().any(says)
            && !self.hits.iter().any(we)
    }

    fn opens_clause(&self, token: usize) -> bool {
        let gap = self.page.gaps[token];
        if gap.hard {
            return true;
        }
        gap.comma && !self.inside_list(token)
    }

    fn inside_list(&self, token: usize) -> bool {
        let after = self.items.partition_point(|i| i.first < token);
        let (Some(left), Some(right)) = (
            after.checked_sub(1).and_then(|i| self.items.get(i)),
            self.items.get(after),
        ) else {
            return false;
        };
        left.list == right.list
    }

    fn govern(&mut self) {
        for index in 0..self.items.len() {
            let left = self.look_left(index);
            let (noun_right, trigger_right, possessive) = self.look_right(index);
            let item = &self.items[index];
            let genitive = possessive || self.is_genitive(item) && left.prep.is_none();
            let first_of_list = self.items[..index]
                .iter()
                .find(|other| other.list == item.list)
                .map(|other| (other.prep, other.outer));
            let item = &mut self.items[index];
            item.genitive = genitive;
            item.prep = left.prep;
            item.outer = left.outer;
            item.left = left.trigger;
            item.noun = noun_right.or(left.noun);
            item.right = trigger_right;
            if let (None, Some((prep, outer))) = (item.prep, first_of_list) {
                item.prep = prep;
                item.outer = outer;
            }
        }
    }

    fn is_genitive(&self, item: &Item) -> bool {
        let before = item
            .first
            .checked_sub(1)
            .filter(|&t| t >= self.sentence.first);
        let article = before.is_some_and(|t| matches!(self.page.word(t), "der" | "des"));
        let after_noun = before
            .filter(|_| article)
            .and_then(|t| t.checked_sub(1))
            .is_some_and(|t| t >= self.sentence.first && starts_with_capital(self.page.surface(t)));
        let ending = matches!(item.sense, Sense::Name | Sense::Seat)
            && self.rules.language == "de"
            && self.page.surface(item.last).ends_with('s')
            && before.is_some_and(|t| starts_with_capital(self.page.surface(t)));
        after_noun || ending
    }

    /// Walks left from an item over its own noun phrase to the preposition that governs it.
    fn look_left(&self, index: usize) -> Left {
        let mut left = Left::default();
        let mut strangers = 0;
        let mut token = self.items[index].first;
        for _ in 0..7 {
            let gap = self.page.gaps[token];
            if token == self.sentence.first || gap.comma || gap.hard {
                break;
            }
            token -= 1;
            let used = self.used(token);
            if let Some(prep) = used.prep {
                // `of` hands the question on to the noun before it.
                if left.prep.is_none() {
                    left.prep = Some(prep);
                    if prep != Prep::Of {
                        break;
                    }
                } else {
                    left.outer = Some(prep);
                    break;
                }
                continue;
            }
            if used.conjunction {
                break;
            }
            if used.noun.is_some() {
                left.noun = left.noun.or(used.noun);
            }
            if let Some(rule) = used.trigger
                && used.noun.is_none()
            {
                left.trigger = left.trigger.or(Some(rule));
                if left.prep.is_none() {
                    break;
                }
            } else if !used.article && used.noun.is_none() {
                strangers += 1;
                if strangers > 3 {
                    break;
                }
            }
        }
        left
    }

    /// Walks right from an item over the rest of its noun phrase.
    fn look_right(&self, index: usize) -> (Option<Noun>, Option<u16>, bool) {
        let item = &self.items[index];
        let possessive = self.page.gaps.get(item.last + 1).is_some_and(|g| g.joined)
            && self.page.word(item.last + 1) == "s";
        let attribute = possessive
            || matches!(
                item.sense,
                Sense::Adjective | Sense::Combining | Sense::Demonym | Sense::Name
            );
        if !attribute {
            return (None, None, possessive);
        }
        let reach = if item.sense == Sense::Name && !possessive {
            2
        } else {
            5
        };
        let (mut noun, mut trigger) = (None, None);
        for token in item.last + 1..(item.last + 1 + reach).min(self.sentence.end) {
            let gap = self.page.gaps[token];
            let used = self.used(token);
            if gap.comma || gap.hard || used.prep.is_some() || (used.conjunction && !gap.joined) {
                break;
            }
            noun = noun.or(used.noun);
            trigger = trigger.or(used.trigger);
            if noun.is_some() {
                break;
            }
        }
        (noun, trigger, possessive)
    }
}

#[derive(Debug, Default)]
struct Left {
    prep: Option<Prep>,
    outer: Option<Prep>,
    noun: Option<Noun>,
    trigger: Option<u16>,
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
            Meaning::Subordinator => uses[first].subordinator = true,
            Meaning::Cue(_) | Meaning::Reference(_) | Meaning::Attribute(_) => {}
        }
    }
    uses
}
