//! The description of the interface for programs, from the same table that answers.

use serde_json::{Map, Value, json};

use super::params::Param;
use super::route::{ROUTES, Route};

/// The `OpenAPI` document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for route in ROUTES.iter() {
        paths.insert(route.path.to_owned(), json!({"get": operation(route)}));
    }
    for (path, gloss, media) in [
        ("/healthz", "whether the server answers", "application/json"),
        ("/metrics", "counts and times for Prometheus", "text/plain"),
    ] {
        let answer = json!({"summary": gloss, "responses": {"200": ok(gloss, media)}});
        paths.insert(path.to_owned(), json!({"get": answer}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "entente",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who cooperates with whom in defence, and which sentence says so. Read only.",
            "license": {"name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT"},
        },
        "paths": paths,
        "components": {"schemas": {"Problem": problem()}},
    })
}

fn operation(route: &Route) -> Value {
    let mut responses = Map::new();
    responses.insert("200".to_owned(), ok(route.gloss, media(route.media)));
    responses.insert(
        "304".to_owned(),
        json!({"description": "as it was when `If-None-Match` was given"}),
    );
    let known = route.known();
    if !known.is_empty() {
        responses.insert("400".to_owned(), fault("a parameter is wrong"));
    }
    if known.iter().any(|param| param.required) {
        responses.insert("404".to_owned(), fault("nobody is called like this"));
    }
    let params: Vec<Value> = known.iter().map(parameter).collect();
    json!({"summary": route.gloss, "parameters": params, "responses": responses})
}

fn ok(gloss: &str, media: &str) -> Value {
    json!({"description": gloss, "content": {media: {}}})
}

fn fault(gloss: &str) -> Value {
    let schema = json!({"$ref": "#/components/schemas/Problem"});
    json!({"description": gloss, "content": {"application/problem+json": {"schema": schema}}})
}

/// A media type without its character set.
fn media(full: &str) -> &str {
    full.split(';').next().unwrap_or(full)
}

fn parameter(param: &Param) -> Value {
    json!({
        "name": param.name, "in": "query", "description": param.gloss, "required": param.required,
        "schema": {"type": param.holds}, "example": param.example,
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "what is the matter"},
            "hint": {"type": "string", "description": "what to try next"},
        },
    })
}
