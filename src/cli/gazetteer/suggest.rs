//! `entente gazetteer suggest`: what texts name and the vocabulary lacks, as rows to paste.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use entente::gazetteer::{Gazetteer, Suggestion, Suggestions};
use entente::mention::FoundBy;

use crate::cli::Outcome;
use crate::cli::args::{SuggestArgs, TableFormat};
use crate::cli::extract::warn;
use crate::cli::failure::{Failure, Result};
use crate::cli::session::{self, Inputs};
use crate::cli::term::{self, Align, Table, plural};

/// Reads the inputs and prints what they name.
pub(crate) fn run(args: &SuggestArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?;
    check_kinds(&args.kind, pipeline.gazetteer())?;
    let inputs = Inputs::list(&args.inputs.input, &args.inputs.reading)?;
    let (mut read, mut skipped) = (0, inputs.skipped.len());
    let mut told = inputs.skipped.iter().try_for_each(warn);
    let mut all = Suggestions::default();
    let jobs = usize::from(args.inputs.jobs);
    pipeline.run_suggest(jobs, &inputs.sources, |result| {
        match result {
            Ok(found) => {
                read += 1;
                all.merge(found);
            }
            Err(reason) => {
                skipped += 1;
                told = warn(&reason);
            }
        }
        if told.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    told?;
    let mut ranked = all.ranked();
    ranked.retain(|s| {
        s.documents >= args.min_documents && (args.kind.is_empty() || args.kind.contains(&s.kind))
    });
    write(args.format, &ranked, pipeline.gazetteer())?;
    Ok(match (session::outcome(read, skipped), ranked.is_empty()) {
        (Outcome::Done, true) => Outcome::Partly,
        (outcome, _) => outcome,
    })
}

/// That every kind asked for exists.
pub(super) fn check_kinds(kinds: &[String], gazetteer: &Gazetteer) -> Result<()> {
    let known = || gazetteer.schema().entities.iter().map(|k| k.id.as_str());
    match kinds.iter().find(|kind| !known().any(|k| k == **kind)) {
        Some(kind) => {
            let all = known().collect::<Vec<_>>().join(", ");
            let failure = Failure::new(format!("no entity kind is called `{kind}`"));
            Err(failure.hint(format!("kinds: {all}")))
        }
        None => Ok(()),
    }
}

fn write(format: TableFormat, ranked: &[Suggestion], gazetteer: &Gazetteer) -> Result<()> {
    let mut to = term::stdout();
    match format {
        TableFormat::Csv => rows(&mut to, ranked, gazetteer)?,
        TableFormat::Json => {
            serde_json::to_writer_pretty(&mut to, ranked)?;
            writeln!(to)?;
        }
        TableFormat::Table => table(ranked).write(&mut to, term::width())?,
        TableFormat::Markdown => table(ranked).write_markdown(&mut to)?,
    }
    to.flush()?;
    let names = plural(ranked.len(), "entity", "entities");
    writeln!(term::stderr(), "{names} not in the gazetteer")?;
    if ranked.iter().any(|s| s.source.is_empty()) && format == TableFormat::Csv {
        let hint = "look each up and fill in `source`: an id of sources.csv or an https:// address";
        writeln!(
            term::stderr(),
            "{} {hint}",
            term::styled(term::HINT, "hint:")
        )?;
    }
    Ok(())
}

/// Kind by kind: the rows of `entities/`, then those of `names/` and `roles/` that go with them.
fn rows(to: &mut impl Write, ranked: &[Suggestion], gazetteer: &Gazetteer) -> Result<()> {
    for group in ranked.chunk_by(|a, b| a.kind == b.kind) {
        let Some(kind) = group
            .first()
            .and_then(|s| gazetteer.schema().entity_by_id(&s.kind))
        else {
            continue;
        };
        writeln!(to, "# entities/{}.csv", kind.id)?;
        record(to, Suggestions::columns(kind))?;
        for suggestion in group {
            writeln!(to, "# {}", why(suggestion, gazetteer))?;
            record(to, suggestion.row(kind))?;
        }
        names(to, group)?;
        offices(to, group)?;
    }
    Ok(())
}

fn names(to: &mut impl Write, group: &[Suggestion]) -> Result<()> {
    let all = || {
        group
            .iter()
            .flat_map(|s| s.names.iter().map(move |n| (s, n)))
    };
    if let Some((first, _)) = all().next() {
        writeln!(to, "# names/mul/{}.csv", first.kind)?;
        record(to, ["name", "entity", "class", "needs", "since", "until"])?;
    }
    for (of, name) in all() {
        record(to, [name.name.as_str(), &of.id, &name.class, "", "", ""])?;
    }
    Ok(())
}

fn offices(to: &mut impl Write, group: &[Suggestion]) -> Result<()> {
    let all = || {
        group
            .iter()
            .filter_map(|s| s.office.as_ref().map(|o| (s, o)))
    };
    if all().next().is_some() {
        writeln!(to, "# roles/")?;
        record(to, ["person", "role", "of", "since", "until", "source"])?;
    }
    for (of, office) in all() {
        record(to, [&of.id, &office.role, &office.of, "", "", &of.source])?;
    }
    Ok(())
}

/// `2 documents, 1 source, by its office, a.txt: Danish Minister Jensen said ...`.
fn why(s: &Suggestion, gazetteer: &Gazetteer) -> String {
    let taken = gazetteer
        .lookup(&s.id)
        .map(|_| ", the id is taken: is it the same?")
        .unwrap_or_default();
    format!(
        "{}, {}, {}{taken}, {}: {}",
        plural(s.documents, "document", "documents"),
        plural(s.sources, "source", "sources"),
        pattern(s.found_by),
        s.document,
        s.sentence
    )
}

fn pattern(by: FoundBy) -> &'static str {
    match by {
        FoundBy::Acronym => "by the acronym the text explains",
        FoundBy::RolePattern => "by an office or title",
        _ => "by its shape",
    }
}

fn record<I, C>(to: &mut impl Write, cells: I) -> Result<()>
where
    I: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let mut row = csv::Writer::from_writer(to);
    row.write_record(cells)?;
    row.flush()?;
    Ok(())
}

fn table(ranked: &[Suggestion]) -> Table {
    let heads = [
        ("NAME", Align::Left),
        ("KIND", Align::Left),
        ("DOCUMENTS", Align::Right),
        ("SOURCES", Align::Right),
        ("SENTENCE", Align::Left),
    ];
    let mut table = Table::new(&heads, 4);
    for s in ranked {
        table.row(vec![
            s.label.clone(),
            s.kind.clone(),
            s.documents.to_string(),
            s.sources.to_string(),
            s.sentence.clone(),
        ]);
    }
    table
}
