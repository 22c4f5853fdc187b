//! Splits a page into units: a paragraph, a list item, a line that stands for itself.

use super::markers::Markers;
use crate::document::BlockKind;
use crate::text::Span;

/// A run of lines that belong together, without blank space at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) span: Span,
    /// Number of the paragraph: what blank lines separate.
    pub(super) paragraph: usize,
    /// What the input format says it is.
    pub(super) marked: Option<BlockKind>,
}

/// The units of a text, in order.
pub(super) fn split(text: &str, markers: &Markers) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut paragraph = Vec::new();
    let mut number = 0;
    for line in lines(text) {
        if line.is_empty() {
            number += usize::from(!paragraph.is_empty());
            close(text, &mut paragraph, number, markers, &mut units);
        } else {
            paragraph.push(line);
        }
    }
    close(text, &mut paragraph, number + 1, markers, &mut units);
    units
}

/// The lines of a text without blank space at their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        Span::new(start, start + line.trim().len())
    })
}

/// Turns the lines of one paragraph into units.
fn close(text: &str, lines: &mut Vec<Span>, paragraph: usize, markers: &Markers, units: &mut Vec<Unit>) {
    let width = wrapped_width(text, lines);
    let mut open: Option<Span> = None;
    let mut last = Span::default();
    for line in lines.drain(..) {
        open = match open {
            Some(unit) if continues(last.of(text), line.of(text), width) => Some(unit.cover(line)),
            Some(unit) => {
                push(text, unit, paragraph, markers, units);
                Some(line)
            }
            None => Some(line),
        };
        last = line;
    }
    if let Some(unit) = open {
        push(text, unit, paragraph, markers, units);
    }
}

/// The line width in characters of a paragraph whose lines a layout wrapped.
fn wrapped_width(text: &str, lines: &[Span]) -> Option<usize> {
    let (_, before_last) = lines.split_last()?;
    let width = lines.iter().map(|line| line.of(text).chars().count()).max()?;
    let open = before_last.iter().filter(|line| !ends_sentence(line.of(text))).count();
    ((45..=130).contains(&width) && open * 2 >= before_last.len()).then_some(width)
}

/// Whether the sentence of `line` goes on in `next`.
fn continues(line: &str, next: &str, width: Option<usize>) -> bool {
    let Some(first) = next.split_whitespace().next() else {
        return false;
    };
    let length = line.chars().count();
    if next.starts_with(char::is_lowercase) && !ends_sentence(line) && length >= 30 {
        return true;
    }
    if bullet(next) {
        return false;
    }
    let slack = if ends_sentence(line) { 0 } else { 14 };
    width.is_some_and(|width| length + 1 + first.chars().count() + slack > width)
}

/// Whether a line begins like an item of a list, or with a time of day.
pub(super) fn bullet(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    if matches!(first, '•' | '▪' | '●' | '▸' | '►' | '>' | '›' | '·' | '–' | '—' | '-' | '*' | '+' | '"' | '§') {
        return first != '"' && (rest.starts_with(' ') || rest.starts_with(first));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = line.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits) && after.starts_with(['.', ')', ':', '/'])
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '“', '”', '»', '«', ')', ']', '’', '\'', '*'])
        .ends_with(['.', '!', '?', '…', ':'])
}

/// Adds a unit, cut where a caption, a teaser or noise begins in the middle of it.
fn push(text: &str, unit: Span, paragraph: usize, markers: &Markers, units: &mut Vec<Unit>) {
    let mut start = unit.start;
    for found in markers.patterns.inside.captures_iter(unit.of(text)) {
        if let Some(head) = found.get(1) {
            let at = unit.start + head.start();
            add(text, Span::new(start, at), paragraph, units);
            start = at;
        }
    }
    add(text, Span::new(start, unit.end), paragraph, units);
}

fn add(text: &str, span: Span, paragraph: usize, units: &mut Vec<Unit>) {
    let span = trim(text, span);
    if !span.is_empty() {
        units.push(Unit { span, paragraph, marked: None });
    }
}

/// A span without the blank space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}
