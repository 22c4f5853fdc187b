//! `entente top`: who is central.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use entente::gazetteer::Gazetteer;
use entente::query::{self, Filter, Measure, Rank, Top};

use super::args::{MeasureArg, TableFormat, TopArgs};
use super::failure::Result;
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Prints the ranking, and by community the groups.
pub(crate) fn run(args: &TopArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let filter = ask::conditions(&args.filter, false, gazetteer)?;
    let db = &args.answer.store.db;
    let mut answer = answer(db, filter, measure(args.by), gazetteer)?;
    let all = answer.actors.len();
    answer.actors.truncate(args.limit);
    let mut to = term::stdout();
    let by_group = args.by == MeasureArg::Community;
    let evidence = args.answer.evidence;
    match args.answer.format {
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer.actors)?,
        _ if all == 0 => {}
        TableFormat::Table => {
            writeln!(to, "{}", term::styled(term::BOLD, &heading(&answer, all)))?;
            let table = if by_group {
                groups(&answer)
            } else {
                ranks(&answer.actors, evidence)
            };
            table.write(&mut to, term::width())?;
        }
        TableFormat::Markdown => {
            writeln!(to, "## {}\n", term::markdown(&heading(&answer, all)))?;
            let table = if by_group {
                groups(&answer)
            } else {
                ranks(&answer.actors, evidence)
            };
            table.write_markdown(&mut to)?;
        }
    }
    to.flush()?;
    if all == 0 {
        ask::nothing_left(&answer.filter, "no tie is there")?;
        return Ok(Outcome::Partly);
    }
    more(all, &answer.actors, by_group)?;
    Ok(Outcome::Done)
}

/// From what the store keeps, or worked out from all statements.
fn answer(db: &Path, mut filter: Filter, by: Measure, gazetteer: &Gazetteer) -> Result<Top> {
    if !filter.is_limited()
        && let Some(mut kept) = ask::kept::<Top>(db, query::TOP, gazetteer)?
    {
        kept.sort(by);
        return Ok(kept);
    }
    let graph = ask::graph(db, gazetteer)?;
    filter.find_domains(&graph, gazetteer);
    Ok(query::top(&graph, &filter, by))
}

fn measure(arg: MeasureArg) -> Measure {
    match arg {
        MeasureArg::Degree => Measure::Degree,
        MeasureArg::Strength => Measure::Strength,
        MeasureArg::Betweenness => Measure::Betweenness,
        MeasureArg::Community => Measure::Community,
    }
}

fn more(all: usize, shown: &[Rank], by_group: bool) -> io::Result<()> {
    let left = all.saturating_sub(shown.len());
    if left > 0 && !by_group {
        let left = term::plural(left, "actor is", "actors are");
        writeln!(term::stderr(), "{left} left out: --limit N shows more")?;
    }
    Ok(())
}

fn heading(top: &Top, all: usize) -> String {
    let by = match top.by {
        Measure::Degree => "by number of partners",
        Measure::Strength => "by strength of ties",
        Measure::Betweenness => "by the shortest ways that lead over them",
        Measure::Community => "by community",
    };
    let mut parts = vec![term::plural(all, "actor", "actors")];
    parts.push(term::plural(
        top.communities.len(),
        "community",
        "communities",
    ));
    parts.extend(ask::limits(&top.filter));
    format!("Actors {by} ({})", parts.join(", "))
}

fn ranks(actors: &[Rank], evidence: bool) -> Table {
    let heads = [
        ("RANK", Align::Right),
        ("ACTOR", Align::Left),
        ("KIND", Align::Left),
        ("PARTNERS", Align::Right),
        ("STRENGTH", Align::Right),
        ("BETWEEN", Align::Right),
        ("COMMUNITY", Align::Right),
        ("DOCUMENTS", Align::Right),
    ];
    let mut table = Table::new(&heads, 1);
    for actor in actors {
        table.row(vec![
            actor.rank.to_string(),
            actor.entity.name.clone(),
            actor.entity.kind.clone(),
            actor.partners.to_string(),
            format!("{:.2}", actor.strength),
            format!("{:.3}", actor.betweenness),
            actor.community.to_string(),
            actor.documents.to_string(),
        ]);
        if let Some(quote) = actor.evidence.as_ref().filter(|_| evidence) {
            let with = actor.strongest.as_ref();
            let with = with.map_or(String::new(), |name| format!("with {name}: "));
            table.note(with + &ask::quote(quote));
        }
    }
    table
}

fn groups(top: &Top) -> Table {
    let heads = [
        ("COMMUNITY", Align::Right),
        ("SIZE", Align::Right),
        ("MEMBERS", Align::Left),
    ];
    let mut table = Table::new(&heads, 2);
    for community in &top.communities {
        table.row(vec![
            community.number.to_string(),
            community.members.len().to_string(),
            super::who::names(&community.members),
        ]);
    }
    table
}

fn csv(to: &mut impl Write, actors: &[Rank]) -> Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    let heads = [
        "rank",
        "entity",
        "id",
        "kind",
        "partners",
        "strength",
        "betweenness",
        "community",
        "documents",
        "strongest_tie_with",
    ];
    rows.write_record(heads.iter().chain(&ask::QUOTE))?;
    for actor in actors {
        let with = actor.strongest.as_ref().map_or("", |name| &name.name);
        let cells: [&str; 10] = [
            &actor.rank.to_string(),
            &actor.entity.name,
            &actor.entity.id,
            &actor.entity.kind,
            &actor.partners.to_string(),
            &format!("{:.2}", actor.strength),
            &format!("{:.6}", actor.betweenness),
            &actor.community.to_string(),
            &actor.documents.to_string(),
            with,
        ];
        let quote = ask::quote_cells(actor.evidence.as_ref());
        let quote = quote.iter().map(String::as_str);
        rows.write_record(cells.into_iter().chain(quote))?;
    }
    rows.flush()?;
    Ok(())
}
