//! Names and dates as an answer carries them.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::graph::{Claim, Graph, Node, NodeIx};
use crate::statement::Precision;

/// An entity by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Name {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its label.
    pub name: String,
    /// Whether the gazetteer has it.
    pub known: bool,
}

impl Name {
    pub(super) fn of(node: &Node) -> Self {
        Self {
            id: node.id.to_string(),
            kind: node.kind.clone(),
            name: node.label.clone(),
            known: node.known,
        }
    }

    pub(super) fn all(graph: &Graph, nodes: &[NodeIx]) -> Vec<Self> {
        nodes.iter().map(|ix| Self::of(graph.node(*ix))).collect()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A day, month or year, written as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// How exact it is.
    pub precision: Precision,
}

impl Period {
    /// The day `since` as exactly as one of the claims gives it.
    pub(super) fn since<'c>(
        since: Option<Date>,
        claims: impl Iterator<Item = &'c Claim>,
    ) -> Option<Self> {
        let first = since?;
        let exact = claims
            .map(|c| &c.statement.date)
            .filter(|d| d.earliest == since)
            .map(|d| d.precision)
            .min();
        Some(Self {
            first,
            precision: exact.unwrap_or(Precision::Day),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.first.to_string();
        let length = match self.precision {
            Precision::Day | Precision::Unknown => day.len(),
            Precision::Month => 7,
            Precision::Year => 4,
        };
        f.write_str(day.get(..length).unwrap_or(&day))
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
