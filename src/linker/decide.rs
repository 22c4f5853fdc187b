//! From a document to its statements: every sentence is read, then the document judged as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Chunk, candidates};
use super::cast::Entities;
use super::dossier::Dossier;
use super::kinds::Kinds;
use super::measure::Measure;
use super::page::Page;
use super::reading::{Key, Reading};
use super::reference::Memory;
use super::rules::LanguageRules;
use super::scene::Scene;
use super::score::Scorer;
use super::write::{Chosen, write};
use super::{Linker, accession, office, support, verdict};
use crate::document::Document;
use crate::mention::{EntityId, Tagged};
use crate::schema::Group;
use crate::statement::Statement;

/// A document made ready to be linked.
pub(super) struct Desk<'p> {
    pub(super) linker: &'p Linker<'p>,
    pub(super) page: Page<'p>,
    pub(super) entities: Entities<'p>,
    /// Number of the language whose rules hold.
    language: usize,
}

impl<'p> Desk<'p> {
    pub(super) fn new(linker: &'p Linker<'p>, doc: &'p Document, tagged: &'p Tagged) -> Self {
        let language = linker.language(&doc.language);
        let rules = &linker.rules[language];
        let (words, register) = {
            let mut known = linker.known.get_or_default().borrow_mut();
            let words = &mut known.language(language).words;
            (std::mem::take(words), std::mem::take(&mut known.entities))
        };
        let mut page = Page::new(doc, tagged, rules, words);
        let entities = Entities::new(tagged, doc.date, linker.gazetteer, register);
        page.carry_names(rules, &entities);
        Self {
            linker,
            page,
            entities,
            language,
        }
    }

    /// Keeps what was found out about words and entities for the next document.
    pub(super) fn close(self) {
        let mut known = self.linker.known.get_or_default().borrow_mut();
        known.language(self.language).words = self.page.into_words();
        known.entities = self.entities.into_register();
    }

    pub(super) fn rules(&self) -> &'p LanguageRules {
        &self.linker.rules[self.language]
    }

    /// Walks over the scenes of the document in order.
    pub(super) fn scenes<'d>(&'d self, mut visit: impl FnMut(Scene<'d>, Vec<Chunk>)) {
        if self.page.domain.is_civil() {
            return;
        }
        let mut memory = Memory::default();
        let cast = self.entities.cast(self.page.tagged);
        let kinds = Kinds::new(&self.linker.sets, self.language, &self.entities.kinds);
        for index in 0..self.page.sentences.len() {
            let mut scene = Scene::new(&self.page, self.rules(), index);
            memory.extend(&mut scene, &cast);
            let found = candidates(&scene, memory.triggers(&scene), &cast, &kinds);
            memory.learn(&scene, &cast);
            visit(scene, found);
        }
    }

    /// Reads every sentence, then decides what the document says.
    pub(super) fn judge(&self) -> Judged<'_> {
        let linker = self.linker;
        let mut readings = Vec::new();
        let mut known = linker.known.get_or_default().borrow_mut();
        let mut scorer = Scorer::new(&linker.model, &mut known.language(self.language).memo);
        self.scenes(|scene, found| {
            readings.push(Reading::new(
                linker,
                &mut scorer,
                scene,
                found,
                &self.entities,
            ));
        });
        let schema = linker.gazetteer.schema();
        let dossier = Dossier::new(schema, &self.entities, self.page.tagged, &readings);
        let measure = Measure::new(schema, &self.entities, &dossier);
        let believed = verdict::believed(linker, &measure);
        let chosen = support::chosen(linker, &dossier, &readings, &believed);
        Judged {
            readings,
            dossier,
            believed,
            chosen,
        }
    }

    /// All statements of the document.
    pub(super) fn statements(&self) -> Vec<Statement> {
        self.write(&self.judge())
    }

    /// The statements of the judged document, in order of their place.
    pub(super) fn write(&self, judged: &Judged<'_>) -> Vec<Statement> {
        let mut out = office::statements(self);
        for (reading, chosen) in judged.readings.iter().zip(&judged.chosen) {
            out.extend(write(&reading.scene, chosen));
        }
        accession::add(&self.page.doc.id, &mut out);
        drop_yielding(self.linker, &mut out);
        out.sort_by(|x, y| {
            (x.evidence.start, x.evidence.end, &x.kind, &x.id).cmp(&(
                y.evidence.start,
                y.evidence.end,
                &y.kind,
                &y.id,
            ))
        });
        out.dedup_by(|x, y| x.id == y.id);
        out
    }
}

/// A document with what is believed of it.
pub(super) struct Judged<'p> {
    pub(super) readings: Vec<Reading<'p>>,
    pub(super) dossier: Dossier,
    /// Probability of every claim that is believed.
    pub(super) believed: BTreeMap<Key, f32>,
    /// For every reading the claims that its sentence speaks for.
    pub(super) chosen: Vec<BTreeMap<Key, Chosen<'p>>>,
}

/// A kind that yields (`cooperation`) holds only for pairs that the text gives nothing more specific.
fn drop_yielding(linker: &Linker<'_>, statements: &mut Vec<Statement>) {
    let schema = linker.gazetteer.schema();
    let kind_of = |s: &Statement| schema.statements.iter().find(|k| k.id == s.kind);
    if !statements
        .iter()
        .any(|s| kind_of(s).is_some_and(|k| k.yields))
    {
        return;
    }
    let mut specific = BTreeSet::new();
    for statement in statements.iter() {
        if kind_of(statement).is_some_and(|k| k.group == Group::Cooperative && !k.yields) {
            specific.extend(pairs(statement));
        }
    }
    statements.retain(|s| {
        !kind_of(s).is_some_and(|k| k.yields) || pairs(s).iter().any(|p| !specific.contains(p))
    });
}

/// The unordered pairs that a statement stands for.
pub(super) fn pairs(s: &Statement) -> Vec<(EntityId, EntityId)> {
    let far = if s.objects.is_empty() {
        &s.subjects
    } else {
        &s.objects
    };
    let mut out = Vec::new();
    for a in &s.subjects {
        for b in far.iter().filter(|b| *b != a) {
            out.push(if a < b {
                (a.clone(), b.clone())
            } else {
                (b.clone(), a.clone())
            });
        }
    }
    out
}
