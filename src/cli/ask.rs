//! What the commands that ask a store share: opening it, and finding who is meant.

use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::path::Path;

use entente::copies::Sketch;
use entente::error::closest;
use entente::gazetteer::Gazetteer;
use entente::graph::{Graph, GraphBuilder, Legend, Node};
use entente::mention::EntityId;
use entente::query::{self, Filter, Found, Quote};
use entente::statement::Status;
use entente::store::{Known, Store, StoreError};
use serde::de::DeserializeOwned;

use super::args::{FilterArgs, StatusArg};
use super::failure::{Failure, Result};
use super::term;
use super::who::quoted;

/// A graph that is not taken apart when the answer is printed: the process ends, and a large one would take a tenth of
/// the time of its answer.
pub(crate) type Asked = ManuallyDrop<Graph>;

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
        let mut extraction = extraction.map_err(store_failure)?;
        // The store has said which documents are copies.
        extraction.document.sketch = Sketch::default();
        graph.add(extraction);
    }
    Ok(graph.finish(gazetteer.schema()))
}

/// Some entities by name, and the graph of what is said of them: of one everything to which it is a
/// party, of several that to which all of them are. Little of a large store is read for it.
pub(crate) fn about(
    db: &Path,
    names: &[&str],
    gazetteer: &Gazetteer,
) -> Result<(Vec<Found>, Asked)> {
    let store = Store::open(db).map_err(store_failure)?;
    let found = find_all(names, &store, gazetteer)?;
    let graph = graph_about(&store, &found, gazetteer)?;
    Ok((found, Asked::new(graph)))
}

fn graph_about(store: &Store, found: &[Found], gazetteer: &Gazetteer) -> Result<Graph> {
    let kept = store.kept(gazetteer.schema()).map_err(store_failure)?;
    let said = if let (Some(kept), [a, b]) = (&kept, found) {
        store.about_pair(kept, [&a.id, &b.id])
    } else {
        let ids: Vec<EntityId> = found.iter().map(|found| found.id.clone()).collect();
        store.about(&ids)
    };
    let said = said.map_err(store_failure)?;
    let last = match kept {
        Some(kept) => kept.last_published(),
        None => store.last_published().map_err(store_failure)?,
    };
    Ok(Graph::from_extractions(said, gazetteer.schema()).with_horizon(last))
}

/// An entity by name, and the graph of what a question about all its ties needs: what the store keeps of the
/// graph if that holds and nothing is asked of single statements, or else what [`about`] gives.
pub(crate) fn around(
    db: &Path,
    names: &[&str],
    filter: &Filter,
    evidence: bool,
    gazetteer: &Gazetteer,
) -> Result<(Vec<Found>, Asked)> {
    let store = Store::open(db).map_err(store_failure)?;
    let found = find_all(names, &store, gazetteer)?;
    let kept = store.kept(gazetteer.schema()).map_err(store_failure)?;
    // The strength of a tie is that of all its kinds.
    let whole = filter.is_of_edges() && filter.kinds.is_empty();
    if let (Some(kept), Some(first), true) = (kept, found.first(), whole) {
        let part = kept.around(&first.id, evidence).map_err(store_failure)?;
        let graph = part.graph(gazetteer.schema());
        return Ok((found, Asked::new(graph)));
    }
    let graph = graph_about(&store, &found, gazetteer)?;
    Ok((found, Asked::new(graph)))
}

/// Two entities by name, and the graph of the best way between them.
pub(crate) fn way(
    db: &Path,
    names: [&str; 2],
    filter: &Filter,
    gazetteer: &Gazetteer,
) -> Result<(Vec<Found>, Asked)> {
    let store = Store::open(db).map_err(store_failure)?;
    let found = find_all(&names, &store, gazetteer)?;
    let kept = store.kept(gazetteer.schema()).map_err(store_failure)?;
    if let (Some(kept), [a, b], true) = (kept, found.as_slice(), filter.is_of_edges()) {
        let legend = Legend::from(gazetteer.schema());
        let open =
            |kind: &str, status, sources| query::is_way(filter, &legend, kind, status, sources);
        let part = kept.way(&a.id, &b.id, open).map_err(store_failure)?;
        return Ok((found, Asked::new(part.graph(legend))));
    }
    let graph = graph_of(&store, gazetteer)?;
    Ok((found, Asked::new(graph)))
}

/// What the store keeps as the answer to a question about everything.
pub(crate) fn kept<T: DeserializeOwned>(
    db: &Path,
    question: &str,
    gazetteer: &Gazetteer,
) -> Result<Option<T>> {
    let store = Store::open(db).map_err(store_failure)?;
    let Some(kept) = store.kept(gazetteer.schema()).map_err(store_failure)? else {
        return Ok(None);
    };
    let answer = kept.answer(question).map_err(store_failure)?;
    Ok(answer.and_then(|json| serde_json::from_str(&json).ok()))
}

fn find_all(names: &[&str], store: &Store, gazetteer: &Gazetteer) -> Result<Vec<Found>> {
    let find = |name: &&str| find_in_store(name, store, gazetteer);
    let found: Vec<Found> = names.iter().map(find).collect::<Result<_>>()?;
    match found.as_slice() {
        [a, b] if a.id == b.id => Err(Failure::new(format!(
            "expected two names, but found {} twice",
            a.label
        ))
        .hint(format!("`entente who {}` lists its ties", quoted(&a.label)))),
        _ => Ok(found),
    }
}

fn find_in_store(name: &str, store: &Store, gazetteer: &Gazetteer) -> Result<Found> {
    if name.trim().is_empty() {
        return Err(Failure::new("expected a name, but found nothing")
            .hint("name a state, organisation, programme, weapon, company or person: `entente who Germany`"));
    }
    let nodes = |known: Vec<Known>| -> Vec<Node> { known.into_iter().map(node).collect() };
    let ids = query::ids_named(name, gazetteer);
    let named = store.named(&ids, name.trim()).map_err(store_failure)?;
    if let Ok(found) = query::find_among(name, &nodes(named), gazetteer) {
        return told(name, found);
    }
    // Nobody: all names are read to suggest some, and to compare them whatever their case.
    let all = nodes(store.entities().map_err(store_failure)?);
    let found = query::find_among(name, &all, gazetteer).map_err(|error| {
        let hint = error.hint();
        Failure::from(error).hint(hint)
    })?;
    told(name, found)
}

fn node(known: Known) -> Node {
    Node {
        id: known.id,
        kind: known.kind,
        label: known.name,
        known: known.known,
        documents: known.documents,
        mentions: 0,
        first_seen: None,
        last_seen: None,
    }
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

/// What was typed as a filter; unknown kinds and domains are errors.
pub(crate) fn filter(
    args: &FilterArgs,
    hostile: bool,
    graph: &Graph,
    gazetteer: &Gazetteer,
) -> Result<Filter> {
    let mut filter = conditions(args, hostile, gazetteer)?;
    filter.find_domains(graph, gazetteer);
    Ok(filter)
}

/// The same before there is a graph in which to look for the entities of a domain.
pub(crate) fn conditions(
    args: &FilterArgs,
    hostile: bool,
    gazetteer: &Gazetteer,
) -> Result<Filter> {
    if let (Some(since), Some(until)) = (args.since, args.until)
        && since > until
    {
        return Err(
            Failure::new(format!("`--since` {since} is after `--until` {until}"))
                .hint("no day lies between the two: change them over"),
        );
    }
    Ok(Filter {
        kinds: known_kinds(&args.kind, gazetteer)?,
        since: args.since,
        until: args.until,
        as_of: args.as_of,
        statuses: args.status.iter().map(|s| status(*s)).collect(),
        domains: known_domains(&args.domain)?,
        min_confidence: args.min_confidence,
        min_sources: args.min_sources.unwrap_or_default(),
        sources: args.source.clone(),
        hostile,
        ..Filter::default()
    })
}

/// Statement kinds as typed; an unknown one is an error.
fn known_kinds(typed: &[String], gazetteer: &Gazetteer) -> Result<Vec<String>> {
    let schema = gazetteer.schema();
    for kind in typed {
        if schema.statement_by_id(kind).is_none() {
            let all: Vec<&str> = schema.statements.iter().map(|k| k.id.as_str()).collect();
            return Err(Failure::new(format!("no kind of tie is called `{kind}`"))
                .hint(one_of(kind, "kinds", &all)));
        }
    }
    Ok(typed.to_vec())
}

fn known_domains(typed: &[String]) -> Result<Vec<String>> {
    for domain in typed {
        if !query::domains().any(|known| known == domain) {
            let all: Vec<&str> = query::domains().collect();
            return Err(Failure::new(format!("no domain is called `{domain}`"))
                .hint(one_of(domain, "domains", &all)));
        }
    }
    Ok(typed.to_vec())
}

/// ``did you mean `agreement`? the kinds are ...``
fn one_of(typed: &str, what: &str, all: &[&str]) -> String {
    let list = format!("the {what} are {}", all.join(", "));
    match closest(typed, all.iter().copied(), 1).first() {
        Some(close) => format!("did you mean `{close}`? {list}"),
        None => list,
    }
}

fn status(arg: StatusArg) -> Status {
    match arg {
        StatusArg::Planned => Status::Planned,
        StatusArg::Agreed => Status::Agreed,
        StatusArg::Active => Status::Active,
        StatusArg::Ended => Status::Ended,
        StatusArg::Rejected => Status::Rejected,
    }
}

/// `since 2026-01-01, agreement`: what a filter leaves, in words.
pub(crate) fn limits(filter: &Filter) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(filter.since.map(|date| format!("since {date}")));
    parts.extend(filter.until.map(|date| format!("until {date}")));
    parts.extend(filter.as_of.map(|date| format!("as of {date}")));
    parts.extend((!filter.kinds.is_empty()).then(|| filter.kinds.join(", ")));
    let statuses: Vec<&str> = filter.statuses.iter().map(|s| s.as_str()).collect();
    parts.extend((!statuses.is_empty()).then(|| statuses.join(" or ")));
    parts.extend((!filter.domains.is_empty()).then(|| filter.domains.join(", ")));
    let sure = filter.min_confidence;
    parts.extend(sure.map(|least| format!("confidence {least:.2} or more")));
    let sources = filter.min_sources;
    parts.extend((sources > 1).then(|| format!("from {sources} sources")));
    parts.extend((!filter.sources.is_empty()).then(|| filter.sources.join(" or ")));
    parts
}

/// A sentence and where it stands, on one line.
pub(crate) fn quote(quote: &Quote) -> String {
    let place = if quote.source.ends_with(quote.document.as_str()) {
        quote.source.clone()
    } else {
        format!("{} ({})", quote.source, quote.document)
    };
    let published = quote
        .published
        .map_or(String::new(), |date| format!(", {date}"));
    format!(
        "\"{}\"  {place}{published}",
        term::one_line(&quote.sentence)
    )
}

/// The columns of a sentence in CSV.
pub(crate) const QUOTE: [&str; 5] = ["sentence", "document", "publisher", "title", "published"];

/// Their cells.
pub(crate) fn quote_cells(quote: Option<&Quote>) -> [String; 5] {
    quote.map_or_else(Default::default, |quote| {
        [
            quote.sentence.clone(),
            quote.document.clone(),
            quote.source.clone(),
            quote.title.clone(),
            date(quote.published),
        ]
    })
}

/// A date or nothing.
pub(crate) fn date(date: Option<impl ToString>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// Says that a filter left nothing, and what to try.
pub(crate) fn nothing_left(filter: &Filter, otherwise: &str) -> Result<()> {
    let mut to = term::stderr();
    let limits = limits(filter);
    if limits.is_empty() {
        writeln!(to, "{otherwise}")?;
    } else {
        let limits = limits.join(", ");
        writeln!(to, "{otherwise} ({limits}): ask with fewer conditions")?;
    }
    if !filter.sources.is_empty() {
        hint("`entente sources` lists the sources there are")?;
    }
    Ok(())
}

/// What to try next, on a line of its own.
pub(crate) fn hint(words: &str) -> Result<()> {
    let mut to = term::stderr();
    writeln!(to, "{} {words}", term::styled(term::HINT, "hint:"))?;
    Ok(())
}

/// The entity that was found; says when another one could have been meant.
fn told(name: &str, found: Found) -> Result<Found> {
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
    let db = db_option(db);
    hint(&format!(
        "`entente top{db}` lists those of whom most is said"
    ))
}

/// The option that a suggested command needs to ask the same store; empty if it asks it anyway.
pub(crate) fn db_option(db: &Path) -> String {
    let default = std::env::var_os("ENTENTE_DB").unwrap_or_else(|| "out/entente.db".into());
    if db == Path::new(&default) {
        return String::new();
    }
    format!(" --db {}", quoted(&db.display().to_string()))
}
