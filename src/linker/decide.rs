//! Goes through a document sentence by sentence and decides which candidates it asserts.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{self, Sides};
use super::candidate::{Candidate, candidates};
use super::cast::Entities;
use super::feature::{self, Context};
use super::model::PairKeys;
use super::page::Page;
use super::pattern::WordCache;
use super::reference::Memory;
use super::route::Signs;
use super::scene::{Carried, Scene};
use super::{Linker, attribute, office, status, time};
use crate::document::Document;
use crate::mention::{EntityId, Tagged};
use crate::schema::{Group, StatementKind};
use crate::statement::{DateRange, Evidence, Party, Statement, Status, Trigger};
use crate::text::Span;

/// Walks over the scenes of a document in order.
pub(super) fn scenes(
    linker: &Linker<'_>,
    page: &Page<'_>,
    entities: &Entities<'_>,
    language: usize,
    mut visit: impl FnMut(&Scene<'_>, &[Candidate<'_>]),
) {
    if page.domain.is_civil() {
        return;
    }
    let mut memory = Memory::default();
    let cast = entities.cast(page.tagged);
    let kinds = entities.kinds(linker.gazetteer.schema(), linker.carried[language].clone());
    for index in 0..page.sentences.len() {
        let mut scene = Scene::new(page, &linker.rules[language], index);
        memory.extend(&mut scene, &cast);
        let found = candidates(&scene, memory.triggers(&scene), &cast, &kinds);
        visit(&scene, &found);
        memory.learn(&scene, &cast);
    }
}

/// Gives `with` the context of every candidate of a scene.
pub(super) fn contexts<'s>(
    scene: &Scene<'_>,
    found: &[Candidate<'s>],
    entities: &Entities<'_>,
    mut with: impl FnMut(&Context<'_, 's>),
) {
    let here = |c: Carried| c <= Carried::Reference;
    let mut crowd = BTreeSet::new();
    let mut themes = BTreeSet::new();
    for item in scene.items.iter().filter(|i| here(i.carried)) {
        let principal = entities.principal[item.entity];
        if entities.actor[principal] {
            crowd.insert(principal);
        }
        if !entities.actor[item.entity] {
            themes.insert(entities.theme(item.entity));
        }
    }
    let themes: Vec<String> = themes.into_iter().collect();
    let top: Vec<usize> = scene
        .page
        .topics
        .iter()
        .copied()
        .filter(|&e| entities.state[e])
        .take(2)
        .collect();
    let signs = Signs::new(scene);
    for candidate in found {
        let (a, b) = (candidate.a.entity, candidate.b.entity);
        with(&Context {
            scene,
            signs: &signs,
            candidate: *candidate,
            known: entities.facts(a, b),
            kinds: (entities.kind(a), entities.kind(b)),
            named: (
                entities.kind(candidate.a.via.unwrap_or(a)),
                entities.kind(candidate.b.via.unwrap_or(b)),
            ),
            crowd: crowd.len(),
            themes: &themes,
            main_pair: top.contains(&a) && top.contains(&b),
            leading: top.first().is_some_and(|&t| t == a || t == b),
            together: scene.page.together(a, b),
        });
    }
}

/// All statements of a document.
pub(super) fn statements(linker: &Linker<'_>, doc: &Document, tagged: &Tagged) -> Vec<Statement> {
    let language = linker.language(&doc.language);
    let mut page = Page::new(
        doc,
        tagged,
        &linker.rules[language],
        &mut WordCache::default(),
    );
    let entities = Entities::new(tagged, linker.gazetteer);
    page.carry_names(&linker.rules[language], |e| entities.theme(e));
    let mut out = office::statements(linker, &page, &entities, language);
    scenes(linker, &page, &entities, language, |scene, found| {
        let believed = believe(linker, scene, found, &entities);
        out.extend(write(scene, found, believed));
    });
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

/// The best believed candidate of every pair and kind.
pub(super) fn believe<'s>(
    linker: &Linker<'_>,
    scene: &Scene<'_>,
    found: &[Candidate<'s>],
    entities: &Entities<'_>,
) -> BTreeMap<(usize, usize, usize), Chosen<'s>> {
    let model = &linker.model;
    let mut best: Best<'s> = BTreeMap::new();
    let mut pairs: BTreeMap<(usize, usize), (PairKeys, Best<'s>)> = BTreeMap::new();
    contexts(scene, found, entities, |context| {
        let candidate = context.candidate;
        let (a, b) = (candidate.a.entity, candidate.b.entity);
        let key = (kind_index(linker, candidate.kind), a, b);
        if candidate.kind.group == Group::Cooperative {
            let (keys, kinds) = pairs.entry((a.min(b), a.max(b))).or_default();
            feature::observe(context, keys);
            let mut sum = model.kinds();
            feature::observe(context, &mut sum);
            keep(kinds, key, candidate, sum.probability());
        } else {
            let mut sum = model.facts();
            feature::observe(context, &mut sum);
            let name = if candidate.kind.group == Group::Hostile {
                "hostile"
            } else {
                "fact"
            };
            if sum.probability() > model.threshold(name) {
                keep(&mut best, key, candidate, sum.probability());
            }
        }
    });
    for (mut keys, kinds) in pairs.into_values() {
        let joined = model.link(&mut keys);
        if joined > model.threshold("link") {
            best.extend(likely_kinds(kinds, joined, model.threshold("kind")));
        }
    }
    for chosen in best.values_mut() {
        chosen.status = status_of(linker, scene, &chosen.candidate);
    }
    best
}

type Best<'s> = BTreeMap<(usize, usize, usize), Chosen<'s>>;

fn keep<'s>(
    best: &mut Best<'s>,
    key: (usize, usize, usize),
    candidate: Candidate<'s>,
    probability: f32,
) {
    if best
        .get(&key)
        .is_none_or(|old| probability > old.probability)
    {
        let status = Status::Active;
        best.insert(
            key,
            Chosen {
                candidate,
                probability,
                status,
            },
        );
    }
}

/// The likeliest kind of a joined pair and every other that is likely enough; a directed kind in one direction.
fn likely_kinds(mut kinds: Best<'_>, joined: f32, least: f32) -> Best<'_> {
    let weaker: Vec<_> = kinds
        .iter()
        .filter(|((kind, a, b), chosen)| {
            let other = kinds.get(&(*kind, *b, *a));
            other.is_some_and(|o| (o.probability, b) > (chosen.probability, a))
        })
        .map(|(key, _)| *key)
        .collect();
    for key in weaker {
        kinds.remove(&key);
    }
    let top = kinds.values().map(|c| c.probability).fold(0.0, f32::max);
    kinds.retain(|_, c| c.probability >= least || c.probability >= top);
    for chosen in kinds.values_mut() {
        chosen.probability *= joined;
    }
    kinds
}

fn status_of(linker: &Linker<'_>, scene: &Scene<'_>, candidate: &Candidate<'_>) -> Status {
    let mut sums = linker.model.statuses();
    status::observe(scene, candidate, &mut sums);
    let rule = candidate
        .trigger
        .and_then(|t| scene.rules.rules.get(usize::from(t.rule)));
    sums.best()
        .unwrap_or_else(|| rule.map_or(Status::Active, |r| r.status))
}

fn kind_index(linker: &Linker<'_>, kind: &StatementKind) -> usize {
    linker
        .gazetteer
        .schema()
        .statement_kind(&kind.id)
        .map_or(usize::MAX, |k| usize::from(k.0))
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
fn pairs(s: &Statement) -> Vec<(EntityId, EntityId)> {
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

/// A candidate that is believed.
pub(super) struct Chosen<'s> {
    candidate: Candidate<'s>,
    probability: f32,
    status: Status,
}

/// Joins believed pairs of one kind, trigger and status, and writes the statements.
fn write(
    scene: &Scene<'_>,
    found: &[Candidate<'_>],
    chosen: BTreeMap<(usize, usize, usize), Chosen<'_>>,
) -> Vec<Statement> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut groups: BTreeMap<(usize, Status), Vec<Chosen<'_>>> = BTreeMap::new();
    for ((kind, _, _), chosen) in chosen {
        groups
            .entry((kind, chosen.status))
            .or_default()
            .push(chosen);
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
            mine.iter()
                .flat_map(|c| [c.candidate.a.entity, c.candidate.b.entity]),
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
    let mut hasher = blake3::Hasher::new();
    for part in [document, &s.kind] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    for side in [&s.subjects, &s.objects, &s.about] {
        for id in side {
            hasher.update(id.as_str().as_bytes()).update(&[1]);
        }
        hasher.update(&[0]);
    }
    hasher.update(format!("{}-{}", s.evidence.start, s.evidence.end).as_bytes());
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// The parties at the places that name them, each once.
fn parties(scene: &Scene<'_>, mine: &[&Chosen<'_>]) -> Vec<Party> {
    let mut places: BTreeSet<(usize, usize, usize, Option<usize>)> = BTreeSet::new();
    for chosen in mine {
        for actor in [chosen.candidate.a, chosen.candidate.b] {
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
