//! What the commands that ask a store share: opening it, and finding who is meant.

use std::io::Write as _;
use std::path::Path;

use entente::gazetteer::Gazetteer;
use entente::graph::{Graph, GraphBuilder};
use entente::query::{self, Found};
use entente::store::{Store, StoreError};

use super::failure::{Failure, Result};
use super::term;
use super::who::quoted;

/// The graph of everything a store keeps.
pub(crate) fn graph(db: &Path, gazetteer: &Gazetteer) -> Result<Graph> {
    let store = Store::open(db).map_err(store_failure)?;
    graph_of(&store, gazetteer)
}

/// The graph of an open store.
pub(crate) fn graph_of(store: &Store, gazetteer: &Gazetteer) -> Result<Graph> {
    let extractions = store.extractions().map_err(store_failure)?;
    let mut graph = GraphBuilder::default();
    for extraction in extractions {
        graph.add(extraction.map_err(store_failure)?);
    }
    Ok(graph.finish(gazetteer.schema()))
}

/// An error of the store with its advice.
pub(crate) fn store_failure(error: StoreError) -> Failure {
    let hint = error.hint();
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// The entity of this name; says so when another one could have been meant.
pub(crate) fn find(name: &str, graph: &Graph, gazetteer: &Gazetteer) -> Result<Found> {
    let found = query::find(name, graph, gazetteer).map_err(|error| {
        let hint = error.hint();
        Failure::from(error).hint(hint)
    })?;
    for other in &found.others {
        writeln!(
            term::stderr(),
            "{} `{name}` also names {} (`{}`)",
            term::styled(term::HINT, "note:"),
            other.name,
            other.id
        )?;
    }
    Ok(found)
}

/// Says that the graph has nothing about somebody.
pub(crate) fn nothing_about(found: &Found, db: &Path) -> Result<()> {
    let place = db.display();
    writeln!(
        term::stderr(),
        "{} is in the gazetteer, but no document of `{place}` speaks of it",
        found.label
    )?;
    Ok(())
}

/// The option that a suggested command needs to ask the same store; empty if it asks it anyway.
pub(crate) fn db_option(db: &Path) -> String {
    let default = std::env::var_os("ENTENTE_DB").unwrap_or_else(|| "out/entente.db".into());
    if db == Path::new(&default) {
        return String::new();
    }
    format!(" --db {}", quoted(&db.display().to_string()))
}
