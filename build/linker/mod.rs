//! The parts of `src/linker` that read rules and the model.

mod attribute;
#[path = "../../src/linker/pattern.rs"]
mod pattern;
#[path = "../../src/linker/rows.rs"]
mod rows;
#[path = "../../src/linker/rules.rs"]
mod rules;
#[path = "../../src/linker/term.rs"]
mod term;
mod time;
#[path = "../../src/linker/weights.rs"]
mod weights;

use crate::error::Problem;

/// Says what is wrong with a file of rules.
pub(crate) fn check_rules(path: &str, text: &str) -> Result<(), Problem> {
    let checked = rules::LanguageRules::parse(path, text);
    checked
        .map(drop)
        .map_err(|error| Problem::new(path, error.line(), error.message()))
}

/// The tables of a model in the form in which they are used.
pub(crate) fn compile_model(path: &str, text: &str) -> Result<Vec<u8>, Problem> {
    let tables = weights::Tables::parse(text);
    let tables = tables.map_err(|error| Problem::new(path, error.line(), error.message()))?;
    Ok(tables.write())
}
