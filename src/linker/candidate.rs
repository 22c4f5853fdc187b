//! Candidates: every pair of parties that a trigger of a sentence could join, before anything is decided.

use super::pattern::Hit;
use super::reference::Cast;
use super::rules::Meaning;
use super::scene::{Carried, Scene};
use crate::schema::{Group, Schema, StatementKind};

/// An entity at a place of a scene, either named there or stood for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Actor {
    /// Entity of the document.
    pub(super) entity: usize,
    /// Item of the scene.
    pub(super) item: usize,
    /// The entity that is named when that is another (a minister for a state).
    pub(super) via: Option<usize>,
}

/// A claim that might be made: `kind(a, b)` carried by a trigger.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'s> {
    pub(super) kind: &'s StatementKind,
    /// Number of the kind in the schema.
    pub(super) kind_number: usize,
    pub(super) a: Actor,
    pub(super) b: Actor,
    /// Absent where the construction itself says it (`the Global Hawk by Northrop`): facts only.
    pub(super) trigger: Option<Trigger>,
}

/// The words that carry a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trigger {
    /// The rule.
    pub(super) rule: u16,
    /// Where and which pattern.
    pub(super) hit: Hit,
    /// Whether it stands in the sentence before.
    pub(super) carried: bool,
    /// Number among the hits of the sentence, or after them among those carried over.
    pub(super) number: usize,
}

/// Lists the candidates of a scene, at most `LIMIT` (a page of a hundred names makes no sense as one sentence).
pub(super) fn candidates<'s>(
    scene: &Scene<'_>,
    before: &[Trigger],
    cast: &Cast<'_>,
    kinds: &Kinds<'s>,
) -> Vec<Candidate<'s>> {
    let actors = actors(scene, cast);
    let own = own_triggers(scene);
    let carried: Vec<Trigger> = before
        .iter()
        .enumerate()
        .map(|(at, trigger)| Trigger {
            number: scene.hits.len() + at,
            ..*trigger
        })
        .collect();
    let mut out = Vec::new();
    for (index, kind) in kinds.schema.statements.iter().enumerate() {
        let carries = |t: &&Trigger| kinds.carries(index, t.rule);
        let mut triggers: Vec<Trigger> = own.iter().filter(carries).copied().collect();
        if triggers.is_empty() && kind.group == Group::Cooperative {
            triggers.extend(carried.iter().filter(carries));
        }
        if kind.group != Group::Fact && triggers.is_empty() || !kinds.starts_with_actor(kind) {
            continue;
        }
        for &a in &actors {
            for &b in &actors {
                if out.len() >= LIMIT {
                    return out;
                }
                if kinds.fits(kind, a, b, scene) {
                    let trigger = nearest(scene, a, b, &triggers);
                    if trigger.is_none()
                        && [a, b]
                            .iter()
                            .any(|e| scene.items[e.item].carried > Carried::Reference)
                    {
                        continue;
                    }
                    out.push(Candidate {
                        kind,
                        kind_number: index,
                        a,
                        b,
                        trigger,
                    });
                }
            }
        }
    }
    out
}

const LIMIT: usize = 20_000;

/// The triggers that stand in a scene itself.
pub(super) fn own_triggers(scene: &Scene<'_>) -> Vec<Trigger> {
    let hits = scene.hits.iter().enumerate();
    hits.filter_map(|(number, hit)| match scene.meaning(hit) {
        Meaning::Trigger(rule) => Some(Trigger {
            rule,
            hit: *hit,
            carried: false,
            number,
        }),
        _ => None,
    })
    .collect()
}

/// Which rules carry which kinds, and which entities fit their ends.
pub(super) struct Kinds<'s> {
    pub(super) schema: &'s Schema,
    /// Per statement kind, per rule of the language.
    pub(super) carried: Vec<Vec<bool>>,
    /// Per entity of the document, its kind's index in the schema.
    pub(super) of_entity: Vec<Option<crate::schema::KindIx>>,
}

impl Kinds<'_> {
    fn carries(&self, kind: usize, rule: u16) -> bool {
        self.carried
            .get(kind)
            .and_then(|rules| rules.get(usize::from(rule)))
            .copied()
            .unwrap_or_default()
    }

    /// Whom a person stands for is read from the tagger, not from candidates.
    fn starts_with_actor(&self, kind: &StatementKind) -> bool {
        kind.subject
            .iter()
            .any(|k| self.schema.entities[usize::from(k.0)].actor)
    }

    fn fits(&self, kind: &StatementKind, a: Actor, b: Actor, scene: &Scene<'_>) -> bool {
        if a.entity == b.entity || a.item == b.item && a.via.is_some() && b.via.is_some() {
            return false;
        }
        let ends = |actor: Actor, kinds: &[crate::schema::KindIx]| {
            self.of_entity[actor.entity].is_some_and(|k| kinds.contains(&k))
        };
        if !ends(a, &kind.subject) || !ends(b, &kind.object) {
            return false;
        }
        if kind.symmetric && (a.item, a.entity) > (b.item, b.entity) {
            return false;
        }
        if kind.group != Group::Fact && [a, b].iter().any(|e| Scene::is_place(&scene.items[e.item]))
        {
            return false;
        }
        let (x, y) = (scene.items[a.item].carried, scene.items[b.item].carried);
        let here = |c| matches!(c, Carried::No | Carried::Reference);
        match kind.group {
            // Whom the sentence names as an enemy cooperates with nobody in it and is in nothing with them.
            Group::Cooperative | Group::Fact
                if [a, b].iter().any(|e| scene.is_enemy(&scene.items[e.item])) =>
            {
                false
            }
            Group::Cooperative if scene.parted(&scene.items[a.item], &scene.items[b.item]) => false,
            Group::Fact | Group::Hostile => here(x) || here(y),
            Group::Cooperative => {
                (here(x) || here(y)) && !(x == Carried::Topic && y == Carried::Topic)
            }
        }
    }
}

fn actors(scene: &Scene<'_>, cast: &Cast<'_>) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for (index, item) in scene.items.iter().enumerate() {
        out.push(Actor {
            entity: item.entity,
            item: index,
            via: None,
        });
        let principal = cast.principal[item.entity];
        if principal != item.entity {
            out.push(Actor {
                entity: principal,
                item: index,
                via: Some(item.entity),
            });
        }
    }
    out
}

/// The trigger that is nearest to a pair, a trigger of the pair's own clause before any other.
fn nearest(scene: &Scene<'_>, a: Actor, b: Actor, triggers: &[Trigger]) -> Option<Trigger> {
    let (x, y) = (&scene.items[a.item], &scene.items[b.item]);
    let cost = |t: &Trigger| {
        if t.carried {
            return (usize::MAX - t.hit.first, 0);
        }
        let clause = scene.clause(t.hit.first);
        let far = |item: &super::scene::Item| {
            if item.carried >= Carried::Previous {
                return 0;
            }
            let tokens = item
                .first
                .abs_diff(t.hit.last)
                .min(item.last.abs_diff(t.hit.first));
            tokens + 8 * item.clause.abs_diff(clause)
        };
        (far(x) + far(y), t.hit.first)
    };
    triggers.iter().min_by_key(|t| cost(t)).copied()
}
