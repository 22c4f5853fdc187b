//! Finds entities by a name that a person typed.

use std::collections::BTreeMap;

use super::blob::records::EntityRecord;
use super::entity::{EntityIx, FormEntry};
use super::fold::{Umlaut, fold, hash_of};
use super::{Gazetteer, Meanings};
use crate::mention::Sense;

/// An entity found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The entity.
    pub entity: EntityIx,
    /// The name that matched.
    pub name: String,
    /// How well.
    pub rank: Rank,
}

/// How well a name matched, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The id or the ISO code.
    Id,
    /// The label.
    Label,
    /// Another name in its base form.
    Name,
    /// An inflected form, an adjective, a demonym, a capital, a surname.
    Form,
    /// The beginning of a name.
    Prefix,
    /// A later part of a name.
    Part,
}

/// Shorter texts are no part of a name worth showing.
const SHORTEST_PART: usize = 3;

/// Suggestions at most.
const MOST_SUGGESTIONS: usize = 3;

impl Hit {
    /// Whether the whole name matched.
    pub fn is_exact(&self) -> bool {
        self.rank < Rank::Prefix
    }
}

impl Gazetteer {
    /// Entities of this name: exact ones first (any language, alias or inflected form, whatever the
    /// case and accents), then those that have it at the start of a name, then anywhere in it.
    /// Each entity comes once, with its best match.
    pub fn find(&self, name: &str) -> Vec<Hit> {
        let query = Query::new(name);
        if query.plain.is_empty() {
            return Vec::new();
        }
        let mut found = Found::new(self, name);
        let mut buffer = String::new();
        for (form, meanings) in self.lexicon().spellings() {
            if let Some(whole) = query.compare(form, &mut buffer) {
                found.keep(form, meanings, whole);
            }
        }
        found.hits()
    }

    /// The same without those that only have it as a part of a name, without looking at all names.
    pub fn find_exact(&self, name: &str) -> Vec<Hit> {
        let query = Query::new(name);
        if query.plain.is_empty() {
            return Vec::new();
        }
        let mut found = Found::new(self, name);
        let lexicon = self.lexicon();
        let hash = hash_of(&query.plain);
        let folded = self.blob.folded();
        let start = folded.partition_point(|record| record.hash.get() < hash);
        let same = folded.iter().skip(start);
        let mut buffer = String::new();
        for record in same.take_while(|record| record.hash.get() == hash) {
            let Some((form, meanings)) = lexicon.spelling(record.surface.get()) else {
                continue;
            };
            if query.compare(form, &mut buffer) == Some(Rank::Name) {
                found.keep(form, meanings, Rank::Name);
            }
        }
        found.hits()
    }

    /// The names closest to a misspelt one, of at most three entities, closest first.
    pub fn did_you_mean(&self, name: &str) -> Vec<String> {
        let query = Query::new(name).plain;
        let length = query.chars().count();
        let worst = (length / 3).max(1);
        let mut close: Vec<(usize, u16, &str, EntityIx)> = Vec::new();
        let mut buffer = String::new();
        for (form, entries) in self.lexicon().spellings() {
            if form.len() < SHORTEST_PART || form.len().abs_diff(name.len()) > worst * 2 {
                continue;
            }
            let named = |e: &FormEntry| e.base && e.sense == Sense::Name && !e.surname;
            let Some(entry) = entries.iter().find(named) else {
                continue;
            };
            fold(form, Umlaut::Short, &mut buffer);
            if buffer.chars().count().abs_diff(length) > worst {
                continue;
            }
            let distance = strsim::osa_distance(&query, &buffer);
            if distance <= worst {
                close.push((
                    distance,
                    self.entity(entry.entity).kind.0,
                    form,
                    entry.entity,
                ));
            }
        }
        close.sort_unstable();
        let mut shown: Vec<EntityIx> = Vec::new();
        close.retain(|&(.., ix)| {
            let new = shown.len() < MOST_SUGGESTIONS && !shown.contains(&ix);
            if new {
                shown.push(ix);
            }
            new
        });
        close
            .into_iter()
            .map(|(_, _, form, _)| form.to_owned())
            .collect()
    }
}

/// The best match of each entity.
struct Found<'g> {
    gazetteer: &'g Gazetteer,
    best: BTreeMap<EntityIx, (Rank, &'g str)>,
}

impl<'g> Found<'g> {
    /// Those whose id or code it is.
    fn new(gazetteer: &'g Gazetteer, name: &str) -> Self {
        let records = gazetteer.indices().zip(gazetteer.blob.entities());
        let coded = records.filter(|(_, record)| is_code(gazetteer, record, name));
        let label = |record: &EntityRecord| gazetteer.blob.text(record.label);
        let best = coded.map(|(ix, record)| (ix, (Rank::Id, label(record))));
        Self {
            best: best.collect(),
            gazetteer,
        }
    }

    fn keep(&mut self, form: &'g str, meanings: Meanings<'g>, whole: Rank) {
        for entry in meanings {
            let is_label = form == self.gazetteer.entity(entry.entity).label;
            if let Some(rank) = rank(whole, &entry, is_label) {
                let found = self.best.entry(entry.entity).or_insert((rank, form));
                *found = (rank, form).min(*found);
            }
        }
    }

    fn hits(self) -> Vec<Hit> {
        let hit = |(entity, (rank, name)): (EntityIx, (Rank, &str))| Hit {
            entity,
            name: name.to_owned(),
            rank,
        };
        let mut hits: Vec<Hit> = self.best.into_iter().map(hit).collect();
        let length = |hit: &Hit| self.gazetteer.entity(hit.entity).label.len();
        hits.sort_by_key(|hit| (hit.rank, length(hit), hit.entity));
        hits
    }
}

fn is_code(gazetteer: &Gazetteer, record: &EntityRecord, name: &str) -> bool {
    let text = |range| gazetteer.blob.text(range);
    let has_iso2 = record.iso2.len.get() > 0;
    if !has_iso2 && record.id.len.get() as usize != name.len() {
        return false;
    }
    let id = text(record.id);
    let slug = || id.split_once(':').map_or(id, |(_, slug)| slug);
    id.eq_ignore_ascii_case(name) || (has_iso2 && (text(record.iso2) == name || slug() == name))
}

/// How a spelling that matched counts for one of its meanings.
fn rank(matched: Rank, entry: &FormEntry, label: bool) -> Option<Rank> {
    let plain = entry.base && entry.sense == Sense::Name && !entry.surname;
    match matched {
        Rank::Name if plain && label => Some(Rank::Label),
        Rank::Name if plain => Some(Rank::Name),
        Rank::Name => Some(Rank::Form),
        partial => plain.then_some(partial),
    }
}

/// A typed name, folded; with umlauts there are two ways to type it.
struct Query {
    plain: String,
}

impl Query {
    fn new(name: &str) -> Self {
        let mut plain = String::new();
        fold(name, Umlaut::Short, &mut plain);
        Self { plain }
    }

    /// [`Rank::Name`] if the spelling is the typed name, or that it begins with or contains it.
    fn compare(&self, form: &str, buffer: &mut String) -> Option<Rank> {
        fold(form, Umlaut::Short, buffer);
        let short = self.rank_in(buffer);
        if short.is_some() || form.is_ascii() {
            return short;
        }
        fold(form, Umlaut::Long, buffer);
        self.rank_in(buffer)
    }

    fn rank_in(&self, form: &str) -> Option<Rank> {
        match form.strip_prefix(self.plain.as_str()) {
            Some("") => Some(Rank::Name),
            Some(_) => Some(Rank::Prefix),
            None if self.plain.len() < SHORTEST_PART => None,
            None => form.contains(self.plain.as_str()).then_some(Rank::Part),
        }
    }
}
