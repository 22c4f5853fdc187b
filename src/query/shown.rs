//! Names and dates as an answer carries them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::graph::{Claim, DocumentIx, Edge, Graph, Node, NodeIx, Summary};
use crate::statement::Precision;

/// An entity by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// A sentence and where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The sentence, as in the text.
    pub sentence: String,
    /// Id of the document.
    pub document: String,
    /// Where it was published.
    pub source: String,
    /// Title of the document.
    pub title: String,
    /// Publication of the document.
    pub published: Option<Date>,
}

impl Quote {
    pub(super) fn of(graph: &Graph, claim: &Claim) -> Self {
        Self::new(graph, &claim.statement.evidence.sentence, claim.document)
    }

    fn new(graph: &Graph, sentence: &str, document: DocumentIx) -> Self {
        let document = graph.document(document);
        Self {
            sentence: sentence.to_owned(),
            document: document.id.clone(),
            source: document.source.clone(),
            title: document.title.clone(),
            published: document.date,
        }
    }

    /// The sentence that shows an edge best.
    pub(super) fn best(graph: &Graph, edge: &Edge) -> Option<Self> {
        let (sentence, document) = graph.quote(edge)?;
        Some(Self::new(graph, sentence, document))
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
    /// When something began.
    pub(super) fn since(summary: &Summary) -> Option<Self> {
        Some(Self {
            first: summary.since?,
            precision: summary.precision.unwrap_or(Precision::Day),
        })
    }

    /// When a claim says it is.
    pub(super) fn of(claim: &Claim) -> Option<Self> {
        let date = &claim.statement.date;
        Some(Self {
            first: date.earliest?,
            precision: date.precision,
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
