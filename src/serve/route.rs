//! What is at which address: one table, from which the server answers and describes itself.

use std::sync::LazyLock;

use super::openapi;
use super::params::{A, B, BY, ENTITY_KIND, FILTER, LIMIT, NAME, OFFSET, Param, Params, Q, WITH};
use super::problem::Problem;
use super::question;
use super::site::Site;
use crate::export::{FORMATS, Options};

/// An address.
#[derive(Clone, Copy)]
pub(super) struct Route {
    pub(super) path: &'static str,
    pub(super) gloss: &'static str,
    pub(super) params: &'static [Param],
    /// Whether it takes the parameters of a filter as well.
    pub(super) filtered: bool,
    pub(super) media: &'static str,
    pub(super) answer: Work,
}

/// Works an answer out.
type Work = fn(&Site, &Params, &Route) -> Result<Vec<u8>, Problem>;

const JSON: &str = "application/json";
const API: &str = "/api/v1/";

const fn route(
    path: &'static str,
    gloss: &'static str,
    params: &'static [Param],
    answer: Work,
) -> Route {
    Route {
        path,
        gloss,
        params,
        filtered: false,
        media: JSON,
        answer,
    }
}

const fn filtered(
    path: &'static str,
    gloss: &'static str,
    params: &'static [Param],
    answer: Work,
) -> Route {
    Route {
        filtered: true,
        ..route(path, gloss, params, answer)
    }
}

const PAGE: Route = Route {
    media: "text/html; charset=utf-8",
    // Kept from the start.
    ..route("/", "the page for people", &[], |_, _, route| {
        Err(Problem::no_such_path(route.path))
    })
};

const QUESTIONS: &[Route] = &[
    route(
        "/api/v1/openapi.json",
        "this description",
        &[],
        |_, _, _| question::body(&openapi::document()),
    ),
    route(
        "/api/v1/kinds",
        "the kinds of entities and statements, the domains",
        &[],
        question::kinds,
    ),
    route(
        "/api/v1/documents",
        "the documents, sorted by id",
        &[LIMIT, OFFSET],
        question::documents,
    ),
    route(
        "/api/v1/entities",
        "entities by name and kind, those that most documents speak of first",
        &[Q, ENTITY_KIND, LIMIT, OFFSET],
        question::entities,
    ),
    filtered(
        "/api/v1/ties",
        "pairs of actors, the strongest tie first",
        &[LIMIT, OFFSET],
        question::ties,
    ),
    filtered(
        "/api/v1/who",
        "who an entity cooperates with, on what, how firmly and since when",
        &[NAME, WITH],
        question::who,
    ),
    filtered(
        "/api/v1/why",
        "the sentences that tie two entities",
        &[A, B],
        question::why,
    ),
    filtered(
        "/api/v1/path",
        "how two entities hang together",
        &[A, B],
        question::path,
    ),
    filtered(
        "/api/v1/timeline",
        "what happened when to an entity or a tie",
        &[NAME, WITH],
        question::timeline,
    ),
    filtered(
        "/api/v1/top",
        "who is central, and which groups there are",
        &[BY],
        question::top,
    ),
    filtered("/api/v1/stats", "how much there is", &[], question::stats),
    filtered("/api/v1/sources", "who said it", &[], question::sources),
];

/// Every address but those of the server itself.
pub(super) static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let files = FORMATS.iter().map(|format| Route {
        // Made once and used until the end.
        path: Box::leak(format!("{API}{}", format.file).into_boxed_str()),
        gloss: format.gloss,
        params: &[],
        filtered: true,
        media: media(format.file),
        answer: file,
    });
    [PAGE]
        .into_iter()
        .chain(QUESTIONS.iter().copied())
        .chain(files)
        .collect()
});

/// The media type of a file.
fn media(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "csv" => "text/csv; charset=utf-8",
        "json" | "cyjs" => JSON,
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "parquet" => "application/vnd.apache.parquet",
        "graphml" | "gexf" => "application/xml",
        "ttl" => "text/turtle; charset=utf-8",
        "dot" => "text/vnd.graphviz; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl Route {
    pub(super) fn at(path: &str) -> Option<&'static Self> {
        ROUTES.iter().find(|route| route.path == path)
    }

    /// Every parameter that it takes.
    pub(super) fn known(&self) -> Vec<Param> {
        let filter = if self.filtered { FILTER } else { &[] };
        self.params.iter().chain(filter).copied().collect()
    }
}

/// A file of the exports, by the last part of the address.
fn file(site: &Site, params: &Params, route: &Route) -> Result<Vec<u8>, Problem> {
    let filter = question::everything(site, params)?;
    let name = route.path.strip_prefix(API).unwrap_or_default();
    let Some(format) = FORMATS.iter().find(|format| format.file == name) else {
        return Err(Problem::no_such_path(route.path));
    };
    let options = Options {
        connected: filter.is_limited() || !filter.hostile,
        ..Options::default()
    };
    let mut out = Vec::new();
    match format.write(&filter.graph(&site.graph), options, &mut out) {
        Ok(()) => Ok(out),
        Err(_) => Err(Problem::defect()),
    }
}
