//! What a build has done so far, document by document: a run that was killed goes on where it ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use super::StoreError;
use super::error::Problem;
use super::log::{Key, Log};
use crate::packed::Packed;
use crate::statement::Extraction;

const TABLES: &str = "CREATE TABLE IF NOT EXISTS run (key TEXT NOT NULL);";
/// What the name of the file ends in that has the extractions.
const LOG: &str = "-log";

/// Extractions of a build that has not ended yet, by a hash of all that was read of the document.
///
/// Each is with the system as soon as [`Journal::keep`] returns: a process that is killed afterwards has
/// not lost it. They stand in a file that only grows; a small database beside it is the lock, and
/// knows by whom they were made. One process at a time has a journal open; the files go when the build is done.
#[derive(Debug)]
pub struct Journal {
    connection: Mutex<Connection>,
    log: Mutex<Log>,
    path: PathBuf,
    done: AtomicUsize,
    recalled: AtomicUsize,
}

impl Journal {
    /// Opens or makes the journal at `path`. What is in it counts only if it was kept under the same
    /// `key`: by the same program with the same vocabulary.
    pub fn open(path: &Path, key: &str) -> Result<Self, StoreError> {
        let opened = connect(path, key).or_else(|error| match error {
            // It is of no use to anybody.
            Problem::Foreign | Problem::Damaged(_) => {
                remove(path);
                connect(path, key)
            }
            error => Err(error),
        });
        let fail = |problem| StoreError::new("open", path, problem);
        let (connection, log) = opened.map_err(fail)?;
        let done = log.len();
        Ok(Self {
            connection: Mutex::new(connection),
            log: Mutex::new(log),
            path: path.to_owned(),
            done: AtomicUsize::new(done),
            recalled: AtomicUsize::new(0),
        })
    }

    /// What an earlier run kept of a document, by a hash of all that was read of it.
    pub fn recall(&self, document: &Key) -> Result<Option<Extraction>, StoreError> {
        let read = || -> Result<Option<Extraction>, Problem> {
            let json = lock(&self.log).read(document)?;
            Ok(json.map(|json| serde_json::from_slice(&json)).transpose()?)
        };
        let found = read().map_err(self.fails("read"))?;
        if found.is_some() {
            self.recalled.fetch_add(1, Ordering::Relaxed);
        }
        Ok(found)
    }

    /// Keeps what a document says.
    pub fn keep(&self, document: &Key, extraction: &Packed) -> Result<(), StoreError> {
        let kept =
            lock(&self.log).append(document, extraction.json().as_bytes(), extraction.hash());
        kept.map_err(|error| self.fails("write")(error.into()))?;
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Number of documents that are kept.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// How many of them an earlier run had done and this one asked for.
    pub fn recalled(&self) -> usize {
        self.recalled.load(Ordering::Relaxed)
    }

    /// Nothing in it is needed any more: the file goes when it is closed.
    pub fn discard(&self) {
        self.done.store(0, Ordering::Relaxed);
    }

    fn fails(&self, doing: &'static str) -> impl Fn(Problem) -> StoreError + '_ {
        move |problem| StoreError::new(doing, &self.path, problem)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        if self.done() > 0 {
            return;
        }
        // The file goes while it is locked where that can be: nobody else takes it for theirs meanwhile.
        if cfg!(unix) {
            remove(&self.path);
        } else if let Ok(nothing) = Connection::open_in_memory() {
            drop(std::mem::replace(&mut *lock(&self.connection), nothing));
            remove(&self.path);
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn beside(path: &Path, more: &str) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push(more);
    PathBuf::from(file)
}

fn remove(path: &Path) {
    for more in [LOG, "-wal", "-journal", ""] {
        let _ = fs::remove_file(beside(path, more));
    }
}

/// Opens the files for this process alone.
fn connect(path: &Path, key: &str) -> Result<(Connection, Log), Problem> {
    let connection = Connection::open(path)?;
    let lock = || {
        connection.pragma_update(None, "locking_mode", "exclusive")?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.execute_batch(&format!("BEGIN EXCLUSIVE; {TABLES} COMMIT"))
    };
    lock().map_err(|error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::Building,
        _ => error.into(),
    })?;
    let mut query = connection.prepare("SELECT key FROM run")?;
    let known: Option<String> = query.query_row([], |row| row.get(0)).optional()?;
    drop(query);
    let mut log = Log::open(&beside(path, LOG))?;
    if known.as_deref() != Some(key) {
        log.clear()?;
        connection.execute_batch("BEGIN; DELETE FROM run")?;
        connection.execute("INSERT INTO run VALUES (?1)", [key])?;
        connection.execute_batch("COMMIT")?;
    }
    Ok((connection, log))
}
