//! `entente who`: partners, members, weapons, contracts of an entity.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::gazetteer::Gazetteer;
use entente::query::{self, Direction, Filter, Name, Row, Section, Who};
use entente::statement::Status;

use super::args::{StatusArg, TableFormat, WhoArgs};
use super::failure::{Failure, Result};
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Answers who an entity has to do with.
pub(crate) fn run(args: &WhoArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let kinds = known_kinds(&args.kind, gazetteer)?;
    let graph = ask::graph(&args.store.db, gazetteer)?;
    let found = ask::find(&args.name, &graph, gazetteer)?;
    let with = args
        .with
        .as_ref()
        .map(|name| ask::find(name, &graph, gazetteer))
        .transpose()?;
    let filter = Filter {
        with: with.map(|with| with.id),
        kinds,
        since: args.since,
        until: args.until,
        statuses: args.status.iter().map(|s| status(*s)).collect(),
        hostile: args.hostile,
        min_confidence: args.sure.min_confidence,
    };
    let Some(answer) = query::who(&graph, &found.id, &filter) else {
        ask::nothing_about(&found, &args.store.db)?;
        return Ok(Outcome::Partly);
    };
    let empty = answer.partners.is_empty() && answer.facts.is_empty();
    let mut to = term::stdout();
    match args.format {
        TableFormat::Table if empty => {}
        TableFormat::Table => table(&mut to, &answer)?,
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer)?,
    }
    to.flush()?;
    if args.format == TableFormat::Table {
        advise(&answer, &ask::db_option(&args.store.db))?;
    }
    Ok(if empty {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

/// Statement kinds as typed; an unknown one is an error.
pub(crate) fn known_kinds(typed: &[String], gazetteer: &Gazetteer) -> Result<Vec<String>> {
    let schema = gazetteer.schema();
    for kind in typed {
        if schema.statement_by_id(kind).is_none() {
            let all: Vec<&str> = schema.statements.iter().map(|k| k.id.as_str()).collect();
            return Err(Failure::new(format!("no kind of tie is called `{kind}`"))
                .hint(format!("the kinds are {}", all.join(", "))));
        }
    }
    Ok(typed.to_vec())
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

fn table(to: &mut impl Write, who: &Who) -> io::Result<()> {
    let name = term::styled(term::BOLD, &who.entity.name);
    let kind = &who.entity.kind;
    let partners = distinct(&who.partners);
    let limits = limits(who);
    if partners > 0 {
        let partners = term::plural(partners, "partner", "partners");
        writeln!(to, "{name} cooperates with {partners} ({limits})")?;
    } else {
        writeln!(to, "{name} ({kind}, {limits})")?;
    }
    if !who.partners.is_empty() {
        partner_table(&who.partners).write(to, term::width())?;
    }
    for (at, section) in who.facts.iter().enumerate() {
        if at > 0 || !who.partners.is_empty() {
            writeln!(to)?;
        }
        section_table(section).write(to, term::width())?;
    }
    Ok(())
}

/// `since 2026-01-01, 7 documents`
fn limits(who: &Who) -> String {
    let filter = &who.filter;
    let mut parts = Vec::new();
    parts.extend(filter.since.map(|date| format!("since {date}")));
    parts.extend(filter.until.map(|date| format!("until {date}")));
    if !filter.kinds.is_empty() {
        parts.push(filter.kinds.join(", "));
    }
    parts.extend(filter.min_confidence.map(sure_words));
    parts.push(term::plural(who.documents, "document", "documents"));
    parts.join(", ")
}

/// `confidence 0.60 or more`
pub(crate) fn sure_words(least: f64) -> String {
    format!("confidence {least:.2} or more")
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

fn partner_table(rows: &[Row]) -> Table {
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
    }
    table
}

fn section_table(section: &Section) -> Table {
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
        row.sources.to_string(),
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
    match first {
        Some(row) => {
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
        }
        None if who.filter == Filter::default() => {
            writeln!(to, "no sentence ties {} to anybody", who.entity.name)?;
        }
        None => writeln!(to, "no tie is left: ask with fewer conditions")?,
    }
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
    rows.write_record([
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
        "statements",
        "confidence",
        "hostile",
    ])?;
    let facts = who.facts.iter().flat_map(|section| &section.rows);
    for row in who.partners.iter().chain(facts) {
        let date = |date: Option<String>| date.unwrap_or_default();
        let direction = match row.direction {
            Direction::Both => "both",
            Direction::To => "to",
            Direction::From => "from",
        };
        let about: Vec<&str> = row.about.iter().map(|name| name.name.as_str()).collect();
        rows.write_record([
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
            &row.statements.to_string(),
            &format!("{:.2}", row.confidence),
            &row.hostile.to_string(),
        ])?;
    }
    rows.flush()?;
    Ok(())
}
