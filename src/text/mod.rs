//! Positions in a text: byte spans inside the program, code-point spans in everything it writes.

pub(crate) mod fold;
mod habits;
pub mod sentence;
pub mod token;

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** of a document's text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The text under the span; empty if the span is not one of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// A half-open range of Unicode **code points** of a document's text, as files and the store carry it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct CharSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Converts byte offsets of one text to code-point offsets in constant time.
#[derive(Clone, Debug)]
pub struct CharIndex {
    /// Code points before byte `i * STEP`; empty for pure ASCII.
    marks: Vec<u32>,
}

const STEP: usize = 128;

impl CharIndex {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut seen = 0u32;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(seen);
            seen += count_starts(chunk);
        }
        Self { marks }
    }

    /// Code points before byte `at` of `text`, which must be the text the index was made from.
    pub fn chars_before(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        if self.marks.is_empty() {
            return at;
        }
        let mark = (at / STEP).min(self.marks.len() - 1);
        let rest = text.as_bytes().get(mark * STEP..at).unwrap_or_default();
        (self.marks.get(mark).copied().unwrap_or_default() + count_starts(rest)) as usize
    }

    /// The same range in code points.
    pub fn convert(&self, text: &str, span: Span) -> CharSpan {
        CharSpan {
            start: self.chars_before(text, span.start),
            end: self.chars_before(text, span.end),
        }
    }
}

/// Bytes that begin a UTF-8 sequence. A chunk is `STEP` bytes at the most, so the count fits.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|b| u32::from(!(0x80..0xC0).contains(b)))
        .sum()
}
