//! Amounts of money: `1,3 Milliarden Euro`, `$1.7 billion`, `EUR 375 million`, `€4.5bn`.

use super::number::{between, scaled};
use super::{Attribute, Place, attributes, gap};
use crate::linker::scene::Scene;
use crate::statement::Money;

/// What a clause boundary adds to the distance of an amount.
const CLAUSE: usize = 8;
/// How far an amount may stand from the trigger.
const REACH: usize = 30;
/// Below this an amount is a price in a shop.
const LEAST: f64 = 10_000.0;

/// The amount of money nearest to a trigger.
pub(in crate::linker) fn value(scene: &Scene<'_>, trigger: Place) -> Option<Money> {
    let text = scene.page.doc.slice(scene.sentence.span);
    let words = attributes(scene).any(|(a, _)| matches!(a, Attribute::Currency(_)));
    let symbols = &scene.rules.attributes.symbols;
    if !words && !symbols.keys().any(|s| text.contains(s.as_str())) {
        return None;
    }
    let mut best: Option<(usize, Money)> = None;
    let mut at = scene.sentence.first;
    while at < scene.sentence.end {
        let Some((last, amount)) = scaled(scene, at) else {
            at += 1;
            continue;
        };
        let clauses = scene.clause(at).abs_diff(scene.clause(trigger.0));
        let far = gap((at, last), trigger) + CLAUSE * clauses;
        if amount >= LEAST && far <= REACH && best.as_ref().is_none_or(|(b, _)| far < *b) {
            best = currency(scene, at, last)
                .map(|currency| {
                    (
                        far,
                        Money {
                            amount: (amount * 100.0).round() / 100.0,
                            currency,
                        },
                    )
                })
                .or(best);
        }
        at = last + 1;
    }
    best.map(|(_, money)| money)
}

/// ISO code of the currency written at a number: as a symbol or word before or behind it.
fn currency(scene: &Scene<'_>, first: usize, last: usize) -> Option<String> {
    let word = |fits: &dyn Fn(Place) -> bool| {
        attributes(scene)
            .filter(|(_, hit)| fits((hit.first, hit.last)))
            .filter_map(|(a, hit)| {
                if let Attribute::Currency(index) = a {
                    Some((hit.last - hit.first, index))
                } else {
                    None
                }
            })
            .max()
            .and_then(|(_, index)| {
                scene
                    .rules
                    .attributes
                    .currencies
                    .get(usize::from(index))
                    .cloned()
            })
    };
    let closed = |at: usize| scene.page.gaps.get(at).is_none_or(|g| g.comma || g.hard);
    before(scene, first)
        .or_else(|| {
            symbol(
                scene,
                between(scene.page, last + 1).trim_start_matches(['.', ' ', '\u{a0}']),
            )
        })
        .or_else(|| word(&|(a, _)| a == last + 1 && !closed(a)))
        .or_else(|| word(&|(_, b)| b + 1 == first && !closed(first)))
}

/// `$`, `US$`, `€ ` directly before a number.
fn before(scene: &Scene<'_>, first: usize) -> Option<String> {
    let gap = between(scene.page, first).trim_end();
    let symbols = &scene.rules.attributes.symbols;
    let (at, sign) = gap.char_indices().next_back()?;
    if at == 0 {
        let letters = scene.page.word(first.checked_sub(1)?);
        if let Some(code) = symbols.get(&format!("{letters}{sign}")) {
            return Some(code.clone());
        }
    }
    symbols.get(sign.encode_utf8(&mut [0; 4]) as &str).cloned()
}

fn symbol(scene: &Scene<'_>, gap: &str) -> Option<String> {
    let sign = gap.chars().next()?;
    scene
        .rules
        .attributes
        .symbols
        .get(sign.encode_utf8(&mut [0; 4]) as &str)
        .cloned()
}
