//! What is known of the words of a language: each is looked at once, and remembered from text to text.

use rustc_hash::FxHashMap;

use super::pattern::{Begun, GAP, Hit, Second, TestIx, sieve};
use super::rules::LanguageRules;
use super::time::Word;
use crate::clock;

/// The number of a word as written.
pub(super) type WordIx = u32;

/// Above so many words, or bytes of words, all are forgotten before the next text, so that memory does not grow with the
/// corpus.
const MOST: usize = 50_000;
const MOST_BYTES: usize = 1 << 20;

/// The words that a thread has met in one language.
#[derive(Debug, Default)]
pub(super) struct WordList {
    /// The first word of those that have the same hash of their small letters.
    numbers: FxHashMap<u64, WordIx>,
    known: Vec<Known>,
    /// All as written, one after the other.
    surfaces: String,
    /// All in small letters, one after the other.
    lower: String,
    tests: Vec<TestIx>,
    patterns: Vec<Begun>,
    times: Vec<Word>,
}

/// A stretch of one of the lists.
type Stretch = (u32, u32);

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    surface: Stretch,
    /// Another word that differs in its capitals, if one was met; else its own number.
    next: WordIx,
    lower: Stretch,
    /// Tests of patterns that it passes.
    tests: Stretch,
    sieve: u64,
    /// Patterns that may begin with it.
    patterns: Stretch,
    /// What it can be in a date.
    times: Stretch,
    /// Whether it is a number or an article that counts.
    counts: bool,
}

impl WordList {
    /// Makes room before a text.
    pub(super) fn open(&mut self) {
        if self.known.len() > MOST || self.surfaces.len() > MOST_BYTES {
            *self = Self::default();
        }
    }

    /// The number of a word; `hash` is of its small letters.
    pub(super) fn number(&mut self, word: &str, hash: u64, rules: &LanguageRules) -> WordIx {
        let new = length(self.known.len());
        let first = *self.numbers.entry(hash).or_insert(new);
        let mut at = first;
        while let Some(known) = self.known.get(at as usize) {
            if self.surfaces.get(range(known.surface)) == Some(word) {
                return at;
            }
            if known.next == at {
                break;
            }
            at = known.next;
        }
        if let Some(last) = self.known.get_mut(at as usize) {
            last.next = new;
        }
        let known = self.learn(word, rules);
        self.known.push(Known { next: new, ..known });
        new
    }

    fn learn(&mut self, word: &str, rules: &LanguageRules) -> Known {
        let [surface, at, tests, patterns, times] = [
            self.surfaces.len(),
            self.lower.len(),
            self.tests.len(),
            self.patterns.len(),
            self.times.len(),
        ];
        self.surfaces.push_str(word);
        let small = word.chars().flat_map(char::to_lowercase);
        self.lower.extend(small);
        let lower = self.lower.get(at..).unwrap_or_default();
        rules.patterns.tests_of(lower, &mut self.tests);
        let passed = self.tests.get(tests..).unwrap_or_default();
        rules.patterns.begin_with(passed, &mut self.patterns);
        let sieve = sieve(passed);
        self.times.extend(rules.time.of(lower));
        let lists = &rules.attributes;
        Known {
            surface: (length(surface), length(self.surfaces.len())),
            next: 0,
            lower: (length(at), length(self.lower.len())),
            tests: (length(tests), length(self.tests.len())),
            sieve,
            patterns: (length(patterns), length(self.patterns.len())),
            times: (length(times), length(self.times.len())),
            counts: lists.is_one(lower) || lists.number(lower).is_some(),
        }
    }

    fn known(&self, word: WordIx) -> Option<&Known> {
        self.known.get(word as usize)
    }

    /// A word in small letters.
    pub(super) fn lower(&self, word: WordIx) -> &str {
        let range = self.known(word).map(|known| range(known.lower));
        let text = range.and_then(|range| self.lower.get(range));
        text.unwrap_or_default()
    }

    /// What a word can be in a date.
    pub(super) fn times(&self, word: WordIx) -> &[Word] {
        let range = self.known(word).map(|known| range(known.times));
        let times = range.and_then(|range| self.times.get(range));
        times.unwrap_or_default()
    }

    /// Whether a word is a number or an article that counts.
    pub(super) fn counts(&self, word: WordIx) -> bool {
        self.known(word).is_some_and(|known| known.counts)
    }

    /// Finds every pattern among the words of a text from `first` to before `end`, no pattern crossing these.
    pub(super) fn find(
        &self,
        rules: &LanguageRules,
        words: &[WordIx],
        (first, end): (usize, usize),
        out: &mut Vec<Hit>,
    ) {
        let tests = |at: usize| {
            let word = words.get(at).filter(|_| at < end)?;
            self.tests.get(range(self.known(*word)?.tests))
        };
        let sieve = |at: usize| {
            let word = words.get(at).filter(|_| at < end);
            word.and_then(|word| self.known(*word))
                .map_or(0, |known| known.sieve)
        };
        let mine = words.get(first..end).unwrap_or_default();
        for (at, word) in (first..).zip(mine) {
            if at % 32 == 0 {
                clock::check();
            }
            let begun = self.known(*word).map(|known| range(known.patterns));
            // Most words begin none.
            let begun = begun.filter(|range| !range.is_empty());
            let Some(begun) = begun.and_then(|range| self.patterns.get(range)) else {
                continue;
            };
            // What any word passes that may be the second.
            let (near, mut far) = (sieve(at + 1), None);
            for begun in begun {
                let passes = match begun.second {
                    Second::None => {
                        out.push(begun.alone(at));
                        continue;
                    }
                    Second::Next(tests) => tests & near,
                    Second::Within(tests) => {
                        let within = at + 1..at + 2 + GAP;
                        let all = || within.fold(0, |all, at| all | sieve(at));
                        tests & *far.get_or_insert_with(all)
                    }
                };
                if passes != 0 {
                    out.extend(rules.patterns.follow(begun.pattern, at, &tests));
                }
            }
        }
    }
}

fn range((from, to): Stretch) -> std::ops::Range<usize> {
    from as usize..to as usize
}

/// The lists are far from four thousand million long.
fn length(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::text::fold::fold_hash;

    #[test]
    fn a_word_is_known_as_it_is_looked_up() {
        let gazetteer = Gazetteer::builtin().expect("the vocabulary loads");
        let text =
            "Am 8. Juli 2026 trat ÖSTERREICH dem Abkommen bei, achtundachtzig Panzer ein Jahr lang";
        for file in gazetteer.rule_files() {
            let rules = LanguageRules::parse(file.path, file.text).expect("rules are read");
            let mut list = WordList::default();
            for round in 0..2 {
                for word in text.split(' ') {
                    let lower = word.to_lowercase();
                    let number = list.number(word, fold_hash(word), &rules);
                    let times: Vec<Word> = rules.time.of(&lower).collect();
                    assert_eq!(list.lower(number), lower, "{round}");
                    assert_eq!(list.times(number), times, "{word} {round}");
                    let counts = rules.attributes.is_one(&lower)
                        || rules.attributes.number(&lower).is_some();
                    assert_eq!(list.counts(number), counts, "{word} {round}");
                }
            }
        }
    }

    #[test]
    fn words_of_one_hash_are_told_apart() {
        let gazetteer = Gazetteer::builtin().expect("the vocabulary loads");
        let file = gazetteer.rule_files().next().expect("there are rules");
        let rules = LanguageRules::parse(file.path, file.text).expect("rules are read");
        let mut list = WordList::default();
        let words = ["Straße", "strasse", "STRASSE", "Norway", "Strasse"];
        for _ in 0..2 {
            let numbers = words.map(|word| list.number(word, fold_hash(word), &rules));
            assert_eq!(numbers, [0, 1, 2, 3, 4]);
        }
        assert_eq!(words.map(fold_hash)[1..3], [fold_hash("Straße"); 2]);
    }

    #[test]
    fn find_finds_what_every_pattern_finds() {
        let gazetteer = Gazetteer::builtin().expect("the vocabulary loads");
        let text = "Island trat gestern der Partnerschaft bei und unterzeichnete ein Abkommen Die beiden Länder \
                    wollen bei der Beschaffung von Panzern zusammenarbeiten Norway and Iceland have signed a letter \
                    of intent to jointly develop a missile and will take part in the exercise together with Sweden \
                    which reached a preliminary agreement with Finland The countries agreed to deliver ammunition";
        let words: Vec<&str> = text.split_whitespace().collect();
        for file in gazetteer.rule_files() {
            let rules = LanguageRules::parse(file.path, file.text).expect("rules are read");
            let mut list = WordList::default();
            let numbers: Vec<WordIx> = words
                .iter()
                .map(|w| list.number(w, fold_hash(w), &rules))
                .collect();
            let patterns = &rules.patterns;
            for (first, end) in [(0, words.len()), (3, 17), (20, 20)] {
                let mut found = Vec::new();
                list.find(&rules, &numbers, (first, end), &mut found);
                let passed: Vec<Vec<TestIx>> = words.iter().map(|w| passed(&rules, w)).collect();
                let tests = |at: usize| passed.get(at).filter(|_| at < end).map(Vec::as_slice);
                let mut plain = Vec::new();
                for (at, passed) in passed.iter().enumerate().take(end).skip(first) {
                    let mut begun = Vec::new();
                    patterns.begin_with(passed, &mut begun);
                    plain.extend(
                        begun
                            .iter()
                            .filter_map(|b| patterns.follow(b.pattern, at, &tests)),
                    );
                }
                assert_eq!(found, plain, "{} {first} {end}", file.path);
                if (first, end) == (0, words.len()) {
                    assert!(found.len() > 9, "{}", file.path);
                }
            }
        }
    }

    fn passed(rules: &LanguageRules, word: &str) -> Vec<TestIx> {
        let mut tests = Vec::new();
        rules.patterns.tests_of(&word.to_lowercase(), &mut tests);
        tests
    }
}
