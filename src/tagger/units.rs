//! Units by number: `Panzerbrigade 37`, `43. Bataillon`, `150 Squadron`.

use crate::mention::{FoundBy, Sense};

use super::kind;
use super::marks;
use super::shape::{Case, Gap};
use super::state::{State, slug};

/// How many words may stand between the number and the noun.
const REACH: usize = 3;

/// Finds them.
pub(super) fn find(state: &mut State) {
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::UNIT) {
        next = at + 1;
        if !state.free(at, next) {
            continue;
        }
        let Some((start, end)) = numbered_behind(state, at).or_else(|| numbered_before(state, at))
        else {
            continue;
        };
        if state.free(start, end) {
            let name = state.frame.span(start, end).of(state.frame.text).to_owned();
            let target = state.coin(kind::ORGANISATION, &slug(&name), &name);
            state.place(start, end, target, Sense::Name, FoundBy::Shape);
        }
    }
}

/// `Panzerbrigade 37`.
fn numbered_behind(state: &State, at: usize) -> Option<(usize, usize)> {
    let frame = state.frame;
    let number = frame.case(at + 1) == Case::Digits && frame.word(at + 1).len() <= 4;
    let ends = !matches!(frame.gap(at + 2), Gap::Tight | Gap::Hyphen);
    (frame.capital(at) && number && ends && frame.gap(at + 1) == Gap::Space).then_some((at, at + 2))
}

/// `43. mechanisierte Luftlandebataillon`, `43rd Airborne Battalion`, `150 Squadron`.
fn numbered_before(state: &State, at: usize) -> Option<(usize, usize)> {
    let frame = state.frame;
    if !frame.capital(at) {
        return None;
    }
    for start in (at.saturating_sub(REACH)..at).rev() {
        let ordinal = is_ordinal(state, start);
        let plain = start + 1 == at && frame.gap(at) == Gap::Space && !frame.words.capital_nouns;
        if frame.case(start) == Case::Digits {
            let counts = frame.word(start).len() <= 3 && (ordinal || plain);
            return counts.then_some((start, at + 1));
        }
        let joined = matches!(frame.gap(start + 1), Gap::Space | Gap::Hyphen)
            && state.free(start, start + 1);
        let proper = frame.capital(start) || frame.words.capital_nouns;
        let suffix = frame.gap(start) == Gap::Tight;
        if !joined || !(proper || suffix) {
            return None;
        }
    }
    None
}

/// `43.`, `43rd`.
fn is_ordinal(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let stop = frame.gap_text(at + 1) == ". ";
    let suffix = frame.gap_text(at + 1).is_empty()
        && matches!(frame.word(at + 1), "st" | "nd" | "rd" | "th");
    stop || suffix
}
