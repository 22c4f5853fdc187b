//! Compiles surface forms into a [`Lexicon`].

use super::compare::fold_hash;
use super::{Case, Lexicon, ROOT, Surface, edge_key, first_slot};
use crate::gazetteer::entity::{FormEntry, Needs};
use crate::text::token::{Token, tokenize};

/// No further element of a chain.
const END: u32 = u32::MAX;

/// Collects forms one by one; the same form and meaning counts once.
#[derive(Debug)]
pub(in crate::gazetteer) struct LexiconBuilder {
    lexicon: Lexicon,
    edges: usize,
    nodes: Vec<u32>,
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
        let mut lexicon = Lexicon::default();
        lexicon.edges.resize(slots, (0, 0));
        lexicon.text.reserve(forms * 16);
        lexicon.spans.reserve(forms * 2);
        Self {
            lexicon,
            edges: 0,
            nodes: vec![END],
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

    fn step_or_grow(&mut self, node: u32, token: u64) -> Option<u32> {
        if (self.edges + 1) * 2 > self.lexicon.edges.len() {
            self.grow();
        }
        let key = edge_key(node, token);
        let slot = free_slot(&self.lexicon.edges, key);
        let edge = self.lexicon.edges.get_mut(slot)?;
        if edge.0 == key {
            return Some(edge.1);
        }
        let next = u32::try_from(self.nodes.len()).ok()?;
        *edge = (key, next);
        self.nodes.push(END);
        self.edges += 1;
        Some(next)
    }

    fn grow(&mut self) {
        let slots = self.lexicon.edges.len() * 2;
        let edges = std::mem::replace(&mut self.lexicon.edges, vec![(0, 0); slots]);
        for edge in edges.into_iter().filter(|&(key, _)| key != 0) {
            let slot = free_slot(&self.lexicon.edges, edge.0);
            if let Some(place) = self.lexicon.edges.get_mut(slot) {
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
            if surface.case == case && self.lexicon.text_of(surface) == text {
                return Some(at as usize);
            }
            at = *next;
        }
        let made = Surface {
            text: u32::try_from(self.lexicon.text.len()).ok()?,
            text_len: u16::try_from(text.len()).ok()?,
            tokens: u16::try_from(tokens.len()).ok()?,
            spans: u32::try_from(self.lexicon.spans.len()).ok()?,
            entries: END,
            entry_count: 0,
            case,
        };
        self.lexicon.text.push_str(text);
        for token in tokens {
            let from = u16::try_from(token.span.start - offset).ok()?;
            let to = u16::try_from(token.span.end - offset).ok()?;
            self.lexicon.spans.push((from, to));
        }
        let at = self.surfaces.len();
        *self.nodes.get_mut(node as usize)? = u32::try_from(at).ok()?;
        self.surfaces.push((made, first));
        self.owners.push(node);
        Some(at)
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
    pub(in crate::gazetteer) fn finish(self) -> Lexicon {
        let Self {
            mut lexicon,
            nodes,
            surfaces,
            entries,
            ..
        } = self;
        let mut flat = Vec::with_capacity(surfaces.len());
        let mut starts = Vec::with_capacity(nodes.len() + 1);
        let mut meanings = Vec::with_capacity(entries.len());
        for first in nodes {
            starts.push(u32::try_from(flat.len()).unwrap_or(END));
            let from = flat.len();
            let mut at = first;
            while let Some(&(mut surface, next)) = surfaces.get(at as usize) {
                let mut entry = surface.entries;
                surface.entries = u32::try_from(meanings.len()).unwrap_or(END);
                let first_entry = meanings.len();
                while let Some(&(meaning, next)) = entries.get(entry as usize) {
                    meanings.push(meaning);
                    entry = next;
                }
                if let Some(own) = meanings.get_mut(first_entry..) {
                    own.reverse();
                }
                flat.push(surface);
                at = next;
            }
            if let Some(own) = flat.get_mut(from..) {
                own.reverse();
            }
        }
        starts.push(u32::try_from(flat.len()).unwrap_or(END));
        lexicon.node_surfaces = starts;
        lexicon.surfaces = flat;
        lexicon.entries = meanings;
        lexicon
    }
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
