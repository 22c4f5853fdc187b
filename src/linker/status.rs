//! What speaks for one status or another: cue words near the trigger, the trigger's own form, the time named.

use super::candidate::Candidate;
use super::feature::Sink;
use super::model::{Piece, piece};
use super::rules::{Cue, Meaning};
use super::scene::Scene;
use crate::document::BlockKind;

/// Reads all observations on the status of a candidate.
pub(super) fn observe(scene: &Scene<'_>, candidate: &Candidate<'_>, sink: &mut impl Sink) {
    let kind = Piece::of(&candidate.kind.id);
    let item = &scene.items[candidate.b.item];
    let (first, last) = candidate
        .trigger
        .map_or((item.first, item.last), |t| (t.hit.first, t.hit.last));
    let clause = scene.clause(first);
    let language = Piece::of(&scene.rules.language);
    sink.add(&[piece!("s"), piece!("bias")]);
    sink.add(&[piece!("s"), piece!("kind"), kind]);
    if let Some(rule) = candidate
        .trigger
        .and_then(|t| scene.rules.rules.get(usize::from(t.rule)))
    {
        sink.add(&[piece!("s"), piece!("class"), kind, Piece::of(&rule.class)]);
        sink.add(&[
            piece!("s"),
            piece!("default"),
            Piece::of(rule.status.as_str()),
        ]);
        let surface = scene.page.word(first);
        sink.add(&[piece!("s"), piece!("surface"), language, Piece::of(surface)]);
        sink.add(&[
            piece!("s"),
            piece!("ending"),
            language,
            Piece::of(ending(surface)),
        ]);
    }
    for back in 1..=3 {
        if let Some(at) = first
            .checked_sub(back)
            .filter(|&t| t >= scene.sentence.first)
        {
            sink.add(&[
                piece!("s"),
                piece!("before"),
                language,
                Piece::of(scene.page.word(at)),
            ]);
        }
        let at = last + back;
        if at < scene.sentence.end {
            sink.add(&[
                piece!("s"),
                piece!("after"),
                language,
                Piece::of(scene.page.word(at)),
            ]);
        }
    }
    cues(scene, clause, kind, language, sink);
    years(scene, sink);
    let block = match scene.sentence.block {
        BlockKind::Headline => piece!("Headline"),
        BlockKind::Body => piece!("Body"),
        BlockKind::Caption => piece!("Caption"),
        BlockKind::Teaser => piece!("Teaser"),
        BlockKind::Boilerplate => piece!("Boilerplate"),
    };
    sink.add(&[piece!("s"), piece!("block"), block]);
}

fn cues(
    scene: &Scene<'_>,
    clause: usize,
    kind: Piece<'_>,
    language: Piece<'_>,
    sink: &mut impl Sink,
) {
    let mut near = [0u8; Cue::ALL.len()];
    for hit in scene.hits {
        let Meaning::Cue(cue) = scene.meaning(hit) else {
            continue;
        };
        if matches!(cue, Cue::Defence | Cue::Civil) {
            continue;
        }
        let here = scene.clause(hit.first) == clause;
        near[cue as usize] = near[cue as usize].max(if here { 2 } else { 1 });
        let place = if here {
            piece!("clause")
        } else {
            piece!("sentence")
        };
        sink.add(&[
            piece!("s"),
            piece!("word"),
            place,
            language,
            Piece::of(scene.page.word(hit.first)),
        ]);
    }
    let mut signature = String::new();
    for (name, cue) in Cue::ALL {
        match near[*cue as usize] {
            2 => {
                sink.add(&[piece!("s"), piece!("cue"), cue.piece(), piece!("clause")]);
                sink.add(&[
                    piece!("s"),
                    piece!("cue"),
                    cue.piece(),
                    piece!("clause"),
                    kind,
                ]);
                if matches!(
                    cue,
                    Cue::Planned | Cue::Agreed | Cue::Active | Cue::Ended | Cue::Rejected
                ) {
                    signature.push_str(&name[..2]);
                }
            }
            1 => sink.add(&[piece!("s"), piece!("cue"), cue.piece(), piece!("sentence")]),
            _ => {}
        }
    }
    sink.add(&[piece!("s"), piece!("cues"), Piece::of(&signature)]);
}

/// Years of the sentence against the year of publication.
fn years(scene: &Scene<'_>, sink: &mut impl Sink) {
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
                    ..=-6 => piece!("long ago"),
                    -5..=-1 => piece!("past"),
                    0 => piece!("now"),
                    _ => piece!("future"),
                };
                sink.add(&[piece!("s"), piece!("year"), when]);
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
