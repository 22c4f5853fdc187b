//! Unknown companies: by legal form, by the words their names end in, and beside words like `firm`.

use super::facts::Facts;
use super::heads::{is_common_noun, is_no_noun, is_proper, make_kind, name_end};
use super::kind;
use super::shape::{Case, Gap};
use super::state::State;

/// The longest name in front of a legal form, in words.
const LONGEST: usize = 4;

/// How far behind the name of a maker `built` may stand.
const MADE_REACH: usize = 3;

/// The office whose holders lead companies.
const CHIEF: &str = "chief_executive";

/// Finds the companies that a word shows.
pub(super) fn find(state: &mut State, at: usize, facts: Facts) {
    if facts.any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL) && state.frame.capital(at) {
        behind(state, at);
    }
    if facts.any(Facts::COMPANY_HEAD) {
        listed(state, at + 1, true);
        in_compound(state, at);
    }
    by_phrase(state, at);
    made_by(state, at);
    of_chief(state, at);
}

/// `Rheinmetall Hungary Zrt.`, `Northern Star Shipyards`.
fn behind(state: &mut State, at: usize) {
    let frame = state.frame;
    if !state.free(at, at + 1) || frame.gap(at) != Gap::Space {
        return;
    }
    let form = frame.facts(at).any(Facts::COMPANY_FORM);
    let mut start = at;
    while start > 0 && start + LONGEST > at && frame.gap(start) == Gap::Space {
        let country = form && state.is(start - 1, kind::COUNTRY);
        let part = is_proper(state, start - 1) || (form && is_part(state, start - 1));
        if !part && !country {
            break;
        }
        start -= 1;
    }
    if let Some(parent) = state
        .ending_at(start)
        .filter(|f| start < at && state.kind(f.target) == kind::COMPANY)
    {
        start = parent.start;
    }
    let long = start < at && (!frame.opens(start) || start + 1 < at);
    let thing = |i: usize| frame.facts(i).any(Facts::NO_WEAPON) || is_common_noun(state, i);
    let kind_of_thing = (start..at).any(thing);
    let common = !form && (kind_of_thing || (frame.words.capital_nouns && start + 1 == at));
    if long && !common {
        for i in start..at {
            state.drop_at(i);
        }
        make_kind(state, start, at + 1, kind::COMPANY);
    }
}

/// Any capitalised word of a name that ends in its legal form: `Systeme`, `Defence`.
fn is_part(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let other = Facts::DETERMINER
        | Facts::APPOSITION
        | Facts::OF
        | Facts::PLACE
        | Facts::CONJUNCTION
        | Facts::TITLE
        | Facts::COMPANY_HEAD;
    let inside = frame.capital(at) && !frame.opens(at) && state.free(at, at + 1);
    inside && !frame.facts(at).any(other) && frame.role_over(at).is_none()
}

/// `Technologiekonzern X`, `shipbuilder X`, `the firms X and Y`, `Firmen wie X, Y und Z`.
fn listed(state: &mut State, start: usize, beside_head: bool) {
    let frame = state.frame;
    let colon = frame.gap_text(start).trim() == ":";
    if !colon && !matches!(frame.gap(start), Gap::Space | Gap::Quote) {
        return;
    }
    let mut at = behind_naming(state, start);
    loop {
        at = match state.at(at).filter(|f| f.start == at) {
            Some(known) if state.kind(known.target) == kind::COMPANY => known.end,
            Some(_) => return,
            // right behind `Konzern` even what could be a noun is a name
            None => match company_at(state, at, beside_head && at == start) {
                Some(end) => {
                    make_kind(state, at, end, kind::COMPANY);
                    end
                }
                None => return,
            },
        };
        let linked = frame.facts(at).any(Facts::CONJUNCTION) && frame.gap(at) == Gap::Space;
        if !linked && frame.gap(at) != Gap::Comma {
            return;
        }
        at += usize::from(linked);
    }
}

/// The token behind `such as`, `wie`.
fn behind_naming(state: &State, at: usize) -> usize {
    let frame = state.frame;
    let phrases = frame.phrases_from(at).filter(|p| p.facts.any(Facts::NAMED));
    let word = frame.facts(at).any(Facts::NAMED) && frame.case(at) == Case::Lower;
    let end = phrases.map(|p| p.end).max();
    end.unwrap_or(at + usize::from(word))
}

/// The end of the name of a company that starts at a token.
fn company_at(state: &State, start: usize, named: bool) -> Option<usize> {
    let frame = state.frame;
    let plain = is_proper(state, start) && !is_common_noun(state, start);
    let plain = plain && (named || frame.gap(start) == Gap::Quote || is_no_noun(state, start));
    let facts = frame.facts(start);
    if !plain || facts.head().is_some() || facts.body().is_some() {
        return None;
    }
    let mut end = match frame.gap(start) {
        Gap::Space | Gap::Quote => name_end(state, start)?,
        _ => start + 1,
    };
    while end < start + LONGEST && frame.gap(end) == Gap::Space && is_proper(state, end) {
        let more = frame
            .facts(end)
            .any(Facts::COMPANY_FORM | Facts::COMPANY_TAIL);
        if !more && is_common_noun(state, end) {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// `built by X`, `contract with X`, `gebaut von X`.
fn by_phrase(state: &mut State, at: usize) {
    let frame = state.frame;
    let bits = Facts::MADE_BY | Facts::DEAL;
    let Some(end) = frame
        .phrases_from(at)
        .filter(|p| p.facts.any(bits))
        .map(|p| p.end)
        .max()
    else {
        return;
    };
    let article = usize::from(frame.facts(end).any(Facts::APPOSITION));
    let start = end + article;
    let joined = (end..=start).all(|i| frame.gap(i) == Gap::Space);
    if joined && (article == 0 || !frame.words.capital_nouns) {
        listed(state, start, false);
    }
}

/// `X CEO Y`, `CEO of X`: whom somebody leads.
fn of_chief(state: &mut State, at: usize) {
    let frame = state.frame;
    let chief = |role: usize| frame.words.roles.get(role).is_some_and(|r| r == CHIEF);
    let Some(role) = frame.role_at(at).filter(|r| chief(r.role)) else {
        return;
    };
    let of = role.end;
    if frame.facts(of).any(Facts::OF) && frame.gap(of) == Gap::Space {
        if let Some(end) = company_at(state, of + 1, false) {
            make_kind(state, of + 1, end, kind::COMPANY);
        }
        return;
    }
    let mut start = at;
    while start > 0 && start + LONGEST > at && is_proper(state, start - 1) {
        let gap = frame.gap(start);
        if !(gap == Gap::Space && !frame.words.capital_nouns || gap == Gap::Hyphen) {
            break;
        }
        start -= 1;
    }
    let named = start < at && !frame.opens(start) && !is_common_noun(state, start);
    if named && frame.facts(start).head().is_none() {
        make_kind(state, start, at, kind::COMPANY);
    }
}

/// `X-Werft`: the first part of a compound.
fn in_compound(state: &mut State, head: usize) {
    let frame = state.frame;
    let Some(start) = head
        .checked_sub(1)
        .filter(|_| frame.gap(head) == Gap::Hyphen)
    else {
        return;
    };
    let whole = frame.gap(start) != Gap::Hyphen && is_proper(state, start);
    let plain = frame.facts(start).is_plain() && is_no_noun(state, start);
    if frame.words.capital_nouns && whole && plain && !frame.word(start).ends_with('s') {
        make_kind(state, start, head, kind::COMPANY);
    }
}

/// `von X hergestellt`, `X-built`.
fn made_by(state: &mut State, at: usize) {
    let frame = state.frame;
    let built = at > 0 && frame.gap(at) == Gap::Hyphen && frame.facts(at).any(Facts::MADE);
    if built && !frame.opens(at - 1) && is_proper(state, at - 1) && !is_common_noun(state, at - 1) {
        make_kind(state, at - 1, at, kind::COMPANY);
        return;
    }
    let german = frame.words.capital_nouns && frame.facts(at).any(Facts::OF);
    if !german || frame.gap(at + 1) != Gap::Space {
        return;
    }
    let Some(end) = company_at(state, at + 1, false) else {
        return;
    };
    let mut verbs = end..end + MADE_REACH;
    if verbs.any(|i| frame.together(at, i) && frame.facts(i).any(Facts::MADE)) {
        make_kind(state, at + 1, end, kind::COMPANY);
    }
}
