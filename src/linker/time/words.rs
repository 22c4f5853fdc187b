//! The words that dates are made of, from `[time]` of the rules.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::linker) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Which one of a row of equal units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::linker) enum Which {
    Last,
    This,
    Next,
}

/// What a word can be in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::linker) enum Word {
    /// 1 to 12.
    Month(i8),
    /// 0 is Monday.
    Weekday(i8),
    /// First and last month.
    Season(i8, i8),
    Unit(Unit),
    /// A plural, which needs a number.
    Units(Unit),
    Which(Which),
    /// `yesterday`: so many units from the day of publication.
    Relative(Unit, i32),
    /// `ago`, after a number and a unit.
    Ago,
    /// `vor`, before a number and a unit.
    Before,
    /// `in`, before a number and a unit of the future, and before months, seasons and years.
    In,
    Since,
    Until,
    /// `from` a time on.
    Onward,
    Between,
    /// `early`, `end of`: part of a month or year.
    Part,
    /// An article or preposition that says nothing.
    Filler,
    /// `about` before a number.
    About,
    /// The clause is about what is to come.
    Future,
    /// Says when only directly at a name: `now also Iceland`.
    Now,
    /// What follows is a name with a number (`Agenda 2030`), not a year.
    NoYear,
    /// It happens again and again.
    Every,
    /// What a number counts, or what makes it an ordinal (`8th of July`).
    Ordinal,
}

/// `[time]` of a rules file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::linker) struct TimeFile {
    months: Vec<String>,
    weekdays: Vec<String>,
    seasons: Vec<SeasonFile>,
    unit: BTreeMap<Unit, String>,
    units: BTreeMap<Unit, String>,
    relative: BTreeMap<Unit, BTreeMap<String, i32>>,
    last: Vec<String>,
    this: Vec<String>,
    next: Vec<String>,
    ago: Vec<String>,
    before: Vec<String>,
    r#in: Vec<String>,
    since: Vec<String>,
    until: Vec<String>,
    onward: Vec<String>,
    between: Vec<String>,
    part: Vec<String>,
    filler: Vec<String>,
    about: Vec<String>,
    future: Vec<String>,
    now: Vec<String>,
    no_year: Vec<String>,
    ordinal: Vec<String>,
    every: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonFile {
    words: String,
    months: (i8, i8),
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub(in crate::linker) struct Words {
    exact: FxHashMap<String, Vec<Word>>,
    /// Words written with a `*` at the end.
    open: Vec<(String, Word)>,
    /// Words of the future that are two (`is to`).
    pairs: Vec<(String, String)>,
}

impl Words {
    pub(in crate::linker) fn new(file: &TimeFile) -> Self {
        let mut out = Self::default();
        for (number, words) in (1..).zip(&file.months) {
            out.file_under(words, Word::Month(number));
        }
        for (number, words) in (0..).zip(&file.weekdays) {
            out.file_under(words, Word::Weekday(number));
        }
        for season in &file.seasons {
            out.file_under(
                &season.words,
                Word::Season(season.months.0, season.months.1),
            );
        }
        for (unit, words) in &file.unit {
            out.file_under(words, Word::Unit(*unit));
        }
        for (unit, words) in &file.units {
            out.file_under(words, Word::Units(*unit));
        }
        for (unit, words) in &file.relative {
            for (word, by) in words {
                out.file_under(word, Word::Relative(*unit, *by));
            }
        }
        out.lists(file);
        out
    }

    fn lists(&mut self, file: &TimeFile) {
        for (words, meaning) in [
            (&file.last, Word::Which(Which::Last)),
            (&file.this, Word::Which(Which::This)),
            (&file.next, Word::Which(Which::Next)),
            (&file.ago, Word::Ago),
            (&file.before, Word::Before),
            (&file.r#in, Word::In),
            (&file.since, Word::Since),
            (&file.until, Word::Until),
            (&file.onward, Word::Onward),
            (&file.between, Word::Between),
            (&file.part, Word::Part),
            (&file.filler, Word::Filler),
            (&file.about, Word::About),
            (&file.future, Word::Future),
            (&file.now, Word::Now),
            (&file.no_year, Word::NoYear),
            (&file.ordinal, Word::Ordinal),
            (&file.every, Word::Every),
        ] {
            for word in words {
                self.file_under(word, meaning);
            }
        }
    }

    fn file_under(&mut self, words: &str, meaning: Word) {
        if let Some((first, second)) = words.split_once(' ') {
            self.pairs.push((first.to_owned(), second.to_owned()));
            return;
        }
        for word in words.split('|') {
            match word.strip_suffix('*') {
                Some(start) => self.open.push((start.to_owned(), meaning)),
                None => self.exact.entry(word.to_owned()).or_default().push(meaning),
            }
        }
    }

    /// Whether two words together look ahead.
    pub(super) fn looks_ahead(&self, first: &str, second: &str) -> bool {
        self.pairs.iter().any(|(a, b)| a == first && b == second)
    }

    /// Everything a word (in small letters) can be.
    pub(in crate::linker) fn of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Word> + 'a {
        let exact = self.exact.get(word).into_iter().flatten().copied();
        let open = self
            .open
            .iter()
            .filter(|(start, _)| word.starts_with(start.as_str()));
        exact.chain(open.map(|(_, meaning)| *meaning))
    }
}
