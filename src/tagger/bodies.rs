//! Ministries and forces named by nationality and noun: `norwegische Luftwaffe`, `Turkish Armed Forces`.

use crate::gazetteer::EntityIx;
use crate::mention::{FoundBy, Sense};

use super::facts::Facts;
use super::kind;
use super::shape::Gap;
use super::state::{State, Target, slug};
use super::words::Body;

/// How far before the noun the nationality may stand.
const REACH: usize = 3;

/// A body noun at a place.
#[derive(Clone, Copy)]
struct Noun {
    start: usize,
    end: usize,
    body: usize,
}

/// Finds them.
pub(super) fn find(state: &mut State) {
    let mut at = 0;
    while at < state.frame.len() {
        let Some(noun) = noun_at(state, at) else {
            at += 1;
            continue;
        };
        at = noun.end;
        if state.free(noun.start, noun.end) && frame_fits(state, noun) {
            place(state, noun);
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
    frame.gap(noun.end) != Gap::Hyphen && frame.role_over(noun.start).is_none()
}

fn place(state: &mut State, noun: Noun) {
    let country = nationality(state, noun);
    let Some(body) = state.frame.words.bodies.get(noun.body) else {
        return;
    };
    let proper = state.frame.capital(noun.start);
    let Some(country) = country.or_else(|| proper.then(|| nearest_country(state, noun)).flatten())
    else {
        if proper && !state.frame.opens(noun.start) {
            let name = state
                .frame
                .span(noun.start, noun.end)
                .of(state.frame.text)
                .to_owned();
            let target = state.coin(kind::ORGANISATION, &slug(&name), &name);
            state.place(noun.start, noun.end, target, Sense::Name, FoundBy::Shape);
        }
        return;
    };
    let target = known_body(state, country, body)
        .map_or_else(|| coin(state, noun, body, country), Target::Known);
    state.place(
        noun.start,
        noun.end,
        target,
        Sense::Name,
        FoundBy::RolePattern,
    );
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

/// The organisation of the gazetteer that is this body of this country.
fn known_body(state: &State, country: Target, body: &Body) -> Option<EntityIx> {
    let Target::Known(country) = country else {
        return None;
    };
    state.gazetteer.entities().find_map(|(ix, e)| {
        let fits = e.acts_for == Some(country)
            && e.class == body.class
            && e.id.kind() == kind::ORGANISATION
            && (body.label_has.is_empty()
                || body.label_has.iter().any(|l| e.label.contains(l.as_str())));
        fits.then_some(ix)
    })
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
            return state
                .country(found.target)
                .filter(|_| state.kind(found.target) == kind::COUNTRY);
        }
        if frame
            .facts(at)
            .any(Facts::OF | Facts::CONJUNCTION | Facts::PLACE)
        {
            break;
        }
    }
    nationality_after(state, noun)
}

/// `Marine Singapurs`, `Armed Forces of the Philippines`, `Verteidigungsministerium in Jerusalem`.
fn nationality_after(state: &State, noun: Noun) -> Option<Target> {
    let frame = state.frame;
    for at in noun.end..noun.end + REACH {
        if !matches!(frame.gap(at), Gap::Space) {
            return None;
        }
        if let Some(found) = state.at(at) {
            return state
                .country(found.target)
                .filter(|_| state.kind(found.target) == kind::COUNTRY);
        }
        if !frame
            .facts(at)
            .any(Facts::OF | Facts::PLACE | Facts::APPOSITION)
        {
            return None;
        }
    }
    None
}

/// The country named last in the sentence before the noun.
fn nearest_country(state: &State, noun: Noun) -> Option<Target> {
    let mut at = noun.start;
    while at > 0 && state.frame.together(at - 1, noun.start) {
        at -= 1;
        if state.is(at, kind::COUNTRY) {
            return state.at(at).map(|f| f.target);
        }
    }
    None
}
