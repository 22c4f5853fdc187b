//! Ministries and forces named by nationality and noun: `norwegische Luftwaffe`, `Turkish Armed Forces`.

use rustc_hash::FxHashMap;

use crate::gazetteer::{EntityIx, Gazetteer};
use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::kind;
use super::marks;
use super::scan::Candidate;
use super::shape::{Case, Gap};
use super::state::{Found, State, Target, slug};
use super::words::Body;

/// How far before the noun the nationality may stand.
const REACH: usize = 3;

/// The class of bodies that a country has one of each: they are named without it.
const MINISTRY: &str = "ministry";

/// A body noun at a place.
#[derive(Clone, Copy)]
struct Noun {
    start: usize,
    end: usize,
    body: usize,
}

/// The bodies of states in the gazetteer.
#[derive(Clone, Debug)]
pub(super) struct Index {
    by_country: FxHashMap<EntityIx, Vec<EntityIx>>,
}

impl Index {
    /// Reads the gazetteer once.
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut by_country: FxHashMap<EntityIx, Vec<EntityIx>> = FxHashMap::default();
        let organisation = gazetteer.schema().entity_kind(kind::ORGANISATION.id());
        for (ix, kind, country) in gazetteer.bodies() {
            if Some(kind) == organisation {
                by_country.entry(country).or_default().push(ix);
            }
        }
        Self { by_country }
    }

    /// The organisation that is this body of this country.
    fn of(&self, gazetteer: &Gazetteer, country: EntityIx, body: &Body) -> Option<EntityIx> {
        let bodies = self.by_country.get(&country)?;
        bodies.iter().copied().find(|&ix| {
            let entity = gazetteer.entity(ix);
            let named = |part: &String| entity.label.contains(part.as_str());
            entity.class == body.class
                && (body.label_has.is_empty() || body.label_has.iter().any(named))
        })
    }
}

/// Finds them. `usual` are names like `Luftwaffe`, which is one country's unless another is meant.
pub(super) fn find(state: &mut State, index: &Index, usual: &[Candidate]) {
    let frame = state.frame;
    let mut next = 0;
    while let Some(at) = frame.marked(next, marks::BODY) {
        next = at + 1;
        let Some(noun) = noun_at(state, at) else {
            continue;
        };
        next = noun.end;
        if state.free(noun.start, noun.end) && frame_fits(state, noun) {
            let usual = usual
                .iter()
                .filter(|c| c.start == noun.start && c.end == noun.end);
            place(state, noun, index, usual);
        }
    }
}

/// The longest body noun at a token.
fn noun_at(state: &State, at: usize) -> Option<Noun> {
    let frame = state.frame;
    let single = frame.facts(at).body().map(|body| Noun {
        start: at,
        end: at + 1,
        body,
    });
    let phrases = frame.phrases_from(at);
    let phrase = phrases.filter_map(|p| {
        p.facts.body().map(|body| Noun {
            start: at,
            end: p.end,
            body,
        })
    });
    phrase.max_by_key(|n| n.end).or(single)
}

/// Not the first part of a compound, not an office (`Luftwaffenchef`).
fn frame_fits(state: &State, noun: Noun) -> bool {
    let frame = state.frame;
    frame.gap(noun.end) != Gap::Hyphen
        && frame.role_over(noun.start).is_none()
        && !is_named_behind(state, noun)
}

fn place<'a>(
    state: &mut State,
    noun: Noun,
    index: &Index,
    mut usual: impl Iterator<Item = &'a Candidate>,
) {
    let Some(body) = state.frame.words.bodies.get(noun.body) else {
        return;
    };
    let (target, by) = if let Some(country) = nationality(state, noun) {
        let known = match country {
            Target::Known(ix) => index.of(state.gazetteer, ix, body).map(Target::Known),
            Target::New(_) => None,
        };
        let target = known.unwrap_or_else(|| coin(state, noun, body, country));
        (target, FoundBy::RolePattern)
    } else if let Some(c) = usual.find(|c| is_only(body, c) || is_at_home(state, c)) {
        (Target::Known(c.entry.entity), FoundBy::Name)
    } else if is_proper(state, noun) || (body.class == MINISTRY && state.frame.capital(noun.start))
    {
        let name = state
            .frame
            .span(noun.start, noun.end)
            .of(state.frame.text)
            .to_owned();
        (
            state.coin(kind::ORGANISATION, &slug(&name), &name),
            FoundBy::Shape,
        )
    } else {
        return;
    };
    state.place(noun.start, noun.end, target, Sense::Name, by);
    if is_acronym_behind(state, noun) {
        state.place(
            noun.end,
            noun.end + 1,
            target,
            Sense::Name,
            FoundBy::Acronym,
        );
    }
}

/// `der jordanische Geheimdienst GID`.
fn is_acronym_behind(state: &State, noun: Noun) -> bool {
    let frame = state.frame;
    let letters = frame.word(noun.end).len();
    let beside = frame.gap(noun.end) == Gap::Space && !frame.line_start(noun.end);
    let free = beside && state.free(noun.end, noun.end + 1);
    free && frame.case(noun.end) == Case::Upper && (2..=6).contains(&letters)
}

/// `die Exportbehörde Sibat`: the name behind says which.
fn is_named_behind(state: &State, noun: Noun) -> bool {
    let beside = state.frame.gap(noun.end) == Gap::Space && !state.frame.line_start(noun.end);
    beside && state.is(noun.end, kind::ORGANISATION)
}

/// `Department of Defense`: nobody else has a ministry of this name.
fn is_only(body: &Body, c: &Candidate) -> bool {
    body.class == MINISTRY && c.end > c.start + 1
}

/// Whether the document names the country whose body usually has this name.
fn is_at_home(state: &State, c: &Candidate) -> bool {
    let country = state
        .gazetteer
        .entity(c.entry.entity)
        .acts_for
        .map(Target::Known);
    let named =
        |f: &Found| !f.dropped && country.is_some_and(|c| state.country(f.target) == Some(c));
    state.found.iter().any(named)
}

/// A capital where nouns have none.
fn is_proper(state: &State, noun: Noun) -> bool {
    let frame = state.frame;
    let last = frame.capital(noun.end - 1);
    let goes_on = frame.gap(noun.end) == Gap::Space && frame.capital(noun.end);
    let alone = noun.end == noun.start + 1;
    !frame.words.capital_nouns
        && frame.capital(noun.start)
        && last
        && !goes_on
        && !(alone && frame.opens(noun.start))
}

/// A new body, named by its country and noun.
fn coin(state: &mut State, noun: Noun, body: &Body, country: Target) -> Target {
    let name = state
        .frame
        .span(noun.start, noun.end)
        .of(state.frame.text)
        .to_owned();
    let code = match country {
        Target::Known(ix) => state.gazetteer.entity(ix).id.slug().to_owned(),
        Target::New(_) => String::new(),
    };
    let of = if body.class == body.id {
        body.id.clone()
    } else {
        name.clone()
    };
    let label = match country {
        Target::Known(ix) => format!("{name} ({})", state.gazetteer.entity(ix).label),
        Target::New(_) => name,
    };
    let target = state.coin(kind::ORGANISATION, &slug(&format!("{code} {of}")), &label);
    if let Target::New(at) = target
        && let Some(news) = state.news.get_mut(at)
    {
        news.acts_for = Some(country);
    }
    target
}

/// The country that an adjective, a genitive, `of` or a seat names beside the noun.
fn nationality(state: &State, noun: Noun) -> Option<Target> {
    let frame = state.frame;
    for at in (noun.start.saturating_sub(REACH)..noun.start).rev() {
        if !matches!(
            frame.gap(at + 1),
            Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Stop | Gap::Tight
        ) {
            break;
        }
        if let Some(found) = state.at(at) {
            if state.kind(found.target) == kind::COUNTRY {
                return Some(found.target);
            }
            break;
        }
        if frame
            .facts(at)
            .any(Facts::OF | Facts::CONJUNCTION | Facts::PLACE)
        {
            break;
        }
    }
    nationality_after(state, noun).or_else(|| owner(state, noun))
}

/// `Marine Singapurs`, `Armed Forces of the Philippines`, `Verteidigungsministerium in Jerusalem`.
fn nationality_after(state: &State, noun: Noun) -> Option<Target> {
    let frame = state.frame;
    let mut in_place = false;
    for at in noun.end..noun.end + REACH {
        if !matches!(frame.gap(at), Gap::Space) {
            return None;
        }
        if let Some(found) = state.at(at) {
            // `sagte das Ministerium in Kanada` is no ministry of Canada, the one in Ottawa is
            let country = state.kind(found.target) == kind::COUNTRY && (found.seat || !in_place);
            return state.country(found.target).filter(|_| country);
        }
        in_place |= frame.facts(at).any(Facts::PLACE) && !frame.facts(at).any(Facts::OF);
        if !frame
            .facts(at)
            .any(Facts::OF | Facts::PLACE | Facts::APPOSITION)
        {
            return None;
        }
    }
    None
}

/// The country named last in the sentence before `its` noun.
fn owner(state: &State, noun: Noun) -> Option<Target> {
    let frame = state.frame;
    let possessive = noun.start.checked_sub(1)?;
    if !frame.facts(possessive).any(Facts::POSSESSIVE) {
        return None;
    }
    let before = (0..noun.start)
        .rev()
        .take_while(|&at| frame.together(at, noun.start));
    let mut countries = before.filter(|&at| state.is(at, kind::COUNTRY));
    countries
        .next()
        .and_then(|at| state.at(at))
        .map(|f| f.target)
}
