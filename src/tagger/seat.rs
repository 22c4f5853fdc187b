//! Place or government: `in Ankara` is a place, `Ankara lehnt ab` is Turkey.

use super::facts::Facts;
use super::shape::Gap;
use super::state::State;

/// A line of so many words is no sentence.
const SHORT_LINE: usize = 6;

/// Decides for every seat of government whether it acts.
pub(super) fn decide(state: &mut State) {
    for index in 0..state.found.len() {
        let Some(found) = state.found.get(index).filter(|f| f.seat && !f.dropped) else {
            continue;
        };
        let (start, end) = (found.start, found.end);
        let acts = !is_place(state, start, end);
        if acts {
            if let Some(found) = state.found.get_mut(index) {
                found.seat = false;
            }
        } else {
            state.drop_at(start);
        }
    }
}

fn is_place(state: &State, start: usize, end: usize) -> bool {
    let frame = state.frame;
    if is_dateline(state, start, end) || is_byline(state, start, end) || is_address(state, start) {
        return true;
    }
    let genitive = is_genitive(state, start, end);
    let first = first_of_list(state, start);
    let Some(before) = first.checked_sub(1).filter(|&b| frame.together(b, start)) else {
        return false;
    };
    if !frame.facts(before).any(Facts::PLACE) || frame.gap(first) != Gap::Space {
        return false;
    }
    if genitive {
        return false;
    }
    !government_before(state, before)
}

/// `Berlin (dpa) -`, `BERLIN, 3 May`, `Berlin -`, `Berlin/Paris`: at the start of a line.
fn is_dateline(state: &State, start: usize, end: usize) -> bool {
    let frame = state.frame;
    let opens = frame.line_start(start)
        || (frame.gap_text(start).trim() == "/"
            && start > 0
            && state.at(start - 1).is_none_or(|f| f.seat))
        || (start > 0
            && frame.case(start - 1) == super::shape::Case::Digits
            && frame.line_start(start - 1));
    if !opens {
        return false;
    }
    let gap = frame.gap_text(end).trim();
    let number =
        frame.case(end) == super::shape::Case::Digits || frame.facts(end).any(Facts::NO_NAME);
    match frame.gap(end) {
        Gap::Open => frame.facts(end).any(Facts::DATELINE) || frame.word(end).len() < 6,
        Gap::Comma => {
            let list = state.at(end).is_some_and(|f| f.seat) || state.is(end, super::kind::COUNTRY);
            !list && (number || frame.gap(end + 1) == Gap::Other || frame.together(end, end + 1))
        }
        Gap::Break => frame.gap(start) == Gap::Break,
        _ => matches!(gap, "-" | "–" | "—" | "/" | "." | ":" | "..") || gap.starts_with('/'),
    }
}

/// `By Lara Finke, Berlin`: the end of a short line.
fn is_byline(state: &State, start: usize, end: usize) -> bool {
    let frame = state.frame;
    let short = (start.saturating_sub(SHORT_LINE)..=start).any(|at| frame.line_start(at));
    let ends = end >= frame.len() || frame.line_start(end);
    frame.gap(start) == Gap::Comma && ends && short
}

/// `3003 Bern`: behind a postal code.
fn is_address(state: &State, start: usize) -> bool {
    let frame = state.frame;
    start > 0
        && frame.gap(start) == Gap::Space
        && frame.case(start - 1) == super::shape::Case::Digits
        && (4..=5).contains(&frame.word(start - 1).len())
        && frame.line_start(start - 1)
}

/// `Berlins`, `Berlin's`, with something it owns behind it.
fn is_genitive(state: &State, start: usize, end: usize) -> bool {
    let frame = state.frame;
    let owned = |at: usize| matches!(frame.gap(at), Gap::Space) && frame.together(start, at);
    let apostrophe = frame.gap(end) == Gap::Apostrophe && frame.word(end) == "s" && owned(end + 1);
    let inflected = state
        .at(start)
        .is_some_and(|f| f.by == crate::mention::FoundBy::Inflection);
    apostrophe || (inflected && owned(end))
}

/// The first seat of `Delhi and Moscow`, `Rom, Paris und London`.
fn first_of_list(state: &State, mut start: usize) -> usize {
    let frame = state.frame;
    while start >= 2 {
        let conjunction =
            frame.facts(start - 1).any(Facts::CONJUNCTION) && frame.gap(start) == Gap::Space;
        let end = if conjunction {
            start - 1
        } else if frame.gap(start) == Gap::Comma {
            start
        } else {
            return start;
        };
        match state.ending_at(end).filter(|f| f.seat) {
            Some(found) => start = found.start,
            None => return start,
        }
    }
    start
}

/// `die Regierung in Ankara`, `nobody in Tehran`: those who govern there.
fn government_before(state: &State, preposition: usize) -> bool {
    let frame = state.frame;
    (preposition.saturating_sub(3)..preposition).any(|at| {
        let facts = frame.all_facts(at);
        frame.together(at, preposition)
            && (facts.any(Facts::GOVERNMENT) || facts.body().is_some())
            && !of_nobody(state, at)
    })
}

/// Whether a word belongs to a name that no country owns: the `Coalition of the Willing in Paris` governs nothing there.
fn of_nobody(state: &State, at: usize) -> bool {
    let owner = state.at(at).filter(|f| !f.seat);
    owner.is_some_and(|f| {
        state.kind(f.target) == super::kind::ORGANISATION && state.country(f.target).is_none()
    })
}
