//! Which sentences speak for what is believed.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Linker;
use super::candidate::{Actor, Candidate};
use super::dossier::Dossier;
use super::reading::{Claim, Key, Reading, pair};
use super::scene::Scene;
use super::status;
use super::write::Chosen;
use crate::schema::Group;
use crate::statement::Status;

/// For every reading the believed claims that its sentence speaks for. Every claim has one at least: the sentence
/// that makes it likeliest; for two who are joined over a partner the later of the two that join them with it.
pub(super) fn chosen<'p>(
    linker: &Linker<'_>,
    dossier: &Dossier,
    readings: &[Reading<'p>],
    believed: &BTreeMap<Key, f32>,
) -> Vec<BTreeMap<Key, Chosen<'p>>> {
    let best = best(readings);
    let mut out: Vec<BTreeMap<Key, Chosen<'p>>> = Vec::new();
    for (index, reading) in readings.iter().enumerate() {
        let mut mine = BTreeMap::new();
        for (key, claim) in &reading.claims {
            let speaks = best.get(key).is_some_and(|(most, at)| {
                *at == index
                    || says(linker, reading, claim)
                        && claim.probability * reading.joined(claim) >= *most * ENOUGH
            });
            if let Some(&probability) = believed.get(key).filter(|_| speaks) {
                let candidate = *reading.candidate(claim);
                let chosen = Chosen {
                    candidate,
                    probability,
                    status: status_of(linker, &reading.scene, &candidate),
                    absent: None,
                };
                mine.insert(*key, chosen);
            }
        }
        complete(linker, reading, believed, &mut mine);
        out.push(mine);
    }
    for (&key, &probability) in believed.iter().filter(|(key, _)| !best.contains_key(key)) {
        let Some((index, candidate, absent)) = over_partner(dossier, readings, &best, key) else {
            continue;
        };
        let status = status_of(linker, &readings[index].scene, &candidate);
        out[index].insert(
            key,
            Chosen {
                candidate,
                probability,
                status,
                absent: Some(absent),
            },
        );
    }
    out
}

/// A sentence that speaks for ties of one kind among several speaks for all believed ones among them, of those that it joins
/// (`Germany and the Netherlands build it with the United States`).
fn complete<'p>(
    linker: &Linker<'_>,
    reading: &Reading<'p>,
    believed: &BTreeMap<Key, f32>,
    mine: &mut BTreeMap<Key, Chosen<'p>>,
) {
    let link = linker.model.threshold("link");
    let ends: BTreeSet<(usize, usize)> = mine
        .keys()
        .flat_map(|(kind, a, b)| [(*kind, *a), (*kind, *b)])
        .collect();
    for (key @ (kind, a, b), claim) in &reading.claims {
        let candidate = *reading.candidate(claim);
        let open = candidate.kind.symmetric && candidate.kind.group == Group::Cooperative;
        let among = ends.contains(&(*kind, *a)) && ends.contains(&(*kind, *b));
        if !(open && among && reading.joined(claim) > link) || mine.contains_key(key) {
            continue;
        }
        if let Some(&probability) = believed.get(key) {
            let status = status_of(linker, &reading.scene, &candidate);
            let chosen = Chosen {
                candidate,
                probability,
                status,
                absent: None,
            };
            mine.insert(*key, chosen);
        }
    }
}

/// A sentence speaks for a claim if it makes it this much as likely as the likeliest does.
const ENOUGH: f32 = 0.5;

/// For a claim how likely the reading makes it that makes it likeliest, and which that is.
type Best = FxHashMap<Key, (f32, usize)>;

/// The reading that makes each claim likeliest, the first of equals, and how likely it makes it.
fn best(readings: &[Reading<'_>]) -> Best {
    let mut best = Best::default();
    for (index, reading) in readings.iter().enumerate() {
        for (key, claim) in &reading.claims {
            let p = claim.probability * reading.joined(claim);
            if best.get(key).is_none_or(|(old, _)| p > *old) {
                best.insert(*key, (p, index));
            }
        }
    }
    best
}

/// Whether a sentence makes a claim likely enough by itself.
fn says(linker: &Linker<'_>, reading: &Reading<'_>, claim: &Claim) -> bool {
    let least = |name| linker.model.threshold(name);
    match reading.candidate(claim).kind.group {
        Group::Cooperative => {
            reading.joined(claim) > least("link") && claim.probability >= least("kind")
        }
        Group::Hostile => claim.probability > least("hostile"),
        Group::Fact => claim.probability > least("fact"),
    }
}

/// The sentence that completes the way over the best common partner, its candidate with the partner's place
/// taken by the end that the sentence does not join, and that end.
fn over_partner<'p>(
    dossier: &Dossier,
    readings: &[Reading<'p>],
    best: &Best,
    (kind, a, b): Key,
) -> Option<(usize, Candidate<'p>, usize)> {
    let strength = |x: usize, y: usize| {
        let of = dossier.strengths(x, y).get(kind);
        of.copied().unwrap_or_default()
    };
    let way = |c: &usize| strength(a, *c).min(strength(b, *c));
    let partner = dossier
        .common(a, b)
        .max_by(|x, y| way(x).total_cmp(&way(y)).then(y.cmp(x)))?;
    let place = |end: usize| {
        let (x, y) = pair(end, partner);
        let key = (kind, x, y);
        best.get(&key).map(|(_, at)| (*at, key))
    };
    let (near, far) = (place(a)?, place(b)?);
    let ((index, key), absent) = if near.0 > far.0 { (near, b) } else { (far, a) };
    let reading = readings.get(index)?;
    let mut candidate = *reading.candidate(reading.claim(key)?);
    for end in [&mut candidate.a, &mut candidate.b] {
        if end.entity == partner {
            *end = Actor {
                entity: absent,
                item: end.item,
                via: None,
            };
        }
    }
    Some((index, candidate, absent))
}

fn status_of(linker: &Linker<'_>, scene: &Scene<'_>, candidate: &Candidate<'_>) -> Status {
    let mut sums = linker.model.statuses();
    status::observe(scene, candidate, &mut sums);
    let rule = candidate
        .trigger
        .and_then(|t| scene.rules.rules.get(usize::from(t.rule)));
    sums.best()
        .unwrap_or_else(|| rule.map_or(Status::Active, |r| r.status))
}
