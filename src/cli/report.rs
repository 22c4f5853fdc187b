//! `entente report`: one page with the network, tables and every sentence, in one file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use entente::{atomic, report};

use super::args::ReportArgs;
use super::export::file_failure;
use super::failure::Result;
use super::{Outcome, ask, session, term};

/// Writes the page, or prints it.
pub(crate) fn run(args: &ReportArgs, own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    let graph = ask::graph(&args.store.db, gazetteer)?;
    let page = report::html(&graph, gazetteer);
    if args.out == Path::new("-") {
        let mut to = std::io::stdout().lock();
        to.write_all(page.as_bytes())?;
        to.flush()?;
        return Ok(Outcome::Done);
    }
    atomic::write_atomically(&args.out, |to| to.write_all(page.as_bytes()))
        .map_err(file_failure)?;
    let mut to = term::stderr();
    writeln!(
        to,
        "wrote {}: open it in a browser",
        session::shown(&args.out)
    )?;
    if !report::is_interactive() {
        writeln!(
            to,
            "{} this build has no interactive network: {} and build again",
            term::styled(term::HINT, "hint:"),
            term::styled(term::COMMAND, "npm run bundle --prefix src/report/web"),
        )?;
    }
    Ok(Outcome::Done)
}
