//! Who says what a sentence claims: `sagte Pistorius`, `according to the ministry`.

use super::{Attribute, attributes};
use crate::linker::pattern::Hit;
use crate::linker::scene::{Carried, Item, Scene};
use crate::mention::EntityId;

/// How many tokens may stand between a speaker and the words that say so.
const REACH: usize = 5;
/// The same for a person followed by an apposition.
const APPOSITION: usize = 12;

/// The entity that the sentence quotes.
pub(in crate::linker) fn speaker(scene: &Scene<'_>) -> Option<EntityId> {
    let denied = |hit: &Hit| {
        attributes(scene)
            .any(|(a, h)| a == Attribute::SaysNot && (h.first..=h.last).contains(&hit.first))
    };
    let item = attributes(scene).find_map(|(attribute, hit)| match attribute {
        Attribute::BeforeSpeaker => behind(scene, hit.last),
        Attribute::AfterSpeaker => ahead(scene, hit.first),
        Attribute::Tells => ahead(scene, hit.first).or_else(|| apposed(scene, hit.first)),
        Attribute::Says if !denied(hit) => subject(scene, hit),
        _ => None,
    })?;
    scene
        .page
        .tagged
        .entities
        .get(item.entity)
        .map(|e| e.id.clone())
}

/// After a comma, quotation mark or at the start of a sentence the subject follows the verb.
fn subject<'a>(scene: &'a Scene<'_>, hit: &Hit) -> Option<&'a Item> {
    let gap = scene.page.gaps.get(hit.first).copied().unwrap_or_default();
    let inverted = hit.first == scene.sentence.first || gap.comma || gap.quote || gap.hard;
    if inverted {
        behind(scene, hit.last).or_else(|| apposed(scene, hit.first))
    } else {
        ahead(scene, hit.first)
    }
}

/// The speaker named behind a token: a person before any other.
fn behind<'a>(scene: &'a Scene<'_>, token: usize) -> Option<&'a Item> {
    let open = |at: usize| {
        (token + 1..=at).all(|t| {
            scene
                .page
                .gaps
                .get(t)
                .is_some_and(|g| !g.comma && !g.hard && !g.quote)
        })
    };
    let near =
        || speakers(scene).filter(|i| i.first > token && i.first <= token + REACH && open(i.first));
    near().find(|i| person(scene, i)).or_else(|| near().next())
}

/// The speaker named before a token, without a comma between them.
fn ahead<'a>(scene: &'a Scene<'_>, token: usize) -> Option<&'a Item> {
    let open = |t: usize| {
        scene
            .page
            .gaps
            .get(t)
            .is_some_and(|g| !g.comma && !g.hard && !g.quote)
    };
    let near = || {
        speakers(scene)
            .filter(|i| i.last < token && i.last + REACH > token && (i.last + 1..=token).all(open))
    };
    near()
        .filter(|i| person(scene, i))
        .last()
        .or_else(|| near().last())
}

/// `X, minister of Y, said`: only a person is sure to be the subject.
fn apposed<'a>(scene: &'a Scene<'_>, token: usize) -> Option<&'a Item> {
    speakers(scene)
        .filter(|i| i.last < token && i.last + APPOSITION > token && person(scene, i))
        .last()
}

fn speakers<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a Item> {
    scene.items.iter().filter(|i| {
        let kind = scene
            .page
            .tagged
            .entities
            .get(i.entity)
            .map_or("", |e| e.id.kind());
        i.carried == Carried::No
            && matches!(kind, "person" | "country" | "organisation" | "company")
    })
}

fn person(scene: &Scene<'_>, item: &Item) -> bool {
    scene
        .page
        .tagged
        .entities
        .get(item.entity)
        .is_some_and(|e| e.id.kind() == "person")
}
