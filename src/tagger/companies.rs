//! Unknown companies: by legal form, by the words their names end in, and beside words like `firm`.

use super::facts::Facts;
use super::heads::{is_common_noun, is_proper, make_kind, name_end};
use super::kind;
use super::shape::{Case, Gap};
use super::state::State;

/// The longest name in front of a legal form, in words.
const LONGEST: usize = 4;

/// How many words an apposition has between comma and noun.
const REACH: usize = 6;

/// Finds the companies that a word shows.
pub(super) fn find(state: &mut State, at: usize, facts: Facts) {
    if facts.any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL) && state.frame.capital(at) {
        behind(state, at);
    }
    if facts.any(Facts::COMPANY_HEAD) {
        after_head(state, at);
        before_comma(state, at);
    }
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

/// `Technologiekonzern X`, `shipbuilder X`.
fn after_head(state: &mut State, head: usize) {
    let frame = state.frame;
    let start = head + 1;
    if frame.gap(start) != Gap::Space || !is_proper(state, start) || is_common_noun(state, start) {
        return;
    }
    if let Some(end) = name_end(state, start) {
        make_kind(state, start, end, kind::COMPANY);
    }
}

/// `X, ein Ausrüster`, `X, the state-owned shipbuilder`.
fn before_comma(state: &mut State, head: usize) {
    let frame = state.frame;
    let mut first = head;
    while frame.gap(first) != Gap::Comma {
        let inside = first + REACH > head && matches!(frame.gap(first), Gap::Space | Gap::Hyphen);
        match first
            .checked_sub(1)
            .filter(|&b| inside && frame.case(b) == Case::Lower)
        {
            Some(before) => first = before,
            None => return,
        }
    }
    if !frame.facts(first).any(Facts::DETERMINER) {
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
