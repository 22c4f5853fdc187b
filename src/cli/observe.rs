//! `entente observe`: the candidates of each document with all that was observed about them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use entente::linker::{Measured, Model, Observed};
use entente::pipeline::Pipeline;
use entente::read;
use entente::statement::EntityRecord;
use serde::Serialize;

use super::args::ObserveArgs;
use super::extract::warn;
use super::failure::{Failure, Result};
use super::session::Inputs;
use super::{Outcome, session, term};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    entities: Vec<EntityRecord>,
    #[serde(flatten)]
    seen: Seen,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Seen {
    Observed(Vec<Observed>),
    Measured(Box<Measured>),
}

/// The built-in model, or the one of a file.
fn with_model(pipeline: Pipeline<'static>, path: Option<&Path>) -> Result<Pipeline<'static>> {
    let Some(path) = path else {
        return Ok(pipeline);
    };
    let text = fs::read_to_string(path)
        .map_err(|e| Failure::new(format!("failed to read `{}`: {e}", path.display())))?;
    let model = Model::parse(&text)
        .map_err(|e| Failure::new(format!("failed to read `{}`: {e}", path.display())))?;
    Ok(pipeline.with_model(model)?)
}

/// Prints one object per document, in the order of the inputs.
pub(crate) fn run(args: &ObserveArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = with_model(session::pipeline(own)?, args.model.as_deref())?;
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
                    let (entities, seen) = if args.model.is_some() {
                        let (entities, measured) = pipeline.measure(&document);
                        (entities, Seen::Measured(Box::new(measured)))
                    } else {
                        let (entities, observed) = pipeline.observe(&document);
                        (entities, Seen::Observed(observed))
                    };
                    let line = Line {
                        id: &document.id,
                        text: &document.text,
                        entities,
                        seen,
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
