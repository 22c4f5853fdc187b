//! The exact look-up as a step of its own: every form of the vocabulary in a text, at the boundaries of words.

use super::{Lexicon, Meanings};
use crate::text::Span;
use crate::text::token::{Token, tokenize};

/// Looks texts up one after the other, without allocating anew for each.
#[derive(Clone, Debug)]
pub struct Finder<'g> {
    lexicon: Lexicon<'g>,
    tokens: Vec<Token>,
    hashes: Vec<u64>,
}

impl<'g> Finder<'g> {
    /// A finder of the forms of a lexicon.
    pub fn new(lexicon: Lexicon<'g>) -> Self {
        Self {
            lexicon,
            tokens: Vec::new(),
            hashes: Vec::new(),
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
        self.tokens.clear();
        tokenize(text, &mut self.tokens);
        self.hashes.clear();
        let hash = |token: &Token| Lexicon::hash(text, token.span);
        self.hashes.extend(self.tokens.iter().map(hash));
        for (at, (token, &hash)) in self.tokens.iter().zip(&self.hashes).enumerate() {
            let Some(head) = self.lexicon.head(hash) else {
                continue;
            };
            let hash = |at: usize| self.hashes.get(at).copied().unwrap_or(0);
            let start = token.span.start;
            let put = |end: usize, meanings| {
                let last = end.checked_sub(1).and_then(|last| self.tokens.get(last));
                let end = last.map_or(start, |last| last.span.end);
                found(Span::new(start, end), meanings);
            };
            self.lexicon
                .forms_from(text, &self.tokens, at, head, hash, put);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use proptest::prelude::*;

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
        let lexicon = Gazetteer::builtin().unwrap().lexicon();
        let mut finder = Finder::new(lexicon);
        for (spelling, meanings) in lexicon.spellings() {
            let text = format!("x, {spelling}.");
            let whole = (3, 3 + spelling.len(), meanings.len());
            assert!(by_finder(&mut finder, &text).contains(&whole), "{spelling}");
        }
    }

    proptest! {
        #[test]
        fn names_in_a_text_are_those_at_its_tokens(
            places in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8), 1..12),
        ) {
            let lexicon = Gazetteer::builtin().unwrap().lexicon();
            let all: Vec<&str> = lexicon.spellings().map(|(spelling, _)| spelling).collect();
            let gaps = [" ", ", ", "-", "\n", " and the ", "'s ", " \u{AD}für ", "/"];
            let mut text = String::new();
            for (at, gap) in &places {
                text.push_str(all[at.index(all.len())]);
                text.push_str(gaps[*gap]);
            }
            for text in [text.to_uppercase(), text.to_lowercase(), text] {
                let found = by_finder(&mut Finder::new(lexicon), &text);
                prop_assert_eq!(found, plainly(lexicon, &text));
            }
        }
    }
}
