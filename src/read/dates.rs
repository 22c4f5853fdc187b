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

// Small classes: with all letters and digits of Unicode the patterns take milliseconds to compile.
static ISO: Pattern =
    LazyLock::new(|| Regex::new(r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:\b|T)").ok());
static DOTS: Pattern =
    LazyLock::new(|| Regex::new(r"\b([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4}|[0-9]{2})\b").ok());
static SLASHES: Pattern = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?:\b|[A-ZÀ-ÖØ-Þ])").ok()
});
static DAY_NAME: Pattern = LazyLock::new(|| {
    let pattern = r"\b([0-9]{1,2})(?:\.|st|nd|rd|th)?\s+([A-Za-zÀ-ÖØ-öø-ɏ]{3,})\.?,?\s+([0-9]{4})(?:\b|[A-ZÀ-ÖØ-Þ])";
    Regex::new(pattern).ok()
});
static NAME_DAY: Pattern = LazyLock::new(|| {
    let pattern = r"\b([A-Za-zÀ-ÖØ-öø-ɏ]{3,})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})(?:\b|[A-ZÀ-ÖØ-Þ])";
    Regex::new(pattern).ok()
});

static IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)")
        .ok()
});

/// The day in a metadata field: ISO 8601 (a time may follow), or one of the forms of a dateline.
pub(super) fn metadata(value: &str) -> Option<Date> {
    let value = value.trim();
    if let Some(date) = plain(value) {
        return Some(date);
    }
    let markers = Markers::builtin();
    first(value, "", markers).map(|found| found.date)
}

/// The day of `2026-07-08`, as most fields have it.
fn plain(value: &str) -> Option<Date> {
    let mut parts = value.split('-');
    let mut next = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length)?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| digits)
    };
    let (year, month, date) = (next(4)?, next(2)?, next(2)?);
    day(year, month, date).filter(|_| value.len() == 10)
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

/// A pattern that is compiled when it is first used.
type Pattern = LazyLock<Option<Regex>>;

/// The digits of the shortest date, `1.2.26`.
const LEAST_DIGITS: usize = 4;

struct Found {
    date: Date,
    start: usize,
    end: usize,
}

/// The first date of a line; that of a message in a social network is not the page's.
fn first(line: &str, language: &str, markers: &Markers) -> Option<Found> {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    if digits < LEAST_DIGITS || line.contains('@') {
        return None;
    }
    let weekday = weekday(line, markers);
    let forms: [(&Pattern, &[char], Read); 5] = [
        (&ISO, &['-'], |c, _| {
            day(number(c, 1)?, number(c, 2)?, number(c, 3)?)
        }),
        (&DOTS, &['.'], |c, _| {
            day(year(number(c, 3)?), number(c, 2)?, number(c, 1)?)
        }),
        (&DAY_NAME, &[], |c, known| {
            day(number(c, 3)?, month(c, 2, known.markers)?, number(c, 1)?)
        }),
        (&NAME_DAY, &[], |c, known| {
            day(number(c, 3)?, month(c, 1, known.markers)?, number(c, 2)?)
        }),
        (&SLASHES, &['/', '-'], slashes),
    ];
    let known = Known {
        language,
        weekday,
        markers,
    };
    let month = line
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.len() >= 3 && markers.months.contains_key(&word.to_lowercase()));
    // What a form cannot do without is looked for first: a pattern is compiled when it is first used.
    let possible = |signs: &[char]| match signs {
        [] => month,
        signs => line.contains(signs),
    };
    let forms = forms.iter().filter(|(_, signs, _)| possible(signs));
    let found = forms.filter_map(|(form, _, read)| {
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
    (before.len() - label.end < 24).then_some(found.date)
}

/// A labelled date anywhere on the page, or a line of a place and a date.
fn labelled(line: &str, language: &str, markers: &Markers) -> Option<Date> {
    after_label(line, language, markers).or_else(|| {
        let found = first(line, language, markers)?;
        (words(line, &found) <= 3).then_some(found.date)
    })
}
