//! What stands around a name that needs company: `Leopard` beside tanks, `Jordan` beside states.

use crate::gazetteer::Needs;

use super::facts::Facts;
use super::frame::Frame;
use super::kind;
use super::scan::Candidate;
use super::shape::{Case, Gap};
use super::state::State;

/// One sentence in so many makes a document a military one.
const MILITARY_SHARE: usize = 4;

/// What a sentence holds.
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
#[derive(Clone, Copy, Default)]
struct Context {
    military: bool,
    company: bool,
    /// Defence entities that need nothing themselves.
    entities: bool,
    /// Companies and weapons among them.
    makers: bool,
    countries: bool,
}

impl Context {
    fn add(&mut self, other: Self) {
        self.military |= other.military;
        self.company |= other.company;
        self.entities |= other.entities;
        self.makers |= other.makers;
    }
}

/// The contexts of all sentences of a document.
pub(super) struct Contexts {
    /// Of the sentence alone.
    own: Vec<Context>,
    /// With the sentences before and behind it in the paragraph.
    wide: Vec<Context>,
    /// Whether much of the document is about armed forces.
    military: bool,
}

impl Contexts {
    pub(super) fn new(state: &State, names: &[Candidate]) -> Self {
        let mut own = words(state.frame);
        for c in names.iter().filter(|c| c.entry.needs.is_empty()) {
            let kind = state.kind_of(c.entry.entity);
            let Some(context) = own.get_mut(state.frame.sentence(c.start)) else {
                continue;
            };
            match kind {
                kind::COUNTRY => context.countries = true,
                kind::PERSON => {}
                _ => {
                    context.entities = true;
                    context.makers |= matches!(kind, kind::COMPANY | kind::WEAPON);
                }
            }
        }
        let wide = widen(&own, |sentence| state.frame.sentence_opens(sentence));
        let (all, military) = (own.len(), own.iter().filter(|c| c.military).count());
        Self {
            military: military * MILITARY_SHARE >= all,
            own,
            wide,
        }
    }

    /// Whether what the name needs is there.
    pub(super) fn satisfy(&self, state: &State, c: &Candidate) -> bool {
        if state.frame.civil && !self.holds_elsewhere(state, c) {
            return false;
        }
        let needs = c.entry.needs;
        if needs.is_empty() || needs == Needs::GOVERNMENT {
            return true;
        }
        let frame = state.frame;
        let sentence = frame.sentence(c.start);
        let own = self.own.get(sentence).copied().unwrap_or_default();
        let wide = self.wide.get(sentence).copied().unwrap_or_default();
        let has = |need| needs.contains(need);
        let military = wide.military || own.entities || self.is_in_the_trade(state, c);
        let entity = own.entities || own.military || is_among_actors(state, c, own, wide);
        (!has(Needs::MILITARY) || military)
            && (!has(Needs::COMPANY) || wide.company || own.makers)
            && (!has(Needs::ENTITY) || entity)
            && (!has(Needs::NUMBER) || is_numbered(frame, c))
            && (!has(Needs::CAPITAL) || !is_shouted(frame, c))
            && (!has(Needs::TITLE) || titled(frame, c.start))
    }
}

impl Contexts {
    /// On a page about sport, animals, art ... a weapon needs its class beside it, or a number and a
    /// military word; a programme or an exercise more than one word.
    fn holds_elsewhere(&self, state: &State, c: &Candidate) -> bool {
        let frame = state.frame;
        let sentence = frame.sentence(c.start);
        let own = self.own.get(sentence).copied().unwrap_or_default();
        let long = c.end > c.start + 1;
        match state.kind_of(c.entry.entity) {
            kind::WEAPON => {
                let numbered = (c.start..c.end).any(|at| frame.case(at) == Case::Digits);
                is_beside_class(frame, c) || (numbered && own.military)
            }
            // quoted are films and games
            kind::PROGRAMME | kind::OPERATION => {
                long && own.military && frame.gap(c.start) != Gap::Quote
            }
            kind::AGREEMENT => long || frame.case(c.start) == Case::Upper,
            _ => true,
        }
    }

    /// In a text about armed forces names of weapons and exercises need no further company; names
    /// of exercises in quotation marks never do.
    fn is_in_the_trade(&self, state: &State, c: &Candidate) -> bool {
        let frame = state.frame;
        let quoted = frame.gap(c.start) == Gap::Quote && frame.gap_text(c.end).contains(QUOTES);
        match state.kind_of(c.entry.entity) {
            kind::OPERATION | kind::PROGRAMME => self.military || quoted,
            kind::WEAPON => self.military,
            _ => false,
        }
    }
}

/// Signs that close a quotation.
const QUOTES: [char; 5] = ['“', '”', '"', '«', '»'];

/// A country beside others or visited, an acronym among countries or defence entities.
fn is_among_actors(state: &State, c: &Candidate, own: Context, wide: Context) -> bool {
    let frame = state.frame;
    if state.kind_of(c.entry.entity) == kind::COUNTRY {
        return is_visited(frame, c, own);
    }
    let acronym = c.end == c.start + 1 && frame.case(c.start) == Case::Upper;
    acronym && (own.countries || wide.entities || wide.military)
}

/// What the words of every sentence tell.
fn words(frame: &Frame) -> Vec<Context> {
    let company = Facts::COMPANY | Facts::COMPANY_FORM | Facts::COMPANY_HEAD;
    let context = |sentence| Context {
        military: frame.sentence_has(sentence, Facts::MILITARY)
            || frame.sentence_has_body(sentence),
        company: frame.sentence_has(sentence, company),
        ..Context::default()
    };
    (0..frame.sentence_count()).map(context).collect()
}

/// Adds to every sentence its neighbours in the paragraph.
fn widen(own: &[Context], opens: impl Fn(usize) -> bool) -> Vec<Context> {
    let neighbour = |at: usize| own.get(at).copied().unwrap_or_default();
    let mut wide = own.to_vec();
    for (at, context) in wide.iter_mut().enumerate() {
        if !opens(at) {
            context.add(neighbour(at.wrapping_sub(1)));
        }
        if !opens(at + 1) {
            context.add(neighbour(at + 1));
        }
    }
    wide
}

/// `in Jordan`, or other states in the sentence.
fn is_visited(frame: &Frame, c: &Candidate, own: Context) -> bool {
    let place = c.start > 0
        && frame.gap(c.start) == Gap::Space
        && frame.facts(c.start - 1).any(Facts::PLACE);
    place || own.countries
}

fn is_numbered(frame: &Frame, c: &Candidate) -> bool {
    let number = |at: usize| {
        frame.case(at) == Case::Digits && at < frame.len() && frame.gap(at) != Gap::Break
    };
    number(c.end) || c.start.checked_sub(1).is_some_and(number)
}

/// `Puma infantry vehicle`, `Schützenpanzer Puma`.
fn is_beside_class(frame: &Frame, c: &Candidate) -> bool {
    let from = c.start.saturating_sub(2);
    let class = |at: usize| frame.together(c.start, at) && frame.all_facts(at).any(Facts::WEAPON);
    (from..c.start).chain(c.end..c.end + 2).any(class)
}

/// In capitals among words in capitals.
fn is_shouted(frame: &Frame, c: &Candidate) -> bool {
    let shouted = |at: usize| frame.case(at) == Case::Upper;
    let around = [
        c.start.checked_sub(1),
        c.start.checked_sub(2),
        Some(c.end),
        Some(c.end + 1),
    ];
    let beside = |at: &usize| frame.together(c.start, *at) && frame.case(*at) != Case::Digits;
    let (mut all, mut loud) = (0, 0);
    for at in around.into_iter().flatten().filter(beside) {
        all += 1;
        loud += usize::from(shouted(at));
    }
    loud >= 2 || (loud > 0 && loud == all)
}

/// After a title or an office.
pub(super) fn titled(frame: &Frame, at: usize) -> bool {
    let joined = matches!(frame.gap(at), Gap::Space | Gap::Stop);
    let title = at > 0 && frame.facts(at - 1).any(Facts::TITLE);
    joined && (title || frame.role_before(at).is_some())
}
