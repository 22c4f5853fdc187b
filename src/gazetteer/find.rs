//! Finds entities by a name that a person typed.

use std::collections::BTreeMap;

use super::entity::{EntityIx, FormEntry};
use super::{Entity, Gazetteer};
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
        let mut best: BTreeMap<EntityIx, (Rank, &str)> = BTreeMap::new();
        let mut keep = |ix: EntityIx, rank: Rank, name| {
            let found = best.entry(ix).or_insert((rank, name));
            *found = (rank, name).min(*found);
        };
        for (ix, entity) in self.entities() {
            if is_code(entity, name) {
                keep(ix, Rank::Id, &entity.label);
            }
        }
        let mut buffer = String::new();
        for (form, entries) in self.lexicon.spellings() {
            let Some(whole) = query.compare(form, &mut buffer) else {
                continue;
            };
            for entry in entries {
                if let Some(rank) = rank(whole, entry, form == self.entity(entry.entity).label) {
                    keep(entry.entity, rank, form);
                }
            }
        }
        let mut hits: Vec<Hit> = best
            .into_iter()
            .map(|(entity, (rank, name))| Hit {
                entity,
                name: name.to_owned(),
                rank,
            })
            .collect();
        hits.sort_by_key(|hit| (hit.rank, self.entity(hit.entity).label.len(), hit.entity));
        hits
    }

    /// The names closest to a misspelt one, of at most three entities, closest first.
    pub fn did_you_mean(&self, name: &str) -> Vec<String> {
        let query = Query::new(name).plain;
        let length = query.chars().count();
        let worst = (length / 3).max(1);
        let mut close: Vec<(usize, u16, &str, EntityIx)> = Vec::new();
        let mut buffer = String::new();
        for (form, entries) in self.lexicon.spellings() {
            if form.len() < SHORTEST_PART || form.len().abs_diff(name.len()) > worst * 2 {
                continue;
            }
            let named = |e: &&FormEntry| e.base && e.sense == Sense::Name && !e.surname;
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

fn is_code(entity: &Entity, name: &str) -> bool {
    let id = entity.id.as_str();
    id.eq_ignore_ascii_case(name)
        || (!entity.iso2.is_empty() && (entity.iso2 == name || entity.id.slug() == name))
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Umlaut {
    /// `ö` is `o`.
    Short,
    /// `ö` is `oe`.
    Long,
}

/// Small letters without accents; other signs are one blank, and a number stands apart (`f 35`).
fn fold(text: &str, umlaut: Umlaut, out: &mut String) {
    out.clear();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            let digit = |c: char| c.is_ascii_digit();
            if out
                .chars()
                .next_back()
                .is_some_and(|last| last != ' ' && digit(last) != digit(c))
            {
                out.push(' ');
            }
            out.push(c);
        } else if c.is_alphanumeric() {
            fold_letter(c, umlaut, out);
        } else if !is_mark(c) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
}

/// Signs inside a word that nobody types.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\'' | '’')
}

fn fold_letter(c: char, umlaut: Umlaut, out: &mut String) {
    let plain = match c {
        'ä' | 'æ' if umlaut == Umlaut::Long => "ae",
        'ö' | 'ø' | 'œ' if umlaut == Umlaut::Long => "oe",
        'ü' if umlaut == Umlaut::Long => "ue",
        'å' if umlaut == Umlaut::Long => "aa",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        other => return out.push(other),
    };
    out.push_str(plain);
}
