//! The matchers against the regular expressions that say the same.

use regex::Regex;

use super::super::phrases::Words;
use super::{Markers, Patterns};
use crate::gazetteer::{Gazetteer, ReadSection};
use crate::text::Span;

/// All lists of the vocabulary.
fn lists() -> ReadSection {
    let mut lists = ReadSection::default();
    for language in Gazetteer::builtin().unwrap().languages() {
        if let Some(section) = language.section("read") {
            Markers::default().add(language.code().to_owned(), section.unwrap(), &mut lists);
        }
    }
    lists
}

/// An alternation of `words`, the longer before the shorter.
fn any(words: &[String]) -> String {
    let mut words: Vec<_> = words
        .iter()
        .map(|word| regex::escape(word).replace(' ', r"\s+"))
        .collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words.join("|")
}

fn start(words: &[String], tail: &str) -> Regex {
    let words = any(words);
    Regex::new(&format!(r"(?i)^[^\p{{L}}\p{{N}}]{{0,4}}(?:{words}){tail}")).unwrap()
}

fn phrases(words: &[String]) -> Regex {
    let words = any(words);
    let edge = r"[^\p{L}\p{N}]";
    Regex::new(&format!(r"(?i)(?:^|{edge})(?:{words})(?:$|{edge})")).unwrap()
}

/// What the lists find, written as regular expressions.
struct Oracle {
    heads: [Regex; 4],
    phrases: [Regex; 2],
    teaser_tail: Regex,
    date_label: Regex,
    inside: Regex,
}

impl Oracle {
    fn new(lists: &ReadSection) -> Self {
        let parts = [
            &lists.teaser_heads,
            &lists.caption_heads,
            &lists.noise_heads,
        ];
        let heads: Vec<String> = parts.into_iter().flatten().cloned().collect();
        Self {
            heads: [
                start(&lists.teaser_heads, r"\s*(?:$|\n|[:–—»›▸>|]|-\s|\.{3}|…)"),
                start(&lists.caption_heads, r"\s*(?:[:/|]|\([^)]*\):)"),
                start(&lists.noise_heads, r"\s*(?:$|[:|–>»]|\.$)"),
                start(&lists.bylines, r"(?:\s*[:|]|\s+(?-i:\p{Lu})|\s+our\b)"),
            ],
            phrases: [
                phrases(&lists.caption_phrases),
                phrases(&lists.noise_phrases),
            ],
            teaser_tail: Regex::new(&format!(
                r"(?i)(?:{})[\s.…»›>→)]*$",
                any(&lists.teaser_tails)
            ))
            .unwrap(),
            date_label: Regex::new(&format!(r"(?i)\b(?:{})\b[\s:]*", any(&lists.date_labels)))
                .unwrap(),
            inside: Regex::new(&format!(
                r"(?i)(?:[.!?)\]»”\x22]\s+|\s{{2,}}|\s[–—|·•*]\s+)((?:{})\s*:\s)",
                any(&heads)
            ))
            .unwrap(),
        }
    }

    /// What is found in a text, in one comparable value.
    fn found(&self, text: &str) -> Vec<Vec<usize>> {
        let end = |r: &Regex| r.find(text).map(|m| m.end()).into_iter().collect();
        let mut all: Vec<Vec<usize>> = self.heads.iter().map(end).collect();
        let count = |r: &Regex| vec![r.find_iter(text).count()];
        all.extend(self.phrases.iter().map(count));
        all.push(vec![usize::from(self.teaser_tail.is_match(text))]);
        let label = self.date_label.find(text);
        all.push(label.map_or(Vec::new(), |m| vec![m.start(), m.end()]));
        let heads = self.inside.captures_iter(text);
        all.push(heads.map(|c| c.get(1).unwrap().start()).collect());
        all
    }
}

impl Patterns {
    fn found(&self, text: &str) -> Vec<Vec<usize>> {
        let heads = [
            &self.teaser_head,
            &self.caption_head,
            &self.noise_head,
            &self.byline,
        ];
        let mut all: Vec<Vec<usize>> = heads
            .iter()
            .map(|head| head.end(text).into_iter().collect())
            .collect();
        let phrases = [&self.caption_phrase, &self.noise_phrase];
        let (spots, whole) = (self.spots(text), Span::new(0, text.len()));
        let counts = |words: &Words| words.count_at(text, spots.within(whole));
        all.extend(phrases.iter().map(|words| vec![counts(words)]));
        all.push(vec![usize::from(self.teaser_tail.is_match(text))]);
        let label = self.date_label.find(text);
        all.push(label.map_or(Vec::new(), |span| vec![span.start, span.end]));
        all.push(self.inside.starts(text, spots.within(whole)));
        all
    }
}

/// What stands between phrases.
const SIGNS: [&str; 36] = [
    " ", "  ", "\n", ": ", ":", " : ", "|", " | ", ". ", "... ", "…", " - ", "-", " – ", "»", "> ",
    "(", ") ", "(A):", "\u{A0}", "/", "\t", "* ", " • ", "\" ", "!", "?  ", " our ", "Oslo ",
    "oslo", "x", "Ä", "1", "_", ".", "",
];

#[test]
fn matchers_find_what_the_expressions_find() {
    let lists = lists();
    let (oracle, patterns) = (Oracle::new(&lists), Patterns::new(&lists));
    let words: Vec<&String> = [
        &lists.teaser_heads,
        &lists.teaser_tails,
        &lists.caption_heads,
        &lists.caption_phrases,
        &lists.noise_heads,
        &lists.noise_phrases,
        &lists.bylines,
        &lists.date_labels,
    ]
    .into_iter()
    .flatten()
    .collect();
    assert!(words.len() > 100, "{}", words.len());
    // A simple generator is enough, and gives the same texts every time.
    let mut state = 1_u64;
    let mut below = |limit: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut hits = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=below(4) {
            text.push_str(SIGNS[below(SIGNS.len())]);
            let word = words[below(words.len())];
            match below(4) {
                0 => text.push_str(&word.to_uppercase()),
                1 => text.push_str(&word.to_lowercase()),
                _ => text.push_str(word),
            }
            text.push_str(SIGNS[below(SIGNS.len())]);
            text.push_str(SIGNS[below(SIGNS.len())]);
        }
        let expected = oracle.found(&text);
        hits += usize::from(expected.iter().flatten().any(|found| *found > 0));
        assert_eq!(patterns.found(&text), expected, "{text:?}");
    }
    assert!(hits > 10_000, "{hits}");
}

#[test]
fn the_vocabulary_has_dates_for_readers() {
    let markers = Markers::builtin();
    assert!(markers.languages.len() >= 2, "no [read] section in lang/");
    for number in 1..=12 {
        let named = markers.months.values().any(|month| *month == number);
        assert!(named, "no month {number}");
    }
}
