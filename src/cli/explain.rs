//! `entente explain`: how each sentence was read.

use std::path::PathBuf;

use super::Outcome;
use super::args::ExplainArgs;
use super::failure::{Failure, Result};

/// Prints clauses, triggers, parties and why there is no tie.
pub(crate) fn run(_args: &ExplainArgs, _own: &[PathBuf]) -> Result<Outcome> {
    Err(Failure::new("nothing to explain yet"))
}
