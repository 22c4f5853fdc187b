//! The answers about everything there is: they change only with the documents, so a store keeps them.

use super::filter::Filter;
use super::stats::{sources, stats};
use super::top::{Measure, top};
use crate::graph::Graph;

/// What the answer of `top` is kept under.
pub const TOP: &str = "top";
/// What the answer of `stats` is kept under.
pub const STATS: &str = "stats";
/// What the answer of `sources` is kept under.
pub const SOURCES: &str = "sources";

/// The answers to questions without conditions, as JSON.
pub fn everything(graph: &Graph) -> serde_json::Result<Vec<(&'static str, String)>> {
    let (cooperative, all) = (Filter::default(), Filter::everything());
    let top = top(graph, &cooperative, Measure::Degree);
    Ok(vec![
        (TOP, serde_json::to_string(&top)?),
        (STATS, serde_json::to_string(&stats(graph, &all))?),
        (SOURCES, serde_json::to_string(&sources(graph, &all))?),
    ])
}
