//! One claim of one passage of text, with the evidence for it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::copies::Sketch;
use crate::document::BlockKind;
use crate::mention::{EntityId, FoundBy};
use crate::text::CharSpan;

/// A claim. Its id is a hash of what it says and where, never of when or how it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Hash of document id, kind, parties, about and evidence span, in hexadecimal.
    pub id: String,
    /// A statement kind of the schema.
    pub kind: String,
    /// The parties; of a symmetric kind all of them, of a directed kind those it runs from.
    pub subjects: Vec<EntityId>,
    /// Of a directed kind those it runs to; of a symmetric kind empty, or the other side
    /// (then every subject with every object).
    pub objects: Vec<EntityId>,
    /// The weapons, programmes, agreements or operations it is about.
    pub about: Vec<EntityId>,
    /// How firm it is.
    pub status: Status,
    /// When what it says holds or happened.
    pub date: DateRange,
    /// Between 0 and 1, two decimals.
    pub confidence: f64,
    /// Letter of intent, memorandum, treaty, contract, declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Lead, member, joining, observer, leaving; of `represents` the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Number of pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// Amount of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Who says so, if the text attributes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<EntityId>,
    /// The passage that says it.
    pub evidence: Evidence,
}

impl Statement {
    /// Everybody and everything it names: parties, what it is about, who says so.
    pub fn named(&self) -> impl Iterator<Item = &EntityId> {
        let parties = self.subjects.iter().chain(&self.objects);
        parties.chain(&self.about).chain(&self.speaker)
    }
}

/// The passage a statement rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The sentence, as in the text.
    pub sentence: String,
    /// First code point of the sentence in the document.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The words that carry the claim.
    pub trigger: Option<Trigger>,
    /// Where each party stands.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The rule that read it, `<lang>.<kind>.<name>`.
    pub rule: String,
    /// The block it stands in.
    pub block: BlockKind,
}

/// The words that carry a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// As in the text.
    pub text: String,
    /// Where, in code points of the document.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// A party of a claim at the place that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Who it is.
    pub entity: EntityId,
    /// As in the text.
    pub text: String,
    /// Where, in code points of the document.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The mention that stood for it, when that is another entity (a minister for a state).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<EntityId>,
}

/// How firm a claim is, as of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Wanted, considered, negotiated, offered.
    Planned,
    /// Decided, announced, pledged, signed.
    Agreed,
    /// Under way, delivered, in force, regular.
    Active,
    /// Over for good.
    Ended,
    /// Denied, refused, ruled out.
    Rejected,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Planned,
        Self::Agreed,
        Self::Active,
        Self::Ended,
        Self::Rejected,
    ];

    /// The word by which files carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Agreed => "agreed",
            Self::Active => "active",
            Self::Ended => "ended",
            Self::Rejected => "rejected",
        }
    }
}

/// A date as exact as the text allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRange {
    /// First possible day.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
    /// The unit it was given in.
    pub precision: Precision,
    /// What it rests on.
    pub basis: TimeBasis,
}

/// The unit of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Not known.
    Unknown,
}

impl Precision {
    /// The word by which files carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Unknown => "unknown",
        }
    }
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeBasis {
    /// Words of the sentence.
    Text,
    /// The day of publication.
    Publication,
    /// Worked out from both (`last year`).
    Inferred,
}

impl TimeBasis {
    /// The word by which files carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Publication => "publication",
            Self::Inferred => "inferred",
        }
    }
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// In units of the currency.
    pub amount: f64,
    /// ISO 4217.
    pub currency: String,
}

/// What one document yields: the object that `entente extract` prints and the store keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The document without its text.
    pub document: DocumentInfo,
    /// The entities it names, with every mention.
    pub entities: Vec<EntityRecord>,
    /// The claims it makes.
    pub statements: Vec<Statement>,
}

impl Extraction {
    /// Drops the statements that are less sure than `least`, and the entities that nothing names any more.
    pub fn keep_sure(&mut self, least: f64) {
        self.statements.retain(|s| s.confidence >= least);
        let named: BTreeSet<&EntityId> =
            self.statements.iter().flat_map(Statement::named).collect();
        self.entities
            .retain(|e| !e.mentions.is_empty() || named.contains(&e.id));
    }
}

/// A document without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// File name or given id.
    pub id: String,
    /// Path, address or publisher.
    pub source: String,
    /// Title, empty if none was found.
    pub title: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// ISO 639-1 code.
    pub language: String,
    /// Hash of source and text, in hexadecimal: two documents with one hash are the same document.
    #[serde(default)]
    pub hash: String,
    /// What its text is known by, to find copies.
    #[serde(default, skip_serializing_if = "Sketch::is_empty")]
    pub sketch: Sketch,
    /// If others carry the same text, cut or titled anew, the id of the first of them, which may be this
    /// one; empty if not. No document says so: stores and graphs work it out from all they have.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
}

/// An entity with its mentions in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// Its id.
    pub id: EntityId,
    /// Its kind.
    pub kind: String,
    /// Its label.
    pub name: String,
    /// Whether the gazetteer has it.
    pub known: bool,
    /// Every mention.
    pub mentions: Vec<MentionRecord>,
}

/// A mention as files carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// As in the text.
    pub text: String,
    /// Where, in code points of the document.
    #[serde(flatten)]
    pub span: CharSpan,
    /// How it was found.
    pub found_by: FoundBy,
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[test]
    fn words_are_those_of_files() {
        fn same<T: Serialize>(all: &[T], word: impl Fn(&T) -> &'static str) {
            for value in all {
                assert_eq!(serde_json::to_value(value).unwrap(), word(value));
            }
        }
        same(&Status::ALL, |s| s.as_str());
        same(
            &[
                Precision::Day,
                Precision::Month,
                Precision::Year,
                Precision::Unknown,
            ],
            |p| p.as_str(),
        );
        same(
            &[TimeBasis::Text, TimeBasis::Publication, TimeBasis::Inferred],
            |b| b.as_str(),
        );
        same(
            &[
                BlockKind::Headline,
                BlockKind::Body,
                BlockKind::Caption,
                BlockKind::Teaser,
                BlockKind::Boilerplate,
            ],
            |b| b.as_str(),
        );
    }
}
