//! From what a text says (`last July`, `8 July`, `two years ago`) to first and last possible day.

use jiff::Span;
use jiff::civil::Date;

use super::words::{Unit, Which};
use crate::statement::{DateRange, Precision, TimeBasis};

/// A time as the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Days `from` to `day` of a month.
    Day {
        year: Option<i16>,
        month: i8,
        from: i8,
        day: i8,
    },
    Month {
        year: Option<i16>,
        month: i8,
        which: Option<Which>,
    },
    Season {
        year: Option<i16>,
        months: (i8, i8),
        which: Option<Which>,
    },
    Year(i16),
    Decade(i16),
    /// The unit that holds the day of publication, moved by some.
    Moved(Unit, i32),
    /// So many units back (or ahead) from the day of publication.
    Stretch(Unit, i32),
    Weekday(i8, Option<Which>),
}

/// Where a clause looks to, for dates without a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    Past,
    Future,
}

type Days = (Date, Date, Precision);

/// A date above this distance gives way to one that is near, whatever the tense.
const FAR: i32 = 270;
const NEAR: i32 = 60;

impl Moment {
    /// Whether the words alone say when.
    fn explicit(self) -> bool {
        match self {
            Self::Day { year, .. } | Self::Month { year, .. } | Self::Season { year, .. } => {
                year.is_some()
            }
            Self::Year(_) | Self::Decade(_) => true,
            Self::Moved(..) | Self::Stretch(..) | Self::Weekday(..) => false,
        }
    }

    /// First and last possible day.
    pub(super) fn range(self, bearing: Bearing, today: Option<Date>) -> DateRange {
        let basis = if self.explicit() {
            TimeBasis::Text
        } else {
            TimeBasis::Inferred
        };
        let days = if self.explicit() {
            self.absolute()
        } else {
            today.and_then(|now| self.relative(bearing, now))
        };
        match days {
            Some((first, last, precision)) => DateRange {
                earliest: Some(first),
                latest: Some(last),
                precision,
                basis,
            },
            None => DateRange {
                earliest: None,
                latest: None,
                precision: Precision::Unknown,
                basis,
            },
        }
    }

    fn absolute(self) -> Option<Days> {
        match self {
            Self::Day {
                year,
                month,
                from,
                day,
            } => {
                let (first, last) = (date(year?, month, from)?, date(year?, month, day)?);
                Some((first, last, Precision::Day))
            }
            Self::Month { year, month, .. } => month_of(year?, month),
            Self::Season {
                year,
                months: (first, last),
                ..
            } if first <= last => season_of(year?, (first, last)),
            // A winter belongs to two years, and texts mean either.
            Self::Season { year, .. } => years(year?, year?),
            Self::Year(year) => years(year, year),
            Self::Decade(year) => years(year, year + 9),
            Self::Moved(..) | Self::Stretch(..) | Self::Weekday(..) => None,
        }
    }

    fn relative(self, bearing: Bearing, now: Date) -> Option<Days> {
        match self {
            Self::Day {
                month, from, day, ..
            } => {
                let mut year = now.year();
                let candidates: Vec<Date> = (year - 1..=year + 1)
                    .filter_map(|y| date(y, month, day))
                    .collect();
                year = nearest(&candidates, bearing, now)?.year();
                Some((
                    date(year, month, from)?,
                    date(year, month, day)?,
                    Precision::Day,
                ))
            }
            Self::Month { month, which, .. } => month_of(
                now.year() + i16::from(month_shift(month, which, bearing, now.month())),
                month,
            ),
            Self::Season { months, which, .. } => season(months, which, bearing, now),
            Self::Moved(unit, by) => moved(unit, by, now),
            Self::Stretch(unit, by) => stretch(unit, by, now),
            Self::Weekday(day, which) => {
                let found = now
                    .checked_add(Span::new().days(weekday_shift(day, which, bearing, now)))
                    .ok()?;
                Some((found, found, Precision::Day))
            }
            Self::Year(_) | Self::Decade(_) => None,
        }
    }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn month_of(year: i16, month: i8) -> Option<Days> {
    let first = date(year, month, 1)?;
    Some((first, first.last_of_month(), Precision::Month))
}

fn years(first: i16, last: i16) -> Option<Days> {
    Some((date(first, 1, 1)?, date(last, 12, 31)?, Precision::Year))
}

/// A season is told in years: nobody means its first month.
fn season_of(year: i16, (first, last): (i8, i8)) -> Option<Days> {
    let end = if first <= last { year } else { year + 1 };
    Some((
        date(year, first, 1)?,
        date(end, last, 1)?.last_of_month(),
        Precision::Year,
    ))
}

fn season(months: (i8, i8), which: Option<Which>, bearing: Bearing, now: Date) -> Option<Days> {
    let all: Vec<Days> = (now.year() - 2..=now.year() + 1)
        .filter_map(|y| season_of(y, months))
        .collect();
    let before = |end: bool| {
        all.iter()
            .rev()
            .find(|d| if end { d.1 < now } else { d.0 <= now })
    };
    let found = match (which, bearing) {
        (Some(Which::Last), _) => before(true),
        (Some(Which::Next), _) => all.iter().find(|d| d.0 > now),
        (Some(Which::This), _) => all.iter().find(|d| d.0.year() == now.year()),
        (None, Bearing::Past) => before(false),
        (None, Bearing::Future) => all.iter().find(|d| d.1 >= now),
    };
    found.copied()
}

fn month_shift(month: i8, which: Option<Which>, bearing: Bearing, now: i8) -> i8 {
    match (which, bearing) {
        (Some(Which::This), _) => 0,
        (Some(Which::Last), _) => -i8::from(month >= now),
        (Some(Which::Next), _) => i8::from(month <= now),
        (None, Bearing::Past) => -i8::from(month > now),
        (None, Bearing::Future) => i8::from(month < now),
    }
}

fn weekday_shift(day: i8, which: Option<Which>, bearing: Bearing, now: Date) -> i64 {
    let today = now.weekday().to_monday_zero_offset();
    let ahead = i64::from((day - today).rem_euclid(7));
    let back = i64::from((today - day).rem_euclid(7));
    match (which, bearing) {
        (Some(Which::This), _) => i64::from(day - today),
        (Some(Which::Last), _) => -(if back == 0 { 7 } else { back }),
        (Some(Which::Next), _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (None, Bearing::Past) => -back,
        (None, Bearing::Future) => ahead,
    }
}

/// The candidate on the side that the clause looks to, unless that is far away and another is near.
fn nearest(candidates: &[Date], bearing: Bearing, now: Date) -> Option<Date> {
    let away = |d: Date| (d - now).get_days();
    let behind = candidates.iter().copied().rfind(|d| away(*d) <= 0);
    let ahead = candidates.iter().copied().find(|d| away(*d) >= 0);
    let (wanted, other) = match bearing {
        Bearing::Past => (behind, ahead),
        Bearing::Future => (ahead, behind),
    };
    match (wanted, other) {
        (Some(w), Some(o)) if away(w).abs() > FAR && away(o).abs() < NEAR => Some(o),
        (Some(w), _) => Some(w),
        (None, o) => o,
    }
}

fn moved(unit: Unit, by: i32, now: Date) -> Option<Days> {
    match unit {
        Unit::Day => {
            let day = now.checked_add(span(unit, by)?).ok()?;
            Some((day, day, Precision::Day))
        }
        Unit::Week => {
            let back = i64::from(now.weekday().to_monday_zero_offset());
            let monday = now
                .checked_add(Span::new().days(i64::from(by) * 7 - back))
                .ok()?;
            Some((
                monday,
                monday.checked_add(Span::new().days(6)).ok()?,
                Precision::Day,
            ))
        }
        Unit::Month => {
            let day = now.first_of_month().checked_add(span(unit, by)?).ok()?;
            month_of(day.year(), day.month())
        }
        Unit::Year => {
            let year = now.year().checked_add(i16::try_from(by).ok()?)?;
            years(year, year)
        }
    }
}

fn stretch(unit: Unit, by: i32, now: Date) -> Option<Days> {
    let end = now.checked_add(span(unit, by)?).ok()?;
    let precision = match unit {
        Unit::Day | Unit::Week => Precision::Day,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
    };
    Some((now.min(end), now.max(end), precision))
}

fn span(unit: Unit, by: i32) -> Option<Span> {
    let empty = Span::new();
    match unit {
        Unit::Day => empty.try_days(by),
        Unit::Week => empty.try_weeks(by),
        Unit::Month => empty.try_months(by),
        Unit::Year => empty.try_years(by),
    }
    .ok()
}
