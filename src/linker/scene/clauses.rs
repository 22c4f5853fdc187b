//! Which names of a sentence are coordinated, and in which clause each stands.

use super::{Carried, Item, Scene, starts_with_capital};
use crate::linker::attribute::Attribute;
use crate::linker::pattern::Hit;
use crate::linker::rules::{Cue, Meaning, Prep};

impl Scene<'_> {
    /// Gives items of one list the same number.
    pub(super) fn number_lists(&mut self) {
        for index in 0..self.items.len() {
            self.items[index].list = index;
            if index > 0 && self.coordinated(&self.items[index - 1], &self.items[index]) {
                self.items[index].list = self.items[index - 1].list;
            }
        }
    }

    /// The preposition right before an item or its article.
    fn before(&self, item: &Item) -> Option<Prep> {
        let tokens = (self.sentence.first..item.first).rev().take(2);
        let mut words = tokens.map(|token| self.used(token));
        words.find(|used| !used.article).and_then(|used| used.prep)
    }

    /// Whether nothing but conjunctions, commas, articles, adjectives and adverbs stands between two items, and at most
    /// the preposition of the first once more (`with Denmark and now also with Iceland`).
    fn coordinated(&self, a: &Item, b: &Item) -> bool {
        if b.first <= a.last || b.first - a.last > 5 {
            return b.first == a.last;
        }
        let mut linked = false;
        for token in a.last + 1..=b.first {
            let gap = self.page.gaps[token];
            if gap.hard {
                return false;
            }
            linked |= gap.comma || (gap.joined && token == b.first);
            if token == b.first {
                break;
            }
            let used = self.used(token);
            let possessive = self.page.word(token) == "s";
            let adjective = used.noun.is_some() || !starts_with_capital(self.page.surface(token));
            if used.trigger.is_some() && used.noun.is_none() {
                return false;
            }
            linked |= used.conjunction;
            if !(used.conjunction
                || used.article
                || possessive
                || (adjective && (used.prep.is_none() || used.prep == self.before(a))))
            {
                return false;
            }
        }
        linked
    }

    pub(super) fn number_clauses(&mut self) {
        let mut clause = 0;
        let first = self.sentence.first;
        self.clauses.reserve(self.sentence.end - first);
        for token in first..self.sentence.end {
            if token > first && self.opens_clause(token) {
                clause += 1;
            }
            self.clauses.push(clause);
        }
        for index in 0..self.items.len() {
            self.items[index].clause = self.clause(self.items[index].first);
        }
    }

    /// A clause that a word of contrast opens and that names somebody under no preposition: not `während eines
    /// Besuchs in Kanada`, `while visiting Canada`.
    pub(super) fn find_asides(&mut self) {
        let contrast = |h: &&Hit| self.meaning(h) == Meaning::Cue(Cue::Contrast);
        let opens = |h: &&Hit| {
            h.first == self.sentence.first || self.clause(h.first) != self.clause(h.first - 1)
        };
        let claims = |h: &&Hit| !self.triggers().any(|(_, t)| t.first == h.last + 1);
        let words = self
            .hits
            .iter()
            .filter(contrast)
            .filter(opens)
            .filter(claims);
        let clauses = words.map(|h| self.clause(h.first));
        let bare = |i: &Item| i.carried == Carried::No && i.prep.is_none() && !i.genitive;
        let named = |clause: &usize| self.items.iter().any(|i| i.clause == *clause && bare(i));
        self.asides = clauses.filter(named).collect();
    }

    /// Whether two items of a sentence have nothing to do with each other: a clause of contrast parts them, or one
    /// only says what the other is quoted to do.
    pub(in crate::linker) fn parted(&self, x: &Item, y: &Item) -> bool {
        x.clause != y.clause && (self.set_aside(x, y) || self.quotes(x, y) || self.quotes(y, x))
    }

    /// Whether a clause of contrast parts two items.
    pub(in crate::linker) fn set_aside(&self, x: &Item, y: &Item) -> bool {
        let aside = |i: &Item| i.carried == Carried::No && self.asides.contains(&i.clause);
        x.clause != y.clause && (aside(x) || aside(y))
    }

    /// Whether `x` stands beside a verb of saying, quotation marks are between the two, and nobody says `we`.
    fn quotes(&self, x: &Item, y: &Item) -> bool {
        let says = |h: &Hit| {
            self.meaning(h) == Meaning::Attribute(Attribute::Says)
                && (h.last + 1 == x.first || x.last + 1 == h.first)
        };
        let we = |h: &Hit| self.meaning(h) == Meaning::Cue(Cue::We);
        let (from, to) = (x.last.min(y.last) + 1, x.first.max(y.first));
        let here = x.carried == Carried::No && y.carried == Carried::No;
        here && (from..=to).any(|t| self.page.gaps.get(t).is_some_and(|g| g.quote))
            && self.hits.iter().any(says)
            && !self.hits.iter().any(we)
    }

    fn opens_clause(&self, token: usize) -> bool {
        let gap = self.page.gaps[token];
        if gap.hard {
            return true;
        }
        let bound = || self.inside_list(token) || self.between_adjectives(token);
        gap.comma && !bound() || self.opens_relative(token)
    }

    /// Whether a comma parts two adjectives of one noun (`neuer, hochmoderner U-Boote`): both end alike.
    fn between_adjectives(&self, token: usize) -> bool {
        let (before, after) = (self.page.surface(token - 1), self.page.surface(token));
        let alike = |end: &String| before.ends_with(end) && after.ends_with(end);
        let noun = self.page.tokens.get(token + 1).is_some()
            && starts_with_capital(self.page.surface(token + 1));
        let small = |word: &str| word.len() > 4 && !starts_with_capital(word);
        noun && small(before) && small(after) && self.rules.adjective_endings.iter().any(alike)
    }

    /// `the gaps through which`, `the tanks that`: opened by the word, or by the preposition before it.
    fn opens_relative(&self, token: usize) -> bool {
        let opener = |at: usize| self.used(at).opener;
        let led = |at: usize| self.used(at).prep.is_some() && opener(at + 1);
        let led_before = token > self.sentence.first && led(token - 1);
        led(token) || opener(token) && !led_before
    }

    fn inside_list(&self, token: usize) -> bool {
        let after = self.items.partition_point(|i| i.first < token);
        let (Some(left), Some(right)) = (
            after.checked_sub(1).and_then(|i| self.items.get(i)),
            self.items.get(after),
        ) else {
            return false;
        };
        left.list == right.list
    }
}

#[cfg(test)]
mod tests {
    use crate::linker::sample::{Rows, scene};

    #[test]
    fn where_clauses_begin_and_whom_they_part() {
        let mut rows = Rows::default();
        // language, sentence with a bar before each clause but the first, whether its first name is parted from its last
        for (language, sentence, parted) in [
            (
                "en",
                "Norway guards the gaps |through which Russian boats pass.",
                true,
            ),
            (
                "en",
                "Norway guards the gaps, |through which Russian boats pass.",
                true,
            ),
            (
                "en",
                "Norway led an exercise |in which Danish boats took part.",
                false,
            ),
            (
                "en",
                "Norway sails through the straits with Danish boats.",
                false,
            ),
            (
                "en",
                "Norway bought the tanks |that Spain had offered.",
                false,
            ),
            (
                "de",
                "Norwegen bewacht die Rohre, |über denen russische Kutter treiben.",
                true,
            ),
            (
                "de",
                "Norwegen plant den Bau neuer, hochmoderner Boote mit Dänemark.",
                false,
            ),
            (
                "de",
                "Wenn Norwegen und Spanien üben wollen, |sollen Schiffe Dänemarks helfen.",
                false,
            ),
        ] {
            let text = sentence.replace('|', "");
            let (clauses, is_parted) = scene(language, "2026-01-05", &text, |s| {
                let tokens = s.sentence.first..s.sentence.end;
                let begins =
                    |at: &usize| *at > s.sentence.first && s.clause(*at) != s.clause(at - 1);
                let begins: Vec<usize> = tokens
                    .filter(begins)
                    .map(|at| s.page.tokens[at].span.start)
                    .collect();
                let ends = s.items.first().zip(s.items.last());
                (begins, ends.is_some_and(|(x, y)| s.set_aside(x, y)))
            });
            let bars = sentence.match_indices('|').enumerate();
            rows.same(sentence, clauses, bars.map(|(n, (at, _))| at - n).collect());
            rows.same(sentence, is_parted, parted);
        }
        rows.end();
    }
}
