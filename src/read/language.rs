//! The language of a text, by its commonest words.

use super::markers::Markers;

const SAMPLE: usize = 20_000;

/// The code of the language with the most stop words in the text; English if there are none.
pub(super) fn detect<'m>(text: &str, markers: &'m Markers) -> &'m str {
    let mut best = ("en", 0);
    for language in &markers.languages {
        let count = text
            .split(|c: char| !c.is_alphabetic())
            .take(SAMPLE)
            .filter(|word| language.stop_words.contains(&word.to_lowercase()))
            .count();
        if count > best.1 || (count == best.1 && language.code == "en") {
            best = (&language.code, count);
        }
    }
    best.0
}
