//! Compiles surface forms into the arrays of a [`Lexicon`](super::Lexicon).

use super::{Case, FORMS, ROOT, edge_key, first_slot, head_key, head_place, is_small, next_bit};
use crate::gazetteer::blob::records::{EdgeRecord, EntryRecord, SpanRecord, SurfaceRecord};
use crate::gazetteer::entity::{FormEntry, Needs};
use crate::text::fold::fold_hash;
use crate::text::token::{Token, tokenize};
use zerocopy::little_endian::U32;

/// No further element of a chain.
const END: u32 = u32::MAX;

/// The arrays of a lexicon.
#[derive(Debug, Default)]
pub(in crate::gazetteer) struct Compiled {
    pub(in crate::gazetteer) edges: Vec<EdgeRecord>,
    pub(in crate::gazetteer) nodes: Vec<U32>,
    pub(in crate::gazetteer) surfaces: Vec<SurfaceRecord>,
    pub(in crate::gazetteer) spans: Vec<SpanRecord>,
    pub(in crate::gazetteer) entries: Vec<EntryRecord>,
    pub(in crate::gazetteer) text: String,
    /// Bits of the tokens that forms begin with.
    pub(in crate::gazetteer) heads: Vec<u8>,
}

impl Compiled {
    /// Every spelling, in the order of the surfaces.
    pub(in crate::gazetteer) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.surfaces.iter().map(|surface| {
            let start = surface.text.get() as usize;
            let end = start + usize::from(surface.text_len.get());
            self.text.get(start..end).unwrap_or_default()
        })
    }
}

/// One spelling in the making.
#[derive(Clone, Copy, Debug)]
struct Surface {
    text: u32,
    text_len: u16,
    tokens: u16,
    spans: u32,
    entries: u32,
    entry_count: u32,
    case: Case,
}

/// Collects forms one by one; the same form and meaning counts once.
#[derive(Debug)]
pub(in crate::gazetteer) struct LexiconBuilder {
    /// Keys and the node each edge leads to; the length is a power of two.
    edges: Vec<(u64, u32)>,
    edge_count: usize,
    spans: Vec<SpanRecord>,
    text: String,
    nodes: Vec<u32>,
    /// A filter of the tokens that go on from each node.
    nexts: Vec<u32>,
    /// How the first tokens of forms may be written.
    heads: Vec<u64>,
    /// Surfaces in order of arrival, chained by node.
    surfaces: Vec<(Surface, u32)>,
    /// The node of each surface.
    owners: Vec<u32>,
    /// Entries in order of arrival, chained by surface.
    entries: Vec<(FormEntry, u32)>,
    tokens: Vec<Token>,
}

impl LexiconBuilder {
    /// A builder with room for about `forms` forms.
    pub(in crate::gazetteer) fn new(forms: usize) -> Self {
        let slots = (forms * 2).next_power_of_two().max(64);
        Self {
            edges: vec![(0, 0); slots],
            edge_count: 0,
            spans: Vec::with_capacity(forms * 2),
            text: String::with_capacity(forms * 16),
            nodes: vec![END],
            nexts: vec![0],
            heads: Vec::new(),
            surfaces: Vec::with_capacity(forms),
            owners: Vec::with_capacity(forms),
            entries: Vec::with_capacity(forms),
            tokens: Vec::new(),
        }
    }

    /// Adds a form; false if it has no letter and no digit or is far too long.
    pub(in crate::gazetteer) fn add(
        &mut self,
        form: &str,
        acronym: bool,
        entry: FormEntry,
    ) -> bool {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        tokenize(form, &mut tokens);
        let added = self.add_tokens(form, &tokens, acronym, entry);
        self.tokens = tokens;
        added.is_some()
    }

    fn add_tokens(
        &mut self,
        form: &str,
        tokens: &[Token],
        acronym: bool,
        entry: FormEntry,
    ) -> Option<()> {
        let start = tokens.first()?.span.start;
        let end = tokens.last()?.span.end;
        let text = form.get(start..end)?;
        u16::try_from(text.len()).ok()?;
        let mut node = ROOT;
        self.add_head(text, fold_hash(tokens.first()?.span.of(form)));
        for token in tokens {
            node = self.step_or_grow(node, fold_hash(token.span.of(form)))?;
        }
        let case = if entry.needs.contains(Needs::CAPITAL) {
            Case::Exact
        } else if acronym {
            Case::Acronym
        } else {
            Case::Usual
        };
        let surface = self.surface(node, text, case, tokens, start)?;
        self.entry(surface, entry)
    }

    /// Puts down how a text may write the first token of a form.
    fn add_head(&mut self, form: &str, token: u64) {
        self.heads.push(head_key(token, false));
        if is_small(form.as_bytes()) {
            self.heads.push(head_key(token, true));
        }
    }

    fn step_or_grow(&mut self, node: u32, token: u64) -> Option<u32> {
        if (self.edge_count + 1) * 2 > self.edges.len() {
            self.grow();
        }
        let key = edge_key(node, token);
        let slot = free_slot(&self.edges, key);
        let edge = self.edges.get_mut(slot)?;
        if edge.0 == key {
            return Some(edge.1);
        }
        let next = u32::try_from(self.nodes.len()).ok()?;
        *edge = (key, next);
        self.nodes.push(END);
        self.nexts.push(0);
        *self.nexts.get_mut(node as usize)? |= next_bit(token);
        self.edge_count += 1;
        Some(next)
    }

    fn grow(&mut self) {
        let slots = self.edges.len() * 2;
        let edges = std::mem::replace(&mut self.edges, vec![(0, 0); slots]);
        for edge in edges.into_iter().filter(|&(key, _)| key != 0) {
            let slot = free_slot(&self.edges, edge.0);
            if let Some(place) = self.edges.get_mut(slot) {
                *place = edge;
            }
        }
    }

    /// The surface of this spelling at a node, made if there is none.
    fn surface(
        &mut self,
        node: u32,
        text: &str,
        case: Case,
        tokens: &[Token],
        offset: usize,
    ) -> Option<usize> {
        let first = *self.nodes.get(node as usize)?;
        let mut at = first;
        while let Some((surface, next)) = self.surfaces.get(at as usize) {
            if surface.case == case && self.text_of(surface) == text {
                return Some(at as usize);
            }
            at = *next;
        }
        let made = Surface {
            text: u32::try_from(self.text.len()).ok()?,
            text_len: u16::try_from(text.len()).ok()?,
            tokens: u16::try_from(tokens.len()).ok()?,
            spans: u32::try_from(self.spans.len()).ok()?,
            entries: END,
            entry_count: 0,
            case,
        };
        self.text.push_str(text);
        for token in tokens {
            let from = u16::try_from(token.span.start - offset).ok()?;
            let to = u16::try_from(token.span.end - offset).ok()?;
            self.spans.push(SpanRecord {
                from: from.into(),
                to: to.into(),
            });
        }
        let at = self.surfaces.len();
        *self.nodes.get_mut(node as usize)? = u32::try_from(at).ok()?;
        self.surfaces.push((made, first));
        self.owners.push(node);
        Some(at)
    }

    fn text_of(&self, surface: &Surface) -> &str {
        let start = surface.text as usize;
        let text = self.text.get(start..start + usize::from(surface.text_len));
        text.unwrap_or_default()
    }

    fn entry(&mut self, surface: usize, entry: FormEntry) -> Option<()> {
        let (surface, _) = self.surfaces.get_mut(surface)?;
        let mut at = surface.entries;
        while let Some((known, next)) = self.entries.get_mut(at as usize) {
            let base = known.base || entry.base;
            if *known
                == (FormEntry {
                    base: known.base,
                    ..entry
                })
            {
                known.base = base;
                return Some(());
            }
            at = *next;
        }
        self.entries.push((entry, surface.entries));
        surface.entries = u32::try_from(self.entries.len() - 1).ok()?;
        surface.entry_count += 1;
        Some(())
    }

    /// The finished lexicon: chains become ranges.
    pub(in crate::gazetteer) fn finish(mut self) -> Compiled {
        self.heads.sort_unstable();
        self.heads.dedup();
        let mut out = Compiled {
            text: self.text,
            spans: self.spans,
            ..Compiled::default()
        };
        let mut chain = Vec::new();
        let forms = |node: u32| {
            let first = self.nodes.get(node as usize);
            first.is_some_and(|&first| first != END)
        };
        let next = |node: u32| self.nexts.get(node as usize).copied().unwrap_or(0);
        out.edges = compact(&self.edges, self.edge_count, forms, next);
        out.heads = filter(&self.heads);
        for first in self.nodes {
            out.nodes.push(number(out.surfaces.len()));
            chain.clear();
            let mut at = first;
            while let Some(&(surface, next)) = self.surfaces.get(at as usize) {
                chain.push(surface);
                at = next;
            }
            for surface in chain.iter().rev() {
                let start = out.entries.len();
                out.add_entries(surface.entries, &self.entries);
                out.surfaces.push(surface.record(start));
            }
        }
        out.nodes.push(number(out.surfaces.len()));
        out
    }
}

impl Compiled {
    /// Appends the chain of entries from `at` on, the first to come first.
    fn add_entries(&mut self, mut at: u32, entries: &[(FormEntry, u32)]) {
        let start = self.entries.len();
        while let Some((entry, next)) = entries.get(at as usize) {
            self.entries.push(EntryRecord::from(entry));
            at = *next;
        }
        if let Some(own) = self.entries.get_mut(start..) {
            own.reverse();
        }
    }
}

impl Surface {
    fn record(&self, entries: usize) -> SurfaceRecord {
        SurfaceRecord {
            text: self.text.into(),
            text_len: self.text_len.into(),
            tokens: self.tokens.into(),
            spans: self.spans.into(),
            entries: number(entries),
            entry_count: self.entry_count.into(),
            case: self.case as u8,
        }
    }
}

fn number(number: usize) -> U32 {
    U32::new(u32::try_from(number).unwrap_or(END))
}

/// The edges in a table that is no larger than need be.
fn compact(
    edges: &[(u64, u32)],
    count: usize,
    forms: impl Fn(u32) -> bool,
    next: impl Fn(u32) -> u32,
) -> Vec<EdgeRecord> {
    let slots = (count * 3 / 2).next_power_of_two().max(2);
    let mut small = vec![(0, 0); slots];
    for edge in edges.iter().filter(|&&(key, _)| key != 0) {
        let slot = free_slot(&small, edge.0);
        if let Some(place) = small.get_mut(slot) {
            *place = *edge;
        }
    }
    let record = |(key, node): (u64, u32)| EdgeRecord {
        key: key.into(),
        node: (node | if forms(node) { FORMS } else { 0 }).into(),
        next: next(node).into(),
    };
    small.into_iter().map(record).collect()
}

/// Sixteen bits and more for each token, one of them set.
fn filter(heads: &[u64]) -> Vec<u8> {
    let bytes = (heads.len() * 2).next_power_of_two().max(8);
    let mut bits = vec![0; bytes];
    for &head in heads {
        let (at, bit) = head_place(head, bytes - 1);
        if let Some(byte) = bits.get_mut(at) {
            *byte |= bit;
        }
    }
    bits
}

/// The slot that holds `key`, or the free one where it belongs. At least one slot must be free.
fn free_slot(edges: &[(u64, u32)], key: u64) -> usize {
    let mask = edges.len() - 1;
    let mut slot = first_slot(key, mask);
    while edges.get(slot).is_some_and(|&(k, _)| k != 0 && k != key) {
        slot = (slot + 1) & mask;
    }
    slot
}
