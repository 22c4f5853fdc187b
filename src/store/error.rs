//! What can go wrong with a store, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A store that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[error("failed to {doing} the store `{}`: {problem}", path.display())]
pub struct StoreError {
    doing: &'static str,
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("it does not exist")]
    Missing,
    #[error("it is a folder")]
    Folder,
    #[error("it is not an entente store")]
    Foreign,
    #[error("expected version {expected} of its format, but found the newer version {found}")]
    Newer { expected: i64, found: i64 },
    #[error("another process is writing to it")]
    Busy,
    #[error("another process is building there")]
    Building,
    #[error("it cannot be written")]
    ReadOnly,
    #[error("permission denied")]
    Denied,
    #[error("no space left on the disk")]
    Full,
    #[error("the disk failed ({0})")]
    Disk(String),
    #[error("it is damaged ({0})")]
    Damaged(String),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Other(#[source] rusqlite::Error),
}

impl StoreError {
    pub(super) fn new(doing: &'static str, path: &Path, problem: impl Into<Problem>) -> Self {
        Self {
            doing,
            path: path.to_owned(),
            problem: problem.into(),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match &self.problem {
            Problem::Missing => {
                "make one with `entente build INPUT... --out DIR`, or name another with `--db PATH`"
            }
            Problem::Folder => "name the file in it, for example `--db out/entente.db`",
            Problem::Foreign => "name a store with `--db PATH`, or make one with `entente build`",
            Problem::Newer { .. } => {
                "a newer `entente` wrote it: update, or build the store again from the documents"
            }
            Problem::Busy => "wait until the other process is done, or write to another file",
            Problem::Building => {
                "wait until it is done, or build into another folder with `--out DIR`"
            }
            Problem::ReadOnly | Problem::Denied => {
                "check the permissions of the file and its folder, or write somewhere else with `--out DIR`"
            }
            Problem::Full => "free some space, or write somewhere else with `--out DIR`",
            Problem::Disk(_) => {
                "check the disk and how large a file may grow (`ulimit -f`), or write somewhere else with `--out DIR`"
            }
            Problem::Damaged(_) => "build it again from the documents",
            Problem::Io(error) => return crate::atomic::io_hint(error),
            Problem::Other(_) => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::Denied,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Other(error),
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
