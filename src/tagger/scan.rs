//! One pass over the tokens for every name of the gazetteer, then the choice between overlapping ones.

use std::cell::OnceCell;
use std::cmp::Reverse;

use crate::gazetteer::{FormEntry, Lang, Needs};
use crate::mention::{FoundBy, Sense};

use super::context::Contexts;
use super::facts::Facts;
use super::frame::Frame;
use super::home::Homes;
use super::kind;
use super::marks;
use super::shape::{Case, Gap};
use super::state::{Found, State, Target};

/// The longest phrase of a list, less one.
const LONGEST_PHRASE: usize = 5;

/// A name that may be meant at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entry: FormEntry,
}

/// Everything one pass finds: names to choose from, and surnames for later.
pub(super) struct Scan {
    names: Vec<Candidate>,
    /// Surnames alone, which count only after a title or the full name.
    pub(super) surnames: Vec<Candidate>,
    /// `Luftwaffe`: nouns that are also the name of one country's body.
    pub(super) bodies: Vec<Candidate>,
}

/// Reads the text once.
pub(super) fn scan(state: &State) -> Scan {
    let frame = state.frame;
    let lang = Lang::new(&frame.doc.language).unwrap_or(Lang::EN);
    let date = frame.doc.date;
    let mut scan = Scan {
        names: Vec::new(),
        surnames: Vec::new(),
        bodies: Vec::new(),
    };
    frame.names(|start, end, entries| {
        for entry in entries {
            if !entry.holds_on(date) || !in_language(&entry, lang) {
                continue;
            }
            let candidate = Candidate { start, end, entry };
            if entry.surname {
                scan.surnames.push(candidate);
            } else if is_body(frame, &candidate, state) {
                scan.bodies.push(candidate);
            } else if plausible(frame, &candidate, state) {
                scan.names.push(candidate);
            }
        }
    });
    scan
}

/// `Luftwaffe`, `Air Force`: the noun alone, as the name of one country's body.
fn is_body(frame: &Frame, c: &Candidate, state: &State) -> bool {
    if !frame.is_marked(c.start, marks::BODY) {
        return false;
    }
    let entity = state.gazetteer.entity(c.entry.entity);
    let national = state.kind_of(c.entry.entity) == kind::ORGANISATION && entity.acts_for.is_some();
    let mut phrases = frame.phrases_from(c.start);
    let phrase = phrases.any(|p| p.end == c.end && p.facts.body().is_some());
    let word = c.end == c.start + 1 && frame.facts(c.start).body().is_some();
    national && (word || phrase)
}

/// Names of another language count as proper names only, as their list has them.
fn in_language(entry: &FormEntry, lang: Lang) -> bool {
    let proper = entry.sense == Sense::Name && entry.needs.is_empty() && entry.base;
    entry.lang == lang || entry.lang == Lang::MUL || (proper && entry.lang != Lang::FR)
}

/// Whether the place does not speak against the name.
fn plausible(frame: &Frame, c: &Candidate, state: &State) -> bool {
    let alone = c.end == c.start + 1;
    match state.kind_of(c.entry.entity) {
        kind::PERSON => !(alone && has_other_first_name(frame, c.start)),
        kind::COUNTRY => {
            let other = alone
                && (is_first_name(frame, c.start)
                    || is_language(frame, c)
                    || is_surname(frame, c)
                    || is_foreign_plural(frame, c));
            !(other || is_inside_other_name(frame, c) || is_state(frame, c.start))
        }
        _ => true,
    }
}

/// `South China Sea`, `Indo-Pacific`: the phrase is no country, nor is any part of it.
fn is_inside_other_name(frame: &Frame, c: &Candidate) -> bool {
    if !frame.all_facts(c.start).any(Facts::NOT_COUNTRY) {
        return false;
    }
    let alone = c.end == c.start + 1 && frame.facts(c.start).any(Facts::NOT_COUNTRY);
    let first = c.start.saturating_sub(LONGEST_PHRASE);
    let phrases = (first..=c.start).flat_map(|at| frame.phrases_from(at));
    let mut around = phrases.filter(|p| p.start <= c.start && c.end <= p.end);
    alone || around.any(|p| p.facts.any(Facts::NOT_COUNTRY))
}

/// `auf Deutsch`: an uninflected adjective with the capital of a noun.
fn is_language(frame: &Frame, c: &Candidate) -> bool {
    let hyphen = frame.gap(c.start) == Gap::Hyphen || frame.gap(c.end) == Gap::Hyphen;
    frame.words.capital_nouns
        && c.entry.sense == Sense::Adjective
        && c.entry.base
        && frame.case(c.start) == Case::Title
        && !hyphen
        && !frame.opens(c.start)
}

/// `Frau Österreicher`.
fn is_surname(frame: &Frame, c: &Candidate) -> bool {
    let title = c.start > 0 && frame.facts(c.start - 1).any(Facts::TITLE);
    title && c.entry.sense == Sense::Demonym && frame.gap(c.start) == Gap::Space
}

/// `Chiles` in a language whose genitive has an apostrophe.
fn is_foreign_plural(frame: &Frame, c: &Candidate) -> bool {
    !frame.words.capital_nouns && !c.entry.base && c.entry.lang == Lang::MUL
}

/// `Yvonne Merz`: a surname behind a word that is no office and no beginning of a sentence.
fn has_other_first_name(frame: &Frame, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| frame.gap(at) == Gap::Space) else {
        return false;
    };
    let facts = frame.facts(before);
    let noun = frame.words.capital_nouns && !frame.opens(before);
    let known = facts.any(Facts::TITLE | Facts::GOVERNMENT | Facts::OF)
        || (facts.any(Facts::NO_NAME) && !noun);
    frame.case(before) == Case::Title
        && !known
        && frame.role_over(before).is_none()
        && known_as_plain_word(frame, before)
}

/// `Chad Smith`, `Michael Jordan`, `Jordan & Sons`.
fn is_first_name(frame: &Frame, at: usize) -> bool {
    if !frame.facts(at).any(Facts::FIRST_NAME) {
        return false;
    }
    let name_like = |i: usize| {
        frame.case(i) == Case::Title
            && !frame.facts(i).any(Facts::NO_NAME)
            && frame.role_over(i).is_none()
    };
    let after =
        frame.gap(at + 1) == Gap::Space && name_like(at + 1) && known_as_plain_word(frame, at + 1);
    let before = at > 0
        && frame.gap(at) == Gap::Space
        && name_like(at - 1)
        && !frame.opens(at - 1)
        && known_as_plain_word(frame, at - 1);
    after || before || frame.gap_text(at + 1).trim() == "&"
}

/// Not a word that the lists know for something else.
fn known_as_plain_word(frame: &Frame, at: usize) -> bool {
    let facts = frame.all_facts(at);
    facts.body().is_none()
        && facts.head().is_none()
        && !facts.any(Facts::MILITARY | Facts::DATELINE)
}

/// Georgia the American state: one of its words stands in the sentence.
fn is_state(frame: &Frame, at: usize) -> bool {
    if frame.word(at) != "Georgia" {
        return false;
    }
    let from = at.saturating_sub(12);
    (from..at + 12).any(|i| frame.together(at, i) && frame.all_facts(i).any(Facts::STATE))
}

/// Chooses among the names: what is needed must be there, then the longest wins.
pub(super) fn choose(state: &mut State, scan: &Scan) {
    let contexts = Contexts::new(state, &scan.names);
    let lang = Lang::new(&state.frame.doc.language).unwrap_or(Lang::EN);
    let homes = OnceCell::new();
    let mut chosen: Vec<_> = scan
        .names
        .iter()
        .filter(|c| contexts.satisfy(state, c))
        .map(|c| (longest(state.frame, c), c))
        .collect();
    // most names have a place to themselves
    let rank = |c: &Candidate| {
        let homes = homes.get_or_init(|| Homes::new(state, &scan.names));
        (
            Reverse(homes.weight(state, c.entry.entity)),
            c.entry.lang != lang && c.entry.lang != Lang::MUL,
            !c.entry.base,
            !c.entry.needs.is_empty(),
            state.kind_of(c.entry.entity),
            sense_rank(c.entry.sense),
            c.entry.entity,
        )
    };
    chosen.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| rank(x).cmp(&rank(y))));
    for (_, c) in chosen {
        put(state, *c);
    }
}

/// Longer names come before shorter ones, and earlier before later.
fn longest(frame: &Frame, c: &Candidate) -> (Reverse<usize>, Reverse<usize>, usize) {
    let bytes = frame.span(c.start, c.end).len();
    (Reverse(c.end - c.start), Reverse(bytes), c.start)
}

fn sense_rank(sense: Sense) -> usize {
    match sense {
        Sense::Name => 0,
        Sense::Seat => 1,
        _ => 2,
    }
}

fn put(state: &mut State, c: Candidate) {
    let found = Found {
        start: c.start,
        end: c.end,
        span: state.frame.span(c.start, c.end),
        target: Target::Known(c.entry.entity),
        sense: c.entry.sense,
        by: if c.entry.base {
            FoundBy::Name
        } else {
            FoundBy::Inflection
        },
        seat: c.entry.needs.contains(Needs::GOVERNMENT),
        dropped: false,
    };
    state.put(found);
}
