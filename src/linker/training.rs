//! Candidates with everything that was observed about them, for training and for explaining.

use super::Linker;
use super::candidate::{Actor, Candidate};
use super::decide::Desk;
use super::feature::{self, Around, Names};
use super::measure::{Measure, Values};
use super::reading::Key;
use super::scene::Scene;
use super::verdict::Question;
use super::{status, verdict};
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

/// What a document shows as a whole, in numbers, for training.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Measured {
    /// Names of the numbers of `pairs` and `ties`.
    pub names: [Vec<String>; 2],
    /// Pairs that could be joined; their kind is empty.
    pub pairs: Vec<Row>,
    /// Kinds that could join them.
    pub ties: Vec<Row>,
}

/// The numbers of one pair or kind of tie.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Statement kind.
    pub kind: String,
    /// Near end.
    pub a: EntityId,
    /// Far end.
    pub b: EntityId,
    /// In the order of the names.
    pub values: Vec<f32>,
}

pub(super) fn measure(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Measured {
    let desk = Desk::new(linker, doc, tagged);
    let judged = desk.judge();
    let schema = linker.gazetteer.schema();
    let measure = Measure::new(schema, &desk.entities, &judged.dossier);
    let row = |question, key: Key| {
        let mut values = Values::default();
        verdict::take(&measure, question, key, &mut values);
        let kind = match question {
            Question::Pair | Question::Lone => String::new(),
            Question::Tie => schema.statements[key.0].id.clone(),
        };
        Row {
            kind,
            a: tagged.entities[key.1].id.clone(),
            b: tagged.entities[key.2].id.clone(),
            values: values.0,
        }
    };
    let pairs = judged.dossier.all_pairs();
    let ties = pairs
        .iter()
        .flat_map(|pair| verdict::kinds(&measure, &measure.couple(*pair), *pair));
    Measured {
        names: [Question::Pair, Question::Tie].map(|q| verdict::names(&measure, q)),
        pairs: pairs
            .iter()
            .map(|(a, b)| row(Question::Pair, (0, *a, *b)))
            .collect(),
        ties: ties.map(|key| row(Question::Tie, key)).collect(),
    }
}

pub(super) fn observe(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Vec<Observed> {
    let desk = Desk::new(linker, doc, tagged);
    let schema = linker.gazetteer.schema();
    let mut out = Vec::new();
    desk.scenes(|scene, found| {
        let around = Around::new(&scene, &desk.entities);
        for candidate in found.iter().flat_map(|chunk| chunk.candidates(schema)) {
            let mut links = Names::default();
            feature::observe(&around, &candidate, &mut links);
            let mut statuses = Names::default();
            status::observe(&scene, &candidate, &mut statuses);
            out.push(Observed {
                kind: candidate.kind.id.clone(),
                a: tagged.entities[candidate.a.entity].id.clone(),
                b: tagged.entities[candidate.b.entity].id.clone(),
                sentence: doc.char_span(scene.sentence.span),
                group: group(&scene, &candidate),
                links: links.0,
                statuses: statuses.0,
            });
        }
    });
    desk.close();
    out
}
