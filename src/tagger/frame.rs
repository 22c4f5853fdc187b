//! A document as the tagger sees it: tokens, the gaps between them, sentences, and word facts.

use crate::document::Document;
use crate::text::Span;
use crate::text::token::{Token, tokenize};

use super::facts::Facts;
use super::shape::{Case, Gap, case_of, gap_of};
use super::words::Words;

/// So many words of sport, animals, art ... make a page one about them.
const CIVIL_WORDS: usize = 3;

/// An office named in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoleHit {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index into the language's roles.
    pub(super) role: usize,
}

/// A list phrase of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseHit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) facts: Facts,
}

/// A document cut into tokens with everything the steps ask about them.
pub(super) struct Frame<'a> {
    pub(super) doc: &'a Document,
    pub(super) text: &'a str,
    pub(super) words: &'a Words,
    pub(super) tokens: Vec<Token>,
    gaps: Vec<Gap>,
    cases: Vec<Case>,
    facts: Vec<Facts>,
    /// Number of the sentence of each token.
    sentences: Vec<u32>,
    /// Whether the token starts a line.
    lines: Vec<bool>,
    /// Offices, in order, without overlap.
    pub(super) roles: Vec<RoleHit>,
    /// The longest phrases, in order of their start.
    pub(super) phrases: Vec<PhraseHit>,
    /// Bits of the phrase that a token belongs to.
    inside: Vec<Facts>,
    /// Whether the page is about sport, animals, art ... rather than defence.
    pub(super) civil: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(doc: &'a Document, words: &'a Words) -> Self {
        let text = doc.text.as_str();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        tokenize(text, &mut tokens);
        let mut frame = Self {
            doc,
            text,
            words,
            gaps: Vec::with_capacity(tokens.len()),
            cases: tokens.iter().map(|t| case_of(t, text)).collect(),
            facts: Vec::with_capacity(tokens.len()),
            sentences: Vec::with_capacity(tokens.len()),
            lines: Vec::with_capacity(tokens.len()),
            roles: Vec::new(),
            phrases: Vec::new(),
            inside: vec![Facts::default(); tokens.len()],
            civil: false,
            tokens,
        };
        frame.read_gaps();
        let ids = frame.read_words();
        frame.read_phrases(&ids);
        frame.read_sentences();
        frame.read_roles();
        frame.civil = frame.is_civil();
        frame
    }

    fn read_gaps(&mut self) {
        let mut end = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            let gap = self.text.get(end..token.span.start).unwrap_or_default();
            self.gaps
                .push(if at == 0 { Gap::Break } else { gap_of(gap) });
            self.lines.push(at == 0 || gap.contains('\n'));
            end = token.span.end;
        }
    }

    /// Whether words of sport, animals, art ... outweigh those of defence, which such pages borrow.
    fn is_civil(&self) -> bool {
        let (mut civil, mut military) = (0, 0);
        for at in 0..self.tokens.len() {
            let facts = self.all_facts(at);
            let own = facts.any(Facts::CIVIL);
            civil += usize::from(own);
            let armed = facts.any(Facts::MILITARY) || facts.body().is_some();
            military += usize::from(armed && !own);
        }
        civil >= CIVIL_WORDS && civil * 2 > military
    }

    /// Looks every token up once; small letters go through one buffer.
    fn read_words(&mut self) -> Vec<u32> {
        let mut ids = Vec::with_capacity(self.tokens.len());
        let mut lower = String::new();
        for at in 0..self.tokens.len() {
            let word = self.word(at);
            lower.clear();
            if word.is_ascii() {
                lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                lower.extend(word.chars().flat_map(char::to_lowercase));
            }
            let compound = self.case(at) != Case::Lower;
            let (id, tail) = self.words.id_of(&lower, compound);
            ids.push(id);
            let mut facts = self.words.facts(id);
            if tail && id != 0 {
                facts = facts.as_tail();
            }
            self.facts.push(facts);
        }
        ids
    }

    fn read_phrases(&mut self, ids: &[u32]) {
        for at in 0..ids.len() {
            let Some(rest) = ids.get(at..).filter(|r| r.first() != Some(&0)) else {
                continue;
            };
            let mut hits = Vec::new();
            self.words
                .phrases_at(rest, |length, facts| hits.push((at + length, facts)));
            for (end, facts) in hits {
                if (at + 1..end).all(|i| self.joined(i)) {
                    self.phrases.push(PhraseHit {
                        start: at,
                        end,
                        facts,
                    });
                    for i in at..end {
                        if let Some(inside) = self.inside.get_mut(i) {
                            inside.add(facts);
                        }
                    }
                }
            }
        }
    }

    fn read_sentences(&mut self) {
        let mut sentence = 0;
        for at in 0..self.tokens.len() {
            if self.starts_sentence(at) {
                sentence += 1;
            }
            self.sentences.push(sentence);
        }
    }

    fn starts_sentence(&self, at: usize) -> bool {
        let gap = self.gap_text(at);
        if matches!(self.gap(at), Gap::Break) || gap.contains(['!', '?']) {
            return true;
        }
        if !gap.contains('.') || self.case(at) == Case::Lower || at == 0 {
            return false;
        }
        let before = self.word(at - 1);
        let facts = self.facts(at - 1);
        let short = before.chars().count() <= 1 || self.case(at - 1) == Case::Digits;
        let rank = facts.role().is_some() && before.len() <= 5;
        !(short || facts.any(Facts::TITLE) || rank || self.gap(at) == Gap::Tight)
    }

    fn read_roles(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            // `2:15 PM` is no prime minister
            let hour = self.case(at) == Case::Upper && at > 0 && self.case(at - 1) == Case::Digits;
            let single = self.facts(at).role().filter(|_| !hour).map(|role| RoleHit {
                start: at,
                end: at + 1,
                role,
            });
            let phrase = self
                .phrases_from(at)
                .filter_map(|p| {
                    p.facts.role().map(|role| RoleHit {
                        start: at,
                        end: p.end,
                        role,
                    })
                })
                .max_by_key(|hit| hit.end);
            match phrase.or(single) {
                Some(hit) => {
                    self.roles.push(hit);
                    at = hit.end;
                }
                None => at += 1,
            }
        }
    }

    /// Phrases that start at a token.
    pub(super) fn phrases_from(&self, at: usize) -> impl Iterator<Item = &PhraseHit> {
        let first = self.phrases.partition_point(|p| p.start < at);
        self.phrases
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(move |p| p.start == at)
    }

    /// The office that ends in front of token `at`.
    pub(super) fn role_before(&self, at: usize) -> Option<RoleHit> {
        let after = self.roles.partition_point(|r| r.end <= at);
        self.roles
            .get(..after)
            .and_then(<[RoleHit]>::last)
            .copied()
            .filter(|r| r.end == at)
    }

    /// The office that starts at token `at`.
    pub(super) fn role_at(&self, at: usize) -> Option<RoleHit> {
        let first = self.roles.partition_point(|r| r.start < at);
        self.roles.get(first).copied().filter(|r| r.start == at)
    }

    /// The office that token `at` is a word of.
    pub(super) fn role_over(&self, at: usize) -> Option<RoleHit> {
        let after = self.roles.partition_point(|r| r.start <= at);
        self.roles
            .get(..after)
            .and_then(<[RoleHit]>::last)
            .copied()
            .filter(|r| at < r.end)
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The text of a token; empty past the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.of(self.text))
    }

    /// What stands in front of a token.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.gaps.get(at).copied().unwrap_or(Gap::Break)
    }

    /// The characters in front of a token, back to the one before.
    pub(super) fn gap_text(&self, at: usize) -> &'a str {
        let start = at
            .checked_sub(1)
            .and_then(|b| self.tokens.get(b))
            .map_or(0, |t| t.span.end);
        let end = self
            .tokens
            .get(at)
            .map_or(self.text.len(), |t| t.span.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// How a token is written.
    pub(super) fn case(&self, at: usize) -> Case {
        self.cases.get(at).copied().unwrap_or(Case::Lower)
    }

    /// Whether a token starts with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        matches!(self.case(at), Case::Title | Case::Upper | Case::Mixed)
    }

    /// What lists say about the token alone.
    pub(super) fn facts(&self, at: usize) -> Facts {
        self.facts.get(at).copied().unwrap_or_default()
    }

    /// What lists say about the token or a phrase it belongs to.
    pub(super) fn all_facts(&self, at: usize) -> Facts {
        let mut facts = self.facts(at);
        facts.add(self.inside.get(at).copied().unwrap_or_default());
        facts
    }

    /// Number of the sentence of a token.
    pub(super) fn sentence(&self, at: usize) -> usize {
        self.sentences.get(at).map_or(0, |&s| s as usize)
    }

    /// Number of sentences, with the one before the first token.
    pub(super) fn sentence_count(&self) -> usize {
        self.sentences.last().map_or(1, |&s| s as usize + 1)
    }

    /// Whether two tokens stand in one sentence.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        a < self.len() && b < self.len() && self.sentence(a) == self.sentence(b)
    }

    /// Whether a token starts a sentence or a line.
    pub(super) fn opens(&self, at: usize) -> bool {
        at == 0 || self.sentence(at) != self.sentence(at - 1) || self.line_start(at)
    }

    /// Whether a token starts a line.
    pub(super) fn line_start(&self, at: usize) -> bool {
        self.lines.get(at).copied().unwrap_or(false)
    }

    /// Whether a token belongs to the same phrase as the one before it.
    pub(super) fn joined(&self, at: usize) -> bool {
        matches!(
            self.gap(at),
            Gap::Tight | Gap::Space | Gap::Hyphen | Gap::Apostrophe
        ) || (self.gap(at) == Gap::Stop && self.facts(at - 1).role().is_some())
    }

    /// The bytes from one token to another (exclusive).
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.tokens.get(start).map_or(0, |t| t.span.start);
        let to = end
            .checked_sub(1)
            .and_then(|e| self.tokens.get(e))
            .map_or(from, |t| t.span.end);
        Span::new(from, to.max(from))
    }
}
