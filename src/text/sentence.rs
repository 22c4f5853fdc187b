//! Splits a text into sentences: abbreviations, ordinals, initials, quotes and page layout considered.

use super::Span;

/// What the splitter must know of a language, in small letters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits<'a> {
    /// Words after which a full stop ends no sentence.
    pub abbreviations: &'a [String],
    /// Words before a number whose full stop makes it an ordinal (`am 8. Juli`); empty where
    /// ordinals are not written with a full stop.
    pub ordinal_contexts: &'a [String],
}

/// Appends the sentences of `text[within]` to `out`, without surrounding blank space.
///
/// A sentence ends at `.`, `!`, `?` or `…` (and the quotes and brackets after it) before blank
/// space and a capital, digit or opening quote, and at an empty line, a list sign or the end of a
/// line that is too short to be broken running text.
pub fn split(text: &str, within: Span, habits: Habits<'_>, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = within.start;
    let mut at = within.start;
    while at < within.end {
        let end = match bytes[at] {
            b'.' | b'!' | b'?' => stop_end(text, at, within.end, start, habits),
            b'\n' => line_end(text, at, within, start),
            0xE2 if text[at..].starts_with('…') => stop_end(text, at, within.end, start, habits),
            _ => None,
        };
        if let Some(end) = end {
            push(text, start, end, out);
            start = end;
            at = at.max(end.saturating_sub(1));
        }
        at += 1;
        while at < within.end && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    push(text, start, within.end, out);
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(piece) = text.get(start..end) else {
        return;
    };
    let front = piece.len() - piece.trim_start().len();
    let body = piece.trim();
    if !body.is_empty() {
        out.push(Span::new(start + front, start + front + body.len()));
    }
}

/// Signs that may follow a stop and still belong to its sentence.
const CLOSERS: &str = ".!?…\"'”“’»«)]*";
/// Signs that may open a sentence.
const OPENERS: &str = "\"“„»«‘'([–—-•→*";

/// End of the sentence whose stop is at `at`, if one ends there.
fn stop_end(text: &str, at: usize, end: usize, start: usize, habits: Habits<'_>) -> Option<usize> {
    let closers = text[at..end].chars().take_while(|c| CLOSERS.contains(*c));
    let close = at + closers.map(char::len_utf8).sum::<usize>();
    let rest = text.get(close..end)?;
    let next = rest.trim_start();
    if next.is_empty() {
        return Some(close);
    }
    if next.len() == rest.len() {
        return None;
    }
    let first = next.chars().next()?;
    let opens = first.is_uppercase() || first.is_ascii_digit() || OPENERS.contains(first);
    let single = text.as_bytes()[at] == b'.' && close == at + 1;
    (opens && !(single && keeps_going(&text[start..at], next, habits))).then_some(close)
}

/// Whether the full stop after `before` belongs to an abbreviation, initial or ordinal.
fn keeps_going(before: &str, next: &str, habits: Habits<'_>) -> bool {
    let word_start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !(c.is_alphanumeric() || *c == '.'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[word_start..];
    if word.is_empty() {
        return false;
    }
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return true;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.len() <= 2 && is_ordinal(&before[..word_start], next, habits);
    }
    let lower = word.to_lowercase();
    habits.abbreviations.contains(&lower)
}

fn is_ordinal(before: &str, next: &str, habits: Habits<'_>) -> bool {
    if habits.ordinal_contexts.is_empty() {
        return false;
    }
    let previous = before
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let next_is_number = next.starts_with(|c: char| c.is_ascii_digit());
    next_is_number || habits.ordinal_contexts.contains(&previous)
}

/// Running text is broken into lines about this long; a shorter line ends by itself.
const SHORT_LINE: usize = 48;

fn line_end(text: &str, at: usize, within: Span, start: usize) -> Option<usize> {
    let rest = &text[at + 1..within.end];
    let next = rest.trim_start_matches([' ', '\t']);
    let list_sign = next.starts_with(['-', '–', '•', '→', '*', '·'])
        && next.chars().nth(1).is_some_and(char::is_whitespace);
    if next.starts_with('\n') || next.is_empty() || list_sign {
        return Some(at);
    }
    let line_start = text[within.start..at]
        .rfind('\n')
        .map_or(within.start, |n| within.start + n + 1);
    let line = text[line_start.max(start).min(at)..at].trim();
    let continues = next.starts_with(char::is_lowercase) || line.ends_with([',', '-', '–', ';']);
    (text[line_start..at].trim().len() < SHORT_LINE && !continues).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_finds_sentences() {
        let abbreviations: Vec<String> =
            ["dr", "gen", "z.b", "mio", "u.s"].map(String::from).into();
        let ordinals: Vec<String> = ["am", "der"].map(String::from).into();
        let habits = Habits {
            abbreviations: &abbreviations,
            ordinal_contexts: &ordinals,
        };
        for (text, expected) in [
            ("Er kam. Sie ging.", vec!["Er kam.", "Sie ging."]),
            (
                "Am 8. Juli kam er. Er blieb.",
                vec!["Am 8. Juli kam er.", "Er blieb."],
            ),
            (
                "Dr. Meier sprach z.B. Englisch. Gut!",
                vec!["Dr. Meier sprach z.B. Englisch.", "Gut!"],
            ),
            (
                "Gen. J. Smith of the U.S. Army spoke. Then left.",
                vec!["Gen. J. Smith of the U.S. Army spoke.", "Then left."],
            ),
            ("„Wir gehen.“ Er ging.", vec!["„Wir gehen.“", "Er ging."]),
            ("Im Jahr 2024. Danach", vec!["Im Jahr 2024.", "Danach"]),
            ("Überschrift\n\nEin Satz", vec!["Überschrift", "Ein Satz"]),
            ("– eins\n– zwei", vec!["– eins", "– zwei"]),
            (
                "Version 3.5 kostet 2,5 Mio. Euro. Ende",
                vec!["Version 3.5 kostet 2,5 Mio. Euro.", "Ende"],
            ),
        ] {
            let mut out = Vec::new();
            split(text, Span::new(0, text.len()), habits, &mut out);
            let found: Vec<&str> = out.iter().map(|s| s.of(text)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
