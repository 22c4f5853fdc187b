//! Which annotated entity a found entity is.

use std::collections::BTreeMap;

use super::gold::GoldEntity;
use crate::statement::EntityRecord;

/// Kinds that annotators may tell apart differently.
const NEAR: [&[&str]; 2] = [
    &[
        "programme",
        "agreement",
        "operation",
        "event",
        "organisation",
    ],
    &["company", "organisation"],
];

/// Found entity id -> local id of the annotated entity, or `pred:<id>` where there is none.
pub(super) fn align(gold: &[GoldEntity], found: &[EntityRecord]) -> BTreeMap<String, String> {
    found
        .iter()
        .map(|entity| {
            let id = entity.id.as_str();
            let best = best_match(gold, entity).map_or_else(|| format!("pred:{id}"), str::to_owned);
            (id.to_owned(), best)
        })
        .collect()
}

fn best_match<'g>(gold: &'g [GoldEntity], found: &EntityRecord) -> Option<&'g str> {
    let texts = texts(found);
    let mut best = None;
    for candidate in gold {
        if candidate.kind == "country" || found.kind == "country" {
            if candidate.kind == found.kind && found.id.slug() == candidate.canonical {
                return Some(&candidate.id);
            }
            continue;
        }
        if !same_kind(&candidate.kind, &found.kind) {
            continue;
        }
        let names: Vec<String> = candidate.mentions.iter().map(|m| fold(m)).collect();
        if !overlaps(&texts, &names) {
            continue;
        }
        let exact = texts.iter().any(|t| names.contains(t));
        if best.is_none() || exact {
            best = Some(candidate.id.as_str());
            if exact && candidate.kind == found.kind {
                break;
            }
        }
    }
    best
}

fn texts(found: &EntityRecord) -> Vec<String> {
    let mut texts: Vec<String> = found.mentions.iter().map(|m| fold(&m.text)).collect();
    if !found.name.is_empty() {
        texts.push(fold(&found.name));
    }
    texts
}

fn same_kind(a: &str, b: &str) -> bool {
    a == b
        || NEAR
            .iter()
            .any(|near| near.contains(&a) && near.contains(&b))
}

fn overlaps(xs: &[String], ys: &[String]) -> bool {
    let inside = |a: &str, b: &str| a.chars().nth(2).is_some() && b.contains(a);
    xs.iter().any(|x| {
        let x = x.trim();
        ys.iter().any(|y| {
            let y = y.trim();
            x == y || inside(x, y) || inside(y, x)
        })
    })
}

/// Case folding as far as names need it.
fn fold(text: &str) -> String {
    text.to_lowercase().replace('ß', "ss").replace('ς', "σ")
}
