//! Closed compounds (`Ukrainehilfe`, `Bundeswehrsoldaten`, `Nordirak`, `ostukrainisch`).

use crate::gazetteer::{FormEntry, Lang};
use crate::mention::{FoundBy, Sense};
use crate::text::Span;
use crate::text::token::Token;

use super::kind;
use super::shape::Case;
use super::state::{Found, State, Target};
use super::words::front;

/// The shortest name that counts as the first part of a compound.
const SHORTEST: usize = 4;

/// Looks into the words that no name took.
pub(super) fn split(state: &mut State) {
    let frame = state.frame;
    if frame.words.prefixes.is_empty() && frame.words.links.is_empty() {
        return;
    }
    let mut lower = String::new();
    for at in 0..frame.len() {
        let word = frame.word(at);
        if word.len() < SHORTEST + 3 || frame.case(at) == Case::Upper || !state.free(at, at + 1) {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        if lower.len() != word.len() {
            continue;
        }
        let hit = before_head(state, at, &lower).or_else(|| behind_prefix(state, at, &lower));
        if let Some((span, entry, sense)) = hit {
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

/// A name in front of a head: `Ukraine-hilfe`.
fn before_head(state: &State, at: usize, lower: &str) -> Option<(Span, FormEntry, Sense)> {
    let frame = state.frame;
    let cut = frame.words.compound_cut(lower).filter(|&c| c >= SHORTEST)?;
    let token = *frame.tokens.get(at)?;
    let links = frame
        .words
        .links
        .iter()
        .map(|l| lower.get(..cut).and_then(|f| f.strip_suffix(l.as_str())));
    let cuts = std::iter::once(Some(cut)).chain(links.map(|f| f.map(str::len)));
    for cut in cuts.flatten().filter(|&c| c >= SHORTEST) {
        let part = front(token, cut);
        if let Some(entry) = name_of(state, part) {
            return Some((part.span, entry, Sense::Combining));
        }
    }
    None
}

/// A country behind a prefix: `Nord-irak`, `pro-russisch`.
fn behind_prefix(state: &State, at: usize, lower: &str) -> Option<(Span, FormEntry, Sense)> {
    let frame = state.frame;
    let span = frame.tokens.get(at)?.span;
    for prefix in &frame.words.prefixes {
        let Some(rest) = lower
            .strip_prefix(prefix.as_str())
            .filter(|r| r.len() >= SHORTEST)
        else {
            continue;
        };
        let part = Span::new(span.start + prefix.len(), span.end);
        if let Some(entry) = country_of(state, part, rest, frame.capital(at)) {
            return Some((part, entry, entry.sense));
        }
    }
    None
}

/// The name that a part of a token is, if it is one that makes compounds.
fn name_of(state: &State, part: Token) -> Option<FormEntry> {
    let mut best = None;
    let lexicon = state.gazetteer.lexicon();
    lexicon.forms_at(state.frame.text, &[part], 0, |_, entries| {
        let fits = |e: &FormEntry| {
            let kind = state.gazetteer.entity(e.entity).id.kind();
            e.sense == Sense::Name
                && e.needs.is_empty()
                && !e.surname
                && e.lang != Lang::FR
                && e.lang != Lang::EN
                && matches!(kind, kind::COUNTRY | kind::ORGANISATION)
        };
        best = best.or(entries.iter().find(fits));
    });
    best
}

/// The country that a word is when its first letter is written as it should be.
fn country_of(state: &State, part: Span, rest: &str, capital: bool) -> Option<FormEntry> {
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
    debug_assert_eq!(part.len(), rest.len());
    for text in [written.as_str(), rest] {
        state
            .gazetteer
            .lexicon()
            .forms_at(text, &[token], 0, |_, entries| {
                let fits = |e: &FormEntry| {
                    matches!(e.sense, Sense::Name | Sense::Adjective)
                        && e.lang == Lang::DE
                        && e.needs.is_empty()
                        && state.gazetteer.entity(e.entity).id.kind() == kind::COUNTRY
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
