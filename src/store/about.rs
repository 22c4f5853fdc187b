//! Reading only what is said of some entities: a question to a large store reads little of it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;

use super::error::Problem;
use super::kept::KeptGraph;
use super::read::told_by;
use super::{Store, StoreError};
use crate::mention::EntityId;
use crate::statement::{EntityRecord, Extraction, Statement};

/// An entity of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: EntityId,
    /// Its kind.
    pub kind: String,
    /// Its name, as the first document gives it.
    pub name: String,
    /// Whether the gazetteer has it.
    pub known: bool,
    /// Number of documents that name it.
    pub documents: usize,
}

const PARTY: &str =
    "SELECT statement FROM parties WHERE entity = ?1 AND part IN ('subject', 'object')";

impl Store {
    /// What the statements say to which all of these entities are parties: their documents, each with
    /// only those statements, and with the entities they speak of, without the places that name them.
    /// Of documents that are copies the first one is there too, even if it says nothing of them.
    /// The entities asked for are there even if no statement is, as long as a document names them.
    pub fn about(&self, parties: &[EntityId]) -> Result<Vec<Extraction>, StoreError> {
        self.read_about(parties, None).map_err(self.fails("read"))
    }

    /// The entities with one of these ids or exactly this name, whatever the case of its Latin letters.
    pub fn named(&self, ids: &[EntityId], name: &str) -> Result<Vec<Known>, StoreError> {
        let read = || -> Result<Vec<Known>, Problem> {
            let mut all = BTreeMap::new();
            for id in ids {
                self.known("id = ?1", id.as_str(), &mut all)?;
            }
            self.known("id = ?1 OR name = ?1 COLLATE NOCASE", name, &mut all)?;
            Ok(all.into_values().collect())
        };
        read().map_err(self.fails("read"))
    }

    /// Every entity.
    pub fn entities(&self) -> Result<Vec<Known>, StoreError> {
        let mut all = BTreeMap::new();
        let read = self.known("?1 = ''", "", &mut all);
        read.map_err(self.fails("read"))?;
        Ok(all.into_values().collect())
    }

    fn known(
        &self,
        condition: &str,
        value: &str,
        all: &mut BTreeMap<String, Known>,
    ) -> Result<(), Problem> {
        let query = format!(
            "SELECT id, kind, name, known,
                    (SELECT count(*) FROM mentions WHERE entity = entities.key)
             FROM entities WHERE {condition}"
        );
        let mut query = self.connection.prepare_cached(&query)?;
        let mut rows = query.query([value])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let known = Known {
                id: EntityId::new(&id),
                kind: row.get(1)?,
                name: row.get(2)?,
                known: row.get(3)?,
                documents: row.get(4)?,
            };
            all.insert(id, known);
        }
        Ok(())
    }

    fn read_about(
        &self,
        parties: &[EntityId],
        kept: Option<&BTreeSet<i64>>,
    ) -> Result<Vec<Extraction>, Problem> {
        let _lock = self.reading()?;
        let mut keys = Vec::new();
        for id in parties {
            let mut query = self
                .connection
                .prepare_cached("SELECT key FROM entities WHERE id = ?1")?;
            let key: Option<i64> = query
                .query_row([id.as_str()], |row| row.get(0))
                .optional()?;
            keys.extend(key);
        }
        let mut of: BTreeMap<i64, Vec<Statement>> = BTreeMap::new();
        if keys.len() == parties.len() {
            let shared = match kept {
                Some(kept) => kept.clone(),
                None => self.shared(&keys)?,
            };
            for (document, statement) in self.statements_of(shared)? {
                of.entry(document).or_default().push(statement);
            }
        }
        let mut named: BTreeMap<i64, Vec<EntityId>> = BTreeMap::new();
        for (key, id) in keys.iter().zip(parties) {
            let mut query = self
                .connection
                .prepare_cached("SELECT document FROM mentions WHERE entity = ?1 LIMIT 1")?;
            if let Some(document) = query.query_row([key], |row| row.get(0)).optional()? {
                of.entry(document).or_default();
                named.entry(document).or_default().push(id.clone());
            }
        }
        let mut known = BTreeMap::new();
        let extraction = |(key, statements): (i64, Vec<Statement>)| {
            let more = named.get(&key).map_or(&[][..], Vec::as_slice);
            Ok::<_, Problem>(Extraction {
                document: told_by(self, key)?,
                entities: self.records(&statements, more, &mut known)?,
                statements,
            })
        };
        let mut said = of
            .into_iter()
            .map(extraction)
            .collect::<Result<Vec<_>, _>>()?;
        self.add_firsts(&mut said)?;
        Ok(said)
    }

    /// Adds the first of each story, which says for whom its copies speak, without what it says.
    fn add_firsts(&self, said: &mut Vec<Extraction>) -> Result<(), Problem> {
        let here: BTreeSet<&str> = said.iter().map(|e| e.document.id.as_str()).collect();
        let stories: BTreeSet<String> = said
            .iter()
            .map(|e| &e.document.story)
            .filter(|story| !story.is_empty() && !here.contains(story.as_str()))
            .cloned()
            .collect();
        let mut query = self
            .connection
            .prepare_cached("SELECT key FROM documents WHERE id = ?1")?;
        for story in stories {
            let key: Option<i64> = query.query_row([story], |row| row.get(0)).optional()?;
            let Some(key) = key else { continue };
            said.push(Extraction {
                document: told_by(self, key)?,
                entities: Vec::new(),
                statements: Vec::new(),
            });
        }
        Ok(())
    }

    /// Some statements with the keys of their documents.
    fn statements_of(&self, keys: BTreeSet<i64>) -> Result<Vec<(i64, Statement)>, Problem> {
        let mut query = self
            .connection
            .prepare_cached("SELECT document, statement FROM statements WHERE key = ?1")?;
        let mut all = Vec::with_capacity(keys.len());
        for key in keys {
            let mut rows = query.query([key])?;
            while let Some(row) = rows.next()? {
                let json = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                all.push((row.get(0)?, serde_json::from_str(json)?));
            }
        }
        Ok(all)
    }

    /// The keys of the statements to which all of these are parties, sorted.
    fn shared(&self, entities: &[i64]) -> Result<BTreeSet<i64>, Problem> {
        let mut shared: Option<BTreeSet<i64>> = None;
        for entity in entities {
            let mut query = self.connection.prepare_cached(PARTY)?;
            let keys = query.query_map([entity], |row| row.get::<_, i64>(0))?;
            let keep = |key: &i64| shared.as_ref().is_none_or(|known| known.contains(key));
            let keys = keys.filter(|key| key.as_ref().map_or(true, keep));
            shared = Some(keys.collect::<rusqlite::Result<_>>()?);
        }
        Ok(shared.unwrap_or_default())
    }

    /// What [`Store::about`] gives for two entities, looked up in what is kept of the graph.
    pub fn about_pair(
        &self,
        kept: &KeptGraph,
        pair: [&EntityId; 2],
    ) -> Result<Vec<Extraction>, StoreError> {
        let read = || {
            let keys = kept.between(pair[0], pair[1])?;
            self.read_about(&pair.map(Clone::clone), Some(&keys))
        };
        read().map_err(self.fails("read"))
    }

    /// The entities that some statements speak of, and some more; what was read before is `known`.
    fn records(
        &self,
        statements: &[Statement],
        more: &[EntityId],
        known: &mut BTreeMap<EntityId, Option<EntityRecord>>,
    ) -> Result<Vec<EntityRecord>, Problem> {
        let spoken_of = statements.iter().flat_map(|s| {
            let parties = s.subjects.iter().chain(&s.objects);
            // A passage may name others than the sides of its claim.
            let named = s.evidence.parties.iter().map(|party| &party.entity);
            parties.chain(&s.about).chain(&s.speaker).chain(named)
        });
        let ids: BTreeSet<&EntityId> = spoken_of.chain(more).collect();
        let mut records = Vec::with_capacity(ids.len());
        for id in ids {
            if !known.contains_key(id) {
                known.insert(id.clone(), self.record(id)?);
            }
            records.extend(known.get(id).cloned().flatten());
        }
        Ok(records)
    }

    fn record(&self, id: &EntityId) -> Result<Option<EntityRecord>, Problem> {
        let mut query = self
            .connection
            .prepare_cached("SELECT kind, name, known FROM entities WHERE id = ?1")?;
        let row = query.query_row([id.as_str()], |row| {
            Ok(EntityRecord {
                id: id.clone(),
                kind: row.get(0)?,
                name: row.get(1)?,
                known: row.get(2)?,
                mentions: Vec::new(),
            })
        });
        Ok(row.optional()?)
    }
}
