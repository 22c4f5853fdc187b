//! The number of pieces before a weapon: `36 F-35`, `sechs U-Boote vom Typ 212CD`.

use super::number::{between, scaled};
use super::{Attribute, attributes};
use crate::linker::rules::Meaning;
use crate::linker::scene::{Carried, Scene};

/// How many tokens may stand between the number and the name.
const REACH: usize = 6;
/// How many of them may be words that no list has.
const UNKNOWN: usize = 1;

/// How many of the only weapon among some entities of the document.
pub(in crate::linker) fn pieces(
    scene: &Scene<'_>,
    entities: impl Iterator<Item = usize>,
) -> Option<u64> {
    let weapon = |e: usize| {
        scene
            .page
            .tagged
            .entities
            .get(e)
            .is_some_and(|e| e.id.kind() == "weapon")
    };
    let mut weapons: Vec<usize> = entities.filter(|&e| weapon(e)).collect();
    if weapons.is_empty() {
        weapons.extend(
            scene
                .items
                .iter()
                .filter(|i| i.carried == Carried::No && weapon(i.entity))
                .map(|i| i.entity),
        );
    }
    weapons.sort_unstable();
    weapons.dedup();
    let [only] = weapons[..] else { return None };
    let mut items = scene
        .items
        .iter()
        .filter(|i| i.entity == only && i.carried == Carried::No);
    items.find_map(|i| quantity(scene, i.first))
}

/// How many of the weapon whose name holds token `weapon`.
pub(super) fn quantity(scene: &Scene<'_>, weapon: usize) -> Option<u64> {
    let item = scene
        .items
        .iter()
        .find(|i| i.first <= weapon && weapon <= i.last)?;
    let start = item
        .first
        .saturating_sub(REACH + 3)
        .max(scene.sentence.first);
    let mut found = None;
    let mut at = start;
    while at < item.first {
        match scaled(scene, at) {
            Some((last, value)) if last < item.first => {
                if counts(scene, at, last, item.first) {
                    found = Some(value);
                }
                at = last + 1;
            }
            _ => at += 1,
        }
    }
    let value = found.filter(|v| v.fract() == 0.0 && *v >= 1.0)?;
    format!("{value:.0}").parse().ok()
}

/// Whether the number from `first` to `last` counts what stands at `item`.
fn counts(scene: &Scene<'_>, first: usize, last: usize, item: usize) -> bool {
    let page = scene.page;
    let year =
        page.surface(first).len() == 4 && page.word(first).starts_with("20") && first == last;
    let article = scene.rules.attributes.is_one(page.word(first));
    let marked = between(page, first).contains(['$', '€', '£', ':', '/', '['])
        || between(page, last + 1).contains(['$', '€', '%', '.', ':', ']', '-', '‑']);
    if year || article || marked || item - last > REACH {
        return false;
    }
    let mut unknown = 0;
    for token in last + 1..=item {
        let gap = page.gaps.get(token).copied().unwrap_or_default();
        if gap.comma || gap.hard {
            return false;
        }
        if token < item && !known(scene, token) {
            unknown += 1;
        }
        let other = token < item
            && scene
                .items
                .iter()
                .any(|i| i.first <= token && token <= i.last && foreign(scene, i.entity));
        let stop = scene.hits.iter().any(|h| {
            h.last == token
                && token < item
                && matches!(
                    scene.meaning(h),
                    Meaning::Conjunction | Meaning::Attribute(Attribute::Currency(_))
                )
        });
        if other || stop {
            return false;
        }
    }
    unknown <= UNKNOWN
}

/// A word that may stand between a number and what it counts.
fn known(scene: &Scene<'_>, token: usize) -> bool {
    let listed = attributes(scene).any(|(a, h)| {
        h.first <= token && token <= h.last && matches!(a, Attribute::Piece | Attribute::Linking)
    });
    listed || scene.page.gaps.get(token).is_some_and(|g| g.joined)
}

/// `sechs deutsche U-Boote`: a country may stand between, another weapon may not.
fn foreign(scene: &Scene<'_>, entity: usize) -> bool {
    let kind = scene
        .page
        .tagged
        .entities
        .get(entity)
        .map_or("", |e| e.id.kind());
    !matches!(kind, "country" | "company")
}
