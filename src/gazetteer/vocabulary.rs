//! A vocabulary as the loader makes it, before it is compiled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entity::{Entity, EntityIx, Lang, Relation, Tenure};
use super::language::Language;
use super::lexicon::Compiled;
use crate::schema::Schema;

/// Everything that the files say.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(super) schema: Schema,
    pub(super) languages: BTreeMap<Lang, Language>,
    /// Sorted by id.
    pub(super) entities: Vec<Entity>,
    pub(super) tenures: BTreeMap<EntityIx, Vec<Tenure>>,
    pub(super) memberships: BTreeMap<EntityIx, Vec<Relation>>,
    pub(super) enmities: BTreeMap<EntityIx, Vec<Relation>>,
    pub(super) lexicon: Compiled,
    pub(super) rules: Vec<Rules>,
    pub(super) counts: Counts,
}

/// A file `rules/<lang>.toml`.
#[derive(Debug)]
pub(super) struct Rules {
    /// As the user knows it.
    pub(super) path: String,
    /// As it was written.
    pub(super) text: String,
    /// The same as JSON, which is read faster.
    pub(super) compiled: String,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Files read.
    pub files: usize,
    /// Rows of all CSV files.
    pub rows: usize,
    /// Entities.
    pub entities: usize,
    /// Rows of `names/`.
    pub names: usize,
    /// Rows of `roles/`.
    pub tenures: usize,
    /// Rows of `memberships/`.
    pub memberships: usize,
    /// Rows of `enmities/`.
    pub enmities: usize,
    /// Different spellings, base forms and inflected ones.
    pub forms: usize,
}

/// What a compiled vocabulary keeps as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) schema: Schema,
    pub(super) counts: Counts,
    /// Code and place of each language.
    pub(super) languages: Vec<(String, (usize, usize))>,
    pub(super) rules: Vec<RulesMeta>,
}

/// Where a file of rules lies.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RulesMeta {
    pub(super) path: String,
    pub(super) text: (usize, usize),
    pub(super) compiled: (usize, usize),
}
