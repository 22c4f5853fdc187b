//! Footnotes of a text: lines that begin with a mark which its sentences bear.

use std::collections::BTreeSet;

/// The marks inside the lines of a text: `[3]` and `³`.
#[derive(Debug, Default)]
pub(super) struct Notes<'t>(BTreeSet<&'t str>);

impl<'t> Notes<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = BTreeSet::new();
        let mut from = 0;
        // the bytes that the marks begin with, or have as their second
        for at in memchr::memchr3_iter(b'[', 0xC2, 0x81, bytes) {
            let high = bytes.get(at) == Some(&0x81);
            let at = if high { at.saturating_sub(1) } else { at };
            let Some(mark) = text.get(at..).filter(|_| at >= from).and_then(mark) else {
                continue;
            };
            from = at + mark.len();
            let inside = at > 0 && bytes.get(at - 1) != Some(&b'\n');
            marks.extend(Some(mark).filter(|_| inside));
        }
        Self(marks)
    }

    /// Whether a paragraph is the note to a mark.
    pub(super) fn is_note(&self, unit: &str) -> bool {
        mark(unit).is_some_and(|mark| self.0.contains(mark))
    }
}

/// The mark that a text begins with.
fn mark(text: &str) -> Option<&str> {
    let raised = text.trim_start_matches(is_raised);
    if raised.len() < text.len() {
        return text.get(..text.len() - raised.len());
    }
    let inner = text.strip_prefix('[')?;
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - rest.len();
    ((1..4).contains(&digits) && rest.starts_with(']'))
        .then(|| text.get(..digits + 2))
        .flatten()
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_a_mark_in_the_text() {
        let rows = [
            (
                "They signed [1].\n\n[1] See the paper.",
                "[1] See the paper.",
                true,
            ),
            (
                "They signed.¹²\n¹² See the paper.",
                "¹² See the paper.",
                true,
            ),
            (
                "They signed.\n[1] See the paper.",
                "[1] See the paper.",
                false,
            ),
            ("[1] See the paper.", "[1] See the paper.", false),
            (
                "They signed [12].\n[1] See the paper.",
                "[1] See the paper.",
                false,
            ),
            ("They [sic] signed [1", "[sic] signed", false),
        ];
        for (text, unit, is) in rows {
            assert_eq!(Notes::of(text).is_note(unit), is, "{text}");
        }
    }
}
