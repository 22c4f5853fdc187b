//! `entente who`: partners, members, weapons, contracts of an entity.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::query::{self, Direction, Name, Row, Section, Who};
use entente::statement::Status;

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
    let Some(found) = found.first() else {
        return Ok(Outcome::Nothing);
    };
    let Some(answer) = query::who(&graph, &found.id, &filter) else {
        ask::nothing_about(found, db)?;
        return Ok(Outcome::Partly);
    };
    let empty = answer.partners.is_empty() && answer.facts.is_empty();
    let mut to = term::stdout();
    let format = args.answer.format;
    match format {
        TableFormat::Table | TableFormat::Markdown if empty => {}
        TableFormat::Table => table(&mut to, &answer, args.answer.evidence)?,
        TableFormat::Markdown => markdown(&mut to, &answer, args.answer.evidence)?,
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    if matches!(format, TableFormat::Table | TableFormat::Markdown) {
        advise(&answer, &ask::db_option(db))?;
    }
    Ok(if empty {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

/// A status as files carry it.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Agreed => "agreed",
        Status::Active => "active",
        Status::Ended => "ended",
        Status::Rejected => "rejected",
    }
}

fn table(to: &mut impl Write, who: &Who, evidence: bool) -> io::Result<()> {
    writeln!(
        to,
        "{}",
        heading(who, |name| term::styled(term::BOLD, name))
    )?;
    for (at, table) in tables(who, evidence).into_iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        table.write(to, term::width())?;
    }
    Ok(())
}

fn markdown(to: &mut impl Write, who: &Who, evidence: bool) -> io::Result<()> {
    writeln!(to, "## {}", heading(who, term::markdown))?;
    for table in tables(who, evidence) {
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

fn tables(who: &Who, evidence: bool) -> Vec<Table> {
    let partners = (!who.partners.is_empty()).then(|| partner_table(&who.partners, evidence));
    let sections = who.facts.iter().map(|s| section_table(s, evidence));
    partners.into_iter().chain(sections).collect()
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
        let mut cells = vec![partner, kind, names(&row.about)];
        cells.extend(standing(row));
        table.row(cells);
        if let Some(quote) = row.evidence.as_ref().filter(|_| evidence) {
            table.note(ask::quote(quote));
        }
    }
    table
}

fn section_table(section: &Section, evidence: bool) -> Table {
    let roles = section.rows.iter().any(|row| !row.roles.is_empty());
    let mut heads = vec![(section.title.to_uppercase(), Align::Left)];
    if roles {
        heads.push(("ROLE".into(), Align::Left));
    }
    heads.extend(["STATUS", "SINCE", "LAST"].map(|head| (head.to_owned(), Align::Left)));
    heads.extend(["SOURCES", "SURE"].map(|head| (head.to_owned(), Align::Right)));
    let mut table = Table::new(&heads, 0);
    for row in &section.rows {
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
        status_word(row.status).to_owned(),
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
    names
        .iter()
        .map(|name| name.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What could be asked next, to people only.
fn advise(who: &Who, db: &str) -> Result<()> {
    let mut to = term::stderr();
    if who.hostile_hidden > 0 {
        let ties = term::plural(who.hostile_hidden, "hostile tie is", "hostile ties are");
        writeln!(to, "{ties} left out: --hostile shows them")?;
    }
    let first = who
        .partners
        .first()
        .or_else(|| who.facts.first().and_then(|section| section.rows.first()));
    let Some(row) = first else {
        let nothing = format!("no sentence ties {} to anybody", who.entity.name);
        return ask::nothing_left(&who.filter, &nothing);
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
        let about: Vec<&str> = row.about.iter().map(|name| name.name.as_str()).collect();
        let cells: [&str; 17] = [
            &who.entity.name,
            &row.partner.name,
            &row.partner.id,
            &row.partner.kind,
            &row.kind,
            direction,
            &about.join("|"),
            status_word(row.status),
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
