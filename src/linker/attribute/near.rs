//! Instrument and role: what the word nearest to a trigger or party says.

use std::cmp::Reverse;

use super::{Attribute, Place, attributes, gap};
use crate::linker::pattern::Hit;
use crate::linker::scene::Scene;

/// How far a word may stand.
const REACH: usize = 12;
/// Statement kinds that have a role.
const WITH_ROLE: [&str; 1] = ["participates"];
/// What a clause boundary adds.
const CLAUSE: usize = 6;
/// The instrument and the role that any other is a kind of.
const GENERAL: [&str; 2] = ["agreement", "member"];
/// How much farther a word may stand that says more than a general one.
const SPECIFIC: usize = 5;
/// Of two readings of one word (`Vertrag`) this is the one of trade, the other that of states.
const OF_TRADE: &str = "contract";
/// Statement kinds that are trade.
const TRADE: [&str; 6] = [
    "contracts",
    "provides",
    "acquires",
    "transfer",
    "procurement",
    "manufactures",
];

/// The paper a claim of kind `kind` rests on.
pub(in crate::linker) fn instrument(
    scene: &Scene<'_>,
    trigger: Place,
    kind: &str,
) -> Option<String> {
    let trade = TRADE.contains(&kind);
    let name = |index: u16| scene.rules.attributes.instruments.get(usize::from(index));
    let cost = |name: &str, hit: &Hit| {
        let far = cost(scene, trigger, hit)? + general(name);
        // A whole word says more than the end of one.
        let open = scene.rules.patterns.name(hit.pattern).starts_with('*');
        Some((
            far,
            Reverse(hit.last - hit.first),
            open,
            (name == OF_TRADE) != trade,
        ))
    };
    attributes(scene)
        .filter_map(|(attribute, hit)| match attribute {
            Attribute::Instrument(index) => name(index).and_then(|n| Some((cost(n, hit)?, n))),
            _ => None,
        })
        .min_by(|x, y| (x.0, x.1.as_str()).cmp(&(y.0, y.1.as_str())))
        .map(|(_, name)| name.clone())
}

/// The role that all the given items have, for kinds whose parties have one.
pub(in crate::linker) fn common_role(
    scene: &Scene<'_>,
    kind: &str,
    trigger: Place,
    items: impl Iterator<Item = usize>,
) -> Option<String> {
    if !WITH_ROLE.contains(&kind) {
        return None;
    }
    let mut roles = items
        .filter_map(|i| scene.items.get(i))
        .map(|item| role(scene, item.first, trigger));
    let first = roles.next()??;
    roles.all(|r| r.as_ref() == Some(&first)).then_some(first)
}

/// What a party is to a programme, agreement or operation. `party` is a token of its name.
pub(super) fn role(scene: &Scene<'_>, party: usize, trigger: Place) -> Option<String> {
    let own = scene
        .items
        .iter()
        .find(|i| i.first <= party && party <= i.last);
    let list = own.map_or((party, party), |own| {
        let list = scene.items.iter().filter(|i| i.list == own.list);
        list.fold((own.first, own.last), |(a, b), i| {
            (a.min(i.first), b.max(i.last))
        })
    });
    let clause = scene.clause(party);
    let cost = |hit: &Hit| {
        let near = cost(scene, list, hit)?;
        // Right behind a name it is the subject; two names away the word is somebody else's.
        let between = scene.items.iter().filter(|i| {
            let (from, to) = (list.1.min(hit.last), list.0.max(hit.first));
            i.first > from && i.last < to && i.list != own.map_or(usize::MAX, |o| o.list)
        });
        let away = usize::from(scene.clause(hit.first) != clause);
        Some((
            near + 2 * between.count() + away,
            gap((hit.first, hit.last), trigger),
        ))
    };
    attributes(scene)
        .filter_map(|(attribute, hit)| match attribute {
            Attribute::Role(index) => {
                let name = scene.rules.attributes.roles.get(usize::from(index))?;
                let (near, far) = cost(hit)?;
                Some((
                    near + general(name),
                    far,
                    Reverse(hit.last - hit.first),
                    hit.first,
                    name,
                ))
            }
            _ => None,
        })
        .min()
        .map(|(.., name)| name.clone())
}

fn general(name: &str) -> usize {
    if GENERAL.contains(&name) { SPECIFIC } else { 0 }
}

/// Distance of a word from a place; none beyond reach.
fn cost(scene: &Scene<'_>, place: Place, hit: &Hit) -> Option<usize> {
    let clauses = scene.clause(place.0).abs_diff(scene.clause(hit.first));
    let far = gap(place, (hit.first, hit.last)) + CLAUSE * clauses;
    (far <= REACH).then_some(far)
}
