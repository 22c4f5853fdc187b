//! What the sentence and the page show, whoever the ends are.

use super::{Around, Ground, Sink, bucket, class_of, few};
use crate::document::BlockKind;
use crate::linker::page::Page;
use crate::linker::rules::Cue;
use crate::linker::scene::Scene;

/// What every candidate of a sentence shares.
pub(in crate::linker) fn of_sentence(around: &Around<'_>, out: &mut dyn Sink) {
    let scene = around.scene;
    let block = match scene.sentence.block {
        BlockKind::Headline => "headline",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Teaser => "teaser",
        BlockKind::Boilerplate => "boilerplate",
    };
    out.add(&["bias"]);
    out.add(&["block", block]);
    out.add(&["crowd", bucket(around.crowd)]);
    domain(scene, out);
    for class in &around.classes {
        out.add(&["also", class]);
    }
    for theme in &around.themes {
        out.add(&["theme", theme]);
        if let Some((kind, _)) = theme.split_once(' ') {
            out.add(&["theme", kind]);
        }
    }
}

/// Whether the page is about defence at all.
fn domain(scene: &Scene<'_>, out: &mut dyn Sink) {
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

/// What every candidate of a trigger shares.
pub(in crate::linker) fn of_trigger(around: &Around<'_>, ground: &Ground<'_>, out: &mut dyn Sink) {
    let scene = around.scene;
    out.add(&["class", ground.class]);
    cues(scene, ground.cues, out);
    let Some(trigger) = ground.trigger else {
        return;
    };
    let word = scene.rules.patterns.name(trigger.hit.pattern);
    out.add(&["word", &scene.rules.language, word]);
    if trigger.carried {
        out.add(&["trigger", "before"]);
    }
    out.add(&["lead", if scene.index < 3 { "yes" } else { "no" }]);
    out.add(&["prevalence", prevalence(scene.page, trigger.rule)]);
    out.add(&["sentences", few(scene.page.prevalence(trigger.rule).0)]);
}

/// How many of the sentences with triggers hold one of this rule.
pub(super) fn prevalence(page: &Page<'_>, rule: u16) -> &'static str {
    let (with, any) = page.prevalence(rule);
    match 10 * with / any.max(1) {
        0 => "rare",
        1 | 2 => "some",
        3 | 4 => "much",
        _ => "most",
    }
}

/// Words that change a claim, in its clause or elsewhere in the sentence.
fn cues(scene: &Scene<'_>, clause: usize, out: &mut dyn Sink) {
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
}

/// Every trigger of the sentence by where it stands to two ends.
pub(super) fn triggers(around: &Around<'_>, couple: &super::Couple<'_>, out: &mut dyn Sink) {
    let scene = around.scene;
    let (x, y) = (couple.x, couple.y);
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
