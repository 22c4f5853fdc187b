//! Finds the day a text was published: in datelines and labelled lines, never in running text.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use super::markers::Markers;
use crate::document::{Block, BlockKind};

/// How many bytes of the page count as its top.
const TOP: usize = 1500;
/// A line with a date and at most this many further words is a dateline.
const FEW: usize = 14;

static ISO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?:\b|T)").ok());
static DOTS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b").ok());
static SLASHES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\b|\p{Lu})").ok());
static DAY_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(\d{1,2})(?:\.|st|nd|rd|th)?\s+(\p{L}{3,})\.?,?\s+(\d{4})(?:\b|\p{Lu})").ok()
});
static NAME_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\b|\p{Lu})").ok()
});

static IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)")
        .ok()
});

/// The day in a metadata field: ISO 8601 (a time may follow), or one of the forms of a dateline.
pub(super) fn metadata(value: &str) -> Option<Date> {
    let value = value.trim();
    let markers = Markers::builtin();
    first(value, "", markers).map(|found| found.date)
}

/// The day in an address: `/2026/07/08/`, `/2026-07-08-`, `/20260708/`.
pub(super) fn in_address(address: &str) -> Option<Date> {
    let (_, path) = address.split_once("://")?;
    let path = path.split(['?', '#']).next()?;
    let captures = IN_ADDRESS.as_ref()?.captures(path)?;
    day(
        number(&captures, 1)?,
        number(&captures, 2)?,
        number(&captures, 3)?,
    )
}

/// Whether a metadata field names a month or a year: true, but no day.
pub(super) fn month_or_year(value: &str) -> bool {
    let value = value.trim();
    (4..=7).contains(&value.len()) && value.chars().all(|c| c.is_ascii_digit() || c == '-')
}

/// Whether a unit is hardly more than a date.
pub(super) fn is_dateline(unit: &str, markers: &Markers) -> bool {
    first(unit, "", markers).is_some_and(|found| words(unit, &found) <= 5)
}

/// The day of publication, if the page shows one.
pub(super) fn find(
    text: &str,
    blocks: &[Block],
    language: &str,
    markers: &Markers,
) -> Option<Date> {
    let top = blocks.iter().take_while(|block| block.span.start < TOP);
    let dateline = top.filter_map(|block| {
        let unit = block.span.of(text);
        match block.kind {
            BlockKind::Boilerplate => short(unit, language, markers),
            BlockKind::Headline => in_brackets(unit, language, markers)
                .or_else(|| after_label(unit, language, markers)),
            BlockKind::Body => opening(unit, language, markers),
            BlockKind::Caption | BlockKind::Teaser => None,
        }
    });
    let labelled = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Boilerplate)
        .filter_map(|block| labelled(block.span.of(text), language, markers));
    dateline.chain(labelled).next()
}

struct Found {
    date: Date,
    start: usize,
    end: usize,
}

/// The first date of a line; that of a message in a social network is not the page's.
fn first(line: &str, language: &str, markers: &Markers) -> Option<Found> {
    if line.contains('@') {
        return None;
    }
    let weekday = weekday(line, markers);
    let forms: [(&Option<Regex>, Read); 5] = [
        (&ISO, |c, _| {
            day(number(c, 1)?, number(c, 2)?, number(c, 3)?)
        }),
        (&DOTS, |c, _| {
            day(year(number(c, 3)?), number(c, 2)?, number(c, 1)?)
        }),
        (&DAY_NAME, |c, known| {
            day(number(c, 3)?, month(c, 2, known.markers)?, number(c, 1)?)
        }),
        (&NAME_DAY, |c, known| {
            day(number(c, 3)?, month(c, 1, known.markers)?, number(c, 2)?)
        }),
        (&SLASHES, slashes),
    ];
    let known = Known {
        language,
        weekday,
        markers,
    };
    let found = forms.iter().filter_map(|(form, read)| {
        form.as_ref()?.captures_iter(line).find_map(|captures| {
            let all = captures.get(0)?;
            let date = read(&captures, &known)?;
            let end = all.as_str().trim_end_matches(char::is_alphabetic).len();
            Some(Found {
                date,
                start: all.start(),
                end: all.start() + end,
            })
        })
    });
    found.min_by_key(|found| found.start)
}

type Read = fn(&Captures<'_>, &Known<'_>) -> Option<Date>;

/// What helps to read an ambiguous date.
struct Known<'a> {
    language: &'a str,
    weekday: Option<Weekday>,
    markers: &'a Markers,
}

/// 03/04/2025: the day first or the month, as the weekday or the language tells; else no date.
fn slashes(captures: &Captures<'_>, known: &Known<'_>) -> Option<Date> {
    let (a, b, year) = (
        number(captures, 1)?,
        number(captures, 2)?,
        number(captures, 3)?,
    );
    let both = [day(year, b, a), day(year, a, b)];
    match both {
        [Some(one), Some(other)] if one != other => {
            if let Some(weekday) = known.weekday {
                return both
                    .into_iter()
                    .flatten()
                    .find(|date| date.weekday() == weekday);
            }
            known.markers.day_first(known.language).then_some(one)
        }
        [one, other] => one.or(other),
    }
}

fn number(captures: &Captures<'_>, group: usize) -> Option<i16> {
    captures.get(group)?.as_str().parse().ok()
}

fn month(captures: &Captures<'_>, group: usize, markers: &Markers) -> Option<i16> {
    let name = captures.get(group)?.as_str().to_lowercase();
    markers.months.get(&name).map(|month| i16::from(*month))
}

fn weekday(line: &str, markers: &Markers) -> Option<Weekday> {
    line.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= 3)
        .find_map(|word| markers.weekdays.get(&word.to_lowercase()))
        .and_then(|number| Weekday::from_monday_one_offset(*number).ok())
}

fn year(written: i16) -> i16 {
    match written {
        0..=69 => written + 2000,
        70..=99 => written + 1900,
        _ => written,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..=2100).contains(&year).then_some(date)
}

/// The words of a line besides its date.
fn words(line: &str, found: &Found) -> usize {
    let outside = [line.get(..found.start), line.get(found.end..)];
    let words = outside
        .into_iter()
        .flatten()
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.len() > 1).count()
}

fn short(line: &str, language: &str, markers: &Markers) -> Option<Date> {
    let found = first(line, language, markers)?;
    (words(line, &found) <= FEW).then_some(found.date)
}

/// A title may carry its date in brackets.
fn in_brackets(line: &str, language: &str, markers: &Markers) -> Option<Date> {
    let found = first(line, language, markers)?;
    let before = line.get(..found.start)?.trim_end();
    let after = line.get(found.end..)?.trim_start();
    let apart = |edge: Option<char>| {
        edge.is_none_or(|c| matches!(c, '(' | ')' | '|' | '–' | '—' | '·' | ','))
    };
    (apart(before.chars().last()) && apart(after.chars().next())).then_some(found.date)
}

/// `OSLO, 5. Januar 2023. ...` or `Kiel (dpa), 3 May 2024 - ...` at the start of the text.
fn opening(unit: &str, language: &str, markers: &Markers) -> Option<Date> {
    let found = first(unit, language, markers).filter(|found| found.start <= 60)?;
    let before = unit.get(..found.start)?.trim_end();
    let after = unit.get(found.end..)?.trim_start();
    let place = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty()
            || word.starts_with(char::is_uppercase)
            || markers.weekdays.contains_key(&word.to_lowercase())
            || matches!(word, "den" | "dpa" | "afp")
    };
    let before_is_place = before.is_empty()
        || (before.ends_with([',', ')', '/', '–', '—', '-', '(', ':', '|', '.'])
            && before.split_whitespace().all(place));
    let glued = before.is_empty()
        && after.starts_with(char::is_uppercase)
        && unit.get(found.end..) == Some(after);
    let closed = glued
        || after.starts_with(['.', ')', ':', '–', '—', '-', ',', '|', '/'])
            && !(before.is_empty() && after.starts_with(','));
    (before_is_place && (closed || after.is_empty())).then_some(found.date)
}

/// `Published: 3 May 2024`.
fn after_label(line: &str, language: &str, markers: &Markers) -> Option<Date> {
    let found = first(line, language, markers)?;
    let before = line.get(..found.start)?;
    let label = markers.patterns.date_label.find(before)?;
    (before.len() - label.end() < 24).then_some(found.date)
}

/// A labelled date anywhere on the page, or a line of a place and a date.
fn labelled(line: &str, language: &str, markers: &Markers) -> Option<Date> {
    after_label(line, language, markers).or_else(|| {
        let found = first(line, language, markers)?;
        (words(line, &found) <= 3).then_some(found.date)
    })
}
