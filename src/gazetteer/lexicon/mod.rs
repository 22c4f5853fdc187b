//! Every surface form as a token sequence, in flat arrays: the names that start at a token are
//! found without allocation.

mod build;
mod compare;

use crate::gazetteer::entity::FormEntry;
use crate::text::token::Token;

pub(super) use build::LexiconBuilder;
use compare::{fold_hash, token_matches};

/// All surface forms: a trie whose edges lie in one open-addressed table.
///
/// Tokens are compared by a hash of their small letters first; a form found that way is then
/// compared letter by letter, so neither a collision nor the wrong case can slip in.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Keys (hash of node and token, 0 = free) and the node each edge leads to; the length is a
    /// power of two.
    edges: Vec<(u64, u32)>,
    /// Surfaces of node `n`: `surfaces[node_surfaces[n]..node_surfaces[n + 1]]`.
    node_surfaces: Vec<u32>,
    surfaces: Vec<Surface>,
    /// Token ends and starts of every surface, relative to its text.
    spans: Vec<(u16, u16)>,
    entries: Vec<FormEntry>,
    /// The text of every surface, one after the other.
    text: String,
}

/// One spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Surface {
    text: u32,
    text_len: u16,
    tokens: u16,
    spans: u32,
    entries: u32,
    entry_count: u32,
    case: Case,
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

const ROOT: u32 = 0;

/// Longest gap in bytes between two tokens of a form that is worth comparing.
const LONGEST_GAP: usize = 8;

impl Lexicon {
    /// Calls `found(end, entries)` for every form that starts at token `at` of `text`; `end` is one
    /// past its last token. Shorter forms come before longer ones, and two spellings that both
    /// match (`polish`, `Polish`) make two calls with one `end`.
    pub fn forms_at(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        mut found: impl FnMut(usize, &[FormEntry]),
    ) {
        let mut node = ROOT;
        let mut last_end = None;
        for (i, token) in tokens.iter().enumerate().skip(at) {
            if last_end.is_some_and(|end| token.span.start.saturating_sub(end) > LONGEST_GAP) {
                return;
            }
            last_end = Some(token.span.end);
            let Some(next) = self.step(node, fold_hash(token.span.of(text))) else {
                return;
            };
            node = next;
            let here = tokens.get(at..=i).unwrap_or_default();
            for surface in self.surfaces_of(node) {
                if self.matches(surface, text, here) {
                    found(i + 1, self.entries_of(surface));
                }
            }
        }
    }

    /// Every spelling with what it stands for, in the order they were compiled.
    pub fn forms(&self) -> impl Iterator<Item = (String, &[FormEntry])> {
        self.spellings()
            .map(|(text, entries)| (text.to_owned(), entries))
    }

    /// How many spellings there are.
    pub fn len(&self) -> usize {
        self.surfaces.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.surfaces.is_empty()
    }

    /// As [`Lexicon::forms`], without copying.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, &[FormEntry])> {
        self.surfaces
            .iter()
            .map(|s| (self.text_of(s), self.entries_of(s)))
    }

    fn step(&self, node: u32, token: u64) -> Option<u32> {
        let key = edge_key(node, token);
        let mask = self.edges.len().checked_sub(1)?;
        let mut slot = first_slot(key, mask);
        loop {
            match *self.edges.get(slot)? {
                (0, _) => return None,
                (k, node) if k == key => return Some(node),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn surfaces_of(&self, node: u32) -> &[Surface] {
        let bound = |at: usize| self.node_surfaces.get(at).map_or(0, |&b| b as usize);
        let node = node as usize;
        self.surfaces
            .get(bound(node)..bound(node + 1))
            .unwrap_or_default()
    }

    fn entries_of(&self, surface: &Surface) -> &[FormEntry] {
        let start = surface.entries as usize;
        let end = start + surface.entry_count as usize;
        self.entries.get(start..end).unwrap_or_default()
    }

    fn text_of(&self, surface: &Surface) -> &str {
        let start = surface.text as usize;
        self.text
            .get(start..start + usize::from(surface.text_len))
            .unwrap_or_default()
    }

    /// Compares a form with as many tokens of the text: letters, case, and what is in between.
    fn matches(&self, surface: &Surface, text: &str, tokens: &[Token]) -> bool {
        let form = self.text_of(surface);
        let start = surface.spans as usize;
        let spans = self
            .spans
            .get(start..start + usize::from(surface.tokens))
            .unwrap_or_default();
        let mut before: Option<(usize, Token)> = None;
        for (&(from, to), token) in spans.iter().zip(tokens) {
            let (from, to) = (usize::from(from), usize::from(to));
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
            if !token_matches(word, token.span.of(text), surface.case) {
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

/// The multiplication leaves the best bits on top.
fn first_slot(key: u64, mask: usize) -> usize {
    let high = (key >> 32) as usize;
    (high ^ (high >> 15)) & mask
}
