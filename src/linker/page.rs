//! A document made ready for linking: tokens, the gaps between them, sentences, and what it is about.

use std::borrow::Cow;

use super::appear::Appearances;
use super::cast::Entities;
use super::kinds::numbers;
use super::pattern::{Hit, NAME};
use super::rules::{Cue, LanguageRules, Meaning};
use super::time::Word;
use super::words::{WordIx, WordList};
use crate::document::{BlockKind, Document};
use crate::mention::Tagged;
use crate::text::Span;
use crate::text::sentence;
use crate::text::token::{Token, Tokens};

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

/// A document made ready for linking.
pub(super) struct Page<'a> {
    pub(super) doc: &'a Document,
    pub(super) tagged: &'a Tagged,
    pub(super) tokens: Cow<'a, [Token]>,
    /// The number of every token in the list of words.
    words: Vec<WordIx>,
    list: WordList,
    pub(super) gaps: Vec<Gap>,
    pub(super) sentences: Vec<Sentence>,
    /// Entities by how often the article itself names them, most often first.
    pub(super) topics: Vec<usize>,
    /// For every entity, the sentences that name it or have it act.
    cast: Appearances,
    /// Pattern hits of every sentence, token numbers counted in the document.
    pub(super) hits: Vec<Vec<Hit>>,
    /// What the article is about.
    pub(super) domain: Domain,
    /// For every sentence, the trigger rules it holds, one bit each.
    carriers: Vec<u64>,
    /// For every bit the number of sentences that have it; the number of those that have any.
    prevalence: [usize; 64],
    carried: usize,
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
    pub(super) fn new(
        doc: &'a Document,
        tagged: &'a Tagged,
        rules: &LanguageRules,
        mut list: WordList,
    ) -> Self {
        let (tokens, hashes) = tokens(doc, tagged);
        list.open();
        let all = tokens.iter().zip(hashes.iter());
        let number =
            |(token, hash): (&Token, &u64)| list.number(token.span.of(&doc.text), *hash, rules);
        let words = all.map(number).collect();
        let gaps = gaps(&doc.text, &tokens);
        let sentences = sentences(doc, &tokens, rules);
        let topics = topics(doc, tagged);
        let cast = Appearances::new(tagged, &sentences);
        let mut page = Self {
            doc,
            tagged,
            tokens,
            words,
            list,
            gaps,
            sentences,
            topics,
            cast,
            hits: Vec::new(),
            domain: Domain::default(),
            carriers: Vec::new(),
            prevalence: [0; 64],
            carried: 0,
        };
        page.find_hits(rules);
        page.domain = page.measure(rules);
        page
    }

    fn find_hits(&mut self, rules: &LanguageRules) {
        let find = |sentence: &Sentence| {
            let mut hits = Vec::with_capacity(2 * (sentence.end - sentence.first));
            let range = (sentence.first, sentence.end);
            self.list.find(rules, &self.words, range, &mut hits);
            hits
        };
        self.hits = self.sentences.iter().map(find).collect();
    }

    /// The words met so far, for the next text.
    pub(super) fn into_words(self) -> WordList {
        self.list
    }

    /// Lets names carry claims: an exercise training, a weapon a delivery.
    pub(super) fn carry_names(&mut self, rules: &LanguageRules, named: &Entities<'_>) {
        let entities = 0..self.tagged.entities.len();
        let themes: Vec<&[u16]> = entities
            .map(|e| rules.named(named.kind(e), named.theme(e)))
            .collect();
        let mut found: Vec<(usize, Hit, usize)> = Vec::new();
        for mention in &self.tagged.mentions {
            let labels = themes.get(mention.entity).copied().unwrap_or_default();
            if labels.is_empty() {
                continue;
            }
            let Some((first, last)) = self.token_range(mention.span) else {
                continue;
            };
            let at = self.sentences.partition_point(|s| s.end <= first);
            let inside = |s: &Sentence| s.first <= first && last < s.end;
            if !self.sentences.get(at).is_some_and(inside) {
                continue;
            }
            for &label in labels {
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
        for carrier in &self.carriers {
            for rule in numbers(*carrier) {
                self.prevalence[rule] += 1;
            }
            self.carried += usize::from(*carrier != 0);
        }
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
        self.cast.count(a, b, |_| true)
    }

    /// Number of sentences that name both and hold words of a trigger rule.
    pub(super) fn together_by(&self, a: usize, b: usize, rule: u16) -> usize {
        self.cast.count(a, b, |at| {
            let carrier = self.carriers.get(at as usize);
            carrier.is_some_and(|carrier| carrier & bit(rule) != 0)
        })
    }

    /// Number of sentences that hold words of a trigger rule, and of those that hold words of any.
    pub(super) fn prevalence(&self, rule: u16) -> (usize, usize) {
        let with = self.prevalence.get(bit(rule).trailing_zeros() as usize);
        (with.copied().unwrap_or_default(), self.carried)
    }

    /// Token `at` in small letters.
    pub(super) fn word(&self, at: usize) -> &str {
        let word = self.words.get(at);
        word.map_or("", |word| self.list.lower(*word))
    }

    /// What token `at` can be in a date.
    pub(super) fn times(&self, at: usize) -> &[Word] {
        let word = self.words.get(at);
        word.map_or(&[], |word| self.list.times(*word))
    }

    /// Whether token `at` is a number or an article that counts.
    pub(super) fn counts(&self, at: usize) -> bool {
        let word = self.words.get(at);
        word.is_some_and(|word| self.list.counts(*word))
            || self.tokens.get(at).is_some_and(|token| token.digits)
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

/// The tokens of a document and the hashes of their small letters, as the tagger found them.
fn tokens<'a>(doc: &Document, tagged: &'a Tagged) -> (Cow<'a, [Token]>, Cow<'a, [u64]>) {
    let Tokens { list, hashes } = &tagged.tokens;
    if list.is_empty() {
        let Tokens { list, hashes } = Tokens::of(&doc.text);
        return (Cow::Owned(list), Cow::Owned(hashes));
    }
    (Cow::Borrowed(list), Cow::Borrowed(hashes))
}

fn gaps(text: &str, tokens: &[Token]) -> Vec<Gap> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut before = 0;
    for (index, token) in tokens.iter().enumerate() {
        let between = before..token.span.start;
        before = token.span.end;
        if text.as_bytes().get(between.clone()) == Some(b" ") {
            out.push(Gap::default());
            continue;
        }
        let between = text.get(between).unwrap_or_default();
        let mut gap = Gap {
            joined: index > 0 && matches!(between, "-" | "‑" | "'" | "’" | "/"),
            ..Gap::default()
        };
        if !gap.joined {
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
