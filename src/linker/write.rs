//! Writes statements: believed pairs of one kind, sentence and status are joined, with what the sentence says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use super::assemble::{self, Sides};
use super::candidate::{Actor, Candidate};
use super::reading::Key;
use super::scene::{Carried, Scene};
use super::{attribute, time};
use crate::mention::EntityId;
use crate::schema::{Group, StatementKind};
use crate::statement::{DateRange, Evidence, Party, Statement, Status, Trigger};
use crate::text::Span;

/// A claim that is believed, in a sentence that speaks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'s> {
    pub(super) candidate: Candidate<'s>,
    /// How sure the whole document makes it.
    pub(super) probability: f32,
    pub(super) status: Status,
    /// An end that the sentence does not join itself: it is joined over a partner, at whose place it stands.
    pub(super) absent: Option<usize>,
}

impl Chosen<'_> {
    /// The ends that the sentence itself joins.
    fn present(&self) -> impl Iterator<Item = Actor> {
        let ends = [self.candidate.a, self.candidate.b];
        ends.into_iter()
            .filter(|end| Some(end.entity) != self.absent)
    }
}

/// Joins believed pairs of one kind and status, and writes the statements.
pub(super) fn write(scene: &Scene<'_>, chosen: &BTreeMap<Key, Chosen<'_>>) -> Vec<Statement> {
    let mut groups: BTreeMap<(usize, Status), Vec<Chosen<'_>>> = BTreeMap::new();
    for ((kind, _, _), chosen) in chosen {
        groups
            .entry((*kind, chosen.status))
            .or_default()
            .push(*chosen);
    }
    let mut out = Vec::new();
    for ((_, status), members) in groups {
        let pairs: BTreeSet<(usize, usize)> = members
            .iter()
            .map(|c| (c.candidate.a.entity, c.candidate.b.entity))
            .collect();
        let Some(kind) = members.first().map(|c| c.candidate.kind) else {
            continue;
        };
        let sides = if kind.symmetric {
            assemble::symmetric(&pairs)
        } else {
            assemble::directed(&pairs)
        };
        for side in sides {
            for (side, date) in by_date(scene, kind, side, &members) {
                out.extend(statement(scene, kind, status, &side, date, &members));
            }
        }
    }
    out
}

/// Parts the subjects of a fact by the date that stands at each (`2025 with Denmark, now Iceland too`).
fn by_date(
    scene: &Scene<'_>,
    kind: &StatementKind,
    sides: Sides,
    members: &[Chosen<'_>],
) -> Vec<(Sides, Option<DateRange>)> {
    if kind.group != Group::Fact {
        return vec![(sides, None)];
    }
    let mut parts: Vec<(Sides, Option<DateRange>)> = Vec::new();
    for &subject in &sides.subjects {
        let chosen = members.iter().find(|c| c.candidate.a.entity == subject);
        let item = chosen.map(|c| &scene.items[c.candidate.a.item]);
        let date = chosen
            .zip(item)
            .filter(|(_, i)| i.carried == Carried::No)
            .map(|(chosen, item)| {
                let trigger = attribute::place(scene, &chosen.candidate).0;
                time::date_near(scene, item.first, trigger)
            });
        if let Some((part, _)) = parts.iter_mut().find(|(_, d)| *d == date) {
            part.subjects.push(subject);
        } else {
            let objects = sides.objects.clone();
            parts.push((
                Sides {
                    subjects: vec![subject],
                    objects,
                },
                date,
            ));
        }
    }
    parts
}

fn statement(
    scene: &Scene<'_>,
    kind: &StatementKind,
    status: Status,
    sides: &Sides,
    date: Option<DateRange>,
    members: &[Chosen<'_>],
) -> Option<Statement> {
    let named = |e: usize| sides.subjects.contains(&e) || sides.objects.contains(&e);
    let mine: Vec<&Chosen<'_>> = members
        .iter()
        .filter(|c| named(c.candidate.a.entity) && named(c.candidate.b.entity))
        .collect();
    let best = mine
        .iter()
        .max_by(|x, y| x.probability.total_cmp(&y.probability))?;
    let page = scene.page;
    let (trigger, rule) = carrier(scene, best);
    let confidence = mine.iter().map(|c| c.probability).sum::<f32>() / count(mine.len());
    let ids = |entities: &[usize]| -> Vec<EntityId> {
        entities
            .iter()
            .map(|&e| page.tagged.entities[e].id.clone())
            .collect()
    };
    let sentence = page.doc.char_span(scene.sentence.span);
    let place = attribute::place(scene, &best.candidate);
    let mut out = Statement {
        id: String::new(),
        kind: kind.id.clone(),
        subjects: ids(&sides.subjects),
        objects: ids(&sides.objects),
        about: about(scene, kind, sides),
        status,
        date: date.unwrap_or_else(|| time::date(scene, place.0)),
        confidence: (f64::from(confidence) * 100.0).round() / 100.0,
        instrument: (kind.group == Group::Cooperative)
            .then(|| attribute::instrument(scene, place, &kind.id))
            .flatten(),
        role: attribute::common_role(
            scene,
            &kind.id,
            place,
            mine.iter().map(|c| c.candidate.a.item),
        ),
        quantity: attribute::pieces(
            scene,
            mine.iter().flat_map(|c| c.present()).map(|a| a.entity),
        ),
        value: (kind.group != Group::Hostile)
            .then(|| attribute::value(scene, place))
            .flatten(),
        speaker: attribute::speaker(scene),
        evidence: Evidence {
            sentence: page.doc.slice(scene.sentence.span).to_owned(),
            start: sentence.start,
            end: sentence.end,
            trigger,
            parties: parties(scene, &mine),
            rule: format!("{}.{}.{}", scene.rules.language, kind.id, rule),
            block: scene.sentence.block,
        },
    };
    out.id = identity(&page.doc.id, &out);
    Some(out)
}

/// The words that carry a claim and the rule they belong to; `attribute` where the construction carries it.
fn carrier<'a>(scene: &'a Scene<'_>, chosen: &Chosen<'_>) -> (Option<Trigger>, &'a str) {
    let Some(found) = chosen.candidate.trigger else {
        return (None, "attribute");
    };
    let page = scene.page;
    let ends = (
        page.tokens.get(found.hit.first),
        page.tokens.get(found.hit.last),
    );
    let trigger = if let (Some(first), Some(last)) = ends {
        let span = first.span.cover(last.span);
        Some(Trigger {
            text: page.doc.slice(span).to_owned(),
            span: page.doc.char_span(span),
        })
    } else {
        None
    };
    let rule = scene.rules.rules.get(usize::from(found.rule));
    (trigger, rule.map_or("", |r| r.id.as_str()))
}

fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n.max(1)).unwrap_or(u16::MAX))
}

/// Hash of document, kind, parties, about and place.
pub(super) fn identity(document: &str, s: &Statement) -> String {
    // Hashed at once: the hasher takes longer over many small parts.
    let mut bytes = Vec::with_capacity(256);
    for part in [document, &s.kind] {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    for side in [&s.subjects, &s.objects, &s.about] {
        for id in side {
            bytes.extend_from_slice(id.as_str().as_bytes());
            bytes.push(1);
        }
        bytes.push(0);
    }
    // A vector takes all that is written.
    let _ = write!(bytes, "{}-{}", s.evidence.start, s.evidence.end);
    let hash = blake3::hash(&bytes);
    let hex = hash.to_hex();
    hex.get(..16).unwrap_or_default().to_owned()
}

/// The parties at the places that name them, each once.
fn parties(scene: &Scene<'_>, mine: &[&Chosen<'_>]) -> Vec<Party> {
    let mut places: BTreeSet<(usize, usize, usize, Option<usize>)> = BTreeSet::new();
    for chosen in mine {
        for actor in chosen.present() {
            let item = &scene.items[actor.item];
            if item.carried <= Carried::Reference {
                places.insert((item.first, item.last, actor.entity, actor.via));
            }
        }
    }
    let entities = &scene.page.tagged.entities;
    places
        .into_iter()
        .filter_map(|(first, last, entity, via)| {
            let tokens = &scene.page.tokens;
            let span: Span = tokens.get(first)?.span.cover(tokens.get(last)?.span);
            Some(Party {
                entity: entities.get(entity)?.id.clone(),
                text: scene.page.doc.slice(span).to_owned(),
                span: scene.page.doc.char_span(span),
                via: via.and_then(|v| entities.get(v)).map(|e| e.id.clone()),
            })
        })
        .collect()
}

/// What a statement is about: the weapons, programmes ... of the sentence that are no party of it.
fn about(scene: &Scene<'_>, kind: &StatementKind, sides: &Sides) -> Vec<EntityId> {
    if kind.group == Group::Fact {
        return Vec::new();
    }
    let entities = &scene.page.tagged.entities;
    let mut out = Vec::new();
    for item in scene.items.iter().filter(|i| i.carried == Carried::No) {
        let Some(entity) = entities.get(item.entity) else {
            continue;
        };
        let party = sides.subjects.contains(&item.entity) || sides.objects.contains(&item.entity);
        let theme = matches!(
            entity.id.kind(),
            "weapon" | "programme" | "agreement" | "operation"
        );
        if theme && !party && !out.contains(&entity.id) {
            out.push(entity.id.clone());
        }
    }
    out
}
