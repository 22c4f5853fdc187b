//! Which claims and ties an answer is about.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::sorting;
use crate::gazetteer::Gazetteer;
use crate::graph::{Claim, Edge, EdgeIx, Graph, Group, Summary};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, Status};

/// What to leave out of an answer; the default leaves out hostile ties only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Only ties with this entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<EntityId>,
    /// Only these statement kinds; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Only claims about this day or later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Only claims about this day or earlier ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Only what was known on this day: documents published until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// Only ties that stand like this now; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<Status>,
    /// Only claims with a weapon, body or company of one of these domains; all if empty. See
    /// [`Filter::find_domains`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Only claims that are at least so sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
    /// Only ties that so many independent sources speak of.
    #[serde(skip_serializing_if = "is_zero_or_one")]
    pub min_sources: usize,
    /// Only documents whose publisher, address or id has one of these words in it; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Whether hostile ties are shown.
    pub hostile: bool,
    /// The entities of the domains, as [`Filter::find_domains`] finds them.
    #[serde(skip)]
    pub members: BTreeSet<EntityId>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn is_zero_or_one(value: &usize) -> bool {
    *value <= 1
}

impl Filter {
    /// A filter that leaves out nothing, hostile ties neither.
    pub fn everything() -> Self {
        Self {
            hostile: true,
            ..Self::default()
        }
    }

    /// Looks up which entities of a graph belong to the domains: needed once before a filter with
    /// domains is used.
    pub fn find_domains(&mut self, graph: &Graph, gazetteer: &Gazetteer) {
        if !self.domains.is_empty() {
            self.members = sorting::members(graph, gazetteer, &self.domains);
        }
    }

    /// Whether it asks for less than everything (hostile ties aside).
    pub fn is_limited(&self) -> bool {
        let hostile = self.hostile;
        *self
            != Self {
                hostile,
                ..Self::default()
            }
    }

    /// Whether it asks nothing of single claims but their kind: then whole edges pass or do not.
    pub fn is_of_edges(&self) -> bool {
        self.since.is_none()
            && self.until.is_none()
            && self.as_of.is_none()
            && self.domains.is_empty()
            && self.min_confidence.is_none()
            && self.sources.is_empty()
    }

    /// Whether every claim of a graph passes without being looked at.
    fn passes_all(&self, graph: &Graph) -> bool {
        let of_kind = |edge: &Edge| self.kinds.contains(&edge.kind);
        self.is_of_edges() && (self.kinds.is_empty() || graph.edges().iter().all(of_kind))
    }

    /// The graph of the claims that pass; whole ties are not judged.
    pub fn claims<'g>(&self, graph: &'g Graph) -> Cow<'g, Graph> {
        if self.passes_all(graph) {
            return Cow::Borrowed(graph);
        }
        Cow::Owned(graph.filtered(|claim, document| self.passes(claim, document)))
    }

    /// Of that graph what the claims of some edges make.
    pub(super) fn claims_at<'g>(&self, graph: &'g Graph, edges: &[EdgeIx]) -> Cow<'g, Graph> {
        if self.passes_all(graph) {
            return Cow::Borrowed(graph);
        }
        Cow::Owned(graph.filtered_at(edges, |claim, document| self.passes(claim, document)))
    }

    /// The graph of the claims and the ties that pass.
    pub fn graph<'g>(&self, graph: &'g Graph) -> Cow<'g, Graph> {
        let part = self.claims(graph);
        let whole = self.statuses.is_empty()
            && self.min_sources <= 1
            && self.with.is_none()
            && (self.hostile || !has_hostile(&part));
        if whole {
            return part;
        }
        Cow::Owned(part.with_edges(|edge| self.shows(&part, edge) && self.is_with(&part, edge)))
    }

    fn is_with(&self, graph: &Graph, edge: &Edge) -> bool {
        let is = |ix| self.with.as_ref() == Some(&graph.node(ix).id);
        self.with.is_none() || is(edge.subject) || is(edge.object)
    }

    /// Whether a claim is asked for.
    pub fn passes(&self, claim: &Claim, document: &DocumentInfo) -> bool {
        let statement = &claim.statement;
        (self.kinds.is_empty() || self.kinds.contains(&statement.kind))
            && self
                .min_confidence
                .is_none_or(|least| statement.confidence >= least)
            && self.in_time(claim, document)
            && self.in_domain(claim)
            && self.is_from(document)
    }

    fn in_domain(&self, claim: &Claim) -> bool {
        let statement = &claim.statement;
        let parties = statement.subjects.iter().chain(&statement.objects);
        self.domains.is_empty()
            || parties
                .chain(&statement.about)
                .any(|id| self.members.contains(id))
    }

    fn is_from(&self, document: &DocumentInfo) -> bool {
        let has = |word: &String| {
            let word = word.to_lowercase();
            document.source.to_lowercase().contains(&word)
                || document.id.to_lowercase().contains(&word)
        };
        self.sources.is_empty() || self.sources.iter().any(has)
    }

    /// A claim without a date counts by the day its document was published; without that it has no time.
    fn in_time(&self, claim: &Claim, document: &DocumentInfo) -> bool {
        let date = &claim.statement.date;
        let first = date.earliest.or(date.latest).or(document.date);
        let last = date.latest.or(date.earliest).or(document.date);
        self.since
            .is_none_or(|since| last.is_some_and(|last| last >= since))
            && self
                .until
                .is_none_or(|until| first.is_some_and(|first| first <= until))
            && self
                .as_of
                .is_none_or(|day| document.date.is_some_and(|told| told <= day))
    }

    /// Whether a tie that stands like this is shown.
    pub fn shows(&self, graph: &Graph, edge: &Edge) -> bool {
        let Summary {
            status, sources, ..
        } = edge.summary;
        self.stands(status, sources) && (self.hostile || !is_hostile(graph, edge))
    }

    /// Whether a tie of this standing passes but for being hostile.
    pub(super) fn stands(&self, status: Status, sources: usize) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&status)) && sources >= self.min_sources
    }
}

pub(super) fn is_hostile(graph: &Graph, edge: &Edge) -> bool {
    graph.legend().group(&edge.kind) == Group::Hostile
}

fn has_hostile(graph: &Graph) -> bool {
    graph.edges().iter().any(|edge| is_hostile(graph, edge))
}
