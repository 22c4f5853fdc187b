//! Dates written out: day, month, season, year, with or without the parts before them.

use super::calendar::Moment;
use super::find::Reader;
use super::words::{Unit, Which, Word};
use crate::linker::attribute::number::{attached, between};
use crate::linker::scene::Scene;

/// Years that a text about defence can mean.
const YEARS: std::ops::Range<i16> = 1900..2100;

impl Reader<'_, '_> {
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

    pub(super) fn full_year(&self, at: usize) -> Option<i16> {
        let long = self.scene.page.surface(at).len() == 4;
        self.value(at, 4).filter(|y| long && YEARS.contains(y))
    }

    pub(super) fn month_name(&self, at: usize) -> Option<i8> {
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
    pub(super) fn numeric(&self, at: usize) -> Option<(usize, Moment)> {
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
    pub(super) fn day_month(&self, at: usize) -> Option<(usize, Moment)> {
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
    pub(super) fn month(&self, at: usize) -> Option<(usize, Moment)> {
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

    pub(super) fn year(&self, at: usize) -> Option<(usize, Moment)> {
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

    pub(super) fn season(&self, at: usize, which: Option<Which>) -> Option<(usize, Moment)> {
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
}

fn scaled(scene: &Scene<'_>, at: usize) -> bool {
    at < scene.sentence.end && scene.rules.attributes.scale(scene.page.word(at)).is_some()
}
