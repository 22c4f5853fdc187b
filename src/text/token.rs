//! Tokens: runs of letters or runs of digits. Everything between two tokens is a gap.
//!
//! Letters and digits part company (`U212CD` is `U`, `212`, `CD`), so that `F-35A`, `F35A` and
//! `F 35A` are the same three tokens and a name is typed once.

use super::Span;
use super::fold::{self, wide_hash};

/// A run of letters (with their combining marks) or a run of ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a number.
    pub digits: bool,
}

/// The tokens of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Token>,
    /// Of the small letters of each.
    pub(crate) hashes: Vec<u64>,
}

impl Tokens {
    /// Cuts a text into tokens.
    pub(crate) fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.read(text);
        tokens
    }

    /// Cuts another text into tokens, in the room of those before.
    pub(crate) fn read(&mut self, text: &str) {
        self.list.clear();
        self.hashes.clear();
        // few texts have shorter words
        self.list.reserve(text.len() / 5);
        self.hashes.reserve(text.len() / 5);
        each(text, |token, hash| {
            self.list.push(token);
            self.hashes.push(hash);
        });
    }
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
    each(text, |token, _| out.push(token));
}

/// Calls `put` for every token of `text`, with the hash of its small letters.
#[inline]
fn each(text: &str, mut put: impl FnMut(Token, u64)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let class = class_of(first);
        let (mut end, mut hash) = match class {
            Class::Sign => {
                at += 1;
                continue;
            }
            Class::Letter => fold::letters(bytes, at),
            Class::Digit => fold::digits(bytes, at),
            Class::High => (at, 0),
        };
        let digits = class == Class::Digit;
        if !digits && bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            let more = letters(text, end, end > at);
            if more > end {
                hash = wide_hash(Span::new(at, more).of(text));
                end = more;
            } else if end == at {
                at += char_len(first);
                continue;
            }
        }
        let span = Span::new(at, end);
        put(Token { span, digits }, hash);
        at = end;
    }
}

/// What a byte is by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Sign,
    Letter,
    Digit,
    /// Part of a sign that is not ASCII.
    High,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::High; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_digit() {
            Class::Digit
        } else if byte.is_ascii_alphabetic() {
            Class::Letter
        } else {
            Class::Sign
        };
        byte += 1;
    }
    table
};

fn class_of(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// End of the run of letters from `at` on, where a sign stands that is not ASCII; marks may stand `inside` a run.
fn letters(text: &str, mut at: usize, mut inside: bool) -> usize {
    let next = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    while let Some(c) = next(at) {
        if !(is_letter(c) || (inside && is_mark(c))) {
            break;
        }
        inside = true;
        (at, _) = fold::letters(text.as_bytes(), at + c.len_utf8());
    }
    at
}

/// As the standard library says; the signs that texts have most of without a look into its tables.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'À'..='ɏ' => !matches!(c, '×' | '÷'),
        '\u{2000}'..='\u{206F}' => false,
        c => c.is_alphabetic(),
    }
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

#[cfg(test)]
mod tests {
    use super::super::fold::fold_hash;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        let wrong = ('\0'..=char::MAX).find(|&c| is_letter(c) != c.is_alphabetic());
        assert_eq!(wrong, None);
    }

    /// Sign by sign, as the definition says.
    fn plainly(text: &str) -> Vec<(usize, usize, bool)> {
        let mut found: Vec<(usize, usize, bool)> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let digit = c.is_ascii_digit();
            match found.last_mut().filter(|last| last.1 == at) {
                Some(last) if last.2 == digit && (digit || c.is_alphabetic()) => last.1 = end,
                Some(last) if !last.2 && is_mark(c) => last.1 = end,
                _ if digit || c.is_alphabetic() => found.push((at, end, digit)),
                _ => {}
            }
        }
        found
    }

    proptest! {
        #[test]
        fn tokens_are_runs(text in "([a-z]{0,4}|[0-9]{1,3}|[ -–„ßÄé×…\u{AD}\u{301}ª²中\n.,]){0,40}") {
            let mut tokens = Vec::new();
            each(&text, |token, hash| {
                assert_eq!(hash, fold_hash(token.span.of(&text)));
                tokens.push(token);
            });
            let tokens: Vec<_> = tokens.iter().map(|t| (t.span.start, t.span.end, t.digits)).collect();
            prop_assert_eq!(tokens, plainly(&text));
        }
    }
}
