//! Every surface form as a token sequence, in flat arrays: the names that start at a token are
//! found without allocation.

mod build;
mod compare;

use zerocopy::little_endian::U32;

use super::blob::records::{EdgeRecord, EntryRecord, Range, SpanRecord, SurfaceRecord};
use super::entity::FormEntry;
use crate::text::fold::fold_hash;
use crate::text::token::Token;

pub(super) use build::{Compiled, LexiconBuilder};
use compare::token_matches;

/// All surface forms: a trie whose edges lie in one open-addressed table.
///
/// Tokens are compared by a hash of their small letters first; a form found that way is then
/// compared letter by letter, so neither a collision nor the wrong case can slip in.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'g> {
    /// The length is a power of two.
    pub(super) edges: &'g [EdgeRecord],
    /// Bits of the keys of first tokens; the length is a power of two.
    pub(super) heads: &'g [u8],
    /// Surfaces of node `n`: `surfaces[nodes[n]..nodes[n + 1]]`.
    pub(super) nodes: &'g [U32],
    pub(super) surfaces: &'g [SurfaceRecord],
    /// Token ends and starts of every surface, relative to its text.
    pub(super) spans: &'g [SpanRecord],
    pub(super) entries: &'g [EntryRecord],
    /// The text of every surface, one after the other.
    pub(super) text: &'g [u8],
}

/// What one spelling stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meanings<'g>(&'g [EntryRecord]);

/// Meanings one after the other.
#[derive(Clone, Debug)]
pub struct MeaningsIter<'g>(std::slice::Iter<'g, EntryRecord>);

impl Iterator for MeaningsIter<'_> {
    type Item = FormEntry;

    fn next(&mut self) -> Option<FormEntry> {
        self.0.next().map(EntryRecord::unpack)
    }
}

impl<'g> IntoIterator for Meanings<'g> {
    type Item = FormEntry;
    type IntoIter = MeaningsIter<'g>;

    fn into_iter(self) -> MeaningsIter<'g> {
        self.iter()
    }
}

impl<'g> Meanings<'g> {
    /// Each meaning.
    pub fn iter(self) -> MeaningsIter<'g> {
        MeaningsIter(self.0.iter())
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// How far the case of a text may differ from the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Not at all.
    Exact,
    /// All capitals; a capital first letter.
    Usual,
    /// Also small letters after the first capital.
    Acronym,
}

impl Case {
    fn of(number: u8) -> Self {
        match number {
            0 => Self::Exact,
            1 => Self::Usual,
            _ => Self::Acronym,
        }
    }
}

const ROOT: u32 = 0;

/// The bit of a node's number that says whether a form ends there.
const FORMS: u32 = 1 << 31;

/// Where forms go on from that begin with some tokens.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// With [`FORMS`].
    node: u32,
    /// A filter of the tokens that may follow.
    next: u32,
}

/// Longest gap in bytes between two tokens of a form that is worth comparing.
const LONGEST_GAP: usize = 8;

impl<'g> Lexicon<'g> {
    /// Calls `found(end, entries)` for every form that starts at token `at` of `text`; `end` is one
    /// past its last token. Shorter forms come before longer ones, and two spellings that both
    /// match (`polish`, `Polish`) make two calls with one `end`.
    pub fn forms_at(
        self,
        text: &str,
        tokens: &[Token],
        at: usize,
        found: impl FnMut(usize, Meanings<'g>),
    ) {
        let hash = |at: usize| tokens.get(at).map_or(0, |t| fold_hash(t.span.of(text)));
        self.forms_by(text, tokens, at, hash, found);
    }

    /// Where the forms that begin with a token go on from; a filter turns most tokens away.
    #[inline]
    fn head(&self, hash: u64, small: bool) -> Option<Step> {
        let (at, bit) = head_place(head_key(hash, small), self.heads.len().wrapping_sub(1));
        let known = self.heads.get(at).is_some_and(|byte| byte & bit != 0);
        known.then(|| self.step(ROOT, hash)).flatten()
    }

    /// The same where the hashes of the tokens are known.
    #[inline]
    pub(super) fn forms_by(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        hash: impl Fn(usize) -> u64,
        found: impl FnMut(usize, Meanings<'g>),
    ) {
        let start = tokens.get(at).map_or(0, |token| token.span.start);
        let small = text.as_bytes().get(start..).is_some_and(is_small);
        let Some(head) = self.head(hash(at), small) else {
            return;
        };
        let next = || head.next & next_bit(hash(at + 1)) != 0;
        if head.node & FORMS != 0 || (head.next != 0 && next()) {
            self.forms_from(text, tokens, at, head, &hash, found);
        }
    }

    /// The forms that begin with token `at`, from where they go on.
    fn forms_from(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        mut head: Step,
        hash: &impl Fn(usize) -> u64,
        mut found: impl FnMut(usize, Meanings<'g>),
    ) {
        let mut end = at + 1;
        loop {
            let here = tokens.get(at..end).unwrap_or_default();
            if head.node & FORMS != 0 {
                for surface in self.surfaces_of(head.node & !FORMS) {
                    if self.matches(surface, text, here) {
                        found(end, self.entries_of(surface));
                    }
                }
            }
            let (Some(last), Some(token)) = (here.last(), tokens.get(end)) else {
                return;
            };
            let near = token.span.start.saturating_sub(last.span.end) <= LONGEST_GAP;
            if head.next == 0 || !near {
                return;
            }
            let hash = hash(end);
            let next = Some(head.node & !FORMS).filter(|_| head.next & next_bit(hash) != 0);
            let Some(next) = next.and_then(|node| self.step(node, hash)) else {
                return;
            };
            head = next;
            end += 1;
        }
    }

    /// How many spellings there are.
    pub fn len(self) -> usize {
        self.surfaces.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.surfaces.is_empty()
    }

    /// Every spelling with what it stands for, in the order they were compiled.
    pub fn spellings(self) -> impl Iterator<Item = (&'g str, Meanings<'g>)> {
        self.surfaces
            .iter()
            .map(move |s| (self.text_of(s), self.entries_of(s)))
    }

    /// The spelling of this number with what it stands for.
    pub(super) fn spelling(self, at: u32) -> Option<(&'g str, Meanings<'g>)> {
        let surface = self.surfaces.get(at as usize)?;
        Some((self.text_of(surface), self.entries_of(surface)))
    }

    #[inline]
    fn step(&self, node: u32, token: u64) -> Option<Step> {
        let key = edge_key(node, token);
        let mask = self.edges.len().checked_sub(1)?;
        let mut slot = first_slot(key, mask);
        loop {
            let edge = self.edges.get(slot)?;
            match edge.key.get() {
                0 => return None,
                k if k == key => {
                    return Some(Step {
                        node: edge.node.get(),
                        next: edge.next.get(),
                    });
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn surfaces_of(&self, node: u32) -> &'g [SurfaceRecord] {
        let bound = |at: usize| self.nodes.get(at).map_or(0, |b| b.get() as usize);
        let node = node as usize;
        self.surfaces
            .get(bound(node)..bound(node + 1))
            .unwrap_or_default()
    }

    fn entries_of(&self, surface: &SurfaceRecord) -> Meanings<'g> {
        let range = Range {
            start: surface.entries,
            len: surface.entry_count,
        };
        Meanings(range.of(self.entries))
    }

    fn text_of(&self, surface: &SurfaceRecord) -> &'g str {
        std::str::from_utf8(self.bytes_of(surface)).unwrap_or_default()
    }

    fn bytes_of(&self, surface: &SurfaceRecord) -> &'g [u8] {
        let start = surface.text.get() as usize;
        let end = start + usize::from(surface.text_len.get());
        self.text.get(start..end).unwrap_or_default()
    }

    /// Compares a form with as many tokens of the text: letters, case, and what is in between.
    fn matches(&self, surface: &SurfaceRecord, text: &str, tokens: &[Token]) -> bool {
        let (own, from) = (
            self.bytes_of(surface),
            tokens.first().map_or(0, |t| t.span.start),
        );
        let to = tokens.last().map_or(from, |t| t.span.end);
        let seen = text.as_bytes().get(from..to).unwrap_or_default();
        // most are written as in the list, or are common words, which names in capitals are not
        if own == seen {
            return true;
        }
        if is_small(seen) && !is_small(own) {
            return false;
        }
        let form = self.text_of(surface);
        let case = Case::of(surface.case);
        let start = surface.spans.get() as usize;
        let spans = self
            .spans
            .get(start..start + usize::from(surface.tokens.get()))
            .unwrap_or_default();
        let mut before: Option<(usize, Token)> = None;
        for (span, token) in spans.iter().zip(tokens) {
            let (from, to) = (usize::from(span.from.get()), usize::from(span.to.get()));
            if let Some((form_end, last)) = before {
                let gap = text
                    .get(last.span.end..token.span.start)
                    .unwrap_or_default();
                let own = form.get(form_end..from).unwrap_or_default();
                if !compare::gap_matches(own, gap, last.digits || token.digits) {
                    return false;
                }
            }
            let word = form.get(from..to).unwrap_or_default();
            if !token_matches(word, token.span.of(text), case) {
                return false;
            }
            before = Some((to, *token));
        }
        spans.len() == tokens.len()
    }
}

/// The key of an edge; never 0.
fn edge_key(node: u32, token: u64) -> u64 {
    let mixed = (token ^ (u64::from(node) << 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)) | 1
}

/// Whether a word begins with a small letter of ASCII.
fn is_small(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_lowercase)
}

/// The key of a first token in the filter of heads; no form that begins otherwise is written `small`.
fn head_key(token: u64, small: bool) -> u64 {
    if small { !token } else { token }
}

/// Where the filter of heads has a key: one of its bytes, one of eight bits. `mask` is the last byte.
fn head_place(token: u64, mask: usize) -> (usize, u8) {
    let mixed = token.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let byte = (mixed >> 35) as usize & mask;
    (byte, 1 << (mixed >> 61))
}

/// The bit of a token in the filter of a node.
fn next_bit(token: u64) -> u32 {
    1 << (token.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 59)
}

/// The multiplication leaves the best bits on top.
fn first_slot(key: u64, mask: usize) -> usize {
    let high = (key >> 32) as usize;
    (high ^ (high >> 15)) & mask
}
