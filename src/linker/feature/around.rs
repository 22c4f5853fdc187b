//! A sentence with all that its candidates are looked at by, and the records made from it.

use std::cmp::Ordering;

use super::codes::{Bucket, Few, Governor, Side, is_here};
use super::name::Glossary;
use super::sight::{
    Carrier, Claim, Cues, End, Ends, Facts, Near, Places, Post, Prevalence, Setting, Stance, Tip,
    Words,
};
use crate::clock;
use crate::linker::candidate::{Actor, Trigger};
use crate::linker::cast::Entities;
use crate::linker::route::{Signs, Way};
use crate::linker::rules::Cue;
use crate::linker::scene::{Carried, Item, Scene};
use crate::linker::term::Term;

/// A sentence with what the observations of all its candidates are read from.
pub(in crate::linker) struct Around<'a> {
    pub(in crate::linker) scene: &'a Scene<'a>,
    entities: &'a Entities<'a>,
    signs: Signs,
    /// What every candidate of it shares.
    pub(in crate::linker) setting: Setting,
    /// Per item, how it stands, and how many others are in its list.
    stances: Vec<(Stance, Few)>,
    /// The two states that the document is about most.
    top: Vec<usize>,
}

/// The two ends of candidates.
pub(in crate::linker) struct Couple {
    pub(in crate::linker) a: Actor,
    pub(in crate::linker) b: Actor,
    /// What every candidate of them shares.
    pub(in crate::linker) sight: Ends,
}

/// What a candidate stands on: its trigger, or the stretch from one end to the other where it has none.
#[derive(Clone, Copy)]
pub(in crate::linker) struct Ground {
    trigger: Option<Trigger>,
    class: Term,
    /// First and last token.
    hit: (usize, usize),
    /// Clause in which the ends are looked for.
    clause: usize,
    /// Clause whose cue words count.
    cues: usize,
}

impl<'a> Around<'a> {
    pub(in crate::linker) fn new(scene: &'a Scene<'a>, entities: &'a Entities<'a>) -> Self {
        let mut signs = Signs::default();
        signs.read(scene);
        let topics = scene.page.topics.iter().copied();
        Self {
            scene,
            entities,
            signs,
            setting: setting(scene, entities),
            stances: scene.items.iter().map(|i| stance(scene, i)).collect(),
            top: topics.filter(|&e| entities.state[e]).take(2).collect(),
        }
    }

    /// What names the observations of the sentence.
    pub(in crate::linker) fn glossary(&self) -> Glossary<'a> {
        Glossary {
            rules: self.scene.rules,
            schema: self.entities.schema(),
        }
    }

    fn item(&self, actor: Actor) -> &'a Item {
        &self.scene.items[actor.item]
    }

    /// Two ends with what is known about them.
    pub(in crate::linker) fn couple(&self, a: Actor, b: Actor) -> Couple {
        clock::check();
        let kind = |entity: usize| self.entities.kinds.get(entity).copied().flatten();
        let named = |actor: Actor| kind(actor.via.unwrap_or(actor.entity));
        let is_top = |actor: Actor| self.top.contains(&actor.entity);
        let first = self.top.first();
        let [maker, origin, home, member, office] = self.entities.facts(a.entity, b.entity);
        let standing = self.entities.standing(a.entity, b.entity);
        let main = is_top(a) && is_top(b);
        let leading = first.is_some_and(|&t| t == a.entity || t == b.entity);
        let together = self.scene.page.together(a.entity, b.entity);
        let (x, y) = (self.item(a), self.item(b));
        let here = is_here(x.carried) && is_here(y.carried);
        let sight = Ends {
            kinds: [kind(a.entity), kind(b.entity)],
            named: [named(a), named(b)],
            stances: [self.stances[a.item].0, self.stances[b.item].0],
            together: Few::of(together),
            facts: Facts::of([
                maker,
                origin,
                home,
                member,
                office,
                standing.adversaries,
                standing.embargo,
                standing.allies,
                main,
                leading,
            ]),
            places: here.then(|| self.places(x, y)),
        };
        Couple { a, b, sight }
    }

    /// How two that the sentence names stand to each other.
    fn places(&self, x: &Item, y: &Item) -> Places {
        let (from, to) = (x.first.min(y.first), x.last.max(y.last));
        let others = self.scene.items.iter().filter(|i| {
            i.carried == Carried::No
                && i.first > from
                && i.last < to
                && i.list != x.list
                && i.list != y.list
        });
        let mut places = Places {
            turned: x.first > y.first,
            listed: x.list == y.list,
            span: Bucket::of(x.first.abs_diff(y.first)),
            clauses: Few::of(x.clause.abs_diff(y.clause)),
            way: self.way((x.first, x.last), (y.first, y.last)),
            between: Few::of(others.count()),
            compare: false,
            denied: false,
            enmity: false,
        };
        // Words between two ends that part them.
        for (cue, hit) in self.scene.cues() {
            if hit.first > from && hit.last < to {
                places.compare |= cue == Cue::Compare;
                places.denied |= cue == Cue::Negation;
            }
        }
        for (rule, hit) in self.scene.triggers() {
            let inside = hit.first > from && hit.last < to;
            places.enmity |= inside && self.scene.rules.tells_of_enmity(rule);
        }
        places
    }

    fn way(&self, x: (usize, usize), y: (usize, usize)) -> Way {
        self.signs.between(x, y)
    }

    /// Where every trigger of the sentence stands to two ends; nothing if it does not name both.
    pub(in crate::linker) fn posts(&self, couple: &Couple) -> impl Iterator<Item = Post> {
        let scene = self.scene;
        let (x, y) = (self.item(couple.a), self.item(couple.b));
        let (from, to) = (x.first.min(y.first), x.last.max(y.last));
        let named = couple.sight.places.is_some();
        let triggers = scene.triggers().filter(move |_| named);
        triggers.map(move |(rule, hit)| {
            let place = match () {
                () if hit.last < from => 0,
                () if hit.first > to => 2,
                () => 1,
            };
            let clause = scene.clause(hit.first);
            Post {
                class: scene.rules.class(Some(rule)),
                place,
                clauses: u8::from(x.clause == clause) | u8::from(y.clause == clause) << 1,
            }
        })
    }

    /// What every candidate of a trigger shares.
    pub(in crate::linker) fn carrier(&self, ground: &Ground) -> Carrier {
        let scene = self.scene;
        let mut cues = Cues::default();
        for (cue, hit) in scene.cues() {
            cues.add(cue, scene.clause(hit.first) == ground.cues);
        }
        let words = ground.trigger.map(|trigger| Words {
            pattern: trigger.hit.pattern,
            carried: trigger.carried,
            lead: scene.index < 3,
            prevalence: self.prevalence(trigger.rule),
            sentences: Few::of(scene.page.prevalence(trigger.rule).0),
        });
        Carrier {
            class: ground.class,
            cues,
            words,
        }
    }

    fn prevalence(&self, rule: u16) -> Prevalence {
        let (with, any) = self.scene.page.prevalence(rule);
        Prevalence::of(with, any)
    }

    /// What every candidate of a trigger with this end shares.
    pub(in crate::linker) fn tip(&self, end: End, item: usize, ground: &Ground) -> Tip {
        let (item, stance) = (&self.scene.items[item], &self.stances[item].0);
        let hit = ground.hit;
        let near = || Near {
            far: Bucket::of(item.first.abs_diff(hit.1).min(item.last.abs_diff(hit.0))),
            clauses: Few::of(item.clause.abs_diff(ground.clause)),
            way: ground.trigger.filter(|t| !t.carried).map(|_| {
                let before = Side::of(item, hit) == Side::Before;
                (before, self.way((item.first, item.last), hit))
            }),
        };
        Tip {
            end,
            class: ground.class,
            governor: stance.governor,
            sense: stance.sense,
            noun: stance.noun,
            near: is_here(item.carried).then(near),
        }
    }

    /// What only one trigger between two ends shows.
    pub(in crate::linker) fn claim(&self, couple: &Couple, ground: &Ground) -> Claim {
        let [x, y] = &couple.sight.stances;
        let items = [self.item(couple.a), self.item(couple.b)];
        let page = self.scene.page;
        let support = ground.trigger.map(|trigger| {
            let (a, b) = (couple.a.entity, couple.b.entity);
            let support = Few::of(page.together_by(a, b, trigger.rule));
            let sizes = [couple.a, couple.b].map(|actor| self.stances[actor.item].1);
            (support, self.prevalence(trigger.rule), sizes)
        });
        Claim {
            class: ground.class,
            governors: [x.governor, y.governor],
            carried: [x.carried, y.carried],
            facts: couple.sight.facts,
            sides: items.map(|item| Side::of(item, ground.hit)),
            places: couple.sight.places.map(|p| (p.listed, p.clauses, p.way)),
            support,
        }
    }
}

impl Ground {
    pub(in crate::linker) fn of(around: &Around<'_>, trigger: Trigger) -> Self {
        let clause = around.scene.clause(trigger.hit.first);
        Self {
            trigger: Some(trigger),
            class: around.scene.rules.class(Some(trigger.rule)),
            hit: (trigger.hit.first, trigger.hit.last),
            clause,
            cues: clause,
        }
    }

    pub(in crate::linker) fn without(around: &Around<'_>, couple: &Couple) -> Self {
        let (x, y) = (around.item(couple.a), around.item(couple.b));
        let hit = (x.first.min(y.first), x.last.max(y.last));
        Self {
            trigger: None,
            class: Term::NO_CLASS,
            hit,
            clause: around.scene.clause(hit.0),
            cues: around.scene.clause(y.first),
        }
    }
}

fn stance(scene: &Scene<'_>, item: &Item) -> (Stance, Few) {
    let same = scene.items.iter().filter(|o| o.list == item.list);
    let stance = Stance {
        governor: Governor::of(item),
        sense: item.sense,
        noun: item.noun,
        left: scene.rules.class(item.left),
        right: scene.rules.class(item.right),
        carried: item.carried,
    };
    (stance, Few::of(same.count().saturating_sub(1)))
}

fn setting(scene: &Scene<'_>, entities: &Entities<'_>) -> Setting {
    let (mut crowd, mut themes) = (Vec::new(), Vec::new());
    for item in scene.items.iter().filter(|i| is_here(i.carried)) {
        let principal = entities.principal[item.entity];
        if entities.actor[principal] {
            crowd.push(principal);
        }
        if !entities.actor[item.entity] {
            themes.push(entities.theme(item.entity).clone());
        }
    }
    crowd.sort_unstable();
    crowd.dedup();
    themes.sort_unstable();
    themes.dedup();
    let name = |class: &Term| scene.rules.terms.name(*class);
    let classes = scene
        .triggers()
        .map(|(rule, _)| scene.rules.class(Some(rule)));
    let mut classes: Vec<Term> = classes.collect();
    classes.sort_unstable_by(|x, y| name(x).cmp(name(y)));
    classes.dedup();
    let domain = scene.page.domain;
    let share = |n: usize| match 1000 * n / domain.size.max(1) {
        0..=4 => "none",
        5..=14 => "little",
        15..=29 => "some",
        30..=49 => "much",
        _ => "full",
    };
    Setting {
        block: scene.sentence.block,
        crowd: Bucket::of(crowd.len()),
        defence: share(domain.defence),
        civil: share(domain.civil),
        balance: match (2 * domain.defence).cmp(&domain.civil) {
            Ordering::Greater if domain.defence > 2 * domain.civil => "defence",
            Ordering::Greater if domain.defence >= domain.civil => "rather defence",
            Ordering::Greater => "rather civil",
            _ => "civil",
        },
        classes,
        themes,
    }
}
