//! All that is known between two actors, and how strong it is.

use super::summary::firmness;
use super::{Edge, EdgeIx, Group, Legend, NodeIx, Summary};

/// Two actors and every edge between them, whatever its kind and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The actor whose id sorts first.
    pub a: NodeIx,
    /// The other one.
    pub b: NodeIx,
    /// The edges between them, the best attested first.
    pub edges: Vec<EdgeIx>,
    /// What the edges that are not hostile say together; if all are, what those say.
    pub summary: Summary,
    /// How strong the tie is; hostile edges add nothing. Two decimals.
    pub strength: f64,
    /// Whether one of the edges is cooperative.
    pub cooperative: bool,
    /// Whether one of the edges is hostile.
    pub hostile: bool,
}

/// One point for each independent source, and up to one for each kind of tie: more the firmer and
/// the surer it is, half for kinds that say little (`cooperation`) or nothing of cooperation.
pub(super) fn strength(sources: usize, edges: &[&Edge], legend: &Legend) -> f64 {
    let friendly = || {
        edges
            .iter()
            .filter(|e| legend.group(&e.kind) != Group::Hostile)
    };
    if friendly().next().is_none() {
        return 0.0;
    }
    let kinds: f64 = friendly().map(|edge| points(edge, legend)).sum();
    let sources = u32::try_from(sources).map_or(f64::from(u32::MAX), f64::from);
    ((sources + kinds) * 100.0).round() / 100.0
}

fn points(edge: &Edge, legend: &Legend) -> f64 {
    let full = legend
        .statement(&edge.kind)
        .is_some_and(|kind| kind.group == Group::Cooperative && !kind.yields);
    let share = if full { 1.0 } else { 0.5 };
    share * f64::from(firmness(edge.summary.status)) / 4.0 * edge.summary.confidence
}
