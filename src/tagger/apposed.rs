//! Names that the text explains (`X, a Turkish drone`, `X, das Manöver`), and those in a list with known ones.

use super::facts::Facts;
use super::heads::{is_common_noun, is_no_noun, is_proper, make_kind};
use super::kind::{self, Kind};
use super::marks;
use super::named::kind_of;
use super::shape::{Case, Gap};
use super::state::State;

/// How many words an explanation has between comma and noun.
const REACH: usize = 6;

/// How far the words of a sentence are looked at.
const SENTENCE: usize = 30;

/// The longest name in words.
const LONGEST: usize = 4;

/// The largest number that counts things and is no year.
const DIGITS: usize = 3;

/// Finds them.
pub(super) fn find(state: &mut State) {
    let frame = state.frame;
    let mut next = 1;
    while let Some(at) = frame.marked(next, marks::APPOSED) {
        next = at + 1;
        if frame.gap(at) == Gap::Comma {
            explained(state, at);
            continue;
        }
        owned(state, at);
    }
}

/// `X, ein Ausrüster`, `X, the army exercise`, `X, Sweden's largest yard`, `X, dänische Übung`.
fn explained(state: &mut State, comma: usize) {
    let frame = state.frame;
    let opens = frame.facts(comma).any(Facts::APPOSITION) || state.is(comma, kind::COUNTRY);
    let Some(start) = opens.then(|| name_before(state, comma)).flatten() else {
        return;
    };
    let kind = (comma..comma + REACH)
        .take_while(|&at| at == comma || is_inside(state, at))
        .find_map(|at| kind_of(state, at).filter(|_| is_head(state, at)));
    if let Some(kind) = kind.filter(|k| *k != kind::ORGANISATION) {
        make_kind(state, start, comma, kind);
    }
}

/// Words between the article and the noun of an explanation.
fn is_inside(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let joined = matches!(frame.gap(at), Gap::Space | Gap::Hyphen | Gap::Apostrophe);
    joined && !frame.facts(at - 1).any(Facts::OF | Facts::CONJUNCTION)
}

/// The noun itself: another noun behind it would be what the name is.
fn is_head(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let next = frame.gap(at + 1) == Gap::Space || frame.gap(at + 1) == Gap::Hyphen;
    let noun = kind_of(state, at + 1).is_some() || frame.role_over(at + 1).is_some();
    !(next
        && (noun
            || (frame.words.capital_nouns && frame.capital(at + 1) && is_proper(state, at + 1))))
        && frame.role_over(at).is_none()
}

/// The start of the name that ends in front of a comma, if nothing shows that it is a noun.
fn name_before(state: &State, comma: usize) -> Option<usize> {
    let frame = state.frame;
    let mut start = comma;
    while let Some(word) = start.checked_sub(1).filter(|&w| is_proper(state, w)) {
        let whole = frame.words.capital_nouns || start == comma;
        let common = whole && is_common_noun(state, word);
        if common || start + LONGEST == comma {
            break;
        }
        start = word;
        if !matches!(frame.gap(start), Gap::Space | Gap::Hyphen) {
            break;
        }
    }
    let german = frame.words.capital_nouns;
    let article = start > 0
        && frame.gap(start) == Gap::Space
        && frame.case(start - 1) == Case::Lower
        && frame.facts(start - 1).any(Facts::DETERMINER);
    let plain = frame.facts(start).is_plain() && frame.word(start).chars().count() > 2;
    let noun = german && (article || !is_no_noun(state, start));
    (start < comma && plain && !noun).then_some(start)
}

/// `from China's X`, `with Turkey's X`: what a country has and deals in is a company.
fn owned(state: &mut State, at: usize) {
    let frame = state.frame;
    let owner = state
        .ending_at(at)
        .filter(|f| state.kind(f.target) == kind::COUNTRY);
    let Some(country) = owner.map(|f| f.start) else {
        return;
    };
    let genitive = frame.gap(at) == Gap::Apostrophe && frame.word(at) == "s";
    let from = country > 0
        && frame.gap(country) == Gap::Space
        && frame
            .facts(country - 1)
            .any(Facts::OF | Facts::CONJUNCTION | Facts::DEAL);
    let start = at + 1;
    if !(genitive && from) || frame.gap(start) != Gap::Space || !is_proper(state, start) {
        return;
    }
    let mut end = start + 1;
    while end < start + LONGEST && frame.gap(end) == Gap::Space && is_proper(state, end) {
        end += 1;
    }
    let trade = (at.saturating_sub(SENTENCE)..at + SENTENCE)
        .any(|i| frame.together(at, i) && frame.all_facts(i).any(Facts::COMPANY));
    let person = frame.role_over(end).is_some() || !frame.facts(start).is_plain();
    if trade && !person && !is_common_noun(state, start) && frame.gap(end) != Gap::Hyphen {
        make_kind(state, start, end, kind::COMPANY);
    }
}

/// Adds the neighbours of known weapons and companies in lists, and weapons behind numbers.
pub(super) fn lists(state: &mut State) {
    if state.frame.civil {
        return;
    }
    let frame = state.frame;
    let mut next = 1;
    while let Some(at) = frame.marked(next, marks::LISTED) {
        next = at + 1;
        beside(state, at);
        counted(state, at);
    }
}

/// `Leopard 2 and X`, `X, Saab and Thales`.
fn beside(state: &mut State, at: usize) {
    let frame = state.frame;
    let linked = frame.facts(at).any(Facts::CONJUNCTION) && frame.gap(at) == Gap::Space;
    if !linked {
        return;
    }
    let right = at + 1;
    let listed = |kind: Kind| kind == kind::WEAPON || kind == kind::COMPANY;
    let of = |token: usize| {
        let found = state.at(token)?;
        let kind = state.kind(found.target);
        listed(kind).then_some(kind)
    };
    let Some(kind) = of(at - 1) else {
        return;
    };
    if frame.gap(right) != Gap::Space || !is_free_name(state, right) {
        return;
    }
    let end = right + 1;
    let joined = matches!(frame.gap(end), Gap::Hyphen | Gap::Apostrophe | Gap::Tight);
    let goes_on = frame.gap(end) == Gap::Space && frame.capital(end);
    if !(joined || goes_on) {
        make_kind(state, right, end, kind);
    }
}

/// `36 X`, `zwölf X`: counted things with a name, in a text about weapons.
fn counted(state: &mut State, at: usize) {
    let frame = state.frame;
    let digits = frame.case(at - 1) == Case::Digits && frame.word(at - 1).len() <= DIGITS;
    let number = digits || frame.facts(at - 1).any(Facts::NUMBER);
    // no item of a list, no time of the day
    let counts = frame.gap(at - 1) == Gap::Space && !frame.line_start(at - 1);
    let start_of_number = counts || frame.facts(at - 1).any(Facts::NUMBER);
    if !(number && start_of_number) || frame.gap(at) != Gap::Space || !is_free_name(state, at) {
        return;
    }
    let sentence = frame.sentence(at);
    let near = |i: &usize| frame.sentence(*i) == sentence;
    let armed = frame.sentence_has(sentence, Facts::WEAPON | Facts::DEAL)
        || (0..at)
            .rev()
            .take_while(near)
            .any(|i| state.is(i, kind::WEAPON))
        || (at..frame.len())
            .take_while(near)
            .any(|i| state.is(i, kind::WEAPON));
    let open = matches!(frame.gap(at + 1), Gap::Space) && frame.capital(at + 1);
    if armed && !open && frame.gap(at + 1) != Gap::Hyphen {
        make_kind(state, at, at + 1, kind::WEAPON);
    }
}

/// A capitalised word that no list knows and nobody has.
fn is_free_name(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let long = frame.word(at).chars().count() > 2;
    long && is_proper(state, at) && frame.facts(at).is_plain() && is_no_noun(state, at)
}
