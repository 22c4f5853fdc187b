//! Keeps documents, mentions and statements in one SQLite file; never edges.
//!
//! A store holds each document once: the same document again changes nothing, a changed one replaces
//! the old one, and removing one removes what only it supported. The file a new store ends as depends
//! only on what is in it, byte for byte, not on the order in which it came: documents are written
//! sorted by id, and [`Store::finish`] writes them once more if they came in another order.

mod about;
mod copies;
mod error;
mod journal;
mod open;
mod read;
mod write;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempPath;

pub use self::about::Known;
pub use self::error::StoreError;
pub use self::journal::Journal;
pub use self::read::Extractions;
pub use self::write::Added;
use crate::statement::Extraction;

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
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
        match &self.draft {
            None => Ok(()),
            Some(draft) if draft.sorted => self.put(),
            Some(_) => self.copy_to(&self.path),
        }
    }

    /// Puts a draft into its place.
    fn put(mut self) -> Result<(), StoreError> {
        self.find_copies()?;
        match self.draft {
            Some(draft) => open::put(self.connection, draft.file, &self.path),
            None => Ok(()),
        }
    }

    /// Writes the same content to a new file, sorted and without gaps.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let mut copy = Self::create(path)?;
        for extraction in self.extractions()? {
            copy.add(&[extraction?])?;
        }
        copy.put()
    }

    /// Reads everything: documents sorted by id, one at a time.
    pub fn extractions(&self) -> Result<Extractions<'_>, StoreError> {
        Extractions::new(self)
    }

    /// Reads one document.
    pub fn extraction(&self, id: &str) -> Result<Option<Extraction>, StoreError> {
        Extractions::one(self, id)
    }

    fn fails(&self, doing: &'static str) -> impl Fn(error::Problem) -> StoreError + '_ {
        move |problem| StoreError::new(doing, &self.path, problem)
    }
}
