//! Tokens: runs of letters or runs of digits. Everything between two tokens is a gap.
//!
//! Letters and digits part company (`U212CD` is `U`, `212`, `CD`), so that `F-35A`, `F35A` and
//! `F 35A` are the same three tokens and a name is typed once.

use super::Span;

/// A run of letters (with their combining marks) or a run of ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a number.
    pub digits: bool,
}

/// Splits `text` into tokens, appending them to `out`.
///
/// ```
/// use entente::text::token::tokenize;
/// let mut tokens = Vec::new();
/// let text = "U212CD für Norwegen";
/// tokenize(text, &mut tokens);
/// let words: Vec<_> = tokens.iter().map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["U", "212", "CD", "für", "Norwegen"]);
/// ```
pub fn tokenize(text: &str, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        if byte.is_ascii_digit() {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            out.push(Token {
                span: Span::new(start, at),
                digits: true,
            });
        } else if let Some(end) = letters(text, bytes, at) {
            at = end;
            out.push(Token {
                span: Span::new(start, at),
                digits: false,
            });
        } else {
            at += char_len(byte);
        }
    }
}

/// End of the run of letters at `at`, if one starts there.
fn letters(text: &str, bytes: &[u8], mut at: usize) -> Option<usize> {
    let start = at;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += 1;
        } else if byte < 0x80 {
            break;
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next())?;
            if !(c.is_alphabetic() || (at > start && is_mark(c))) {
                break;
            }
            at += c.len_utf8();
        }
    }
    (at > start).then_some(at)
}

/// Combining diacritical marks, and the soft hyphen inside a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}')
}

fn char_len(first: u8) -> usize {
    match first {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
    }
}
