//! The vocabulary: who and what there is, how each is named, who held which office.
//!
//! All of it is data (`gazetteer/`, inside the binary); folders of the user add to it or override it.

mod blob;
mod cache;
mod check;
mod date;
mod decay;
mod embedded;
mod entity;
mod files;
mod find;
mod finder;
mod fold;
mod inflect;
mod language;
mod lexicon;
mod load;
mod names;
mod offices;
mod rows;
mod sections;
mod standing;
mod suggest;
mod table;
mod vocabulary;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::civil::Date;

pub use check::{Report, check, check_dir, example_files, example_files_of};
pub use date::DateBound;
pub use decay::Decay;
pub use entity::{Entity, EntityIx, FormEntry, Lang, Needs, Relation, Tenure};
pub use files::SourceFile;
pub use find::{Hit, Rank};
pub use finder::Finder;
pub use inflect::{Adjectives, Inflection, SuffixRule};
pub use language::{Language, Role};
pub use lexicon::{Lexicon, Meanings, MeaningsIter};
pub use sections::{BodyWords, Head, ReadSection, TAGGER_LISTS, TaggerSection};
pub use suggest::{OtherName, Suggestion, Suggestions};
pub use vocabulary::Counts;

use crate::error::Problems;
use crate::mention::EntityId;
use crate::schema::{KindIx, Schema};
use blob::Blob;
use blob::records::{EntityRecord, TieRecord, unpack_date, unpack_entity};
use vocabulary::{Meta, Vocabulary};

/// Everything known about names.
///
/// It is compiled: opening it costs next to nothing whatever its size, and an entity or a language is
/// made when it is first asked for.
#[derive(Debug)]
pub struct Gazetteer {
    blob: Blob,
    meta: Meta,
    languages: Vec<(Lang, OnceLock<Language>)>,
    entities: Box<[OnceLock<Box<Known>>]>,
}

/// An entity that was asked for.
#[derive(Debug)]
struct Known {
    entity: Entity,
    tenures: OnceLock<Box<[Tenure]>>,
    memberships: OnceLock<Box<[Relation]>>,
    enmities: OnceLock<Box<[Relation]>>,
}

/// A file `rules/<lang>.toml`, for the step that owns it.
#[derive(Clone, Copy, Debug)]
pub struct RuleFile<'g> {
    /// As the user knows it.
    pub path: &'g str,
    /// As it was written.
    pub text: &'g str,
    /// The same as JSON, which is read faster.
    pub json: &'g str,
}

impl Gazetteer {
    /// The vocabulary inside the binary.
    ///
    /// It was checked and compiled when the program was built, so there are no problems.
    pub fn builtin() -> Result<&'static Gazetteer, &'static Problems> {
        static BUILTIN: OnceLock<Result<Gazetteer, Problems>> = OnceLock::new();
        let open = || {
            let opened = Blob::open(Cow::Borrowed(embedded::BLOB)).and_then(Self::open);
            opened.map_or_else(|| Self::load(&[]), Ok)
        };
        BUILTIN.get_or_init(open).as_ref()
    }

    /// The built-in vocabulary with folders of the user; a later folder overrides an earlier one.
    pub fn load(own: &[PathBuf]) -> Result<Gazetteer, Problems> {
        let mut problems = Problems::new();
        let files = embedded::builtin_and(own, &mut problems);
        let (vocabulary, problems) = load::load(&files, problems);
        problems.or(Self::compiled(&vocabulary))
    }

    /// As [`Gazetteer::load`], but what was compiled once is kept in a file of the folder `cache` and
    /// used again until a file of the user or the program changes. A cache that cannot be read or
    /// written is no error.
    pub fn load_cached(own: &[PathBuf], cache: &Path) -> Result<Gazetteer, Problems> {
        let mut problems = Problems::new();
        let files = embedded::own(own, &mut problems);
        let place = cache::Place::new(cache, own, &files);
        if problems.is_empty()
            && let Some(kept) = place.read().and_then(Self::open)
        {
            return Ok(kept);
        }
        let gazetteer = Self::load(own)?;
        place.write(&gazetteer.blob);
        Ok(gazetteer)
    }

    /// Only the vocabulary of this folder. The ontology and the languages, where it has none of
    /// its own, are the built-in ones.
    pub fn from_dir(dir: &Path) -> Result<Gazetteer, Problems> {
        let mut problems = Problems::new();
        let files = embedded::only(dir, &mut problems);
        let (vocabulary, problems) = load::load(&files, problems);
        problems.or(Self::compiled(&vocabulary))
    }

    fn open(blob: Blob) -> Option<Self> {
        let meta: Meta = serde_json::from_slice(blob.meta()).ok()?;
        let languages = meta
            .languages
            .iter()
            .map(|(code, _)| Some((Lang::new(code)?, OnceLock::new())))
            .collect::<Option<_>>()?;
        let entities = blob.entities().iter().map(|_| OnceLock::new()).collect();
        Some(Self {
            blob,
            meta,
            languages,
            entities,
        })
    }

    /// A vocabulary in the form in which it is used.
    fn compiled(vocabulary: &Vocabulary) -> Self {
        let bytes = Cow::Owned(blob::write(vocabulary));
        let opened = Blob::open(bytes).and_then(Self::open);
        opened.unwrap_or_else(|| unreachable!("what was just written can be read"))
    }

    /// What tells this vocabulary from any other one.
    pub fn fingerprint(&self) -> String {
        blake3::hash(Blob::identity(self.blob.bytes()))
            .to_hex()
            .to_string()
    }

    /// The ontology.
    pub fn schema(&self) -> &Schema {
        &self.meta.schema
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
        self.meta.counts
    }

    /// An entity.
    ///
    /// # Panics
    /// If the index is of another gazetteer.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.known(ix).entity
    }

    fn known(&self, ix: EntityIx) -> &Known {
        let at = ix.0 as usize;
        self.entities[at].get_or_init(|| {
            Box::new(Known {
                entity: self.unpack(&self.blob.entities()[at]),
                tenures: OnceLock::new(),
                memberships: OnceLock::new(),
                enmities: OnceLock::new(),
            })
        })
    }

    fn unpack(&self, record: &EntityRecord) -> Entity {
        let text = |range| self.blob.text(range).to_owned();
        let list = |range: blob::records::Range| {
            let all = range.of(self.blob.lists()).iter();
            all.map(|ix| EntityIx(ix.get())).collect()
        };
        Entity {
            id: EntityId::new(self.blob.text(record.id)),
            kind: KindIx(record.kind.get()),
            label: text(record.label),
            class: text(record.class),
            countries: list(record.countries),
            parent: unpack_entity(record.parent.get()),
            wikidata: text(record.wikidata),
            since: unpack_date(record.since.get()),
            until: unpack_date(record.until.get()),
            source: text(record.source),
            acts_for: unpack_entity(record.acts_for.get()),
            makers: list(record.makers),
            surname: text(record.surname),
            iso2: text(record.iso2),
            cow: text(record.cow),
        }
    }

    /// Every entity, by id.
    pub fn entities(&self) -> impl Iterator<Item = (EntityIx, &Entity)> {
        self.indices().map(|ix| (ix, self.entity(ix)))
    }

    fn indices(&self) -> impl Iterator<Item = EntityIx> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(EntityIx)
    }

    /// The bodies that act for a state, with their kind and the state.
    pub fn bodies(&self) -> impl Iterator<Item = (EntityIx, KindIx, EntityIx)> + '_ {
        let records = self.indices().zip(self.blob.entities());
        records.filter_map(|(ix, record)| {
            let state = unpack_entity(record.acts_for.get())?;
            Some((ix, KindIx(record.kind.get()), state))
        })
    }

    /// The entity with this id.
    pub fn lookup(&self, id: &str) -> Option<EntityIx> {
        let records = self.blob.entities();
        let at = records
            .binary_search_by(|record| self.blob.text(record.id).cmp(id))
            .ok()?;
        u32::try_from(at).ok().map(EntityIx)
    }

    /// A language by its code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        let code = Lang::new(code)?;
        let at = self.languages.iter().position(|(lang, _)| *lang == code)?;
        self.language_at(at)
    }

    fn language_at(&self, at: usize) -> Option<&Language> {
        let (_, place) = self.meta.languages.get(at)?;
        let (lang, language) = self.languages.get(at)?;
        let read = || {
            let read = serde_json::from_str(self.blob.document(*place));
            read.unwrap_or_else(|_| Language::empty(*lang))
        };
        Some(language.get_or_init(read))
    }

    /// The codes of all languages, sorted.
    pub fn language_codes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|(lang, _)| lang.code())
    }

    /// Every language, by code.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        (0..self.languages.len()).filter_map(|at| self.language_at(at))
    }

    /// The files `rules/<lang>.toml`, for the step that owns them.
    pub fn rule_files(&self) -> impl Iterator<Item = RuleFile<'_>> {
        self.meta.rules.iter().map(|rules| RuleFile {
            path: &rules.path,
            text: self.blob.document(rules.text),
            json: self.blob.document(rules.compiled),
        })
    }

    /// The offices a person held, by their first day.
    pub fn tenures(&self, person: EntityIx) -> &[Tenure] {
        let Some(record) = self.record(person) else {
            return &[];
        };
        let unpack = |tie: &TieRecord| Tenure {
            role: self.blob.text(tie.role).to_owned(),
            of: EntityIx(tie.of.get()),
            since: unpack_date(tie.since.get()),
            until: unpack_date(tie.until.get()),
        };
        let all = || record.tenures.of(self.blob.tenures());
        let known = &self.known(person).tenures;
        known.get_or_init(|| all().iter().map(unpack).collect())
    }

    fn record(&self, ix: EntityIx) -> Option<&EntityRecord> {
        self.blob.entities().get(ix.0 as usize)
    }

    /// Who held an office of a country, organisation or company; with a date, who held it then.
    pub fn holders(&self, of: EntityIx, role: &str, on: Option<Date>) -> Vec<EntityIx> {
        let holders = self.blob.holders();
        let start = holders.partition_point(|holder| holder.of.get() < of.0);
        let held = |person: EntityIx| {
            let mut tenures = self.tenures(person).iter();
            tenures.any(|t| t.of == of && t.role == role && t.holds_on(on))
        };
        let here = holders
            .iter()
            .skip(start)
            .take_while(|holder| holder.of.get() == of.0);
        here.map(|holder| EntityIx(holder.person.get()))
            .filter(|&person| held(person))
            .collect()
    }

    /// What an entity is a member of.
    pub fn memberships(&self, member: EntityIx) -> &[Relation] {
        let Some(record) = self.record(member) else {
            return &[];
        };
        let known = &self.known(member).memberships;
        known.get_or_init(|| self.relations(record.memberships))
    }

    /// Whom an entity is set against.
    pub fn enmities(&self, of: EntityIx) -> &[Relation] {
        let Some(record) = self.record(of) else {
            return &[];
        };
        let known = &self.known(of).enmities;
        known.get_or_init(|| self.relations(record.enmities))
    }

    fn relations(&self, range: blob::records::Range) -> Box<[Relation]> {
        let unpack = |tie: &TieRecord| Relation {
            role: self.blob.text(tie.role).to_owned(),
            of: EntityIx(tie.of.get()),
            since: unpack_date(tie.since.get()),
            until: unpack_date(tie.until.get()),
        };
        let all = range.of(self.blob.relations()).iter();
        all.map(unpack).collect()
    }

    /// All surface forms.
    pub fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            edges: self.blob.edges(),
            heads: self.blob.heads(),
            nodes: self.blob.nodes(),
            surfaces: self.blob.surfaces(),
            spans: self.blob.spans(),
            entries: self.blob.entries(),
            text: self.blob.spellings(),
        }
    }
}
