//! Why a sentence is read as it is: its clauses, names and triggers, and for every candidate what spoke
//! for and against it and what it lacked.

mod sentence;
mod verdict;

use serde::Serialize;

use super::Linker;
use super::decide::Desk;
use super::scene::Scene;
use crate::document::{BlockKind, Document};
use crate::mention::{EntityId, Sense, Tagged};
use crate::statement::{Statement, Status};
use crate::text::CharSpan;

/// How a document is read, sentence by sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    /// Different words of defence.
    pub defence_words: usize,
    /// Different words of sport, animals, trade and leisure.
    pub civil_words: usize,
    /// More of the latter: nothing on the page is a tie.
    pub civil: bool,
    /// Every sentence.
    pub sentences: Vec<SentenceView>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceView {
    /// From 1.
    pub number: usize,
    /// Where, in code points of the document.
    #[serde(flatten)]
    pub span: CharSpan,
    /// As in the text.
    pub text: String,
    /// The block it stands in.
    pub block: BlockKind,
    /// What is read from it.
    pub statements: Vec<Statement>,
    /// The text of every clause.
    pub clauses: Vec<String>,
    /// Names and words that stand for a name, in order; then who is taken over from elsewhere.
    pub mentions: Vec<MentionView>,
    /// Words that can carry a claim.
    pub triggers: Vec<TriggerView>,
    /// Pairs that words of cooperation could join, those that are joined first, then the likeliest.
    pub pairs: Vec<PairView>,
    /// Facts and hostile acts, those that are believed first, then the likeliest.
    pub claims: Vec<Verdict>,
    /// Kinds of ties that no word of the sentence can carry.
    pub no_trigger: Vec<String>,
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionView {
    /// As in the text; empty if the sentence does not name it.
    pub text: String,
    /// Who it is.
    pub entity: EntityId,
    /// Its name.
    pub name: String,
    /// For whom it acts, if for another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<EntityId>,
    /// How it is used.
    pub sense: Sense,
    /// Number of its clause, from 0.
    pub clause: usize,
    /// Names with one number stand in one list.
    pub list: usize,
    /// The preposition, or `genitive`, that governs it; `-` if none does.
    pub governor: &'static str,
    /// The sort of noun it belongs to (`government`, `forces`, `place` ...).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noun: Option<&'static str>,
    /// `no` if the sentence names it; `ref` for a word that refers to it, `prev` if the sentence before
    /// names it, `topic` if the document is about it.
    pub carried: &'static str,
    /// Whether it is named as an enemy, who cooperates with nobody in the sentence.
    pub enemy: bool,
}

/// Words that can carry a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TriggerView {
    /// As in the text.
    pub text: String,
    /// `<lang>.<name>` of the rule.
    pub rule: String,
    /// What the words do.
    pub class: String,
    /// The kinds they can carry.
    pub kinds: Vec<String>,
    /// Number of the clause, from 0.
    pub clause: usize,
}

/// Two actors that words of cooperation could join.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairView {
    /// One end.
    pub a: EntityId,
    /// The other end.
    pub b: EntityId,
    /// Whether they are joined, here or anywhere in the document.
    pub joined: bool,
    /// How sure the whole document makes it, and why.
    #[serde(flatten)]
    pub sure: Sure,
    /// How sure this sentence makes it by itself, and why.
    pub sentence: Sure,
    /// The kinds that could join them, the likeliest first.
    pub kinds: Vec<Verdict>,
}

/// What is decided about one claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Statement kind.
    pub kind: String,
    /// Near end.
    pub a: EntityId,
    /// Far end.
    pub b: EntityId,
    /// Whether the kind has a direction.
    pub directed: bool,
    /// The words that would carry it; absent where the construction does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
    /// The rule that proposed it, as statements cite it.
    pub rule: String,
    /// How sure the whole document makes it, and why; of a kind of cooperation, given that the pair is joined.
    #[serde(flatten)]
    pub sure: Sure,
    /// How sure this sentence makes it by itself, and why.
    pub sentence: Sure,
    /// What it lacks; nothing if it is believed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Lack>,
    /// How firm it is, and how sure that is, the likeliest first.
    pub statuses: Vec<(Status, f64)>,
}

/// A probability, what it takes, and the observations that weigh most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sure {
    /// Between 0 and 1, two decimals.
    pub probability: f64,
    /// What it takes; of a sentence, to speak for what the document makes likely.
    pub needed: f64,
    /// What speaks for it most.
    #[serde(rename = "for")]
    pub pro: Vec<Weight>,
    /// What speaks against it most.
    #[serde(rename = "against")]
    pub contra: Vec<Weight>,
}

/// An observation and its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    /// As in the model.
    pub name: String,
    /// Two decimals.
    pub weight: f64,
}

/// Why a claim is not believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// The pair is not joined at all.
    Joined,
    /// So much is missing to the probability it takes.
    Probability(f64),
    /// The other direction is likelier.
    Direction,
    /// The kind yields to more specific ones of the same pair.
    YieldsTo(Vec<String>),
}

/// How every sentence of a document is read.
pub(super) fn explain(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Explained {
    let desk = Desk::new(linker, doc, tagged);
    let (page, entities) = (&desk.page, &desk.entities);
    let judged = desk.judge();
    let statements = desk.write(&judged);
    let mut sentences = Vec::new();
    if page.domain.is_civil() {
        for index in 0..page.sentences.len() {
            let scene = Scene::new(page, desk.rules(), index);
            let view = sentence::view(linker, &scene, entities, &statements, index);
            sentences.push(view);
        }
    } else {
        desk.scenes(|scene, found| {
            let index = sentences.len();
            let mut view = sentence::view(linker, &scene, entities, &statements, index);
            verdict::tell(linker, &scene, &found, entities, &judged, &mut view);
            sentences.push(view);
        });
    }
    Explained {
        defence_words: page.domain.defence,
        civil_words: page.domain.civil,
        civil: page.domain.is_civil(),
        sentences,
    }
}

/// Two decimals.
pub(super) fn rounded(x: f32) -> f64 {
    (f64::from(x) * 100.0).round() / 100.0
}
