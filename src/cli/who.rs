//! `entente who`: partners, members, weapons, contracts of an entity.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use entente::query::{self, Direction, Name, Row, Section, Who};

use super::args::{TableFormat, WhoArgs};
use super::failure::Result;
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Answers who an entity has to do with.
pub(crate) fn run(args: &WhoArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let db = &args.answer.store.db;
    let names: Vec<&str> = [Some(&args.name), args.with.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let evidence =
        args.answer.evidence || matches!(args.answer.format, TableFormat::Json | TableFormat::Csv);
    let mut filter = ask::conditions(&args.filter, args.hostile, gazetteer)?;
    let (found, graph) = ask::around(db, &names, &filter, evidence, gazetteer)?;
    filter.find_domains(&graph, gazetteer);
    filter.with = found.get(1).map(|with| with.id.clone());
    if let Some(missing) = found.get(1).filter(|with| !with.in_graph) {
        ask::nothing_about(missing, db)?;
        return Ok(Outcome::Partly);
    }
    let with = found.get(1).map(|with| with.label.clone());
    let Some(found) = found.first() else {
        return Ok(Outcome::Nothing);
    };
    let Some(answer) = query::who(&graph, &found.id, &filter) else {
        ask::nothing_about(found, db)?;
        return Ok(Outcome::Partly);
    };
    // As the graph it comes from: see `Asked`.
    let answer = ManuallyDrop::new(answer);
    let empty = answer.partners.is_empty() && answer.facts.is_empty();
    let mut to = term::stdout();
    let format = args.answer.format;
    match format {
        TableFormat::Table | TableFormat::Markdown if empty => {}
        TableFormat::Table => table(&mut to, &answer, args)?,
        TableFormat::Markdown => markdown(&mut to, &answer, args)?,
        TableFormat::Json => term::json(&mut to, &*answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    if empty || matches!(format, TableFormat::Table | TableFormat::Markdown) {
        advise(&answer, with.as_deref(), args.limit, &ask::db_option(db))?;
    }
    Ok(if empty {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

fn table(to: &mut impl Write, who: &Who, args: &WhoArgs) -> io::Result<()> {
    writeln!(
        to,
        "{}",
        heading(who, |name| term::styled(term::BOLD, name))
    )?;
    for (at, table) in tables(who, args).into_iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        table.write(to, term::width())?;
    }
    Ok(())
}

fn markdown(to: &mut impl Write, who: &Who, args: &WhoArgs) -> io::Result<()> {
    writeln!(to, "## {}", heading(who, term::markdown))?;
    for table in tables(who, args) {
        writeln!(to)?;
        table.write_markdown(to)?;
    }
    Ok(())
}

/// `Germany cooperates with 3 partners (since 2026-01-01, 7 documents)`
fn heading(who: &Who, style: impl Fn(&str) -> String) -> String {
    let name = style(&who.entity.name);
    let kind = &who.entity.kind;
    let partners = distinct(&who.partners);
    let mut limits = ask::limits(&who.filter);
    limits.push(term::plural(who.documents, "document", "documents"));
    let limits = limits.join(", ");
    if partners > 0 {
        let partners = term::plural(partners, "partner", "partners");
        format!("{name} cooperates with {partners} ({limits})")
    } else {
        format!("{name} ({kind}, {limits})")
    }
}

fn tables(who: &Who, args: &WhoArgs) -> Vec<Table> {
    let evidence = args.answer.evidence;
    let rows = first(&who.partners, args.limit);
    let partners = (!rows.is_empty()).then(|| partner_table(rows, evidence));
    let sections = who.facts.iter();
    let sections = sections.map(|section| section_table(section, args.limit, evidence));
    partners.into_iter().chain(sections).collect()
}

/// The rows of a table that are shown: 0 is no limit.
fn first(rows: &[Row], limit: usize) -> &[Row] {
    match rows.get(..limit) {
        Some(first) if limit > 0 => first,
        _ => rows,
    }
}

/// Cooperative partners, each once.
fn distinct(rows: &[Row]) -> usize {
    let mut ids: Vec<&str> = rows
        .iter()
        .filter(|row| !row.hostile)
        .map(|row| row.partner.id.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

fn partner_table(rows: &[Row], evidence: bool) -> Table {
    let heads = [
        ("PARTNER", Align::Left),
        ("KIND", Align::Left),
        ("ABOUT", Align::Left),
        ("STATUS", Align::Left),
        ("SINCE", Align::Left),
        ("LAST", Align::Left),
        ("SOURCES", Align::Right),
        ("SURE", Align::Right),
    ];
    let mut table = Table::new(&heads, 2);
    let mut last = "";
    for row in rows {
        let partner = if row.partner.id == last {
            String::new()
        } else {
            row.partner.name.clone()
        };
        last = &row.partner.id;
        let kind = format!("{}{}", row.label, arrow(row.direction));
        let mut cells = vec![partner, kind, few(&row.about)];
        cells.extend(standing(row));
        table.row(cells);
        if let Some(quote) = row.evidence.as_ref().filter(|_| evidence) {
            table.note(ask::quote(quote));
        }
    }
    table
}

fn section_table(section: &Section, limit: usize, evidence: bool) -> Table {
    let roles = section.rows.iter().any(|row| !row.roles.is_empty());
    let mut heads = vec![(section.title.to_uppercase(), Align::Left)];
    if roles {
        heads.push(("ROLE".into(), Align::Left));
    }
    heads.extend(["STATUS", "SINCE", "LAST"].map(|head| (head.to_owned(), Align::Left)));
    heads.extend(["SOURCES", "SURE"].map(|head| (head.to_owned(), Align::Right)));
    let mut table = Table::new(&heads, 0);
    for row in first(&section.rows, limit) {
        let mut cells = vec![row.partner.name.clone()];
        if roles {
            cells.push(row.roles.join(", ").replace('_', " "));
        }
        cells.extend(standing(row));
        table.row(cells);
        if let Some(quote) = row.evidence.as_ref().filter(|_| evidence) {
            table.note(ask::quote(quote));
        }
    }
    table
}

/// Status, since, last, sources, confidence of the surest claim.
fn standing(row: &Row) -> [String; 5] {
    let date = |date: Option<String>| date.unwrap_or_default();
    [
        row.status.as_str().to_owned(),
        date(row.since.map(|d| d.to_string())),
        date(row.last.map(|d| d.to_string())),
        term::sources_cell(row.sources, row.copies),
        format!("{:.2}", row.confidence),
    ]
}

/// Which way a directed tie runs, seen from the entity asked about.
pub(crate) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "",
        Direction::To => " →",
        Direction::From => " ←",
    }
}

/// The same as files carry it.
pub(crate) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "both",
        Direction::To => "to",
        Direction::From => "from",
    }
}

/// Names with commas.
pub(crate) fn names(names: &[Name]) -> String {
    joined(names, ", ")
}

/// All of them, for a cell of a file.
pub(crate) fn joined(names: &[Name], between: &str) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    names.join(between)
}

/// So many names stand in a line; files have all.
const FEW: usize = 6;

/// The first names with commas, and how many more there are.
pub(crate) fn few(all: &[Name]) -> String {
    match all.get(..FEW) {
        Some(first) if all.len() > FEW + 1 => {
            format!("{}, {} more", names(first), all.len() - FEW)
        }
        _ => names(all),
    }
}

/// What could be asked next, to people only.
fn advise(who: &Who, with: Option<&str>, limit: usize, db: &str) -> Result<()> {
    let mut to = term::stderr();
    let tables = who.facts.iter().map(|section| section.rows.as_slice());
    let tables = tables.chain([who.partners.as_slice()]);
    let left: usize = tables
        .map(|rows| rows.len() - first(rows, limit).len())
        .sum();
    if left > 0 {
        let left = term::plural(left, "line is", "lines are");
        writeln!(to, "{left} left out: --limit N shows more, --limit 0 all")?;
    }
    if who.hostile_hidden > 0 {
        let ties = term::plural(who.hostile_hidden, "hostile tie is", "hostile ties are");
        writeln!(to, "{ties} left out: --hostile shows them")?;
    }
    let first = who
        .partners
        .first()
        .or_else(|| who.facts.first().and_then(|section| section.rows.first()));
    let Some(row) = first else {
        let name = &who.entity.name;
        let Some(with) = with else {
            let nothing = format!("no sentence ties {name} to anybody");
            return ask::nothing_left(&who.filter, &nothing);
        };
        ask::nothing_left(&who.filter, &format!("no sentence ties {name} to {with}"))?;
        let command = format!("entente path {} {}{db}", quoted(name), quoted(with));
        return ask::hint(&format!(
            "`{command}` shows how they hang together over others"
        ));
    };
    let command = format!(
        "entente why {} {}{db}",
        quoted(&who.entity.name),
        quoted(&row.partner.name)
    );
    writeln!(
        to,
        "the sentences: {}",
        term::styled(term::COMMAND, &command)
    )?;
    Ok(())
}

/// A name as it is typed in a shell.
pub(crate) fn quoted(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\\\""))
    }
}

fn csv(to: &mut impl Write, who: &Who) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    let heads = [
        "entity",
        "partner",
        "partner_id",
        "partner_kind",
        "kind",
        "direction",
        "about",
        "status",
        "role",
        "since",
        "until",
        "last",
        "sources",
        "copies",
        "statements",
        "confidence",
        "hostile",
    ];
    rows.write_record(heads.iter().chain(&ask::QUOTE))?;
    let facts = who.facts.iter().flat_map(|section| &section.rows);
    for row in who.partners.iter().chain(facts) {
        let date = |date: Option<String>| date.unwrap_or_default();
        let direction = direction_word(row.direction);
        let cells: [&str; 17] = [
            &who.entity.name,
            &row.partner.name,
            &row.partner.id,
            &row.partner.kind,
            &row.kind,
            direction,
            &joined(&row.about, "|"),
            row.status.as_str(),
            &row.roles.join("|"),
            &date(row.since.map(|d| d.to_string())),
            &date(row.until.map(|d| d.to_string())),
            &date(row.last.map(|d| d.to_string())),
            &row.sources.to_string(),
            &row.copies.to_string(),
            &row.statements.to_string(),
            &format!("{:.2}", row.confidence),
            &row.hostile.to_string(),
        ];
        let quote = ask::quote_cells(row.evidence.as_ref());
        let quote = quote.iter().map(String::as_str);
        rows.write_record(cells.into_iter().chain(quote))?;
    }
    rows.flush()?;
    Ok(())
}
