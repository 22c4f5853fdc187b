//! How one end stands to the trigger.

use super::{Around, Ground, Sink, bucket, few, governor, is_here, noun, sense, side};
use crate::linker::scene::Item;

/// Which end of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::linker) enum End {
    A,
    B,
}

/// What every candidate of a trigger with this end shares.
pub(in crate::linker) fn of_end(
    around: &Around<'_>,
    end: End,
    item: &Item,
    ground: &Ground<'_>,
    out: &mut dyn Sink,
) {
    let (name, gov, nouns) = match end {
        End::A => ("a", "gov.a", "noun.a"),
        End::B => ("b", "gov.b", "noun.b"),
    };
    let (class, hit) = (ground.class, ground.hit);
    out.add(&[gov, class, governor(item)]);
    out.add(&[nouns, class, sense(item), noun(item)]);
    if !is_here(item) {
        return;
    }
    let far = item.first.abs_diff(hit.1).min(item.last.abs_diff(hit.0));
    out.add(&["far", name, bucket(far)]);
    let clauses = item.clause.abs_diff(ground.clause);
    out.add(&["clause", name, few(clauses)]);
    if ground.trigger.is_some_and(|t| !t.carried) {
        let side = if side(item, hit) == "before" {
            "before"
        } else {
            "after"
        };
        let way = around.signs.between((item.first, item.last), hit);
        out.add(&["way.trigger", name, side, class, &way]);
        out.add(&["way.any", name, side, &way]);
    }
}
