//! From mentions to statements: who is joined with whom, by which words, how firmly.
//!
//! For every sentence a `scene::Scene` is made: which names stand where, in which list and clause,
//! under which preposition. Trigger rules (data, `gazetteer/rules/<lang>.toml`) propose candidates:
//! pairs of parties a kind of statement could join. Without a trigger there is no candidate, so a bare
//! co-mention never becomes a tie. A small linear model over named, language-independent
//! observations says how likely each sentence asserts its candidates (`reading`). The document is then looked
//! at as a whole (`dossier`, `measure`): how many sentences join a pair, who is joined with both, what they
//! take part in together; a second linear model over these numbers decides what is believed (`verdict`).
//! What is believed is written where a sentence speaks for it (`support`, `write`): pairs are joined to n-ary
//! statements, with status, date and circumstances.

mod accession;
mod appear;
mod assemble;
mod attribute;
mod blocks;
mod candidate;
mod cast;
mod decide;
mod dossier;
mod explain;
mod feature;
mod kinds;
mod measure;
mod model;
mod office;
mod page;
mod pattern;
mod places;
mod reading;
mod reference;
mod route;
mod rows;
mod rules;
#[cfg(test)]
mod sample;
mod scene;
mod score;
mod status;
mod support;
mod term;
mod time;
mod training;
mod verdict;
mod weights;
mod words;
mod write;

pub use explain::{
    Explained, Lack, MentionView, PairView, SentenceView, Sure, TriggerView, Verdict, Weight,
};
pub use model::{Model, ModelError};
pub use rules::{LanguageRules, Rule, RulesError};
pub use training::{Measured, Observed, Row};

use std::cell::RefCell;
use std::sync::Arc;

use thread_local::ThreadLocal;

use kinds::KindSets;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;
use crate::statement::Statement;
use crate::text::sentence::Habits;

/// Reads statements from tagged documents.
#[derive(Debug, Clone)]
pub struct Linker<'g> {
    gazetteer: &'g Gazetteer,
    rules: Vec<LanguageRules>,
    model: Model,
    /// Per statement kind, the columns of the model that speak of it and of its group.
    columns: Vec<[usize; 2]>,
    /// Which kinds the rules carry and the ends can have.
    sets: KindSets,
    /// The model's weights of what a document shows as a whole.
    weights: verdict::Weights,
    /// What each thread found out, remembered from text to text.
    known: Arc<ThreadLocal<RefCell<Known>>>,
}

/// What a thread remembers from text to text: it makes it faster and changes no answer.
#[derive(Debug, Default)]
struct Known {
    entities: cast::Register,
    languages: Vec<KnownOfLanguage>,
}

#[derive(Debug, Default)]
struct KnownOfLanguage {
    words: words::WordList,
    memo: score::Memo,
}

impl Known {
    fn language(&mut self, language: usize) -> &mut KnownOfLanguage {
        let count = self.languages.len().max(language + 1);
        self.languages.resize_with(count, KnownOfLanguage::default);
        &mut self.languages[language]
    }
}

/// The column of a kind that the model does not know: no row has it, since `COLUMNS` are one more than a model may use.
const NO_COLUMN: usize = rows::COLUMNS - 1;

/// Why a linker could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LinkerError {
    /// A rules file is wrong.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The model is wrong.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// There are no rules at all.
    #[error(
        "failed to make a linker: expected a file rules/<lang>.toml in the gazetteer, but found none"
    )]
    NoRules,
}

impl<'g> Linker<'g> {
    /// A linker with the rules of the gazetteer and the built-in model.
    ///
    /// # Errors
    /// A rules file that cannot be read.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self, LinkerError> {
        Self::with_model(gazetteer, Model::builtin())
    }

    /// A linker with another model; an empty one believes nothing.
    ///
    /// # Errors
    /// A rules file that cannot be read.
    pub fn with_model(gazetteer: &'g Gazetteer, model: Model) -> Result<Self, LinkerError> {
        let mut rules = Vec::new();
        for file in gazetteer.rule_files() {
            rules.push(LanguageRules::read(file.path, file.text, file.json)?);
        }
        if rules.is_empty() {
            return Err(LinkerError::NoRules);
        }
        let kinds = &gazetteer.schema().statements;
        let sets = KindSets::new(gazetteer.schema(), &rules);
        let column = |scope: &str| model.rows().column(scope).unwrap_or(NO_COLUMN);
        let columns = kinds
            .iter()
            .map(|kind| [column(&kind.id), column(feature::group(kind))])
            .collect();
        let weights = verdict::Weights::new(&model, gazetteer);
        Ok(Self {
            gazetteer,
            rules,
            model,
            columns,
            sets,
            weights,
            known: Arc::default(),
        })
    }

    /// The statements of a document, in order of their place.
    pub fn link(&self, doc: &Document, tagged: &Tagged) -> Vec<Statement> {
        let desk = decide::Desk::new(self, doc, tagged);
        let statements = desk.statements();
        desk.close();
        statements
    }

    /// Every candidate of a document with its observations, for training.
    pub fn observe(&self, doc: &Document, tagged: &Tagged) -> Vec<Observed> {
        training::observe(self, doc, tagged)
    }

    /// What a document shows as a whole, in numbers, for training.
    pub fn measure(&self, doc: &Document, tagged: &Tagged) -> Measured {
        training::measure(self, doc, tagged)
    }

    /// Where the sentences of a language end.
    pub fn habits(&self, language: &str) -> Option<&Habits> {
        let rules = self.rules.get(self.language(language));
        rules.map(|rules| &rules.habits)
    }

    /// How every sentence of a document is read, and why.
    pub fn explain(&self, doc: &Document, tagged: &Tagged) -> Explained {
        explain::explain(self, doc, tagged)
    }

    /// The rules of every language.
    pub fn rules(&self) -> &[LanguageRules] {
        &self.rules
    }

    /// Index of the rules for a language; those of English where there are none.
    fn language(&self, code: &str) -> usize {
        let find = |code: &str| self.rules.iter().position(|r| r.language == code);
        find(code).or_else(|| find("en")).unwrap_or_default()
    }
}
