//! When a claim holds: the time the sentence names near its words, else the day of publication.

mod calendar;
mod find;
mod forms;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::Date;

pub(super) use self::find::Found;
use self::find::dates;
pub(super) use self::words::{TimeFile, Word, Words};
use super::rules::Meaning;
use super::scene::{Item, Scene};
use crate::statement::{DateRange, Precision, TimeBasis};

/// What a clause boundary adds to the distance of a date.
const CLAUSE: usize = 8;
/// What a comma or conjunction adds to the distance between a date and a name.
const BREAK: usize = 3;
/// A date farther than this from a name is not the name's own.
const REACH: usize = 6;
/// A word like `now` stands right at the name.
const NOW_REACH: usize = 4;

/// The date of what the words around token `trigger` say.
pub(super) fn date(scene: &Scene<'_>, trigger: usize) -> DateRange {
    best(scene, found(scene), trigger).unwrap_or_else(|| publication(scene.page.doc.date))
}

/// The date of one party among others: the one that stands right at its name (`2025 mit Dänemark`,
/// `Denmark (2025)`, `Iceland joined today`), else that of the trigger. `item` is a token of the name.
pub(super) fn date_near(scene: &Scene<'_>, item: usize, trigger: usize) -> DateRange {
    let found = found(scene);
    let own = found
        .iter()
        .filter(|f| !found.iter().any(|other| hidden(scene, f, other, item)))
        .filter_map(|f| Some((distance(scene, f, item)?, f)))
        .filter(|(far, f)| *far <= if f.now { NOW_REACH } else { REACH })
        .min_by_key(|(far, f)| (*far, f.first));
    match own {
        Some((_, own)) => own.range.clone(),
        None => best(scene, found, trigger).unwrap_or_else(|| publication(scene.page.doc.date)),
    }
}

/// The day of publication, where nothing else is said.
pub(super) fn publication(date: Option<Date>) -> DateRange {
    DateRange {
        earliest: date,
        latest: date,
        precision: if date.is_some() {
            Precision::Day
        } else {
            Precision::Unknown
        },
        basis: TimeBasis::Publication,
    }
}

/// The dates of a sentence, read when they are first asked for.
fn found<'s>(scene: &'s Scene<'_>) -> &'s [Found] {
    scene.dates.get_or_init(|| dates(scene))
}

fn best(scene: &Scene<'_>, found: &[Found], trigger: usize) -> Option<DateRange> {
    found
        .iter()
        .filter(|f| !f.now)
        .filter_map(|f| Some((cost(scene, f, trigger)?, f)))
        .min_by_key(|(cost, f)| (*cost, f.first))
        .map(|(_, f)| f.range.clone())
}

/// How far a date is from a trigger; none if a subordinate clause keeps them apart.
fn cost(scene: &Scene<'_>, found: &Found, trigger: usize) -> Option<usize> {
    let far = found
        .first
        .saturating_sub(trigger)
        .max(trigger.saturating_sub(found.last));
    let (there, here) = (scene.clause(found.first), scene.clause(trigger));
    if there == here {
        return Some(far);
    }
    let apart =
        subordinate(scene, found.first, Some(found.first)) || subordinate(scene, trigger, None);
    (!apart).then(|| far + CLAUSE * there.abs_diff(here))
}

/// Whether the clause of a token begins with a word that subordinates it; before a date such a
/// word (`since 2024`) belongs to the date.
fn subordinate(scene: &Scene<'_>, token: usize, date: Option<usize>) -> bool {
    let clause = scene.clause(token);
    let start = (scene.sentence.first..=token)
        .rev()
        .take_while(|&t| scene.clause(t) == clause)
        .last();
    let Some(start) = start else { return false };
    let timely = |t: usize| !scene.page.times(t).is_empty();
    if date.is_some_and(|date| (start..date).all(timely)) {
        return false;
    }
    let has = |wanted: Meaning| {
        scene
            .hits
            .iter()
            .any(|h| h.first == start && scene.meaning(h) == wanted)
    };
    has(Meaning::Subordinator) && (start > scene.sentence.first || !has(Meaning::Article))
}

/// Whether another date stands inside the list of a party, between the party and a date before the list.
fn hidden(scene: &Scene<'_>, found: &Found, other: &Found, item: usize) -> bool {
    let own = scene.items.iter().find(|i| i.first == item);
    let list = own.map(|own| own.list);
    let mut peers = scene.items.iter().filter(|i| Some(i.list) == list);
    found.last < other.first
        && other.last < item
        && peers.any(|i| found.last < i.first && i.last < other.first)
}

/// How far a date is from the list that a name is in; none behind a semicolon or bracket, except
/// for a date in brackets right behind the name.
fn distance(scene: &Scene<'_>, found: &Found, item: usize) -> Option<usize> {
    let own = scene
        .items
        .iter()
        .find(|i| i.first <= item && item <= i.last)?;
    // A date inside a list belongs to those behind it, or before it, only.
    let behind = |i: &Item| i.first > found.last;
    let peers = scene.items.iter().filter(|i| i.list == own.list);
    let peers = peers.filter(|i| behind(i) == behind(own));
    if found.first > own.last {
        let bracket = scene.page.gaps.get(own.last + 1).is_some_and(|g| g.hard);
        if bracket && found.first <= own.last + 3 {
            return Some(0);
        }
    }
    let first = peers.clone().map(|i| i.first).min()?;
    let last = peers.map(|i| i.last).max()?;
    if found.last < first {
        walk(scene, found.last + 1, first)
    } else if found.first > last {
        walk(scene, last + 1, found.first)
    } else {
        None
    }
}

/// Tokens from one place to another with what stands between them.
fn walk(scene: &Scene<'_>, from: usize, to: usize) -> Option<usize> {
    let mut far = 0;
    for token in from..=to {
        let gap = scene.page.gaps.get(token)?;
        if gap.hard {
            return None;
        }
        let conjunction = scene
            .hits
            .iter()
            .any(|h| h.first == token && scene.meaning(h) == Meaning::Conjunction);
        far += 1 + if gap.comma { BREAK } else { 0 } + if conjunction { BREAK } else { 0 };
    }
    Some(far)
}
