//! Names that the text introduces: `a drone called X`, `eine Übung namens »X«`, `the missile "X"`.

use super::facts::Facts;
use super::heads::{is_no_noun, is_proper, make_kind, name_end};
use super::kind::{self, Kind};
use super::marks;
use super::shape::Gap;
use super::state::State;

/// How far the noun may stand in front of `called`.
const REACH: usize = 5;

/// How far the words of a sentence are looked at.
const SENTENCE: usize = 30;

/// The longest name in quotation marks.
const LONGEST: usize = 5;

/// Finds them.
pub(super) fn find(state: &mut State) {
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::NAMED) {
        next = at + 1;
        called(state, at);
        quoted(state, at);
    }
}

/// `a drone called X`, `eine Übung mit dem Namen X`.
fn called(state: &mut State, at: usize) {
    let frame = state.frame;
    let phrase = frame.phrases_from(at).filter(|p| p.facts.any(Facts::NAMED));
    let end = phrase.map(|p| p.end).max();
    let word = frame.facts(at).any(Facts::NAMED).then_some(at + 1);
    let Some(start) = end.or(word) else {
        return;
    };
    let Some(end) = end_of_name(state, start) else {
        return;
    };
    let nouns = (at.saturating_sub(REACH)..at).rev();
    let kind = nouns
        .take_while(|&i| frame.together(i, at) && frame.gap(i + 1) != Gap::Comma)
        .find_map(|i| kind_of(state, i));
    if let Some(kind) = kind {
        make_kind(state, start, end, kind);
    }
}

/// `the missile "X"`, `"X"-Rakete`.
fn quoted(state: &mut State, at: usize) {
    let frame = state.frame;
    if frame.gap(at) != Gap::Quote || !frame.capital(at) || !state.free(at, at + 1) {
        return;
    }
    let Some(end) = name_end(state, at).filter(|&end| end <= at + LONGEST) else {
        return;
    };
    let beside = |i: usize| {
        let near = frame.together(at, i);
        near.then(|| kind_of(state, i)).flatten()
    };
    let before = at.checked_sub(1).and_then(beside);
    let at_exercise =
        at > 0 && frame.words.capital_nouns && is_no_noun(state, at) && is_at(state, at - 1);
    let exercise = at_exercise.then_some(kind::OPERATION);
    if let Some(kind) = before.or_else(|| beside(end)).or(exercise) {
        make_kind(state, at, end, kind);
    }
}

/// `bei »X«` in a sentence about forces.
fn is_at(state: &State, preposition: usize) -> bool {
    let frame = state.frame;
    let at = frame.facts(preposition).any(Facts::PLACE) && frame.facts(preposition).any(Facts::OF);
    let near = preposition.saturating_sub(SENTENCE)..preposition + SENTENCE;
    let mut near = near.filter(|&i| frame.together(preposition, i));
    at && near.any(|i| frame.all_facts(i).any(Facts::MILITARY))
}

/// The end of a name that needs no quotation marks but may have them.
fn end_of_name(state: &State, start: usize) -> Option<usize> {
    let frame = state.frame;
    let place = matches!(frame.gap(start), Gap::Space | Gap::Quote);
    let quoted = frame.gap(start) == Gap::Quote;
    let name = is_proper(state, start) && (quoted || is_no_noun(state, start));
    (place && name).then(|| name_end(state, start)).flatten()
}

/// What a noun says of the name beside it.
pub(super) fn kind_of(state: &State, at: usize) -> Option<Kind> {
    let frame = state.frame;
    let facts = frame.all_facts(at);
    if facts.any(Facts::SHIP) {
        return None;
    }
    if facts.any(Facts::WEAPON) {
        return Some(kind::WEAPON);
    }
    if facts.any(Facts::COMPANY_HEAD) {
        return Some(kind::COMPANY);
    }
    let head = facts.head().and_then(|h| frame.words.heads.get(h))?;
    Some(head.or_organisation())
}
