//! Names made of a head word: `Operation X`, `X Initiative`, `Vertrag von X`, companies by legal form.

use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::kind;
use super::shape::{Case, Gap};
use super::state::{State, slug};

/// The longest name in words.
const LONGEST: usize = 8;

/// Finds them.
pub(super) fn find(state: &mut State) {
    for at in 0..state.frame.len() {
        let facts = state.frame.facts(at);
        if facts.any(Facts::HEAD_OF) {
            of(state, at, at + 1, facts.head());
        }
        let phrase = state
            .frame
            .phrases_from(at)
            .find(|p| p.facts.any(Facts::HEAD_OF))
            .copied();
        if let Some(phrase) = phrase {
            of(state, at, phrase.end, phrase.facts.head());
        }
        if facts.any(Facts::HEAD_BEFORE) {
            before(state, at, facts.head());
        }
        let phrase = state
            .frame
            .phrases_from(at)
            .find(|p| p.facts.any(Facts::HEAD_AFTER))
            .copied();
        if let Some(phrase) = phrase.filter(|_| state.frame.capital(at)) {
            after(state, at, phrase.end, phrase.facts.head());
        } else if facts.any(Facts::HEAD_AFTER) {
            after(state, at, at + 1, facts.head());
        }
        if facts.any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL) && state.frame.capital(at) {
            company_behind(state, at);
        }
        if facts.any(Facts::COMPANY_HEAD) {
            company_after_head(state, at);
        }
    }
}

/// A word that may be part of a proper name and is nobody's yet.
fn is_proper(state: &State, at: usize) -> bool {
    let frame = state.frame;
    frame.capital(at)
        && state.free(at, at + 1)
        && !frame.facts(at).any(Facts::NO_NAME | Facts::TITLE)
        && frame.role_over(at).is_none()
}

/// The end of the proper name that starts at a token.
fn name_end(state: &State, start: usize) -> Option<usize> {
    let frame = state.frame;
    if frame.gap(start) == Gap::Quote && frame.capital(start) {
        let end = (start + 1..start + LONGEST).find(|&at| {
            frame.gap(at) == Gap::Quote || frame.gap_text(at).contains(['“', '”', '"', '«', '»'])
        })?;
        return state.free(start, end).then_some(end);
    }
    if frame.gap(start) != Gap::Space || !is_proper(state, start) {
        return None;
    }
    let german = frame.words.capital_nouns;
    let mut end = start + 1;
    while end < start + LONGEST {
        match frame.gap(end) {
            Gap::Space | Gap::Hyphen
                if is_proper(state, end) && (!german || !looks_german(state, end)) =>
            {
                end += 1;
            }
            Gap::Space if is_number(state, end) => return Some(end + 1),
            _ => break,
        }
    }
    Some(end)
}

/// `II`, `2026`, `24`.
fn is_number(state: &State, at: usize) -> bool {
    let word = state.frame.word(at);
    state.frame.case(at) == Case::Digits && (word.len() == 4 || word.len() == 2)
}

/// A noun that the lists of the language know: it starts something else.
fn looks_german(state: &State, at: usize) -> bool {
    let facts = state.frame.facts(at);
    facts.any(Facts::MILITARY | Facts::COMPANY | Facts::WEAPON | Facts::HEAD_BEFORE)
        || facts.body().is_some()
}

/// `Operation X`, `Übung »X«`.
fn before(state: &mut State, head: usize, kind: Option<usize>) {
    let frame = state.frame;
    let start = head + 1;
    let Some(end) = name_end(state, start) else {
        return;
    };
    let proper = frame.capital(head);
    if !frame.words.capital_nouns && !proper && !frame.capital(start) {
        return;
    }
    let whole = !frame.words.capital_nouns && proper && state.free(head, head + 1);
    let from = if whole { head } else { start };
    make(state, from, end, kind);
}

/// `X Initiative`, `X-Abkommen`.
fn after(state: &mut State, head: usize, end: usize, kind: Option<usize>) {
    let frame = state.frame;
    if !state.free(head, end) {
        return;
    }
    if frame.gap(head) == Gap::Hyphen {
        let mut start = head;
        while start > 0
            && frame.gap(start) == Gap::Hyphen
            && state.free(start - 1, start)
            && frame.capital(start - 1)
        {
            start -= 1;
        }
        let named = start < head
            && (frame.case(start) != Case::Title || start + 1 < head)
            && !frame.facts(start).any(Facts::NO_WEAPON | Facts::MILITARY);
        if named {
            make(state, start, end, kind);
        }
        return;
    }
    if frame.words.capital_nouns || frame.gap(head) != Gap::Space {
        return;
    }
    let mut start = head;
    let mut capitals = 0;
    while let Some(at) = start.checked_sub(1) {
        let joined = matches!(frame.gap(start), Gap::Space | Gap::Hyphen);
        let filler = frame.case(at) == Case::Lower
            && matches!(frame.word(at), "and" | "of" | "for" | "on" | "the");
        let ample = is_proper(state, at)
            || (frame.capital(at)
                && state.free(at, at + 1)
                && !frame.facts(at).any(Facts::APPOSITION)
                && !frame.opens(at));
        if !joined
            || !(ample
                || (filler
                    && at > 0
                    && frame.capital(at - 1)
                    && frame.gap(at) == Gap::Space
                    && state.free(at - 1, at)))
        {
            break;
        }
        capitals += usize::from(ample);
        start = at;
    }
    let enough = if frame.capital(head) {
        1
    } else {
        1 + usize::from(frame.opens(start))
    };
    if capitals >= enough && start < head {
        make(state, start, end, kind);
    }
}

/// `Vertrag von X`, `Treaty of X`.
fn of(state: &mut State, head: usize, mut at: usize, kind: Option<usize>) {
    let frame = state.frame;
    if at == head + 1 {
        if !frame.facts(at).any(Facts::OF) || frame.gap(at) != Gap::Space {
            return;
        }
        at += 1;
    }
    let place = frame.gap(at) == Gap::Space && frame.capital(at) && frame.role_over(at).is_none();
    let seat = state.at(at).is_some_and(|f| f.seat && f.end == at + 1);
    if !place || !frame.capital(head) || !state.free(head, at) {
        return;
    }
    let of_country = state.is(at, kind::COUNTRY) && !seat;
    if of_country || (!seat && !is_proper(state, at)) {
        return;
    }
    if seat {
        state.drop_at(at);
    }
    let mut end = at + 1;
    while frame.gap(end) == Gap::Space && is_proper(state, end) && !frame.words.capital_nouns {
        end += 1;
    }
    make(state, head, end, kind);
}

/// `Rheinmetall Hungary Zrt.`, `Northern Star Shipyards`.
fn company_behind(state: &mut State, at: usize) {
    let frame = state.frame;
    if !state.free(at, at + 1) || frame.gap(at) != Gap::Space {
        return;
    }
    let mut start = at;
    while start > 0
        && start + 4 > at
        && frame.gap(start) == Gap::Space
        && is_proper(state, start - 1)
    {
        start -= 1;
    }
    let long = start < at && (!frame.opens(start) || start + 1 < at);
    let german =
        frame.words.capital_nouns && !frame.facts(at).any(Facts::COMPANY_FORM) && start + 1 == at;
    if long && !german {
        make_kind(state, start, at + 1, kind::COMPANY);
    }
}

/// `Technologiekonzern X`, `shipbuilder X`.
fn company_after_head(state: &mut State, head: usize) {
    let frame = state.frame;
    let start = head + 1;
    if frame.gap(start) != Gap::Space || !is_proper(state, start) || looks_german(state, start) {
        return;
    }
    let Some(end) = name_end(state, start) else {
        return;
    };
    make_kind(state, start, end, kind::COMPANY);
}

fn make(state: &mut State, start: usize, end: usize, kind: Option<usize>) {
    let kind = kind
        .and_then(|k| state.frame.words.heads.get(k))
        .map(|k| kind::named(k));
    if let Some(kind) = kind {
        make_kind(state, start, end, kind);
    }
}

fn make_kind(state: &mut State, start: usize, end: usize, kind: &'static str) {
    if !state.free(start, end) {
        return;
    }
    let name = state.frame.span(start, end).of(state.frame.text).to_owned();
    let target = state.coin(kind, &slug(&name), &name);
    state.place(start, end, target, Sense::Name, FoundBy::Shape);
}
