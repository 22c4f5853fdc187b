//! Unknown companies: by legal form, by the words their names end in, and beside words like `firm`.

use super::facts::Facts;
use super::heads::{is_common_noun, is_no_noun, is_proper, make_kind, name_end};
use super::kind;
use super::shape::{Case, Gap};
use super::state::State;

/// The longest name in front of a legal form, in words.
const LONGEST: usize = 4;

/// How many words an apposition has between comma and noun.
const REACH: usize = 6;

/// The office whose holders lead companies.
const CHIEF: &str = "chief_executive";

/// Finds the companies that a word shows.
pub(super) fn find(state: &mut State, at: usize, facts: Facts) {
    if facts.any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL) && state.frame.capital(at) {
        behind(state, at);
    }
    if facts.any(Facts::COMPANY_HEAD) {
        listed(state, at + 1);
        before_comma(state, at);
    }
    by_phrase(state, at);
    of_chief(state, at);
}

/// `Rheinmetall Hungary Zrt.`, `Northern Star Shipyards`.
fn behind(state: &mut State, at: usize) {
    let frame = state.frame;
    if !state.free(at, at + 1) || frame.gap(at) != Gap::Space {
        return;
    }
    let form = frame.facts(at).any(Facts::COMPANY_FORM);
    let mut start = at;
    while start > 0 && start + LONGEST > at && frame.gap(start) == Gap::Space {
        let country = form && state.is(start - 1, kind::COUNTRY);
        if !is_proper(state, start - 1) && !country {
            break;
        }
        start -= 1;
    }
    if let Some(parent) = state
        .ending_at(start)
        .filter(|f| start < at && state.kind(f.target) == kind::COMPANY)
    {
        start = parent.start;
    }
    let long = start < at && (!frame.opens(start) || start + 1 < at);
    let common = frame.words.capital_nouns && !form && start + 1 == at;
    if long && !common {
        for i in start..at {
            state.drop_at(i);
        }
        make_kind(state, start, at + 1, kind::COMPANY);
    }
}

/// `Technologiekonzern X`, `shipbuilder X`, `the firms X and Y`, `Firmen wie X, Y und Z`.
fn listed(state: &mut State, start: usize) {
    let frame = state.frame;
    if !matches!(frame.gap(start), Gap::Space | Gap::Quote) {
        return;
    }
    let skips = frame.all_facts(start).any(Facts::NAMED) && frame.case(start) == Case::Lower;
    let mut at = start + usize::from(skips);
    loop {
        at = match state.at(at).filter(|f| f.start == at) {
            Some(known) if state.kind(known.target) == kind::COMPANY => known.end,
            Some(_) => return,
            None => match company_at(state, at) {
                Some(end) => {
                    make_kind(state, at, end, kind::COMPANY);
                    end
                }
                None => return,
            },
        };
        let linked = frame.facts(at).any(Facts::CONJUNCTION) && frame.gap(at) == Gap::Space;
        if !linked && frame.gap(at) != Gap::Comma {
            return;
        }
        at += usize::from(linked);
    }
}

/// The end of the name of a company that starts at a token.
fn company_at(state: &State, start: usize) -> Option<usize> {
    let frame = state.frame;
    let plain = is_proper(state, start) && !is_common_noun(state, start);
    let plain = plain && (frame.gap(start) == Gap::Quote || is_no_noun(state, start));
    let facts = frame.facts(start);
    if !plain || facts.head().is_some() || facts.body().is_some() {
        return None;
    }
    let mut end = match frame.gap(start) {
        Gap::Space | Gap::Quote => name_end(state, start)?,
        _ => start + 1,
    };
    while end < start + LONGEST && frame.gap(end) == Gap::Space && is_proper(state, end) {
        let more = frame
            .facts(end)
            .any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL);
        if !more && is_common_noun(state, end) {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// `built by X`, `contract with X`, `gebaut von X`.
fn by_phrase(state: &mut State, at: usize) {
    let frame = state.frame;
    let bits = Facts::MADE_BY | Facts::DEAL;
    let Some(end) = frame
        .phrases_from(at)
        .filter(|p| p.facts.any(bits))
        .map(|p| p.end)
        .max()
    else {
        return;
    };
    let article = usize::from(frame.facts(end).any(Facts::APPOSITION));
    let start = end + article;
    let joined = (end..=start).all(|i| frame.gap(i) == Gap::Space);
    if joined && (article == 0 || !frame.words.capital_nouns) {
        listed(state, start);
    }
}

/// `X CEO Y`, `CEO of X`: whom somebody leads.
fn of_chief(state: &mut State, at: usize) {
    let frame = state.frame;
    let chief = |role: usize| frame.words.roles.get(role).is_some_and(|r| r == CHIEF);
    let Some(role) = frame.role_at(at).filter(|r| chief(r.role)) else {
        return;
    };
    let of = role.end;
    if frame.facts(of).any(Facts::OF) && frame.gap(of) == Gap::Space {
        if let Some(end) = company_at(state, of + 1) {
            make_kind(state, of + 1, end, kind::COMPANY);
        }
        return;
    }
    let mut start = at;
    while start > 0 && start + LONGEST > at && is_proper(state, start - 1) {
        let gap = frame.gap(start);
        if !(gap == Gap::Space && !frame.words.capital_nouns || gap == Gap::Hyphen) {
            break;
        }
        start -= 1;
    }
    let named = start < at && !frame.opens(start) && !is_common_noun(state, start);
    if named && frame.facts(start).head().is_none() {
        make_kind(state, start, at, kind::COMPANY);
    }
}

/// `X, ein Ausrüster`, `X, the state-owned shipbuilder`, `X, Sweden's largest yard`.
fn before_comma(state: &mut State, head: usize) {
    let frame = state.frame;
    let mut first = head;
    while frame.gap(first) != Gap::Comma {
        let joined = matches!(frame.gap(first), Gap::Space | Gap::Hyphen | Gap::Apostrophe);
        let inside = first + REACH > head && joined;
        let before = first.checked_sub(1).filter(|&b| {
            let country = state.is(b, kind::COUNTRY);
            inside && (frame.case(b) == Case::Lower || country)
        });
        match before {
            Some(before) => first = before,
            None => return,
        }
    }
    if !frame.facts(first).any(Facts::DETERMINER) && !state.is(first, kind::COUNTRY) {
        return;
    }
    let mut start = first;
    while let Some(word) = start
        .checked_sub(1)
        .filter(|&w| is_proper(state, w) && !is_common_noun(state, w))
    {
        start = word;
        if frame.gap(start) != Gap::Space || start + LONGEST == first {
            break;
        }
    }
    if start < first && !(frame.words.capital_nouns && is_noun(state, start)) {
        make_kind(state, start, first, kind::COMPANY);
    }
}

/// A word with an article in front, where every noun has a capital.
fn is_noun(state: &State, at: usize) -> bool {
    let frame = state.frame;
    frame.gap(at) == Gap::Space
        && at > 0
        && frame.case(at - 1) == Case::Lower
        && frame.facts(at - 1).any(Facts::DETERMINER)
}
