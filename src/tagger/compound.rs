//! Closed compounds (`Ukrainehilfe`, `Bundeswehrsoldaten`, `Nordirak`, `ostukrainisch`).

use crate::gazetteer::{FormEntry, Lang};
use crate::mention::{FoundBy, Sense};
use crate::text::Span;
use crate::text::token::Token;

use super::kind;
use super::marks;
use super::memory::Sources;
use super::shape::Case;
use super::state::{Found, State, Target};
use super::words::front;

/// The shortest name that counts as the first part of a compound.
const SHORTEST: usize = 4;

/// Looks into the words that no name took.
pub(super) fn split(state: &mut State) {
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::COMPOUND) {
        next = at + 1;
        let Some(&token) = frame.tokens().get(at).filter(|_| state.free(at, next)) else {
            continue;
        };
        let letters = frame.word(at).chars();
        let small: String = letters.flat_map(char::to_lowercase).collect();
        if let Some((span, entry, sense)) =
            hit(frame.text, token, &small, frame.case(at), state.sources())
        {
            state.put(Found {
                start: at,
                end: at + 1,
                span,
                target: Target::Known(entry.entity),
                sense,
                by: FoundBy::Compound,
                seat: false,
                dropped: false,
            });
        }
    }
}

/// Whether a word is a compound with a name in it; `small` is the word in small letters.
pub(super) fn is_one(text: &str, token: Token, small: &str, case: Case, from: Sources) -> bool {
    hit(text, token, small, case, from).is_some()
}

/// The name in a compound, where it stands, and its sense there.
fn hit(text: &str, token: Token, small: &str, case: Case, from: Sources) -> Option<Hit> {
    let words = from.words;
    let none = words.prefixes.is_empty() && words.links.is_empty();
    let short = token.span.len() < SHORTEST + 3 || case == Case::Upper;
    if none || short || small.len() != token.span.len() {
        return None;
    }
    let word = Word {
        text,
        token,
        small,
        capital: !matches!(case, Case::Lower | Case::Digits),
    };
    before_head(word, from).or_else(|| behind_prefix(word, from))
}

type Hit = (Span, FormEntry, Sense);

/// A word that may be a compound.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    token: Token,
    small: &'a str,
    capital: bool,
}

/// A name in front of a head: `Ukraine-hilfe`.
fn before_head(word: Word, from: Sources) -> Option<Hit> {
    let small = word.small;
    let cut = from.words.compound_cut(small).filter(|&c| c >= SHORTEST)?;
    let links = from
        .words
        .links
        .iter()
        .map(|l| small.get(..cut).and_then(|f| f.strip_suffix(l.as_str())));
    let cuts = std::iter::once(Some(cut)).chain(links.map(|f| f.map(str::len)));
    for cut in cuts.flatten().filter(|&c| c >= SHORTEST) {
        let part = front(word.token, cut);
        if let Some(entry) = name_of(word.text, part, from) {
            return Some((part.span, entry, Sense::Combining));
        }
    }
    None
}

/// A country behind a prefix: `Nord-irak`, `pro-russisch`.
fn behind_prefix(word: Word, from: Sources) -> Option<Hit> {
    let span = word.token.span;
    for prefix in &from.words.prefixes {
        let Some(rest) = word
            .small
            .strip_prefix(prefix.as_str())
            .filter(|r| r.len() >= SHORTEST)
        else {
            continue;
        };
        let part = Span::new(span.start + prefix.len(), span.end);
        if let Some(entry) = country_of(rest, word.capital, from) {
            return Some((part, entry, entry.sense));
        }
    }
    None
}

/// The name that a part of a token is, if it is one that makes compounds.
fn name_of(text: &str, part: Token, from: Sources) -> Option<FormEntry> {
    let mut best = None;
    from.lexicon.forms_at(text, &[part], 0, |_, entries| {
        let fits = |e: &FormEntry| {
            e.sense == Sense::Name
                && e.needs.is_empty()
                && !e.surname
                && e.lang != Lang::FR
                && e.lang != Lang::EN
                && matches!(from.kind_of(e.entity), kind::COUNTRY | kind::ORGANISATION)
        };
        best = best.or(entries.iter().find(fits));
    });
    best
}

/// The country that a word is when its first letter is written as it should be.
fn country_of(rest: &str, capital: bool, from: Sources) -> Option<FormEntry> {
    let written = if capital {
        capitalised(rest)
    } else {
        rest.to_owned()
    };
    let token = Token {
        span: Span::new(0, written.len()),
        digits: false,
    };
    let mut best = None;
    for text in [written.as_str(), rest] {
        from.lexicon.forms_at(text, &[token], 0, |_, entries| {
            let fits = |e: &FormEntry| {
                matches!(e.sense, Sense::Name | Sense::Adjective)
                    && e.lang == Lang::DE
                    && e.needs.is_empty()
                    && from.kind_of(e.entity) == kind::COUNTRY
            };
            best = best.or(entries.iter().find(fits));
        });
    }
    best
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
