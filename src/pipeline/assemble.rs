//! Puts what the steps found into the form that files carry.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::copies::Sketch;
use crate::document::{BlockKind, Document};
use crate::gazetteer::Gazetteer;
use crate::mention::{EntityId, Tagged};
use crate::statement::{DocumentInfo, EntityRecord, Extraction, MentionRecord, Statement};

/// The extraction of one document.
pub(super) fn assemble(
    document: &Document,
    tagged: &Tagged,
    statements: Vec<Statement>,
    gazetteer: &Gazetteer,
) -> Extraction {
    let mut mentions = vec![Vec::new(); tagged.entities.len()];
    for mention in &tagged.mentions {
        if let Some(list) = mentions.get_mut(mention.entity) {
            list.push(MentionRecord {
                text: document.slice(mention.span).to_owned(),
                span: document.char_span(mention.span),
                found_by: mention.found_by,
            });
        }
    }
    let mut entities: Vec<EntityRecord> = tagged
        .entities
        .iter()
        .zip(mentions)
        .filter(|(_, mentions)| !mentions.is_empty())
        .map(|(entity, mentions)| record(&entity.id, entity.name.clone(), mentions))
        .collect();
    entities.sort_by_key(|entity| entity.mentions.first().map(|m| m.span));
    let unseen = only_in_statements(&entities, &statements);
    entities.extend(unseen.into_iter().map(|id| {
        let name = name_of(&id, tagged, gazetteer);
        record(&id, name, Vec::new())
    }));
    Extraction {
        document: info(document),
        entities,
        statements,
    }
}

/// Entities that statements name though the text only stands for them (a known minister's state).
fn only_in_statements(entities: &[EntityRecord], statements: &[Statement]) -> BTreeSet<EntityId> {
    let mut named: BTreeSet<EntityId> = statements
        .iter()
        .flat_map(Statement::named)
        .cloned()
        .collect();
    for entity in entities {
        named.remove(&entity.id);
    }
    named
}

fn name_of(id: &EntityId, tagged: &Tagged, gazetteer: &Gazetteer) -> String {
    let tagged = tagged
        .entities
        .iter()
        .find(|e| e.id == *id)
        .map(|e| e.name.clone());
    tagged
        .or_else(|| {
            gazetteer
                .lookup(id.as_str())
                .map(|ix| gazetteer.entity(ix).label.clone())
        })
        .unwrap_or_else(|| id.slug().to_owned())
}

fn record(id: &EntityId, name: String, mentions: Vec<MentionRecord>) -> EntityRecord {
    EntityRecord {
        kind: id.kind().to_owned(),
        known: id.is_known(),
        id: id.clone(),
        name,
        mentions,
    }
}

/// A hash of all that was read of a document: two that have it yield the same.
pub(super) fn content(document: &Document) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    // Writing to a string cannot fail.
    let mut read = String::new();
    let _ = write!(read, "{:?}\0{:?}", document.date, document.date_basis);
    for part in [
        &document.id,
        &document.source,
        &document.title,
        &document.author,
        &document.language,
        &document.text,
        &read,
    ] {
        hash.update(&part.len().to_le_bytes())
            .update(part.as_bytes());
    }
    let mut blocks = Vec::with_capacity(document.blocks.len() * 24);
    for block in &document.blocks {
        blocks.extend_from_slice(block.kind.as_str().as_bytes());
        blocks.extend_from_slice(&block.span.start.to_le_bytes());
        blocks.extend_from_slice(&block.span.end.to_le_bytes());
    }
    hash.update(&blocks).finalize().into()
}

pub(super) fn info(document: &Document) -> DocumentInfo {
    let mut hash = blake3::Hasher::new();
    hash.update(document.source.as_bytes())
        .update(b"\0")
        .update(document.text.as_bytes());
    DocumentInfo {
        id: document.id.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        date: document.date,
        language: document.language.clone(),
        hash: hash.finalize().to_hex().to_string(),
        sketch: Sketch::default(),
        story: String::new(),
    }
}

/// The sketch of what the article says: titles are new in each paper, furniture is the paper's own.
pub(super) fn sketch(document: &Document) -> Sketch {
    let body = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Body);
    Sketch::of(body.map(|block| document.slice(block.span)))
}
