//! The way from one place of a sentence to another: the words on it that matter, in one short code.
//!
//! `Deutschland hat mit Norwegen ein Abkommen` goes from the first state to the second by `with`,
//! from the trigger back to it by `with`. The code is the same in every language.

use super::rules::{Cue, Meaning};
use super::scene::{Carried, Scene};

/// Longer ways say nothing.
const LONGEST: usize = 5;

/// What a token says of a way that crosses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sign<'a> {
    /// A comma or something harder before the token.
    gap: &'static str,
    /// The word, if it matters.
    word: &'a str,
}

/// One sign per token of a sentence.
pub(super) struct Signs<'a> {
    first: usize,
    signs: Vec<Sign<'a>>,
}

impl<'a> Signs<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Self {
        let first = scene.sentence.first;
        let mut signs = vec![Sign::default(); scene.sentence.end - first];
        for hit in &scene.hits {
            let word = match scene.meaning(hit) {
                Meaning::Trigger(rule) => scene.rules.rules[usize::from(rule)].class.as_str(),
                Meaning::Prep(prep) => prep.as_str(),
                Meaning::Conjunction => "+",
                Meaning::Subordinator => "that",
                Meaning::Cue(Cue::Negation) => "not",
                Meaning::Cue(Cue::Compare) => "than",
                Meaning::Cue(Cue::Joint) => "joint",
                _ => continue,
            };
            let slot = &mut signs[hit.last - first];
            if slot.word.is_empty() {
                slot.word = word;
            }
        }
        for item in scene.items.iter().filter(|i| i.carried == Carried::No) {
            for token in item.first..=item.last {
                if let Some(slot) = signs.get_mut(token - first) {
                    slot.word = "N";
                }
            }
        }
        for (slot, gap) in signs.iter_mut().zip(&scene.page.gaps[first..]) {
            slot.gap = match () {
                () if gap.hard => ";",
                () if gap.comma => ",",
                () => "",
            };
        }
        Self { first, signs }
    }

    /// The way between two stretches of tokens, whichever comes first.
    pub(super) fn between(&self, x: (usize, usize), y: (usize, usize)) -> String {
        if x.1 < y.0 {
            self.way(x.1, y.0)
        } else {
            self.way(y.1, x.0)
        }
    }

    /// The signs strictly between two tokens, without repetition; `far` if there are too many.
    fn way(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.min(to), from.max(to));
        let mut out = String::new();
        let (mut count, mut last) = (0, Sign::default());
        for token in from + 1..=to {
            let at = token.checked_sub(self.first);
            let Some(mut sign) = at.and_then(|at| self.signs.get(at)).copied() else {
                continue;
            };
            // Of the token where the way ends only the comma before it counts.
            if token == to {
                sign.word = "";
            }
            if sign == Sign::default() || sign == last {
                continue;
            }
            last = sign;
            count += 1;
            if count > LONGEST {
                return String::from("far");
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(sign.gap);
            out.push_str(sign.word);
        }
        out
    }
}
