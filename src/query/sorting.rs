//! Domains and steps: how answers sort entities and claims, read from `views.toml`.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::gazetteer::Gazetteer;
use crate::graph::Graph;
use crate::mention::EntityId;
use crate::statement::{Statement, Status};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Views {
    domain: Vec<Domain>,
    step: Vec<Step>,
}

/// A part of defence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Domain {
    id: String,
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
}

/// A step in the life of a tie.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    id: String,
    label: String,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    statuses: Vec<Status>,
    #[serde(default)]
    instruments: Vec<String>,
}

fn views() -> &'static Views {
    static VIEWS: OnceLock<Views> = OnceLock::new();
    VIEWS.get_or_init(|| {
        let read = toml::from_str(include_str!("views.toml"));
        debug_assert!(read.is_ok(), "views.toml: {read:?}");
        read.unwrap_or_default()
    })
}

/// The names of all domains.
pub fn domains() -> impl Iterator<Item = &'static str> {
    views().domain.iter().map(|domain| domain.id.as_str())
}

/// The entities of a graph that belong to one of some domains.
pub(super) fn members(
    graph: &Graph,
    gazetteer: &Gazetteer,
    wanted: &[String],
) -> BTreeSet<EntityId> {
    let chosen: Vec<&Domain> = views()
        .domain
        .iter()
        .filter(|domain| wanted.contains(&domain.id))
        .collect();
    let belongs = |id: &EntityId, kind: &str| {
        let class = gazetteer
            .lookup(id.as_str())
            .map_or("", |ix| gazetteer.entity(ix).class.as_str());
        chosen.iter().any(|domain| {
            domain.kinds.iter().any(|k| k == kind)
                || (!class.is_empty() && domain.classes.iter().any(|c| c == class))
        })
    };
    let nodes = graph.nodes().iter();
    nodes
        .filter(|node| belongs(&node.id, &node.kind))
        .map(|node| node.id.clone())
        .collect()
}

/// Id and name of the step that a claim tells of.
pub(super) fn step(statement: &Statement) -> (&'static str, &'static str) {
    let is_in = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
    let instrument = statement.instrument.as_deref().unwrap_or_default();
    let fits = |step: &&Step| {
        is_in(&step.kinds, &statement.kind)
            && is_in(&step.instruments, instrument)
            && (step.statuses.is_empty() || step.statuses.contains(&statement.status))
    };
    let step = views().step.iter().find(fits);
    step.map_or(("", ""), |step| (&step.id, &step.label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_and_step_has_its_own_name() {
        let ids: BTreeSet<_> = domains().collect();
        assert_eq!(ids.len(), views().domain.len());
        let steps: BTreeSet<_> = views().step.iter().map(|s| &s.id).collect();
        assert_eq!(steps.len(), views().step.len());
    }

    #[test]
    fn every_status_is_a_step() {
        let plain = |step: &&Step| step.kinds.is_empty() && step.instruments.is_empty();
        let covered: BTreeSet<Status> = views()
            .step
            .iter()
            .filter(plain)
            .flat_map(|s| s.statuses.iter().copied())
            .collect();
        assert_eq!(covered.len(), 5);
    }
}
