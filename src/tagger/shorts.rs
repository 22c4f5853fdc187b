//! Names that only the text knows, wherever it repeats them, in full or short: `Nordwall Systems GmbH`, later `Nordwall`.

use rustc_hash::FxHashMap;

use crate::mention::{FoundBy, Sense};

use super::kind;
use super::marks;
use super::shape::{Case, Gap};
use super::state::{State, Target};

/// The shortest word that stands for a whole name.
const SHORTEST: usize = 4;

/// Finds them.
pub(super) fn refer_back(state: &mut State) {
    let shorts = shorts(state);
    if shorts.is_empty() {
        return;
    }
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::CAPITAL) {
        next = at + 1;
        let alone = frame.gap(at) != Gap::Hyphen && is_plain(state, at);
        if !alone || !state.free(at, at + 1) {
            continue;
        }
        let word = frame.word(at);
        let hit = shorts.get(word).or_else(|| {
            let stem = word
                .strip_suffix('s')
                .filter(|_| frame.words.capital_nouns)?;
            shorts.get(stem)
        });
        if let Some(&target) = hit {
            state.place(at, at + 1, target, Sense::Name, FoundBy::BackReference);
        }
    }
}

/// The first word of every unknown name that no other name starts with.
fn shorts<'a>(state: &State<'a>) -> FxHashMap<&'a str, Target> {
    let frame = state.frame;
    let mut shorts: FxHashMap<&str, Option<Target>> = FxHashMap::default();
    for found in state.found.iter().filter(|f| !f.dropped) {
        let kind = state.kind(found.target);
        let title = frame.case(found.start) == Case::Title;
        let short = kind == kind::COMPANY || (kind == kind::WEAPON && title);
        let unknown = matches!(found.target, Target::New(_));
        if !(short && unknown && is_plain(state, found.start)) {
            continue;
        }
        let slot = shorts
            .entry(frame.word(found.start))
            .or_insert(Some(found.target));
        if *slot != Some(found.target) {
            *slot = None;
        }
    }
    let clear = shorts.into_iter().filter_map(|(w, t)| Some((w, t?)));
    clear.collect()
}

/// A capitalised word that no list knows.
fn is_plain(state: &State, at: usize) -> bool {
    let frame = state.frame;
    let long = frame.letters(at) >= SHORTEST;
    let case = matches!(frame.case(at), Case::Title | Case::Mixed | Case::Upper);
    long && case && frame.facts(at).is_plain() && frame.role_over(at).is_none()
}
