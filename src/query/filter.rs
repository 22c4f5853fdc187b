//! Which claims and ties an answer is about.

use jiff::civil::Date;
use serde::Serialize;

use crate::graph::{Claim, Graph};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, Status};

/// What to leave out of an answer; the default leaves out hostile ties only.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// Only ties that stand like this now; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<Status>,
    /// Whether hostile ties are shown.
    pub hostile: bool,
    /// Only claims that are at least so sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
}

impl Filter {
    /// The graph of the claims that pass; `None` if all of them do.
    pub fn apply(&self, graph: &Graph) -> Option<Graph> {
        let all = self.kinds.is_empty()
            && self.since.is_none()
            && self.until.is_none()
            && self.min_confidence.is_none();
        (!all).then(|| graph.filtered(|claim, document| self.passes(claim, document)))
    }

    fn passes(&self, claim: &Claim, document: &DocumentInfo) -> bool {
        let kind = &claim.statement.kind;
        (self.kinds.is_empty() || self.kinds.contains(kind))
            && self.in_time(claim, document)
            && self
                .min_confidence
                .is_none_or(|least| claim.statement.confidence >= least)
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
    }

    /// Whether a tie that stands like this is shown.
    pub fn shows(&self, status: Status) -> bool {
        self.statuses.is_empty() || self.statuses.contains(&status)
    }
}
