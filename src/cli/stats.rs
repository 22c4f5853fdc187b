//! `entente stats` and `entente sources`: how much there is, and who said it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use entente::query::{self, Filter, Source, Stats};
use serde::de::DeserializeOwned;

use super::args::{CountArgs, TableFormat};
use super::failure::Result;
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Prints the counts.
pub(crate) fn run(args: &CountArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let (db, filter) = (
        &args.store.db,
        ask::conditions(&args.filter, true, gazetteer)?,
    );
    let answer = answer(db, filter, query::STATS, query::stats, gazetteer)?;
    let mut to = term::stdout();
    match args.format {
        TableFormat::Table => counts(&answer).write(&mut to, term::width())?,
        TableFormat::Markdown => counts(&answer).write_markdown(&mut to)?,
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => {
            let mut rows = csv::Writer::from_writer(&mut to);
            rows.write_record(["what", "of", "count"])?;
            for (what, of, count) in figures(&answer) {
                rows.write_record([what, &of, &count])?;
            }
            rows.flush()?;
        }
    }
    to.flush()?;
    if answer.statements == 0 {
        ask::nothing_left(&answer.filter, "no statement is there")?;
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

/// From what the store keeps, or worked out from all statements.
fn answer<T: DeserializeOwned>(
    db: &Path,
    mut filter: Filter,
    question: &str,
    work_out: impl Fn(&Graph, &Filter) -> T,
    gazetteer: &Gazetteer,
) -> Result<T> {
    if !filter.is_limited()
        && let Some(kept) = ask::kept(db, question, gazetteer)?
    {
        return Ok(kept);
    }
    let graph = ask::graph(db, gazetteer)?;
    filter.find_domains(&graph, gazetteer);
    Ok(work_out(&graph, &filter))
}

fn counts(stats: &Stats) -> Table {
    let heads = [
        ("WHAT", Align::Left),
        ("OF", Align::Left),
        ("COUNT", Align::Right),
    ];
    let mut table = Table::new(&heads, 1);
    let mut last = "";
    for (what, of, count) in figures(stats) {
        let shown = if what == last { "" } else { what };
        last = what;
        table.row(vec![shown.to_owned(), of, count]);
    }
    table
}

/// What is counted, of which kind, and how often.
fn figures(stats: &Stats) -> Vec<(&'static str, String, String)> {
    let mut all: Vec<(&'static str, String, String)> = Vec::new();
    let mut one = |what, of: &str, count: usize| all.push((what, of.to_owned(), count.to_string()));
    let each = |counts: &BTreeMap<String, usize>| -> Vec<(String, usize)> {
        let mut counts: Vec<_> = counts.iter().map(|(k, n)| (k.clone(), *n)).collect();
        counts.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        counts
    };
    one("documents", "", stats.documents);
    one(
        "documents",
        "with statements",
        stats.documents_with_statements,
    );
    for (language, count) in each(&stats.languages) {
        one("documents", &language, count);
    }
    for (year, count) in &stats.years {
        one("documents", year, *count);
    }
    one("sources", "independent", stats.sources);
    one("sources", "copies", stats.copies);
    one("entities", "", stats.entities);
    one("entities", "not in the gazetteer", stats.unknown);
    for (kind, count) in each(&stats.entity_kinds) {
        one("entities", &kind, count);
    }
    one("statements", "", stats.statements);
    for (kind, count) in each(&stats.statement_kinds) {
        one("statements", &kind, count);
    }
    for (status, count) in &stats.statuses {
        one("statements", status.as_str(), *count);
    }
    one("ties", "", stats.ties);
    one("ties", "more than one source", stats.ties_attested);
    one("ties", "hostile", stats.ties_hostile);
    one("edges", "", stats.edges);
    one("parts", "", stats.components);
    one("parts", "entities of the largest", stats.largest_component);
    all.push(("published", "first".into(), ask::date(stats.first)));
    all.push(("published", "last".into(), ask::date(stats.last)));
    all
}

/// Prints the publishers.
pub(crate) fn sources(args: &CountArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let (db, filter) = (
        &args.store.db,
        ask::conditions(&args.filter, true, gazetteer)?,
    );
    let answer = answer(db, filter, query::SOURCES, query::sources, gazetteer)?;
    let mut to = term::stdout();
    match args.format {
        TableFormat::Table => publishers(&answer.sources).write(&mut to, term::width())?,
        TableFormat::Markdown => publishers(&answer.sources).write_markdown(&mut to)?,
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer.sources)?,
    }
    to.flush()?;
    if answer.sources.is_empty() {
        ask::nothing_left(&answer.filter, "no source says so")?;
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

fn publishers(sources: &[Source]) -> Table {
    let heads = [
        ("SOURCE", Align::Left),
        ("DOCUMENTS", Align::Right),
        ("COPIES", Align::Right),
        ("FIRST", Align::Left),
        ("LAST", Align::Left),
        ("LANGUAGES", Align::Left),
        ("STATEMENTS", Align::Right),
        ("MEAN SURE", Align::Right),
        ("EDGES", Align::Right),
        ("ALONE", Align::Right),
    ];
    let mut table = Table::new(&heads, 0);
    for source in sources {
        table.row(cells(source));
    }
    table
}

fn cells(source: &Source) -> Vec<String> {
    vec![
        source.name.clone(),
        source.documents.to_string(),
        source.copies.to_string(),
        ask::date(source.first),
        ask::date(source.last),
        source.languages.join(" "),
        source.statements.to_string(),
        format!("{:.2}", source.confidence),
        source.edges.to_string(),
        source.alone.to_string(),
    ]
}

fn csv(to: &mut impl Write, sources: &[Source]) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record([
        "source",
        "documents",
        "first",
        "last",
        "languages",
        "statements",
        "mean_confidence",
        "edges",
        "edges_alone",
        "document_ids",
    ])?;
    for source in sources {
        let mut row = cells(source);
        row.push(source.document_ids.join("|"));
        rows.write_record(row)?;
    }
    rows.flush()?;
    Ok(())
}
