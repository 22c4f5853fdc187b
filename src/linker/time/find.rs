//! Finds the dates of a sentence: explicit ones, and those told from the day of publication.

use super::calendar::{Bearing, Moment};
use super::words::{Unit, Which, Word, Words};
use crate::linker::attribute::number::{self, attached, between};
use crate::linker::scene::Scene;
use crate::statement::DateRange;

/// A date at a place of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Found {
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

/// Years that a text about defence can mean.
const YEARS: std::ops::Range<i16> = 1900..2100;

/// All dates of a sentence, in order.
pub(super) fn dates(scene: &Scene<'_>) -> Vec<Found> {
    let reader = Reader {
        scene,
        words: &scene.rules.time,
    };
    let mut raw = Vec::new();
    let mut at = scene.sentence.first;
    while at < scene.sentence.end {
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

struct Reader<'a, 'p> {
    scene: &'a Scene<'p>,
    words: &'a Words,
}

impl Reader<'_, '_> {
    fn is(&self, at: usize, wanted: impl Fn(Word) -> bool) -> bool {
        self.pick(at, |word| wanted(word).then_some(())).is_some()
    }

    fn pick<T>(&self, at: usize, wanted: impl Fn(Word) -> Option<T>) -> Option<T> {
        if at < self.scene.sentence.first || at >= self.scene.sentence.end {
            return None;
        }
        self.words.of(self.scene.page.word(at)).find_map(wanted)
    }

    fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1)
            .filter(|&t| t >= self.scene.sentence.first)
    }

    fn broken(&self, at: usize) -> bool {
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

    fn value(&self, at: usize, longest: usize) -> Option<i16> {
        let token = self
            .scene
            .page
            .tokens
            .get(at)
            .filter(|t| t.digits && at < self.scene.sentence.end)?;
        let text = token.span.of(&self.scene.page.doc.text);
        (text.len() <= longest).then(|| text.parse().ok()).flatten()
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.value(at, 2)
            .and_then(|d| i8::try_from(d).ok())
            .filter(|d| (1..=31).contains(d))
    }

    fn full_year(&self, at: usize) -> Option<i16> {
        let long = self.scene.page.surface(at).len() == 4;
        self.value(at, 4).filter(|y| long && YEARS.contains(y))
    }

    fn month_name(&self, at: usize) -> Option<i8> {
        let name = self.scene.page.surface(at).starts_with(char::is_uppercase);
        self.pick(at, |w| {
            if let Word::Month(m) = w {
                Some(m)
            } else {
                None
            }
        })
        .filter(|_| name)
    }

    /// `2026-07-08`, `8.7.2026`, `08. 07. 2026`
    fn numeric(&self, at: usize) -> Option<(usize, Moment)> {
        let (one, two) = (
            between(self.scene.page, at + 1),
            between(self.scene.page, at + 2),
        );
        let (year, month, day) = if (one, two) == ("-", "-") {
            (self.full_year(at)?, self.day(at + 1)?, self.day(at + 2)?)
        } else if one.trim_end() == "." && two.trim_end() == "." {
            (self.full_year(at + 2)?, self.day(at + 1)?, self.day(at)?)
        } else {
            return None;
        };
        let moment = Moment::Day {
            year: Some(year),
            month,
            from: day,
            day,
        };
        (month <= 12).then_some((at + 2, moment))
    }

    /// `8. Juli 2026`, `8th of July`, `7–8 July`
    fn day_month(&self, at: usize) -> Option<(usize, Moment)> {
        let from = self.day(at)?;
        let mut last = at;
        let joined = between(self.scene.page, at + 1).contains(['–', '-', '/']);
        let to = at + 1 + usize::from(self.is(at + 1, |w| w == Word::Until));
        if let (true, Some(_)) = (joined || to > at + 1, self.day(to)) {
            last = to;
        }
        let day = self.day(last)?;
        let mut next = last + 1;
        while self.is(next, |w| matches!(w, Word::Ordinal | Word::Filler)) && next < last + 3 {
            next += 1;
        }
        if self.broken(next) {
            return None;
        }
        let month = self.month_name(next)?;
        let year = self.full_year(next + 1);
        let moment = Moment::Day {
            year,
            month,
            from: from.min(day),
            day,
        };
        Some((next + usize::from(year.is_some()), moment))
    }

    /// `July 8, 2026`, `July 2026`, `im Juli`
    fn month(&self, at: usize) -> Option<(usize, Moment)> {
        let month = self.month_name(at)?;
        if let Some(year) =
            self.full_year(at + 1 + usize::from(self.is(at + 1, |w| w == Word::Filler)))
        {
            let last = at + 1 + usize::from(self.full_year(at + 1).is_none());
            return Some((
                last,
                Moment::Month {
                    year: Some(year),
                    month,
                    which: None,
                },
            ));
        }
        if let Some(from) = self.day(at + 1).filter(|_| !self.broken(at + 1)) {
            let until = between(self.scene.page, at + 2).contains(['–', '-']);
            let until = self.day(at + 2).filter(|_| until);
            let mut last = at + 1 + usize::from(until.is_some());
            last += usize::from(
                self.is(last + 1, |w| w == Word::Ordinal) && attached(self.scene.page, last + 1),
            );
            let year = self.full_year(last + 1);
            let moment = Moment::Day {
                year,
                month,
                from,
                day: until.unwrap_or(from),
            };
            return Some((last + usize::from(year.is_some()), moment));
        }
        // A bare `May` or `March` may be anything.
        self.introduced(at).then_some((
            at,
            Moment::Month {
                year: None,
                month,
                which: None,
            },
        ))
    }

    /// Whether a word like `in`, `since`, `early` stands before a token.
    fn introduced(&self, at: usize) -> bool {
        let open = |w| {
            matches!(
                w,
                Word::In | Word::Since | Word::Until | Word::Onward | Word::Between | Word::Part
            )
        };
        self.before(at).is_some_and(|before| {
            let direct =
                self.is(before, open) || self.is(before, |w| matches!(w, Word::Unit(Unit::Year)));
            direct
                || self.is(before, |w| w == Word::Filler)
                    && self.before(before).is_some_and(|b| self.is(b, open))
        })
    }

    fn year(&self, at: usize) -> Option<(usize, Moment)> {
        let page = self.scene.page;
        let year = self.full_year(at)?;
        let (left, right) = (between(page, at), between(page, at + 1));
        let digits = |t: usize| page.tokens.get(t).is_some_and(|t| t.digits);
        let part_of_number = |gap: &str, t: usize| matches!(gap, "." | ",") && digits(t);
        if right.is_empty()
            && attached(page, at + 1)
            && self.is(at + 1, |w| w == Word::Ordinal)
            && year % 10 == 0
        {
            return Some((at + 1, Moment::Decade(year)));
        }
        let bad = |gap: &str| gap.contains(['$', '€', '£', '%']);
        if bad(left) || bad(right) || part_of_number(right, at + 1) || attached(page, at + 1) {
            return None;
        }
        let Some(before) = self.before(at) else {
            return Some((at, Moment::Year(year)));
        };
        let glued = left.is_empty() || matches!(left, "-" | "‑" | "/" | "'" | "’");
        let of_range = self.is(before, |w| w == Word::Part) || self.full_year(before).is_some();
        let name = self.is(before, |w| w == Word::NoYear) || self.inside_name(at);
        if part_of_number(left, before) || glued && !of_range || name {
            return None;
        }
        let counted = scaled(self.scene, at + 1)
            || year % 50 == 0 && !self.introduced(at) && !left.contains('(');
        (!counted).then(|| (self.short_end(at), Moment::Year(year)))
    }

    /// `2024/25`: the end is the same winter, nothing more is made of it.
    fn short_end(&self, at: usize) -> usize {
        at + usize::from(between(self.scene.page, at + 1) == "/" && self.value(at + 1, 2).is_some())
    }

    /// Names that carry a number are no dates, but exercises and agreements carry their year.
    fn inside_name(&self, at: usize) -> bool {
        self.scene.items.iter().any(|i| {
            let kind = self
                .scene
                .page
                .tagged
                .entities
                .get(i.entity)
                .map_or("", |e| e.id.kind());
            i.first < at && at <= i.last && !matches!(kind, "operation" | "agreement" | "event")
        })
    }

    fn season(&self, at: usize, which: Option<Which>) -> Option<(usize, Moment)> {
        let months = self.pick(at, |w| {
            if let Word::Season(a, b) = w {
                Some((a, b))
            } else {
                None
            }
        })?;
        let next = at + 1 + usize::from(self.is(at + 1, |w| w == Word::Filler));
        let year = self.full_year(next);
        let last = if year.is_some() { next } else { at };
        (year.is_some() || which.is_some() || self.introduced(at)).then_some((
            last,
            Moment::Season {
                year,
                months,
                which,
            },
        ))
    }

    /// `Wednesday`, unless the date follows.
    fn weekday(&self, at: usize) -> Option<(usize, Moment)> {
        let day = self.weekday_name(at)?;
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
        let clause = self.scene.clause(at);
        let ahead = (self.scene.sentence.first..self.scene.sentence.end)
            .any(|t| self.scene.clause(t) == clause && self.is(t, |w| w == Word::Future));
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

fn scaled(scene: &Scene<'_>, at: usize) -> bool {
    at < scene.sentence.end && scene.rules.attributes.scale(scene.page.word(at)).is_some()
}
