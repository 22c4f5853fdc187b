//! Persons: offices with names, surnames after titles, and names the document gave in full before.

use rustc_hash::FxHashMap;

use crate::gazetteer::EntityIx;
use crate::mention::{FoundBy, Sense};

use super::frame::{Gap, RoleHit};
use super::kind;
use super::names::{NameRun, name_at};
use super::scan::{Candidate, titled};
use super::state::{Office, State, Target, slug};
use super::words::Facts;

/// How far an apposition reaches.
const APPOSITION: usize = 12;

/// What the text shows of a person's function.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    role: Option<usize>,
    acts_for: Option<Target>,
    /// One word is enough for a name.
    direct: bool,
}

/// Finds unknown persons by their offices, and what the text says of known ones.
pub(super) fn find(state: &mut State, surnames: &[Candidate]) {
    resolve_titles(state, surnames);
    let mut at = 0;
    let mut previous = None;
    while at < state.frame.len() {
        let run = if state.is(at, kind::PERSON) {
            state.at(at).map(|f| NameRun {
                start: at,
                end: f.end,
                words: 2,
            })
        } else {
            name_at(state, at)
        };
        let Some(run) = run else {
            at += 1;
            continue;
        };
        if let Some(office) = judge(state, run, previous) {
            previous = Some((run.end, office));
        }
        at = run.end;
    }
}

/// Takes a name as a person if the text shows a function.
fn judge(state: &mut State, run: NameRun, previous: Option<(usize, Office)>) -> Option<Office> {
    let known = state.at(run.start).map(|f| f.target);
    let listed = previous
        .filter(|&(end, _)| is_next_of_list(state, end, run.start))
        .map(|p| p.1);
    let evidence = before(state, run)
        .or_else(|| after(state, run))
        .or_else(|| {
            let office = listed.filter(|_| run.words >= 2)?;
            Some(Evidence {
                role: office.role,
                acts_for: None,
                direct: false,
            })
        });
    if let Some(person) = known {
        let evidence = evidence.unwrap_or_default();
        let office = Office {
            person,
            acts_for: evidence.acts_for,
            role: evidence.role,
        };
        state.offices.push(office);
        return Some(office);
    }
    let evidence = evidence.filter(|e| e.direct || run.words >= 2)?;
    let span = state.frame.span(run.start, run.end);
    let name = span.of(state.frame.text).to_owned();
    let person = state.coin(kind::PERSON, &slug(&name), &name);
    state.place(
        run.start,
        run.end,
        person,
        Sense::Name,
        FoundBy::RolePattern,
    );
    let office = Office {
        person,
        acts_for: evidence.acts_for,
        role: evidence.role,
    };
    state.offices.push(office);
    Some(office)
}

/// `X, Y and Z`: whether a name follows another one in a list.
fn is_next_of_list(state: &State, end: usize, start: usize) -> bool {
    let frame = state.frame;
    if start == end {
        return frame.gap(start) == Gap::Comma;
    }
    start == end + 1 && frame.facts(end).any(Facts::CONJUNCTION) && frame.together(end, start)
}

/// An office, title or nationality in front of the name.
fn before(state: &State, run: NameRun) -> Option<Evidence> {
    let frame = state.frame;
    let mut start = run.start;
    let mut direct = false;
    while start > 0
        && frame.facts(start - 1).any(Facts::TITLE)
        && matches!(frame.gap(start), Gap::Space | Gap::Stop)
    {
        start -= 1;
        direct = true;
    }
    let gap = frame.gap(start);
    if matches!(gap, Gap::Space | Gap::Stop) {
        if let Some(role) = frame.role_before(start) {
            return Some(of_role(state, role, Some(run), true));
        }
        // `dem Ungarn Kristóf Szalay-Bobrovniczky`
        let demonym = state.ending_at(start).filter(|f| f.sense == Sense::Demonym);
        if let Some(found) = demonym.filter(|_| run.words >= 2) {
            return Some(Evidence {
                role: None,
                acts_for: Some(found.target),
                direct: false,
            });
        }
        if let Some(found) = apposition_of_body(state, start) {
            return Some(found);
        }
    }
    if matches!(gap, Gap::Comma | Gap::Open) && closes(state, run.end) {
        if let Some(role) = role_back(state, start) {
            return Some(of_role(state, role, None, false));
        }
    }
    direct.then_some(Evidence {
        direct,
        ..Evidence::default()
    })
}

/// `PGZ-Chef X`, `president and CEO of EDGE X`: the office, then whose, then the name.
fn apposition_of_body(state: &State, start: usize) -> Option<Evidence> {
    let frame = state.frame;
    let found = state.ending_at(start)?;
    let party = state.party(start - 1)?;
    let first = found.start;
    let role = match first.checked_sub(1) {
        Some(at) if frame.facts(at).any(Facts::OF) => frame.role_before(at),
        _ => frame.role_before(first),
    }?;
    let adjacent = frame.gap(start) == Gap::Space && frame.gap(first) == Gap::Space;
    adjacent.then_some(Evidence {
        role: Some(role.role),
        acts_for: Some(party),
        direct: false,
    })
}

/// Whether an apposition ends behind the name.
fn closes(state: &State, end: usize) -> bool {
    let frame = state.frame;
    matches!(
        frame.gap(end),
        Gap::Comma | Gap::Close | Gap::Stop | Gap::Break | Gap::Other | Gap::Open | Gap::Quote
    ) || frame.facts(end).any(Facts::CONJUNCTION)
}

/// The office of the phrase that ends in front of a comma: `the president of the committee, X`.
fn role_back(state: &State, start: usize) -> Option<RoleHit> {
    let frame = state.frame;
    let mut at = start;
    for _ in 0..APPOSITION {
        at = at.checked_sub(1)?;
        if !frame.together(at, start) || state.is(at, kind::PERSON) {
            return None;
        }
        if let Some(role) = frame.role_over(at) {
            return Some(role);
        }
        if matches!(
            frame.gap(at),
            Gap::Comma | Gap::Close | Gap::Open | Gap::Other
        ) {
            return None;
        }
    }
    None
}

/// What follows the name: `, the president of`, `, who heads`, `of Italy`, `(Kroatien)`.
fn after(state: &State, run: NameRun) -> Option<Evidence> {
    let frame = state.frame;
    let mut end = run.end;
    if run.words < 2 && !state.is(run.start, kind::PERSON) {
        return None;
    }
    if frame.gap(end) == Gap::Open {
        end = (end..end + 4).find(|&at| frame.gap(at) == Gap::Close)?;
        let party =
            (run.end..end).find_map(|at| state.party(at).filter(|_| state.is(at, kind::COUNTRY)));
        if let Some(acts_for) = party {
            return Some(Evidence {
                role: None,
                acts_for: Some(acts_for),
                direct: false,
            });
        }
        if let Some(role) = (run.end..end).find_map(|at| frame.role_over(at)) {
            return Some(of_role(state, role, None, false));
        }
    }
    if !matches!(frame.gap(end), Gap::Comma | Gap::Close) && !frame.gap_text(end).contains(',') {
        return of_party(state, end);
    }
    apposition(state, end)
}

/// `Randhir Jaiswal of the MEA`.
fn of_party(state: &State, end: usize) -> Option<Evidence> {
    let frame = state.frame;
    if !frame.facts(end).any(Facts::OF) || frame.gap(end) != Gap::Space {
        return None;
    }
    let at =
        (end + 1..end + 3).find(|&at| frame.gap(at) == Gap::Space && state.at(at).is_some())?;
    let party = state
        .party(at)
        .filter(|_| !state.at(at).is_some_and(|f| f.seat))?;
    Some(Evidence {
        role: None,
        acts_for: Some(party),
        direct: false,
    })
}

/// `, the president of ...`, `, 54, chief of ...`, `, who heads ...`.
fn apposition(state: &State, start: usize) -> Option<Evidence> {
    let frame = state.frame;
    for at in start..start + 7 {
        if !frame.together(start, at)
            || (at > start && matches!(frame.gap(at), Gap::Other | Gap::Close))
        {
            return None;
        }
        if let Some(role) = frame.role_at(at) {
            // `..., defence minister Y`: the office is the next one's
            let next = name_at(state, role.end).is_some() || state.is(role.end, kind::PERSON);
            let own = !(next && frame.gap(role.end) == Gap::Space);
            return own.then(|| of_role(state, role, None, false));
        }
        if frame.facts(at).any(Facts::HEADS) {
            let party = (at + 1..at + 7)
                .take_while(|&i| frame.together(at, i))
                .find_map(|i| state.party(i));
            return Some(Evidence {
                role: None,
                acts_for: party,
                direct: false,
            });
        }
        if at > start && frame.gap(at) == Gap::Comma && at > start + 1 {
            return None;
        }
        if state.is(at, kind::PERSON) || frame.facts(at).any(Facts::CONJUNCTION | Facts::SPEECH) {
            return None;
        }
    }
    None
}

/// The office with whom it is of.
fn of_role(state: &State, role: RoleHit, run: Option<NameRun>, direct: bool) -> Evidence {
    let acts_for = party_before(state, role)
        .or_else(|| run.and_then(|r| party_behind_name(state, r)))
        .or_else(|| party_after(state, role));
    Evidence {
        role: Some(role.role),
        acts_for,
        direct,
    }
}

/// `Italian President`, `Roms Minister`, `Nato-Generalsekretär`, `Poland's deputy prime minister and defence minister`.
fn party_before(state: &State, role: RoleHit) -> Option<Target> {
    let frame = state.frame;
    let from = role.start.saturating_sub(7);
    for at in (from..role.start).rev() {
        if !frame.together(at, role.start) || state.is(at, kind::PERSON) {
            return None;
        }
        let gap = frame.gap(at + 1);
        if matches!(
            gap,
            Gap::Comma | Gap::Open | Gap::Close | Gap::Other | Gap::Break | Gap::Quote
        ) {
            return None;
        }
        if let Some(party) = state.party(at) {
            return Some(party);
        }
        let linking = frame.facts(at).any(Facts::CONJUNCTION)
            || frame.role_over(at).is_some()
            || frame.word(at) == "s";
        let adjective = frame.case(at) == super::frame::Case::Lower && role.start - at <= 2;
        if !(linking || adjective)
            || frame
                .facts(at)
                .any(Facts::OF | Facts::PLACE | Facts::APPOSITION)
        {
            return None;
        }
    }
    None
}

/// `minister of Italy`, `Oberhaupt Nordkoreas`, `defence minister in Rome`.
fn party_after(state: &State, role: RoleHit) -> Option<Target> {
    let frame = state.frame;
    for at in role.end..role.end + 6 {
        if !frame.together(role.start, at) || !matches!(frame.gap(at), Gap::Space | Gap::Hyphen) {
            return None;
        }
        if let Some(party) = state.party(at) {
            return Some(party);
        }
        if state.at(at).is_some() {
            return None;
        }
        let skips = frame
            .facts(at)
            .any(Facts::OF | Facts::PLACE | Facts::APPOSITION | Facts::CONJUNCTION)
            || frame.role_over(at).is_some()
            || (at > role.end && frame.case(at) == super::frame::Case::Lower)
            || frame.facts(at).body().is_some();
        if !skips {
            return None;
        }
    }
    None
}

/// `Maj. Gen. Luciano Portolano of Italy`.
fn party_behind_name(state: &State, run: NameRun) -> Option<Target> {
    of_party(state, run.end).and_then(|e| e.acts_for)
}

/// `Minister Pistorius`, `Mr Modi`: the surname of the gazetteer's person that fits best.
fn resolve_titles(state: &mut State, surnames: &[Candidate]) {
    let mut at = 0;
    while let Some(first) = surnames.get(at) {
        let here = surnames[at..]
            .iter()
            .take_while(|c| c.start == first.start && c.end == first.end);
        let group: Vec<EntityIx> = here.map(|c| c.entry.entity).collect();
        at += group.len();
        let (start, end) = (first.start, first.end);
        if !state.free(start, end) || !titled(state.frame, start) || !ends_name(state, end) {
            continue;
        }
        if let Some(person) = best_fit(state, start, &group) {
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

/// Whether no further part of a name follows.
fn ends_name(state: &State, end: usize) -> bool {
    let hyphen = state.frame.gap(end) == Gap::Hyphen && state.frame.capital(end);
    let next = state.frame.gap(end) == Gap::Space
        && name_at(state, end).is_some()
        && state.frame.doc.language == "en";
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
        let tenures = state.gazetteer.tenures(*person);
        let held = tenures.iter().filter(|t| t.holds_on(frame.doc.date));
        let mut points = 0;
        for tenure in held {
            let fits = usize::from(wanted == Some(tenure.role.as_str()));
            let there = usize::from(party == Some(Target::Known(tenure.of)));
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

/// Surnames of everybody whom the document names in full, at every other place.
pub(super) fn refer_back(state: &mut State, surnames: &[Candidate]) {
    let by_name = full_names(state);
    known_surnames(state, surnames);
    for at in 0..state.frame.len() {
        let frame = state.frame;
        if !frame.capital(at) || !state.free(at, at + 1) || frame.word(at).len() < 2 {
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
        if named.contains(&person) && state.free(c.start, c.end) && ends_name(state, c.end) {
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
        if start + 2 == found.end && frame.case(found.end - 1) == super::frame::Case::Lower {
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
