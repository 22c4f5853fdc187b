//! Whose office it is: `Italian president`, `minister of Italy`, `Roms Minister`.

use super::facts::Facts;
use super::frame::RoleHit;
use super::kind;
use super::names::NameRun;
use super::shape::{Case, Gap};
use super::state::{State, Target};

/// What the text shows of a person's function.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    pub(super) role: Option<usize>,
    pub(super) acts_for: Option<Target>,
    /// One word is enough for a name.
    pub(super) direct: bool,
}

/// The office with whom it is of.
pub(super) fn of_role(
    state: &State,
    role: RoleHit,
    run: Option<NameRun>,
    direct: bool,
) -> Evidence {
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
pub(super) fn party_before(state: &State, role: RoleHit) -> Option<Target> {
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
        let adjective = frame.case(at) == Case::Lower && role.start - at <= 2;
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
            || (at > role.end && frame.case(at) == Case::Lower)
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

/// `Randhir Jaiswal of the MEA`.
pub(super) fn of_party(state: &State, end: usize) -> Option<Evidence> {
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
