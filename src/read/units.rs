//! Splits a page into units: a paragraph, a list item, a line that stands for itself.

use super::markers::Markers;
use super::spots::Spots;
use crate::document::BlockKind;
use crate::text::Span;

/// Lines longer than this many characters are paragraphs, not lines that a layout wrapped.
const WIDEST: usize = 130;

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
pub(super) fn split(text: &str, spots: &Spots, markers: &Markers) -> Vec<Unit> {
    let page = Page {
        text,
        spots,
        markers,
    };
    let width = wrapped_width(text);
    let mut units = Vec::new();
    let mut open: Option<(Span, Span)> = None;
    let mut paragraph = 0;
    for line in lines(text) {
        open = match open {
            Some((unit, last)) if continues(last.of(text), line.of(text), width) => {
                Some((unit.cover(line), line))
            }
            Some((unit, _)) => {
                page.push(unit, paragraph, &mut units);
                paragraph += usize::from(line.is_empty());
                Some((line, line)).filter(|_| !line.is_empty())
            }
            None => Some((line, line)).filter(|_| !line.is_empty()),
        };
    }
    if let Some((unit, _)) = open {
        page.push(unit, paragraph, &mut units);
    }
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

/// The line width in characters of a text that a layout wrapped: many lines are almost that long.
fn wrapped_width(text: &str) -> Option<usize> {
    let lines = text.lines().map(str::trim);
    let lines = lines.map(|line| (line, line.chars().count()));
    let lines: Vec<(&str, usize)> = lines.filter(|(_, length)| *length > 0).collect();
    let lengths = || lines.iter().map(|(_, length)| *length);
    let width = lengths().filter(|length| *length <= WIDEST).max()?;
    if width < 45 {
        return None;
    }
    let longer = lengths().filter(|length| *length > WIDEST).count();
    let full = lines
        .iter()
        .filter(|(line, length)| (width * 3 / 4..=WIDEST).contains(length) && !ends_sentence(line));
    (full.count() >= 3.max(longer * 6)).then_some(width)
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
    let bracketed = next.starts_with('(') && next.ends_with(')');
    if bullet(next) || bracketed {
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
    if matches!(
        first,
        '•' | '▪'
            | '●'
            | '▸'
            | '►'
            | '>'
            | '›'
            | '·'
            | '–'
            | '—'
            | '-'
            | '*'
            | '+'
            | '"'
            | '§'
    ) {
        return first != '"' && (rest.starts_with(' ') || rest.starts_with(first));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = line.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits)
        && (after.starts_with(['.', ')', ':', '/']) || after.starts_with("  "))
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '“', '”', '»', '«', ')', ']', '’', '\'', '*'])
        .ends_with(['.', '!', '?', '…', ':'])
}

/// What units are cut from.
struct Page<'a> {
    text: &'a str,
    spots: &'a Spots,
    markers: &'a Markers,
}

impl Page<'_> {
    /// Adds a unit, cut where a caption, a teaser or noise begins in the middle of it.
    fn push(&self, unit: Span, paragraph: usize, units: &mut Vec<Unit>) {
        let inner = unit.of(self.text);
        let patterns = &self.markers.patterns;
        let heads = patterns.inside.starts(inner, self.spots.within(unit));
        let mut start = unit.start;
        for at in heads
            .into_iter()
            .chain(noise_in_brackets(inner, self.markers))
        {
            if unit.start + at > start {
                add(
                    self.text,
                    Span::new(start, unit.start + at),
                    paragraph,
                    units,
                );
                start = unit.start + at;
            }
        }
        add(self.text, Span::new(start, unit.end), paragraph, units);
    }
}

/// Where a note in brackets at the end of a paragraph begins that is noise: `(Editing by ...)`.
fn noise_in_brackets(unit: &str, markers: &Markers) -> Option<usize> {
    let closed = unit.ends_with(')').then_some(unit)?;
    let at = closed.rfind(" (")? + 1;
    let note = unit.get(at..)?;
    markers.patterns.noise_phrase.is_match(note).then_some(at)
}

fn add(text: &str, span: Span, paragraph: usize, units: &mut Vec<Unit>) {
    let span = trim(text, span);
    if !span.is_empty() {
        units.push(Unit {
            span,
            paragraph,
            marked: None,
        });
    }
}

/// A span without the blank space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}
