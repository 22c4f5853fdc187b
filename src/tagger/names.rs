//! What a person's name looks like.

use super::facts::Facts;
use super::frame::Frame;
use super::shape::{Case, Gap};
use super::state::State;

/// A run of tokens that may be a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameRun {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Words that count: no particle, hyphen parts as one.
    pub(super) words: usize,
}

/// More words are no name.
const LONGEST: usize = 5;

/// The name that starts at a free token.
pub(super) fn name_at(state: &State, start: usize) -> Option<NameRun> {
    let frame = state.frame;
    if !is_part(state, start) {
        return None;
    }
    let mut run = NameRun {
        start,
        end: start + 1,
        words: 1,
    };
    loop {
        let at = run.end;
        match frame.gap(at) {
            Gap::Hyphen if joins_by_hyphen(state, at) => run.end = at + 1,
            Gap::Apostrophe if is_part(state, at) && frame.word(at - 1).len() <= 2 => {
                run.end = at + 1;
            }
            Gap::Stop | Gap::Tight if is_initial(frame, at - 1) && is_part(state, at) => {
                extend(&mut run, at);
            }
            Gap::Space if is_part(state, at) => extend(&mut run, at),
            Gap::Space if is_particle(frame, at) && !frame.facts(at).any(Facts::DETERMINER) => {
                let Some(end) = behind_particles(state, at) else {
                    break;
                };
                extend(&mut run, end - 1);
            }
            _ => break,
        }
        if run.words > LONGEST {
            return None;
        }
    }
    Some(run)
}

fn extend(run: &mut NameRun, at: usize) {
    run.end = at + 1;
    run.words += 1;
}

/// A capitalised word that nothing else claims.
fn is_part(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let shape = match frame.case(at) {
        Case::Title | Case::Mixed => true,
        Case::Upper => frame.word(at).len() == 2,
        Case::Lower | Case::Digits => false,
    };
    let facts = frame.facts(at);
    let listed = facts.any(
        Facts::NO_NAME
            | Facts::COMPANY_FORM
            | Facts::COMPANY_TAIL
            | Facts::WEAPON
            | Facts::DATELINE
            | Facts::COMPANY_HEAD
            | Facts::HEAD_AFTER
            | Facts::MILITARY,
    ) && !is_initial(frame, at);
    shape
        && state.free(at, at + 1)
        && (!listed || is_name_here(frame, at))
        && frame.role_over(at).is_none()
        && facts.body().is_none()
        && !facts.any(Facts::TITLE)
}

/// `Air Marshal Sunday Aneke`, `Sprecher Hans Richter`: a common word where only a name can stand.
fn is_name_here(frame: &Frame, at: usize) -> bool {
    if !frame.facts(at).any(Facts::MAYBE_NAME) || frame.gap(at) != Gap::Space {
        return false;
    }
    let title = at > 0 && frame.facts(at - 1).any(Facts::TITLE);
    let behind_name = at > 0
        && frame.case(at - 1) == Case::Title
        && frame.role_over(at - 1).is_none()
        && frame.facts(at - 1).is_plain();
    let first = frame.case(at + 1) == Case::Title && frame.gap(at + 1) == Gap::Space;
    title || behind_name || (first && (frame.role_before(at).is_some() || !frame.opens(at)))
}

/// `S.` in front of a full stop.
fn is_initial(frame: &Frame, at: usize) -> bool {
    frame.letters(at) == 1 && frame.capital(at) && frame.gap_text(at + 1).starts_with('.')
}

/// `Fils-Aimé`, `Jong-un`, `Guang-\nlie`.
fn joins_by_hyphen(state: &State, at: usize) -> bool {
    let short = state.frame.case(at) == Case::Lower && state.frame.word(at).len() <= 5;
    (short || is_part(state, at)) && state.free(at, at + 1)
}

fn is_particle(frame: &Frame, at: usize) -> bool {
    frame.facts(at).any(Facts::PARTICLE) && frame.word(at).len() <= 5
}

/// End of the name word behind one or two particles.
fn behind_particles(state: &State, at: usize) -> Option<usize> {
    let frame = state.frame;
    let mut next = at + 1;
    if frame.gap(next) == Gap::Space && is_particle(frame, next) {
        next += 1;
    }
    let joined = matches!(frame.gap(next), Gap::Space | Gap::Hyphen | Gap::Apostrophe);
    // `von` and `der` are common words: what follows must be no place and no noun the lists know
    let plain = frame.capital(next) && is_part(state, next);
    (joined && plain).then_some(next + 1)
}
