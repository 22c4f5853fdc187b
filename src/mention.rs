//! A name seen at a place in a document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::token::Tokens;

/// The stable name of an entity: `<kind>:<slug>`, countries `country:<ISO 3166-1 alpha-3>`,
/// entities that only the text knows `<kind>:~<slug>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// Wraps an id that is already well-formed.
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the colon: the id of the entity kind.
    pub fn kind(&self) -> &str {
        self.0.split_once(':').map_or("", |(kind, _)| kind)
    }

    /// The part after the colon.
    pub fn slug(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, slug)| slug)
    }

    /// Whether the gazetteer knows the entity.
    pub fn is_known(&self) -> bool {
        !self.slug().starts_with('~')
    }
}

/// Maps keyed by id are asked with plain text.
impl std::borrow::Borrow<str> for EntityId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A surface form at a place, and the entity it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands. Mentions of a document are sorted and do not overlap.
    pub span: Span,
    /// The entity: an index into [`Tagged::entities`].
    pub entity: usize,
    /// How the name was used here.
    pub sense: Sense,
    /// How it was found.
    pub found_by: FoundBy,
}

/// The result of tagging one document.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    /// Every entity of the document once, in order of first mention.
    pub entities: Vec<TaggedEntity>,
    /// Every mention, sorted by place.
    pub mentions: Vec<Mention>,
    /// The tokens of the text, for whoever reads it next; none if nobody cut it yet.
    pub(crate) tokens: Tokens,
}

/// An entity as one document names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedEntity {
    /// Its id.
    pub id: EntityId,
    /// The gazetteer's label, or the longest surface form of an unknown one.
    pub name: String,
    /// Index of the country (or other actor) of this document's entities that it acts for at the
    /// document's date: a minister's or ministry's state, an executive's company.
    pub acts_for: Option<usize>,
    /// The role it holds (`defence_minister`), if one is known from the gazetteer or the text.
    pub role: Option<String>,
}

/// The way a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sense {
    /// The proper name.
    Name,
    /// An adjective (`kanadisch`, `Canadian`).
    Adjective,
    /// The people of a country standing for it (`die Kanadier`).
    Demonym,
    /// The first part of a compound (`deutsch-norwegisch`, `Ukrainehilfe`).
    Combining,
    /// A capital or seat of government that acts for its state (`Ottawa will ...`).
    Seat,
    /// A role without a name that stands for the state (`sein dänischer Amtskollege`).
    Role,
    /// A pronoun or noun phrase resolved to an entity named before (`das Bündnis`).
    Reference,
}

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FoundBy {
    /// A name of the gazetteer.
    Name,
    /// An inflected form of a name of the gazetteer.
    Inflection,
    /// A part of a compound word.
    Compound,
    /// Role, nationality and an unknown name.
    RolePattern,
    /// A surname or short form of an entity named in full in the document.
    BackReference,
    /// An acronym that the text defines.
    Acronym,
    /// The shape of a designator next to a class word, or a head word (`Initiative`, `Partnership`).
    Shape,
}
