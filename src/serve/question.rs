//! The questions: parameters to an answer of `query`, as JSON.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde::Serialize;
use serde_json::{Value, json};

use super::params::{A, B, BY, HOSTILE, NAME, Params, Q, WITH};
use super::problem::Problem;
use super::route::Route;
use super::site::Site;
use crate::graph::{Graph, Group, NodeIx, Tie};
use crate::mention::EntityId;
use crate::query::{self, Filter, Found, Measure};

type Answer = Result<Vec<u8>, Problem>;

pub(super) fn body(value: &impl Serialize) -> Answer {
    serde_json::to_vec(value).map_err(|_| Problem::defect())
}

pub(super) fn kinds(site: &Site, _: &Params, _: &Route) -> Answer {
    let legend = site.graph.legend();
    let entities = legend.entities.iter();
    let entities = entities.map(|kind| json!({"id": kind.id, "label": kind.label, "gloss": kind.gloss, "actor": kind.actor}));
    let statements = legend.statements.iter().map(|kind| {
        let group = format!("{:?}", kind.group).to_lowercase();
        json!({"id": kind.id, "label": kind.label, "gloss": kind.gloss, "symmetric": kind.symmetric, "group": group})
    });
    body(&json!({
        "entities": entities.collect::<Vec<_>>(),
        "statements": statements.collect::<Vec<_>>(),
        "domains": query::domains().collect::<Vec<_>>(),
    }))
}

pub(super) fn documents(site: &Site, params: &Params, _: &Route) -> Answer {
    let all = site.graph.documents();
    let rows = params.page(all.iter())?;
    body(&json!({"total": all.len(), "documents": rows}))
}

pub(super) fn entities(site: &Site, params: &Params, _: &Route) -> Answer {
    let graph = &site.graph;
    let named = params.one(Q.name)?.map(str::to_lowercase);
    let kinds = params.entity_kinds(site)?;
    let mut found: Vec<NodeIx> = (0..graph.nodes().len()).map(NodeIx).collect();
    found.retain(|ix| kinds.is_empty() || kinds.contains(&graph.node(*ix).kind));
    if let Some(part) = named {
        found.retain(|ix| graph.node(*ix).label.to_lowercase().contains(&part));
    }
    found.sort_by_key(|ix| (Reverse(graph.node(*ix).documents), *ix));
    let total = found.len();
    let rows = params.page(found.into_iter().map(|ix| entity(graph, ix)))?;
    body(&json!({"total": total, "entities": rows}))
}

fn entity(graph: &Graph, ix: NodeIx) -> Value {
    let node = graph.node(ix);
    json!({
        "id": node.id.as_str(), "kind": node.kind, "name": node.label, "known": node.known,
        "documents": node.documents, "mentions": node.mentions, "partners": graph.degree(ix),
        "first_seen": node.first_seen, "last_seen": node.last_seen,
    })
}

pub(super) fn ties(site: &Site, params: &Params, _: &Route) -> Answer {
    let filter = params.filter(site)?;
    // To leave out hostile ties needs no graph of its own.
    let part = if filter.is_limited() {
        filter.graph(&site.graph)
    } else {
        Cow::Borrowed(&site.graph)
    };
    let graph = part.as_ref();
    let wanted = |tie: &&Tie| tie.cooperative || (filter.hostile && tie.hostile);
    let total = graph.ties().iter().filter(wanted).count();
    let rows = params.page(
        graph
            .ties()
            .iter()
            .filter(wanted)
            .map(|tie| row(graph, tie, filter.hostile)),
    )?;
    body(&json!({"total": total, "ties": rows}))
}

fn row(graph: &Graph, tie: &Tie, hostile: bool) -> Value {
    let name = |ix: NodeIx| json!({"id": graph.node(ix).id.as_str(), "name": graph.node(ix).label});
    let mut kinds: Vec<&str> = tie
        .edges
        .iter()
        .map(|ix| graph.edge(*ix).kind.as_str())
        .filter(|kind| hostile || graph.legend().group(kind) != Group::Hostile)
        .collect();
    kinds.dedup();
    let summary = &tie.summary;
    let about = summary
        .about
        .iter()
        .map(|ix| graph.node(*ix).label.as_str());
    json!({
        "a": name(tie.a), "b": name(tie.b), "kinds": kinds, "strength": tie.strength,
        "cooperative": tie.cooperative, "hostile": hostile && tie.hostile, "status": summary.status,
        "since": summary.since, "last_seen": summary.last_seen, "sources": summary.sources, "copies": summary.copies,
        "statements": summary.statements, "confidence": summary.confidence,
        "about": about.collect::<Vec<_>>(),
    })
}

pub(super) fn who(site: &Site, params: &Params, _: &Route) -> Answer {
    let mut filter = params.filter(site)?;
    filter.with = with(site, params)?.map(|found| found.id);
    let found = find(site, params.required(&NAME)?)?;
    let answer = query::who(&site.graph, &found.id, &filter);
    body(&answer.ok_or_else(|| silent(&[&found]))?)
}

pub(super) fn why(site: &Site, params: &Params, _: &Route) -> Answer {
    let filter = params.filter(site)?;
    let (a, b) = ends(site, params)?;
    let answer = query::why(&site.graph, site.gazetteer, &a.id, &b.id, &filter);
    body(&answer.ok_or_else(|| silent(&[&a, &b]))?)
}

pub(super) fn path(site: &Site, params: &Params, _: &Route) -> Answer {
    let filter = params.filter(site)?;
    let (a, b) = ends(site, params)?;
    let answer = query::path(&site.graph, &a.id, &b.id, &filter);
    body(&answer.ok_or_else(|| silent(&[&a, &b]))?)
}

pub(super) fn timeline(site: &Site, params: &Params, _: &Route) -> Answer {
    let filter = params.filter(site)?;
    let found = find(site, params.required(&NAME)?)?;
    let with = with(site, params)?;
    let partner = with.as_ref().map(|with| &with.id);
    let answer = query::timeline(&site.graph, &found.id, partner, &filter);
    let both: Vec<&Found> = [Some(&found), with.as_ref()]
        .into_iter()
        .flatten()
        .collect();
    body(&answer.ok_or_else(|| silent(&both))?)
}

pub(super) fn top(site: &Site, params: &Params, _: &Route) -> Answer {
    let by = match params.one(BY.name)? {
        None | Some("degree") => Measure::Degree,
        Some("strength") => Measure::Strength,
        Some("betweenness") => Measure::Betweenness,
        Some("community") => Measure::Community,
        Some(other) => {
            let detail = format!("no measure is called `{other}`");
            let hint = "the measures are degree, strength, betweenness, community";
            return Err(Problem::bad_parameter(BY.name, detail).hint(hint));
        }
    };
    body(&query::top(&site.graph, &params.filter(site)?, by))
}

pub(super) fn stats(site: &Site, params: &Params, _: &Route) -> Answer {
    body(&query::stats(&site.graph, &everything(site, params)?))
}

pub(super) fn sources(site: &Site, params: &Params, _: &Route) -> Answer {
    body(&query::sources(&site.graph, &everything(site, params)?))
}

/// The filter of a question about all there is: hostile ties count unless they are refused.
pub(super) fn everything(site: &Site, params: &Params) -> Result<Filter, Problem> {
    let mut filter = params.filter(site)?;
    filter.hostile = filter.hostile || !params.has(HOSTILE.name);
    Ok(filter)
}

fn ends(site: &Site, params: &Params) -> Result<(Found, Found), Problem> {
    let a = find(site, params.required(&A)?)?;
    let b = find(site, params.required(&B)?)?;
    Ok((a, b))
}

fn with(site: &Site, params: &Params) -> Result<Option<Found>, Problem> {
    params
        .one(WITH.name)?
        .map(|name| find(site, name))
        .transpose()
}

fn find(site: &Site, name: &str) -> Result<Found, Problem> {
    // An id of the graph needs no search through all names.
    let id = EntityId::new(name);
    if let Some(ix) = site.graph.find(&id) {
        return Ok(Found {
            id,
            label: site.graph.node(ix).label.clone(),
            in_graph: true,
            others: Vec::new(),
        });
    }
    query::find(name, &site.graph, site.gazetteer)
        .map_err(|error| Problem::not_found(error.to_string()).hint(error.hint()))
}

/// Nobody speaks of one of these.
fn silent(asked: &[&Found]) -> Problem {
    let who = asked
        .iter()
        .find(|found| !found.in_graph)
        .map_or("", |found| &found.label);
    let detail = format!("{who} is in the gazetteer, but no document speaks of it");
    Problem::not_found(detail).hint("/api/v1/entities lists who is spoken of")
}
