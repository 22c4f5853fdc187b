//! `entente timeline`: what happened between two, step by step.

use std::io::Write;
use std::path::PathBuf;

use entente::query::{self, Timeline};

use super::args::{TableFormat, TimelineArgs};
use super::failure::Result;
use super::term::{Align, Table};
use super::who::{arrow, direction_word, few, joined, quoted};
use super::{Outcome, ask, session, term};

/// Silent partners that are named.
const SILENT: usize = 6;

/// Prints the events in order.
pub(crate) fn run(args: &TimelineArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let db = &args.answer.store.db;
    let names: Vec<&str> = std::iter::once(&args.a)
        .chain(&args.b)
        .map(String::as_str)
        .collect();
    let (found, graph) = ask::about(db, &names, gazetteer)?;
    let filter = ask::filter(&args.filter, args.hostile, &graph, gazetteer)?;
    let (Some(a), b) = (found.first(), found.get(1)) else {
        return Ok(Outcome::Nothing);
    };
    let with = b.map(|b| &b.id);
    let Some(answer) = query::timeline(&graph, &a.id, with, &filter) else {
        for missing in [Some(a), b].into_iter().flatten() {
            if !missing.in_graph {
                ask::nothing_about(missing, db)?;
            }
        }
        return Ok(Outcome::Partly);
    };
    let empty = answer.events.is_empty();
    let mut to = term::stdout();
    let evidence = args.answer.evidence;
    match args.answer.format {
        TableFormat::Table | TableFormat::Markdown if empty => {}
        TableFormat::Table => {
            writeln!(to, "{}", term::styled(term::BOLD, &heading(&answer)))?;
            events(&answer, evidence).write(&mut to, term::width())?;
        }
        TableFormat::Markdown => {
            writeln!(to, "## {}\n", term::markdown(&heading(&answer)))?;
            events(&answer, evidence).write_markdown(&mut to)?;
        }
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    if empty {
        nothing(&answer)?;
        return Ok(Outcome::Partly);
    }
    if matches!(
        args.answer.format,
        TableFormat::Table | TableFormat::Markdown
    ) {
        advise(&answer, &ask::db_option(db))?;
    }
    Ok(Outcome::Done)
}

fn nothing(told: &Timeline) -> Result<()> {
    let with = told.with.as_ref();
    let with = with.map_or("anybody".to_owned(), |with| with.name.clone());
    let nothing = format!("no sentence ties {} and {with}", told.entity);
    ask::nothing_left(&told.filter, &nothing)
}

/// `Germany - Norway   12 events`
fn heading(told: &Timeline) -> String {
    let with = told.with.as_ref().map(|with| format!(" - {with}"));
    let mut limits = ask::limits(&told.filter);
    limits.insert(0, term::plural(told.events.len(), "event", "events"));
    format!(
        "{}{}   {}",
        told.entity,
        with.unwrap_or_default(),
        limits.join(", ")
    )
}

fn events(told: &Timeline, evidence: bool) -> Table {
    let mut heads = vec![("DATE", Align::Left), ("STEP", Align::Left)];
    let several = told.with.is_none();
    if several {
        heads.push(("WITH", Align::Left));
    }
    heads.extend([
        ("KIND", Align::Left),
        ("ABOUT", Align::Left),
        ("STATUS", Align::Left),
        ("SOURCES", Align::Right),
        ("SURE", Align::Right),
    ]);
    let mut table = Table::new(&heads, heads.len() - 4);
    for event in &told.events {
        let mut cells = vec![ask::date(event.date), event.step_label.clone()];
        if several {
            cells.push(event.partner.name.clone());
        }
        cells.extend([
            format!("{}{}", event.label, arrow(event.direction)),
            few(&event.about),
            event.status.as_str().to_owned(),
            term::sources_cell(event.sources, event.copies),
            format!("{:.2}", event.confidence),
        ]);
        table.row(cells);
        if evidence {
            table.note(ask::quote(&event.evidence));
        }
    }
    table
}

const HEADS: [&str; 13] = [
    "entity",
    "date",
    "precision",
    "step",
    "partner",
    "partner_id",
    "kind",
    "direction",
    "about",
    "status",
    "sources",
    "copies",
    "confidence",
];

fn csv(to: &mut impl Write, told: &Timeline) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADS.iter().chain(&ask::QUOTE))?;
    for event in &told.events {
        let precision = event.date.map(|date| format!("{:?}", date.precision));
        let cells: [&str; 13] = [
            &told.entity.name,
            &ask::date(event.date),
            &precision.unwrap_or_default().to_lowercase(),
            &event.step,
            &event.partner.name,
            &event.partner.id,
            &event.kind,
            direction_word(event.direction),
            &joined(&event.about, "|"),
            event.status.as_str(),
            &event.sources.to_string(),
            &event.copies.to_string(),
            &format!("{:.2}", event.confidence),
        ];
        let quote = ask::quote_cells(Some(&event.evidence));
        let quote = quote.iter().map(String::as_str);
        rows.write_record(cells.into_iter().chain(quote))?;
    }
    rows.flush()?;
    Ok(())
}

/// The last word of each tie, and what could be asked next, to people only.
fn advise(told: &Timeline, db: &str) -> Result<()> {
    let mut to = term::stderr();
    let silent: Vec<_> = told
        .partners
        .iter()
        .filter_map(|p| Some((&p.partner, p.silent_since?)))
        .collect();
    for (partner, since) in silent.iter().take(SILENT) {
        writeln!(to, "no news of {partner} since {since}")?;
    }
    if let Some(more) = silent.len().checked_sub(SILENT).filter(|more| *more > 0) {
        writeln!(to, "and of {more} more")?;
    }
    let other = told
        .with
        .as_ref()
        .or(told.partners.first().map(|p| &p.partner));
    if let Some(other) = other {
        let command = format!(
            "entente why {} {}{db}",
            quoted(&told.entity.name),
            quoted(&other.name)
        );
        writeln!(
            to,
            "the sentences: {}",
            term::styled(term::COMMAND, &command)
        )?;
    }
    Ok(())
}
