//! How two ends stand to each other.

use super::around::triggers;
use super::{Around, Couple, Sink, bucket, class_of, few, governor, is_here, noun, sense};
use crate::linker::rules::Cue;
use crate::linker::scene::Carried;

/// What every candidate of two ends shares.
pub(in crate::linker) fn of_couple(around: &Around<'_>, couple: &Couple<'_>, out: &mut dyn Sink) {
    let scene = around.scene;
    let (x, y) = (couple.x, couple.y);
    out.add(&["kinds", couple.kinds.0, couple.kinds.1]);
    out.add(&["named", couple.named.0, couple.named.1]);
    out.add(&["gov", governor(x), governor(y)]);
    out.add(&["sense", sense(x), sense(y)]);
    out.add(&["noun", noun(x), noun(y)]);
    out.add(&["left", class_of(scene, x.left), class_of(scene, y.left)]);
    out.add(&["right.a", class_of(scene, x.right)]);
    out.add(&["right.b", class_of(scene, y.right)]);
    out.add(&["left.b", class_of(scene, y.left)]);
    out.add(&["carried", x.carried.as_str(), y.carried.as_str()]);
    out.add(&["together", few(couple.together)]);
    for fact in couple.facts() {
        out.add(&["known", fact]);
    }
    if is_here(x) && is_here(y) {
        places(around, couple, out);
        triggers(around, couple, out);
    }
}

fn places(around: &Around<'_>, couple: &Couple<'_>, out: &mut dyn Sink) {
    let (x, y) = (couple.x, couple.y);
    let order = order(couple);
    out.add(&["order", order]);
    out.add(&["list", list(couple)]);
    out.add(&["list.gov", list(couple), governor(x), governor(y)]);
    out.add(&["span", bucket(x.first.abs_diff(y.first))]);
    out.add(&["clauses", clauses(couple)]);
    let way = way(around, couple);
    out.add(&["way", order, &way]);
    let (from, to) = (x.first.min(y.first), x.last.max(y.last));
    let others = around.scene.items.iter().filter(|i| {
        i.carried == Carried::No
            && i.first > from
            && i.last < to
            && i.list != x.list
            && i.list != y.list
    });
    out.add(&["between", few(others.count())]);
    parting(around, (from, to), out);
}

/// Words between two ends that part them.
fn parting(around: &Around<'_>, (from, to): (usize, usize), out: &mut dyn Sink) {
    let scene = around.scene;
    let (mut compare, mut denied, mut enmity) = ("no", "no", "no");
    for (cue, hit) in scene.cues() {
        if hit.first > from && hit.last < to {
            match cue {
                Cue::Compare => compare = "yes",
                Cue::Negation => denied = "yes",
                _ => {}
            }
        }
    }
    for (rule, hit) in scene.triggers() {
        let kinds = &scene.rules.rules[usize::from(rule)].kinds;
        if hit.first > from && hit.last < to && kinds.iter().any(|k| k == "conflict") {
            enmity = "yes";
        }
    }
    out.add(&["compare", compare]);
    out.add(&["denied", denied]);
    out.add(&["enmity", enmity]);
}

/// Which end comes first.
fn order(couple: &Couple<'_>) -> &'static str {
    if couple.x.first <= couple.y.first {
        "ab"
    } else {
        "ba"
    }
}

/// Whether two ends are coordinated.
pub(super) fn list(couple: &Couple<'_>) -> &'static str {
    if couple.x.list == couple.y.list {
        "list"
    } else {
        "apart"
    }
}

/// How many clauses apart two ends are.
pub(super) fn clauses(couple: &Couple<'_>) -> &'static str {
    few(couple.x.clause.abs_diff(couple.y.clause))
}

/// The way from one end to the other.
pub(super) fn way(around: &Around<'_>, couple: &Couple<'_>) -> String {
    let (x, y) = (couple.x, couple.y);
    around.signs.between((x.first, x.last), (y.first, y.last))
}
