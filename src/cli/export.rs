//! `entente export`: the graph of a store in one format.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use entente::atomic::{self, FileError};
use entente::export::{FORMATS, Format};

use super::args::ExportArgs;
use super::failure::{Failure, Result};
use super::{Outcome, ask, session, term};

/// Writes one file, or to standard output.
pub(crate) fn run(args: &ExportArgs, own: &[PathBuf]) -> Result<Outcome> {
    let format = format(&args.format)?;
    let gazetteer = session::gazetteer(own)?;
    let mut graph = ask::graph(&args.store.db, gazetteer)?;
    if let Some(least) = args.sure.min_confidence {
        graph = graph.filtered(|claim, _| claim.statement.confidence >= least);
    }
    if args.out == Path::new("-") {
        let mut to = std::io::BufWriter::new(std::io::stdout().lock());
        format.write(&graph, &mut to)?;
        to.flush()?;
        return Ok(Outcome::Done);
    }
    atomic::write_atomically(&args.out, |to| format.write(&graph, to)).map_err(file_failure)?;
    writeln!(term::stderr(), "wrote {}", session::shown(&args.out))?;
    Ok(Outcome::Done)
}

fn format(id: &str) -> Result<&'static Format> {
    Format::named(id).ok_or_else(|| {
        let all: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        Failure::new(format!("no format is called `{id}`"))
            .hint(format!("the formats are {}", all.join(", ")))
    })
}

/// An error of writing with its advice.
pub(crate) fn file_failure(error: FileError) -> Failure {
    let hint = error.hint();
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
