//! Reading documents back.

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::error::Problem;
use super::{Store, StoreError};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, EntityRecord, Extraction};

const DOCUMENT: &str = "SELECT key, id, source, title, date, language, hash FROM documents";

impl Store {
    /// Every document, sorted by id, without what is known of copies.
    pub fn documents(&self) -> Result<Vec<DocumentInfo>, StoreError> {
        let read = || -> Result<Vec<DocumentInfo>, Problem> {
            let mut query = self
                .connection
                .prepare(&format!("{DOCUMENT} ORDER BY id"))?;
            let rows = query.query_map([], document)?;
            rows.map(|row| row?.info()).collect()
        };
        read().map_err(self.fails("read"))
    }
}

/// The documents of a store with all that was read from them, sorted by id. One is in memory at a time.
#[derive(Debug)]
pub struct Extractions<'s> {
    store: &'s Store,
    keys: std::vec::IntoIter<i64>,
}

impl<'s> Extractions<'s> {
    pub(super) fn new(store: &'s Store) -> Result<Self, StoreError> {
        let read = || -> Result<Vec<i64>, Problem> {
            let mut query = store
                .connection
                .prepare("SELECT key FROM documents ORDER BY id")?;
            let keys = query.query_map([], |row| row.get(0))?;
            Ok(keys.collect::<rusqlite::Result<_>>()?)
        };
        let keys = read().map_err(store.fails("read"))?.into_iter();
        Ok(Self { store, keys })
    }

    pub(super) fn one(store: &Store, id: &str) -> Result<Option<Extraction>, StoreError> {
        let read = || -> Result<Option<Extraction>, Problem> {
            let mut query = store
                .connection
                .prepare("SELECT key FROM documents WHERE id = ?1")?;
            let key: Option<i64> = query.query_row([id], |row| row.get(0)).optional()?;
            key.map(|key| extraction(store, key)).transpose()
        };
        read().map_err(store.fails("read"))
    }
}

impl Iterator for Extractions<'_> {
    type Item = Result<Extraction, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.keys.next()?;
        Some(extraction(self.store, key).map_err(self.store.fails("read")))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.keys.size_hint()
    }
}

impl ExactSizeIterator for Extractions<'_> {}

/// The document of a key.
pub(super) fn document_of(store: &Store, key: i64) -> Result<DocumentInfo, Problem> {
    let query = format!("{DOCUMENT} WHERE key = ?1");
    let mut query = store.connection.prepare_cached(&query)?;
    let mut info = query.query_row([key], document)?.info()?;
    store.add_copies(key, &mut info)?;
    Ok(info)
}

/// The document of a key and of which story it is: all that a graph needs, without what tells copies.
pub(super) fn told_by(store: &Store, key: i64) -> Result<DocumentInfo, Problem> {
    if store.version < 2 {
        return document_of(store, key);
    }
    let mut query = store.connection.prepare_cached(
        "SELECT key, id, source, title, date, language, hash, story, (SELECT copies_are_known FROM state)
         FROM documents LEFT JOIN copies ON document = key WHERE key = ?1",
    )?;
    let (row, first, known) = query.query_row([key], |row| {
        let first: Option<String> = row.get(7)?;
        Ok((document(row)?, first, row.get::<_, bool>(8)?))
    })?;
    let mut info = row.info()?;
    info.story = if known {
        first.unwrap_or_default()
    } else {
        store.story(key)?
    };
    Ok(info)
}

fn extraction(store: &Store, key: i64) -> Result<Extraction, Problem> {
    Ok(Extraction {
        document: document_of(store, key)?,
        entities: entities(store, key)?,
        statements: all(
            store,
            "SELECT statement FROM statements WHERE document = ?1 ORDER BY key",
            key,
        )?,
    })
}

/// A row of documents before its date is read.
struct DocumentRow {
    info: DocumentInfo,
    date: Option<String>,
}

fn document(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        info: DocumentInfo {
            id: row.get(1)?,
            source: row.get(2)?,
            title: row.get(3)?,
            date: None,
            language: row.get(5)?,
            hash: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
            ..DocumentInfo::default()
        },
        date: row.get(4)?,
    })
}

impl DocumentRow {
    fn info(self) -> Result<DocumentInfo, Problem> {
        let parse = |date: String| {
            date.parse()
                .map_err(|error: jiff::Error| Problem::Damaged(error.to_string()))
        };
        let date = self.date.map(parse).transpose()?;
        Ok(DocumentInfo { date, ..self.info })
    }
}

/// A row per JSON text.
fn all<T: for<'de> Deserialize<'de>>(
    store: &Store,
    query: &str,
    key: i64,
) -> Result<Vec<T>, Problem> {
    let mut query = store.connection.prepare_cached(query)?;
    let mut rows = query.query([key])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        all.push(serde_json::from_str(json)?);
    }
    Ok(all)
}

/// How a document gives an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Variant {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) known: bool,
}

impl Variant {
    pub(super) fn of(record: &EntityRecord) -> Self {
        Self {
            kind: record.kind.clone(),
            name: record.name.clone(),
            known: record.known,
        }
    }

    pub(super) fn is_of(&self, record: &EntityRecord) -> bool {
        self.known == record.known && self.name == record.name && self.kind == record.kind
    }

    /// An entity that a statement speaks of without a mention.
    pub(super) fn unnamed(id: &EntityId) -> Self {
        Self {
            kind: id.kind().to_owned(),
            name: id.slug().to_owned(),
            known: id.is_known(),
        }
    }
}

fn entities(store: &Store, key: i64) -> Result<Vec<EntityRecord>, Problem> {
    let mut query = store.connection.prepare_cached(
        "SELECT e.id, e.kind, e.name, e.known, m.variant, m.places
         FROM mentions m JOIN entities e ON e.key = m.entity WHERE m.document = ?1 ORDER BY m.key",
    )?;
    let mut rows = query.query([key])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(entity(row)?);
    }
    Ok(all)
}

fn entity(row: &Row) -> Result<EntityRecord, Problem> {
    let usual = Variant {
        kind: row.get(1)?,
        name: row.get(2)?,
        known: row.get(3)?,
    };
    let variant: Option<String> = row.get(4)?;
    let here = variant
        .map(|json| serde_json::from_str(&json))
        .transpose()?
        .unwrap_or(usual);
    let id = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    let places = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(EntityRecord {
        id: EntityId::new(id),
        kind: here.kind,
        name: here.name,
        known: here.known,
        mentions: serde_json::from_str(places)?,
    })
}
