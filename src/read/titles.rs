//! Finds the title: the first line of the page that reads like a headline.

use super::glance::words;
use super::markers::Markers;
use super::units::{Unit, ends_sentence};
use crate::text::Span;

/// How far down a title may stand, in units.
const TOP: usize = 14;

/// Where the title stands, if there is one.
pub(super) fn find(text: &str, units: &[Unit], markers: &Markers) -> Option<Span> {
    use crate::document::BlockKind::Headline;
    let marked = units.iter().find(|unit| unit.marked == Some(Headline));
    if let Some(unit) = marked {
        return Some(unit.span);
    }
    let top = || {
        units
            .iter()
            .take(TOP)
            .map(|unit| unit.span)
            .take_while(|span| !is_running_text(span.of(text)))
    };
    let good = |span: &Span| is_title(span.of(text), markers);
    top()
        .find(|span| good(span) && !is_kicker(span.of(text)))
        .or_else(|| top().find_map(|span| item(text, span, markers)))
        .or_else(|| top().filter(good).last())
}

/// A title without the marks around it.
pub(super) fn clean(title: &str) -> String {
    let words: Vec<_> = title.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(['*', '#', '+', ' '])
        .to_owned()
}

/// Whether a unit is running text: several sentences, or a long one.
pub(super) fn is_running_text(unit: &str) -> bool {
    is_running(unit, words(unit))
}

/// The same where it is known how many words the unit has.
pub(super) fn is_running(unit: &str, words: usize) -> bool {
    if !(7..30).contains(&words) || super::bars::has_separators(unit) {
        return words >= 30;
    }
    let sentences = || {
        let inner = unit.trim_end_matches(['.', '!', '?', '"', '“', '»', ')']);
        inner.contains(". ")
    };
    unit.ends_with('.') || (words >= 12 && ((words >= 16 && ends_sentence(unit)) || sentences()))
}

/// A section name above the title: very short, or short and all in capitals.
pub(super) fn is_kicker(unit: &str) -> bool {
    let words = words(unit);
    let capitals = !unit.contains(char::is_lowercase);
    words <= 2 || (words <= 3 && (capitals || unit.contains(',')))
}

fn is_title(unit: &str, markers: &Markers) -> bool {
    let patterns = &markers.patterns;
    words(unit) <= 30
        && unit.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !super::bars::has_separators(unit)
        && !super::units::bullet(unit)
        && !(unit.starts_with(['[', '(', '<']) || unit.contains("://"))
        && !(patterns.noise_head.is_match(unit) || patterns.noise_phrase.is_match(unit))
        && !(patterns.caption_head.is_match(unit) || patterns.caption_phrase.is_match(unit))
        && !(patterns.teaser_head.is_match(unit) || patterns.byline.is_match(unit))
        && !markers.is_menu_word(unit)
        && !super::dates::is_dateline(unit, markers)
}

/// The title inside a line like `Brief 31/2025 | Hanoi shops around`.
fn item(text: &str, span: Span, markers: &Markers) -> Option<Span> {
    super::bars::items(text, span)
        .into_iter()
        .filter(|item| item.of(text).split_whitespace().count() >= 3)
        .find(|item| is_title(item.of(text), markers))
}
