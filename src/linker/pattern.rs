//! Word patterns of the rules: `sign*`, `*ship`, `a|b`, `reached .. agreement`, found in one pass.

use rustc_hash::FxHashMap;

/// Up to so many tokens may stand in a `..`.
pub(super) const GAP: usize = 6;

/// A test on one word, already in small letters.
pub(super) type TestIx = u32;

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

/// A pattern whose first word was met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub(super) pattern: u32,
    label: u16,
    pub(super) second: Second,
}

/// The sieve of the tests of the second word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Second {
    /// There is none.
    None,
    /// It stands right behind the first.
    Next(u64),
    /// Others may stand between the two.
    Within(u64),
}

impl Begun {
    /// A pattern of one word.
    pub(super) fn alone(&self, at: usize) -> Hit {
        Hit {
            label: self.label,
            pattern: self.pattern,
            first: at,
            last: at,
        }
    }
}

/// A bit for each of some tests, which share the bits: what has none in common with another shares no test with it.
pub(super) fn sieve(tests: &[TestIx]) -> u64 {
    tests.iter().fold(0, |all, test| all | 1 << (test % 64))
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
}

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

    /// The tests that a word (in small letters) passes.
    pub(super) fn tests_of(&self, word: &str, out: &mut Vec<TestIx>) {
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
    }

    /// The patterns that may begin with a word that passes these tests.
    pub(super) fn begin_with(&self, tests: &[TestIx], out: &mut Vec<Begun>) {
        let all = tests.iter().map(|test| self.by_first.get(*test as usize));
        let all = all.flatten().flatten();
        out.extend(all.filter_map(|index| {
            let pattern = self.list.get(*index as usize)?;
            Some(Begun {
                pattern: *index,
                label: pattern.label,
                second: match pattern.steps.get(1) {
                    None => Second::None,
                    Some(step) if step.gap_before => Second::Within(sieve(&step.tests)),
                    Some(step) => Second::Next(sieve(&step.tests)),
                },
            })
        }));
    }

    /// A pattern whose first word is that with number `at`, if the others follow; `tests` tells which tests a word passes,
    /// none where the text ends.
    pub(super) fn follow<'t>(
        &self,
        pattern: u32,
        at: usize,
        tests: &impl Fn(usize) -> Option<&'t [TestIx]>,
    ) -> Option<Hit> {
        let found = self.list.get(pattern as usize)?;
        let mut last = at;
        for step in found.steps.iter().skip(1) {
            let reach = if step.gap_before { GAP } else { 0 };
            let words = last + 1..=last + 1 + reach;
            let mut words = words.map_while(|at| Some((at, tests(at)?)));
            let passes = |passed: &[TestIx]| passed.iter().any(|t| step.tests.contains(t));
            last = words.find(|(_, passed)| passes(passed))?.0;
        }
        Some(Hit {
            label: found.label,
            pattern,
            first: at,
            last,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(pattern: &str, text: &str) -> Vec<(usize, usize)> {
        let mut patterns = Patterns::default();
        patterns.add(pattern, 0);
        let lower = text.to_lowercase();
        let mut words: Vec<Vec<TestIx>> = Vec::new();
        for word in lower.split(' ') {
            words.push(Vec::new());
            patterns.tests_of(word, words.last_mut().expect("a word"));
        }
        let tests = |at: usize| words.get(at).map(Vec::as_slice);
        let mut out = Vec::new();
        for (at, passed) in words.iter().enumerate() {
            let mut begun = Vec::new();
            patterns.begin_with(passed, &mut begun);
            out.extend(
                begun
                    .iter()
                    .filter_map(|b| patterns.follow(b.pattern, at, &tests)),
            );
        }
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
