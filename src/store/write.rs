//! Adding and removing documents.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rusqlite::{CachedStatement, Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashMap;

use super::bulk::Bulk;
use super::copies;
use super::derive::forget;
use super::error::Problem;
use super::open::index;
use super::read::Variant;
use super::{Store, StoreError};
use crate::mention::EntityId;
use crate::packed::Packed;
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

/// Which of some documents a store took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// How many.
    pub added: Added,
    /// The places of those that are in the store now, new or instead of others, among those that were given.
    pub places: Vec<usize>,
}

impl Store {
    /// Adds documents, all or, if one fails, none.
    pub fn add(&mut self, extractions: &[Extraction]) -> Result<Added, StoreError> {
        let packed: Vec<Packed> = extractions.iter().map(Packed::of).collect();
        let entered = self.add_packed(extractions.iter().zip(&packed).collect())?;
        Ok(entered.added)
    }

    /// Adds documents that somebody has packed already, all or, if one fails, none.
    pub fn add_packed(
        &mut self,
        extractions: Vec<(&Extraction, &Packed)>,
    ) -> Result<Entered, StoreError> {
        let mut order: Vec<(usize, New<'_>)> = extractions.into_iter().enumerate().collect();
        order.sort_by(|(_, (x, _)), (_, (y, _))| x.document.id.cmp(&y.document.id));
        self.stories = OnceCell::new();
        let draft = self.draft.as_mut();
        let mut names = draft.map_or_else(Names::default, |draft| std::mem::take(&mut draft.names));
        let mut indexed = self.draft.as_ref().is_none_or(|draft| draft.indexed.get());
        let result = self.change(|connection| {
            let (mut added, mut places) = (Added::default(), Vec::new());
            let mut writer = Writer::new(connection, &mut names, &mut indexed)?;
            for (place, new) in &order {
                let unchanged = added.unchanged;
                writer.add(*new, &mut added)?;
                if added.unchanged == unchanged {
                    places.push(*place);
                }
            }
            if added.new + added.replaced > 0 {
                forget(connection)?;
                copies::forget(connection)?;
            }
            Ok(Entered { added, places })
        });
        let entered = result.map_err(self.fails("write"))?;
        if let Some(draft) = self.draft.as_mut() {
            draft.names = names;
            draft.indexed.set(indexed);
        }
        self.watch_order(&order, entered.added);
        Ok(entered)
    }

    /// Removes a document with all that only it supports. Says whether it was there.
    pub fn remove(&mut self, id: &str) -> Result<bool, StoreError> {
        self.stories = OnceCell::new();
        self.index()?;
        if let Some(draft) = self.draft.as_mut() {
            draft.names = Names::default();
        }
        let result = self.change(|connection| {
            let mut query = connection.prepare_cached("SELECT key FROM documents WHERE id = ?1")?;
            let key: Option<i64> = query.query_row([id], |row| row.get(0)).optional()?;
            let Some(key) = key else {
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

    fn watch_order(&mut self, order: &[(usize, New<'_>)], added: Added) {
        let Some(draft) = self.draft.as_mut() else {
            return;
        };
        let ids = || order.iter().map(|(_, (read, _))| &read.document.id);
        let first = ids().next();
        draft.sorted &= added.replaced == 0 && draft.last.as_ref() <= first.or(draft.last.as_ref());
        if let Some(last) = ids().next_back() {
            draft.last = Some(last.clone());
        }
    }
}

/// A document to add.
type New<'n> = (&'n Extraction, &'n Packed);

/// Entities that were looked up in this transaction: their keys and how the store gives them.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<EntityId, (i64, Variant)>);

/// Adds documents in one transaction, with queries that are prepared once.
struct Writer<'c> {
    connection: &'c Connection,
    names: &'c mut Names,
    /// Whether the store has the indexes that removing needs.
    indexed: &'c mut bool,
    of_id: CachedStatement<'c>,
    of_hash: CachedStatement<'c>,
    document: CachedStatement<'c>,
    sketch: CachedStatement<'c>,
    mentions: Bulk<'c>,
    statement: CachedStatement<'c>,
    parties: Bulk<'c>,
}

/// A document that is there.
struct Old {
    key: i64,
    id: String,
    digest: String,
}

impl<'c> Writer<'c> {
    fn new(
        connection: &'c Connection,
        names: &'c mut Names,
        indexed: &'c mut bool,
    ) -> Result<Self, Problem> {
        let query = |query| connection.prepare_cached(query);
        Ok(Self {
            connection,
            names,
            indexed,
            of_id: query("SELECT key, id, digest FROM documents WHERE id = ?1")?,
            of_hash: query("SELECT key, id, digest FROM documents WHERE hash = ?1")?,
            document: query(
                "INSERT INTO documents (id, source, title, date, language, hash, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?,
            sketch: query("INSERT INTO sketches (document, sketch) VALUES (?1, ?2)")?,
            mentions: Bulk::new(
                connection,
                "INSERT INTO mentions (document, entity, variant, count, places) VALUES ",
                5,
            )?,
            statement: query(
                "INSERT INTO statements
                    (document, id, kind, status, earliest, latest, confidence, statement)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?,
            parties: Bulk::new(
                connection,
                "INSERT INTO parties (statement, part, entity) VALUES ",
                3,
            )?,
        })
    }

    fn add(&mut self, new: New<'_>, added: &mut Added) -> Result<(), Problem> {
        let (read, packed) = new;
        let same_id = known(&mut self.of_id, &read.document.id)?;
        let same_text = known(&mut self.of_hash, &read.document.hash)?;
        let is_here = same_id
            .as_ref()
            .is_some_and(|old| old.digest == packed.digest());
        // The same document under a smaller id stands for both, whichever came first.
        let is_second_id = same_text
            .as_ref()
            .is_some_and(|old| old.id < read.document.id);
        if is_here || is_second_id {
            added.unchanged += 1;
            return Ok(());
        }
        let old = [same_id, same_text].into_iter().flatten();
        let old: BTreeSet<i64> = old.map(|old| old.key).collect();
        if old.is_empty() {
            added.new += 1;
            return self.insert(new);
        }
        added.replaced += 1;
        self.replace(&old, new)
    }

    fn replace(&mut self, old: &BTreeSet<i64>, new: New<'_>) -> Result<(), Problem> {
        if !*self.indexed {
            index(self.connection)?;
            *self.indexed = true;
        }
        let mut entities = Vec::new();
        for key in old {
            entities.extend(remove(self.connection, *key)?);
        }
        self.names.0.clear();
        self.insert(new)?;
        drop_unused(self.connection, &entities)?;
        self.names.0.clear();
        Ok(())
    }

    fn insert(&mut self, (read, packed): New<'_>) -> Result<(), Problem> {
        let document = self.insert_document(&read.document, packed.digest())?;
        let sketch = &read.document.sketch;
        if !sketch.is_empty() {
            self.sketch.execute(params![document, sketch.to_bytes()])?;
        }
        self.insert_mentions(document, &read.entities, packed)?;
        let mut parties = Vec::with_capacity(4 * read.statements.len());
        for (at, statement) in read.statements.iter().enumerate() {
            self.insert_statement(document, statement, packed.statement(at), &mut parties)?;
        }
        parties.sort_unstable();
        parties.dedup();
        self.parties
            .insert(&parties, |to, (statement, part, entity)| {
                to.put(statement)?;
                to.put(part)?;
                to.put(entity)
            })
    }

    fn insert_document(&mut self, document: &DocumentInfo, digest: &str) -> Result<i64, Problem> {
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
        let values = params![id, source, title, date, language, hash, digest];
        Ok(self.document.insert(values)?)
    }

    fn insert_mentions(
        &mut self,
        document: i64,
        entities: &[EntityRecord],
        packed: &Packed,
    ) -> Result<(), Problem> {
        let mut rows = Vec::with_capacity(entities.len());
        for (at, record) in entities.iter().enumerate() {
            let (entity, is_usual) = self.names.entity(self.connection, record)?;
            let variant = (!is_usual).then(|| serde_json::to_string(&Variant::of(record)));
            let count = record.mentions.len();
            rows.push((entity, variant.transpose()?, count, packed.mentions(at)));
        }
        self.mentions
            .insert(&rows, |to, (entity, variant, count, places)| {
                to.put(document)?;
                to.put(entity)?;
                to.put(variant)?;
                to.put(count)?;
                to.put(places)
            })
    }

    /// Adds a statement, and its parties to those that follow.
    fn insert_statement(
        &mut self,
        document: i64,
        statement: &Statement,
        json: &str,
        parties: &mut Vec<(i64, &'static str, i64)>,
    ) -> Result<(), Problem> {
        let values = params![
            document,
            statement.id,
            statement.kind,
            statement.status.as_str(),
            statement.date.earliest.map(|day| day.to_string()),
            statement.date.latest.map(|day| day.to_string()),
            statement.confidence,
            json,
        ];
        let key = self.statement.insert(values)?;
        for (part, ids) in [
            ("subject", statement.subjects.as_slice()),
            ("object", &statement.objects),
            ("about", &statement.about),
            ("speaker", statement.speaker.as_slice()),
        ] {
            for id in ids {
                parties.push((key, part, self.names.key(self.connection, id)?));
            }
        }
        Ok(())
    }
}

/// The document that a query finds.
fn known(query: &mut CachedStatement<'_>, value: &str) -> Result<Option<Old>, Problem> {
    let old = query.query_row([value], |row| {
        Ok(Old {
            key: row.get(0)?,
            id: row.get(1)?,
            digest: row.get(2)?,
        })
    });
    Ok(old.optional()?)
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

impl Names {
    /// The key of a record's entity, and whether the store gives it like the record.
    fn entity(
        &mut self,
        connection: &Connection,
        record: &EntityRecord,
    ) -> Result<(i64, bool), Problem> {
        if let Some((key, usual)) = self.0.get(&record.id) {
            if usual.is_of(record) {
                return Ok((*key, true));
            }
            if *usual != Variant::unnamed(&record.id) {
                return Ok((*key, false));
            }
        }
        self.look_up(connection, &record.id, &Variant::of(record))
    }

    fn look_up(
        &mut self,
        connection: &Connection,
        id: &EntityId,
        here: &Variant,
    ) -> Result<(i64, bool), Problem> {
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
        Ok(self.look_up(connection, id, &Variant::unnamed(id))?.0)
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
