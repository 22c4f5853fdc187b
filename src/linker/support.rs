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
    let sure: Vec<Vec<Sure>> = readings.iter().map(|r| sure(r, believed)).collect();
    let mut best = Best::default();
    for (index, sure) in sure.iter().enumerate() {
        take_best(&mut best, index, sure.iter().map(|s| (s.key, s.claim)));
    }
    if believed.keys().any(|key| !best.contains_key(key)) {
        // Who are joined over a partner are so by claims that need not be believed.
        for (index, reading) in readings.iter().enumerate() {
            take_best(&mut best, index, reading.claims.iter().copied());
        }
    }
    let mut out: Vec<BTreeMap<Key, Chosen<'p>>> = Vec::with_capacity(readings.len());
    for (index, (reading, sure)) in readings.iter().zip(&sure).enumerate() {
        let speaks = |sure: &&Sure| {
            best.get(&sure.key).is_some_and(|(most, at)| {
                *at == index
                    || says(linker, reading, &sure.key, &sure.claim)
                        && sure.claim.probability * sure.claim.joined >= *most * ENOUGH
            })
        };
        let mine = sure.iter().filter(speaks);
        let mut mine = mine.map(|s| (s.key, choose(linker, reading, s))).collect();
        complete(linker, reading, sure, &mut mine);
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
    sure: &[Sure],
    mine: &mut BTreeMap<Key, Chosen<'p>>,
) {
    if mine.is_empty() {
        return;
    }
    let link = linker.model.threshold("link");
    let ends: BTreeSet<(usize, usize)> = mine
        .keys()
        .flat_map(|(kind, a, b)| [(*kind, *a), (*kind, *b)])
        .collect();
    for sure in sure {
        let (kind, a, b) = sure.key;
        let candidate = reading.candidate(sure.key, &sure.claim);
        let open = candidate.kind.symmetric && candidate.kind.group == Group::Cooperative;
        let among = ends.contains(&(kind, a)) && ends.contains(&(kind, b));
        if open && among && sure.claim.joined > link && !mine.contains_key(&sure.key) {
            mine.insert(sure.key, choose(linker, reading, sure));
        }
    }
}

/// A claim of a sentence that is believed, and how sure the whole document makes it.
struct Sure {
    key: Key,
    claim: Claim,
    probability: f32,
}

/// The claims of a sentence that are believed, in order.
fn sure(reading: &Reading<'_>, believed: &BTreeMap<Key, f32>) -> Vec<Sure> {
    let sure = |key: &Key, claim: &Claim, probability: &f32| Sure {
        key: *key,
        claim: *claim,
        probability: *probability,
    };
    let claims = &reading.claims;
    // Whichever are fewer are looked for among the others.
    if believed.len() < claims.len() {
        let of = |(key, p)| Some(sure(key, reading.claim(*key)?, p));
        believed.iter().filter_map(of).collect()
    } else {
        let of = |(key, claim): &(Key, Claim)| Some(sure(key, claim, believed.get(key)?));
        claims.iter().filter_map(of).collect()
    }
}

fn choose<'p>(linker: &Linker<'_>, reading: &Reading<'p>, sure: &Sure) -> Chosen<'p> {
    let candidate = reading.candidate(sure.key, &sure.claim);
    Chosen {
        candidate,
        probability: sure.probability,
        status: status_of(linker, &reading.scene, &candidate),
        absent: None,
    }
}

/// A sentence speaks for a claim if it makes it this much as likely as the likeliest does.
const ENOUGH: f32 = 0.5;

/// For a claim how likely the reading makes it that makes it likeliest, and which that is.
type Best = FxHashMap<Key, (f32, usize)>;

/// Takes the claims of a reading that it makes likelier than all before it.
fn take_best(best: &mut Best, index: usize, claims: impl Iterator<Item = (Key, Claim)>) {
    for (key, claim) in claims {
        let p = claim.probability * claim.joined;
        if best.get(&key).is_none_or(|(old, _)| p > *old) {
            best.insert(key, (p, index));
        }
    }
}

/// Whether a sentence makes a claim likely enough by itself.
fn says(linker: &Linker<'_>, reading: &Reading<'_>, key: &Key, claim: &Claim) -> bool {
    let least = |name| linker.model.threshold(name);
    match reading.candidate(*key, claim).kind.group {
        Group::Cooperative => claim.joined > least("link") && claim.probability >= least("kind"),
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
    let mut candidate = reading.candidate(key, reading.claim(key)?);
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
