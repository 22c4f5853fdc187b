//! Which documents carry the same text: worked out from the sketches of all, kept until something changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

use super::error::Problem;
use super::{Store, StoreError};
use crate::copies::Sketch;
use crate::statement::DocumentInfo;

impl Store {
    /// Works out which documents are copies of each other and keeps it in the file. Whoever reads a store
    /// in which that is not kept gets the same, but pays for it each time.
    pub fn find_copies(&mut self) -> Result<(), StoreError> {
        let result = self.change(|connection| {
            if are_known(connection)? {
                return Ok(());
            }
            let stories = stories(connection)?;
            connection
                .execute_batch("DELETE FROM copies; UPDATE state SET copies_are_known = 1")?;
            let mut query =
                connection.prepare("INSERT INTO copies (document, story) VALUES (?1, ?2)")?;
            for (document, story) in &stories {
                query.execute(params![document, story])?;
            }
            Ok(())
        });
        result.map_err(self.fails("write"))
    }

    /// The documents that are copies or have some, by id, with the first document of each; of a store in which
    /// they were looked for ([`Store::find_copies`]).
    pub fn stories(&self) -> Result<FxHashMap<String, String>, StoreError> {
        let read = || -> Result<FxHashMap<String, String>, Problem> {
            let mut query = self
                .connection
                .prepare("SELECT id, story FROM copies JOIN documents ON key = document")?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        read().map_err(self.fails("read"))
    }

    /// Fills in what the tables of copies say of a document.
    pub(super) fn add_copies(&self, key: i64, info: &mut DocumentInfo) -> Result<(), Problem> {
        if !has_tables(&self.connection)? {
            return Ok(());
        }
        let mut query = self
            .connection
            .prepare_cached("SELECT sketch FROM sketches WHERE document = ?1")?;
        let sketch = query
            .query_row([key], |row| row.get::<_, Vec<u8>>(0))
            .optional()?;
        info.sketch = sketch.map_or_else(|| Ok(Sketch::default()), |bytes| sketch_of(&bytes))?;
        info.story = self.story(key)?;
        Ok(())
    }

    /// The first document with the text of this one; empty if there is no other with it.
    pub(super) fn story(&self, key: i64) -> Result<String, Problem> {
        if are_known(&self.connection)? {
            let mut query = self
                .connection
                .prepare_cached("SELECT story FROM copies WHERE document = ?1")?;
            let story = query.query_row([key], |row| row.get(0)).optional()?;
            return Ok(story.unwrap_or_default());
        }
        if self.draft.is_some() {
            // Nobody asks a draft, and it would change with each document.
            return Ok(String::new());
        }
        if self.stories.get().is_none() {
            let _ = self.stories.set(stories(&self.connection)?);
        }
        let stories = self.stories.get();
        Ok(stories
            .and_then(|all| all.get(&key))
            .cloned()
            .unwrap_or_default())
    }
}

/// After a change nothing is known of copies any more.
pub(super) fn forget(connection: &Connection) -> Result<(), Problem> {
    connection
        .prepare_cached("UPDATE state SET copies_are_known = 0 WHERE copies_are_known")?
        .execute([])?;
    Ok(())
}

/// Stores of version 1 do not have the tables.
fn has_tables(connection: &Connection) -> Result<bool, Problem> {
    let mut query = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sketches')")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn are_known(connection: &Connection) -> Result<bool, Problem> {
    let mut query = connection.prepare_cached("SELECT copies_are_known FROM state")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// The story of each document that is not the only one with its text.
fn stories(connection: &Connection) -> Result<BTreeMap<i64, String>, Problem> {
    let mut query = connection.prepare(
        "SELECT d.key, d.id, s.sketch FROM documents d JOIN sketches s ON s.document = d.key ORDER BY d.id",
    )?;
    let mut rows = query.query([])?;
    let (mut names, mut sketches) = (Vec::<(i64, String)>::new(), Vec::new());
    while let Some(row) = rows.next()? {
        names.push((row.get(0)?, row.get(1)?));
        let bytes = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        sketches.push(sketch_of(bytes)?);
    }
    let first = Sketch::groups(&sketches.iter().collect::<Vec<_>>(), &[]);
    let mut stories = BTreeMap::new();
    for (at, first) in first
        .into_iter()
        .enumerate()
        .filter(|(at, first)| at != first)
    {
        let (Some((key, _)), Some((first, story))) = (names.get(at), names.get(first)) else {
            continue;
        };
        for key in [key, first] {
            stories.entry(*key).or_insert_with(|| story.clone());
        }
    }
    Ok(stories)
}

fn sketch_of(bytes: &[u8]) -> Result<Sketch, Problem> {
    let damaged = || Problem::Damaged("a sketch has the wrong length".to_owned());
    Sketch::from_bytes(bytes).ok_or_else(damaged)
}
