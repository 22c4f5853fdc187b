//! Entities that only the texts know, collected over documents and ranked, as rows for the vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Gazetteer;
use super::rows::COMMON_COLUMNS;
use crate::document::{BlockKind, Document};
use crate::mention::{EntityId, FoundBy, Mention, Tagged};
use crate::schema::EntityKind;
use crate::text::Span;
use crate::text::sentence::{self, Habits};

/// An entity that the vocabulary lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The id it would have.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its name in the texts.
    pub label: String,
    /// The state it acts for, ISO 3166-1 alpha-3; empty if the texts do not say.
    pub country: String,
    /// The office it holds, if the texts say.
    pub office: Option<Office>,
    /// What else the texts call it.
    pub names: Vec<OtherName>,
    /// In how many documents.
    pub documents: usize,
    /// From how many independent sources.
    pub sources: usize,
    /// How often.
    pub mentions: usize,
    /// The strongest pattern that found it.
    pub found_by: FoundBy,
    /// The document of the sentence.
    pub document: String,
    /// Where that document is from, if it is an address: the source of the row.
    pub source: String,
    /// A sentence that names it.
    pub sentence: String,
}

/// An office as a row of `roles/` names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Office {
    /// The role.
    pub role: String,
    /// Id of the state, organisation or company.
    pub of: String,
}

/// A further name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Its inflection class in `names/mul`.
    pub class: String,
}

impl Suggestion {
    /// The cells of its row in `entities/<kind>.csv`, in the order of [`Suggestions::columns`].
    pub fn row(&self, kind: &EntityKind) -> Vec<String> {
        let cell = |column: &str| match column {
            "id" => self.id.clone(),
            "label" => self.label.clone(),
            "country" | "acts_for" => self.country.clone(),
            "source" => self.source.clone(),
            _ => String::new(),
        };
        Suggestions::columns(kind).map(cell).collect()
    }
}

/// How sure a pattern is that there is an entity; of two the higher one is the stronger.
fn strength(by: FoundBy) -> u8 {
    match by {
        FoundBy::Acronym => 3,
        FoundBy::RolePattern => 2,
        FoundBy::Shape => 1,
        _ => 0,
    }
}

/// What the documents read so far say of one entity.
#[derive(Clone, Debug)]
struct Draft {
    label: String,
    countries: BTreeSet<String>,
    offices: BTreeSet<Office>,
    names: BTreeSet<OtherName>,
    documents: usize,
    sources: BTreeSet<String>,
    mentions: usize,
    found_by: FoundBy,
    document: String,
    source: String,
    sentence: String,
}

/// Collects what documents name and the vocabulary lacks.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    drafts: BTreeMap<EntityId, Draft>,
}

impl Suggestions {
    /// The columns of `entities/<kind>.csv`.
    pub fn columns(kind: &EntityKind) -> impl Iterator<Item = &str> {
        let own = kind.columns.iter().map(String::as_str);
        COMMON_COLUMNS.into_iter().chain(own)
    }

    /// The suggestions of one document; `voice` tells independent sources apart. What stands only in
    /// the furniture of a page does not count.
    pub fn of(
        gazetteer: &Gazetteer,
        doc: &Document,
        tagged: &Tagged,
        voice: &str,
        habits: &Habits,
    ) -> Self {
        let mut drafts = BTreeMap::new();
        for (at, entity) in tagged.entities.iter().enumerate() {
            if entity.id.is_known() {
                continue;
            }
            let counts = |m: &&Mention| m.entity == at && !is_furniture(doc, m);
            let mentions: Vec<&Mention> = tagged.mentions.iter().filter(counts).collect();
            let Some(mut draft) = draft(doc, &entity.name, &mentions, habits) else {
                continue;
            };
            draft.sources.insert(voice.to_owned());
            let party = entity.acts_for.and_then(|at| tagged.entities.get(at));
            if let Some(of) = party.map(|p| &p.id).filter(|id| id.is_known()) {
                draft.countries.extend(state_of(gazetteer, of));
                draft.offices.extend(entity.role.clone().map(|role| Office {
                    role,
                    of: of.to_string(),
                }));
            }
            drafts.insert(entity.id.clone(), draft);
        }
        Self { drafts }
    }

    /// Adds those of a later document.
    pub fn merge(&mut self, later: Self) {
        for (id, draft) in later.drafts {
            match self.drafts.get_mut(&id) {
                Some(known) => known.merge(draft),
                None => {
                    self.drafts.insert(id, draft);
                }
            }
        }
    }

    /// All by kind; of each kind those of most documents, then of most sources, then those found by
    /// the strongest pattern first.
    pub fn ranked(self) -> Vec<Suggestion> {
        let drafts = self.drafts.into_iter();
        let mut all: Vec<Suggestion> = drafts.map(|(id, draft)| draft.finish(&id)).collect();
        all.sort_by(|a, b| {
            let rank = |s: &Suggestion| (s.documents, s.sources, strength(s.found_by), s.mentions);
            let better = rank(b).cmp(&rank(a));
            a.kind.cmp(&b.kind).then(better).then(a.id.cmp(&b.id))
        });
        all
    }
}

impl Draft {
    fn merge(&mut self, later: Self) {
        if strength(later.found_by) > strength(self.found_by) {
            self.found_by = later.found_by;
            self.document = later.document;
            self.source = later.source;
            self.sentence = later.sentence;
        }
        self.countries.extend(later.countries);
        self.offices.extend(later.offices);
        self.names.extend(later.names);
        self.sources.extend(later.sources);
        self.documents += later.documents;
        self.mentions += later.mentions;
    }

    fn finish(self, id: &EntityId) -> Suggestion {
        let label = self.label;
        let names = self.names.into_iter().filter(|n| n.name != label);
        let one = |mut all: BTreeSet<String>| match all.len() {
            1 => all.pop_first().unwrap_or_default(),
            _ => String::new(),
        };
        Suggestion {
            id: id.as_str().replacen(":~", ":", 1),
            kind: id.kind().to_owned(),
            names: names.collect(),
            label,
            country: one(self.countries),
            office: self.offices.into_iter().next(),
            documents: self.documents,
            sources: self.sources.len(),
            mentions: self.mentions,
            found_by: self.found_by,
            document: self.document,
            source: self.source,
            sentence: self.sentence,
        }
    }
}

/// What one document says of an entity.
fn draft(doc: &Document, name: &str, mentions: &[&Mention], habits: &Habits) -> Option<Draft> {
    let best = mentions
        .iter()
        .min_by_key(|m| (std::cmp::Reverse(strength(m.found_by)), m.span.start))?;
    let acronym = |m: &&&Mention| {
        let word = doc.slice(m.span);
        m.found_by == FoundBy::Acronym && !word.contains(char::is_whitespace)
    };
    let names = mentions.iter().filter(acronym).map(|m| OtherName {
        name: doc.slice(m.span).to_owned(),
        class: String::from("acronym"),
    });
    let address = Some(&doc.source).filter(|source| source.starts_with("https://"));
    Some(Draft {
        label: name.to_owned(),
        countries: BTreeSet::new(),
        offices: BTreeSet::new(),
        names: names.collect(),
        documents: 1,
        sources: BTreeSet::new(),
        mentions: mentions.len(),
        found_by: best.found_by,
        document: doc.id.clone(),
        source: address.cloned().unwrap_or_default(),
        sentence: sentence_of(doc, best.span, habits),
    })
}

/// The state that an entity is or acts for, ISO 3166-1 alpha-3.
fn state_of(gazetteer: &Gazetteer, id: &EntityId) -> Option<String> {
    let party = gazetteer.entity(gazetteer.lookup(id.as_str())?);
    let state = if Some(party.kind) == gazetteer.schema().state_kind() {
        party
    } else {
        gazetteer.entity(party.acts_for?)
    };
    Some(state.id.slug().to_owned())
}

fn is_furniture(doc: &Document, mention: &Mention) -> bool {
    let block = doc.block_at(mention.span.start);
    block.is_some_and(|b| b.kind == BlockKind::Boilerplate)
}

/// The sentence around a place, on one line.
fn sentence_of(doc: &Document, place: Span, habits: &Habits) -> String {
    let Some(block) = doc.block_at(place.start) else {
        return String::new();
    };
    let mut spans = Vec::new();
    sentence::split(&doc.text, block.span, habits, &mut spans);
    let around = spans.into_iter().find(|s| place.start < s.end);
    let words = around.map_or("", |span| doc.slice(span));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
