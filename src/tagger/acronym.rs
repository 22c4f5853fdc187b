//! Acronyms that the text defines: `Defense Acquisition Program Administration (DAPA)`.

use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::kind;
use super::marks;
use super::shape::Gap;
use super::state::{State, Target, slug};

/// How many small words a long form may have between its capitals.
const FILLERS: usize = 3;

/// The longest long form in words.
const LONGEST: usize = 10;

/// Finds the definitions; the long forms that nobody knows become entities.
pub(super) fn define(state: &mut State) {
    let frame = state.frame;
    let mut next = 1;
    while let Some(at) = frame.marked(next, marks::ACRONYM) {
        next = at + 1;
        if introduces(state, at) {
            definition(state, at);
        } else {
            explanation(state, at);
        }
    }
}

/// `(DAPA)`, `- HALO`, `– HALO`.
fn introduces(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let bracket = frame.gap(at) == Gap::Open && frame.gap_text(at + 1).starts_with(')');
    let dash = matches!(frame.gap_text(at).trim(), "-" | "–" | "—") && frame.gap(at) != Gap::Hyphen
        || matches!(frame.gap_text(at), " - " | " – " | " — ");
    bracket || dash
}

fn definition(state: &mut State, at: usize) {
    if let Some(found) = state.ending_at(at) {
        let (target, kind) = (found.target, state.kind(found.target));
        if !matches!(kind, kind::COUNTRY | kind::PERSON) && fits(state, found.start, at) {
            claim(state, at, target);
            return;
        }
    }
    if let Some(start) = long_form(state, at) {
        let target = state.at(at).map(|f| f.target);
        let owned: Vec<usize> = (start..at).filter(|&i| state.at(i).is_some()).collect();
        if owned.iter().any(|&i| !state.is(i, kind::COUNTRY)) && target.is_none() {
            return;
        }
        for i in owned {
            state.drop_at(i);
        }
        let target = target.unwrap_or_else(|| coin(state, start, at));
        state.place(start, at, target, Sense::Name, FoundBy::Acronym);
        claim(state, at, target);
    }
}

/// `DFKI (Deutsches Forschungszentrum für Künstliche Intelligenz)`.
fn explanation(state: &mut State, at: usize) {
    let frame = state.frame;
    if frame.gap(at + 1) != Gap::Open || frame.gap_text(at + 1).trim() != "(" {
        return;
    }
    let close = (at + 2..at + 2 + LONGEST).find(|&i| frame.gap(i) == Gap::Close);
    let Some(end) = close.filter(|&end| spells(state, at, at + 1, end)) else {
        return;
    };
    let known = state
        .at(at)
        .or_else(|| state.at(at + 1).filter(|f| f.end == end));
    if let Some(target) = known.map(|f| f.target) {
        claim(state, at, target);
    } else if state.free(at + 1, end) {
        let target = coin(state, at + 1, end);
        state.place(at + 1, end, target, Sense::Name, FoundBy::Acronym);
        claim(state, at, target);
    }
}

/// Whether the capitals that start the words are the letters of the acronym.
fn spells(state: &State, at: usize, start: usize, end: usize) -> bool {
    let frame = state.frame;
    let letters = frame.word(at).chars().filter(|c| c.is_uppercase());
    let capitals = (start..end).filter(|&i| frame.capital(i));
    letters.eq(capitals.filter_map(|i| frame.word(i).chars().next()))
}

/// Gives the acronym to what the long form stands for.
fn claim(state: &mut State, at: usize, target: Target) {
    if state.at(at).is_some_and(|f| f.target != target) {
        state.drop_at(at);
    }
    state.place(at, at + 1, target, Sense::Name, FoundBy::Acronym);
}

/// Whether the capitals of the words make the acronym, its first letter at least.
fn fits(state: &State, start: usize, at: usize) -> bool {
    let initial = |i: usize| {
        state
            .frame
            .word(i)
            .chars()
            .next()
            .map(|c| c.to_ascii_uppercase())
    };
    initial(start) == initial(at)
        || initial(start).is_some_and(|c| state.frame.word(at).contains(c))
}

/// The start of the words whose first letters are the acronym's, read from its end.
fn long_form(state: &State, at: usize) -> Option<usize> {
    let frame = state.frame;
    let letters: Vec<char> = frame
        .word(at)
        .chars()
        .filter(|c| c.is_uppercase())
        .collect();
    let mut left = letters.len();
    let (mut start, mut fillers, mut capitals) = (at, 0, 0);
    while left > 0 {
        start = start.checked_sub(1)?;
        let inside = start + 1 == at
            || matches!(frame.gap(start + 1), Gap::Space | Gap::Hyphen | Gap::Comma);
        if !inside {
            return None;
        }
        let first = frame.word(start).chars().next()?;
        if Some(&first) == letters.get(left - 1) {
            left -= 1;
            fillers = 0;
            capitals += 1;
            // one word may give several letters: `Streitkräfte`, `EUropean`
            continue;
        }
        fillers += 1;
        let skipped =
            first.to_uppercase().next() == letters.get(left - 1).copied() && !first.is_uppercase();
        left -= usize::from(skipped);
        if fillers > FILLERS {
            return None;
        }
    }
    let opens =
        frame.capital(start) && !(frame.facts(start).any(Facts::APPOSITION) && frame.opens(start));
    (opens && capitals >= 2).then_some(start)
}

/// A new entity of the kind that a head word of the long form tells.
fn coin(state: &mut State, start: usize, end: usize) -> Target {
    let frame = state.frame;
    let words = frame.words;
    let head = (start..end).rev().find_map(|at| frame.all_facts(at).head());
    let company = (start..end).any(|at| {
        frame
            .facts(at)
            .any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL)
    });
    let kind = match head.and_then(|h| words.heads.get(h)) {
        Some(kind) => kind.or_organisation(),
        None if company => kind::COMPANY,
        None if frame.words.capital_nouns => kind::ORGANISATION,
        None if frame.capital(end - 1) && end - start >= 3 => kind::PROGRAMME,
        None => kind::ORGANISATION,
    };
    let name = frame.span(start, end).of(frame.text).to_owned();
    state.coin(kind, &slug(&name), &name)
}

/// Every other place of a defined acronym.
pub(super) fn refer_back(state: &mut State) {
    let frame = state.frame;
    let mut defined: Vec<(&str, Target)> = Vec::new();
    for found in state
        .found
        .iter()
        .filter(|f| f.by == FoundBy::Acronym && !f.dropped)
    {
        let word = frame.word(found.start);
        let taken = defined.iter().any(|d| d.0 == word);
        if found.end == found.start + 1 && !taken {
            defined.push((word, found.target));
        }
    }
    if defined.is_empty() {
        return;
    }
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::LOUD) {
        next = at + 1;
        if state.free(at, at + 1) {
            let hit = defined.iter().find(|d| d.0 == frame.word(at)).map(|d| d.1);
            if let Some(target) = hit {
                state.place(at, at + 1, target, Sense::Name, FoundBy::Acronym);
            }
        }
    }
}
