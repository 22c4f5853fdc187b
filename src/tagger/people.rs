//! Persons: offices with names, surnames after titles, and names the document gave in full before.

use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::frame::{Frame, RoleHit};
use super::kind;
use super::marks;
use super::names::{NameRun, name_at};
use super::office::{Evidence, of_party, of_role};
use super::scan::Candidate;
use super::shape::Gap;
use super::state::{Office, State, Target, slug};
use super::surname;

/// How far an apposition reaches.
const APPOSITION: usize = 12;

/// How far the words of a sentence are looked at.
const SENTENCE: usize = 30;

/// Offices that show by themselves that somebody acts for a state.
const PUBLIC_OFFICES: [&str; 14] = [
    "ambassador",
    "armaments_minister",
    "chief_of_defence",
    "commission_president",
    "defence_minister",
    "foreign_minister",
    "head_of_government",
    "high_representative",
    "mayor",
    "member_of_parliament",
    "minister",
    "secretary_general",
    "spokesperson",
    "state_secretary",
];

/// Offices that show it together with the name of the state.
const STATE_OFFICES: [&str; 5] = [
    "commissioner",
    "head_of_state",
    "monarch",
    "national_security_adviser",
    "official",
];

/// Finds unknown persons by their offices, and what the text says of known ones.
pub(super) fn find(state: &mut State, surnames: &[Candidate]) {
    surname::resolve_titles(state, surnames);
    let frame = state.frame;
    let mut next = 0;
    let mut previous = None;
    let mut taken = state.next_taken(0);
    loop {
        if taken.is_some_and(|taken| taken < next) {
            taken = state.next_taken(next);
        }
        let capital = frame.marked(next, marks::CAPITAL);
        let Some(at) = capital.into_iter().chain(taken).min() else {
            return;
        };
        next = at + 1;
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
            continue;
        };
        if let Some(office) = judge(state, run, previous) {
            previous = Some((run.end, office));
        }
        next = run.end;
    }
}

/// Takes a name as a person if the text shows a function.
fn judge(state: &mut State, run: NameRun, previous: Option<(usize, Office)>) -> Option<Office> {
    let evidence = before(state, run)
        .map(|e| completed(state, run, e))
        .or_else(|| after(state, run))
        .or_else(|| listed(state, run, previous));
    let named = state.is(run.start, kind::PERSON);
    // `King X` has his office in his name
    let public = evidence.is_some_and(|e| is_public(state, e, named))
        || (named && state.frame.role_at(run.start).is_some());
    if state.frame.civil && !public {
        state.drop_at(run.start);
        return None;
    }
    let known = state.at(run.start).map(|f| f.target);
    let (person, evidence) = if let Some(person) = known {
        (person, evidence.unwrap_or_default())
    } else {
        let evidence = evidence.filter(|e| e.direct || run.words >= 2)?;
        (coin(state, run, evidence)?, evidence)
    };
    let office = Office {
        person,
        acts_for: evidence.acts_for,
        role: evidence.role,
    };
    state.offices.push(office);
    Some(office)
}

/// Whether the office is one that only those who govern hold: on pages about sport and the like
/// captains, directors and spokesmen of clubs are named.
fn is_public(state: &State, evidence: Evidence, known: bool) -> bool {
    let role = evidence
        .role
        .and_then(|r| state.frame.words.roles.get(r))
        .map(String::as_str);
    let of = evidence.acts_for;
    let of_country = of.is_some_and(|t| state.country(t).is_some());
    role.is_some_and(|r| {
        PUBLIC_OFFICES.contains(&r)
            || (STATE_OFFICES.contains(&r) && (known || of.is_some()))
            || (r == "executive" && of_country)
    })
}

/// `General X, chief of the Y`: the rank stands in front, whom X acts for behind.
fn completed(state: &State, run: NameRun, evidence: Evidence) -> Evidence {
    let named = evidence.acts_for.is_none() && run.words >= 2;
    let behind = named.then(|| after(state, run)).flatten();
    Evidence {
        acts_for: evidence.acts_for.or(behind.and_then(|b| b.acts_for)),
        ..evidence
    }
}

/// A new person, unless it is no name after all.
fn coin(state: &mut State, run: NameRun, evidence: Evidence) -> Option<Target> {
    let span = state.frame.span(run.start, run.end);
    if span.len() < 2 || (!evidence.direct && is_noun_phrase(state, run.start)) {
        return None;
    }
    let name = span.of(state.frame.text).to_owned();
    let person = state.coin(kind::PERSON, &slug(&name), &name);
    let by = FoundBy::RolePattern;
    state.place(run.start, run.end, person, Sense::Name, by);
    Some(person)
}

/// The office of the list that the name goes on: `the ministers X and Y`.
fn listed(state: &State, run: NameRun, previous: Option<(usize, Office)>) -> Option<Evidence> {
    let (end, office) = previous?;
    let goes_on = run.words >= 2 && is_next_of_list(state, end, run.start);
    goes_on.then_some(Evidence {
        role: office.role,
        acts_for: None,
        direct: false,
    })
}

/// `ihrem Boden`: an article in front is for nouns.
fn is_noun_phrase(state: &State, start: usize) -> bool {
    let frame = state.frame;
    let article = |at: usize| frame.facts(at).any(Facts::DETERMINER) && !frame.capital(at);
    frame.gap(start) == Gap::Space && start.checked_sub(1).is_some_and(article)
}

/// Whether the sentence is about those in office at all.
fn is_official(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let near = at.saturating_sub(SENTENCE)..at + SENTENCE;
    let official = Facts::GOVERNMENT | Facts::SPEECH | Facts::MILITARY;
    near.filter(|&i| frame.together(at, i)).any(|i| {
        let facts = frame.all_facts(i);
        facts.any(official) || facts.body().is_some() || facts.role().is_some()
    })
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
    while let Some(title) = start.checked_sub(1).filter(|&t| is_title_of(frame, t)) {
        start = title;
        direct = true;
    }
    let gap = frame.gap(start);
    if matches!(gap, Gap::Space | Gap::Stop) {
        if let Some(role) = frame.role_before(start) {
            return Some(of_role(state, role, Some(run), true));
        }
        let told = by_demonym(state, run, start).or_else(|| apposition_of_body(state, start));
        if told.is_some() {
            return told;
        }
    }
    if matches!(gap, Gap::Comma | Gap::Open)
        && closes(state, run.end)
        && let Some(role) = role_back(state, start)
    {
        return Some(of_role(state, role, None, false));
    }
    let titled = direct && (run.words >= 2 || is_official(state, run.start));
    titled.then_some(Evidence {
        direct,
        ..Evidence::default()
    })
}

/// `dem Ungarn Kristóf Szalay-Bobrovniczky`.
fn by_demonym(state: &State, run: NameRun, start: usize) -> Option<Evidence> {
    let found = state
        .ending_at(start)
        .filter(|f| f.sense == Sense::Demonym)?;
    let person = run.words >= 2 && is_official(state, start);
    person.then_some(Evidence {
        role: None,
        acts_for: Some(found.target),
        direct: false,
    })
}

/// `Dr. X`, `Mr X`, but not `No, Sir. X`.
fn is_title_of(frame: &Frame, at: usize) -> bool {
    let answer = frame.gap(at + 1) == Gap::Stop && frame.gap(at) == Gap::Comma;
    frame.facts(at).any(Facts::TITLE)
        && matches!(frame.gap(at + 1), Gap::Space | Gap::Stop)
        && !answer
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
        if let Some(acts_for) = party.filter(|_| is_official(state, run.start)) {
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
        return of_party(state, end).filter(|_| is_official(state, run.start));
    }
    apposition(state, end)
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
