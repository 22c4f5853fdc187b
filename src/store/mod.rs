//! Keeps documents, mentions and statements in one SQLite file, and beside them what their graph says.
//!
//! A store holds each document once: the same document again changes nothing, a changed one replaces
//! the old one, and removing one removes what only it supported. The file a new store ends as depends
//! only on what is in it, byte for byte, not on the order in which it came: documents are written
//! sorted by id, and [`Store::finish`] writes them once more if they came in another order.
//!
//! The graph is worked out from the statements and never the other way round. What [`Store::finish_with`]
//! keeps of it makes answers quick; whoever changes the documents empties it in the same transaction.

mod about;
mod bulk;
mod copies;
mod derive;
mod error;
mod journal;
mod kept;
mod log;
mod open;
mod read;
mod write;

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction};
use tempfile::TempPath;

pub use self::about::Known;
pub use self::derive::Kept;
pub use self::error::StoreError;
pub use self::journal::Journal;
pub use self::kept::KeptGraph;
pub use self::read::Extractions;
pub use self::write::{Added, Entered};
use crate::statement::Extraction;

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Of the format of the file.
    version: i64,
    draft: Option<Draft>,
    /// The stories of documents by key, where the file does not have them.
    stories: OnceCell<BTreeMap<i64, String>>,
}

/// A store that is not in its place yet.
#[derive(Debug)]
struct Draft {
    file: TempPath,
    /// The last document, if all came sorted by id so far.
    last: Option<String>,
    sorted: bool,
    /// Whether it has its indexes: it is quicker to make them when the rows are there.
    indexed: Cell<bool>,
    /// Entities that it has.
    names: write::Names,
}

impl Store {
    /// The file of the store; of a new one the file it will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a new store into its place, whole, over what is there. Nothing to do for other stores.
    ///
    /// A new store that is dropped instead leaves no trace.
    pub fn finish(self) -> Result<(), StoreError> {
        let mut sorted = self.sorted()?;
        sorted.index()?;
        if sorted.draft.is_some() {
            sorted.find_copies()?;
        }
        sorted.put()
    }

    /// Makes the indexes of a draft; other stores have them.
    fn index(&self) -> Result<(), StoreError> {
        if self
            .draft
            .as_ref()
            .is_some_and(|draft| !draft.indexed.replace(true))
        {
            let made = open::index(&self.connection);
            made.map_err(|problem| self.fails("write")(problem.into()))?;
        }
        Ok(())
    }

    /// Puts a draft into its place.
    fn put(self) -> Result<(), StoreError> {
        match self.draft {
            Some(draft) => open::put(self.connection, draft.file, &self.path),
            None => Ok(()),
        }
    }

    /// A new store as it is, or if its documents came in another order a new one in which they did not.
    fn sorted(self) -> Result<Self, StoreError> {
        if self.draft.as_ref().is_none_or(|draft| draft.sorted) {
            return Ok(self);
        }
        self.copy(&self.path)
    }

    /// Writes the same documents to a new file, sorted and without gaps.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.copy(path)?.finish()
    }

    fn copy(&self, path: &Path) -> Result<Self, StoreError> {
        let mut copy = Self::create(path)?;
        for extraction in self.extractions()? {
            copy.add(&[extraction?])?;
        }
        Ok(copy)
    }

    /// Reads everything: documents sorted by id, one at a time.
    pub fn extractions(&self) -> Result<Extractions<'_>, StoreError> {
        self.index()?;
        Extractions::new(self)
    }

    /// Reads one document.
    pub fn extraction(&self, id: &str) -> Result<Option<Extraction>, StoreError> {
        self.index()?;
        Extractions::one(self, id)
    }

    /// As long as it lives, one look at the file for all queries instead of one for each.
    fn reading(&self) -> Result<Option<Transaction<'_>>, error::Problem> {
        let free = self.connection.is_autocommit();
        let begun = free.then(|| self.connection.unchecked_transaction());
        Ok(begun.transpose()?)
    }

    fn fails(&self, doing: &'static str) -> impl Fn(error::Problem) -> StoreError + '_ {
        move |problem| StoreError::new(doing, &self.path, problem)
    }
}
