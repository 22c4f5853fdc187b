//! Menus, share bars and rows of pointers: lines that separators divide into items.

use std::sync::LazyLock;

use regex::Regex;

use super::glance::is_striking;
use super::units::{ends_sentence, trim};
use crate::text::Span;

/// `A ++ B ++ C`: short items between plus signs, none of them a time.
pub(super) fn is_ticker(unit: &str) -> bool {
    if memchr::memchr(b'+', unit.as_bytes()).is_none() || !unit.contains("++") {
        return false;
    }
    let parts: Vec<_> = unit
        .split("++")
        .map(|part| part.trim_matches(['+', ' ']))
        .collect();
    let timed = parts
        .iter()
        .any(|part| !part.contains(char::is_alphabetic) && part.contains(':'));
    let long = parts
        .iter()
        .any(|part| part.split_whitespace().count() > 16);
    (parts.len() > 2 || unit.starts_with("++")) && !timed && !long
}

/// What divides the items of menus and rows of pointers, and nothing in a sentence.
static STRONG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\||\t|\s{3,}|\s(?:[·•●▪▸»›☰⤴▶]|//)\s").ok());
/// Two spaces, which old typing puts after a sentence too.
static GAP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\s.!?:]( {2})[^\s]").ok());
/// What divides pointers in a line that is known to hold some.
static WEAK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\+{2,}|\s(?:[/>]|--?)\s").ok());

/// Where a line has separators that no sentence has.
pub(super) fn separators(unit: &str) -> Vec<Span> {
    if !may_hold_separators(unit) {
        return Vec::new();
    }
    let find = |pattern: &LazyLock<Option<Regex>>, group| -> Vec<Span> {
        let Some(pattern) = pattern.as_ref() else {
            return Vec::new();
        };
        let found = pattern.captures_iter(unit).filter_map(|c| c.get(group));
        found.map(|m| Span::new(m.start(), m.end())).collect()
    };
    let strong = find(&STRONG, 0);
    if strong.is_empty() && is_ticker(unit) {
        return find(&WEAK, 0);
    }
    let gaps = find(&GAP, 1);
    if strong.is_empty() && gaps.len() >= 2 && !ends_sentence(unit) {
        return gaps;
    }
    strong
}

/// Whether a line may have a separator: most have no byte of one, and no pattern need look at them.
fn may_hold_separators(unit: &str) -> bool {
    is_striking(unit) && (unit.contains(is_sign) || has_blanks(unit))
}

/// A sign that no word has, or blank space that is no ASCII.
fn is_sign(c: char) -> bool {
    match c {
        '|' | '\t' | '/' | '+' | '·' | '•' | '●' | '▪' | '▸' | '»' | '›' | '☰' | '⤴' | '▶' => {
            true
        }
        c => !c.is_ascii() && c.is_whitespace(),
    }
}

/// Whether two blanks stand together.
fn has_blanks(unit: &str) -> bool {
    let blank = |byte: u8| byte.is_ascii_whitespace() || byte == 0xB;
    unit.as_bytes()
        .windows(2)
        .any(|pair| pair.iter().all(|&byte| blank(byte)))
}

/// Whether a line has separators that no sentence has.
pub(super) fn has_separators(unit: &str) -> bool {
    !separators(unit).is_empty()
}

/// The items of a line that separators divide; the whole line if none do.
pub(super) fn items(text: &str, span: Span) -> Vec<Span> {
    cut(text, span, separators(span.of(text)))
}

/// The items of a line of pointers.
pub(super) fn pointers(text: &str, span: Span) -> Vec<Span> {
    let unit = span.of(text);
    let mut cuts = separators(unit);
    if let Some(weak) = WEAK.as_ref().filter(|_| cuts.is_empty()) {
        cuts.extend(weak.find_iter(unit).map(|m| Span::new(m.start(), m.end())));
    }
    cut(text, span, cuts)
}

/// The parts of `span` between `cuts`, which count from its start.
fn cut(text: &str, span: Span, cuts: Vec<Span>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start;
    for cut in cuts.into_iter().chain([Span::new(span.len(), span.len())]) {
        let item = trim(text, Span::new(start, (span.start + cut.start).max(start)));
        found.extend(Some(item).filter(|item| !no_letters(item.of(text))));
        start = span.start + cut.end;
    }
    found
}

fn no_letters(item: &str) -> bool {
    !item.contains(char::is_alphanumeric)
}
