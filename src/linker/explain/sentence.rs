//! What stands in a sentence: clauses, names, triggers, and the statements read from it.

use super::{MentionView, SentenceView, TriggerView};
use crate::linker::Linker;
use crate::linker::cast::Entities;
use crate::linker::feature::Governor;
use crate::linker::rules::Noun;
use crate::linker::scene::{Carried, Item, Scene};
use crate::schema::Group;
use crate::statement::Statement;

/// A sentence before anything is decided about its candidates.
pub(super) fn view(
    linker: &Linker<'_>,
    scene: &Scene<'_>,
    entities: &Entities<'_>,
    statements: &[Statement],
    index: usize,
) -> SentenceView {
    let doc = scene.page.doc;
    let span = doc.char_span(scene.sentence.span);
    let mine = |s: &&Statement| (s.evidence.start, s.evidence.end) == (span.start, span.end);
    SentenceView {
        number: index + 1,
        span,
        text: doc.slice(scene.sentence.span).to_owned(),
        block: scene.sentence.block,
        statements: statements.iter().filter(mine).cloned().collect(),
        clauses: clauses(scene),
        mentions: mentions(scene, entities),
        triggers: triggers(scene),
        pairs: Vec::new(),
        claims: Vec::new(),
        no_trigger: no_trigger(linker, scene),
    }
}

/// The words from one token to another.
pub(super) fn words(scene: &Scene<'_>, first: usize, last: usize) -> String {
    let tokens = &scene.page.tokens;
    match (tokens.get(first), tokens.get(last)) {
        (Some(a), Some(b)) => scene.page.doc.slice(a.span.cover(b.span)).to_owned(),
        _ => String::new(),
    }
}

fn clauses(scene: &Scene<'_>) -> Vec<String> {
    let tokens: Vec<usize> = (scene.sentence.first..scene.sentence.end).collect();
    tokens
        .chunk_by(|a, b| scene.clause(*a) == scene.clause(*b))
        .filter_map(|clause| Some(words(scene, *clause.first()?, *clause.last()?)))
        .collect()
}

fn mentions(scene: &Scene<'_>, entities: &Entities<'_>) -> Vec<MentionView> {
    let mut items: Vec<&Item> = scene.items.iter().collect();
    items.sort_by_key(|i| (i.carried > Carried::Reference, i.first, i.last));
    items
        .into_iter()
        .filter_map(|item| mention(scene, entities, item))
        .collect()
}

fn mention(scene: &Scene<'_>, entities: &Entities<'_>, item: &Item) -> Option<MentionView> {
    let all = &scene.page.tagged.entities;
    let entity = all.get(item.entity)?;
    let principal = entities.principal.get(item.entity).copied();
    let here = item.carried <= Carried::Reference;
    Some(MentionView {
        text: if here {
            words(scene, item.first, item.last)
        } else {
            String::new()
        },
        entity: entity.id.clone(),
        name: entity.name.clone(),
        acts_for: principal
            .filter(|p| *p != item.entity)
            .and_then(|p| all.get(p))
            .map(|p| p.id.clone()),
        sense: item.sense,
        clause: item.clause,
        list: item.list,
        governor: Governor::of(item).piece().text,
        noun: item.noun.map(Noun::as_str),
        carried: item.carried.piece().text,
        enemy: scene.is_enemy(item),
    })
}

fn triggers(scene: &Scene<'_>) -> Vec<TriggerView> {
    let mut found: Vec<(usize, usize, u16)> = scene
        .triggers()
        .map(|(rule, hit)| (hit.first, hit.last, rule))
        .collect();
    found.sort_unstable();
    found.dedup();
    let view = |(first, last, rule): (usize, usize, u16)| {
        let rule = scene.rules.rules.get(usize::from(rule))?;
        Some(TriggerView {
            text: words(scene, first, last),
            rule: format!("{}.{}", scene.rules.language, rule.id),
            class: rule.class.clone(),
            kinds: rule.kinds.clone(),
            clause: scene.clause(first),
        })
    };
    found.into_iter().filter_map(view).collect()
}

/// Kinds of ties that no trigger of the sentence carries; a fact may do without.
fn no_trigger(linker: &Linker<'_>, scene: &Scene<'_>) -> Vec<String> {
    let carried = |kind: &str| {
        scene.triggers().any(|(rule, _)| {
            let rule = scene.rules.rules.get(usize::from(rule));
            rule.is_some_and(|r| r.kinds.iter().any(|k| k == kind))
        })
    };
    let kinds = linker.gazetteer.schema().statements.iter();
    kinds
        .filter(|k| k.group != Group::Fact && !carried(&k.id))
        .map(|k| k.id.clone())
        .collect()
}
