//! `Turkish Armed Forces` is two mentions: the country by its adjective, and the body.

use crate::gazetteer::{EntityIx, Lang};
use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::kind;
use super::state::{Found, State, Target};

/// Tokens that are a form of a country's name.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    sense: Sense,
}

/// Cuts the country off the names of organisations that act for it.
pub(super) fn nationalities(state: &mut State) {
    for index in 0..state.found.len() {
        let long = |f: &&Found| !f.dropped && f.end - f.start > 1;
        let Some(found) = state.found.get(index).filter(long).cloned() else {
            continue;
        };
        let Some(country) = country_of(state, &found) else {
            continue;
        };
        let mut starts = found.start..found.end;
        let part = starts.find_map(|at| country_form(state, at, found.end, country));
        if let Some(part) = part {
            cut(state, &found, part, Target::Known(country));
        }
    }
}

/// The country that an organisation of the gazetteer acts for.
fn country_of(state: &State, found: &Found) -> Option<EntityIx> {
    let Target::Known(ix) = found.target else {
        return None;
    };
    let entity = state.gazetteer.entity(ix);
    entity
        .acts_for
        .filter(|_| state.kind_of(ix) == kind::ORGANISATION)
}

/// The form of the country that starts at a token of the name.
fn country_form(state: &State, at: usize, end: usize, country: EntityIx) -> Option<Part> {
    let frame = state.frame;
    let lexicon = state.gazetteer.lexicon();
    let mut best = None;
    lexicon.forms_at(frame.text, frame.tokens(), at, |stop, entries| {
        let mut hits = entries
            .iter()
            .filter(|e| e.entity == country && stop <= end);
        let hit = hits.find(|e| e.sense != Sense::Seat && e.lang != Lang::FR);
        if let Some(entry) = hit {
            best = Some(Part {
                start: at,
                end: stop,
                sense: entry.sense,
            });
        }
    });
    best
}

/// Leaves the longer side to the organisation and gives the country its own mention.
fn cut(state: &mut State, found: &Found, part: Part, country: Target) {
    let frame = state.frame;
    let (start, end) = if found.end - part.end >= part.start - found.start {
        (part.end, found.end)
    } else {
        let small = |at: &usize| frame.facts(*at).any(Facts::OF | Facts::APPOSITION);
        let of_words = (found.start..part.start).rev().take_while(small).count();
        (found.start, part.start - of_words)
    };
    if start >= end {
        return;
    }
    state.drop_at(found.start);
    state.put(Found {
        start,
        end,
        span: frame.span(start, end),
        ..found.clone()
    });
    state.place(part.start, part.end, country, part.sense, FoundBy::Name);
}
