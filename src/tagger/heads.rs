//! Names made of a head word: `Operation X`, `X Initiative`, `Vertrag von X`, companies by legal form.

use crate::mention::{FoundBy, Sense};

use super::companies;
use super::facts::Facts;
use super::kind::{self, Kind};
use super::marks;
use super::shape::{Case, Gap};
use super::state::{State, slug};

/// The longest name in words.
const LONGEST: usize = 8;

/// The shortest word in front of a hyphen that is a name by itself, in letters.
const LONG_ENOUGH: usize = 5;

/// The longest name in quotation marks that needs a head word in its sentence only.
const LONGEST_QUOTED: usize = 3;

/// How far that head word may be.
const NEAR: usize = 10;

/// Finds them.
pub(super) fn find(state: &mut State) {
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::HEAD) {
        next = at + 1;
        let facts = frame.facts(at);
        let phrase = |bit| {
            let mut phrases = frame.phrases_from(at);
            phrases.find(|p| p.facts.any(bit)).copied()
        };
        let (of_phrase, behind) = (phrase(Facts::HEAD_OF), phrase(Facts::HEAD_AFTER));
        if facts.any(Facts::HEAD_OF) {
            of(state, at, at + 1, facts.head());
        }
        if let Some(phrase) = of_phrase {
            of(state, at, phrase.end, phrase.facts.head());
        }
        if facts.any(Facts::HEAD_BEFORE) {
            before(state, at, facts.head());
        }
        if let Some(phrase) = behind.filter(|_| frame.capital(at)) {
            after(state, at, phrase.end, phrase.facts.head());
        } else if facts.any(Facts::HEAD_AFTER) {
            after(state, at, at + 1, facts.head());
        }
        companies::find(state, at, facts);
        quoted(state, at);
    }
}

/// A word that may be part of a proper name and is nobody's yet.
pub(super) fn is_proper(state: &State, at: usize) -> bool {
    let frame = state.frame;
    frame.capital(at)
        && state.free(at, at + 1)
        && !frame.facts(at).any(Facts::NO_NAME | Facts::TITLE)
        && frame.role_over(at).is_none()
}

/// The end of the proper name that starts at a token.
pub(super) fn name_end(state: &State, start: usize) -> Option<usize> {
    let frame = state.frame;
    if frame.gap(start) == Gap::Quote && frame.capital(start) {
        let end = (start + 1..start + LONGEST).find(|&at| {
            frame.gap(at) == Gap::Quote || frame.gap_text(at).contains(['“', '”', '"', '«', '»'])
        })?;
        return may_quote(state, start, end).then_some(end);
    }
    if frame.gap(start) != Gap::Space || !is_proper(state, start) {
        return None;
    }
    let german = frame.words.capital_nouns;
    let mut end = start + 1;
    while end < start + LONGEST {
        match frame.gap(end) {
            Gap::Space | Gap::Hyphen
                if is_proper(state, end) && (!german || !is_common_noun(state, end)) =>
            {
                end += 1;
            }
            Gap::Space if is_number(state, end) => return Some(end + 1),
            Gap::Tight if frame.case(end) == Case::Digits => end += 1,
            _ => break,
        }
    }
    Some(end)
}

/// Whether the words of a quotation are nobody's, countries in longer ones aside: `Build with Ukraine`.
fn may_quote(state: &State, start: usize, end: usize) -> bool {
    let long = end > start + 1 && state.free(start, start + 1);
    let open = |at: usize| state.free(at, at + 1) || (long && state.is(at, kind::COUNTRY));
    (start..end).all(open)
}

/// `II`, `2026`, `24`.
fn is_number(state: &State, at: usize) -> bool {
    let word = state.frame.word(at);
    state.frame.case(at) == Case::Digits && (word.len() == 4 || word.len() == 2)
}

/// A noun that the lists of the language know: it starts something else.
pub(super) fn is_common_noun(state: &State, at: usize) -> bool {
    let facts = state.frame.facts(at);
    facts.any(Facts::MILITARY | Facts::COMPANY | Facts::WEAPON | Facts::HEAD_BEFORE)
        || facts.body().is_some()
}

/// `Operation X`, `Übung »X«`.
fn before(state: &mut State, head: usize, kind: Option<usize>) {
    let frame = state.frame;
    let start = head + 1;
    let Some(end) = name_end(state, start) else {
        return;
    };
    let proper = frame.capital(head);
    if !frame.words.capital_nouns && !proper && !frame.capital(start) {
        return;
    }
    let whole = !frame.words.capital_nouns && proper && state.free(head, head + 1);
    let from = if whole { head } else { start };
    make(state, from, end, kind);
}

/// `X Initiative`, `X-Abkommen`.
fn after(state: &mut State, head: usize, end: usize, kind: Option<usize>) {
    if !state.free(head, end) {
        return;
    }
    let start = match state.frame.gap(head) {
        Gap::Hyphen => hyphened(state, head, kind),
        Gap::Space if !state.frame.words.capital_nouns => spaced(state, head, end, kind),
        _ => None,
    };
    if let Some(start) = start {
        make(state, start, end, kind);
    }
}

/// The start of `PESCO-Projekt`: an acronym or more than one part.
fn hyphened(state: &State, head: usize, kind: Option<usize>) -> Option<usize> {
    let frame = state.frame;
    let mut start = head;
    while start > 0
        && frame.gap(start) == Gap::Hyphen
        && state.free(start - 1, start)
        && frame.capital(start - 1)
    {
        start -= 1;
    }
    let common = frame.facts(start).any(Facts::NO_WEAPON | Facts::MILITARY);
    let shaped = frame.case(start) != Case::Title || start + 1 < head;
    let named = start < head && (shaped || is_own_name(state, start, kind));
    (named && !common).then_some(start)
}

/// `Nakamal-Abkommen`, but not `Handels-Abkommen`: no word that the lists or its ending show to be a noun.
fn is_own_name(state: &State, at: usize, kind: Option<usize>) -> bool {
    let frame = state.frame;
    let kind = kind.and_then(|k| frame.words.heads.get(k));
    let fits = kind.is_some_and(|k| *k == kind::AGREEMENT);
    let word = frame.word(at);
    let long = word.chars().count() >= LONG_ENOUGH;
    fits && long && !word.ends_with('s') && frame.facts(at).is_plain() && is_no_noun(state, at)
}

/// Not a word that a language with capitals for nouns may have inflected or derived.
pub(super) fn is_no_noun(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let word = frame.word(at);
    let mut endings = frame.words.noun_endings.iter();
    let derived = endings.any(|e| word.ends_with(e.as_str()));
    let noun = derived || frame.facts(at).any(Facts::NOUN);
    !frame.words.capital_nouns || frame.case(at) != Case::Title || !noun
}

/// The start of `European Sky Shield Initiative`.
fn spaced(state: &State, head: usize, end: usize, kind: Option<usize>) -> Option<usize> {
    let frame = state.frame;
    let mut start = head;
    let mut capitals = 0;
    while let Some(at) = start.checked_sub(1) {
        let joined = matches!(frame.gap(start), Gap::Space | Gap::Hyphen);
        let name = is_name_word(state, at);
        if !joined || !(name || is_link(state, at)) {
            break;
        }
        capitals += usize::from(name);
        start = at;
    }
    let proper = frame.capital(head) && frame.capital(end - 1);
    let many =
        !proper && frame.word(end - 1).ends_with('s') && !is_of(state, kind, kind::OPERATION);
    if many || (!proper && needs_capital(state, kind)) {
        return None;
    }
    let enough = 1 + usize::from(!proper && frame.opens(start));
    (capitals >= enough && start < head).then_some(start)
}

/// Bodies and events are names only if they are written like names.
fn needs_capital(state: &State, kind: Option<usize>) -> bool {
    is_of(state, kind, kind::ORGANISATION) || is_of(state, kind, kind::EVENT)
}

/// Whether a head word is one of a kind.
fn is_of(state: &State, head: Option<usize>, kind: Kind) -> bool {
    let name = head.and_then(|k| state.frame.words.heads.get(k));
    name.is_some_and(|k| *k == kind)
}

/// A capitalised word in front of a head word; here common words count too.
fn is_name_word(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let common = frame.facts(at).any(Facts::APPOSITION) || frame.opens(at);
    is_proper(state, at) || (frame.capital(at) && state.free(at, at + 1) && !common)
}

/// `of` between two words of a name.
fn is_link(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let before = at.checked_sub(1);
    frame.case(at) == Case::Lower
        && frame.facts(at).any(Facts::LINK)
        && frame.gap(at) == Gap::Space
        && before.is_some_and(|b| frame.capital(b) && state.free(b, at))
}

/// `»X«` beside a head word that is not next to it: `bei »X«, der Übung`.
fn quoted(state: &mut State, at: usize) {
    let frame = state.frame;
    if frame.gap(at) != Gap::Quote || !frame.capital(at) || !state.free(at, at + 1) {
        return;
    }
    let Some(end) = name_end(state, at).filter(|end| end - at <= LONGEST_QUOTED) else {
        return;
    };
    let words = (at..end).all(|i| frame.capital(i) && !frame.facts(i).any(Facts::NO_NAME));
    let near = (at.saturating_sub(NEAR)..end + NEAR).filter(|&i| frame.together(at, i));
    let mut heads = near.filter_map(|i| {
        let facts = frame.facts(i);
        let exercise = |k: usize| {
            frame
                .words
                .heads
                .get(k)
                .is_some_and(|k| *k == kind::OPERATION)
        };
        facts
            .head()
            .filter(|&k| facts.any(Facts::HEAD_BEFORE | Facts::HEAD_AFTER) && exercise(k))
    });
    let kind = heads.next();
    if words && frame.word(at).chars().count() > 2 {
        make(state, at, end, kind);
    }
}

/// `Vertrag von X`, `Treaty of X`.
fn of(state: &mut State, head: usize, mut at: usize, kind: Option<usize>) {
    let frame = state.frame;
    if at == head + 1 {
        if !frame.facts(at).any(Facts::OF) || frame.gap(at) != Gap::Space {
            return;
        }
        at += 1;
    }
    let place = frame.gap(at) == Gap::Space && frame.capital(at) && frame.role_over(at).is_none();
    let seat = state.at(at).is_some_and(|f| f.seat && f.end == at + 1);
    if !place || !frame.capital(head) || !state.free(head, at) {
        return;
    }
    let of_country = state.is(at, kind::COUNTRY) && !seat;
    if of_country || (!seat && !is_proper(state, at)) {
        return;
    }
    if seat {
        state.drop_at(at);
    }
    let mut end = at + 1;
    while frame.gap(end) == Gap::Space && is_proper(state, end) && !frame.words.capital_nouns {
        end += 1;
    }
    make(state, head, end, kind);
}

fn make(state: &mut State, start: usize, end: usize, kind: Option<usize>) {
    let kind = kind
        .and_then(|k| state.frame.words.heads.get(k))
        .map(|k| k.or_organisation());
    if let Some(kind) = kind {
        make_kind(state, start, end, kind);
    }
}

/// Adds a mention of a new entity; pages about sport and the like have no
/// programmes and exercises.
pub(super) fn make_kind(state: &mut State, start: usize, end: usize, kind: Kind) {
    let foreign = state.frame.civil && matches!(kind, kind::PROGRAMME | kind::OPERATION);
    if foreign || !may_quote(state, start, end) {
        return;
    }
    for at in start..end {
        state.drop_at(at);
    }
    let name = state.frame.span(start, end).of(state.frame.text).to_owned();
    let target = state.coin(kind, &slug(&name), &name);
    state.place(start, end, target, Sense::Name, FoundBy::Shape);
}
