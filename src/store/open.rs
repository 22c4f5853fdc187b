//! Making and opening the file.

use std::cell::{Cell, OnceCell};
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tempfile::TempPath;

use super::error::Problem;
use super::write::Names;
use super::{Draft, Store, StoreError};
use crate::atomic;

/// The version of the format. A change of the tables needs a new one and a way from the old one: see
/// [`upgrade`].
///
/// 1 had documents, entities, mentions, statements and parties; 2 has what tells copies, 3 what the graph says.
const VERSION: i64 = 3;
/// `entt`: what the `file` command and we know a store by.
const APPLICATION: i64 = 0x656e_7474;
/// How long to wait for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// KiB of a new store that are held in memory.
const DRAFT_CACHE: i64 = 8192;

const CREATE: &str = "create";
const OPEN: &str = "open";

impl Store {
    /// Takes back what a killed writer left half done of the store at `path`, before another one takes its place: what
    /// it left is not for that one.
    pub fn settle(path: &Path) {
        recover(path);
    }

    /// Starts a new store. The file at `path` is there, or replaced, only after [`Store::finish`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let fail = |problem: Problem| StoreError::new(CREATE, path, problem);
        if path.is_dir() {
            return Err(fail(Problem::Folder));
        }
        let file = atomic::temporary(path)
            .map_err(|e| fail(e.into()))?
            .into_temp_path();
        let connection = Connection::open(&file).map_err(|e| fail(e.into()))?;
        connection.set_prepared_statement_cache_capacity(64);
        start_draft(&connection).map_err(|e| fail(e.into()))?;
        let draft = Draft {
            file,
            last: None,
            sorted: true,
            indexed: Cell::new(false),
            names: Names::default(),
        };
        Ok(Self {
            connection,
            path: path.to_owned(),
            version: VERSION,
            draft: Some(draft),
            stories: OnceCell::new(),
        })
    }

    /// Opens a store to read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    /// Opens a store to add to it; an empty one is made if there is none.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            Self::create(path)?.finish()?;
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn connect(path: &Path, mode: OpenFlags) -> Result<Self, StoreError> {
        let fail = |problem: Problem| StoreError::new(OPEN, path, problem);
        if path.is_dir() {
            return Err(fail(Problem::Folder));
        }
        // SQLite says "cannot open" to whatever is the matter.
        fs::File::open(path).map_err(|e| fail(io_problem(e)))?;
        recover(path);
        let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| fail(e.into()))?;
        let mut version = check(&connection).map_err(fail)?;
        if version < VERSION && mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            version = upgrade(&connection).map_err(fail)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            version,
            draft: None,
            stories: OnceCell::new(),
        })
    }
}

/// Takes back what a process that was killed left half done. SQLite does so itself when a writer opens
/// the store, but a reader may not, and a new store must not meet the journal of the old one. If it
/// fails, whoever uses the store next says why.
fn recover(path: &Path) {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if !Path::new(&journal).exists() {
        return;
    }
    if !path.exists() {
        // It belongs to nothing.
        let _ = fs::remove_file(&journal);
        return;
    }
    let mode = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if let Ok(connection) = Connection::open_with_flags(path, mode) {
        let _ = connection.busy_timeout(PATIENCE);
        let _ = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    }
}

fn io_problem(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Problem::Missing,
        io::ErrorKind::PermissionDenied => Problem::Denied,
        _ => Problem::Io(error),
    }
}

/// A draft has no reader and no second chance, so it needs neither locks nor a journal; and it is one
/// transaction, because SQLite counts transactions in the file.
fn start_draft(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "off")?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "locking_mode", "exclusive")?;
    // Rows come in the order of their keys: what is written is not asked again soon.
    connection.pragma_update(None, "cache_size", -DRAFT_CACHE)?;
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "encoding", "UTF-8")?;
    // Every key comes from a row that was written before.
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.execute_batch(include_str!("copies.sql"))?;
    connection.execute_batch(include_str!("derived.sql"))
}

/// Makes the indexes of the tables that hold what was read.
pub(super) fn index(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("indexes.sql"))
}

/// Ends a draft and moves it to its place.
pub(super) fn put(connection: Connection, file: TempPath, path: &Path) -> Result<(), StoreError> {
    let fail = |problem: Problem| StoreError::new("write", path, problem);
    connection
        .execute_batch(concat!(include_str!("derived_indexes.sql"), "COMMIT"))
        .map_err(|e| fail(e.into()))?;
    connection.close().map_err(|(_, e)| fail(e.into()))?;
    fs::File::open(&file)
        .and_then(|f| f.sync_all())
        .map_err(|e| fail(e.into()))?;
    recover(path);
    file.persist(path).map_err(|e| fail(e.error.into()))
}

/// Adds what older versions did not have. Documents of version 1 have no sketches: none of them is known to be
/// a copy until it is read again. A reader leaves an older store as it is and works out what it does not keep.
fn upgrade(connection: &Connection) -> Result<i64, Problem> {
    let behaviour = TransactionBehavior::Immediate;
    let transaction = Transaction::new_unchecked(connection, behaviour)?;
    // Another process may have been quicker.
    let found = version(&transaction)?;
    if found < 2 {
        transaction.execute_batch(include_str!("copies.sql"))?;
    }
    if found < 3 {
        transaction.execute_batch(include_str!("derived.sql"))?;
        transaction.execute_batch(include_str!("derived_indexes.sql"))?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(VERSION)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Refuses files of others and of later versions; says which version it is.
fn check(connection: &Connection) -> Result<i64, Problem> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != APPLICATION {
        return Err(Problem::Foreign);
    }
    let found = version(connection)?;
    if found > VERSION {
        return Err(Problem::Newer {
            expected: VERSION,
            found,
        });
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(found)
}
