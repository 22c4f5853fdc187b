//! Candidates: every pair of parties that a trigger of a sentence could join, before anything is decided.

use super::kinds::{KindSet, Kinds, numbers};
use super::pattern::Hit;
use super::reference::Cast;
use super::rules::Meaning;
use super::scene::{Carried, Item, Scene};
use crate::clock;
use crate::schema::{Schema, StatementKind};

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

/// The candidates of two ends and one trigger: a claim of each of these kinds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) a: Actor,
    pub(super) b: Actor,
    pub(super) trigger: Option<Trigger>,
    pub(super) kinds: KindSet,
}

impl Chunk {
    /// The candidate of one kind.
    pub(super) fn candidate<'s>(&self, schema: &'s Schema, kind: usize) -> Candidate<'s> {
        Candidate {
            kind: &schema.statements[kind],
            kind_number: kind,
            a: self.a,
            b: self.b,
            trigger: self.trigger,
        }
    }

    /// All of them.
    pub(super) fn candidates<'s>(&self, schema: &'s Schema) -> impl Iterator<Item = Candidate<'s>> {
        numbers(self.kinds).map(|kind| self.candidate(schema, kind))
    }
}

/// Lists the candidates of a scene, at most `LIMIT` (a page of a hundred names makes no sense as one sentence).
pub(super) fn candidates(
    scene: &Scene<'_>,
    before: &[Trigger],
    cast: &Cast<'_>,
    kinds: &Kinds<'_>,
) -> Vec<Chunk> {
    let mut out = Vec::new();
    let ends = ends(scene, cast, kinds);
    if ends.is_empty() {
        return out;
    }
    out.reserve(2 * ends.len());
    let mut triggers = Triggers::new(scene, before, kinds);
    let mut left = LIMIT;
    for a in &ends {
        clock::check();
        for b in &ends {
            let mut open = fit(a, b, scene, kinds);
            if open == 0 {
                continue;
            }
            let (x, y) = (a.actor, b.actor);
            triggers.measure(scene, a.item, b.item);
            while let Some((trigger, carried)) = triggers.nearest(open) {
                open &= !carried;
                push(&mut out, &mut left, carried, (x, y), Some(trigger));
            }
            if is_here(a.item) && is_here(b.item) {
                push(&mut out, &mut left, open & kinds.facts(), (x, y), None);
            }
            if left == 0 {
                return out;
            }
        }
    }
    out
}

const LIMIT: usize = 20_000;

/// Adds candidates, as many as are left to add.
fn push(
    out: &mut Vec<Chunk>,
    left: &mut usize,
    kinds: KindSet,
    (a, b): (Actor, Actor),
    trigger: Option<Trigger>,
) {
    let kinds = if kinds.count_ones() as usize <= *left {
        kinds
    } else {
        let some = numbers(kinds).take(*left);
        some.fold(0, |set, kind| set | 1 << kind)
    };
    if kinds != 0 {
        *left -= kinds.count_ones() as usize;
        out.push(Chunk {
            a,
            b,
            trigger,
            kinds,
        });
    }
}

/// An actor that may stand at an end of a candidate.
struct Party<'a> {
    actor: Actor,
    item: &'a Item,
    /// Kinds whose near end it may be, and whose far end.
    near: KindSet,
    far: KindSet,
    enemy: bool,
    place: bool,
}

fn ends<'a>(scene: &'a Scene<'_>, cast: &Cast<'_>, kinds: &Kinds<'_>) -> Vec<Party<'a>> {
    let mut out = Vec::with_capacity(2 * scene.items.len());
    for (index, item) in scene.items.iter().enumerate() {
        let mut add = |entity, via| {
            let (near, far) = kinds.ends(entity);
            if near | far != 0 {
                out.push(Party {
                    actor: Actor {
                        entity,
                        item: index,
                        via,
                    },
                    item,
                    near,
                    far,
                    enemy: scene.is_enemy(item),
                    place: Scene::is_place(item),
                });
            }
        };
        add(item.entity, None);
        let principal = cast.principal[item.entity];
        if principal != item.entity {
            add(principal, Some(item.entity));
        }
    }
    out
}

fn is_here(item: &Item) -> bool {
    item.carried <= Carried::Reference
}

/// The kinds that two ends fit.
fn fit(a: &Party<'_>, b: &Party<'_>, scene: &Scene<'_>, kinds: &Kinds<'_>) -> KindSet {
    let mut set = a.near & b.far;
    let (x, y) = (a.actor, b.actor);
    let is_one = x.entity == y.entity || x.item == y.item && x.via.is_some() && y.via.is_some();
    if set == 0 || is_one || !(is_here(a.item) || is_here(b.item)) {
        return 0;
    }
    if (x.item, x.entity) > (y.item, y.entity) {
        set &= !kinds.symmetric();
    }
    if a.place || b.place {
        set &= kinds.facts();
    }
    // Whom the sentence names as an enemy cooperates with nobody in it and is in nothing with them.
    if a.enemy || b.enemy {
        set &= kinds.hostile();
    }
    if set & kinds.cooperative() != 0 && scene.parted(a.item, b.item) {
        set &= !kinds.cooperative();
    }
    if set & kinds.facts() != 0 && scene.set_aside(a.item, b.item) {
        set &= !kinds.facts();
    }
    set
}

/// The triggers that a scene has or takes over.
struct Triggers {
    /// Each with the kinds it carries here.
    all: Vec<(Trigger, KindSet)>,
    /// How far each is from the two ends that were measured last.
    costs: Vec<(usize, usize)>,
}

impl Triggers {
    fn new(scene: &Scene<'_>, before: &[Trigger], kinds: &Kinds<'_>) -> Self {
        let own = own_triggers(scene).into_iter();
        let mut all: Vec<_> = own.map(|t| (t, kinds.carried(t.rule))).collect();
        // A kind of cooperation that no word of the sentence carries goes on from the sentence before.
        let here = all.iter().fold(0, |set, (_, carried)| set | carried);
        let more = kinds.cooperative() & !here;
        all.extend(before.iter().enumerate().map(|(at, trigger)| {
            let number = scene.hits.len() + at;
            let trigger = Trigger { number, ..*trigger };
            (trigger, kinds.carried(trigger.rule) & more)
        }));
        all.retain(|(_, carried)| *carried != 0);
        Self {
            all,
            costs: Vec::new(),
        }
    }

    /// Measures how far every trigger is from two ends, one of their own clause being nearer than any other.
    fn measure(&mut self, scene: &Scene<'_>, x: &Item, y: &Item) {
        self.costs.clear();
        self.costs.extend(self.all.iter().map(|(t, _)| {
            if t.carried {
                return (usize::MAX - t.hit.first, 0);
            }
            let clause = scene.clause(t.hit.first);
            let far = |item: &Item| {
                if !is_here(item) {
                    return 0;
                }
                let before = item.first.abs_diff(t.hit.last);
                let after = item.last.abs_diff(t.hit.first);
                before.min(after) + 8 * item.clause.abs_diff(clause)
            };
            (far(x) + far(y), t.hit.first)
        }));
    }

    /// The nearest trigger that carries one of these kinds, and which of them it carries.
    fn nearest(&self, open: KindSet) -> Option<(Trigger, KindSet)> {
        let all = self.all.iter().zip(&self.costs);
        let fitting = all.filter(|((_, carried), _)| carried & open != 0);
        let ((trigger, carried), _) = fitting.min_by_key(|(_, cost)| **cost)?;
        Some((*trigger, carried & open))
    }
}

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
