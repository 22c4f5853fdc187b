//! `entente eval`: precision and recall against annotated documents.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use entente::eval::{Gold, Miss, Reliability, Report, score};
use entente::pipeline::Skipped;
use entente::read;
use serde::Serialize;

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
        term::json(&mut to, &asked(args, &report))?;
    } else {
        write!(to, "{report}")?;
        if args.reliability {
            write!(to, "\n{}", report.reliability)?;
        }
        for miss in report.misses.iter().take(args.errors) {
            writeln!(to, "{miss}")?;
        }
    }
    to.flush()?;
    advise(args, &report)?;
    Ok(session::outcome(found.len(), skipped.len()))
}

/// The figures with what was asked for beside them.
#[derive(Serialize)]
struct Asked<'r> {
    #[serde(flatten)]
    report: &'r Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<&'r Reliability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<&'r Miss>>,
}

fn asked<'r>(args: &EvalArgs, report: &'r Report) -> Asked<'r> {
    Asked {
        report,
        reliability: args.reliability.then_some(&report.reliability),
        errors: (args.errors > 0).then(|| report.misses.iter().take(args.errors).collect()),
    }
}

/// How to see the errors, to people only.
fn advise(args: &EvalArgs, report: &Report) -> Result<()> {
    let left = report.misses.len().saturating_sub(args.errors);
    if args.json || left == 0 {
        return Ok(());
    }
    let all = report.misses.len();
    let words = if args.errors == 0 {
        term::plural(
            left,
            "statement is missed or too many",
            "statements are missed or too many",
        )
    } else {
        format!("{} more", term::grouped(left))
    };
    writeln!(term::stderr(), "{words}: --errors {all} lists them all")?;
    Ok(())
}
