//! Writes a loaded vocabulary as one run of bytes.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::records::{
    EntityRecord, FoldedRecord, HolderRecord, Range, TieRecord, pack_date, pack_entity,
};
use super::{MAGIC, SECTIONS, START, Section};
use crate::gazetteer::entity::{Entity, EntityIx, Relation, Tenure};
use crate::gazetteer::fold::{Umlaut, fold, hash_of};
use crate::gazetteer::lexicon::Compiled;
use crate::gazetteer::vocabulary::{Meta, RulesMeta, Vocabulary};

/// The bytes of a vocabulary. The same vocabulary gives the same bytes.
pub(crate) fn write(vocabulary: &Vocabulary) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut documents = Vec::new();
    let mut keep = |bytes: &[u8]| {
        documents.extend_from_slice(bytes);
        (documents.len() - bytes.len(), bytes.len())
    };
    let languages = vocabulary.languages.iter().map(|(lang, language)| {
        let json = serde_json::to_vec(language).unwrap_or_default();
        (lang.code().to_owned(), keep(&json))
    });
    let languages = languages.collect();
    let rules = vocabulary.rules.iter().map(|rules| RulesMeta {
        path: rules.path.clone(),
        text: keep(rules.text.as_bytes()),
        compiled: keep(rules.compiled.as_bytes()),
    });
    let rules = rules.collect();
    let meta = Meta {
        schema: vocabulary.schema.clone(),
        counts: vocabulary.counts,
        languages,
        rules,
    };
    let entities: Vec<EntityRecord> = (0..)
        .zip(&vocabulary.entities)
        .map(|(at, entity)| writer.entity(vocabulary, EntityIx(at), entity))
        .collect();
    let holders = vocabulary.holders();
    let lexicon = &vocabulary.lexicon;
    let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
    let meta = serde_json::to_vec(&meta).unwrap_or_default();
    let folded = folded(lexicon);
    for (section, bytes) in [
        (Section::Meta, meta.as_slice()),
        (Section::Documents, &documents),
        (Section::Pool, &writer.pool),
        (Section::Entities, entities.as_bytes()),
        (Section::Lists, writer.lists.as_bytes()),
        (Section::Tenures, writer.tenures.as_bytes()),
        (Section::Relations, writer.relations.as_bytes()),
        (Section::Holders, holders.as_bytes()),
        (Section::Edges, lexicon.edges.as_bytes()),
        (Section::Nodes, lexicon.nodes.as_bytes()),
        (Section::Surfaces, lexicon.surfaces.as_bytes()),
        (Section::Spans, lexicon.spans.as_bytes()),
        (Section::Entries, lexicon.entries.as_bytes()),
        (Section::Spellings, lexicon.text.as_bytes()),
        (Section::Folded, folded.as_bytes()),
        (Section::Heads, &lexicon.heads),
    ] {
        if let Some(place) = sections.get_mut(section as usize) {
            *place = bytes;
        }
    }
    join(&sections)
}

/// Header, table and sections.
fn join(sections: &[&[u8]]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut at = START;
    for section in sections {
        table.push(Range::new(at, section.len()));
        at += section.len();
    }
    let mut tail = Vec::with_capacity(at);
    tail.extend_from_slice(table.as_bytes());
    for section in sections {
        tail.extend_from_slice(section);
    }
    let mut bytes = Vec::with_capacity(at);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(blake3::hash(&tail).as_bytes());
    bytes.append(&mut tail);
    bytes
}

/// Collects texts and lists; the same text is kept once.
#[derive(Default)]
struct Writer<'v> {
    pool: Vec<u8>,
    known: FxHashMap<&'v str, Range>,
    lists: Vec<U32>,
    tenures: Vec<TieRecord>,
    relations: Vec<TieRecord>,
}

impl<'v> Writer<'v> {
    fn text(&mut self, text: &'v str) -> Range {
        if text.is_empty() {
            return Range::default();
        }
        let next = Range::new(self.pool.len(), text.len());
        let range = *self.known.entry(text).or_insert(next);
        if range == next {
            self.pool.extend_from_slice(text.as_bytes());
        }
        range
    }

    fn list(&mut self, entities: &[EntityIx]) -> Range {
        let start = self.lists.len();
        self.lists.extend(entities.iter().map(|ix| U32::new(ix.0)));
        Range::new(start, entities.len())
    }

    fn entity(
        &mut self,
        vocabulary: &'v Vocabulary,
        ix: EntityIx,
        entity: &'v Entity,
    ) -> EntityRecord {
        let tenures = vocabulary.tenures.get(&ix).map_or(&[][..], Vec::as_slice);
        let relations =
            |of: &'v BTreeMap<EntityIx, Vec<Relation>>| of.get(&ix).map_or(&[][..], Vec::as_slice);
        EntityRecord {
            id: self.text(entity.id.as_str()),
            label: self.text(&entity.label),
            class: self.text(&entity.class),
            wikidata: self.text(&entity.wikidata),
            source: self.text(&entity.source),
            surname: self.text(&entity.surname),
            iso2: self.text(&entity.iso2),
            cow: self.text(&entity.cow),
            countries: self.list(&entity.countries),
            makers: self.list(&entity.makers),
            tenures: self.tenures(tenures),
            memberships: self.relations(relations(&vocabulary.memberships)),
            enmities: self.relations(relations(&vocabulary.enmities)),
            parent: pack_entity(entity.parent).into(),
            acts_for: pack_entity(entity.acts_for).into(),
            since: pack_date(entity.since).into(),
            until: pack_date(entity.until).into(),
            kind: entity.kind.0.into(),
        }
    }

    fn tenures(&mut self, all: &'v [Tenure]) -> Range {
        let start = self.tenures.len();
        for tenure in all {
            let record = TieRecord {
                role: self.text(&tenure.role),
                of: tenure.of.0.into(),
                since: pack_date(tenure.since).into(),
                until: pack_date(tenure.until).into(),
            };
            self.tenures.push(record);
        }
        Range::new(start, all.len())
    }

    fn relations(&mut self, all: &'v [Relation]) -> Range {
        let start = self.relations.len();
        for relation in all {
            let record = TieRecord {
                role: self.text(&relation.role),
                of: relation.of.0.into(),
                since: pack_date(relation.since).into(),
                until: pack_date(relation.until).into(),
            };
            self.relations.push(record);
        }
        Range::new(start, all.len())
    }
}

impl Vocabulary {
    /// What every office is of and who held one there, sorted.
    fn holders(&self) -> Vec<HolderRecord> {
        let mut pairs: Vec<(EntityIx, EntityIx)> = Vec::new();
        for (&person, tenures) in &self.tenures {
            pairs.extend(tenures.iter().map(|t| (t.of, person)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let record = |(of, person): (EntityIx, EntityIx)| HolderRecord {
            of: of.0.into(),
            person: person.0.into(),
        };
        pairs.into_iter().map(record).collect()
    }
}

/// Every spelling as people type it, by hash.
fn folded(lexicon: &Compiled) -> Vec<FoldedRecord> {
    let mut all: Vec<(u32, u32)> = Vec::with_capacity(lexicon.surfaces.len() * 9 / 8);
    let mut buffer = String::new();
    for (at, form) in (0u32..).zip(lexicon.spellings()) {
        fold(form, Umlaut::Short, &mut buffer);
        all.push((hash_of(&buffer), at));
        if !form.is_ascii() {
            fold(form, Umlaut::Long, &mut buffer);
            all.push((hash_of(&buffer), at));
        }
    }
    all.sort_unstable();
    all.dedup();
    let record = |(hash, surface): (u32, u32)| FoldedRecord {
        hash: hash.into(),
        surface: surface.into(),
    };
    all.into_iter().map(record).collect()
}
