//! The life of a tie: talks, papers, deliveries, the end, and since when there is no news.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Serialize;

use super::filter::Filter;
use super::shown::{Name, Period, Quote};
use super::sorting;
use super::who::{Direction, direction};
use crate::graph::{Claim, DocumentIx, EdgeIx, Graph, NodeIx};
use crate::mention::EntityId;
use crate::statement::Status;

/// Days without a word after which a tie is silent.
pub const SILENCE: i64 = 180;

/// The answer to `timeline`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// The entity asked about.
    pub entity: Name,
    /// The other end, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Name>,
    /// What was left out.
    pub filter: Filter,
    /// Publication of the latest document of all: until then there could have been news.
    pub horizon: Option<Date>,
    /// What happened, in order; what has no date comes last.
    pub events: Vec<Event>,
    /// For each partner, the last word.
    pub partners: Vec<LastWord>,
}

/// Something that happened, is planned or is said to hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When, as exactly as it is known.
    pub date: Option<Period>,
    /// The step of the tie's life (`talks`, `letter_of_intent`, `contract`, `delivery`, `ended` ...).
    pub step: String,
    /// Its name in words.
    pub step_label: String,
    /// The other end.
    pub partner: Name,
    /// Statement kind.
    pub kind: String,
    /// Its name in words.
    pub label: String,
    /// Seen from the entity asked about.
    pub direction: Direction,
    /// How firm it is said to be.
    pub status: Status,
    /// What it is about.
    pub about: Vec<Name>,
    /// Independent sources.
    pub sources: usize,
    /// Documents that carry the text of another of them.
    pub copies: usize,
    /// Of the surest claim.
    pub confidence: f64,
    /// The sentence that shows it best.
    pub evidence: Quote,
}

/// When a partner was last heard of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastWord {
    /// The partner.
    pub partner: Name,
    /// Publication of the last document.
    pub last: Option<Date>,
    /// The day from which there is no news, if that is long ago seen from the horizon.
    pub silent_since: Option<Date>,
}

/// What happened between an entity and one or all others; `None` if the graph does not have it.
pub fn timeline(
    graph: &Graph,
    id: &EntityId,
    with: Option<&EntityId>,
    filter: &Filter,
) -> Option<Timeline> {
    let name = |id: &EntityId| Some(Name::of(graph.node(graph.find(id)?)));
    let entity = name(id)?;
    let partner = match with {
        Some(with) => Some(name(with)?),
        None => None,
    };
    let horizon = filter.as_of.or(graph.last_published());
    let around = graph.find(id).map(|node| graph.edges_of(node));
    let part = filter.claims_at(graph, &around.unwrap_or_default());
    let graph = part.as_ref();
    let edges = graph.find(id).map(|node| {
        let other = |ix: &EdgeIx| &graph.node(graph.edge(*ix).other(node)).id;
        let mut edges = graph.edges_of(node);
        edges.retain(|ix| with.is_none_or(|with| with == other(ix)));
        edges.retain(|ix| filter.shows(graph, graph.edge(*ix)));
        (node, edges)
    });
    let (events, partners) = edges.map_or_else(Default::default, |(node, edges)| {
        (
            events(graph, node, &edges),
            last_words(graph, node, &edges, horizon),
        )
    });
    Some(Timeline {
        entity,
        with: partner,
        filter: filter.clone(),
        horizon,
        events,
        partners,
    })
}

/// What is told once: partner, kind, step and day.
type Key = (NodeIx, String, &'static str, Option<Period>);

fn events(graph: &Graph, node: NodeIx, edges: &[EdgeIx]) -> Vec<Event> {
    let mut told: BTreeMap<Key, (EdgeIx, Vec<&Claim>)> = BTreeMap::new();
    for ix in edges {
        let edge = graph.edge(*ix);
        for claim in edge.claims.iter().map(|ix| graph.claim(*ix)) {
            let (step, _) = sorting::step(&claim.statement);
            let date = Period::of(claim);
            let key = (edge.other(node), edge.kind.clone(), step, date);
            told.entry(key)
                .or_insert_with(|| (*ix, Vec::new()))
                .1
                .push(claim);
        }
    }
    let mut events: Vec<Event> = told
        .into_iter()
        .filter_map(|(key, (ix, claims))| event(graph, node, key, ix, &claims))
        .collect();
    // The sort keeps the order of partners within a day.
    events.sort_by_key(|event| (event.date.is_none(), event.date));
    events
}

fn event(
    graph: &Graph,
    node: NodeIx,
    (other, kind, step, date): Key,
    ix: EdgeIx,
    claims: &[&Claim],
) -> Option<Event> {
    let surest = |x: &&&Claim, y: &&&Claim| {
        let sure = |claim: &Claim| claim.statement.confidence;
        sure(x).total_cmp(&sure(y))
    };
    let best = claims.iter().max_by(surest)?;
    let documents: BTreeSet<DocumentIx> = claims.iter().map(|c| c.document).collect();
    let voices: BTreeSet<u32> = documents.iter().map(|ix| graph.voice(*ix)).collect();
    let about: BTreeSet<NodeIx> = claims
        .iter()
        .flat_map(|c| &c.statement.about)
        .filter_map(|id| graph.find(id))
        .collect();
    let about: Vec<NodeIx> = about.into_iter().collect();
    Some(Event {
        date,
        step: step.to_owned(),
        step_label: sorting::step(&best.statement).1.to_owned(),
        partner: Name::of(graph.node(other)),
        label: graph.legend().statement_label(&kind).to_owned(),
        kind,
        direction: direction(graph.edge(ix), node),
        status: best.statement.status,
        about: Name::all(graph, &about),
        sources: voices.len(),
        copies: graph.copies(&documents),
        confidence: best.statement.confidence,
        evidence: Quote::of(graph, best),
    })
}

fn last_words(
    graph: &Graph,
    node: NodeIx,
    edges: &[EdgeIx],
    horizon: Option<Date>,
) -> Vec<LastWord> {
    let mut last: BTreeMap<NodeIx, Option<Date>> = BTreeMap::new();
    for ix in edges {
        let edge = graph.edge(*ix);
        let known = last.entry(edge.other(node)).or_default();
        *known = (*known).max(edge.summary.last_seen);
    }
    let word = |(node, last): (NodeIx, Option<Date>)| LastWord {
        partner: Name::of(graph.node(node)),
        last,
        silent_since: last.filter(|last| is_silent(*last, horizon)),
    };
    last.into_iter().map(word).collect()
}

/// Whether the last word of a tie is long ago on a day.
pub(super) fn is_silent(last: Date, on: Option<Date>) -> bool {
    let days = |on: Date| on.duration_since(last);
    on.is_some_and(|on| days(on) > SignedDuration::from_hours(24 * SILENCE))
}
