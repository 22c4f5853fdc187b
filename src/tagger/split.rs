//! `Turkish Armed Forces` is two mentions: the country by its adjective, and the body.

use crate::gazetteer::Lang;
use crate::mention::{FoundBy, Sense};

use super::kind;
use super::state::{Found, State, Target};

/// Cuts the country off the names of organisations that act for it.
pub(super) fn nationalities(state: &mut State) {
    for index in 0..state.found.len() {
        let Some(found) = state
            .found
            .get(index)
            .cloned()
            .filter(|f| !f.dropped && f.end - f.start > 1)
        else {
            continue;
        };
        let Target::Known(ix) = found.target else {
            continue;
        };
        let entity = state.gazetteer.entity(ix);
        let Some(country) = entity
            .acts_for
            .filter(|_| entity.id.kind() == kind::ORGANISATION)
        else {
            continue;
        };
        let parts =
            (found.start..found.end).find_map(|at| country_form(state, at, found.end, country));
        if let Some((start, end, sense)) = parts {
            cut(
                state,
                index,
                &found,
                (start, end, sense),
                Target::Known(country),
            );
        }
    }
}

/// The form of the country that starts at a token of the name.
fn country_form(
    state: &State,
    at: usize,
    end: usize,
    country: crate::gazetteer::EntityIx,
) -> Option<(usize, usize, Sense)> {
    let frame = state.frame;
    let mut best: Option<(usize, usize, Sense)> = None;
    state
        .gazetteer
        .lexicon()
        .forms_at(frame.text, &frame.tokens, at, |stop, entries| {
            let hit = entries
                .iter()
                .find(|e| e.entity == country && e.sense != Sense::Seat && e.lang != Lang::FR);
            if let Some(entry) = hit.filter(|_| stop <= end) {
                best = Some((at, stop, entry.sense));
            }
        });
    best
}

/// Leaves the longer side to the organisation and gives the country its own mention.
fn cut(
    state: &mut State,
    index: usize,
    found: &Found,
    part: (usize, usize, Sense),
    country: Target,
) {
    let (start, end, sense) = part;
    let (before, after) = (start - found.start, found.end - end);
    let (from, to) = if after >= before {
        (end, found.end)
    } else {
        (found.start, start)
    };
    let frame = state.frame;
    let of_words = (from..to)
        .rev()
        .take_while(|&at| {
            frame
                .facts(at)
                .any(super::facts::Facts::OF | super::facts::Facts::APPOSITION)
        })
        .count();
    let to = if after >= before { to } else { to - of_words };
    if from >= to {
        return;
    }
    state.drop_at(found.start);
    let whole = Found {
        start: from,
        end: to,
        span: frame.span(from, to),
        dropped: false,
        ..found.clone()
    };
    state.put(whole);
    state.place(start, end, country, sense, FoundBy::Name);
    let _ = index;
}
