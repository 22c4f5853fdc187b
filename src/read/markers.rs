//! The words by which the parts of a page are told: section `[read]` of `gazetteer/lang/*.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::phrases::{Head, Inside, Label, Tail, Words, is_word};
use super::spots::{Firsts, Spots};
use crate::gazetteer::{Gazetteer, ReadSection};

static BUILTIN: LazyLock<Markers> = LazyLock::new(|| {
    let languages = Gazetteer::builtin().map(Gazetteer::languages);
    let sections = languages.into_iter().flatten().filter_map(|language| {
        let section = language.section("read")?.ok()?;
        Some((language.code().to_owned(), section))
    });
    Markers::new(sections)
});

/// What is needed of each language by itself.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) code: String,
    pub(super) stop_words: BTreeSet<String>,
    /// Whether 03/04/2025 is the third of April.
    pub(super) day_first: bool,
}

/// The markers of all languages together: the frame of a page need not speak the language of its text.
#[derive(Debug, Default)]
pub(super) struct Markers {
    /// Sorted by code.
    pub(super) languages: Vec<Language>,
    /// Lower-case name to number, January = 1.
    pub(super) months: BTreeMap<String, i8>,
    /// Lower-case name to number, Monday = 1.
    pub(super) weekdays: BTreeMap<String, i8>,
    /// At the start of a unit, or alone.
    pub(super) patterns: Patterns,
    menu_words: BTreeSet<String>,
    hyphen_joins: BTreeSet<String>,
    hyphen_first_parts: Vec<String>,
}

impl Markers {
    /// Those of the gazetteer inside the program.
    pub(super) fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Those of languages, each with its code.
    fn new(sections: impl Iterator<Item = (String, ReadSection)>) -> Self {
        let mut all = Self::default();
        let mut lists = ReadSection::default();
        for (code, section) in sections {
            all.add(code, section, &mut lists);
        }
        all.patterns = Patterns::new(&lists);
        all
    }

    fn add(&mut self, code: String, section: ReadSection, lists: &mut ReadSection) {
        for (names, into) in [
            (&section.months, &mut self.months),
            (&section.weekdays, &mut self.weekdays),
        ] {
            for (number, names) in (1..).zip(names) {
                into.extend(names.iter().map(|name| (name.to_lowercase(), number)));
            }
        }
        self.menu_words.extend(lower(&section.menu_words));
        self.hyphen_joins.extend(lower(&section.hyphen_joins));
        self.hyphen_first_parts
            .extend(lower(&section.hyphen_first_parts));
        lists.date_labels.extend(section.date_labels);
        lists.teaser_heads.extend(section.teaser_heads);
        lists.teaser_tails.extend(section.teaser_tails);
        lists.caption_heads.extend(section.caption_heads);
        lists.caption_phrases.extend(section.caption_phrases);
        lists.noise_heads.extend(section.noise_heads);
        lists.noise_phrases.extend(section.noise_phrases);
        lists.bylines.extend(section.bylines);
        self.languages.push(Language {
            code,
            stop_words: section.stop_words,
            day_first: section.day_first,
        });
    }

    /// Whether `item` is an item of a menu or a share bar, or a row of them.
    pub(super) fn is_menu_word(&self, item: &str) -> bool {
        let item = item.trim().to_lowercase();
        let words = || item.split_whitespace();
        let known = words()
            .filter(|word| self.menu_words.contains(*word))
            .count();
        self.menu_words.contains(&item) || (known >= 3 && known * 2 >= words().count())
    }

    /// Whether a hyphen before `word` at a line end stands for a left-out word.
    pub(super) fn joins(&self, word: &str) -> bool {
        self.hyphen_joins.contains(word)
    }

    /// Whether the hyphen after `word` is its own.
    pub(super) fn first_part(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.hyphen_first_parts
            .iter()
            .any(|part| word.ends_with(part))
    }

    /// Whether a slash date in `language` has the day first.
    pub(super) fn day_first(&self, language: &str) -> bool {
        self.languages
            .iter()
            .any(|l| l.code == language && l.day_first)
    }
}

fn lower(words: &[String]) -> impl Iterator<Item = String> {
    words.iter().map(|word| word.to_lowercase())
}

/// The lists as matchers; all ignore case.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) teaser_head: Head,
    pub(super) teaser_tail: Tail,
    pub(super) caption_head: Head,
    pub(super) caption_phrase: Words,
    pub(super) noise_head: Head,
    pub(super) noise_phrase: Words,
    pub(super) byline: Head,
    pub(super) date_label: Label,
    pub(super) inside: Inside,
    /// What phrases that may stand anywhere begin with.
    anywhere: Firsts,
}

impl Patterns {
    fn new(lists: &ReadSection) -> Self {
        let parts = [
            &lists.teaser_heads,
            &lists.caption_heads,
            &lists.noise_heads,
        ];
        let heads: Vec<String> = parts.into_iter().flatten().cloned().collect();
        let caption_phrase = Words::new(&lists.caption_phrases);
        let noise_phrase = Words::new(&lists.noise_phrases);
        let inside = Inside::new(&heads);
        let mut anywhere = Firsts::default();
        caption_phrase.add_to(&mut anywhere);
        noise_phrase.add_to(&mut anywhere);
        inside.add_to(&mut anywhere);
        Self {
            teaser_head: Head::new(&lists.teaser_heads, after_teaser_head),
            teaser_tail: Tail::new(&lists.teaser_tails),
            caption_head: Head::new(&lists.caption_heads, after_caption_head),
            caption_phrase,
            noise_head: Head::new(&lists.noise_heads, after_noise_head),
            noise_phrase,
            byline: Head::new(&lists.bylines, after_byline),
            date_label: Label::new(&lists.date_labels),
            inside,
            anywhere,
        }
    }

    /// Where phrases that may stand anywhere can begin.
    pub(super) fn spots(&self, text: &str) -> Spots {
        Spots::of(text, &self.anywhere)
    }
}

impl Default for Patterns {
    /// Patterns that match nothing.
    fn default() -> Self {
        Self::new(&ReadSection::default())
    }
}

/// Blanks at the start and what is behind them.
fn blanks(rest: &str) -> (usize, &str) {
    let bare = rest.trim_start();
    (rest.len() - bare.len(), bare)
}

/// The first letter with its length, if it `fits`.
fn letter(text: &str, fits: impl Fn(char) -> bool) -> Option<usize> {
    let first = text.chars().next().filter(|c| fits(*c))?;
    Some(first.len_utf8())
}

/// A colon, a dash, an arrow, the end, or nothing but its own line.
fn after_teaser_head(rest: &str) -> Option<usize> {
    let (before, bare) = blanks(rest);
    let sign = letter(bare, |c| {
        matches!(c, ':' | '–' | '—' | '»' | '›' | '▸' | '>' | '|' | '…')
    });
    let dash = || Some(1 + letter(bare.strip_prefix('-')?, char::is_whitespace)?);
    let dots = || bare.starts_with("...").then_some(3);
    let end = || bare.is_empty().then_some(0);
    let sign = sign.or_else(dash).or_else(dots).or_else(end);
    let line = || rest.get(..before)?.rfind('\n').map(|at| at + 1);
    sign.map(|length| before + length).or_else(line)
}

/// A colon, slash or bar; or a colon behind brackets.
fn after_caption_head(rest: &str) -> Option<usize> {
    let (before, bare) = blanks(rest);
    let sign = letter(bare, |c| matches!(c, ':' | '/' | '|'));
    let brackets = || {
        let (inside, after) = bare.strip_prefix('(')?.split_once(')')?;
        after.starts_with(':').then_some(inside.len() + 3)
    };
    Some(before + sign.or_else(brackets)?)
}

/// A colon, a bar, an arrow, or the end of the unit.
fn after_noise_head(rest: &str) -> Option<usize> {
    let (before, bare) = blanks(rest);
    let sign = letter(bare, |c| matches!(c, ':' | '|' | '–' | '>' | '»'));
    let end = || matches!(bare, "" | ".").then_some(bare.len());
    Some(before + sign.or_else(end)?)
}

/// A colon or a bar; or a name, or `our` in `by our correspondent`.
fn after_byline(rest: &str) -> Option<usize> {
    let (before, bare) = blanks(rest);
    let sign = letter(bare, |c| matches!(c, ':' | '|'));
    let name = || letter(bare, char::is_uppercase).filter(|_| before > 0);
    let our = || {
        let (word, after) = bare.split_at_checked(3)?;
        let whole = before > 0 && word.eq_ignore_ascii_case("our");
        (whole && !after.starts_with(is_word)).then_some(3)
    };
    Some(before + sign.or_else(name).or_else(our)?)
}

#[cfg(test)]
mod tests;
