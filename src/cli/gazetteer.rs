//! `entente gazetteer`: what the vocabulary holds and what is wrong with it.

mod examples;
mod forms;
mod suggest;

use std::io::Write as _;
use std::path::PathBuf;

use entente::error::Problem;
use entente::gazetteer::{self, Decay};

pub(super) use forms::run as forms;
pub(super) use suggest::run as suggest;

use super::args::CheckArgs;
use super::failure::{Failure, Result};
use super::term::{Align, Table};
use super::{Outcome, session, term};

/// Reports every problem of a vocabulary.
pub(crate) fn check(args: &CheckArgs, own: &[PathBuf]) -> Result<Outcome> {
    let on = args.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let report = match args.dir.as_deref() {
        Some(dir) if !dir.is_dir() => {
            return Err(Failure::new(format!(
                "failed to check {}: expected a folder",
                session::shown(dir)
            )));
        }
        Some(dir) => gazetteer::check_dir(dir, on),
        None => gazetteer::check(own, on),
    };
    let examined = if report.problems.is_empty() {
        examples::run(args.dir.as_deref(), own)?
    } else {
        None
    };
    let (faulty, unread) = examined
        .as_ref()
        .map(|e| (&e.problems, &e.warnings))
        .unzip();
    let mut to = term::stdout();
    let problems = report.problems.iter().chain(faulty.into_iter().flatten());
    let warnings = report.warnings.iter().chain(unread.into_iter().flatten());
    for problem in problems.chain(warnings) {
        line(&mut to, problem)?;
    }
    let decayed = report.decay.iter().filter(|_| args.decay);
    for problem in decayed {
        line(&mut to, problem)?;
    }
    to.flush()?;
    let rows = term::plural(report.counts.rows, "row", "rows");
    let count = report.problems.len() + faulty.map_or(0, entente::error::Problems::len);
    let found = match count {
        0 => String::from("no problems"),
        n => term::plural(n, "problem", "problems"),
    };
    writeln!(term::stderr(), "{found} in {rows}")?;
    if let Some(examined) = &examined {
        writeln!(term::stderr(), "{}", examples::summary(examined))?;
    }
    decay(&report.decay, args.decay)?;
    let doubtful = !report.warnings.is_empty() || !report.decay.is_empty();
    Ok(if count == 0 && !(args.strict && doubtful) {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// Says how much time has made doubtful.
fn decay(decay: &Decay, listed: bool) -> Result<()> {
    let parts = [
        (
            &decay.open,
            "tenure open for a year",
            "tenures open for a year",
        ),
        (&decay.shared, "post held twice", "posts held twice"),
        (&decay.impossible, "impossible date", "impossible dates"),
    ];
    let counts: Vec<String> = parts
        .iter()
        .filter(|(problems, ..)| !problems.is_empty())
        .map(|(problems, one, many)| term::plural(problems.len(), one, many))
        .collect();
    if !counts.is_empty() {
        let how = if listed { "" } else { ": --decay lists them" };
        writeln!(
            term::stderr(),
            "to look at again: {}{how}",
            counts.join(", ")
        )?;
    }
    Ok(())
}

fn line(to: &mut impl std::io::Write, problem: &Problem) -> std::io::Result<()> {
    let place = if problem.line > 0 {
        format!("{}:{}", problem.path, problem.line)
    } else {
        problem.path.clone()
    };
    let hint = problem
        .hint
        .as_ref()
        .map(|hint| format!(": {hint}"))
        .unwrap_or_default();
    writeln!(
        to,
        "{}: {}{hint}",
        term::styled(term::BOLD, &place),
        problem.message
    )
}

/// Looks a name up.
pub(crate) fn find(name: &str, limit: usize, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let hits = gazetteer.find(name);
    if hits.is_empty() {
        let failure = Failure::new(format!("no name contains `{name}`"));
        let close: Vec<String> = gazetteer
            .did_you_mean(name)
            .iter()
            .map(|n| format!("`{n}`"))
            .collect();
        return Err(if close.is_empty() {
            failure.hint("a part of a name finds it, too: `entente gazetteer find germ`")
        } else {
            failure.hint(format!("did you mean {}?", close.join(", ")))
        });
    }
    let heads = [
        ("NAME", Align::Left),
        ("ENTITY", Align::Left),
        ("LABEL", Align::Left),
        ("CLASS", Align::Left),
        ("SINCE", Align::Left),
        ("UNTIL", Align::Left),
    ];
    let mut table = Table::new(&heads, 2);
    for hit in hits.iter().take(limit) {
        let entity = gazetteer.entity(hit.entity);
        let date =
            |date: Option<gazetteer::DateBound>| date.map(|d| d.to_string()).unwrap_or_default();
        table.row(vec![
            hit.name.clone(),
            entity.id.to_string(),
            entity.label.clone(),
            entity.class.clone(),
            date(entity.since),
            date(entity.until),
        ]);
    }
    let mut to = term::stdout();
    table.write(&mut to, term::width())?;
    to.flush()?;
    if hits.len() > limit {
        let more = term::grouped(hits.len() - limit);
        writeln!(
            term::stderr(),
            "{more} more: --limit {} shows all",
            hits.len()
        )?;
    }
    Ok(Outcome::Done)
}

/// Counts what there is.
pub(crate) fn stats(own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let mut table = Table::new(&[("KIND", Align::Left), ("ENTITIES", Align::Right)], 0);
    for (at, kind) in gazetteer.schema().entities.iter().enumerate() {
        let entities = gazetteer
            .entities()
            .filter(|(_, e)| usize::from(e.kind.0) == at)
            .count();
        table.row(vec![kind.id.clone(), term::grouped(entities)]);
    }
    let counts = gazetteer.counts();
    for (what, count) in [
        ("all", counts.entities),
        ("names", counts.names),
        ("forms", counts.forms),
        ("tenures", counts.tenures),
        ("memberships", counts.memberships),
        ("enmities", counts.enmities),
    ] {
        table.row(vec![what.to_owned(), term::grouped(count)]);
    }
    let mut to = term::stdout();
    table.write(&mut to, term::width())?;
    to.flush()?;
    Ok(Outcome::Done)
}
