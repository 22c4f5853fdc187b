//! The words by which the parts of a page are told: section `[read]` of `gazetteer/lang/*.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use regex::Regex;
use serde::Deserialize;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/gazetteer/lang");
static BUILTIN: LazyLock<Markers> = LazyLock::new(|| {
    let files = FILES.files().filter_map(|file| {
        let code = file.path().file_stem()?.to_str()?;
        Some((code.to_owned(), file.contents_utf8()?.to_owned()))
    });
    Markers::new(files.collect()).unwrap_or_default()
});

/// What the section of one language holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    stop_words: BTreeSet<String>,
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    day_first: bool,
    date_labels: Vec<String>,
    teaser_heads: Vec<String>,
    teaser_tails: Vec<String>,
    caption_heads: Vec<String>,
    caption_phrases: Vec<String>,
    noise_heads: Vec<String>,
    noise_phrases: Vec<String>,
    menu_words: Vec<String>,
    bylines: Vec<String>,
    hyphen_joins: Vec<String>,
    hyphen_first_parts: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    read: Option<Section>,
}

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

/// The lists as patterns; all ignore case.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) teaser_head: Regex,
    pub(super) teaser_tail: Regex,
    pub(super) caption_head: Regex,
    pub(super) caption_phrase: Regex,
    pub(super) noise_head: Regex,
    pub(super) noise_phrase: Regex,
    pub(super) byline: Regex,
    pub(super) date_label: Regex,
    /// A head in the middle of a line, after the end of a sentence or a separator: group 1.
    pub(super) inside: Regex,
}

impl Markers {
    /// Those of the gazetteer inside the program.
    pub(super) fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads `(language code, file text)` pairs.
    fn new(mut files: Vec<(String, String)>) -> Result<Self, Box<dyn std::error::Error>> {
        files.sort();
        let mut all = Self::default();
        let mut lists = Section::default();
        for (code, text) in files {
            let Some(section) = toml::from_str::<File>(&text)?.read else {
                continue;
            };
            all.add(code, section, &mut lists);
        }
        all.patterns = Patterns::new(&lists)?;
        Ok(all)
    }

    fn add(&mut self, code: String, section: Section, lists: &mut Section) {
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

impl Patterns {
    fn new(lists: &Section) -> Result<Self, regex::Error> {
        let start = |words: &[String], tail: &str| {
            Regex::new(&format!(
                r"(?i)^[^\p{{L}}\p{{N}}]{{0,4}}(?:{}){tail}",
                any(words)
            ))
        };
        // a head is followed by a colon, a dash, an arrow, the end, or nothing but its own line
        let head = r"\s*(?:$|\n|[:–—»›▸>|]|-\s|\.{3}|…)";
        let mut heads = lists.teaser_heads.clone();
        heads.extend(
            lists
                .caption_heads
                .iter()
                .chain(&lists.noise_heads)
                .cloned(),
        );
        Ok(Self {
            teaser_head: start(&lists.teaser_heads, head)?,
            teaser_tail: Regex::new(&format!(
                r"(?i)(?:{})[\s.…»›>→)]*$",
                any(&lists.teaser_tails)
            ))?,
            caption_head: start(&lists.caption_heads, r"\s*(?:[:/|]|\([^)]*\):)")?,
            caption_phrase: phrases(&lists.caption_phrases)?,
            noise_head: start(&lists.noise_heads, r"\s*(?:$|[:|–>»]|\.$)")?,
            noise_phrase: phrases(&lists.noise_phrases)?,
            byline: start(&lists.bylines, r"(?:\s*[:|]|\s+(?-i:\p{Lu})|\s+our\b)")?,
            date_label: Regex::new(&format!(r"(?i)\b(?:{})\b[\s:]*", any(&lists.date_labels)))?,
            inside: Regex::new(&format!(
                r"(?i)(?:[.!?)\]»”\x22]\s+|\s{{2,}}|\s[–—|·•*]\s+)((?:{})\s*:\s)",
                any(&heads)
            ))?,
        })
    }
}

impl Default for Patterns {
    /// Patterns that match nothing.
    fn default() -> Self {
        let none = || Regex::new(r"[^\s\S]").unwrap_or_else(|_| unreachable!("a constant pattern"));
        Self {
            teaser_head: none(),
            teaser_tail: none(),
            caption_head: none(),
            caption_phrase: none(),
            noise_head: none(),
            noise_phrase: none(),
            byline: none(),
            date_label: none(),
            inside: none(),
        }
    }
}

/// An alternation of `words`, the longer before the shorter; nothing if there are none.
fn any(words: &[String]) -> String {
    let mut words: Vec<_> = words
        .iter()
        .map(|word| regex::escape(word).replace(' ', r"\s+"))
        .collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    if words.is_empty() {
        String::from(r"[^\s\S]")
    } else {
        words.join("|")
    }
}

/// Any of `words` anywhere, not inside a longer word.
fn phrases(words: &[String]) -> Result<Regex, regex::Error> {
    Regex::new(&format!(
        r"(?i)(?:^|[^\p{{L}}\p{{N}}])(?:{})(?:$|[^\p{{L}}\p{{N}}])",
        any(words)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_sections_are_sound() {
        let files = FILES.files().map(|file| {
            let code = file
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (code, file.contents_utf8().unwrap().to_owned())
        });
        let markers = Markers::new(files.collect()).unwrap();
        assert!(
            markers.languages.len() >= 2,
            "no [read] section in gazetteer/lang"
        );
        for number in 1..=12 {
            assert!(
                markers.months.values().any(|m| *m == number),
                "no month {number}"
            );
        }
    }
}
