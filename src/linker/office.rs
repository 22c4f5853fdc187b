//! Whom a person stands for: the one kind of statement that the tagger has already read.

use super::decide::Desk;
use super::write::identity;
use crate::statement::{DateRange, Evidence, Party, Precision, Statement, Status, TimeBasis};

/// The kind and rule of these statements.
const KIND: &str = "represents";

/// A `represents` statement for every person whose office is known, at its first mention.
pub(super) fn statements(desk: &Desk<'_>) -> Vec<Statement> {
    let (page, entities) = (&desk.page, &desk.entities);
    let mut out = Vec::new();
    for (index, entity) in page.tagged.entities.iter().enumerate() {
        let mut objects = Vec::new();
        let mut at = entity.acts_for.filter(|_| !entities.actor[index]);
        while let Some(next) = at {
            if objects.contains(&next) {
                break;
            }
            objects.push(next);
            at = page.tagged.entities.get(next).and_then(|e| e.acts_for);
        }
        let mention = page.tagged.mentions.iter().find(|m| m.entity == index);
        let (false, Some(mention)) = (objects.is_empty(), mention) else {
            continue;
        };
        let Some(sentence) = page
            .sentences
            .iter()
            .find(|s| s.span.contains(mention.span))
        else {
            continue;
        };
        let place = page.doc.char_span(sentence.span);
        let mut statement = Statement {
            id: String::new(),
            kind: KIND.to_owned(),
            subjects: vec![entity.id.clone()],
            objects: objects
                .iter()
                .map(|&o| page.tagged.entities[o].id.clone())
                .collect(),
            about: Vec::new(),
            status: Status::Active,
            date: DateRange {
                earliest: page.doc.date,
                latest: page.doc.date,
                precision: if page.doc.date.is_some() {
                    Precision::Day
                } else {
                    Precision::Unknown
                },
                basis: TimeBasis::Publication,
            },
            confidence: 0.9,
            instrument: None,
            role: entity.role.clone(),
            quantity: None,
            value: None,
            speaker: None,
            evidence: Evidence {
                sentence: page.doc.slice(sentence.span).to_owned(),
                start: place.start,
                end: place.end,
                trigger: None,
                parties: vec![Party {
                    entity: entity.id.clone(),
                    text: page.doc.slice(mention.span).to_owned(),
                    span: page.doc.char_span(mention.span),
                    via: None,
                }],
                rule: format!("{}.{KIND}.office", desk.rules().language),
                block: sentence.block,
            },
        };
        statement.id = identity(&page.doc.id, &statement);
        out.push(statement);
    }
    out
}
