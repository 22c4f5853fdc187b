//! What speaks for one status or another: cue words near the trigger, the trigger's own form, the time named.

use super::candidate::Candidate;
use super::feature::Sink;
use super::model::STATUSES;
use super::rules::{Cue, Meaning};
use super::scene::Scene;

/// Reads all observations on the status of a candidate.
pub(super) fn observe(scene: &Scene<'_>, candidate: &Candidate<'_>, sink: &mut dyn Sink) {
    let kind = candidate.kind.id.as_str();
    let item = &scene.items[candidate.b.item];
    let (first, last) = candidate
        .trigger
        .map_or((item.first, item.last), |t| (t.hit.first, t.hit.last));
    let clause = scene.clause(first);
    let language = scene.rules.language.as_str();
    sink.add(&["s", "bias"]);
    sink.add(&["s", "kind", kind]);
    if let Some(rule) = candidate
        .trigger
        .and_then(|t| scene.rules.rules.get(usize::from(t.rule)))
    {
        let default = STATUSES.iter().find(|(_, s)| *s == rule.status);
        sink.add(&["s", "class", kind, &rule.class]);
        sink.add(&["s", "default", default.map_or("", |(name, _)| name)]);
        let surface = scene.page.word(first);
        sink.add(&["s", "surface", language, surface]);
        sink.add(&["s", "ending", language, ending(surface)]);
    }
    for back in 1..=3 {
        if let Some(at) = first
            .checked_sub(back)
            .filter(|&t| t >= scene.sentence.first)
        {
            sink.add(&["s", "before", language, scene.page.word(at)]);
        }
        let at = last + back;
        if at < scene.sentence.end {
            sink.add(&["s", "after", language, scene.page.word(at)]);
        }
    }
    cues(scene, clause, kind, language, sink);
    years(scene, sink);
    let block = format!("{:?}", scene.sentence.block);
    sink.add(&["s", "block", &block]);
}

fn cues(scene: &Scene<'_>, clause: usize, kind: &str, language: &str, sink: &mut dyn Sink) {
    let mut near = [0u8; Cue::ALL.len()];
    for hit in &scene.hits {
        let Meaning::Cue(cue) = scene.meaning(hit) else {
            continue;
        };
        if matches!(cue, Cue::Defence | Cue::Civil) {
            continue;
        }
        let here = scene.clause(hit.first) == clause;
        near[cue as usize] = near[cue as usize].max(if here { 2 } else { 1 });
        let place = if here { "clause" } else { "sentence" };
        sink.add(&["s", "word", place, language, scene.page.word(hit.first)]);
    }
    let mut signature = String::new();
    for (name, cue) in Cue::ALL {
        match near[*cue as usize] {
            2 => {
                sink.add(&["s", "cue", name, "clause"]);
                sink.add(&["s", "cue", name, "clause", kind]);
                if matches!(
                    cue,
                    Cue::Planned | Cue::Agreed | Cue::Active | Cue::Ended | Cue::Rejected
                ) {
                    signature.push_str(&name[..2]);
                }
            }
            1 => sink.add(&["s", "cue", name, "sentence"]),
            _ => {}
        }
    }
    sink.add(&["s", "cues", &signature]);
}

/// Years of the sentence against the year of publication.
fn years(scene: &Scene<'_>, sink: &mut dyn Sink) {
    let Some(now) = scene.page.doc.date.map(jiff::civil::Date::year) else {
        return;
    };
    for token in scene.sentence.first..scene.sentence.end {
        let word = scene.page.word(token);
        if word.len() != 4 {
            continue;
        }
        match word.parse::<i16>() {
            Ok(year) if (1900..2100).contains(&year) => {
                let when = match year - now {
                    ..=-6 => "long ago",
                    -5..=-1 => "past",
                    0 => "now",
                    _ => "future",
                };
                sink.add(&["s", "year", when]);
            }
            _ => {}
        }
    }
}

/// The last three letters: enough to tell `signed` from `sign`, `liefert` from `geliefert` no more.
fn ending(word: &str) -> &str {
    let at = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[at..]
}
