//! Words that observations are made of, by number: classes of triggers, prepositions, signs on a way.

use super::rules::Prep;
use super::weights::{Piece, piece};

/// The number of such a word; words that are written alike have one number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Term(u16);

/// Terms that are no preposition and no class, in the order of their numbers.
const FIXED: [&str; 8] = ["", "-", "N", "+", "that", "not", "than", "joint"];

impl Term {
    /// Nothing.
    pub(super) const NONE: Self = Self(0);
    /// The class of what has no trigger.
    pub(super) const NO_CLASS: Self = Self(1);
    /// A name.
    pub(super) const NAME: Self = Self(2);
    /// A conjunction.
    pub(super) const AND: Self = Self(3);
    /// A subordinator.
    pub(super) const THAT: Self = Self(4);
    /// A negation.
    pub(super) const NOT: Self = Self(5);
    /// A comparison.
    pub(super) const THAN: Self = Self(6);
    /// A word for doing something together.
    pub(super) const JOINT: Self = Self(7);

    /// A number takes so many bits at most.
    pub(super) const BITS: u32 = 10;

    /// A preposition.
    pub(super) fn prep(prep: Prep) -> Self {
        // The fixed terms are eight.
        Self(8 + prep as u16)
    }

    pub(super) fn number(self) -> u64 {
        u64::from(self.0)
    }

    /// The term with a number.
    pub(super) fn of(number: u64) -> Self {
        Self(u16::try_from(number).unwrap_or_default())
    }
}

/// The terms of a language.
#[derive(Debug, Clone)]
pub(super) struct Terms(Vec<Noted>);

/// A text and what is made of it once.
#[derive(Debug, Clone)]
struct Noted {
    text: String,
    hash: u64,
}

impl Default for Terms {
    fn default() -> Self {
        let mut terms = Self(Vec::new());
        let preps = Prep::ALL.iter().map(|(name, _)| *name);
        for term in FIXED.into_iter().chain(preps) {
            terms.push(term);
        }
        terms
    }
}

impl Terms {
    fn push(&mut self, text: &str) {
        self.0.push(Noted {
            text: text.to_owned(),
            hash: Piece::of(text).hash(),
        });
    }

    /// The number of a class; none if there are too many.
    pub(super) fn add(&mut self, class: &str) -> Option<Term> {
        let known = self.0.iter().position(|term| term.text == class);
        let at = known.unwrap_or_else(|| {
            self.push(class);
            self.0.len() - 1
        });
        let number = u16::try_from(at).ok()?;
        (number < 1 << Term::BITS).then_some(Term(number))
    }

    /// What a term is called.
    pub(super) fn name(&self, term: Term) -> &str {
        self.0.get(usize::from(term.0)).map_or("", |t| &t.text)
    }

    /// The same as a part of an observation.
    pub(super) fn piece(&self, term: Term) -> Piece<'_> {
        let noted = self.0.get(usize::from(term.0));
        noted.map_or(piece!(""), |t| Piece::hashed(&t.text, t.hash))
    }
}
