//! Annotated documents: one JSON file each, as the annotation guide describes them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

/// A document with what a careful reader finds in it.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Base name of the file without its ending.
    #[serde(skip)]
    pub id: String,
    /// ISO 639-1 code.
    #[serde(default)]
    pub lang: String,
    /// The text of the page.
    pub text: String,
    /// Every entity the text names.
    pub entities: Vec<GoldEntity>,
    /// Every claim it makes.
    pub statements: Vec<GoldStatement>,
    /// Pairs that stand close together and are not tied: two local ids and a reason.
    #[serde(default)]
    pub negatives: Vec<Vec<String>>,
}

/// An entity of an annotated document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// Its id in this document.
    pub id: String,
    /// Entity kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3 code of a country, usual name of anything else.
    pub canonical: String,
    /// Every surface form.
    pub mentions: Vec<String>,
}

/// A claim of an annotated document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldStatement {
    /// Statement kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// How firm it is.
    pub status: String,
    /// Local ids of the parties, or of those it runs from.
    pub a: Vec<String>,
    /// Local ids of those it runs to.
    #[serde(default)]
    pub b: Option<Vec<String>>,
}

/// Annotated documents could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder could not be read.
    #[error("failed to read `{}`", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is not an annotated document.
    #[error("failed to read `{}` as an annotated document", .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        source: serde_json::Error,
    },
    /// The folder has no annotated document.
    #[error("failed to find annotated documents: expected `*.json` in `{}`, but found none", .0.display())]
    Empty(PathBuf),
}

impl Gold {
    /// Every `*.json` of a folder, sorted by name.
    pub fn load(dir: &Path) -> Result<Vec<Self>, GoldError> {
        let failed = |source| GoldError::Read {
            path: dir.to_owned(),
            source,
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|e| e == "json") {
                files.push(path);
            }
        }
        if files.is_empty() {
            return Err(GoldError::Empty(dir.to_owned()));
        }
        files.sort();
        files.iter().map(|path| Self::open(path)).collect()
    }

    fn open(path: &Path) -> Result<Self, GoldError> {
        let bytes = fs::read(path).map_err(|source| GoldError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut gold: Self = serde_json::from_slice(&bytes).map_err(|source| GoldError::Form {
            path: path.to_owned(),
            source,
        })?;
        gold.id = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(gold)
    }
}
