//! Adding and removing documents.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::copies;
use super::derive::forget;
use super::error::Problem;
use super::read::Variant;
use super::{Store, StoreError};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, EntityRecord, Extraction, Statement};

/// What adding documents came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that were not there.
    pub new: usize,
    /// Documents that were there with other content, or read otherwise.
    pub replaced: usize,
    /// Documents that were there just so.
    pub unchanged: usize,
}

impl Store {
    /// Adds documents, all or, if one fails, none.
    pub fn add(&mut self, extractions: &[Extraction]) -> Result<Added, StoreError> {
        let mut order: Vec<&Extraction> = extractions.iter().collect();
        order.sort_by(|x, y| x.document.id.cmp(&y.document.id));
        self.stories = OnceCell::new();
        let result = self.change(|connection| {
            let mut added = Added::default();
            let mut names = Names::default();
            for extraction in &order {
                add(connection, extraction, &mut names, &mut added)?;
            }
            if added.new + added.replaced > 0 {
                copies::forget(connection)?;
            }
            Ok(added)
        });
        let added = result.map_err(self.fails("write"))?;
        self.watch_order(&order, added);
        Ok(added)
    }

    /// Removes a document with all that only it supports. Says whether it was there.
    pub fn remove(&mut self, id: &str) -> Result<bool, StoreError> {
        self.stories = OnceCell::new();
        let result = self.change(|connection| {
            let key = key_of(connection, "id", id)?;
            let Some((key, _)) = key else {
                return Ok(false);
            };
            let entities = remove(connection, key)?;
            drop_unused(connection, &entities)?;
            copies::forget(connection)?;
            Ok(true)
        });
        let removed = result.map_err(self.fails("write"))?;
        if let Some(draft) = self.draft.as_mut() {
            draft.sorted &= !removed;
        }
        Ok(removed)
    }

    /// One transaction; a draft is a single one as a whole.
    pub(super) fn change<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.draft.is_some() {
            return work(&self.connection);
        }
        let behaviour = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behaviour)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    fn watch_order(&mut self, order: &[&Extraction], added: Added) {
        let Some(draft) = self.draft.as_mut() else {
            return;
        };
        let ids = || order.iter().map(|e| &e.document.id);
        let first = ids().next();
        draft.sorted &= added.replaced == 0 && draft.last.as_ref() <= first.or(draft.last.as_ref());
        if let Some(last) = ids().next_back() {
            draft.last = Some(last.clone());
        }
    }
}

/// Entities that were looked up in this transaction: their keys and how the store gives them.
#[derive(Default)]
struct Names(FxHashMap<EntityId, (i64, Variant)>);

fn add(
    connection: &Connection,
    new: &Extraction,
    names: &mut Names,
    added: &mut Added,
) -> Result<(), Problem> {
    let digest = digest(new)?;
    let same_id = key_of(connection, "id", &new.document.id)?;
    let same_text = key_of(connection, "hash", &new.document.hash)?;
    let is_here = same_id.as_ref().is_some_and(|(_, old)| *old == digest);
    if is_here || is_second_id(connection, new, same_text.as_ref())? {
        added.unchanged += 1;
        return Ok(());
    }
    let old: BTreeSet<i64> = [same_id, same_text]
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .collect();
    let mut entities = Vec::new();
    for key in &old {
        entities.extend(remove(connection, *key)?);
        names.0.clear();
    }
    insert(connection, new, &digest, names)?;
    if !entities.is_empty() {
        drop_unused(connection, &entities)?;
        names.0.clear();
    }
    let count = if old.is_empty() {
        &mut added.new
    } else {
        &mut added.replaced
    };
    *count += 1;
    Ok(())
}

/// A hash of everything that was read from a document.
fn digest(new: &Extraction) -> Result<String, Problem> {
    // The story is no part of it: it depends on what else there is.
    let json = if new.document.story.is_empty() {
        serde_json::to_vec(new)?
    } else {
        let mut alone = new.clone();
        alone.document.story.clear();
        serde_json::to_vec(&alone)?
    };
    Ok(blake3::hash(&json).to_hex().to_string())
}

/// Whether the same document is here under a smaller id, which then stands for both, whichever came
/// first.
fn is_second_id(
    connection: &Connection,
    new: &Extraction,
    same_text: Option<&(i64, String)>,
) -> Result<bool, Problem> {
    let Some((key, _)) = same_text else {
        return Ok(false);
    };
    let mut query = connection.prepare_cached("SELECT id FROM documents WHERE key = ?1")?;
    let id: String = query.query_row([key], |row| row.get(0))?;
    Ok(id < new.document.id)
}

/// Key and digest of the document with this id or hash.
fn key_of(
    connection: &Connection,
    column: &str,
    value: &str,
) -> Result<Option<(i64, String)>, Problem> {
    let query = format!("SELECT key, digest FROM documents WHERE {column} = ?1");
    let mut query = connection.prepare_cached(&query)?;
    let row = query.query_row([value], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(row.optional()?)
}

/// Removes a document; what it spoke of is left to [`drop_unused`].
fn remove(connection: &Connection, document: i64) -> Result<Vec<i64>, Problem> {
    forget(connection)?;
    let mut query = connection.prepare_cached(
        "SELECT entity FROM mentions WHERE document = ?1
         UNION SELECT entity FROM parties
               WHERE statement IN (SELECT key FROM statements WHERE document = ?1)",
    )?;
    let entities = query.query_map([document], |row| row.get(0))?;
    let entities = entities.collect::<rusqlite::Result<Vec<i64>>>()?;
    for statement in [
        "DELETE FROM parties WHERE statement IN (SELECT key FROM statements WHERE document = ?1)",
        "DELETE FROM statements WHERE document = ?1",
        "DELETE FROM mentions WHERE document = ?1",
        "DELETE FROM sketches WHERE document = ?1",
        "DELETE FROM copies WHERE document = ?1",
        "DELETE FROM documents WHERE key = ?1",
    ] {
        connection.prepare_cached(statement)?.execute([document])?;
    }
    Ok(entities)
}

/// Removes those of some entities that no document speaks of any more.
fn drop_unused(connection: &Connection, entities: &[i64]) -> Result<(), Problem> {
    let mut query = connection.prepare_cached(
        "DELETE FROM entities WHERE key = ?1
            AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = ?1)
            AND NOT EXISTS (SELECT 1 FROM parties WHERE entity = ?1)",
    )?;
    for entity in entities {
        query.execute([entity])?;
    }
    Ok(())
}

fn insert(
    connection: &Connection,
    new: &Extraction,
    digest: &str,
    names: &mut Names,
) -> Result<(), Problem> {
    forget(connection)?;
    let document = insert_document(connection, &new.document, digest)?;
    copies::insert(connection, document, &new.document.sketch)?;
    for record in &new.entities {
        insert_mentions(connection, document, record, names)?;
    }
    for statement in &new.statements {
        insert_statement(connection, document, statement, names)?;
    }
    Ok(())
}

fn insert_document(
    connection: &Connection,
    document: &DocumentInfo,
    digest: &str,
) -> Result<i64, Problem> {
    let DocumentInfo {
        id,
        source,
        title,
        date,
        language,
        hash,
        ..
    } = document;
    let date = date.map(|date| date.to_string());
    let hash = (!hash.is_empty()).then_some(hash);
    let mut query = connection.prepare_cached(
        "INSERT INTO documents (id, source, title, date, language, hash, digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    Ok(query.insert(params![id, source, title, date, language, hash, digest])?)
}

fn insert_mentions(
    connection: &Connection,
    document: i64,
    record: &EntityRecord,
    names: &mut Names,
) -> Result<(), Problem> {
    let here = Variant::of(record);
    let (entity, is_usual) = names.entity(connection, &record.id, &here)?;
    let variant = (!is_usual)
        .then(|| serde_json::to_string(&here))
        .transpose()?;
    let places = serde_json::to_string(&record.mentions)?;
    let mut query = connection.prepare_cached(
        "INSERT INTO mentions (document, entity, variant, count, places) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    query.insert(params![
        document,
        entity,
        variant,
        record.mentions.len(),
        places
    ])?;
    Ok(())
}

impl Names {
    /// The entity's key, and whether the store gives it like `here`.
    fn entity(
        &mut self,
        connection: &Connection,
        id: &EntityId,
        here: &Variant,
    ) -> Result<(i64, bool), Problem> {
        if let Some((key, usual)) = self.0.get(id) {
            if usual == here {
                return Ok((*key, true));
            }
            if *usual != Variant::unnamed(id) {
                return Ok((*key, false));
            }
        }
        let (key, usual) = entity(connection, id, here)?;
        let is_usual = usual == *here;
        self.0.insert(id.clone(), (key, usual));
        Ok((key, is_usual))
    }

    /// The entity's key; it is entered without a name if it was not known.
    fn key(&mut self, connection: &Connection, id: &EntityId) -> Result<i64, Problem> {
        if let Some((key, _)) = self.0.get(id) {
            return Ok(*key);
        }
        Ok(self.entity(connection, id, &Variant::unnamed(id))?.0)
    }
}

/// The entity's key and how the store gives it; it is entered like `here` if it was not known.
fn entity(
    connection: &Connection,
    id: &EntityId,
    here: &Variant,
) -> Result<(i64, Variant), Problem> {
    let mut query =
        connection.prepare_cached("SELECT key, kind, name, known FROM entities WHERE id = ?1")?;
    let row = query.query_row([id.as_str()], |row| {
        Ok((
            row.get(0)?,
            Variant {
                kind: row.get(1)?,
                name: row.get(2)?,
                known: row.get(3)?,
            },
        ))
    });
    if let Some((key, usual)) = row.optional()? {
        let is_new_name = usual != *here && usual == Variant::unnamed(id);
        if is_new_name && name(connection, key, here)? {
            return Ok((key, here.clone()));
        }
        return Ok((key, usual));
    }
    let mut query = connection
        .prepare_cached("INSERT INTO entities (id, kind, name, known) VALUES (?1, ?2, ?3, ?4)")?;
    let key = query.insert(params![id.as_str(), here.kind, here.name, here.known])?;
    Ok((key, here.clone()))
}

/// Names an entity that only statements spoke of so far. Says whether it was such a one.
fn name(connection: &Connection, key: i64, here: &Variant) -> Result<bool, Problem> {
    let mut query = connection.prepare_cached(
        "UPDATE entities SET kind = ?2, name = ?3, known = ?4
         WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = ?1)",
    )?;
    Ok(query.execute(params![key, here.kind, here.name, here.known])? > 0)
}

fn insert_statement(
    connection: &Connection,
    document: i64,
    statement: &Statement,
    names: &mut Names,
) -> Result<(), Problem> {
    let (earliest, latest) = (statement.date.earliest, statement.date.latest);
    let mut query = connection.prepare_cached(
        "INSERT INTO statements
            (document, id, kind, status, earliest, latest, confidence, statement)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let key = query.insert(params![
        document,
        statement.id,
        statement.kind,
        word(&statement.status)?,
        earliest.map(|date| date.to_string()),
        latest.map(|date| date.to_string()),
        statement.confidence,
        serde_json::to_string(statement)?,
    ])?;
    insert_parties(connection, key, statement, names)
}

fn insert_parties(
    connection: &Connection,
    key: i64,
    statement: &Statement,
    names: &mut Names,
) -> Result<(), Problem> {
    let mut query = connection.prepare_cached(
        "INSERT OR IGNORE INTO parties (statement, entity, part) VALUES (?1, ?2, ?3)",
    )?;
    for (part, ids) in [
        ("subject", statement.subjects.as_slice()),
        ("object", &statement.objects),
        ("about", &statement.about),
        ("speaker", statement.speaker.as_slice()),
    ] {
        for id in ids {
            let entity = names.key(connection, id)?;
            query.execute(params![key, entity, part])?;
        }
    }
    Ok(())
}

/// The word by which files carry a value.
pub(super) fn word(value: &impl Serialize) -> Result<String, Problem> {
    let word = serde_json::to_value(value)?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
