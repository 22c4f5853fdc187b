//! Who an entity has to do with: partners by strength, and what else is said of it.

use jiff::civil::Date;
use serde::Serialize;

use super::filter::{Filter, is_hostile};
use super::shown::{Name, Period, Quote};
use crate::graph::{DocumentIx, Edge, EdgeIx, Graph, Group, NodeIx};
use crate::mention::EntityId;
use crate::statement::Status;

/// The answer to `who`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Who {
    /// The entity asked about.
    pub entity: Name,
    /// What was left out.
    pub filter: Filter,
    /// Ties with actors, the strongest partner first.
    pub partners: Vec<Row>,
    /// Everything else, by kind and direction: memberships, weapons, contracts, representatives.
    pub facts: Vec<Section>,
    /// Number of documents the answer rests on.
    pub documents: usize,
    /// Number of hostile ties that are not shown.
    pub hostile_hidden: usize,
}

/// Ties of one kind and direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Statement kind.
    pub kind: String,
    /// Whether the entity asked about is the subject; if not it is the object.
    pub outgoing: bool,
    /// `participates in`, or seen from the other end `member`.
    pub title: String,
    /// The other ends, by date and name.
    pub rows: Vec<Row>,
}

/// One edge seen from the entity asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The other end.
    pub partner: Name,
    /// Statement kind.
    pub kind: String,
    /// Its name in words.
    pub label: String,
    /// From the entity asked about to the partner, from the partner, or both ways.
    pub direction: Direction,
    /// What it is about.
    pub about: Vec<Name>,
    /// How it stands.
    pub status: Status,
    /// The roles that claims give the subject.
    pub roles: Vec<String>,
    /// When it began.
    pub since: Option<Period>,
    /// When it ended.
    pub until: Option<Date>,
    /// Publication of the last document that speaks of it.
    pub last: Option<Date>,
    /// Independent sources.
    pub sources: usize,
    /// Documents that carry the text of another of them.
    pub copies: usize,
    /// Claims.
    pub statements: usize,
    /// Of the surest claim.
    pub confidence: f64,
    /// Whether it is a hostile tie.
    pub hostile: bool,
    /// Of the whole tie with this partner.
    pub strength: f64,
    /// The sentence that shows it best.
    pub evidence: Option<Quote>,
}

/// Which way an edge runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Both ways.
    Both,
    /// From the entity asked about.
    To,
    /// To the entity asked about.
    From,
}

/// What the graph says about an entity; `None` if it does not have it.
pub fn who(graph: &Graph, id: &EntityId, filter: &Filter) -> Option<Who> {
    let node = graph.find(id)?;
    let entity = Name::of(graph.node(node));
    let part = filter.claims_at(graph, &graph.edges_of(node));
    let graph = part.as_ref();
    let mut view = View {
        graph,
        filter,
        documents: Vec::new(),
        hostile_hidden: 0,
    };
    let (partners, facts) = match graph.find(id) {
        Some(node) => (view.partners(node), view.facts(node)),
        None => (Vec::new(), Vec::new()),
    };
    view.documents.sort_unstable();
    view.documents.dedup();
    Some(Who {
        entity,
        filter: filter.clone(),
        partners,
        facts,
        documents: view.documents.len(),
        hostile_hidden: view.hostile_hidden,
    })
}

struct View<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    documents: Vec<DocumentIx>,
    hostile_hidden: usize,
}

impl View<'_> {
    /// Ties come strongest first; partners with equal strength by name.
    fn partners(&mut self, node: NodeIx) -> Vec<Row> {
        let graph = self.graph;
        let mut ties: Vec<_> = graph.ties_of(node).collect();
        let other = |tie: &crate::graph::Tie| if tie.a == node { tie.b } else { tie.a };
        ties.sort_by(|x, y| {
            let name = |tie| &graph.node(other(tie)).label;
            y.strength
                .total_cmp(&x.strength)
                .then_with(|| name(x).cmp(name(y)))
        });
        let mut rows = Vec::new();
        for tie in ties {
            for ix in &tie.edges {
                if graph.legend().group(&graph.edge(*ix).kind) != Group::Fact {
                    rows.extend(self.row(node, *ix, tie.strength));
                }
            }
        }
        rows
    }

    fn facts(&mut self, node: NodeIx) -> Vec<Section> {
        let graph = self.graph;
        let mut sections: Vec<Section> = Vec::new();
        for kind in graph
            .legend()
            .statements
            .iter()
            .filter(|kind| kind.group == Group::Fact)
        {
            for outgoing in [true, false] {
                let mut rows: Vec<Row> = graph
                    .edges_of(node)
                    .into_iter()
                    .filter(|ix| {
                        let edge = graph.edge(*ix);
                        edge.kind == kind.id && (edge.subject == node) == outgoing
                    })
                    .filter_map(|ix| self.row(node, ix, 0.0))
                    .collect();
                // Members by when they joined; what has no date comes last.
                rows.sort_by(|x, y| {
                    let key = |row: &Row| (row.since.is_none(), row.since.map(|s| s.first));
                    key(x)
                        .cmp(&key(y))
                        .then_with(|| x.partner.name.cmp(&y.partner.name))
                });
                if !rows.is_empty() {
                    let title = match (outgoing, kind.inverse.as_str()) {
                        (true, _) => kind.label.clone(),
                        (false, "") => format!("{} it", kind.label),
                        (false, inverse) => inverse.to_owned(),
                    };
                    sections.push(Section {
                        kind: kind.id.clone(),
                        outgoing,
                        title,
                        rows,
                    });
                }
            }
        }
        sections
    }

    fn row(&mut self, node: NodeIx, ix: EdgeIx, strength: f64) -> Option<Row> {
        let (graph, edge) = (self.graph, self.graph.edge(ix));
        let partner = graph.node(edge.other(node));
        let summary = &edge.summary;
        let hostile = is_hostile(graph, edge);
        let wanted = self
            .filter
            .with
            .as_ref()
            .is_none_or(|with| *with == partner.id);
        if !wanted || !self.filter.stands(summary.status, summary.sources) {
            return None;
        }
        if hostile && !self.filter.hostile {
            self.hostile_hidden += 1;
            return None;
        }
        self.documents.extend(&edge.documents);
        Some(Row {
            partner: Name::of(partner),
            kind: edge.kind.clone(),
            label: graph.legend().statement_label(&edge.kind).to_owned(),
            direction: direction(edge, node),
            about: Name::all(graph, &summary.about),
            status: summary.status,
            roles: summary.roles.clone(),
            since: Period::since(summary),
            until: summary.until,
            last: summary.last_seen,
            sources: summary.sources,
            copies: summary.copies,
            statements: summary.statements,
            confidence: summary.confidence,
            hostile,
            strength,
            evidence: Quote::best(graph, edge),
        })
    }
}

pub(super) fn direction(edge: &Edge, from: NodeIx) -> Direction {
    match (edge.directed, edge.subject == from) {
        (false, _) => Direction::Both,
        (true, true) => Direction::To,
        (true, false) => Direction::From,
    }
}
