//! `entente eval`: precision and recall against annotated documents.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use entente::eval::{Gold, score};
use entente::pipeline::Skipped;
use entente::read;

use super::args::EvalArgs;
use super::extract::warn;
use super::failure::Result;
use super::{Outcome, session, term};

/// Extracts from the text of every annotated document and prints how well that went.
pub(crate) fn run(args: &EvalArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?;
    let gold = Gold::load(&args.gold)?;
    let documents = gold
        .iter()
        .map(|g| read::from_text(&g.id, &g.text))
        .collect();
    let mut found = BTreeMap::new();
    let mut skipped: Vec<Skipped> = Vec::new();
    pipeline.run_documents(usize::from(args.jobs), documents, |result| {
        match result {
            Ok(extraction) => drop(found.insert(extraction.document.id.clone(), extraction)),
            Err(reason) => skipped.push(reason),
        }
        ControlFlow::Continue(())
    });
    skipped.iter().try_for_each(warn)?;
    let report = score(pipeline.gazetteer().schema(), &gold, |id| found.get(id));
    let mut to = term::stdout();
    if args.json {
        term::json(&mut to, &report)?;
    } else {
        write!(to, "{report}")?;
    }
    for miss in report.misses.iter().take(args.errors) {
        writeln!(to, "{miss}")?;
    }
    to.flush()?;
    Ok(session::outcome(found.len(), skipped.len()))
}
