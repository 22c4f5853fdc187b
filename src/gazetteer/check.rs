//! What `entente gazetteer check` reports: problems, names that mean several things, and decay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::decay::{self, Decay};
use super::embedded;
use super::entity::{EntityIx, FormEntry, Lang};
use super::files::SourceFile;
use super::load::{self, NAME_COLUMNS, files_in};
use super::table::Table;
use super::{Counts, Gazetteer};
use crate::error::{Problem, Problems};
use crate::mention::Sense;
use crate::schema::KindIx;

/// Everything found in a vocabulary.
#[derive(Clone, Debug)]
pub struct Report {
    /// What must be mended.
    pub problems: Problems,
    /// What should be looked at; a vocabulary with warnings is sound.
    pub warnings: Problems,
    /// What time has made doubtful; a vocabulary with decay is sound, too.
    pub decay: Decay,
    /// How much was read.
    pub counts: Counts,
}

impl Report {
    /// One line: `3 problems in 12,904 rows`.
    pub fn summary(&self) -> String {
        let problems = counted(self.problems.len(), "problem");
        let rows = counted(self.counts.rows, "row");
        match self.warnings.len() {
            0 => format!("{problems} in {rows}"),
            n => format!("{problems} and {} in {rows}", counted(n, "warning")),
        }
    }
}

/// Checks the built-in vocabulary with folders of the user, as it stands on a day.
pub fn check(own: &[PathBuf], on: Date) -> Report {
    let mut problems = Problems::new();
    let files = embedded::builtin_and(own, &mut problems);
    report(&files, problems, on)
}

/// Checks the vocabulary of one folder, as it stands on a day.
pub fn check_dir(dir: &Path, on: Date) -> Report {
    let mut problems = Problems::new();
    let files = embedded::only(dir, &mut problems);
    report(&files, problems, on)
}

/// The files `rules/examples/<lang>.csv` of the built-in vocabulary and folders of the user.
pub fn example_files(own: &[PathBuf]) -> Vec<SourceFile> {
    examples(embedded::builtin_and(own, &mut Problems::new()))
}

/// Those of one folder.
pub fn example_files_of(dir: &Path) -> Vec<SourceFile> {
    examples(embedded::only(dir, &mut Problems::new()))
}

fn examples(mut files: Vec<SourceFile>) -> Vec<SourceFile> {
    files.retain(|file| file.inside.starts_with("rules/examples/"));
    files
}

fn report(files: &[SourceFile], problems: Problems, on: Date) -> Report {
    let (vocabulary, problems) = load::load(files, problems);
    let gazetteer = Gazetteer::compiled(&vocabulary);
    let mut warnings = Problems::new();
    for (form, entities) in ambiguous(&gazetteer) {
        let ids: Vec<&str> = entities
            .iter()
            .map(|&ix| gazetteer.entity(ix).id.as_str())
            .collect();
        let (path, line) = place(files, form, &ids);
        let message = format!("\"{form}\" names {}", ids.join(" and "));
        let hint = "give `needs` or dates to all but one of the names";
        warnings.push(Problem::new(path, line, message).with_hint(hint));
    }
    warnings.sort();
    Report {
        problems,
        warnings,
        decay: decay::find(&gazetteer, files, on),
        counts: gazetteer.counts(),
    }
}

/// Base forms that name several entities of a kind in a language, with no condition to tell them apart.
fn ambiguous(gazetteer: &Gazetteer) -> BTreeMap<&str, Vec<EntityIx>> {
    let mut found: BTreeMap<&str, Vec<EntityIx>> = BTreeMap::new();
    for (form, entries) in gazetteer.lexicon().spellings().filter(|(_, e)| e.len() > 1) {
        let mut open: Vec<(KindIx, EntityIx, Lang, bool)> = entries
            .iter()
            .filter(is_open)
            .map(|e| (gazetteer.entity(e.entity).kind, e.entity, e.lang, e.base))
            .collect();
        open.sort_unstable();
        for group in open.chunk_by(|a, b| a.0 == b.0) {
            let mut clashing: Vec<EntityIx> = group
                .iter()
                .filter(|a| {
                    group
                        .iter()
                        .any(|b| a.1 != b.1 && share(a.2, b.2) && (a.3 || b.3))
                })
                .map(|a| a.1)
                .collect();
            clashing.dedup();
            if clashing.len() > 1 {
                found.entry(form).or_default().extend(clashing);
            }
        }
    }
    found
}

/// Whether a name counts wherever it stands.
fn is_open(entry: &FormEntry) -> bool {
    entry.needs.is_empty()
        && entry.since.is_none()
        && entry.until.is_none()
        && entry.sense != Sense::Combining
}

/// Whether names of two languages meet in one text.
fn share(a: Lang, b: Lang) -> bool {
    a == b || a == Lang::MUL || b == Lang::MUL
}

/// Where the last of the clashing names was typed.
fn place(files: &[SourceFile], form: &str, ids: &[&str]) -> (String, usize) {
    let mut last = (String::from("entities"), 0);
    for (file, _) in files_in(files, "names", 3).filter(|(file, _)| file.text.contains(form)) {
        let Some(mut table) = Table::open(file, &NAME_COLUMNS, &mut Problems::new()) else {
            continue;
        };
        while table.advance(&mut Problems::new()) {
            if table.cell(0) == form && ids.contains(&table.cell(1)) {
                last = (file.path.clone(), table.line);
            }
        }
    }
    last
}

/// `no rows`, `1 row`, `12,904 rows`.
fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut number = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
