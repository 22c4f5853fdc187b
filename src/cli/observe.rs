//! `entente observe`: the candidates of each document with all that was observed about them.

use std::io::Write;
use std::path::PathBuf;

use entente::linker::Observed;
use entente::read;
use entente::statement::EntityRecord;
use serde::Serialize;

use super::args::TagArgs;
use super::extract::warn;
use super::failure::Result;
use super::session::Inputs;
use super::{Outcome, session, term};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    entities: Vec<EntityRecord>,
    observed: Vec<Observed>,
}

/// Prints one object per document, in the order of the inputs.
pub(crate) fn run(args: &TagArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?;
    let inputs = Inputs::list(&args.input, &super::args::ReadingArgs::default())?;
    inputs.skipped.iter().try_for_each(warn)?;
    let (mut shown, mut skipped) = (0, inputs.skipped.len());
    let mut to = term::stdout();
    let mut written = Ok(());
    for source in &inputs.sources {
        read::read(source, &mut |document| {
            if written.is_err() {
                return;
            }
            written = match document {
                Ok(document) => {
                    shown += 1;
                    let (entities, observed) = pipeline.observe(&document);
                    let line = Line {
                        id: &document.id,
                        text: &document.text,
                        entities,
                        observed,
                    };
                    serde_json::to_writer(&mut to, &line)
                        .map_err(Into::into)
                        .and_then(|()| writeln!(to))
                }
                Err(error) => {
                    skipped += 1;
                    warn(&error.into())
                }
            };
        });
    }
    written?;
    to.flush()?;
    Ok(session::outcome(shown, skipped))
}
