//! When a token of a text is a token of a form, and which gaps may stand between two of them.

use super::Case;
use crate::text::Span;
use crate::text::token::{eight_at, unused};

/// A hash of the small letters of a token: `ß` as `ss`, without soft hyphens. Compiled vocabularies
/// hold it, so it is the same on every machine.
pub(super) fn fold_hash(token: &str) -> u64 {
    fold_hash_at(token, Span::new(0, token.len()))
}

/// The same of a token where it stands in a text: eight bytes at a time.
pub(super) fn fold_hash_at(text: &str, token: Span) -> u64 {
    let bytes = text.as_bytes();
    let (mut hash, mut high) = (0, 0);
    let mut at = token.start;
    while at < token.end {
        let eight = eight_at(bytes, at, token.end);
        high |= eight;
        hash = step(hash, eight | SMALL & unused(token.end - at));
        at += 8;
    }
    if high & HIGH == 0 {
        return hash;
    }
    wide_hash(token.of(text))
}

/// The bits that a letter of ASCII has when it is small; digits have them, too.
const SMALL: u64 = u64::MAX / 255 * 0x20;
/// The bits that no byte of ASCII has.
const HIGH: u64 = u64::MAX / 255 * 0x80;

fn step(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(26) ^ eight).wrapping_mul(FACTOR)
}

/// The hash of a token that is not all ASCII.
fn wide_hash(token: &str) -> u64 {
    let (mut hash, mut eight, mut filled) = (0, 0, 0);
    let mut buffer = [0; 4];
    for c in folded(token) {
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            eight |= u64::from(byte) << (8 * filled);
            filled += 1;
            if filled == 8 {
                hash = step(hash, eight);
                (eight, filled) = (0, 0);
            }
        }
    }
    if filled > 0 {
        hash = step(hash, eight);
    }
    hash
}

/// A multiplier with well-mixed bits (from the `FxHash` of rustc-hash 2).
const FACTOR: u64 = 0xF135_7AEA_2E62_A9C5;

fn folded(token: &str) -> impl Iterator<Item = char> {
    plain(token).flat_map(char::to_lowercase).flat_map(|c| {
        let (first, second) = if c == 'ß' {
            ('s', Some('s'))
        } else {
            (c, None)
        };
        std::iter::once(first).chain(second)
    })
}

/// The letters without soft hyphens.
fn plain(token: &str) -> impl Iterator<Item = char> {
    token.chars().filter(|&c| c != '\u{AD}')
}

fn upper(token: &str) -> impl Iterator<Item = char> {
    plain(token).flat_map(|c| if c == 'ẞ' { 'ß' } else { c }.to_uppercase())
}

/// Whether `seen` is a way to write `word`.
pub(super) fn token_matches(word: &str, seen: &str, case: Case) -> bool {
    if word == seen {
        return true;
    }
    // small letters stand for no capitals, and most names begin with one
    let small = |token: &str| token.as_bytes().first().map(u8::is_ascii_lowercase);
    if small(seen) == Some(true) && small(word) == Some(false) {
        return false;
    }
    plain(word).eq(plain(seen))
        || (case != Case::Exact
            && (capitals(word, seen)
                || capitalised(word, seen)
                || (case == Case::Acronym && title_case(word, seen))))
}

/// The whole token in capitals; a single capital letter is no such token.
fn capitals(word: &str, seen: &str) -> bool {
    let mut letters = plain(seen);
    let long = letters
        .by_ref()
        .take(2)
        .filter(|c| c.is_uppercase())
        .count()
        == 2;
    long && letters.all(char::is_uppercase) && upper(word).eq(upper(seen))
}

/// The first letter a capital where the form has a small one.
fn capitalised(word: &str, seen: &str) -> bool {
    let (mut word, mut seen) = (plain(word), plain(seen));
    match (word.next(), seen.next()) {
        (Some(small), Some(large)) => {
            small != large && small.to_uppercase().eq([large]) && word.eq(seen)
        }
        _ => false,
    }
}

/// `Nato` for `NATO`, `Natos` for `NATOs`: four capitals and more.
fn title_case(word: &str, seen: &str) -> bool {
    let capitals = plain(word).filter(|c| c.is_uppercase()).count();
    let (mut word, mut seen) = (plain(word), plain(seen));
    capitals >= 4 && word.next() == seen.next() && word.flat_map(char::to_lowercase).eq(seen)
}

/// Whether `gap` of a text may stand where the form has `own`; `number` if a number is beside it.
pub(super) fn gap_matches(own: &str, gap: &str, number: bool) -> bool {
    if own == gap {
        return true;
    }
    match Gap::of(gap) {
        Gap::Nothing => number || own.is_empty(),
        Gap::Blank | Gap::Hyphen => !matches!(Gap::of(own), Gap::Apostrophe | Gap::Other),
        Gap::Joint => !matches!(Gap::of(own), Gap::Other),
        Gap::Stop => number || matches!(Gap::of(own), Gap::Stop | Gap::StopBlank),
        Gap::StopBlank => matches!(Gap::of(own), Gap::Stop | Gap::StopBlank),
        Gap::Apostrophe => matches!(Gap::of(own), Gap::Apostrophe),
        Gap::Other => unify(own).eq(unify(gap)),
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// One blank, or a line break with a blank.
    Blank,
    /// A hyphen or dash with at most one blank around.
    Hyphen,
    /// Slash, ampersand or plus with blanks around.
    Joint,
    /// A full stop with nothing after it.
    Stop,
    /// A full stop and a blank: the end of a sentence unless the form has it.
    StopBlank,
    Apostrophe,
    /// Commas, brackets, paragraph breaks, anything longer.
    Other,
}

impl Gap {
    fn of(gap: &str) -> Self {
        let mut signs = gap.chars().filter(|c| !is_blank(*c));
        let sign = signs.next();
        if signs.next().is_some() {
            return Self::Other;
        }
        let blanks = gap.chars().filter(|c| is_blank(*c)).count();
        let breaks = gap.bytes().filter(|b| *b == b'\n').count();
        match (sign, blanks) {
            _ if breaks > 1 => Self::Other,
            (None, 0) => Self::Nothing,
            (None, 1) => Self::Blank,
            (None, 2) if breaks == 1 => Self::Blank,
            (Some('-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}'), 0 | 1) => Self::Hyphen,
            (Some('/' | '&' | '+'), 0..=2) => Self::Joint,
            (Some('.'), 0) => Self::Stop,
            (Some('.'), 1) if gap.starts_with('.') => Self::StopBlank,
            (Some('\'' | '’' | '‘' | 'ʼ' | '`' | '´'), 0) => Self::Apostrophe,
            _ => Self::Other,
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\n')
}

/// Blanks, quotation marks, apostrophes and dashes as one sign of each.
fn unify(gap: &str) -> impl Iterator<Item = char> {
    gap.chars().map(|c| match c {
        c if is_blank(c) => ' ',
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '„' | '“' | '”' | '«' | '»' => '"',
        '\u{2010}'..='\u{2014}' => '-',
        c => c,
    })
}
