//! Dates of day, month or year precision, as the columns `since` and `until` hold them.

use std::fmt;

use jiff::civil::Date;

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateBound {
    year: i16,
    /// 0: unknown.
    month: i8,
    /// 0: unknown.
    day: i8,
}

impl DateBound {
    /// Reads one; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|p| digits(p, 2));
        let day = parts.next().map(|p| digits(p, 2));
        if parts.next().is_some() {
            return None;
        }
        let bound = Self {
            year,
            month: i8::try_from(month.unwrap_or(Some(0))?).ok()?,
            day: i8::try_from(day.unwrap_or(Some(0))?).ok()?,
        };
        let (least_month, least_day) = (i8::from(month.is_some()), i8::from(day.is_some()));
        let valid = bound.month >= least_month
            && bound.day >= least_day
            && Date::new(bound.year, bound.month.max(1), bound.day.max(1)).is_ok();
        valid.then_some(bound)
    }

    /// All of it in one number.
    pub(super) fn pack(self) -> u32 {
        let [high, low] = self.year.to_be_bytes();
        let [month] = self.month.to_be_bytes();
        let [day] = self.day.to_be_bytes();
        u32::from_be_bytes([high, low, month, day])
    }

    /// From the number that [`DateBound::pack`] made.
    pub(super) fn unpack(packed: u32) -> Self {
        let [high, low, month, day] = packed.to_be_bytes();
        Self {
            year: i16::from_be_bytes([high, low]),
            month: i8::from_be_bytes([month]),
            day: i8::from_be_bytes([day]),
        }
    }

    /// The first day it can mean.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.max(1), self.day.max(1)).unwrap_or(Date::MIN)
    }

    /// The last day it can mean.
    pub fn latest(self) -> Date {
        let month = if self.month == 0 { 12 } else { self.month };
        let first = Date::new(self.year, month, self.day.max(1)).unwrap_or(Date::MAX);
        if self.day == 0 {
            first.last_of_month()
        } else {
            first
        }
    }
}

impl fmt::Display for DateBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// Whether `on` may lie between two bounds; an unknown bound or date excludes nothing.
pub(super) fn holds_on(
    since: Option<DateBound>,
    until: Option<DateBound>,
    on: Option<Date>,
) -> bool {
    on.is_none_or(|on| {
        since.is_none_or(|s| s.earliest() <= on) && until.is_none_or(|u| on <= u.latest())
    })
}

fn digits(text: &str, length: usize) -> Option<i16> {
    let plain = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}
