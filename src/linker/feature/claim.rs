//! How two ends stand to each other and to the trigger.

use super::around::prevalence;
use super::couple::{clauses, list, way};
use super::{Around, Couple, Ground, Sink, few, governor, is_here, side};
use crate::linker::scene::Item;

/// What only one trigger between two ends shows.
pub(in crate::linker) fn of_claim(
    around: &Around<'_>,
    couple: &Couple<'_>,
    ground: &Ground<'_>,
    out: &mut dyn Sink,
) {
    let (x, y, class) = (couple.x, couple.y, ground.class);
    let (gx, gy) = (governor(x), governor(y));
    out.add(&["gov.class", class, gx, gy]);
    let (cx, cy) = (x.carried.as_str(), y.carried.as_str());
    out.add(&["carried.class", class, cx, cy]);
    for fact in couple.facts() {
        out.add(&["known.class", fact, class]);
    }
    let (sx, sy) = (side(x, ground.hit), side(y, ground.hit));
    out.add(&["side", sx, sy]);
    out.add(&["side.class", class, sx, sy]);
    out.add(&["side.gov", class, sx, gx, sy, gy]);
    if is_here(x) && is_here(y) {
        out.add(&["list.class", class, list(couple)]);
        out.add(&["clauses.class", class, clauses(couple)]);
        out.add(&["way.class", class, &way(around, couple)]);
    }
    document(around, couple, ground, out);
}

/// How much of the page speaks of the pair by the same words.
fn document(around: &Around<'_>, couple: &Couple<'_>, ground: &Ground<'_>, out: &mut dyn Sink) {
    let Some(trigger) = ground.trigger else {
        return;
    };
    let page = around.scene.page;
    let support = few(page.together_by(couple.a.entity, couple.b.entity, trigger.rule));
    out.add(&["support", support]);
    out.add(&[
        "support.prevalence",
        support,
        prevalence(page, trigger.rule),
    ]);
    let size = |item: &Item| {
        let same = around.scene.items.iter().filter(|o| o.list == item.list);
        few(same.count().saturating_sub(1))
    };
    out.add(&["size", size(couple.x), size(couple.y)]);
}
