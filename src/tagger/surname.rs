//! Surnames: after a title, and of those whom the document names in full.

use rustc_hash::FxHashMap;

use crate::gazetteer::EntityIx;
use crate::mention::{FoundBy, Sense};

use super::context::titled;
use super::facts::Facts;
use super::kind;
use super::marks;
use super::names::name_at;
use super::office::party_before;
use super::scan::Candidate;
use super::shape::{Case, Gap};
use super::state::{Found, State, Target};

/// The shortest surname that counts alone.
const SHORTEST: usize = 4;

/// Points of a person whom the document names in full: more than any office gives.
const IN_FULL: usize = 10;

/// Those who are known by their surname alone while they are in office.
const HIGH_OFFICES: [&str; 5] = [
    "head_of_state",
    "head_of_government",
    "defence_minister",
    "foreign_minister",
    "secretary_general",
];

/// `Minister Pistorius`, `Mr Modi`: the surname of the gazetteer's person that fits best.
pub(super) fn resolve_titles(state: &mut State, surnames: &[Candidate]) {
    let mut at = 0;
    while let Some(first) = surnames.get(at) {
        let here = surnames
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|c| c.start == first.start && c.end == first.end);
        let mut group: Vec<EntityIx> = here.map(|c| c.entry.entity).collect();
        at += group.len();
        group.sort_unstable();
        group.dedup();
        let (start, end) = (first.start, first.end);
        if !is_open(state, start, end) || !titled(state.frame, start) || !ends_name(state, end) {
            continue;
        }
        if let Some(person) = best_fit(state, start, &group) {
            (start..end).for_each(|at| state.drop_at(at));
            state.place(
                start,
                end,
                Target::Known(person),
                Sense::Name,
                FoundBy::BackReference,
            );
        }
    }
}

/// `Petro softened the order`: a surname alone, of one who governs a country of the document.
pub(super) fn in_office(state: &mut State, surnames: &[Candidate]) {
    if state.frame.civil {
        return;
    }
    for c in surnames {
        let long = c.end > c.start + 1 || state.frame.letters(c.start) >= SHORTEST;
        if !long || !state.free(c.start, c.end) || !is_alone(state, c) {
            continue;
        }
        let same = surnames
            .iter()
            .filter(|o| o.start == c.start && o.end == c.end);
        let mut governing = same.filter(|o| governs(state, o.entry.entity));
        let (Some(person), None) = (governing.next(), governing.next()) else {
            continue;
        };
        let target = Target::Known(person.entry.entity);
        state.place(c.start, c.end, target, Sense::Name, FoundBy::BackReference);
    }
}

/// The surname is all there is of the name, is no common word, and speaks or acts.
fn is_alone(state: &State, c: &Candidate) -> bool {
    let frame = state.frame;
    let known = !frame.facts(c.start).is_plain();
    let behind = matches!(frame.gap(c.start), Gap::Space | Gap::Tight | Gap::Hyphen)
        && c.start
            .checked_sub(1)
            .is_some_and(|b| frame.capital(b) && !frame.opens(b));
    let article = c
        .start
        .checked_sub(1)
        .is_some_and(|b| frame.facts(b).any(Facts::DETERMINER));
    let acts = frame.gap(c.end) == Gap::Space && frame.case(c.end) == Case::Lower;
    let owns = frame.gap(c.end) == Gap::Apostrophe && frame.word(c.end) == "s";
    !known && !behind && !article && ends_name(state, c.end) && (acts || owns)
}

/// Whether a person holds a high office at the document's date, of a country it names.
fn governs(state: &State, person: EntityIx) -> bool {
    let date = state.frame.doc.date;
    let high = |role: &str| HIGH_OFFICES.contains(&role);
    let held = state.gazetteer.tenures(person).iter();
    held.filter(|t| high(&t.role) && date.is_some() && t.holds_on(date))
        .any(|t| {
            let of = Target::Known(t.of);
            state
                .found
                .iter()
                .any(|f| !f.dropped && (f.target == of || state.country(f.target) == Some(of)))
        })
}

/// Whether no further part of a name follows.
fn ends_name(state: &State, end: usize) -> bool {
    let hyphen = state.frame.gap(end) == Gap::Hyphen && state.frame.capital(end);
    let next = state.frame.gap(end) == Gap::Space
        && name_at(state, end).is_some()
        && !state.frame.words.capital_nouns;
    !hyphen && !next
}

/// The one who is in the office named, at the date, of a country of the document.
fn best_fit(state: &State, start: usize, group: &[EntityIx]) -> Option<EntityIx> {
    let frame = state.frame;
    let role = frame.role_before(start);
    let wanted = role
        .and_then(|r| frame.words.roles.get(r.role))
        .map(String::as_str);
    let party = role.and_then(|r| party_before(state, r));
    let score = |person: &EntityIx| {
        if let Some(at) = last_named(state, *person, start) {
            return IN_FULL + at;
        }
        let tenures = state.gazetteer.tenures(*person);
        let held = tenures.iter().filter(|t| t.holds_on(frame.doc.date));
        let mut points = 0;
        for tenure in held {
            let fits = usize::from(wanted == Some(tenure.role.as_str()));
            let of = Some(Target::Known(tenure.of));
            let there = usize::from(party == of || party.and_then(|p| state.country(p)) == of);
            let named = usize::from(
                state
                    .found
                    .iter()
                    .any(|f| !f.dropped && f.target == Target::Known(tenure.of)),
            );
            points = points.max(2 + 2 * fits + 2 * there + named);
        }
        points
    };
    let mut ranked: Vec<(usize, EntityIx)> = group.iter().map(|p| (score(p), *p)).collect();
    ranked.sort_by_key(|&(points, person)| (std::cmp::Reverse(points), person));
    match ranked.as_slice() {
        [(points, person), rest @ ..] if *points >= 3 => {
            let unique = rest.first().is_none_or(|(next, _)| next < points);
            unique.then_some(*person)
        }
        _ => None,
    }
}

/// Whether nothing but a part of a longer surname is taken: `Saab` of `Bou Saab`.
fn is_open(state: &State, start: usize, end: usize) -> bool {
    let part = |f: &Found| start <= f.start && f.end <= end && f.end - f.start < end - start;
    (start..end).all(|at| state.at(at).is_none_or(part))
}

/// Where the document names somebody last before a place, or else at all.
fn last_named(state: &State, person: EntityIx, before: usize) -> Option<usize> {
    let target = Target::Known(person);
    let named = state
        .found
        .iter()
        .filter(|f| !f.dropped && f.target == target);
    let places = named.map(|f| if f.start < before { f.start + 1 } else { 0 });
    places.max()
}

/// Surnames of everybody whom the document names in full, at every other place.
pub(super) fn refer_back(state: &mut State, surnames: &[Candidate]) {
    let by_name = full_names(state);
    known_surnames(state, surnames);
    if by_name.is_empty() {
        return;
    }
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::CAPITAL) {
        next = at + 1;
        if !state.free(at, next) || frame.word(at).len() < 2 {
            continue;
        }
        let word = frame.word(at);
        let person = by_name
            .get(word)
            .or_else(|| word.strip_suffix('s').and_then(|w| by_name.get(w)));
        let Some(&(person, parts)) = person else {
            continue;
        };
        let alone = !(at > 0 && frame.gap(at) == Gap::Hyphen) && ends_name(state, at + parts);
        if alone && state.free(at, at + parts) {
            state.place(at, at + parts, person, Sense::Name, FoundBy::BackReference);
        }
    }
}

/// Surnames of the gazetteer whose bearer the document names in full.
fn known_surnames(state: &mut State, surnames: &[Candidate]) {
    let named: Vec<Target> = state
        .found
        .iter()
        .filter(|f| !f.dropped && state.kind(f.target) == kind::PERSON)
        .map(|f| f.target)
        .collect();
    for c in surnames {
        let person = Target::Known(c.entry.entity);
        if named.contains(&person) && is_open(state, c.start, c.end) && ends_name(state, c.end) {
            (c.start..c.end).for_each(|at| state.drop_at(at));
            state.place(c.start, c.end, person, Sense::Name, FoundBy::BackReference);
        }
    }
}

/// The last word of every unknown person's name, with the number of tokens it has.
fn full_names<'a>(state: &State<'a>) -> FxHashMap<&'a str, (Target, usize)> {
    let frame = state.frame;
    let mut names = FxHashMap::default();
    for found in &state.found {
        let unknown =
            matches!(found.target, Target::New(_)) && state.kind(found.target) == kind::PERSON;
        if !unknown || found.dropped || found.by != FoundBy::RolePattern {
            continue;
        }
        let mut start = found.end - 1;
        while start > found.start && frame.gap(start) == Gap::Hyphen {
            start -= 1;
        }
        // `Eom Dong-hwan`: the family name stands first
        if start + 2 == found.end && frame.case(found.end - 1) == Case::Lower {
            names
                .entry(frame.word(found.start))
                .or_insert((found.target, 1));
        } else {
            names
                .entry(frame.word(start))
                .or_insert((found.target, found.end - start));
        }
    }
    names
}
