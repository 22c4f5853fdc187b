//! What speaks for and against a candidate: named observations, the same for every language.
//!
//! An observation depends on the sentence, on the trigger, on one end and the trigger, on the two ends, or on all
//! three; never on the kind. Each of these five sets has a function of its own, so that a set is read once for all candidates
//! that share it (`score`).

mod around;
mod claim;
mod couple;
mod end;

pub(super) use around::{of_sentence, of_trigger};
pub(super) use claim::of_claim;
pub(super) use couple::of_couple;
pub(super) use end::{End, of_end};

use std::collections::BTreeSet;

use super::candidate::{Actor, Candidate, Trigger};
use super::cast::Entities;
use super::route::Signs;
use super::rules::Prep;
use super::scene::{Carried, Item, Scene};
use crate::clock;
use crate::schema::{Group, StatementKind};

/// Takes observations. Each is given in parts, so that nothing need be joined to a string unless somebody wants
/// to read it.
pub(super) trait Sink {
    fn add(&mut self, parts: &[&str]);
}

/// Collects observations as text, for training and for explaining.
#[derive(Debug, Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl Sink for Names {
    fn add(&mut self, parts: &[&str]) {
        self.0.push(parts.join("|"));
    }
}

/// Facts of the gazetteer about a pair. They are hints for the model, never a reason by themselves.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct Known {
    pub(super) maker: bool,
    pub(super) origin: bool,
    pub(super) home: bool,
    pub(super) member: bool,
    pub(super) office: bool,
}

/// A sentence with what the observations of all its candidates are read from.
pub(super) struct Around<'a> {
    pub(super) scene: &'a Scene<'a>,
    entities: &'a Entities<'a>,
    signs: Signs<'a>,
    /// Number of different actors in the sentence.
    crowd: usize,
    /// The kinds of weapons, programmes ... that the sentence names.
    themes: Vec<String>,
    /// The two states that the document is about most.
    top: Vec<usize>,
    /// Classes of the triggers of the sentence, each once.
    classes: Vec<&'a str>,
}

impl<'a> Around<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, entities: &'a Entities<'a>) -> Self {
        let mut crowd = BTreeSet::new();
        let mut themes = BTreeSet::new();
        for item in scene.items.iter().filter(|i| is_here(i)) {
            let principal = entities.principal[item.entity];
            if entities.actor[principal] {
                crowd.insert(principal);
            }
            if !entities.actor[item.entity] {
                themes.insert(entities.theme(item.entity));
            }
        }
        let topics = scene.page.topics.iter().copied();
        let classes: BTreeSet<&str> = scene
            .triggers()
            .map(|(rule, _)| class_of(scene, Some(rule)))
            .collect();
        Self {
            scene,
            entities,
            signs: Signs::new(scene),
            crowd: crowd.len(),
            themes: themes.into_iter().collect(),
            top: topics.filter(|&e| entities.state[e]).take(2).collect(),
            classes: classes.into_iter().collect(),
        }
    }

    /// Two ends with what is known about them.
    pub(super) fn couple(&self, a: Actor, b: Actor) -> Couple<'a> {
        clock::check();
        let kind = |entity: usize| self.entities.kind(entity);
        let named = |actor: Actor| kind(actor.via.unwrap_or(actor.entity));
        let is_top = |actor: Actor| self.top.contains(&actor.entity);
        let first = self.top.first();
        Couple {
            a,
            b,
            x: &self.scene.items[a.item],
            y: &self.scene.items[b.item],
            known: self.entities.facts(a.entity, b.entity),
            kinds: (kind(a.entity), kind(b.entity)),
            named: (named(a), named(b)),
            main_pair: is_top(a) && is_top(b),
            leading: first.is_some_and(|&t| t == a.entity || t == b.entity),
            together: self.scene.page.together(a.entity, b.entity),
        }
    }
}

/// The two ends of candidates.
pub(super) struct Couple<'a> {
    a: Actor,
    b: Actor,
    x: &'a Item,
    y: &'a Item,
    known: Known,
    /// Entity kinds of the ends.
    kinds: (&'a str, &'a str),
    /// Kinds of the entities that are named at the ends.
    named: (&'a str, &'a str),
    /// The pair is what the document is about.
    main_pair: bool,
    /// One of them is what the document is about most.
    leading: bool,
    /// Number of sentences that name both.
    together: usize,
}

impl Couple<'_> {
    /// What holds of the two.
    fn facts(&self) -> impl Iterator<Item = &'static str> {
        [
            ("maker", self.known.maker),
            ("origin", self.known.origin),
            ("home", self.known.home),
            ("member", self.known.member),
            ("office", self.known.office),
            ("main", self.main_pair),
            ("leading", self.leading),
        ]
        .into_iter()
        .filter_map(|(name, holds)| holds.then_some(name))
    }
}

/// What a candidate stands on: its trigger, or the stretch from one end to the other where it has none.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    trigger: Option<Trigger>,
    class: &'a str,
    /// First and last token.
    hit: (usize, usize),
    /// Clause in which the ends are looked for.
    clause: usize,
    /// Clause whose cue words count.
    cues: usize,
}

impl<'a> Ground<'a> {
    pub(super) fn of(around: &Around<'a>, trigger: Trigger) -> Self {
        let clause = around.scene.clause(trigger.hit.first);
        Self {
            trigger: Some(trigger),
            class: class_of(around.scene, Some(trigger.rule)),
            hit: (trigger.hit.first, trigger.hit.last),
            clause,
            cues: clause,
        }
    }

    pub(super) fn without(around: &Around<'a>, couple: &Couple<'_>) -> Self {
        let (x, y) = (couple.x, couple.y);
        let hit = (x.first.min(y.first), x.last.max(y.last));
        Self {
            trigger: None,
            class: "-",
            hit,
            clause: around.scene.clause(hit.0),
            cues: around.scene.clause(y.first),
        }
    }
}

/// Reads all observations of a candidate, each for its kind and for its group of kinds.
pub(super) fn observe(around: &Around<'_>, candidate: &Candidate<'_>, sink: &mut dyn Sink) {
    let couple = around.couple(candidate.a, candidate.b);
    let ground = candidate.trigger.map_or_else(
        || Ground::without(around, &couple),
        |trigger| Ground::of(around, trigger),
    );
    for scope in [candidate.kind.id.as_str(), group(candidate.kind)] {
        let out = &mut Scoped { scope, sink };
        of_sentence(around, out);
        of_trigger(around, &ground, out);
        of_end(around, End::A, couple.x, &ground, out);
        of_end(around, End::B, couple.y, &ground, out);
        of_couple(around, &couple, out);
        of_claim(around, &couple, &ground, out);
    }
}

/// The group of a kind, as the model names it.
pub(super) fn group(kind: &StatementKind) -> &'static str {
    match kind.group {
        Group::Hostile => "hostile",
        Group::Fact => "fact",
        Group::Cooperative if kind.symmetric => "mutual",
        Group::Cooperative => "flow",
    }
}

/// Puts a scope before every observation.
struct Scoped<'x> {
    scope: &'x str,
    sink: &'x mut dyn Sink,
}

impl Sink for Scoped<'_> {
    fn add(&mut self, parts: &[&str]) {
        let mut all = [""; 8];
        all[0] = self.scope;
        let count = parts.len().min(7);
        all[1..=count].copy_from_slice(&parts[..count]);
        self.sink.add(&all[..=count]);
    }
}

fn class_of<'a>(scene: &'a Scene<'_>, rule: Option<u16>) -> &'a str {
    rule.and_then(|r| scene.rules.rules.get(usize::from(r)))
        .map_or("-", |r| r.class.as_str())
}

/// The preposition that matters: that of the noun an attribute belongs to.
pub(super) fn governor(item: &Item) -> &'static str {
    let name = |p: Option<Prep>| p.map_or("-", Prep::as_str);
    match (item.prep, item.genitive) {
        (Some(Prep::Of), _) if item.outer.is_some() => name(item.outer),
        (None, true) => "genitive",
        (p, _) => name(p),
    }
}

/// Whether the sentence itself names an item or has a word for it.
fn is_here(item: &Item) -> bool {
    item.carried <= Carried::Reference
}

/// On which side of a stretch an item stands.
fn side(item: &Item, hit: (usize, usize)) -> &'static str {
    match () {
        () if !is_here(item) => "away",
        () if item.last < hit.0 => "before",
        () if item.first > hit.1 => "after",
        () => "inside",
    }
}

fn sense(item: &Item) -> &'static str {
    use crate::mention::Sense;
    match item.sense {
        Sense::Name => "name",
        Sense::Adjective => "adj",
        Sense::Demonym => "people",
        Sense::Combining => "comb",
        Sense::Seat => "seat",
        Sense::Role => "role",
        Sense::Reference => "ref",
    }
}

fn noun(item: &Item) -> &'static str {
    item.noun.map_or("-", super::rules::Noun::as_str)
}

fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 | 5 => "5",
        6..=8 => "8",
        9..=12 => "12",
        13..=20 => "20",
        _ => "far",
    }
}

fn few(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        _ => "more",
    }
}
