//! `entente path`: how two entities hang together over others.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::query::{self, Path, Step};

use super::args::{PathArgs, TableFormat};
use super::failure::Result;
use super::term::{Align, Table};
use super::who::{arrow, direction_word, few, joined, quoted};
use super::{Outcome, ask, session, term};

/// Common partners that are named.
const COMMON: usize = 8;

/// Prints the steps of the shortest way.
pub(crate) fn run(args: &PathArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let db = &args.answer.store.db;
    let mut filter = ask::conditions(&args.filter, args.hostile, gazetteer)?;
    let (found, graph) = ask::way(db, [&args.a, &args.b], &filter, gazetteer)?;
    filter.find_domains(&graph, gazetteer);
    let [a, b] = found.as_slice() else {
        return Ok(Outcome::Nothing);
    };
    let Some(answer) = query::path(&graph, &a.id, &b.id, &filter) else {
        for missing in [a, b].into_iter().filter(|found| !found.in_graph) {
            ask::nothing_about(missing, db)?;
        }
        return Ok(Outcome::Partly);
    };
    let mut to = term::stdout();
    let evidence = args.answer.evidence;
    match args.answer.format {
        _ if answer.steps.is_empty() && args.answer.format != TableFormat::Json => {}
        TableFormat::Table => {
            writeln!(to, "{}", term::styled(term::BOLD, &heading(&answer)))?;
            steps(&answer.steps, evidence).write(&mut to, term::width())?;
        }
        TableFormat::Markdown => {
            writeln!(to, "## {}\n", term::markdown(&heading(&answer)))?;
            steps(&answer.steps, evidence).write_markdown(&mut to)?;
        }
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    advise(&answer, args.answer.format, &ask::db_option(db))?;
    Ok(if answer.steps.is_empty() {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

/// `Canada - Germany - Ukraine   2 steps`
fn heading(path: &Path) -> String {
    let mut way = path.a.name.clone();
    for step in &path.steps {
        way.push_str(" - ");
        way.push_str(&step.to.name);
    }
    let mut limits = ask::limits(&path.filter);
    limits.insert(0, term::plural(path.steps.len(), "step", "steps"));
    format!("{way}   {}", limits.join(", "))
}

fn steps(steps: &[Step], evidence: bool) -> Table {
    let heads = [
        ("FROM", Align::Left),
        ("TO", Align::Left),
        ("KIND", Align::Left),
        ("ABOUT", Align::Left),
        ("STATUS", Align::Left),
        ("SINCE", Align::Left),
        ("SOURCES", Align::Right),
        ("SURE", Align::Right),
    ];
    let mut table = Table::new(&heads, 3);
    for step in steps {
        for (at, tie) in step.ties.iter().enumerate() {
            let once = |name: &str| {
                if at == 0 {
                    name.to_owned()
                } else {
                    String::new()
                }
            };
            table.row(vec![
                once(&step.from.name),
                once(&step.to.name),
                format!("{}{}", tie.label, arrow(tie.direction)),
                few(&tie.about),
                tie.status.as_str().to_owned(),
                ask::date(tie.since),
                term::sources_cell(tie.sources, tie.copies),
                format!("{:.2}", tie.confidence),
            ]);
            if let Some(quote) = tie.evidence.as_ref().filter(|_| evidence) {
                table.note(ask::quote(quote));
            }
        }
    }
    table
}

const HEADS: [&str; 13] = [
    "step",
    "from",
    "from_id",
    "to",
    "to_id",
    "kind",
    "direction",
    "about",
    "status",
    "since",
    "sources",
    "copies",
    "confidence",
];

fn csv(to: &mut impl Write, path: &Path) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADS.iter().chain(&ask::QUOTE))?;
    for (at, step) in path.steps.iter().enumerate() {
        for tie in &step.ties {
            let cells: [&str; 13] = [
                &(at + 1).to_string(),
                &step.from.name,
                &step.from.id,
                &step.to.name,
                &step.to.id,
                &tie.kind,
                direction_word(tie.direction),
                &joined(&tie.about, "|"),
                tie.status.as_str(),
                &ask::date(tie.since),
                &tie.sources.to_string(),
                &tie.copies.to_string(),
                &format!("{:.2}", tie.confidence),
            ];
            let quote = ask::quote_cells(tie.evidence.as_ref());
            let quote = quote.iter().map(String::as_str);
            rows.write_record(cells.into_iter().chain(quote))?;
        }
    }
    rows.flush()?;
    Ok(())
}

/// Common partners, and what could be asked next, to people only.
fn advise(path: &Path, format: TableFormat, db: &str) -> Result<()> {
    let mut to = term::stderr();
    if path.steps.is_empty() {
        let nothing = format!("no way leads from {} to {}", path.a, path.b);
        ask::nothing_left(&path.filter, &nothing)?;
        let command = format!("entente who {}{db}", quoted(&path.a.name));
        return Ok(hint(&mut to, &command, "lists the ties there are")?);
    }
    if !matches!(format, TableFormat::Table | TableFormat::Markdown) {
        return Ok(());
    }
    if !path.common.is_empty() {
        let shown: Vec<&str> = path
            .common
            .iter()
            .take(COMMON)
            .map(|n| n.name.as_str())
            .collect();
        let more = path.common.len().saturating_sub(COMMON);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        writeln!(to, "tied with both: {}{more}", shown.join(", "))?;
    }
    if let Some(step) = path.steps.first() {
        let command = format!(
            "entente why {} {}{db}",
            quoted(&step.from.name),
            quoted(&step.to.name)
        );
        writeln!(
            to,
            "the sentences: {}",
            term::styled(term::COMMAND, &command)
        )?;
    }
    Ok(())
}

fn hint(to: &mut impl Write, command: &str, what: &str) -> io::Result<()> {
    let command = term::styled(term::COMMAND, command);
    writeln!(to, "{} {command} {what}", term::styled(term::HINT, "hint:"))
}
