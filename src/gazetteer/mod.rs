//! The vocabulary: who and what there is, how each is named, who held which office.
//!
//! All of it is data (`gazetteer/`, inside the binary); folders of the user add to it or override it.

mod check;
mod date;
mod decay;
mod entity;
mod files;
mod find;
mod inflect;
mod language;
mod lexicon;
mod load;
mod names;
mod offices;
mod rows;
mod suggest;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::civil::Date;

pub use check::{Report, check, check_dir, example_files, example_files_of};
pub use date::DateBound;
pub use decay::Decay;
pub use entity::{Entity, EntityIx, FormEntry, Lang, Membership, Needs, Tenure};
pub use files::SourceFile;
pub use find::{Hit, Rank};
pub use inflect::{Adjectives, Inflection, SuffixRule};
pub use language::{Language, Role};
pub use lexicon::Lexicon;
pub use suggest::{OtherName, Suggestion, Suggestions};

use crate::error::Problems;
use crate::schema::Schema;

/// Everything known about names.
#[derive(Debug)]
pub struct Gazetteer {
    schema: Schema,
    languages: BTreeMap<Lang, Language>,
    /// Sorted by id.
    entities: Vec<Entity>,
    tenures: BTreeMap<EntityIx, Vec<Tenure>>,
    memberships: BTreeMap<EntityIx, Vec<Membership>>,
    /// What an office is of, and who held one there; sorted.
    holders: Vec<(EntityIx, EntityIx)>,
    lexicon: Lexicon,
    rules: Vec<SourceFile>,
    counts: Counts,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Different spellings, base forms and inflected ones.
    pub forms: usize,
}

impl Gazetteer {
    /// The vocabulary inside the binary, loaded once.
    pub fn builtin() -> Result<&'static Gazetteer, &'static Problems> {
        static BUILTIN: OnceLock<Result<Gazetteer, Problems>> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::load(&[])).as_ref()
    }

    /// The built-in vocabulary with folders of the user; a later folder overrides an earlier one.
    pub fn load(own: &[PathBuf]) -> Result<Gazetteer, Problems> {
        let mut problems = Problems::new();
        let files = load::builtin_and(own, &mut problems);
        let (gazetteer, problems) = load::load(&files, problems);
        problems.or(gazetteer)
    }

    /// Only the vocabulary of this folder. The ontology and the languages, where it has none of
    /// its own, are the built-in ones.
    pub fn from_dir(dir: &Path) -> Result<Gazetteer, Problems> {
        let mut problems = Problems::new();
        let files = load::only(dir, &mut problems);
        let (gazetteer, problems) = load::load(&files, problems);
        problems.or(gazetteer)
    }

    /// The ontology.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// How much there is of everything.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// An entity.
    ///
    /// # Panics
    /// If the index is of another gazetteer.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }

    /// Every entity, by id.
    pub fn entities(&self) -> impl Iterator<Item = (EntityIx, &Entity)> {
        (0..).map(EntityIx).zip(&self.entities)
    }

    /// The entity with this id.
    pub fn lookup(&self, id: &str) -> Option<EntityIx> {
        let at = self
            .entities
            .binary_search_by(|e| e.id.as_str().cmp(id))
            .ok()?;
        u32::try_from(at).ok().map(EntityIx)
    }

    /// A language by its code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.get(&Lang::new(code)?)
    }

    /// Every language, by code.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.languages.values()
    }

    /// The files `rules/<lang>.toml`, for the step that owns them; a later one of a name overrides.
    pub fn rule_files(&self) -> &[SourceFile] {
        &self.rules
    }

    /// The offices a person held, by their first day.
    pub fn tenures(&self, person: EntityIx) -> &[Tenure] {
        self.tenures.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Who held an office of a country, organisation or company; with a date, who held it then.
    pub fn holders(&self, of: EntityIx, role: &str, on: Option<Date>) -> Vec<EntityIx> {
        let start = self.holders.partition_point(|&(o, _)| o < of);
        let held = |person: EntityIx| {
            let mut tenures = self.tenures(person).iter();
            tenures.any(|t| t.of == of && t.role == role && t.holds_on(on))
        };
        let here = self
            .holders
            .iter()
            .skip(start)
            .take_while(|&&(o, _)| o == of);
        here.map(|&(_, person)| person)
            .filter(|&person| held(person))
            .collect()
    }

    /// What an entity is a member of.
    pub fn memberships(&self, member: EntityIx) -> &[Membership] {
        self.memberships.get(&member).map_or(&[], Vec::as_slice)
    }

    /// All surface forms.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}
