//! `entente export`: the graph of a store, or a part of it, in one format.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use entente::atomic::{self, FileError};
use entente::export::{self, Dialect, FORMATS, Format, Options, View};
use entente::gazetteer::Gazetteer;
use entente::graph::Graph;

use super::args::{ExportArgs, ViewArg};
use super::failure::{Failure, Result};
use super::term::{Align, Table};
use super::{Outcome, ask, session, term};

/// Writes one file or a set of them.
pub(crate) fn run(args: &ExportArgs, own: &[PathBuf]) -> Result<Outcome> {
    let Some(name) = args.format.as_deref().filter(|_| !args.list) else {
        return list();
    };
    let formats = formats(name)?;
    let gazetteer = session::gazetteer(own)?;
    let (graph, options) = part(args, gazetteer)?;
    match formats.as_slice() {
        [format] if args.out == Path::new("-") => {
            for_people(format)?;
            let mut to = std::io::BufWriter::new(std::io::stdout().lock());
            format.write(&graph, options, &mut to)?;
            to.flush()?;
        }
        [format] if !args.out.is_dir() => write(format, &graph, options, &args.out)?,
        several => {
            let dir = folder(args, several)?;
            for format in several {
                write(format, &graph, options, &dir.join(format.file))?;
            }
        }
    }
    if graph.edges().is_empty() {
        writeln!(term::stderr(), "no tie is left: ask with fewer conditions")?;
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

/// A terminal makes nothing of pictures and Parquet.
fn for_people(format: &Format) -> Result<()> {
    let binary = [".png", ".parquet"]
        .iter()
        .any(|end| format.file.ends_with(end));
    if binary && std::io::stdout().is_terminal() {
        let file = format.file;
        return Err(
            Failure::new(format!("`{}` is not for a terminal", format.id))
                .hint(format!("write it to a file: `--out {file}`")),
        );
    }
    Ok(())
}

/// The part of the graph that was asked for.
fn part(args: &ExportArgs, gazetteer: &Gazetteer) -> Result<(Graph, Options)> {
    let mut graph = ask::graph(&args.store.db, gazetteer)?;
    let filter = ask::filter(&args.filter, !args.no_hostile, &graph, gazetteer)?;
    let connected = filter.is_limited() || args.no_hostile || args.view != ViewArg::Full;
    if let Cow::Owned(part) = filter.graph(&graph) {
        graph = part;
    }
    if args.collapse {
        graph = export::collapse(&graph, gazetteer);
    }
    let view = match args.view {
        ViewArg::Actors => View::Actors,
        ViewArg::Programmes => View::Programmes,
        ViewArg::Full => View::Full,
    };
    let dialect = match (args.gephi, args.excel) {
        (true, _) => Dialect::Gephi,
        (_, true) => Dialect::Excel,
        _ => Dialect::Plain,
    };
    let options = Options {
        multi: args.multi,
        dialect,
        connected,
    };
    Ok((view.of(&graph), options))
}

fn write(format: &Format, graph: &Graph, options: Options, path: &Path) -> Result<()> {
    atomic::write_atomically(path, |to| format.write(graph, options, to)).map_err(file_failure)?;
    writeln!(term::stderr(), "wrote {}", session::shown(path))?;
    Ok(())
}

/// The folder for a set of files; it is made if it is not there.
fn folder<'a>(args: &'a ExportArgs, set: &[&Format]) -> Result<&'a Path> {
    let dir = args.out.as_path();
    if dir == Path::new("-") || dir.is_file() {
        let files: Vec<&str> = set.iter().map(|format| format.file).collect();
        let message = format!("failed to write {}: they need a folder", files.join(", "));
        return Err(Failure::new(message).hint("name one with `--out DIR`, or one of the formats"));
    }
    std::fs::create_dir_all(dir).map_err(|error| {
        Failure::new(format!("failed to make {}: {error}", session::shown(dir)))
    })?;
    Ok(dir)
}

fn list() -> Result<Outcome> {
    let heads = [
        ("FORMAT", Align::Left),
        ("FILE", Align::Left),
        ("WHAT", Align::Left),
    ];
    let mut table = Table::new(&heads, 2);
    for format in FORMATS {
        let set = if format.set.is_empty() {
            String::new()
        } else {
            format!(" (set `{}`)", format.set)
        };
        let what = format!("{}{set}", format.gloss);
        table.row(vec![format.id.into(), format.file.into(), what]);
    }
    let mut to = term::stdout();
    table.write(&mut to, term::width())?;
    to.flush()?;
    Ok(Outcome::Done)
}

fn formats(id: &str) -> Result<Vec<&'static Format>> {
    let found = Format::all_named(id);
    if found.is_empty() {
        let mut all: Vec<&str> = FORMATS.iter().flat_map(|f| [f.id, f.set]).collect();
        all.retain(|name| !name.is_empty());
        all.sort_unstable();
        all.dedup();
        return Err(Failure::new(format!("no format is called `{id}`"))
            .hint(format!("the formats are {}", all.join(", "))));
    }
    Ok(found)
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
