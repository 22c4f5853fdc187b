//! Bodies of a state counted as the state, variants of a weapon as its family.

use std::collections::BTreeMap;

use crate::gazetteer::{EntityIx, Gazetteer};
use crate::graph::{Graph, Node};
use crate::mention::EntityId;

/// Generations of variants at most: a list that runs in a circle ends.
const DEPTH: usize = 8;

/// The graph in which ministries and forces are their state and variants are their family.
///
/// Documents of a joined entity are those of the part that most documents speak of.
#[must_use]
pub fn collapse(graph: &Graph, gazetteer: &Gazetteer) -> Graph {
    let mut into: BTreeMap<EntityId, Node> = BTreeMap::new();
    for node in graph.nodes() {
        let Some(ix) = gazetteer.lookup(node.id.as_str()) else {
            continue;
        };
        let whole = whole(gazetteer, ix);
        if whole != ix {
            let entity = gazetteer.entity(whole);
            let kind = &gazetteer.schema().entity(entity.kind).id;
            let joined = Node {
                id: entity.id.clone(),
                kind: kind.clone(),
                label: entity.label.clone(),
                known: true,
                ..node.clone()
            };
            into.insert(node.id.clone(), joined);
        }
    }
    graph.joined(&into)
}

/// The state that a body acts for, or the family of a variant of the same kind.
fn whole(gazetteer: &Gazetteer, part: EntityIx) -> EntityIx {
    let mut at = part;
    for _ in 0..DEPTH {
        let entity = gazetteer.entity(at);
        let family = entity
            .parent
            .filter(|parent| gazetteer.entity(*parent).kind == entity.kind)
            // A department of an organisation is not a variant of it.
            .filter(|_| !gazetteer.schema().entity(entity.kind).actor);
        match entity.acts_for.or(family) {
            Some(whole) => at = whole,
            None => break,
        }
    }
    at
}
