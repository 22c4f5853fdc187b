//! A hash of the small letters of a token: eight bytes at a time, whatever the case, `ß` as `ss`, without soft hyphens.
//!
//! Compiled vocabularies hold it, so it is the same on every machine.

/// A one in each byte.
const ONES: u64 = u64::MAX / 255;
/// The bit that a letter of ASCII has when it is small; digits have it, too.
const SMALL: u64 = ONES * 0x20;
/// The bit that no byte of ASCII has.
const HIGH: u64 = ONES * 0x80;

/// A multiplier with well-mixed bits (from the `FxHash` of rustc-hash 2).
const FACTOR: u64 = 0xF135_7AEA_2E62_A9C5;

#[inline]
fn step(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(26) ^ eight).wrapping_mul(FACTOR)
}

/// The hash of a token.
pub(crate) fn fold_hash(token: &str) -> u64 {
    if !token.is_ascii() {
        return wide_hash(token);
    }
    let bytes = token.as_bytes();
    (0..bytes.len()).step_by(8).fold(0, |hash, at| {
        let unused = 64 - 8 * (bytes.len() - at).min(8);
        step(
            hash,
            eight_at(bytes, at, bytes.len()) | SMALL << unused >> unused,
        )
    })
}

/// Where the run of ASCII letters at `at` ends, and its hash.
#[inline]
pub(crate) fn letters(bytes: &[u8], at: usize) -> (usize, u64) {
    run(bytes, at, no_letters)
}

/// The same of digits.
#[inline]
pub(crate) fn digits(bytes: &[u8], at: usize) -> (usize, u64) {
    run(bytes, at, no_digits)
}

/// The same of the letters or the digits of ASCII that stand at `at`.
#[inline]
pub(crate) fn run_at(bytes: &[u8], at: usize) -> (usize, u64) {
    match bytes.get(at) {
        Some(first) if first.is_ascii_alphabetic() => letters(bytes, at),
        Some(first) if first.is_ascii_digit() => digits(bytes, at),
        _ => (at, 0),
    }
}

/// The same of whatever `others` leaves out of eight bytes.
#[inline]
fn run(bytes: &[u8], mut at: usize, others: impl Fn(u64) -> u64) -> (usize, u64) {
    let mut hash = 0;
    loop {
        let eight = match bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(&whole) => u64::from_le_bytes(whole),
            None => last(bytes, at, bytes.len()),
        };
        let others = others(eight);
        if others != 0 {
            // what is left behind the bits of the run's bytes is none
            let length = others.trailing_zeros() / 8;
            let own = (eight | SMALL) & !(u64::MAX << (8 * length));
            let whole = if length == 0 { hash } else { step(hash, own) };
            return (at + length as usize, whole);
        }
        hash = step(hash, eight | SMALL);
        at += 8;
    }
}

/// The high bits of those bytes that are no letters of ASCII.
#[inline]
fn no_letters(eight: u64) -> u64 {
    outside(eight | SMALL, eight, b'a', b'z')
}

/// The high bits of those bytes that are no digits.
#[inline]
fn no_digits(eight: u64) -> u64 {
    outside(eight, eight, b'0', b'9')
}

/// The high bits of those bytes that are not from `first` to `last`, or high in `raw`.
#[inline]
fn outside(eight: u64, raw: u64, first: u8, last: u8) -> u64 {
    let low = eight & !HIGH;
    let from = low + ONES * u64::from(0x80 - first);
    let past = low + ONES * u64::from(0x7F - last);
    !(from & !past & !raw) & HIGH
}

/// The hash of a token that is not all ASCII.
pub(super) fn wide_hash(token: &str) -> u64 {
    let bytes = token.as_bytes();
    let (mut all, mut at) = (Bytes::default(), 0);
    while let Some(&byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1)) {
            (0..=0x7F, _) => {
                all.push(byte | 0x20);
                1
            }
            // the signs of Latin-1, which most words are of
            (0xC3, Some(&second)) => {
                let small = match second {
                    0x9F => [b's', b's'],
                    0x80..=0x9E => [byte, second + 0x20],
                    _ => [byte, second],
                };
                for byte in small {
                    all.push(byte);
                }
                2
            }
            _ => all.letter(token, at),
        };
    }
    all.finish()
}

/// Bytes that are hashed eight at a time.
#[derive(Default)]
struct Bytes {
    hash: u64,
    eight: u64,
    filled: u32,
}

impl Bytes {
    fn push(&mut self, byte: u8) {
        self.eight |= u64::from(byte) << (8 * self.filled);
        self.filled += 1;
        if self.filled == 8 {
            self.hash = step(self.hash, self.eight);
            (self.eight, self.filled) = (0, 0);
        }
    }

    /// Adds any letter of a token; returns its length.
    fn letter(&mut self, token: &str, at: usize) -> usize {
        let Some(letter) = token.get(at..).and_then(|rest| rest.chars().next()) else {
            return 1;
        };
        let small = Some(letter)
            .filter(|&c| c != '\u{AD}')
            .map(char::to_lowercase);
        for c in small.into_iter().flatten() {
            let mut buffer = [0; 4];
            let plain = if c == 'ß' {
                "ss"
            } else {
                c.encode_utf8(&mut buffer)
            };
            for byte in plain.bytes() {
                self.push(byte);
            }
        }
        letter.len_utf8()
    }

    fn finish(self) -> u64 {
        if self.filled > 0 {
            step(self.hash, self.eight)
        } else {
            self.hash
        }
    }
}

/// The bytes from `at` to `end` as a number, eight at the most.
#[inline]
pub(crate) fn eight_at(bytes: &[u8], at: usize, end: usize) -> u64 {
    let whole = bytes.get(at..).and_then(<[u8]>::first_chunk);
    match whole.copied().map(u64::from_le_bytes) {
        Some(eight) if end - at < 8 => eight & !(u64::MAX << (8 * (end - at))),
        Some(eight) => eight,
        None => last(bytes, at, end),
    }
}

/// The same near the end of a text.
#[cold]
#[inline(never)]
fn last(bytes: &[u8], at: usize, end: usize) -> u64 {
    let rest = bytes.get(at..end).unwrap_or_default().iter().rev();
    rest.fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As the words say.
    fn plainly(token: &str) -> u64 {
        let small = token
            .chars()
            .filter(|&c| c != '\u{AD}')
            .flat_map(char::to_lowercase);
        let bytes = small.collect::<String>().replace('ß', "ss").into_bytes();
        bytes.chunks(8).fold(0, |hash, eight| {
            let number = eight
                .iter()
                .rev()
                .fold(0, |number, &byte| number << 8 | u64::from(byte));
            step(hash, number)
        })
    }

    proptest! {
        #[test]
        fn hashes_are_of_small_letters(
            token in "([a-zA-Z]{1,20}|[0-9]{1,12}|[a-zA-ZäÖßẞéÉÿŠ\u{AD}\u{301}ЖжİΣ]{1,20})", more in "[ .–a]{0,9}",
        ) {
            prop_assert_eq!(fold_hash(&token), plainly(&token));
            if token.is_ascii() {
                let text = format!("{token}.{more}");
                prop_assert_eq!(run_at(text.as_bytes(), 0), (token.len(), plainly(&token)));
            }
        }
    }

    #[test]
    fn runs_end_at_other_bytes() {
        for byte in 0..=u8::MAX {
            let bytes = [byte; 3];
            let length = |is: bool| if is { 3 } else { 0 };
            assert_eq!(letters(&bytes, 0).0, length(byte.is_ascii_alphabetic()));
            assert_eq!(digits(&bytes, 0).0, length(byte.is_ascii_digit()));
            let both = run_at(&bytes, 0).0;
            assert_eq!(both, length(byte.is_ascii_alphanumeric()));
        }
    }
}
