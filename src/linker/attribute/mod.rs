//! What a claim says besides its parties: instrument, role, number of pieces, money, who says so.

mod lists;
mod money;
mod near;
pub(super) mod number;
mod pieces;
mod speaker;
#[cfg(test)]
mod tests;

pub(super) use self::lists::{Attribute, AttributesFile, Lists};
pub(super) use self::money::value;
pub(super) use self::near::{common_role, instrument};
pub(super) use self::pieces::pieces;
pub(super) use self::speaker::speaker;

use super::candidate::Candidate;
use super::pattern::Hit;
use super::rules::Meaning;
use super::scene::Scene;

/// First and last token of the words that carry a claim.
pub(super) type Place = (usize, usize);

/// Where the words of a candidate stand; at its far end if the sentence before has them or none do.
pub(super) fn place(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Place {
    match candidate.trigger.filter(|t| !t.carried) {
        Some(trigger) => (trigger.hit.first, trigger.hit.last),
        None => scene
            .items
            .get(candidate.b.item)
            .map_or((scene.sentence.first, scene.sentence.first), |i| {
                (i.first, i.last)
            }),
    }
}

/// Hits of attribute words.
fn attributes<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = (Attribute, &'a Hit)> {
    scene
        .hits
        .iter()
        .filter_map(|hit| match scene.meaning(hit) {
            Meaning::Attribute(attribute) => Some((attribute, hit)),
            _ => None,
        })
}

/// Tokens between two places, 0 if they overlap.
fn gap(a: Place, b: Place) -> usize {
    a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1))
}
