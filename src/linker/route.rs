//! The way from one place of a sentence to another: the words on it that matter, in one short code.
//!
//! `Deutschland hat mit Norwegen ein Abkommen` goes from the first state to the second by `with`,
//! from the trigger back to it by `with`. The code is the same in every language.

use super::rules::{Cue, Meaning};
use super::scene::Scene;

/// Longer ways say nothing.
const LONGEST: usize = 5;

/// One sign per token of a sentence, empty where the word does not matter.
pub(super) struct Signs {
    first: usize,
    signs: Vec<String>,
}

impl Signs {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let first = scene.sentence.first;
        let mut signs = vec![String::new(); scene.sentence.end - first];
        for hit in &scene.hits {
            let sign = match scene.meaning(hit) {
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
            if slot.is_empty() {
                slot.push_str(sign);
            }
        }
        for item in scene
            .items
            .iter()
            .filter(|i| i.carried == super::scene::Carried::No)
        {
            for token in item.first..=item.last {
                if let Some(slot) = signs.get_mut(token - first) {
                    "N".clone_into(slot);
                }
            }
        }
        for (at, slot) in signs.iter_mut().enumerate() {
            let gap = scene.page.gaps[first + at];
            if gap.hard {
                slot.insert(0, ';');
            } else if gap.comma {
                slot.insert(0, ',');
            }
        }
        Self { first, signs }
    }

    /// The signs strictly between two tokens, without repetition; `far` if there are too many.
    pub(super) fn way(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.min(to), from.max(to));
        let mut out = String::new();
        let (mut count, mut last) = (0, "");
        for token in from + 1..=to {
            let Some(sign) = token
                .checked_sub(self.first)
                .and_then(|t| self.signs.get(t))
            else {
                continue;
            };
            // Of the token where the way ends only the comma before it counts.
            let sign = if token == to {
                sign.get(..1)
                    .filter(|s| *s == "," || *s == ";")
                    .unwrap_or("")
            } else {
                sign
            };
            if sign.is_empty() || sign == last {
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
            out.push_str(sign);
        }
        out
    }
}
