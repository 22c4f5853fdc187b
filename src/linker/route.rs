//! The way from one place of a sentence to another: the words on it that matter, in one short code.
//!
//! `Deutschland hat mit Norwegen ein Abkommen` goes from the first state to the second by `with`,
//! from the trigger back to it by `with`. The code is the same in every language.

use super::rules::{Cue, Meaning};
use super::scene::{Carried, Scene};
use super::term::{Term, Terms};

/// Longer ways say nothing.
const LONGEST: usize = 5;

/// What a token says of a way that crosses it: a comma or something harder before it, and the word, if it matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sign(u64);

impl Sign {
    const BITS: u32 = Term::BITS + 2;
    const GAPS: [&'static str; 3] = ["", ",", ";"];

    fn word(self) -> u64 {
        self.0 & ((1 << Term::BITS) - 1)
    }

    fn gap(self) -> Self {
        Self(self.0 ^ self.word())
    }

    fn write(self, terms: &Terms, out: &mut String) {
        let gap = usize::try_from(self.0 >> Term::BITS).unwrap_or_default();
        out.push_str(Self::GAPS.get(gap).copied().unwrap_or_default());
        out.push_str(terms.name(Term::of(self.word())));
    }
}

/// The signs between two places, one after the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Way(u64);

impl Way {
    /// There are too many.
    const FAR: Self = Self(u64::MAX);

    fn push(self, sign: Sign) -> Self {
        Self(self.0 << Sign::BITS | sign.0)
    }

    /// As observations call it.
    pub(super) fn name(self, terms: &Terms) -> String {
        if self == Self::FAR {
            return String::from("far");
        }
        let mut out = String::with_capacity(32);
        for place in (0..LONGEST).rev() {
            let shift = Sign::BITS * u32::try_from(place).unwrap_or_default();
            let sign = Sign(self.0 >> shift & ((1 << Sign::BITS) - 1));
            if sign == Sign::default() {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            sign.write(terms, &mut out);
        }
        out
    }
}

/// One sign per token of a sentence.
#[derive(Debug, Default)]
pub(super) struct Signs {
    first: usize,
    signs: Vec<Sign>,
}

impl Signs {
    /// Reads the signs of a sentence.
    pub(super) fn read(&mut self, scene: &Scene<'_>) {
        self.first = scene.sentence.first;
        self.signs.clear();
        self.signs.reserve(scene.sentence.end - self.first);
        let gaps = scene.page.gaps.get(self.first..scene.sentence.end);
        let gaps = gaps.unwrap_or_default().iter().map(|gap| match () {
            () if gap.hard => Sign(2 << Term::BITS),
            () if gap.comma => Sign(1 << Term::BITS),
            () => Sign::default(),
        });
        self.signs.extend(gaps);
        for hit in scene.hits {
            let word = match scene.meaning(hit) {
                Meaning::Trigger(rule) => scene.rules.class(Some(rule)),
                Meaning::Prep(prep) => Term::prep(prep),
                Meaning::Conjunction => Term::AND,
                Meaning::Subordinator => Term::THAT,
                Meaning::Cue(Cue::Negation) => Term::NOT,
                Meaning::Cue(Cue::Compare) => Term::THAN,
                Meaning::Cue(Cue::Joint) => Term::JOINT,
                _ => continue,
            };
            if let Some(slot) = self.signs.get_mut(hit.last - self.first)
                && slot.word() == Term::NONE.number()
            {
                slot.0 |= word.number();
            }
        }
        for item in scene.items.iter().filter(|i| i.carried == Carried::No) {
            for token in item.first..=item.last {
                if let Some(slot) = self.signs.get_mut(token - self.first) {
                    *slot = Sign(slot.gap().0 | Term::NAME.number());
                }
            }
        }
    }

    /// The way between two stretches of tokens, whichever comes first.
    pub(super) fn between(&self, x: (usize, usize), y: (usize, usize)) -> Way {
        if x.1 < y.0 {
            self.way(x.1, y.0)
        } else {
            self.way(y.1, x.0)
        }
    }

    /// The signs strictly between two tokens, without repetition; `far` if there are too many.
    fn way(&self, from: usize, to: usize) -> Way {
        let (from, to) = (from.min(to), from.max(to));
        let mut out = Way::default();
        let (mut count, mut last) = (0, Sign::default());
        let start = (from + 1).saturating_sub(self.first);
        let end = (to + 1).saturating_sub(self.first).min(self.signs.len());
        let signs = self.signs.get(start..end).unwrap_or_default();
        for (token, sign) in (start + self.first..).zip(signs) {
            // Of the token where the way ends only the comma before it counts.
            let sign = if token == to { sign.gap() } else { *sign };
            if sign == Sign::default() || sign == last {
                continue;
            }
            last = sign;
            count += 1;
            if count > LONGEST {
                return Way::FAR;
            }
            out = out.push(sign);
        }
        out
    }
}
