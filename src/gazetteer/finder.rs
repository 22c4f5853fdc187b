//! The exact look-up as a step of its own: every form of the vocabulary in a text, at the boundaries of words.

use super::{Lexicon, Meanings};
use crate::text::Span;
use crate::text::token::{Token, Tokens};

/// Looks texts up one after the other, without allocating anew for each. The tagger begins with it.
#[derive(Clone, Debug)]
pub struct Finder<'g> {
    lexicon: Lexicon<'g>,
    tokens: Tokens,
}

impl<'g> Finder<'g> {
    /// A finder of the forms of a lexicon.
    pub fn new(lexicon: Lexicon<'g>) -> Self {
        Self {
            lexicon,
            tokens: Tokens::default(),
        }
    }

    /// Calls `found` for every form in `text`, overlapping ones too, in the order of their starts.
    ///
    /// ```
    /// use entente::gazetteer::{Finder, Gazetteer};
    /// let mut finder = Finder::new(Gazetteer::builtin().unwrap().lexicon());
    /// let text = "Norway and the Czech Republic";
    /// let mut names = Vec::new();
    /// finder.find(text, |span, _| names.push(span.of(text)));
    /// assert!(names.contains(&"Norway") && names.contains(&"Czech Republic"));
    /// ```
    pub fn find(&mut self, text: &str, mut found: impl FnMut(Span, Meanings<'g>)) {
        self.read(text);
        self.each(text, |start, end, meanings| {
            let from = self.tokens().get(start).map_or(0, |token| token.span.start);
            let last = end.checked_sub(1).and_then(|last| self.tokens().get(last));
            let to = last.map_or(from, |token| token.span.end);
            found(Span::new(from, to), meanings);
        });
    }

    /// Cuts a text into the tokens that [`Finder::each`] looks at.
    pub fn read(&mut self, text: &str) {
        self.tokens.read(text);
    }

    /// The tokens of the text that was read.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens.list
    }

    /// The same, for whoever comes after.
    pub(crate) fn into_tokens(self) -> Tokens {
        self.tokens
    }

    /// Hashes of the small letters of the tokens.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.tokens.hashes
    }

    /// Calls `found` with the first token, the one behind the last, and the meanings of every form in the
    /// text that was read.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, usize, Meanings<'g>)) {
        let Tokens { list, hashes } = &self.tokens;
        let hash = |at: usize| hashes.get(at).copied().unwrap_or(0);
        for start in 0..list.len() {
            let put = |end: usize, meanings| found(start, end, meanings);
            self.lexicon.forms_by(text, list, start, hash, put);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};
    use std::sync::LazyLock;

    use aho_corasick::{AhoCorasick, AhoCorasickKind};
    use proptest::prelude::*;

    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::text::token::tokenize;

    fn lexicon() -> Lexicon<'static> {
        Gazetteer::builtin().unwrap().lexicon()
    }

    /// All spellings from their first token to their last, and an automaton of them.
    static BARE: LazyLock<(HashSet<String>, AhoCorasick)> = LazyLock::new(|| {
        let bare = lexicon().spellings().map(|(spelling, _)| {
            let mut tokens = Vec::new();
            tokenize(spelling, &mut tokens);
            let whole = tokens[0].span.cover(tokens[tokens.len() - 1].span);
            whole.of(spelling).to_owned()
        });
        let bare: HashSet<String> = bare.collect();
        let mut automaton = AhoCorasick::builder();
        automaton.kind(Some(AhoCorasickKind::ContiguousNFA));
        let automaton = automaton.build(&bare).unwrap();
        (bare, automaton)
    });

    /// Those at the boundaries of words, and of these the longest of all that overlap.
    fn chosen(text: &str, all: impl Iterator<Item = Span>) -> [BTreeSet<(usize, usize)>; 2] {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole: BTreeSet<(usize, usize)> = all
            .filter(|span| !word(text[..span.start].chars().next_back()))
            .filter(|span| !word(text[span.end..].chars().next()))
            .map(|span| (span.start, span.end))
            .collect();
        let mut by_length: Vec<_> = whole.iter().copied().collect();
        by_length.sort_by_key(|&(start, end)| (start.wrapping_sub(end), start));
        let mut longest: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (start, end) in by_length {
            if longest.iter().all(|&(from, to)| end <= from || to <= start) {
                longest.insert((start, end));
            }
        }
        [whole, longest]
    }

    /// Every form at every token, looked up one by one.
    fn plainly(lexicon: Lexicon, text: &str) -> Vec<(usize, usize, usize)> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let mut found = Vec::new();
        for (at, first) in tokens.iter().enumerate() {
            lexicon.forms_at(text, &tokens, at, |end, meanings| {
                found.push((first.span.start, tokens[end - 1].span.end, meanings.len()));
            });
        }
        found
    }

    fn by_finder(finder: &mut Finder, text: &str) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        finder.find(text, |span, meanings| {
            found.push((span.start, span.end, meanings.len()));
        });
        found
    }

    #[test]
    fn every_spelling_of_the_vocabulary_is_found_whole() {
        let mut finder = Finder::new(lexicon());
        for (spelling, meanings) in lexicon().spellings() {
            let text = format!("x, {spelling}.");
            let whole = (3, 3 + spelling.len(), meanings.len());
            assert!(by_finder(&mut finder, &text).contains(&whole), "{spelling}");
        }
    }

    /// A text of spellings with something between them.
    fn texts() -> impl Strategy<Value = String> {
        const GAPS: [&str; 9] = [
            " ",
            ", ",
            "-",
            "\n",
            " and the ",
            "'s ",
            " \u{AD}für ",
            "/",
            "s ",
        ];
        let all: Vec<&str> = lexicon()
            .spellings()
            .map(|(spelling, _)| spelling)
            .collect();
        let part = (prop::sample::select(all), prop::sample::select(&GAPS[..]));
        let text = |parts: Vec<(&str, &str)>| {
            let parts = parts.into_iter().map(|(name, gap)| format!("{name}{gap}"));
            parts.collect()
        };
        prop::collection::vec(part, 1..12).prop_map(text)
    }

    #[test]
    fn names_as_in_the_list_are_those_of_aho_corasick() {
        let (bare, automaton) = &*BARE;
        proptest!(|(text in texts())| {
            let mut finder = Finder::new(lexicon());
            let hits = automaton.find_overlapping_iter(&text);
            let wanted = chosen(&text, hits.map(|hit| Span::new(hit.start(), hit.end())));
            let mut found = Vec::new();
            finder.find(&text, |span, _| found.push(span));
            let found = found.into_iter().filter(|span| bare.contains(span.of(&text)));
            prop_assert_eq!(chosen(&text, found), wanted);
        });
    }

    #[test]
    fn names_in_a_text_are_those_at_its_tokens() {
        proptest!(|(text in texts())| {
            let mut finder = Finder::new(lexicon());
            for text in [text.to_uppercase(), text.to_lowercase(), text] {
                let found = by_finder(&mut finder, &text);
                prop_assert_eq!(found, plainly(lexicon(), &text));
            }
        });
    }
}
