//! What speaks for and against a candidate: named observations, the same for every language.
//!
//! An observation depends on the sentence, on the trigger, on one end and the trigger, on the two ends, or on all
//! three; never on the kind. What each of these sets depends on is put into a small record (`sight`), which is all that
//! the names of its observations are made from (`name`): so a set that was met once is known again by its record (`score`).

mod around;
mod codes;
mod name;
mod sight;

pub(super) use around::{Around, Couple, Ground};
pub(super) use codes::Governor;
pub(super) use name::{Glossary, Sight};
pub(super) use sight::{Carrier, Claim, End, Ends, Post, Setting, Tip};

use super::candidate::Candidate;
use super::model::Piece;
use super::scene::Carried;
use crate::schema::{Group, StatementKind};

/// Takes observations. Each is given in parts, so that nothing need be joined to a string unless somebody wants
/// to read it.
pub(super) trait Sink {
    fn add(&mut self, parts: &[Piece<'_>]);
}

/// Collects observations as text, for training and for explaining.
#[derive(Debug, Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl Sink for Names {
    fn add(&mut self, parts: &[Piece<'_>]) {
        let parts: Vec<&str> = parts.iter().map(|part| part.text).collect();
        self.0.push(parts.join("|"));
    }
}

/// Reads all observations of a candidate, each for its kind and for its group of kinds.
pub(super) fn observe(around: &Around<'_>, candidate: &Candidate<'_>, sink: &mut dyn Sink) {
    let couple = around.couple(candidate.a, candidate.b);
    let ground = candidate.trigger.map_or_else(
        || Ground::without(around, &couple),
        |trigger| Ground::of(around, trigger),
    );
    let words = around.glossary();
    for scope in [candidate.kind.id.as_str(), group(candidate.kind)] {
        let out = &mut Scoped { scope, sink };
        around.setting.name(words, out);
        around.carrier(&ground).name(words, out);
        around.tip(End::A, couple.a.item, &ground).name(words, out);
        around.tip(End::B, couple.b.item, &ground).name(words, out);
        couple.sight.name(words, out);
        for post in around.posts(&couple) {
            post.name(words, out);
        }
        around.claim(&couple, &ground).name(words, out);
    }
}

/// The group of a kind, as the model names it.
pub(super) fn group(kind: &StatementKind) -> &'static str {
    match kind.group {
        Group::Hostile => "hostile",
        Group::Fact => "fact",
        Group::Cooperative if kind.symmetric => "mutual",
        Group::Cooperative => "flow",
    }
}

/// Puts a scope before every observation.
struct Scoped<'x> {
    scope: &'x str,
    sink: &'x mut dyn Sink,
}

impl Sink for Scoped<'_> {
    fn add(&mut self, parts: &[Piece<'_>]) {
        let mut all = [Piece::default(); 8];
        all[0] = Piece::of(self.scope);
        let count = parts.len().min(7);
        all[1..=count].copy_from_slice(&parts[..count]);
        self.sink.add(&all[..=count]);
    }
}
