//! `entente diff`: what changed between two days or two stores.

use std::io::Write;
use std::path::{Path, PathBuf};

use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use entente::query::{self, Change, ChangeKind, Diff, Filter};
use jiff::civil::Date;

use super::args::{DiffArgs, TableFormat, last_day};
use super::failure::{Failure, Result};
use super::term::{Align, Table};
use super::who::{few, joined, quoted};
use super::{Outcome, ask, session, term};

/// One side of the comparison.
enum Side {
    Day(Date),
    Store(PathBuf),
}

/// Prints what changed, by kind of change.
pub(crate) fn run(args: &DiffArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let (old, new) = sides(args, gazetteer)?;
    let filter = ask::filter(&args.filter, args.hostile, &new, gazetteer)?;
    let answer = query::diff(&old, &new, &filter);
    let empty = answer.changes.is_empty();
    let mut to = term::stdout();
    let evidence = args.answer.evidence;
    match args.answer.format {
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
        _ if empty => {}
        TableFormat::Table => {
            writeln!(to, "{}", term::styled(term::BOLD, &heading(&answer)))?;
            changes(&answer, evidence).write(&mut to, term::width())?;
        }
        TableFormat::Markdown => {
            writeln!(to, "## {}\n", term::markdown(&heading(&answer)))?;
            changes(&answer, evidence).write_markdown(&mut to)?;
        }
    }
    to.flush()?;
    let table = matches!(
        args.answer.format,
        TableFormat::Table | TableFormat::Markdown
    );
    if let [Some(old), Some(new)] = answer.horizons
        && old > new
    {
        ask::hint("OLD is the later one: what came since counts as gone")?;
    }
    if empty {
        ask::nothing_left(&filter, "nothing changed")?;
        ask::hint("`entente stats` counts the documents of each year")?;
    } else if let Some(first) = answer.changes.first().filter(|_| table) {
        let db = ask::db_option(&args.answer.store.db);
        let command = format!(
            "entente why {} {}{db}",
            quoted(&first.a.name),
            quoted(&first.b.name)
        );
        let command = term::styled(term::COMMAND, &command);
        writeln!(term::stderr(), "the sentences: {command}")?;
    }
    Ok(Outcome::Done)
}

/// The two graphs. A day means the store of `--db` as it was known then.
fn sides(args: &DiffArgs, gazetteer: &Gazetteer) -> Result<(Graph, Graph)> {
    let db = &args.answer.store.db;
    let (old, new) = (side(&args.old)?, args.new.as_deref().map(side).transpose()?);
    match (old, new) {
        (Side::Day(old), new @ (None | Some(Side::Day(_)))) => {
            let all = ask::graph(db, gazetteer)?;
            let before = as_of(&all, old);
            Ok((
                before,
                match new {
                    Some(Side::Day(new)) => as_of(&all, new),
                    _ => all,
                },
            ))
        }
        (old, new) => Ok((
            load(old, db, gazetteer)?,
            load(new.unwrap_or(Side::Store(db.clone())), db, gazetteer)?,
        )),
    }
}

fn load(side: Side, db: &Path, gazetteer: &Gazetteer) -> Result<Graph> {
    match side {
        Side::Store(path) => ask::graph(&path, gazetteer),
        Side::Day(day) => Ok(as_of(&ask::graph(db, gazetteer)?, day)),
    }
}

fn as_of(graph: &Graph, day: Date) -> Graph {
    let filter = Filter {
        as_of: Some(day),
        ..Filter::everything()
    };
    filter.claims(graph).into_owned()
}

/// A day, or the path of a store that is there.
fn side(typed: &str) -> Result<Side> {
    if let Ok(day) = last_day(typed) {
        return Ok(Side::Day(day));
    }
    let path = PathBuf::from(typed);
    if path.exists() {
        return Ok(Side::Store(path));
    }
    Err(Failure::new(format!(
        "expected a day or a store, but found `{typed}`"
    ))
    .hint("days are written `2026`, `2026-05` or `2026-05-27`; a store is a file such as `out/entente.db`"))
}

fn heading(diff: &Diff) -> String {
    let day = |date: Option<Date>| date.map_or("no date".to_owned(), |date| date.to_string());
    let [before, after] = diff.horizons.map(day);
    let [old, new] = diff.documents;
    let counts: Vec<String> = ChangeKind::ALL
        .into_iter()
        .map(|kind| {
            (
                kind,
                diff.changes.iter().filter(|c| c.change == kind).count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {}", words(kind)))
        .collect();
    let mut limits = ask::limits(&diff.filter);
    limits.insert(0, format!("{old} -> {new} documents"));
    format!(
        "{before} -> {after}: {} ({})",
        counts.join(", "),
        limits.join(", ")
    )
}

fn words(kind: ChangeKind) -> String {
    kind.as_str().replace('_', " ")
}

fn changes(diff: &Diff, evidence: bool) -> Table {
    let heads = [
        ("CHANGE", Align::Left),
        ("BETWEEN", Align::Left),
        ("KIND", Align::Left),
        ("ABOUT", Align::Left),
        ("STATUS", Align::Left),
        ("SOURCES", Align::Right),
        ("LAST", Align::Left),
    ];
    let mut table = Table::new(&heads, 3);
    for change in &diff.changes {
        let arrow = if change.directed { " → " } else { " - " };
        table.row(vec![
            words(change.change),
            format!("{}{arrow}{}", change.a, change.b),
            change.label.clone(),
            few(&change.about),
            status(change),
            sources(change),
            ask::date(change.last),
        ]);
        if let Some(quote) = change.evidence.as_ref().filter(|_| evidence) {
            table.note(ask::quote(quote));
        }
    }
    table
}

/// `planned -> active`, or just how it stands.
fn status(change: &Change) -> String {
    match (change.old_status, change.new_status) {
        (Some(old), Some(new)) if old != new => {
            format!("{} -> {}", old.as_str(), new.as_str())
        }
        (old, new) => new.or(old).map_or("", |status| status.as_str()).to_owned(),
    }
}

fn sources(change: &Change) -> String {
    let (old, new) = (change.old_sources, change.new_sources);
    if old == 0 || old == new {
        new.to_string()
    } else {
        format!("{old} -> {new}")
    }
}

const HEADS: [&str; 13] = [
    "change",
    "a",
    "a_id",
    "b",
    "b_id",
    "directed",
    "kind",
    "about",
    "old_status",
    "new_status",
    "old_sources",
    "new_sources",
    "last",
];

fn csv(to: &mut impl Write, diff: &Diff) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADS.iter().chain(&ask::QUOTE))?;
    for change in &diff.changes {
        let cells: [&str; 13] = [
            change.change.as_str(),
            &change.a.name,
            &change.a.id,
            &change.b.name,
            &change.b.id,
            &change.directed.to_string(),
            &change.kind,
            &joined(&change.about, "|"),
            change.old_status.map_or("", |status| status.as_str()),
            change.new_status.map_or("", |status| status.as_str()),
            &change.old_sources.to_string(),
            &change.new_sources.to_string(),
            &ask::date(change.last),
        ];
        let quote = ask::quote_cells(change.evidence.as_ref());
        let quote = quote.iter().map(String::as_str);
        rows.write_record(cells.into_iter().chain(quote))?;
    }
    rows.flush()?;
    Ok(())
}
