//! Candidates with everything that was observed about them, for training and for explaining.

use super::Linker;
use super::candidate::{Actor, Candidate};
use super::cast::Entities;
use super::decide::{contexts, scenes};
use super::feature::{self, Names};
use super::page::Page;
use super::pattern::WordCache;
use super::scene::Scene;
use super::status;
use crate::document::Document;
use crate::mention::{EntityId, Tagged};
use crate::text::CharSpan;
use serde::Serialize;

/// A candidate as the model sees it.
#[derive(Debug, Clone, Serialize)]
pub struct Observed {
    /// Statement kind.
    pub kind: String,
    /// Near end.
    pub a: EntityId,
    /// Far end.
    pub b: EntityId,
    /// The sentence.
    pub sentence: CharSpan,
    /// Candidates of one sentence, kind and trigger whose ends stand in the same lists share a number.
    pub group: String,
    /// What speaks for and against it.
    pub links: Vec<String>,
    /// What speaks for one status or another.
    pub statuses: Vec<String>,
}

/// Names the lists that the ends of a candidate stand in.
fn group(scene: &Scene<'_>, candidate: &Candidate<'_>) -> String {
    let list = |actor: Actor| scene.items[actor.item].list;
    format!("{}-{}", list(candidate.a), list(candidate.b))
}

pub(super) fn observe(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Vec<Observed> {
    let language = linker.language(&doc.language);
    let mut page = Page::new(
        doc,
        tagged,
        &linker.rules[language],
        &mut WordCache::default(),
    );
    let entities = Entities::new(tagged, linker.gazetteer);
    page.carry_names(&linker.rules[language], |e| entities.theme(e));
    let mut out = Vec::new();
    scenes(linker, &page, &entities, language, |scene, found| {
        contexts(scene, found, &entities, |context| {
            let mut links = Names::default();
            feature::observe(context, &mut links);
            let mut statuses = Names::default();
            status::observe(scene, &context.candidate, &mut statuses);
            out.push(Observed {
                kind: context.candidate.kind.id.clone(),
                a: tagged.entities[context.candidate.a.entity].id.clone(),
                b: tagged.entities[context.candidate.b.entity].id.clone(),
                sentence: doc.char_span(scene.sentence.span),
                group: group(scene, &context.candidate),
                links: links.0,
                statuses: statuses.0,
            });
        });
    });
    out
}
