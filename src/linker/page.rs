//! A document made ready for linking: tokens, the gaps between them, sentences, and what it is about.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::pattern::{Hit, NAME};
use super::rules::{Cue, LanguageRules, Meaning};
use crate::clock;
use crate::document::{BlockKind, Document};
use crate::mention::Tagged;
use crate::text::Span;
use crate::text::sentence;
use crate::text::token::{Token, tokenize};

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct Gap {
    pub(super) comma: bool,
    /// Semicolon, colon, dash, bracket: a new clause for sure.
    pub(super) hard: bool,
    pub(super) quote: bool,
    /// Nothing but a hyphen or apostrophe: one word.
    pub(super) joined: bool,
}

/// A sentence of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub(super) span: Span,
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) block: BlockKind,
    /// Index of the block: passages of two blocks are never read together.
    pub(super) block_index: usize,
}

/// For a pair, the numbers of some sentences.
type Shared = FxHashMap<(usize, usize), Rc<[usize]>>;

/// A document made ready for linking.
pub(super) struct Page<'a> {
    pub(super) doc: &'a Document,
    pub(super) tagged: &'a Tagged,
    pub(super) tokens: Vec<Token>,
    /// Every token in small letters, one after the other.
    lower: String,
    lower_ends: Vec<u32>,
    pub(super) gaps: Vec<Gap>,
    pub(super) sentences: Vec<Sentence>,
    /// Entities by how often the article itself names them, most often first.
    pub(super) topics: Vec<usize>,
    /// For every sentence, whom it names or has act.
    cast: Vec<Vec<usize>>,
    /// For every pair that was asked for, the sentences that name both.
    shared: RefCell<Shared>,
    /// Pattern hits of every sentence, token numbers counted in the document.
    pub(super) hits: Vec<Vec<Hit>>,
    /// What the article is about.
    pub(super) domain: Domain,
    /// For every sentence, the trigger rules it holds, one bit each.
    carriers: Vec<u64>,
}

/// How much of an article is about defence, and how much about what borrows its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Domain {
    /// Different words of defence.
    pub(super) defence: usize,
    /// Different words of sport, animals, trade and leisure.
    pub(super) civil: usize,
    /// Number of tokens.
    pub(super) size: usize,
}

impl Domain {
    /// More words of sport, animals, trade and leisure than of defence: the names stand for something else.
    pub(super) fn is_civil(self) -> bool {
        self.defence < self.civil
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(doc: &'a Document, tagged: &'a Tagged, rules: &LanguageRules) -> Self {
        let mut tokens = Vec::with_capacity(doc.text.len() / 5);
        tokenize(&doc.text, &mut tokens);
        let mut lower = String::with_capacity(doc.text.len());
        let mut lower_ends = Vec::with_capacity(tokens.len());
        for token in &tokens {
            lower.extend(
                token
                    .span
                    .of(&doc.text)
                    .chars()
                    .flat_map(char::to_lowercase),
            );
            lower_ends.push(u32::try_from(lower.len()).unwrap_or(u32::MAX));
        }
        let gaps = gaps(&doc.text, &tokens);
        let sentences = sentences(doc, &tokens, rules);
        let topics = topics(doc, tagged);
        let cast = sentences.iter().map(|s| named(tagged, s.span)).collect();
        let mut page = Self {
            doc,
            tagged,
            tokens,
            lower,
            lower_ends,
            gaps,
            sentences,
            topics,
            cast,
            shared: RefCell::default(),
            hits: Vec::new(),
            domain: Domain::default(),
            carriers: Vec::new(),
        };
        page.find_hits(rules);
        page.domain = page.measure(rules);
        page
    }

    fn find_hits(&mut self, rules: &LanguageRules) {
        let mut all = Vec::with_capacity(self.sentences.len());
        for sentence in &self.sentences {
            let words: Vec<&str> = (sentence.first..sentence.end)
                .map(|at| self.word(at))
                .collect();
            let mut hits = Vec::new();
            let no_breaks = |_| {
                clock::check();
                false
            };
            rules.patterns.find(&words, &no_breaks, &mut hits);
            for hit in &mut hits {
                hit.first += sentence.first;
                hit.last += sentence.first;
            }
            all.push(hits);
        }
        self.hits = all;
    }

    /// Lets names carry claims: an exercise training, a weapon a delivery. `theme` is an entity's kind and class.
    pub(super) fn carry_names(&mut self, rules: &LanguageRules, theme: impl Fn(usize) -> String) {
        let themes: Vec<Vec<u16>> = (0..self.tagged.entities.len())
            .map(|entity| rules.named(&theme(entity)).collect())
            .collect();
        let mut found: Vec<(usize, Hit, usize)> = Vec::new();
        for mention in &self.tagged.mentions {
            let Some((first, last)) = self.token_range(mention.span) else {
                continue;
            };
            let at = self.sentences.partition_point(|s| s.end <= first);
            let inside = |s: &Sentence| s.first <= first && last < s.end;
            if !self.sentences.get(at).is_some_and(inside) {
                continue;
            }
            for &label in themes.get(mention.entity).into_iter().flatten() {
                let hit = Hit {
                    label,
                    pattern: NAME,
                    first,
                    last,
                };
                found.push((at, hit, mention.entity));
            }
        }
        found.sort_by_key(|&(at, hit, entity)| (at, hit.label, entity, hit.first));
        for same in found.chunk_by(|x, y| (x.0, x.1.label) == (y.0, y.1.label)) {
            let different = same.chunk_by(|x, y| x.2 == y.2).count();
            for &(at, hit, _) in same {
                let least = rules
                    .rules
                    .get(usize::from(hit.label))
                    .map_or(0, |r| r.least);
                if different >= least {
                    self.hits[at].push(hit);
                }
            }
        }
        self.carriers = self.hits.iter().map(|hits| carriers(rules, hits)).collect();
    }

    fn measure(&self, rules: &LanguageRules) -> Domain {
        let (mut defence, mut civil) = (Vec::new(), Vec::new());
        let mut size = 0;
        for (sentence, hits) in self.sentences.iter().zip(&self.hits) {
            if !matches!(
                sentence.block,
                BlockKind::Body | BlockKind::Headline | BlockKind::Caption
            ) {
                continue;
            }
            size += sentence.end - sentence.first;
            for hit in hits {
                match rules.meanings[usize::from(hit.label)] {
                    Meaning::Cue(Cue::Defence) => defence.push(self.word(hit.first)),
                    Meaning::Cue(Cue::Civil) => civil.push(self.word(hit.first)),
                    _ => {}
                }
            }
        }
        Domain {
            defence: different(&mut defence),
            civil: different(&mut civil),
            size,
        }
    }

    /// Number of sentences that name both.
    pub(super) fn together(&self, a: usize, b: usize) -> usize {
        self.shared(a, b).len()
    }

    /// Number of sentences that name both and hold words of a trigger rule.
    pub(super) fn together_by(&self, a: usize, b: usize, rule: u16) -> usize {
        let carries = |sentence: &&usize| {
            let carrier = self.carriers.get(**sentence);
            carrier.is_some_and(|carrier| carrier & bit(rule) != 0)
        };
        self.shared(a, b).iter().filter(carries).count()
    }

    /// The sentences that name both, looked up once: a long text asks for the same pairs in each of its sentences.
    fn shared(&self, a: usize, b: usize) -> Rc<[usize]> {
        let mut known = self.shared.borrow_mut();
        let shared = known.entry((a.min(b), a.max(b))).or_insert_with(|| {
            let cast = self.cast.iter().enumerate();
            let both = cast.filter(|(_, cast)| cast.contains(&a) && cast.contains(&b));
            both.map(|(sentence, _)| sentence).collect()
        });
        Rc::clone(shared)
    }

    /// Number of sentences that hold words of a trigger rule, and of those that hold words of any.
    pub(super) fn prevalence(&self, rule: u16) -> (usize, usize) {
        let with = |mask: u64| self.carriers.iter().filter(|c| **c & mask != 0).count();
        (with(bit(rule)), with(u64::MAX))
    }

    /// Token `at` in small letters.
    pub(super) fn word(&self, at: usize) -> &str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.lower_ends.get(before))
            .map_or(0, |&end| end as usize);
        let end = self.lower_ends.get(at).map_or(start, |&end| end as usize);
        &self.lower[start..end]
    }

    /// Token `at` as written.
    pub(super) fn surface(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| token.span.of(&self.doc.text))
    }

    /// First and last token of a span.
    pub(super) fn token_range(&self, span: Span) -> Option<(usize, usize)> {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        (first < end).then(|| (first, end - 1))
    }
}

/// The trigger rules among the hits of a sentence, one bit each.
fn carriers(rules: &LanguageRules, hits: &[Hit]) -> u64 {
    hits.iter()
        .fold(0, |all, hit| match rules.meanings[usize::from(hit.label)] {
            Meaning::Trigger(rule) => all | bit(rule),
            _ => all,
        })
}

/// Rules beyond the sixty-fourth share the last bit.
fn bit(rule: u16) -> u64 {
    1 << rule.min(63)
}

fn gaps(text: &str, tokens: &[Token]) -> Vec<Gap> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut before = 0;
    for (index, token) in tokens.iter().enumerate() {
        let between = text.get(before..token.span.start).unwrap_or_default();
        before = token.span.end;
        let mut gap = Gap {
            joined: index > 0 && matches!(between, "-" | "‑" | "'" | "’" | "/"),
            ..Gap::default()
        };
        if !gap.joined && between != " " {
            for c in between.chars() {
                gap.comma |= c == ',';
                gap.hard |= matches!(c, ';' | ':' | '–' | '—' | '(' | ')' | '…' | '→' | '•' | '|');
                gap.quote |= matches!(c, '"' | '„' | '“' | '”' | '«' | '»');
            }
            gap.hard |= between.contains(" - ");
        }
        out.push(gap);
    }
    out
}

fn sentences(doc: &Document, tokens: &[Token], rules: &LanguageRules) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut spans = Vec::new();
    for (block_index, block) in doc.blocks.iter().enumerate() {
        spans.clear();
        sentence::split(&doc.text, block.span, &rules.habits, &mut spans);
        for &span in &spans {
            let first = tokens.partition_point(|t| t.span.start < span.start);
            let end = tokens.partition_point(|t| t.span.start < span.end);
            if first < end {
                out.push(Sentence {
                    span,
                    first,
                    end,
                    block: block.kind,
                    block_index,
                });
            }
        }
    }
    out
}

fn different(words: &mut Vec<&str>) -> usize {
    words.sort_unstable();
    words.dedup();
    words.len()
}

/// The entities that a span names, and those they act for.
fn named(tagged: &Tagged, span: Span) -> Vec<usize> {
    let from = tagged
        .mentions
        .partition_point(|m| m.span.start < span.start);
    let mut out = Vec::new();
    for mention in tagged.mentions[from..]
        .iter()
        .take_while(|m| m.span.start < span.end)
    {
        let mut entity = Some(mention.entity);
        for _ in 0..3 {
            let Some(at) = entity else { break };
            out.push(at);
            entity = tagged.entities.get(at).and_then(|e| e.acts_for);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn topics(doc: &Document, tagged: &Tagged) -> Vec<usize> {
    let mut counts = vec![0usize; tagged.entities.len()];
    for mention in &tagged.mentions {
        let block = doc.block_at(mention.span.start).map(|b| b.kind);
        if !matches!(block, Some(BlockKind::Body | BlockKind::Headline)) {
            continue;
        }
        let mut entity = mention.entity;
        // A minister is a mention of his state; the chain is never longer than person, ministry, state.
        for _ in 0..3 {
            if let Some(count) = counts.get_mut(entity) {
                *count += 1;
            }
            match tagged.entities.get(entity).and_then(|e| e.acts_for) {
                Some(next) => entity = next,
                None => break,
            }
        }
    }
    let mut order: Vec<usize> = (0..counts.len()).filter(|&i| counts[i] > 0).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(counts[i]), i));
    order
}
