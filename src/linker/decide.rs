//! From a document to its statements: every sentence is read, then the document judged as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Candidate, candidates};
use super::cast::Entities;
use super::dossier::Dossier;
use super::kinds::Kinds;
use super::measure::Measure;
use super::page::Page;
use super::reading::{Key, Reading};
use super::reference::Memory;
use super::scene::Scene;
use super::score::Scorer;
use super::write::{Chosen, write};
use super::{Linker, accession, office, support, verdict};
use crate::document::Document;
use crate::mention::{EntityId, Tagged};
use crate::schema::Group;
use crate::statement::Statement;

/// Walks over the scenes of a document in order.
pub(super) fn scenes<'p>(
    linker: &'p Linker<'_>,
    page: &'p Page<'p>,
    entities: &Entities<'_>,
    language: usize,
    mut visit: impl FnMut(Scene<'p>, Vec<Candidate<'p>>),
) {
    if page.domain.is_civil() {
        return;
    }
    let mut memory = Memory::default();
    let cast = entities.cast(page.tagged);
    let schema = linker.gazetteer.schema();
    let kinds = Kinds::new(schema, &linker.sets, language, &entities.kinds);
    for index in 0..page.sentences.len() {
        let mut scene = Scene::new(page, &linker.rules[language], index);
        memory.extend(&mut scene, &cast);
        let found = candidates(&scene, memory.triggers(&scene), &cast, &kinds);
        memory.learn(&scene, &cast);
        visit(scene, found);
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

/// Reads every sentence, then decides what the document says.
pub(super) fn judge<'p>(
    linker: &'p Linker<'_>,
    page: &'p Page<'p>,
    entities: &Entities<'_>,
    language: usize,
) -> Judged<'p> {
    let mut readings = Vec::new();
    let mut scorer = Scorer::new(linker);
    scenes(linker, page, entities, language, |scene, found| {
        readings.push(Reading::new(linker, &mut scorer, scene, found, entities));
    });
    let schema = linker.gazetteer.schema();
    let dossier = Dossier::new(schema, entities, page.tagged, &readings);
    let measure = Measure::new(schema, entities, &dossier);
    let believed = verdict::believed(linker, &measure);
    let chosen = support::chosen(linker, &dossier, &readings, &believed);
    Judged {
        readings,
        dossier,
        believed,
        chosen,
    }
}

/// All statements of a document.
pub(super) fn statements(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Vec<Statement> {
    let language = linker.language(&doc.language);
    let mut page = Page::new(doc, tagged, &linker.rules[language]);
    let entities = Entities::new(tagged, linker.gazetteer);
    page.carry_names(&linker.rules[language], |e| entities.theme(e));
    let judged = judge(linker, &page, &entities, language);
    write_all(linker, &page, &entities, &judged, language)
}

/// The statements of a judged document, in order of their place.
pub(super) fn write_all(
    linker: &Linker<'_>,
    page: &Page<'_>,
    entities: &Entities<'_>,
    judged: &Judged<'_>,
    language: usize,
) -> Vec<Statement> {
    let mut out = office::statements(linker, page, entities, language);
    for (reading, chosen) in judged.readings.iter().zip(&judged.chosen) {
        out.extend(write(&reading.scene, chosen));
    }
    accession::add(&page.doc.id, &mut out);
    drop_yielding(linker, &mut out);
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

/// A kind that yields (`cooperation`) holds only for pairs that the text gives nothing more specific.
fn drop_yielding(linker: &Linker<'_>, statements: &mut Vec<Statement>) {
    let schema = linker.gazetteer.schema();
    let kind_of = |s: &Statement| schema.statements.iter().find(|k| k.id == s.kind);
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
