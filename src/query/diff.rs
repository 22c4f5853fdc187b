//! What changed between two graphs: of two stores, or of one store on two days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::filter::{Filter, is_hostile};
use super::shown::{Name, Quote};
use super::timeline::is_silent;
use crate::graph::{Edge, Graph};
use crate::statement::Status;

/// The answer to `diff`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diff {
    /// What was left out.
    pub filter: Filter,
    /// Publication of the latest document, before and after.
    pub horizons: [Option<Date>; 2],
    /// Number of documents, before and after.
    pub documents: [usize; 2],
    /// What changed: contradictions first, then moves, new ties, stronger ones, silent and vanished ones.
    pub changes: Vec<Change>,
}

/// A tie that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// How it changed.
    pub change: ChangeKind,
    /// Where it runs from; of ties without direction the end whose id sorts first.
    pub a: Name,
    /// Where it runs to.
    pub b: Name,
    /// Whether its direction means something.
    pub directed: bool,
    /// Statement kind.
    pub kind: String,
    /// Its name in words.
    pub label: String,
    /// How it stood; none if it is new.
    pub old_status: Option<Status>,
    /// How it stands; none if it is gone.
    pub new_status: Option<Status>,
    /// Independent sources before.
    pub old_sources: usize,
    /// Independent sources after.
    pub new_sources: usize,
    /// What it is about.
    pub about: Vec<Name>,
    /// Publication of the last document.
    pub last: Option<Date>,
    /// The sentence that shows the change best.
    pub evidence: Option<Quote>,
}

/// How a tie changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was planned, agreed or active, and is now denied or over; or the new sources do not agree on that.
    Contradicted,
    /// Its status is another one.
    StatusMoved,
    /// It was not there.
    New,
    /// More independent sources speak of it.
    Strengthened,
    /// It was in the news and is not any more.
    GoneSilent,
    /// No document that is left speaks of it.
    Gone,
}

impl ChangeKind {
    /// Every kind, in order.
    pub const ALL: [Self; 6] = [
        Self::Contradicted,
        Self::StatusMoved,
        Self::New,
        Self::Strengthened,
        Self::GoneSilent,
        Self::Gone,
    ];

    /// The word files carry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::StatusMoved => "status_moved",
            Self::New => "new",
            Self::Strengthened => "strengthened",
            Self::GoneSilent => "gone_silent",
            Self::Gone => "gone",
        }
    }
}

/// What changed from one graph to another one. A graph of one day is the same graph with `as_of`.
pub fn diff(old: &Graph, new: &Graph, filter: &Filter) -> Diff {
    let (before, after) = (filter.graph(old), filter.graph(new));
    let sides = Sides {
        old: &before,
        new: &after,
        horizons: [horizon(old), horizon(new)],
    };
    let edges = |graph: &'_ Graph| -> BTreeMap<String, usize> {
        let edges = graph.edges().iter().enumerate();
        edges.map(|(at, edge)| (edge.id.clone(), at)).collect()
    };
    let (was, is) = (edges(&before), edges(&after));
    let ids: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let edge =
        |graph: &'_ Graph, at: Option<&usize>| at.and_then(|at| graph.edges().get(*at).cloned());
    let mut changes: Vec<Change> = ids
        .into_iter()
        .filter_map(|id| {
            let (old, new) = (edge(&before, was.get(id)), edge(&after, is.get(id)));
            sides.change(old.as_ref(), new.as_ref())
        })
        .collect();
    changes.sort_by_key(|c| (c.change, std::cmp::Reverse(c.new_sources)));
    Diff {
        filter: filter.clone(),
        horizons: sides.horizons,
        documents: [documents(old), documents(new)],
        changes,
    }
}

/// Documents that say something: those of a part of a graph.
fn documents(graph: &Graph) -> usize {
    let said: BTreeSet<_> = graph.claims().iter().map(|claim| claim.document).collect();
    said.len()
}

fn horizon(graph: &Graph) -> Option<Date> {
    let claims = graph.claims().iter();
    claims.filter_map(|c| graph.document(c.document).date).max()
}

struct Sides<'g> {
    old: &'g Graph,
    new: &'g Graph,
    horizons: [Option<Date>; 2],
}

impl Sides<'_> {
    fn change(&self, old: Option<&Edge>, new: Option<&Edge>) -> Option<Change> {
        let change = self.kind(old, new)?;
        let (graph, edge) = match (old, new) {
            (_, Some(edge)) => (self.new, edge),
            (Some(edge), None) => (self.old, edge),
            (None, None) => return None,
        };
        Some(Change {
            change,
            a: Name::of(graph.node(edge.subject)),
            b: Name::of(graph.node(edge.object)),
            directed: edge.directed,
            kind: edge.kind.clone(),
            label: graph.legend().statement_label(&edge.kind).to_owned(),
            old_status: old.map(|edge| edge.summary.status),
            new_status: new.map(|edge| edge.summary.status),
            old_sources: old.map_or(0, |edge| edge.summary.sources),
            new_sources: new.map_or(0, |edge| edge.summary.sources),
            about: Name::all(graph, &edge.summary.about),
            last: edge.summary.last_seen,
            evidence: latest(graph, edge),
        })
    }

    fn kind(&self, old: Option<&Edge>, new: Option<&Edge>) -> Option<ChangeKind> {
        let (old, new) = match (old, new) {
            (None, None) => return None,
            (None, Some(new)) if self.turned_hostile(new) => return Some(ChangeKind::Contradicted),
            (None, Some(_)) => return Some(ChangeKind::New),
            (Some(_), None) => return Some(ChangeKind::Gone),
            (Some(old), Some(new)) => (&old.summary, &new.summary),
        };
        let is_over = |status| matches!(status, Status::Rejected | Status::Ended);
        if is_over(new.status) && !is_over(old.status) {
            return Some(ChangeKind::Contradicted);
        }
        if old.status != new.status {
            return Some(ChangeKind::StatusMoved);
        }
        if new.sources > old.sources {
            return Some(ChangeKind::Strengthened);
        }
        let [before, after] = self.horizons;
        let last = new.last_seen?;
        (!is_silent(last, before) && is_silent(last, after)).then_some(ChangeKind::GoneSilent)
    }

    /// Whether two that worked together are now said to work against each other.
    fn turned_hostile(&self, new: &Edge) -> bool {
        if !is_hostile(self.new, new) {
            return false;
        }
        let ends = [new.subject, new.object].map(|ix| self.old.find(&self.new.node(ix).id));
        let [Some(a), Some(b)] = ends else {
            return false;
        };
        self.old
            .tie(a, b)
            .is_some_and(|tie| tie.cooperative && !tie.hostile)
    }
}

/// The claim that was told last.
fn latest(graph: &Graph, edge: &Edge) -> Option<Quote> {
    let claim = graph.claim(*edge.claims.last()?);
    Some(Quote::of(graph, claim))
}
