//! An extraction as JSON, made once: for the output, the journal, the digest and the rows of a store.

use std::ops::Range;

use serde::Serialize;

use crate::statement::{EntityRecord, Extraction};

/// An extraction as JSON, and where in it the parts stand that a store keeps in rows of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    json: String,
    mentions: Vec<Range<usize>>,
    statements: Vec<Range<usize>>,
    /// Of the JSON.
    hash: [u8; 32],
    digest: String,
}

impl Packed {
    /// Writes an extraction.
    pub fn of(extraction: &Extraction) -> Self {
        let mut to = Json::default();
        to.extraction(extraction);
        // The story is no part of the digest: it depends on what else there is.
        let hash = blake3::hash(&to.text);
        let digest = if extraction.document.story.is_empty() {
            hash
        } else {
            let mut alone = extraction.clone();
            alone.document.story.clear();
            blake3::hash(alone.to_json().as_bytes())
        };
        let Json {
            text,
            mentions,
            statements,
        } = to;
        Self {
            json: String::from_utf8(text).unwrap_or_default(),
            mentions,
            statements,
            hash: hash.into(),
            digest: digest.to_hex().to_string(),
        }
    }

    /// All of it.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// A hash of the JSON.
    pub(crate) fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// A hash of everything that was read from the document.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The list of mentions of an entity, by its place among the entities.
    pub fn mentions(&self, entity: usize) -> &str {
        self.part(self.mentions.get(entity))
    }

    /// A statement, by its place.
    pub fn statement(&self, statement: usize) -> &str {
        self.part(self.statements.get(statement))
    }

    fn part(&self, range: Option<&Range<usize>>) -> &str {
        range
            .and_then(|range| self.json.get(range.clone()))
            .unwrap_or_default()
    }
}

impl Extraction {
    /// The JSON of this extraction, one line without its end.
    pub fn to_json(&self) -> String {
        let mut to = Json::default();
        to.make_room(self);
        to.put(self);
        String::from_utf8(to.text).unwrap_or_default()
    }
}

/// JSON that is being written.
#[derive(Default)]
struct Json {
    text: Vec<u8>,
    mentions: Vec<Range<usize>>,
    statements: Vec<Range<usize>>,
}

/// What stands before the mentions in the JSON of an entity. Quotation marks inside of texts are escaped, so nothing else looks like it.
const MENTIONS: &[u8] = b",\"mentions\":";

impl Json {
    /// Room for as much as most have.
    fn make_room(&mut self, extraction: &Extraction) {
        let (entities, statements) = (extraction.entities.len(), extraction.statements.len());
        self.text.reserve(512 + entities * 192 + statements * 768);
    }

    /// The same bytes as [`Json::put`] makes of the whole, a part at a time.
    fn extraction(&mut self, extraction: &Extraction) {
        let Extraction {
            document,
            entities,
            statements,
        } = extraction;
        self.make_room(extraction);
        self.raw("{\"document\":");
        self.put(document);
        self.raw(",\"entities\":");
        self.list(entities, Self::entity);
        self.raw(",\"statements\":");
        self.list(statements, |to, statement| {
            let range = to.put(statement);
            to.statements.push(range);
        });
        self.raw("}");
    }

    fn entity(&mut self, entity: &EntityRecord) {
        let range = self.put(entity);
        let here = self.text.get(range.clone()).unwrap_or_default();
        let head = memchr::memmem::find(here, MENTIONS).map_or(0, |at| at + MENTIONS.len());
        self.mentions.push(range.start + head..range.end - 1);
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.raw("[");
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Appends a value and tells where it stands.
    fn put(&mut self, value: &impl Serialize) -> Range<usize> {
        let start = self.text.len();
        // Neither plain data nor writing to memory can fail.
        let _ = serde_json::to_writer(&mut self.text, value);
        start..self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn parts_are_those_of_the_whole(
            texts in prop::collection::vec(r#"[\x00-\x7fä]{0,20}|,"mentions":\[|"mentions":"#, 6),
            number: f64,
        ) {
            let [id, title, name, text, kind, sentence] = &texts[..] else {
                return Ok(());
            };
            let mention = json!({ "text": text, "start": 1, "end": 2, "found_by": "name" });
            let entity = |mentions: &[&serde_json::Value]| {
                json!({ "id": format!("country:{id}"), "kind": kind, "name": name, "known": true, "mentions": mentions })
            };
            let statement = json!({
                "id": id, "kind": kind, "subjects": ["country:NOR"], "objects": [], "about": [name], "status": "ended",
                "date": { "earliest": "2024-02-29", "latest": null, "precision": "day", "basis": "text" },
                "confidence": number, "role": text,
                "evidence": {
                    "sentence": sentence, "start": 0, "end": 9, "trigger": { "text": text, "start": 3, "end": 4 },
                    "parties": [{ "entity": name, "text": text, "start": 0, "end": 1 }], "rule": kind, "block": "body",
                },
            });
            let read: Extraction = serde_json::from_value(json!({
                "document": { "id": id, "source": "s", "title": title, "date": null, "language": "de", "hash": "h" },
                "entities": [entity(&[]), entity(&[&mention, &mention])],
                "statements": [statement, statement],
            })).unwrap();

            let packed = Packed::of(&read);
            prop_assert_eq!(packed.json(), &serde_json::to_string(&read).unwrap());
            prop_assert_eq!(packed.json(), &read.to_json());
            for (at, entity) in read.entities.iter().enumerate() {
                prop_assert_eq!(packed.mentions(at), &serde_json::to_string(&entity.mentions).unwrap());
            }
            for (at, statement) in read.statements.iter().enumerate() {
                prop_assert_eq!(packed.statement(at), &serde_json::to_string(statement).unwrap());
            }
        }
    }
}
