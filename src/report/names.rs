//! The names under which a reader may search for an entity.

use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::Gazetteer;
use crate::graph::{Graph, NodeIx};
use crate::mention::Sense;

/// Names kept for an entity.
const NAMES: usize = 8;

/// The names of some nodes in every language the gazetteer has, without inflected forms, by node.
pub(super) fn of(
    graph: &Graph,
    gazetteer: &Gazetteer,
    nodes: &[NodeIx],
) -> BTreeMap<NodeIx, Vec<String>> {
    let mut wanted = BTreeMap::new();
    for ix in nodes {
        if let Some(entity) = gazetteer.lookup(graph.node(*ix).id.as_str()) {
            wanted.insert(entity, *ix);
        }
    }
    let mut found: BTreeMap<NodeIx, BTreeSet<(usize, &str)>> = BTreeMap::new();
    for (form, entries) in gazetteer.lexicon().spellings() {
        for entry in entries {
            let name = entry.base && !entry.surname && entry.sense == Sense::Name;
            if let Some(ix) = wanted.get(&entry.entity).filter(|_| name) {
                found.entry(*ix).or_default().insert((form.len(), form));
            }
        }
    }
    let keep = |(ix, names): (NodeIx, BTreeSet<(usize, &str)>)| {
        let label = &graph.node(ix).label;
        let names = names.into_iter().map(|(_, name)| name);
        let others = names.filter(|name| name != label).map(str::to_owned);
        (ix, others.take(NAMES).collect())
    };
    found.into_iter().map(keep).collect()
}
