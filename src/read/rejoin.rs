//! Mends what a page layout tore: words hyphenated at a line end, sentences cut by a blank line.
//!
//! Nothing else is touched, so that names stay exact parts of the file as it was.

use std::collections::BTreeSet;

use super::markers::Markers;

/// A line this long may have been cut by the layout; a shorter one ended because its author ended it.
const LONG: usize = 50;
/// The same for a word cut in two, which is rarer by chance.
const LONG_FOR_WORD: usize = 30;

/// The text with its tears mended.
pub(super) fn rejoin(text: &str, markers: &Markers) -> String {
    let mut words: Option<BTreeSet<&str>> = None;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        let (line, after) = rest.split_at(at);
        let next = after.trim_start_matches(['\n', ' ', '\t']);
        out.push_str(line);
        let gap = after.len() - next.len();
        let blank = after.get(..gap).unwrap_or_default().matches('\n').count() > 1;
        let length = line.trim_end().len();
        let mend = if length < LONG_FOR_WORD || next.is_empty() {
            None
        } else if hyphenated(line) {
            let words = words.get_or_insert_with(|| vocabulary(text));
            hyphen(line, next, words, markers)
        } else {
            (blank && length >= LONG && torn(line, next)).then_some(Mend::Space)
        };
        match mend {
            Some(word @ (Mend::Drop | Mend::Keep)) => {
                if matches!(word, Mend::Drop) {
                    out.pop();
                }
                // the rest of the word moves up, the line still ends
                let (rest_of_word, after) =
                    next.split_at(next.find(char::is_whitespace).unwrap_or(next.len()));
                out.push_str(rest_of_word);
                let space = after.strip_prefix(' ').filter(|_| !blank);
                out.push_str(if space.is_some() { "\n" } else { "" });
                rest = space.unwrap_or(after);
                continue;
            }
            Some(Mend::Space) => {
                out.truncate(out.trim_end().len());
                out.push(' ');
            }
            None => {
                out.push_str(after.get(..gap).unwrap_or_default());
            }
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

enum Mend {
    /// The hyphen was the layout's.
    Drop,
    /// The hyphen belongs to the word.
    Keep,
    /// Two words.
    Space,
}

fn hyphenated(line: &str) -> bool {
    line.strip_suffix('-')
        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// What the hyphen at the end of `line` was for.
fn hyphen(line: &str, next: &str, words: &BTreeSet<&str>, markers: &Markers) -> Option<Mend> {
    let first = next.chars().next()?;
    if !first.is_alphanumeric() {
        return None;
    }
    let left = last_word(line.trim_end_matches('-'));
    let right = first_word(next);
    if first.is_lowercase() && markers.joins(right) {
        return Some(Mend::Space);
    }
    if !first.is_lowercase() || left.ends_with(|c: char| c.is_ascii_digit()) {
        return Some(Mend::Keep);
    }
    let whole = words.contains(format!("{left}{right}").as_str());
    let two = words.contains(left) || words.contains(right) || markers.first_part(left);
    Some(if two && !whole {
        Mend::Keep
    } else {
        Mend::Drop
    })
}

fn last_word(line: &str) -> &str {
    line.rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn first_word(line: &str) -> &str {
    line.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The words of the text that have a hyphen inside.
fn vocabulary(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words.filter(|word| word.contains('-')).collect()
}

/// Whether a blank line stands inside a sentence that goes on in `next`.
fn torn(line: &str, next: &str) -> bool {
    let open = line
        .trim_end()
        .ends_with(|c: char| c.is_alphanumeric() || c == ',');
    if !(open && next.starts_with(char::is_lowercase)) {
        return false;
    }
    let next = next.split("\n\n").next().unwrap_or_default();
    !next.contains('|')
        && next.split_whitespace().count() >= 5
        && next.contains(['.', '!', '?', ':'])
}
