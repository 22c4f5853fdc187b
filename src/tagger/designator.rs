//! Weapons by the shape of their designators, or beside a class word: `Drohnen vom Typ X-12`.

use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::heads::is_no_noun;
use super::kind;
use super::marks;
use super::shape::{Case, Gap};
use super::state::{State, slug};

/// How many words may stand between a name and the noun that says it is a weapon's.
const MODIFIERS: usize = 3;

/// Finds them.
pub(super) fn find(state: &mut State) {
    if state.frame.civil {
        return;
    }
    let military = military_sentences(state);
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::CAPITAL) {
        next = at + 1;
        let end = designator(state, at)
            .filter(|_| {
                military
                    .get(state.frame.sentence(at))
                    .copied()
                    .unwrap_or(false)
            })
            .or_else(|| beside_class_word(state, at));
        if let Some(end) = end {
            make(state, named_start(state, at), end);
            next = end;
        }
    }
}

/// The start of `Falke X-12`: a name in front of its number.
fn named_start(state: &State, at: usize) -> usize {
    let frame = state.frame;
    let Some(name) = at
        .checked_sub(1)
        .filter(|&n| frame.gap(at) == Gap::Space && is_name(state, n))
    else {
        return at;
    };
    let typed = name
        .checked_sub(1)
        .is_some_and(|t| frame.facts(t).any(Facts::TYPE));
    let proper =
        frame.case(name) == Case::Title && !frame.words.capital_nouns && !frame.opens(name);
    if typed || proper { name } else { at }
}

/// Sentences with a military word or a weapon.
fn military_sentences(state: &State) -> Vec<bool> {
    let frame = state.frame;
    let told = |sentence| frame.sentence_has(sentence, Facts::MILITARY | Facts::WEAPON);
    let mut military: Vec<bool> = (0..frame.sentence_count()).map(told).collect();
    for found in state.found.iter().filter(|f| !f.dropped) {
        if state.kind(found.target) == kind::WEAPON {
            for at in found.start..found.end {
                if let Some(sentence) = military.get_mut(frame.sentence(at)) {
                    *sentence = true;
                }
            }
        }
    }
    military
}

/// `M-346`, `T129`, `AW119`, `TF35000`, `Su-57E`.
fn designator(state: &State, at: usize) -> Option<usize> {
    let frame = state.frame;
    let letters = frame.letters(at);
    let hyphen = frame.gap(at + 1) == Gap::Hyphen && is_type_name(state, at);
    let upper =
        frame.case(at) == Case::Upper || (frame.case(at) == Case::Title && letters <= 3) || hyphen;
    let joined =
        matches!(frame.gap(at + 1), Gap::Tight | Gap::Hyphen) && frame.gap_text(at + 1) != ".";
    let glued = matches!(frame.gap(at), Gap::Tight | Gap::Hyphen) && at > 0;
    let shape =
        (letters <= 4 || hyphen) && upper && joined && frame.case(at + 1) == Case::Digits && !glued;
    if !shape
        || frame.facts(at).any(Facts::NO_DESIGNATOR)
        || !state.free(at, at + 2)
        || frame.word(at + 1).len() > 5
    {
        return None;
    }
    let mut end = at + 2;
    let suffix = frame.gap(end) == Gap::Tight && frame.gap_text(end).is_empty();
    if suffix && frame.word(end).len() <= 3 && !frame.tokens().get(end).is_none_or(|t| t.digits) {
        end += 1;
    }
    state.free(at, end).then_some(end)
}

/// `Besta-30`: a word that no list knows in front of a hyphen and a number of one to three digits.
fn is_type_name(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let short = frame.word(at + 1).len() <= 3;
    short && frame.capital(at) && frame.facts(at).is_plain() && is_no_noun(state, at)
}

/// A name whose neighbour says that it is a weapon.
fn beside_class_word(state: &State, at: usize) -> Option<usize> {
    let frame = state.frame;
    if !frame.capital(at) || !is_name(state, at) {
        return None;
    }
    let mut end = at + 1;
    while matches!(frame.gap(end), Gap::Hyphen | Gap::Tight)
        && frame.case(end) == Case::Digits
        && state.free(end, end + 1)
    {
        end += 1;
    }
    let class_behind = frame.gap(end) == Gap::Hyphen && frame.facts(end).any(Facts::CLASS);
    let weapon_behind = is_weapon(state, end);
    let german = frame.words.capital_nouns;
    let quoted = frame.gap(end) == Gap::Quote && frame.gap_text(end).ends_with('-');
    let compound = german
        && (frame.gap(end) == Gap::Hyphen || quoted)
        && weapon_behind
        && frame.gap(at) != Gap::Hyphen;
    let english = !german
        && frame.gap(end) == Gap::Space
        && is_weapon(state, behind_modifiers(state, end))
        && !frame.opens(at)
        && frame.gap(at) == Gap::Space
        && !frame.capital(end);
    let typed = at > 0
        && frame.facts(at - 1).any(Facts::TYPE)
        && matches!(frame.gap(at), Gap::Space | Gap::Quote);
    let numbered = end > at + 1
        && at > 0
        && frame.facts(at - 1).any(Facts::WEAPON)
        && frame.gap(at) == Gap::Space;
    let longer = frame.gap(end) == Gap::Space && designator(state, end).is_some();
    let apposed = german && is_apposed(state, at, end);
    (!longer && (class_behind || compound || english || typed || numbered || apposed))
        .then_some(end)
}

fn is_weapon(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let mut phrases = frame.phrases_from(at);
    frame.facts(at).any(Facts::WEAPON) || phrases.any(|p| p.facts.any(Facts::WEAPON))
}

/// The noun of `Kestrel light attack aircraft`, `Sabre class frigate`.
fn behind_modifiers(state: &State, mut at: usize) -> usize {
    let frame = state.frame;
    let last = at + MODIFIERS;
    let skips = Facts::NO_WEAPON | Facts::MILITARY | Facts::CLASS;
    while at < last
        && !is_weapon(state, at)
        && frame.case(at) == Case::Lower
        && frame.facts(at).any(skips)
        && matches!(frame.gap(at + 1), Gap::Space | Gap::Hyphen)
    {
        at += 1;
    }
    at
}

/// `Schützenpanzer Kurier`: a noun of the trade with a name that no list knows behind it.
fn is_apposed(state: &State, at: usize, end: usize) -> bool {
    let frame = state.frame;
    let noun = at > 0 && frame.gap(at) == Gap::Space && frame.facts(at - 1).any(Facts::WEAPON);
    let alone = !matches!(frame.gap(end), Gap::Hyphen | Gap::Tight | Gap::Apostrophe);
    let known = frame.role_at(at).is_some() || !frame.facts(at).is_plain();
    let ship = at > 0 && frame.facts(at - 1).any(Facts::SHIP);
    noun && !ship && alone && !known && frame.capital(at - 1) && is_no_noun(state, at)
}

/// A capitalised word that is nobody's and no class word itself.
fn is_name(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let facts = frame.all_facts(at);
    state.free(at, at + 1)
        && frame.word(at).len() > 1
        && !facts.any(
            Facts::NO_WEAPON
                | Facts::NO_NAME
                | Facts::WEAPON
                | Facts::MILITARY
                | Facts::TYPE
                | Facts::HEAD_AFTER
                | Facts::COMPANY_TAIL,
        )
        && facts.body().is_none()
        && frame.role_over(at).is_none()
}

fn make(state: &mut State, start: usize, end: usize) {
    let name = state.frame.span(start, end).of(state.frame.text).to_owned();
    let target = state.coin(kind::WEAPON, &slug(&name), &name);
    state.place(start, end, target, Sense::Name, FoundBy::Shape);
}
