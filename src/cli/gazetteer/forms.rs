//! `entente gazetteer forms`: every spelling that the vocabulary knows, as CSV.

use std::path::PathBuf;

use crate::cli::failure::Result;
use crate::cli::{Outcome, session, term};

/// Prints one row for every spelling of every entity, in the order of the spellings.
pub(crate) fn run(kinds: &[String], own: &[PathBuf]) -> Result<Outcome> {
    let gazetteer = session::gazetteer(own)?;
    super::suggest::check_kinds(kinds, gazetteer)?;
    let mut rows: Vec<[String; 5]> = Vec::new();
    for (form, entries) in gazetteer.lexicon().spellings() {
        for entry in entries {
            let entity = gazetteer.entity(entry.entity);
            let kind = entity.id.kind();
            if kinds.is_empty() || kinds.iter().any(|k| k == kind) {
                let needs = if entry.surname {
                    String::from("surname")
                } else {
                    entry.needs.to_string()
                };
                rows.push([
                    form.to_owned(),
                    entity.id.to_string(),
                    kind.to_owned(),
                    entry.lang.to_string(),
                    needs,
                ]);
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let mut to = csv::Writer::from_writer(term::stdout());
    to.write_record(["form", "entity", "kind", "language", "needs"])?;
    for row in &rows {
        to.write_record(row)?;
    }
    to.flush()?;
    Ok(Outcome::Done)
}
