//! `entente top`: who is central.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::query::{self, Measure, Rank, Top};

use super::args::{MeasureArg, TableFormat, TopArgs};
use super::failure::Result;
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Prints the ranking, and by community the groups.
pub(crate) fn run(args: &TopArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let graph = ask::graph(&args.store.db, gazetteer)?;
    let filter = ask::filter(&args.filter, false, &graph, gazetteer)?;
    let mut answer = query::top(&graph, &filter, measure(args.by));
    let all = answer.actors.len();
    answer.actors.truncate(args.limit);
    let mut to = term::stdout();
    let by_group = args.by == MeasureArg::Community;
    match args.format {
        TableFormat::Json => term::json(&mut to, &answer)?,
        TableFormat::Csv => csv(&mut to, &answer.actors)?,
        _ if all == 0 => {}
        TableFormat::Table => {
            writeln!(to, "{}", term::styled(term::BOLD, &heading(&answer, all)))?;
            let table = if by_group {
                groups(&answer)
            } else {
                ranks(&answer.actors)
            };
            table.write(&mut to, term::width())?;
        }
        TableFormat::Markdown => {
            writeln!(to, "## {}\n", term::markdown(&heading(&answer, all)))?;
            let table = if by_group {
                groups(&answer)
            } else {
                ranks(&answer.actors)
            };
            table.write_markdown(&mut to)?;
        }
    }
    to.flush()?;
    if all == 0 {
        ask::nothing_left(&filter, "no tie is there")?;
        return Ok(Outcome::Partly);
    }
    more(all, &answer.actors, by_group)?;
    Ok(Outcome::Done)
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

fn ranks(actors: &[Rank]) -> Table {
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
    rows.write_record([
        "rank",
        "entity",
        "id",
        "kind",
        "partners",
        "strength",
        "betweenness",
        "community",
        "documents",
    ])?;
    for actor in actors {
        let cells: [&str; 9] = [
            &actor.rank.to_string(),
            &actor.entity.name,
            &actor.entity.id,
            &actor.entity.kind,
            &actor.partners.to_string(),
            &format!("{:.2}", actor.strength),
            &format!("{:.6}", actor.betweenness),
            &actor.community.to_string(),
            &actor.documents.to_string(),
        ];
        rows.write_record(cells)?;
    }
    rows.flush()?;
    Ok(())
}
