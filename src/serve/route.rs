//! What is at which address: one table, from which the server answers and describes itself.

use serde::Serialize;
use serde_json::{Value, json};

use super::openapi;
use super::params::{
    A, B, HOSTILE, KIND, LIMIT, MIN_CONFIDENCE, NAME, OFFSET, Param, Params, Q, SINCE, STATUS,
    UNTIL, WITH,
};
use super::problem::Problem;
use super::site::Site;
use crate::export::{Format, Options};
use crate::graph::{Graph, NodeIx, Tie};
use crate::mention::EntityId;
use crate::query::{self, Found};

/// An address.
#[derive(Clone, Copy)]
pub(super) struct Route {
    pub(super) path: &'static str,
    pub(super) gloss: &'static str,
    pub(super) params: &'static [Param],
    pub(super) media: &'static str,
    pub(super) answer: fn(&Site, &Params, &Route) -> Result<Vec<u8>, Problem>,
}

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8";

const fn json_route(
    path: &'static str,
    gloss: &'static str,
    params: &'static [Param],
    answer: fn(&Site, &Params, &Route) -> Result<Vec<u8>, Problem>,
) -> Route {
    Route {
        path,
        gloss,
        params,
        media: JSON,
        answer,
    }
}

const fn file(path: &'static str, gloss: &'static str, media: &'static str) -> Route {
    Route {
        path,
        gloss,
        params: &[],
        media,
        answer: export,
    }
}

/// Every address but those of the server itself.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/",
        gloss: "the page for people",
        params: &[],
        media: "text/html; charset=utf-8",
        // Kept from the start.
        answer: |_, _, route| Err(Problem::no_such_path(route.path)),
    },
    json_route(
        "/api/v1/openapi.json",
        "this description",
        &[],
        |_, _, _| body(&openapi::document()),
    ),
    json_route("/api/v1/stats", "how much there is", &[], |site, _, _| {
        body(&stats(&site.graph))
    }),
    json_route(
        "/api/v1/kinds",
        "the kinds of entities and statements",
        &[],
        |site, _, _| body(&kinds(&site.graph)),
    ),
    json_route(
        "/api/v1/entities",
        "entities by name and kind, those that most documents speak of first",
        &[Q, KIND, LIMIT, OFFSET],
        entities,
    ),
    json_route(
        "/api/v1/ties",
        "pairs of actors, the strongest tie first",
        &[
            KIND,
            STATUS,
            SINCE,
            UNTIL,
            MIN_CONFIDENCE,
            HOSTILE,
            LIMIT,
            OFFSET,
        ],
        ties,
    ),
    json_route(
        "/api/v1/who",
        "who an entity cooperates with, on what, how firmly and since when",
        &[
            NAME,
            WITH,
            KIND,
            STATUS,
            SINCE,
            UNTIL,
            MIN_CONFIDENCE,
            HOSTILE,
        ],
        who,
    ),
    json_route(
        "/api/v1/why",
        "the sentences that tie two entities",
        &[A, B, KIND, SINCE, UNTIL, MIN_CONFIDENCE],
        why,
    ),
    json_route(
        "/api/v1/documents",
        "the documents, sorted by id",
        &[LIMIT, OFFSET],
        documents,
    ),
    file("/api/v1/nodes.csv", "the entities as a table", CSV),
    file("/api/v1/edges.csv", "the edges as a table", CSV),
    file(
        "/api/v1/statements.csv",
        "the statements with their sentences as a table",
        CSV,
    ),
    file(
        "/api/v1/graph.graphml",
        "the graph for Gephi, NetworkX, igraph",
        "application/xml",
    ),
    file(
        "/api/v1/graph.gexf",
        "the graph with times for Gephi",
        "application/xml",
    ),
    file(
        "/api/v1/graph.dot",
        "the graph for Graphviz",
        "text/vnd.graphviz; charset=utf-8",
    ),
];

impl Route {
    pub(super) fn at(path: &str) -> Option<&'static Self> {
        ROUTES.iter().find(|route| route.path == path)
    }
}

fn body(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|_| Problem::defect())
}

fn stats(graph: &Graph) -> Value {
    let dates = || {
        graph
            .documents()
            .iter()
            .filter_map(|document| document.date)
    };
    json!({
        "documents": graph.documents().len(),
        "entities": graph.nodes().len(),
        "statements": graph.claims().len(),
        "edges": graph.edges().len(),
        "ties": graph.ties().len(),
        "first_document": dates().min(),
        "last_document": dates().max(),
    })
}

fn kinds(graph: &Graph) -> Value {
    let entities = graph.legend().entities.iter();
    let entities = entities.map(|kind| json!({"id": kind.id, "label": kind.label, "gloss": kind.gloss, "actor": kind.actor}));
    let statements = graph.legend().statements.iter();
    let statements = statements.map(|kind| {
        let group = format!("{:?}", kind.group).to_lowercase();
        json!({"id": kind.id, "label": kind.label, "gloss": kind.gloss, "symmetric": kind.symmetric, "group": group})
    });
    json!({"entities": entities.collect::<Vec<_>>(), "statements": statements.collect::<Vec<_>>()})
}

fn entities(site: &Site, params: &Params, _: &Route) -> Result<Vec<u8>, Problem> {
    let graph = &site.graph;
    let kinds = params.entity_kinds(site.gazetteer.schema())?;
    let named = params.one(Q.name)?.map(str::to_lowercase);
    let mut found: Vec<NodeIx> = (0..graph.nodes().len()).map(NodeIx).collect();
    found.retain(|ix| {
        let node = graph.node(*ix);
        (kinds.is_empty() || kinds.contains(&node.kind))
            && named
                .as_ref()
                .is_none_or(|part| node.label.to_lowercase().contains(part.as_str()))
    });
    found.sort_by_key(|ix| (std::cmp::Reverse(graph.node(*ix).documents), *ix));
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

fn ties(site: &Site, params: &Params, _: &Route) -> Result<Vec<u8>, Problem> {
    let filter = params.filter(site.gazetteer)?;
    let part = filter.graph(&site.graph);
    let graph = part.as_ref();
    let wanted = |tie: &&Tie| tie.cooperative || filter.hostile;
    let total = graph.ties().iter().filter(wanted).count();
    let rows = params.page(
        graph
            .ties()
            .iter()
            .filter(wanted)
            .map(|tie| row(graph, tie)),
    )?;
    body(&json!({"total": total, "ties": rows}))
}

fn row(graph: &Graph, tie: &Tie) -> Value {
    let name = |ix: NodeIx| json!({"id": graph.node(ix).id.as_str(), "name": graph.node(ix).label});
    let mut kinds: Vec<&str> = tie
        .edges
        .iter()
        .map(|ix| graph.edge(*ix).kind.as_str())
        .collect();
    kinds.dedup();
    let summary = &tie.summary;
    json!({
        "a": name(tie.a), "b": name(tie.b), "kinds": kinds, "strength": tie.strength,
        "cooperative": tie.cooperative, "hostile": tie.hostile, "status": summary.status,
        "since": summary.since, "last_seen": summary.last_seen, "sources": summary.sources, "copies": summary.copies,
        "statements": summary.statements, "confidence": summary.confidence,
        "about": summary.about.iter().map(|ix| graph.node(*ix).label.as_str()).collect::<Vec<_>>(),
    })
}

fn who(site: &Site, params: &Params, _: &Route) -> Result<Vec<u8>, Problem> {
    let mut filter = params.filter(site.gazetteer)?;
    filter.with = match params.one(WITH.name)? {
        Some(name) => Some(find(site, name)?.id),
        None => None,
    };
    let found = find(site, params.one(NAME.name)?.unwrap_or_default())?;
    match query::who(&site.graph, &found.id, &filter) {
        Some(answer) => body(&answer),
        None => Err(silent(&found)),
    }
}

fn why(site: &Site, params: &Params, _: &Route) -> Result<Vec<u8>, Problem> {
    let filter = params.filter(site.gazetteer)?;
    let a = find(site, params.one(A.name)?.unwrap_or_default())?;
    let b = find(site, params.one(B.name)?.unwrap_or_default())?;
    match query::why(&site.graph, site.gazetteer, &a.id, &b.id, &filter) {
        Some(answer) => body(&answer),
        None => Err(silent(if a.in_graph { &b } else { &a })),
    }
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

fn silent(found: &Found) -> Problem {
    let detail = format!(
        "{} is in the gazetteer, but no document speaks of it",
        found.label
    );
    Problem::not_found(detail).hint("/api/v1/entities lists who is spoken of")
}

fn documents(site: &Site, params: &Params, _: &Route) -> Result<Vec<u8>, Problem> {
    let all = site.graph.documents();
    let rows = params.page(all.iter())?;
    body(&json!({"total": all.len(), "documents": rows}))
}

/// A file of the exports, by the last part of the address.
fn export(site: &Site, _: &Params, route: &Route) -> Result<Vec<u8>, Problem> {
    let name = route.path.rsplit('/').next().unwrap_or_default();
    let format = crate::export::FORMATS
        .iter()
        .find(|format: &&Format| format.file == name);
    let mut out = Vec::new();
    match format.map(|format| format.write(&site.graph, Options::default(), &mut out)) {
        Some(Ok(())) => Ok(out),
        Some(Err(_)) => Err(Problem::defect()),
        None => Err(Problem::no_such_path(route.path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_an_export() {
        for route in ROUTES
            .iter()
            .filter(|route| route.path.contains('.') && route.media != JSON)
        {
            let name = route.path.rsplit('/').next().unwrap();
            assert!(
                crate::export::FORMATS
                    .iter()
                    .any(|format| format.file == name),
                "{name}"
            );
        }
    }
}
