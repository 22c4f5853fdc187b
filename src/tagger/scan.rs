//! One pass over the tokens for every name of the gazetteer, then the choice between overlapping ones.

use crate::gazetteer::{FormEntry, Lang, Needs};
use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::frame::Frame;
use super::kind;
use super::shape::{Case, Gap};
use super::state::{Found, State, Target};

/// A name that may be meant at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entry: FormEntry,
}

/// What a sentence holds, for names that need company.
#[derive(Clone, Copy, Default)]
struct Context {
    military: bool,
    company: bool,
    /// Entities that need nothing themselves: defence ones, and companies and weapons among them.
    entities: u16,
    makers: u16,
}

/// Everything one pass finds: names to choose from, and surnames for later.
pub(super) struct Scan {
    names: Vec<Candidate>,
    /// Surnames alone, which count only after a title or the full name.
    pub(super) surnames: Vec<Candidate>,
}

/// Reads the text once.
pub(super) fn scan(state: &State) -> Scan {
    let frame = state.frame;
    let lexicon = state.gazetteer.lexicon();
    let lang = Lang::new(&frame.doc.language).unwrap_or(Lang::EN);
    let date = frame.doc.date;
    let mut scan = Scan {
        names: Vec::new(),
        surnames: Vec::new(),
    };
    for start in 0..frame.len() {
        lexicon.forms_at(frame.text, &frame.tokens, start, |end, entries| {
            for entry in entries {
                if !entry.holds_on(date) || !in_language(entry, lang) {
                    continue;
                }
                let candidate = Candidate {
                    start,
                    end,
                    entry: *entry,
                };
                if entry.surname {
                    scan.surnames.push(candidate);
                } else if plausible(frame, &candidate, state) {
                    scan.names.push(candidate);
                }
            }
        });
    }
    scan
}

/// Names of another language count as proper names only.
fn in_language(entry: &FormEntry, lang: Lang) -> bool {
    entry.lang == lang
        || entry.lang == Lang::MUL
        || (entry.sense == Sense::Name && entry.needs.is_empty() && entry.lang != Lang::FR)
}

/// Whether the place does not speak against the name.
fn plausible(frame: &Frame, c: &Candidate, state: &State) -> bool {
    if state.gazetteer.entity(c.entry.entity).id.kind() != kind::COUNTRY {
        return true;
    }
    let blocked = (c.start..c.end).any(|at| frame.all_facts(at).any(Facts::NOT_COUNTRY));
    let alone = c.end == c.start + 1;
    let other = alone && is_first_name(frame, c.start) || is_state(frame, c.start);
    !(blocked || other)
}

/// `Chad Smith`, `Michael Jordan`, `Jordan & Sons`.
fn is_first_name(frame: &Frame, at: usize) -> bool {
    if !frame.facts(at).any(Facts::FIRST_NAME) {
        return false;
    }
    let name_like = |i: usize| {
        frame.case(i) == Case::Title
            && !frame.facts(i).any(Facts::NO_NAME)
            && frame.role_over(i).is_none()
    };
    let after =
        frame.gap(at + 1) == Gap::Space && name_like(at + 1) && known_as_plain_word(frame, at + 1);
    let before = at > 0
        && frame.gap(at) == Gap::Space
        && name_like(at - 1)
        && !frame.opens(at - 1)
        && known_as_plain_word(frame, at - 1);
    after || before || frame.gap_text(at + 1).trim() == "&"
}

/// Not a word that the lists know for something else.
fn known_as_plain_word(frame: &Frame, at: usize) -> bool {
    let facts = frame.all_facts(at);
    facts.body().is_none()
        && facts.head().is_none()
        && !facts.any(Facts::MILITARY | Facts::DATELINE)
}

/// Georgia the American state: one of its words stands in the sentence.
fn is_state(frame: &Frame, at: usize) -> bool {
    if frame.word(at) != "Georgia" {
        return false;
    }
    let from = at.saturating_sub(12);
    (from..at + 12).any(|i| frame.together(at, i) && frame.all_facts(i).any(Facts::STATE))
}

/// Chooses among the names: what is needed must be there, then the longest wins.
pub(super) fn choose(state: &mut State, scan: &Scan) {
    let contexts = contexts(state, &scan.names);
    let lang = Lang::new(&state.frame.doc.language).unwrap_or(Lang::EN);
    let mut chosen: Vec<Candidate> = scan
        .names
        .iter()
        .filter(|c| needed(state, &contexts, c))
        .copied()
        .collect();
    chosen.sort_by_key(|c| {
        let kind = state.gazetteer.entity(c.entry.entity).id.kind();
        let length = state.frame.span(c.start, c.end).len();
        (
            std::cmp::Reverse((c.end - c.start, length)),
            c.start,
            c.entry.lang != lang && c.entry.lang != Lang::MUL,
            !c.entry.needs.is_empty(),
            kind::rank(kind),
            sense_rank(c.entry.sense),
            !c.entry.base,
            c.entry.entity,
        )
    });
    for c in chosen {
        put(state, c);
    }
}

fn sense_rank(sense: Sense) -> usize {
    match sense {
        Sense::Name => 0,
        Sense::Seat => 1,
        _ => 2,
    }
}

fn put(state: &mut State, c: Candidate) {
    let found = Found {
        start: c.start,
        end: c.end,
        span: state.frame.span(c.start, c.end),
        target: Target::Known(c.entry.entity),
        sense: c.entry.sense,
        by: if c.entry.base {
            FoundBy::Name
        } else {
            FoundBy::Inflection
        },
        seat: c.entry.needs.contains(Needs::GOVERNMENT),
        dropped: false,
    };
    state.put(found);
}

/// What every sentence holds.
fn contexts(state: &State, names: &[Candidate]) -> Vec<Context> {
    let frame = state.frame;
    let mut contexts = vec![Context::default(); frame.sentence_count()];
    for at in 0..frame.len() {
        let facts = frame.all_facts(at);
        if let Some(context) = contexts.get_mut(frame.sentence(at)) {
            context.military |= facts.any(Facts::MILITARY) || facts.body().is_some();
            context.company |=
                facts.any(Facts::COMPANY | Facts::COMPANY_FORM | Facts::COMPANY_HEAD);
        }
    }
    for c in names.iter().filter(|c| c.entry.needs.is_empty()) {
        let kind = state.gazetteer.entity(c.entry.entity).id.kind();
        if matches!(kind, kind::COUNTRY | kind::PERSON) {
            continue;
        }
        if let Some(context) = contexts.get_mut(frame.sentence(c.start)) {
            context.entities = context.entities.saturating_add(1);
            if matches!(kind, kind::COMPANY | kind::WEAPON) {
                context.makers = context.makers.saturating_add(1);
            }
        }
    }
    contexts
}

/// Whether what the name needs is there.
fn needed(state: &State, contexts: &[Context], c: &Candidate) -> bool {
    let needs = c.entry.needs;
    if needs.is_empty() || needs == Needs::GOVERNMENT {
        return true;
    }
    let frame = state.frame;
    let context = contexts
        .get(frame.sentence(c.start))
        .copied()
        .unwrap_or_default();
    let has = |need| needs.contains(need);
    let military = context.military || context.entities > 0;
    let company = context.company || context.makers > 0;
    let number = |at: usize| frame.case(at) == Case::Digits && !matches!(frame.gap(at), Gap::Break);
    let numbered = number(c.end) || c.start.checked_sub(1).is_some_and(number);
    (!has(Needs::MILITARY) || military)
        && (!has(Needs::COMPANY) || company)
        && (!has(Needs::ENTITY) || context.entities > 0 || context.military)
        && (!has(Needs::NUMBER) || numbered)
        && (!has(Needs::CAPITAL) || written_in_capitals(frame, c))
        && (!has(Needs::TITLE) || titled(frame, c.start))
}

/// In capitals while the words around are not.
fn written_in_capitals(frame: &Frame, c: &Candidate) -> bool {
    let shouted = |at: usize| frame.case(at) == Case::Upper && frame.word(at).len() > 3;
    let around = [
        c.start.checked_sub(1),
        c.start.checked_sub(2),
        Some(c.end),
        Some(c.end + 1),
    ];
    let neighbours = around
        .into_iter()
        .flatten()
        .filter(|&at| frame.together(c.start, at));
    neighbours.filter(|&at| shouted(at)).count() < 2
}

/// After a title or an office.
pub(super) fn titled(frame: &Frame, at: usize) -> bool {
    frame.role_before(at).is_some() && matches!(frame.gap(at), Gap::Space | Gap::Stop)
        || at > 0
            && frame.facts(at - 1).any(Facts::TITLE)
            && matches!(frame.gap(at), Gap::Space | Gap::Stop)
}
