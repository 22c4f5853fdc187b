//! When a claim holds: the time the sentence names, else the day of publication.

use jiff::civil::Date;

use super::scene::Scene;
use crate::statement::{DateRange, Precision, TimeBasis};

/// The date of a scene.
pub(super) fn date(scene: &Scene<'_>) -> DateRange {
    year(scene).unwrap_or_else(|| publication(scene.page.doc.date))
}

fn publication(date: Option<Date>) -> DateRange {
    DateRange {
        earliest: date,
        latest: date,
        precision: if date.is_some() {
            Precision::Day
        } else {
            Precision::Unknown
        },
        basis: TimeBasis::Publication,
    }
}

/// A single year named in the sentence.
fn year(scene: &Scene<'_>) -> Option<DateRange> {
    let mut years = (scene.sentence.first..scene.sentence.end)
        .map(|t| scene.page.word(t))
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse::<i16>().ok())
        .filter(|y| (1900..2100).contains(y));
    let year = years.next()?;
    Some(DateRange {
        earliest: Date::new(year, 1, 1).ok(),
        latest: Date::new(year, 12, 31).ok(),
        precision: Precision::Year,
        basis: TimeBasis::Text,
    })
}
