//! Mends what a page layout tore: words hyphenated at a line end, sentences cut by a blank line.
//!
//! Nothing else is touched, so that names stay exact parts of the file as it was.

use std::collections::BTreeSet;

use super::markers::Markers;

/// A line this long may have been cut by the layout; a shorter one ended because its author ended it.
const LONG: usize = 50;

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
        let mend = if line.trim_end().len() < LONG || next.is_empty() {
            None
        } else if hyphenated(line) {
            let words = words.get_or_insert_with(|| vocabulary(text));
            hyphen(line, next, words, markers)
        } else {
            (blank && torn(line, next)).then_some(Mend::Space)
        };
        match mend {
            Some(Mend::Drop) => drop(out.pop()),
            Some(Mend::Keep) => {}
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

/// The words of the text, but for those cut at a line end.
fn vocabulary(text: &str) -> BTreeSet<&str> {
    let mut words = BTreeSet::new();
    let mut cut = false;
    for line in text.lines() {
        let mut found: Vec<&str> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        if cut && !found.is_empty() {
            found.remove(0);
        }
        cut = hyphenated(line);
        if cut {
            found.pop();
        }
        words.extend(found);
    }
    words
}

/// Whether a blank line stands inside a sentence that goes on in `next`.
fn torn(line: &str, next: &str) -> bool {
    let next = next.lines().next().unwrap_or_default().trim_end();
    let open = line
        .trim_end()
        .ends_with(|c: char| c.is_alphanumeric() || c == ',');
    open && next.starts_with(char::is_lowercase)
        && !next.contains('|')
        && next.split_whitespace().count() >= 5
        && next.contains(['.', '!', '?', ':'])
}
