//! What `entente gazetteer check` reports.

use std::path::{Path, PathBuf};

use super::{Counts, load};
use crate::error::Problems;

/// Everything found in a vocabulary.
#[derive(Clone, Debug)]
pub struct Report {
    /// What must be mended.
    pub problems: Problems,
    /// What should be looked at.
    pub warnings: Problems,
    /// How much was read.
    pub counts: Counts,
}

/// Checks the built-in vocabulary with folders of the user.
pub fn check(own: &[PathBuf]) -> Report {
    let mut problems = Problems::new();
    let files = load::builtin_and(own, &mut problems);
    let (gazetteer, problems) = load::load(files, problems);
    Report { problems, warnings: Problems::new(), counts: gazetteer.counts() }
}

/// Checks the vocabulary of one folder.
pub fn check_dir(dir: &Path) -> Report {
    let mut problems = Problems::new();
    let files = load::only(dir, &mut problems);
    let (gazetteer, problems) = load::load(files, problems);
    Report { problems, warnings: Problems::new(), counts: gazetteer.counts() }
}
