//! Word patterns of the rules: `sign*`, `*ship`, `a|b`, `reached .. agreement`, found in one pass.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use thread_local::ThreadLocal;

/// Up to so many tokens may stand in a `..`.
const GAP: usize = 6;

/// A test on one word, already in small letters.
type TestIx = u32;

/// One place of a pattern: any of its tests.
#[derive(Debug, Clone)]
struct Step {
    tests: Vec<TestIx>,
    gap_before: bool,
}

#[derive(Debug, Clone)]
struct Pattern {
    steps: Vec<Step>,
    label: u16,
    name: String,
}

/// A pattern found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// What the pattern was filed under.
    pub(super) label: u16,
    /// Which pattern it was.
    pub(super) pattern: u32,
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
}

/// Stands for the pattern of a hit that is a name.
pub(super) const NAME: u32 = u32::MAX;

/// All patterns of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    exact: FxHashMap<String, TestIx>,
    prefixes: FxHashMap<String, TestIx>,
    suffixes: FxHashMap<String, TestIx>,
    infixes: Vec<(String, TestIx)>,
    tests: u32,
    /// Bytes of the longest word of any pattern.
    longest: usize,
    list: Vec<Pattern>,
    /// Per test, the patterns that begin with it.
    by_first: Vec<Vec<u32>>,
    /// What each thread found out about words, remembered from text to text.
    known: Arc<ThreadLocal<RefCell<Passed>>>,
}

/// The tests that each word of a text passes.
type Passed = FxHashMap<Box<str>, Box<[TestIx]>>;

/// Words of a text are forgotten above this number, so that memory does not grow with the corpus.
const CACHE_LIMIT: usize = 100_000;

impl Patterns {
    /// Files `text` under `label`; ` / ` parts patterns of the same meaning.
    pub(super) fn add(&mut self, text: &str, label: u16) {
        for part in text.split(" / ") {
            self.add_one(part, label);
        }
    }

    fn add_one(&mut self, text: &str, label: u16) {
        let mut steps = Vec::new();
        let mut gap_before = false;
        for part in text.split_whitespace() {
            if part == ".." {
                gap_before = true;
                continue;
            }
            let tests = part.split('|').map(|word| self.test(word)).collect();
            steps.push(Step { tests, gap_before });
            gap_before = false;
        }
        let Some(first) = steps.first() else { return };
        let index = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        for &test in &first.tests {
            let at = test as usize;
            let count = self.by_first.len().max(at + 1);
            self.by_first.resize_with(count, Vec::new);
            if let Some(patterns) = self.by_first.get_mut(at) {
                patterns.push(index);
            }
        }
        self.list.push(Pattern {
            steps,
            label,
            name: text.replace('|', "/"),
        });
    }

    fn test(&mut self, word: &str) -> TestIx {
        let word = word.to_lowercase();
        let next = self.tests;
        let open = word.starts_with('*');
        let rest = word.trim_matches('*').to_owned();
        self.longest = self.longest.max(rest.len());
        let found = match (open, word.ends_with('*')) {
            (false, false) => *self.exact.entry(rest).or_insert(next),
            (false, true) => *self.prefixes.entry(rest).or_insert(next),
            (true, false) => *self.suffixes.entry(rest).or_insert(next),
            (true, true) => {
                if let Some((_, test)) = self.infixes.iter().find(|(w, _)| *w == rest) {
                    *test
                } else {
                    self.infixes.push((rest, next));
                    next
                }
            }
        };
        self.tests = next.max(found + 1);
        found
    }

    /// The pattern as written in the rules, with `/` for `|`, which parts the names of observations.
    pub(super) fn name(&self, pattern: u32) -> &str {
        self.list
            .get(pattern as usize)
            .map_or("", |p| p.name.as_str())
    }

    fn tests_of(&self, word: &str) -> Box<[TestIx]> {
        let mut out = Vec::new();
        out.extend(self.exact.get(word));
        // A word may be as long as the text: what is longer than any pattern is not looked up.
        for (at, c) in word.char_indices() {
            let end = at + c.len_utf8();
            if end <= self.longest {
                out.extend(self.prefixes.get(&word[..end]));
            }
            if word.len() - at <= self.longest {
                out.extend(self.suffixes.get(&word[at..]));
            }
        }
        out.extend(
            self.infixes
                .iter()
                .filter(|(part, _)| word.contains(part.as_str()))
                .map(|(_, test)| *test),
        );
        out.into_boxed_slice()
    }

    /// Finds every pattern among `words` (in small letters); `breaks(i)` tells that a sentence or
    /// clause ends before word `i`, which no pattern crosses.
    pub(super) fn find(&self, words: &[&str], breaks: &dyn Fn(usize) -> bool, out: &mut Vec<Hit>) {
        let mut known = self.known.get_or_default().borrow_mut();
        if known.len() > CACHE_LIMIT {
            known.clear();
        }
        for word in words {
            if !known.contains_key(*word) {
                known.insert(Box::from(*word), self.tests_of(word));
            }
        }
        let tests: Vec<&[TestIx]> = words
            .iter()
            .map(|w| known.get(*w).map_or(&[][..], |t| &t[..]))
            .collect();
        for (at, passed) in tests.iter().enumerate() {
            for test in *passed {
                for &index in self.by_first.get(*test as usize).into_iter().flatten() {
                    let pattern = &self.list[index as usize];
                    if let Some(last) = follow(&pattern.steps[1..], at, &tests, breaks) {
                        out.push(Hit {
                            label: pattern.label,
                            pattern: index,
                            first: at,
                            last,
                        });
                    }
                }
            }
        }
    }
}

/// Where the rest of a pattern ends that began at word `at`.
fn follow(
    steps: &[Step],
    mut at: usize,
    tests: &[&[TestIx]],
    breaks: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    for step in steps {
        let reach = if step.gap_before { GAP } else { 0 };
        at = (at + 1..=at + 1 + reach)
            .take_while(|&i| i < tests.len() && !breaks(i))
            .find(|&i| tests[i].iter().any(|t| step.tests.contains(t)))?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(pattern: &str, text: &str) -> Vec<(usize, usize)> {
        let mut patterns = Patterns::default();
        patterns.add(pattern, 0);
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let mut out = Vec::new();
        patterns.find(&words, &|_| false, &mut out);
        out.iter().map(|h| (h.first, h.last)).collect()
    }

    #[test]
    fn pattern_finds() {
        for (pattern, text, expected) in [
            ("sign*", "Both signed it", vec![(1, 1)]),
            (
                "*abkommen",
                "das Abkommen ein Rahmenabkommen",
                vec![(1, 1), (3, 3)],
            ),
            ("*krieg*", "der Angriffskrieges", vec![(1, 1)]),
            ("a|b c", "b c a d", vec![(0, 1)]),
            (
                "trat .. bei",
                "Island trat gestern der Partnerschaft bei",
                vec![(1, 5)],
            ),
            ("trat .. bei", "trat a b c d e f g bei", vec![]),
            ("sign", "signed", vec![]),
            ("beitr* / trat .. bei", "er trat dem Pakt bei", vec![(1, 4)]),
            ("beitr* / trat .. bei", "der Beitritt", vec![(1, 1)]),
        ] {
            assert_eq!(hits(pattern, text), expected, "{pattern} in {text:?}");
        }
    }
}
