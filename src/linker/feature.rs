//! What speaks for and against a candidate: named observations, the same for every language.

use super::candidate::{Actor, Candidate};
use super::route::Signs;
use super::rules::{Cue, Prep};
use super::scene::{Carried, Item, Scene};
use crate::document::BlockKind;
use crate::mention::Sense;
use crate::schema::Group;

/// Takes the observations of a candidate. Each is given in parts, so that nothing need be joined to a string
/// unless somebody wants to read it.
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

/// Everything a candidate's observations are read from.
pub(super) struct Context<'a, 's> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) signs: &'a Signs,
    pub(super) candidate: Candidate<'s>,
    pub(super) known: Known,
    /// Entity kinds of the ends.
    pub(super) kinds: (&'a str, &'a str),
    /// Kinds of the entities that are named at the ends.
    pub(super) named: (&'a str, &'a str),
    /// Number of different actors in the sentence.
    pub(super) crowd: usize,
    /// The kinds of weapons, programmes ... that the sentence names.
    pub(super) themes: &'a [String],
    /// The pair is what the document is about.
    pub(super) main_pair: bool,
    /// One of them is what the document is about most.
    pub(super) leading: bool,
    /// Number of sentences that name both.
    pub(super) together: usize,
}

impl Context<'_, '_> {
    /// What the trigger does.
    fn class(&self) -> &str {
        class_of(self.scene, self.candidate.trigger.map(|t| t.rule))
    }

    /// A token of the clause that carries the candidate.
    fn anchor(&self) -> usize {
        let near = item(self.scene, self.candidate.b).first;
        self.candidate.trigger.map_or(near, |t| t.hit.first)
    }
}

/// Reads all observations of a candidate.
pub(super) fn observe(c: &Context<'_, '_>, sink: &mut dyn Sink) {
    let group = match c.candidate.kind.group {
        Group::Hostile => "hostile",
        Group::Fact => "fact",
        Group::Cooperative if c.candidate.kind.symmetric => "mutual",
        Group::Cooperative => "flow",
    };
    for scope in [c.candidate.kind.id.as_str(), group] {
        let mut scoped = Scoped { scope, sink };
        ends(c, &mut scoped);
        places(c, &mut scoped);
        routes(c, &mut scoped);
        triggers(c, &mut scoped);
        surroundings(c, &mut scoped);
    }
}

struct Scoped<'x> {
    scope: &'x str,
    sink: &'x mut dyn Sink,
}

impl Scoped<'_> {
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

fn prep(p: Option<Prep>) -> &'static str {
    p.map_or("-", Prep::as_str)
}

/// The preposition that matters: that of the noun an attribute belongs to.
pub(super) fn governor(item: &Item) -> &'static str {
    match (item.prep, item.genitive) {
        (Some(Prep::Of), _) if item.outer.is_some() => prep(item.outer),
        (None, true) => "genitive",
        (p, _) => prep(p),
    }
}

fn sense(item: &Item) -> &'static str {
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

/// Who stands at the ends, and how.
fn ends(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let (x, y) = (item(scene, c.candidate.a), item(scene, c.candidate.b));
    let class = c.class();
    out.add(&["bias"]);
    out.add(&["class", class]);
    if let Some(trigger) = c.candidate.trigger {
        out.add(&[
            "word",
            &scene.rules.language,
            scene.rules.patterns.text(trigger.hit.pattern),
        ]);
    }
    out.add(&["kinds", c.kinds.0, c.kinds.1]);
    out.add(&["named", c.named.0, c.named.1]);
    let (gx, gy) = (governor(x), governor(y));
    out.add(&["gov", gx, gy]);
    out.add(&["gov.class", class, gx, gy]);
    out.add(&["gov.a", class, gx]);
    out.add(&["gov.b", class, gy]);
    let (sx, sy) = (sense(x), sense(y));
    out.add(&["sense", sx, sy]);
    let noun = |i: &Item| i.noun.map_or("-", super::rules::Noun::as_str);
    out.add(&["noun", noun(x), noun(y)]);
    out.add(&["noun.a", class, sx, noun(x)]);
    out.add(&["noun.b", class, sy, noun(y)]);
    out.add(&["left", class_of(scene, x.left), class_of(scene, y.left)]);
    out.add(&["right.a", class_of(scene, x.right)]);
    out.add(&["right.b", class_of(scene, y.right)]);
    out.add(&["left.b", class_of(scene, y.left)]);
    out.add(&["carried", x.carried.as_str(), y.carried.as_str()]);
    out.add(&[
        "carried.class",
        class,
        x.carried.as_str(),
        y.carried.as_str(),
    ]);
    for (name, holds) in [
        ("maker", c.known.maker),
        ("origin", c.known.origin),
        ("home", c.known.home),
        ("member", c.known.member),
        ("office", c.known.office),
        ("main", c.main_pair),
        ("leading", c.leading),
    ] {
        if holds {
            out.add(&["known", name]);
            out.add(&["known.class", name, class]);
        }
    }
}

fn item<'a>(scene: &'a Scene<'_>, actor: Actor) -> &'a Item {
    &scene.items[actor.item]
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

/// Where the ends stand, to each other and to the trigger.
fn places(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let (x, y) = (item(scene, c.candidate.a), item(scene, c.candidate.b));
    let (x_token, y_token) = (x.first.min(y.first), x.last.max(y.last));
    // Without a trigger the stretch from one end to the other stands in for it.
    let hit = c
        .candidate
        .trigger
        .map_or((x_token, y_token), |t| (t.hit.first, t.hit.last));
    let class = c.class();
    let clause = scene.clause(hit.0);
    let here = |i: &Item| i.carried <= Carried::Reference;
    let side = |i: &Item| match () {
        () if !here(i) => "away",
        () if i.last < hit.0 => "before",
        () if i.first > hit.1 => "after",
        () => "inside",
    };
    out.add(&["side", side(x), side(y)]);
    out.add(&["side.class", class, side(x), side(y)]);
    out.add(&[
        "side.gov",
        class,
        side(x),
        governor(x),
        side(y),
        governor(y),
    ]);
    for (name, i) in [("a", x), ("b", y)] {
        if here(i) {
            let far = i.first.abs_diff(hit.1).min(i.last.abs_diff(hit.0));
            out.add(&["far", name, bucket(far)]);
            out.add(&["clause", name, few(i.clause.abs_diff(clause))]);
        }
    }
    if here(x) && here(y) {
        pair_places(c, x, y, out, class);
    }
}

fn pair_places(c: &Context<'_, '_>, x: &Item, y: &Item, out: &mut Scoped<'_>, class: &str) {
    let scene = c.scene;
    let together = if x.list == y.list { "list" } else { "apart" };
    out.add(&["order", if x.first <= y.first { "ab" } else { "ba" }]);
    out.add(&["list", together]);
    out.add(&["list.class", class, together]);
    out.add(&["list.gov", together, governor(x), governor(y)]);
    out.add(&["span", bucket(x.first.abs_diff(y.first))]);
    let clauses = few(x.clause.abs_diff(y.clause));
    out.add(&["clauses", clauses]);
    out.add(&["clauses.class", class, clauses]);
    let (from, to) = (x.first.min(y.first), x.last.max(y.last));
    let between = scene
        .items
        .iter()
        .filter(|i| {
            i.carried == Carried::No
                && i.first > from
                && i.last < to
                && i.list != x.list
                && i.list != y.list
        })
        .count();
    out.add(&["between", few(between)]);
    let mut joined = ["no", "no", "no"];
    for (cue, hit) in scene.cues() {
        if hit.first > from && hit.last < to {
            match cue {
                Cue::Compare => joined[0] = "yes",
                Cue::Negation => joined[1] = "yes",
                _ => {}
            }
        }
    }
    for (rule, hit) in scene.triggers() {
        if hit.first > from
            && hit.last < to
            && scene.rules.rules[usize::from(rule)]
                .kinds
                .iter()
                .any(|k| k == "conflict")
        {
            joined[2] = "yes";
        }
    }
    out.add(&["compare", joined[0]]);
    out.add(&["denied", joined[1]]);
    out.add(&["enmity", joined[2]]);
}

/// The ways between the ends and the trigger.
fn routes(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let (x, y) = (item(scene, c.candidate.a), item(scene, c.candidate.b));
    let here = |i: &Item| i.carried <= Carried::Reference;
    let way = |i: &Item, j: (usize, usize)| {
        if i.last < j.0 {
            c.signs.way(i.last, j.0)
        } else {
            c.signs.way(j.1, i.first)
        }
    };
    let class = c.class();
    if here(x) && here(y) {
        let between = way(x, (y.first, y.last));
        out.add(&[
            "way",
            if x.first <= y.first { "ab" } else { "ba" },
            &between,
        ]);
        out.add(&["way.class", class, &between]);
    }
    let Some(trigger) = c.candidate.trigger.filter(|t| !t.carried) else {
        return;
    };
    let hit = (trigger.hit.first, trigger.hit.last);
    for (end, i) in [("a", x), ("b", y)] {
        if here(i) {
            let side = if i.last < hit.0 { "before" } else { "after" };
            let way = way(i, hit);
            out.add(&["way.trigger", end, side, class, &way]);
            out.add(&["way.any", end, side, &way]);
        }
    }
}

/// Every trigger of the sentence against the pair.
fn triggers(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let (x, y) = (item(scene, c.candidate.a), item(scene, c.candidate.b));
    if x.carried > Carried::Reference || y.carried > Carried::Reference {
        return;
    }
    let (from, to) = (x.first.min(y.first), x.last.max(y.last));
    for (rule, hit) in scene.triggers() {
        let class = class_of(scene, Some(rule));
        let place = if hit.last < from {
            "before"
        } else if hit.first > to {
            "after"
        } else {
            "between"
        };
        let clause = scene.clause(hit.first);
        let clauses = match (x.clause == clause, y.clause == clause) {
            (true, true) => "both",
            (true, false) => "a",
            (false, true) => "b",
            (false, false) => "none",
        };
        out.add(&["at", class, place, clauses]);
        out.add(&["in", class, clauses]);
    }
}

/// Whether the page is about defence at all.
fn domain(scene: &Scene<'_>, out: &mut Scoped<'_>) {
    let domain = scene.page.domain;
    let share = |n: usize| match 1000 * n / domain.size.max(1) {
        0..=4 => "none",
        5..=14 => "little",
        15..=29 => "some",
        30..=49 => "much",
        _ => "full",
    };
    out.add(&["domain", share(domain.defence)]);
    out.add(&["civil", share(domain.civil)]);
    let balance = match (2 * domain.defence).cmp(&domain.civil) {
        std::cmp::Ordering::Greater if domain.defence > 2 * domain.civil => "defence",
        std::cmp::Ordering::Greater if domain.defence >= domain.civil => "rather defence",
        std::cmp::Ordering::Greater => "rather civil",
        _ => "civil",
    };
    out.add(&["balance", balance]);
}

/// How much of the page speaks of the same, and of the pair by the same words.
fn document(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let Some(trigger) = c.candidate.trigger else {
        return;
    };
    let page = scene.page;
    let (with, any) = page.prevalence(trigger.rule);
    let share = match 10 * with / any.max(1) {
        0 => "rare",
        1 | 2 => "some",
        3 | 4 => "much",
        _ => "most",
    };
    out.add(&["prevalence", share]);
    out.add(&["sentences", few(with)]);
    let support = few(page.together_by(c.candidate.a.entity, c.candidate.b.entity, trigger.rule));
    out.add(&["support", support]);
    out.add(&["support.prevalence", support, share]);
    out.add(&["lead", if scene.index < 3 { "yes" } else { "no" }]);
    let size = |i: &Item| {
        few(scene
            .items
            .iter()
            .filter(|o| o.list == i.list)
            .count()
            .saturating_sub(1))
    };
    let (x, y) = (item(scene, c.candidate.a), item(scene, c.candidate.b));
    out.add(&["size", size(x), size(y)]);
}

/// What else the sentence and the page show.
fn surroundings(c: &Context<'_, '_>, out: &mut Scoped<'_>) {
    let scene = c.scene;
    let clause = scene.clause(c.anchor());
    let block = match scene.sentence.block {
        BlockKind::Headline => "headline",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Teaser => "teaser",
        BlockKind::Boilerplate => "boilerplate",
    };
    out.add(&["block", block]);
    out.add(&["crowd", bucket(c.crowd)]);
    domain(scene, out);
    out.add(&["together", few(c.together)]);
    document(c, out);
    if c.candidate.trigger.is_some_and(|t| t.carried) {
        out.add(&["trigger", "before"]);
    }
    let mut cues = [0usize; Cue::ALL.len()];
    for (cue, hit) in scene.cues() {
        let near = scene.clause(hit.first) == clause;
        let slot = &mut cues[cue as usize];
        *slot = (*slot).max(if near { 2 } else { 1 });
    }
    for (name, cue) in Cue::ALL {
        match cues[*cue as usize] {
            2 => out.add(&["cue", name, "clause"]),
            1 => out.add(&["cue", name, "sentence"]),
            _ => {}
        }
    }
    let mut classes: Vec<&str> = scene
        .triggers()
        .map(|(rule, _)| class_of(scene, Some(rule)))
        .collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        out.add(&["also", class]);
    }
    for theme in c.themes {
        out.add(&["theme", theme]);
        if let Some((kind, _)) = theme.split_once(' ') {
            out.add(&["theme", kind]);
        }
    }
}
