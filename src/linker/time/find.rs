//! Finds the dates of a sentence: explicit ones, and those told from the day of publication.

use super::calendar::{Bearing, Moment};
use super::words::{Unit, Which, Word, Words};
use crate::linker::attribute::number::{self, between};
use crate::linker::scene::Scene;
use crate::statement::DateRange;

/// A date at a place of a sentence.
#[derive(Debug, Clone)]
pub(in crate::linker) struct Found {
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
    pub(super) range: DateRange,
    /// A word like `now`, which dates only the name beside it.
    pub(super) now: bool,
}

/// A date as read, before what stands before it is considered.
#[derive(Debug, Clone, Copy)]
struct Raw {
    first: usize,
    last: usize,
    moment: Moment,
    now: bool,
}

/// All dates of a sentence, in order.
pub(super) fn dates(scene: &Scene<'_>) -> Vec<Found> {
    let reader = Reader {
        scene,
        words: &scene.rules.time,
    };
    let mut raw = Vec::new();
    let mut at = scene.sentence.first;
    while at < scene.sentence.end {
        // A date begins with a number or with one of its words.
        if scene.page.times(at).is_empty() && !scene.page.counts(at) {
            at += 1;
            continue;
        }
        match reader.read(at) {
            Some(found) => {
                at = found.last + 1;
                raw.push(found);
            }
            None => at += 1,
        }
    }
    let mut out: Vec<Found> = Vec::new();
    for (index, found) in raw.iter().enumerate() {
        let range = reader.range(found);
        let before = index.checked_sub(1).and_then(|i| raw.get(i));
        match (before, out.last_mut()) {
            (Some(before), Some(open)) if reader.reaches(before, found) => {
                open.last = found.last;
                open.range.latest = range.latest.max(open.range.latest);
            }
            _ => out.push(Found {
                first: found.first,
                last: found.last,
                range,
                now: found.now,
            }),
        }
    }
    out
}

/// Reads the dates of one sentence.
pub(super) struct Reader<'a, 'p> {
    pub(super) scene: &'a Scene<'p>,
    words: &'a Words,
}

impl Reader<'_, '_> {
    pub(super) fn is(&self, at: usize, wanted: impl Fn(Word) -> bool) -> bool {
        self.pick(at, |word| wanted(word).then_some(())).is_some()
    }

    pub(super) fn pick<T>(&self, at: usize, wanted: impl Fn(Word) -> Option<T>) -> Option<T> {
        if at < self.scene.sentence.first || at >= self.scene.sentence.end {
            return None;
        }
        self.scene.page.times(at).iter().copied().find_map(wanted)
    }

    pub(super) fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1)
            .filter(|&t| t >= self.scene.sentence.first)
    }

    pub(super) fn broken(&self, at: usize) -> bool {
        self.scene
            .page
            .gaps
            .get(at)
            .is_none_or(|g| g.comma || g.hard)
    }

    fn read(&self, at: usize) -> Option<Raw> {
        let digits = self.scene.page.tokens.get(at)?.digits;
        let found = if digits {
            self.numeric(at)
                .or_else(|| self.day_month(at))
                .or_else(|| self.year(at))
                .or_else(|| self.ago(at))
        } else {
            self.month(at)
                .or_else(|| self.weekday(at))
                .or_else(|| self.which(at))
                .or_else(|| self.season(at, None))
                .or_else(|| self.ago(at))
                .or_else(|| self.counted(at))
                .or_else(|| self.single(at))
        };
        let (last, moment) = found?;
        let now = self.is(at, |w| w == Word::Now);
        Some(Raw {
            first: at,
            last,
            moment,
            now,
        })
    }

    /// `Wednesday`, unless the date follows.
    fn weekday(&self, at: usize) -> Option<(usize, Moment)> {
        let again = self
            .before(at)
            .is_some_and(|b| self.is(b, |w| w == Word::Every));
        let day = self.weekday_name(at).filter(|_| !again)?;
        let next = at + 1 + usize::from(self.is(at + 1, |w| w == Word::Filler));
        let date = self
            .day_month(next)
            .or_else(|| self.month(next))
            .filter(|(_, m)| matches!(m, Moment::Day { .. }));
        Some(date.unwrap_or((at, Moment::Weekday(day, None))))
    }

    fn weekday_name(&self, at: usize) -> Option<i8> {
        let name = self.scene.page.surface(at).starts_with(char::is_uppercase);
        self.pick(at, |w| {
            if let Word::Weekday(d) = w {
                Some(d)
            } else {
                None
            }
        })
        .filter(|_| name)
    }

    /// `last year`, `vergangenen Mittwoch`, `next June`, `the last three years`
    fn which(&self, at: usize) -> Option<(usize, Moment)> {
        let which = self.pick(at, |w| {
            if let Word::Which(which) = w {
                Some(which)
            } else {
                None
            }
        })?;
        let next = at + 1;
        if self.broken(next) {
            return None;
        }
        let by = match which {
            Which::Last => -1,
            Which::This => 0,
            Which::Next => 1,
        };
        if let Some(unit) = self.unit(next) {
            return Some((next, Moment::Moved(unit, by)));
        }
        if let Some((last, unit, count)) = self.count(next) {
            return Some((last, Moment::Stretch(unit, by * count)));
        }
        if let Some(month) = self
            .month_name(next)
            .filter(|_| self.full_year(next + 1).is_none())
        {
            return Some((
                next,
                Moment::Month {
                    year: None,
                    month,
                    which: Some(which),
                },
            ));
        }
        if let Some(day) = self.weekday_name(next) {
            return Some((next, Moment::Weekday(day, Some(which))));
        }
        self.season(next, Some(which))
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        self.pick(at, |w| {
            if let Word::Unit(unit) = w {
                Some(unit)
            } else {
                None
            }
        })
    }

    /// `two years`, `einem Jahr`: last token, unit and number.
    fn count(&self, at: usize) -> Option<(usize, Unit, i32)> {
        let at = at + usize::from(self.is(at, |w| w == Word::About));
        let (last, count) = match number::read(self.scene, at) {
            Some((last, value)) if value.fract() == 0.0 && value < 1000.0 => {
                (last, format!("{value:.0}").parse().ok()?)
            }
            _ if self.scene.rules.attributes.is_one(self.scene.page.word(at)) => (at, 1),
            _ => return None,
        };
        let units = |w| match w {
            Word::Units(unit) => Some(unit),
            Word::Unit(unit) if count == 1 => Some(unit),
            _ => None,
        };
        let unit = self
            .pick(last + 1, units)
            .filter(|_| !self.broken(last + 1))?;
        Some((last + 1, unit, count))
    }

    /// `two years ago`
    fn ago(&self, at: usize) -> Option<(usize, Moment)> {
        let (last, unit, count) = self.count(at)?;
        self.is(last + 1, |w| w == Word::Ago)
            .then_some((last + 1, Moment::Moved(unit, -count)))
    }

    /// `vor zwei Jahren`; `in two years` where the clause looks ahead.
    fn counted(&self, at: usize) -> Option<(usize, Moment)> {
        let back = self.is(at, |w| w == Word::Before);
        let ahead = self.is(at, |w| w == Word::In) && self.bearing(at) == Bearing::Future;
        if !back && !ahead {
            return None;
        }
        let (last, unit, count) = self.count(at + 1)?;
        Some((last, Moment::Moved(unit, if back { -count } else { count })))
    }

    /// `yesterday`, `heute`, `nun`; `bis heute` says nothing.
    fn single(&self, at: usize) -> Option<(usize, Moment)> {
        let small = self.scene.page.surface(at).starts_with(char::is_lowercase);
        let until = self
            .before(at)
            .is_some_and(|b| self.is(b, |w| w == Word::Until));
        let moment = self.pick(at, |w| match w {
            // `morgen` is tomorrow, `Morgen` the morning.
            Word::Relative(Unit::Day, by) if by > 0 && !small => None,
            Word::Relative(unit, by) if by != 0 || !until => Some(Moment::Moved(unit, by)),
            Word::Now => Some(Moment::Moved(Unit::Day, 0)),
            _ => None,
        })?;
        Some((at, moment))
    }

    /// The word before a date that opens or closes it.
    fn opening(&self, first: usize) -> Option<Word> {
        let mut at = first;
        for _ in 0..4 {
            if self.broken(at) {
                return None;
            }
            at = self.before(at)?;
            let opening = |w| matches!(w, Word::Since | Word::Until | Word::Onward).then_some(w);
            if let Some(word) = self.pick(at, opening) {
                return Some(word);
            }
            if !self.is(at, |w| {
                matches!(
                    w,
                    Word::Filler | Word::Part | Word::In | Word::Unit(Unit::Year)
                )
            }) {
                return None;
            }
        }
        None
    }

    fn bearing(&self, at: usize) -> Bearing {
        let (page, clause) = (self.scene.page, self.scene.clause(at));
        let ahead = (self.scene.sentence.first..self.scene.sentence.end)
            .filter(|&t| self.scene.clause(t) == clause)
            .any(|t| {
                self.is(t, |w| w == Word::Future)
                    || self.words.looks_ahead(page.word(t), page.word(t + 1))
            });
        if ahead {
            Bearing::Future
        } else {
            Bearing::Past
        }
    }

    fn range(&self, found: &Raw) -> DateRange {
        let today = self.scene.page.doc.date;
        let opening = self.opening(found.first);
        let bearing = match opening {
            Some(Word::Since) => Bearing::Past,
            Some(Word::Until | Word::Onward) => Bearing::Future,
            _ => self.bearing(found.first),
        };
        let mut range = found.moment.range(bearing, today);
        if opening == Some(Word::Until) && range.latest > today {
            range.earliest = today;
        }
        range
    }

    /// Whether two dates are the ends of one time: `2024–2026`, `between 2024 and 2026`.
    fn reaches(&self, a: &Raw, b: &Raw) -> bool {
        let explicit = |m: Moment| {
            matches!(
                m,
                Moment::Year(_) | Moment::Month { .. } | Moment::Day { .. }
            )
        };
        if !explicit(a.moment) || !explicit(b.moment) {
            return false;
        }
        let dash =
            b.first == a.last + 1 && between(self.scene.page, b.first).contains(['–', '-', '‑']);
        let word = b.first == a.last + 2 && !self.broken(b.first) && !self.broken(a.last + 1);
        let until = word && self.is(a.last + 1, |w| w == Word::Until);
        let both = word
            && self
                .before(a.first)
                .is_some_and(|t| self.is(t, |w| w == Word::Between));
        dash || until || both
    }
}
