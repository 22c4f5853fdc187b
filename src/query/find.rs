//! From a name that a person typed to an entity of the graph.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::shown::Name;
use crate::error::closest;
use crate::gazetteer::Gazetteer;
use crate::graph::{Graph, Node};
use crate::mention::EntityId;

/// An entity found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: EntityId,
    /// Its label.
    pub label: String,
    /// Whether the graph has it.
    pub in_graph: bool,
    /// Other entities of the graph with the same name, in case another one was meant.
    pub others: Vec<Name>,
}

/// No entity has the name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no entity is called `{name}`")]
pub struct NotFound {
    /// The name.
    pub name: String,
    /// Names that are nearly the same, the closest first.
    pub suggestions: Vec<String>,
}

impl NotFound {
    /// What to try next.
    pub fn hint(&self) -> String {
        let quoted: Vec<String> = self.suggestions.iter().map(|s| format!("`{s}`")).collect();
        let start: String = self.name.chars().take(4).collect::<String>().to_lowercase();
        let lists = format!("`entente gazetteer find {}` lists names", start.trim());
        match quoted.split_last() {
            None => lists,
            Some((only, [])) => format!("did you mean {only}? {lists}"),
            Some((last, rest)) => format!("did you mean {} or {last}? {lists}", rest.join(", ")),
        }
    }
}

/// The entity of this name or id: any language, alias or inflected form that the gazetteer has, and
/// the entities that only the graph knows.
///
/// Of several entities of one name the one that most documents speak of is found.
pub fn find(name: &str, graph: &Graph, gazetteer: &Gazetteer) -> Result<Found, NotFound> {
    find_among(name, graph.nodes(), gazetteer)
}

/// The entities of the gazetteer that have exactly this name, the best match first.
pub fn ids_named(name: &str, gazetteer: &Gazetteer) -> Vec<EntityId> {
    let hits = gazetteer
        .find(name.trim())
        .into_iter()
        .filter(crate::gazetteer::Hit::is_exact);
    hits.map(|hit| gazetteer.entity(hit.entity).id.clone())
        .collect()
}

/// The same as [`find`] among some entities, sorted by id.
pub fn find_among(name: &str, among: &[Node], gazetteer: &Gazetteer) -> Result<Found, NotFound> {
    let name = name.trim();
    let ids = ids_of(name, among, gazetteer);
    let mut nodes: Vec<&Node> = ids
        .iter()
        .filter_map(|id| among.binary_search_by(|node| node.id.cmp(id)).ok())
        .filter_map(|ix| among.get(ix))
        .collect();
    nodes.sort_by_key(|node| {
        (
            Reverse(node.documents),
            Reverse(node.mentions),
            node.id.clone(),
        )
    });
    if let Some((node, others)) = nodes.split_first() {
        let others = others.iter().map(|node| Name::of(node)).collect();
        return Ok(Found {
            id: node.id.clone(),
            label: node.label.clone(),
            in_graph: true,
            others,
        });
    }
    let Some(id) = ids.into_iter().next() else {
        return Err(NotFound {
            suggestions: suggestions(name, among, gazetteer),
            name: name.to_owned(),
        });
    };
    let label = gazetteer
        .lookup(id.as_str())
        .map(|ix| gazetteer.entity(ix).label.clone());
    Ok(Found {
        label: label.unwrap_or_else(|| id.to_string()),
        id,
        in_graph: false,
        others: Vec::new(),
    })
}

/// Every entity that has exactly this name, the best match first.
fn ids_of(name: &str, among: &[Node], gazetteer: &Gazetteer) -> Vec<EntityId> {
    let folded = name.to_lowercase();
    let own = among
        .iter()
        .filter(|node| node.id.as_str() == name || node.label.to_lowercase() == folded);
    let mut seen = BTreeSet::new();
    ids_named(name, gazetteer)
        .into_iter()
        .chain(own.map(|node| node.id.clone()))
        .filter(|id| seen.insert(id.clone()))
        .collect()
}

fn suggestions(name: &str, among: &[Node], gazetteer: &Gazetteer) -> Vec<String> {
    let mut names = gazetteer.did_you_mean(name);
    for label in closest(name, among.iter().map(|node| node.label.as_str()), 3) {
        if !names.iter().any(|n| n == label) {
            names.push(label.to_owned());
        }
    }
    names.truncate(3);
    names
}
