//! The language of a text, by its commonest words; what is neither German nor English is `und`.

use whatlang::{Detector, Lang};

use super::markers::Markers;

const SAMPLE: usize = 20_000;
/// No common word of a language has more bytes.
const LONGEST: usize = 24;
/// Bytes that the detector of other languages looks at.
const GLANCE: usize = 4_000;
/// Fewer words than this are not enough to say that a language is none of ours.
const ENOUGH: usize = 20;

/// The code of the language with the most stop words in the text. Without any it is the `claimed` one if
/// that is ours, else English, which asks for the fewest words.
///
/// A text with hardly any stop words of ours that is clearly in another language is `und`.
pub(super) fn detect<'m>(text: &str, claimed: &str, markers: &'m Markers) -> &'m str {
    let known = markers
        .languages
        .iter()
        .find(|language| language.code == claimed);
    let mut best = (known.map_or("en", |language| language.code.as_str()), 0);
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let mut counts = vec![0; markers.languages.len()];
    let (mut all, mut lower) = (0, String::new());
    for word in words.take(SAMPLE) {
        all += 1;
        if word.len() > LONGEST {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        for (count, language) in counts.iter_mut().zip(&markers.languages) {
            *count += usize::from(language.stop_words.contains(lower.as_str()));
        }
    }
    for (&count, language) in counts.iter().zip(&markers.languages) {
        if count > best.1 || (count == best.1 && count > 0 && language.code == "en") {
            best = (&language.code, count);
        }
    }
    if all >= ENOUGH && best.1 * 8 < all && is_foreign(text) {
        return "und";
    }
    best.0
}

/// Whether a text is clearly in a language that is not ours.
fn is_foreign(text: &str) -> bool {
    let end = (0..=GLANCE.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let found = Detector::new().detect(text.get(..end.unwrap_or(0)).unwrap_or_default());
    found.is_some_and(|info| info.is_reliable() && !matches!(info.lang(), Lang::Deu | Lang::Eng))
}
