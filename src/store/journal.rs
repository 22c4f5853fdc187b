//! What a build has done so far, document by document: a run that was killed goes on where it ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::StoreError;
use super::error::Problem;
use crate::statement::Extraction;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS run (key TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS done (document TEXT PRIMARY KEY, extraction TEXT NOT NULL) WITHOUT ROWID;";

/// Extractions of a build that has not ended yet, by a hash of all that was read of the document.
///
/// Each is safe on the disk as soon as [`Journal::keep`] returns: a process that is killed afterwards has
/// not lost it. One process at a time has a journal open; the file goes when the build is done.
#[derive(Debug)]
pub struct Journal {
    connection: Mutex<Connection>,
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
        let (connection, done) = opened.map_err(fail)?;
        Ok(Self {
            connection: Mutex::new(connection),
            path: path.to_owned(),
            done: AtomicUsize::new(done),
            recalled: AtomicUsize::new(0),
        })
    }

    /// What was kept of a document.
    pub fn recall(&self, document: &str) -> Result<Option<Extraction>, StoreError> {
        let read = || -> Result<Option<Extraction>, Problem> {
            let connection = self.lock();
            let mut query =
                connection.prepare_cached("SELECT extraction FROM done WHERE document = ?1")?;
            let json: Option<String> = query.query_row([document], |row| row.get(0)).optional()?;
            drop(query);
            drop(connection);
            Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
        };
        let found = read().map_err(self.fails("read"))?;
        if found.is_some() {
            self.recalled.fetch_add(1, Ordering::Relaxed);
        }
        Ok(found)
    }

    /// Keeps what a document says.
    pub fn keep(&self, document: &str, extraction: &Extraction) -> Result<(), StoreError> {
        let write = || -> Result<usize, Problem> {
            let json = serde_json::to_string(extraction)?;
            let connection = self.lock();
            let mut query =
                connection.prepare_cached("INSERT OR IGNORE INTO done VALUES (?1, ?2)")?;
            Ok(query.execute(params![document, json])?)
        };
        let new = write().map_err(self.fails("write"))?;
        self.done.fetch_add(new, Ordering::Relaxed);
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

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
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
            drop(std::mem::replace(&mut *self.lock(), nothing));
            remove(&self.path);
        }
    }
}

fn remove(path: &Path) {
    for more in ["", "-wal", "-journal"] {
        let mut file = path.as_os_str().to_owned();
        file.push(more);
        let _ = fs::remove_file(file);
    }
}

/// Opens the file for this process alone, and says how many documents are in it.
fn connect(path: &Path, key: &str) -> Result<(Connection, usize), Problem> {
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
    if known.as_deref() != Some(key) {
        connection.execute_batch("BEGIN; DELETE FROM run; DELETE FROM done")?;
        connection.execute("INSERT INTO run VALUES (?1)", [key])?;
        connection.execute_batch("COMMIT")?;
    }
    let done = connection.query_row("SELECT count(*) FROM done", [], |row| row.get(0))?;
    Ok((connection, done))
}
