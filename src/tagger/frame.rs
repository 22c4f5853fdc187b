//! A document as the tagger sees it: tokens, the gaps between them, sentences, and word facts.

use crate::document::Document;
use crate::gazetteer::{Finder, Meanings};
use crate::text::Span;
use crate::text::token::{Token, Tokens};

use super::facts::Facts;
use super::marks::{self, Marked, Marks};
use super::memory::{Known, Sources};
use super::shape::{Case, Gap, gap_of};
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

/// What the steps ask of a token.
#[derive(Clone, Copy, Debug)]
struct Cell {
    facts: Facts,
    /// With those of the phrases that the token belongs to.
    all: Facts,
    /// Its number in the lists.
    id: u32,
    /// Number of its sentence.
    sentence: u32,
    /// Number of the office that it is a word of, counted from one.
    role: u32,
    gap: Gap,
    case: Case,
    letters: u8,
    /// Whether it starts a line.
    line: bool,
}

/// What the words of a sentence are.
#[derive(Clone, Copy, Debug, Default)]
struct Sentence {
    /// Of all its words.
    bits: u64,
    /// Whether a body of a state is among them.
    body: bool,
    /// Whether it opens a paragraph.
    opens: bool,
}

/// A document cut into tokens with everything the steps ask about them.
pub(super) struct Frame<'a> {
    pub(super) doc: &'a Document,
    pub(super) text: &'a str,
    pub(super) words: &'a Words,
    finder: Finder<'a>,
    cells: Vec<Cell>,
    /// Why steps look at a token.
    marked: Marked,
    /// Offices, in order, without overlap.
    pub(super) roles: Vec<RoleHit>,
    /// The longest phrases, in order of their start.
    pub(super) phrases: Vec<PhraseHit>,
    sentences: Vec<Sentence>,
    /// Whether the page is about sport, animals, art ... rather than defence.
    pub(super) civil: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(doc: &'a Document, from: Sources<'a>) -> Self {
        let text = doc.text.as_str();
        let mut finder = Finder::new(from.lexicon);
        finder.read(text);
        let mut frame = Self {
            doc,
            text,
            words: from.words,
            cells: Vec::with_capacity(finder.tokens().len()),
            marked: Marked::new(finder.tokens().len()),
            roles: Vec::new(),
            phrases: Vec::new(),
            sentences: Vec::new(),
            civil: false,
            finder,
        };
        frame.read_words(from);
        frame.read_phrases();
        frame.read_roles();
        frame.read_facts();
        frame
    }

    /// Looks every token up, with the gap in front of it and the sentence it stands in.
    fn read_words(&mut self, from: Sources<'a>) {
        let mut memory = from.words.memory().borrow_mut();
        let (mut end, mut sentence, mut counts) = (0, 0, false);
        let finder = std::mem::replace(&mut self.finder, Finder::new(from.lexicon));
        for (&token, &hash) in finder.tokens().iter().zip(finder.hashes()) {
            let at = self.cells.len();
            let known = memory.recall(self.text, token, hash, &from);
            let gap = self.text.as_bytes().get(end..token.span.start);
            let (gap, line, starts) = match gap.unwrap_or_default() {
                b" " if at > 0 => (Gap::Space, false, false),
                b"" if at > 0 => (Gap::Tight, false, false),
                _ => self.read_gap(at, end, token, known.case),
            };
            end = token.span.end;
            sentence += u32::from(starts);
            self.cells.push(Cell {
                facts: known.facts,
                all: known.facts,
                id: known.id,
                sentence,
                role: 0,
                gap,
                case: known.case,
                letters: known.letters,
                line,
            });
            let marks = marks_at(&known, gap, counts);
            counts = marks & marks::COUNTS != 0;
            self.marked.set(at, marks);
        }
        self.finder = finder;
        self.sentences = vec![Sentence::default(); sentence as usize + 1];
    }

    /// What stands in front of token `at`, whether it starts a line, and whether a sentence.
    fn read_gap(&self, at: usize, end: usize, token: Token, case: Case) -> (Gap, bool, bool) {
        let between = self.text.get(end..token.span.start).unwrap_or_default();
        let gap = if at == 0 { Gap::Break } else { gap_of(between) };
        let line = at == 0 || (gap != Gap::Tight && between.contains('\n'));
        (gap, line, self.starts_sentence(at, gap, between, case))
    }

    fn starts_sentence(&self, at: usize, gap: Gap, between: &str, case: Case) -> bool {
        match gap {
            Gap::Break => return true,
            Gap::Space | Gap::Comma | Gap::Tight => return false,
            _ => {}
        }
        if between.contains(['!', '?']) {
            return true;
        }
        if !between.contains('.') || case == Case::Lower || at == 0 {
            return false;
        }
        let facts = self.facts(at - 1);
        let short = self.letters(at - 1) <= 1 || self.case(at - 1) == Case::Digits;
        let rank = facts.role().is_some() && self.word(at - 1).len() <= 5;
        !(short || facts.any(Facts::TITLE) || rank)
    }

    fn read_phrases(&mut self) {
        let mut next = 0;
        while let Some(at) = self.marked(next, marks::PHRASE) {
            next = at + 1;
            let rest = self.cells.get(at..).unwrap_or_default();
            // no list has a word of number 0
            if rest.get(1).is_none_or(|cell| cell.id == 0) {
                continue;
            }
            let from = self.phrases.len();
            let phrases = &mut self.phrases;
            self.words
                .phrases_at(rest.iter().map(|cell| cell.id), |length, facts| {
                    phrases.push(PhraseHit {
                        start: at,
                        end: at + length,
                        facts,
                    });
                });
            self.keep_phrases(from);
        }
    }

    /// Drops the phrases from number `from` on that are torn, and puts the others down at their tokens.
    fn keep_phrases(&mut self, from: usize) {
        let mut kept = from;
        for number in from..self.phrases.len() {
            let Some(&hit) = self.phrases.get(number) else {
                break;
            };
            if !(hit.start + 1..hit.end).all(|at| self.joined(at)) {
                continue;
            }
            for cell in self.cells.iter_mut().take(hit.end).skip(hit.start) {
                cell.all.add(hit.facts);
            }
            self.marked.set(hit.start, marks_of_phrase(hit.facts));
            if let Some(place) = self.phrases.get_mut(kept) {
                *place = hit;
            }
            kept += 1;
        }
        self.phrases.truncate(kept);
    }

    fn read_roles(&mut self) {
        let mut next = 0;
        while let Some(at) = self.marked(next, marks::ROLE) {
            next = at + 1;
            let Some(hit) = self.role_from(at) else {
                continue;
            };
            next = hit.end;
            self.roles.push(hit);
            let number = u32::try_from(self.roles.len()).unwrap_or(0);
            for cell in self.cells.iter_mut().take(hit.end).skip(hit.start) {
                cell.role = number;
            }
            self.marked.set(at, marks::HEAD);
        }
    }

    /// The longest office that starts at a token, by a word or a phrase.
    fn role_from(&self, at: usize) -> Option<RoleHit> {
        // `2:15 PM` is no prime minister
        let hour = self.case(at) == Case::Upper && at > 0 && self.case(at - 1) == Case::Digits;
        let single = self.facts(at).role().filter(|_| !hour).map(|role| RoleHit {
            start: at,
            end: at + 1,
            role,
        });
        let phrase = self.phrases_from(at).filter_map(|p| {
            p.facts.role().map(|role| RoleHit {
                start: at,
                end: p.end,
                role,
            })
        });
        phrase.max_by_key(|hit| hit.end).or(single)
    }

    /// What the words of each sentence are, and whether words of sport, animals, art ... outweigh
    /// those of defence, which such pages borrow.
    fn read_facts(&mut self) {
        let (mut civil, mut military) = (0, 0);
        for cell in &self.cells {
            let own = cell.all.any(Facts::CIVIL);
            let armed = cell.all.any(Facts::MILITARY) || cell.all.body().is_some();
            civil += usize::from(own);
            military += usize::from(armed && !own);
            if let Some(sentence) = self.sentences.get_mut(cell.sentence as usize) {
                sentence.bits |= cell.all.bits;
                sentence.body |= cell.all.body().is_some();
                sentence.opens |= cell.gap == Gap::Break;
            }
        }
        self.civil = civil >= CIVIL_WORDS && civil * 2 > military;
    }

    /// The first token from `from` on that bears a mark.
    pub(super) fn marked(&self, from: usize, mark: Marks) -> Option<usize> {
        self.marked.next(from, mark)
    }

    /// Whether a token bears a mark.
    pub(super) fn is_marked(&self, at: usize, mark: Marks) -> bool {
        self.marked.has(at, mark)
    }

    /// Calls `found` with the first token, the one behind the last, and the meanings of every name of the
    /// gazetteer, overlapping ones too.
    pub(super) fn names(&self, found: impl FnMut(usize, usize, Meanings<'a>)) {
        self.finder.each(self.text, found);
    }

    /// The tokens of the text.
    pub(super) fn tokens(&self) -> &[Token] {
        self.finder.tokens()
    }

    /// The same, for whoever reads the text next.
    pub(super) fn into_tokens(self) -> Tokens {
        self.finder.into_tokens()
    }

    /// The letters of a token; 255 are that many or more.
    pub(super) fn letters(&self, at: usize) -> usize {
        self.cells
            .get(at)
            .map_or(0, |cell| usize::from(cell.letters))
    }

    /// Whether a word or phrase of a sentence is one of these.
    pub(super) fn sentence_has(&self, sentence: usize, bits: u64) -> bool {
        let sentence = self.sentences.get(sentence);
        sentence.is_some_and(|sentence| sentence.bits & bits != 0)
    }

    /// Whether a sentence names a body of a state.
    pub(super) fn sentence_has_body(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_some_and(|s| s.body)
    }

    /// Whether a sentence opens a paragraph.
    pub(super) fn sentence_opens(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_none_or(|s| s.opens)
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

    fn role(&self, at: usize) -> Option<RoleHit> {
        let number = self.cells.get(at)?.role as usize;
        self.roles.get(number.checked_sub(1)?).copied()
    }

    /// The office that ends in front of token `at`.
    pub(super) fn role_before(&self, at: usize) -> Option<RoleHit> {
        self.role(at.checked_sub(1)?).filter(|r| r.end == at)
    }

    /// The office that starts at token `at`.
    pub(super) fn role_at(&self, at: usize) -> Option<RoleHit> {
        self.role(at).filter(|r| r.start == at)
    }

    /// The office that token `at` is a word of.
    pub(super) fn role_over(&self, at: usize) -> Option<RoleHit> {
        self.role(at)
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The text of a token; empty past the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens().get(at).map_or("", |t| t.span.of(self.text))
    }

    /// What stands in front of a token.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.cells.get(at).map_or(Gap::Break, |cell| cell.gap)
    }

    /// The characters in front of a token, back to the one before.
    pub(super) fn gap_text(&self, at: usize) -> &'a str {
        let start = at
            .checked_sub(1)
            .and_then(|b| self.tokens().get(b))
            .map_or(0, |t| t.span.end);
        let end = self
            .tokens()
            .get(at)
            .map_or(self.text.len(), |t| t.span.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// How a token is written.
    pub(super) fn case(&self, at: usize) -> Case {
        self.cells.get(at).map_or(Case::Lower, |cell| cell.case)
    }

    /// Whether a token starts with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        matches!(self.case(at), Case::Title | Case::Upper | Case::Mixed)
    }

    /// What lists say about the token alone.
    pub(super) fn facts(&self, at: usize) -> Facts {
        self.cells.get(at).map_or(Facts::NONE, |cell| cell.facts)
    }

    /// What lists say about the token or a phrase it belongs to.
    pub(super) fn all_facts(&self, at: usize) -> Facts {
        self.cells.get(at).map_or(Facts::NONE, |cell| cell.all)
    }

    /// Number of the sentence of a token.
    pub(super) fn sentence(&self, at: usize) -> usize {
        self.cells.get(at).map_or(0, |cell| cell.sentence as usize)
    }

    /// Number of sentences, with the one before the first token.
    pub(super) fn sentence_count(&self) -> usize {
        self.sentences.len()
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
        self.cells.get(at).is_some_and(|cell| cell.line)
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
        let from = self.tokens().get(start).map_or(0, |t| t.span.start);
        let to = end
            .checked_sub(1)
            .and_then(|e| self.tokens().get(e))
            .map_or(from, |t| t.span.end);
        Span::new(from, to.max(from))
    }
}

/// Why steps look at a word where it stands; `counted` if the word before counts it.
fn marks_at(known: &Known, gap: Gap, counted: bool) -> Marks {
    let mut marks = known.marks;
    match gap {
        Gap::Quote if marks & marks::CAPITAL != 0 => marks |= marks::HEAD | marks::NAMED,
        Gap::Comma | Gap::Apostrophe => marks |= marks::APPOSED,
        _ => {}
    }
    if counted {
        marks | marks::LISTED
    } else {
        marks
    }
}

/// Why steps look at a token that a phrase starts at.
fn marks_of_phrase(facts: Facts) -> Marks {
    let head = Facts::HEAD_OF | Facts::HEAD_AFTER | Facts::MADE_BY | Facts::DEAL;
    [
        (facts.body().is_some(), marks::BODY),
        (facts.role().is_some(), marks::ROLE),
        (facts.any(head), marks::HEAD),
        (facts.any(Facts::NAMED), marks::NAMED),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |marks, (_, mark)| marks | mark)
}
