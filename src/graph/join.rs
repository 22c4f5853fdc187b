//! Several entities counted as one.

use std::collections::BTreeMap;

use super::{Claim, Graph, Node};
use crate::mention::EntityId;

impl Graph {
    /// The graph in which the entities that are keys of `into` are those beside them.
    ///
    /// A joined node has the mentions of all its parts, and the documents of the part that most
    /// documents speak of: no graph knows which documents two parts share.
    #[must_use]
    pub fn joined(&self, into: &BTreeMap<EntityId, Node>) -> Self {
        let mut nodes: BTreeMap<EntityId, Node> = BTreeMap::new();
        for node in self.nodes() {
            let node = into.get(&node.id).unwrap_or(node);
            let joined = nodes.entry(node.id.clone());
            joined
                .and_modify(|known| add(known, node))
                .or_insert_with(|| node.clone());
        }
        let rename = |ids: &mut Vec<EntityId>| {
            let mut new: Vec<EntityId> = Vec::with_capacity(ids.len());
            for id in ids.iter() {
                let id = into.get(id).map_or(id, |node| &node.id);
                if !new.contains(id) {
                    new.push(id.clone());
                }
            }
            *ids = new;
        };
        let mut claims: Vec<Claim> = self.claims().to_vec();
        for claim in &mut claims {
            rename(&mut claim.statement.subjects);
            rename(&mut claim.statement.objects);
            rename(&mut claim.statement.about);
        }
        self.part(nodes.into_values().collect(), claims)
    }
}

fn add(known: &mut Node, part: &Node) {
    known.mentions += part.mentions;
    known.documents = known.documents.max(part.documents);
    known.first_seen = known.first_seen.into_iter().chain(part.first_seen).min();
    known.last_seen = known.last_seen.max(part.last_seen);
}
