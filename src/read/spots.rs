//! Places of a text where a phrase of a list may begin: found in one pass, most turned away by their first words.

use crate::text::Span;
use crate::text::fold::{digits, letters, run_at};

/// The first three bytes of phrases, five bits of each.
#[derive(Clone, Debug)]
pub(super) struct Begin {
    bits: Box<[u64; WORDS]>,
}

const WORDS: usize = 512;
/// So many bytes of a phrase are looked at.
const DEPTH: usize = 3;

/// Five bits of each byte: the letters of ASCII, small and capital the same, and what is left in five groups.
const LOW: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            letter if letter.is_ascii_alphabetic() => letter & 31,
            digit if digit.is_ascii_digit() => 27,
            blank if blank.is_ascii_whitespace() || blank == 0xB => 28,
            sign if sign.is_ascii() => 29,
            0x80..=0xBF => 30,
            _ => 31,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    table
};

fn low(byte: u8) -> usize {
    usize::from(LOW[usize::from(byte)])
}

impl Default for Begin {
    /// Nothing begins so.
    fn default() -> Self {
        Self {
            bits: Box::new([0; WORDS]),
        }
    }
}

impl Begin {
    /// Adds a phrase in small letters, in which a blank stands for any blanks.
    pub(super) fn add(&mut self, phrase: &str) {
        self.grow(phrase, 0, 0);
    }

    /// Adds a phrase that is to be found by its end.
    pub(super) fn add_end(&mut self, phrase: &str) {
        self.add(&phrase.chars().rev().collect::<String>());
    }

    /// Adds what begins with the bits of `key`, `depth` bytes, and goes on with `rest`.
    fn grow(&mut self, rest: &str, key: usize, depth: usize) {
        let mut letters = rest.chars();
        let more = |key: usize, byte: u8| key << 5 | low(byte);
        // first and last byte of any sign that is no ASCII
        let wide: &[u8] = &[0xC3, 0xBF];
        let (fills, letter) = match letters.next().filter(|_| depth < DEPTH) {
            // the long s and the sign of Kelvin have small letters of ASCII
            Some(letter @ ('s' | 'k')) => (wide, Some(letter)),
            Some(letter) if letter.is_ascii_graphic() => (&[][..], Some(letter)),
            Some(' ') => (&b" \x0B\xC3\xBF"[..], None),
            Some(letter) if !letter.is_ascii() => (wide, None),
            // the end: whatever follows
            _ => return self.fill(key, depth),
        };
        for &byte in fills {
            self.fill(more(key, byte), depth + 1);
        }
        if let Some(byte) = letter.and_then(|letter| u8::try_from(letter).ok()) {
            self.grow(letters.as_str(), more(key, byte), depth + 1);
        }
    }

    /// Adds everything that begins with the bits of `key`.
    fn fill(&mut self, key: usize, depth: usize) {
        let free = 5 * DEPTH.saturating_sub(depth);
        let (from, to) = (key << free, (key + 1) << free);
        let mask = if to - from < 64 {
            ((1 << (to - from)) - 1) << (from & 63)
        } else {
            u64::MAX
        };
        for word in self.bits.iter_mut().take(to.div_ceil(64)).skip(from >> 6) {
            *word |= mask;
        }
    }

    /// Whether a phrase may begin at byte `at`.
    pub(super) fn may(&self, bytes: &[u8], at: usize) -> bool {
        let Some(&first) = bytes.get(at) else {
            return false;
        };
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        self.has([first, byte(at + 1), byte(at + 2)])
    }

    /// Whether a phrase that was added by its end may be the end of a text.
    pub(super) fn may_end(&self, bytes: &[u8]) -> bool {
        let mut last = bytes.iter().rev().copied();
        let mut next = || last.next().unwrap_or(0);
        self.has([next(), next(), next()])
    }

    fn has(&self, key: [u8; DEPTH]) -> bool {
        let key = key.map(low);
        let at = key[0] << 10 | key[1] << 5 | key[2];
        self.bits[at >> 6] >> (at & 63) & 1 == 1
    }
}

/// What phrases begin with that may stand anywhere: their first three bytes, and their first two words.
#[derive(Clone, Debug, Default)]
pub(super) struct Firsts {
    begin: Begin,
    /// Bits of words that phrases are or begin with, and of those that tell only with the next.
    alone: Bits,
    first: Bits,
    pairs: Bits,
}

impl Firsts {
    /// Adds a phrase in small letters that has no letter or number in front of it and behind it.
    pub(super) fn add(&mut self, phrase: &str) {
        self.begin.add(phrase);
        let bytes = phrase.as_bytes();
        let ascii = |end: usize| bytes.get(end).is_none_or(u8::is_ascii);
        let (end, word) = run_at(bytes, 0);
        if end == 0 || !ascii(end) {
            return;
        }
        let (next, second) = run_at(bytes, end + 1);
        if bytes.get(end) == Some(&b' ') && next > end + 1 && ascii(next) {
            self.first.set(word);
            self.pairs.set(word ^ second);
        } else {
            self.alone.set(word);
        }
    }

    /// Whether a phrase may begin with a word of ASCII that ends at `end`.
    fn may(&self, bytes: &[u8], end: usize, word: u64) -> bool {
        self.alone.has(word) || self.first.has(word) && self.may_go_on(bytes, end, word)
    }

    /// Whether a phrase may begin with a word and the one behind it.
    fn may_go_on(&self, bytes: &[u8], end: usize, word: u64) -> bool {
        let rest = bytes.get(end..).unwrap_or_default();
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0xB;
        let start = end + rest.iter().take_while(|byte| blank(byte)).count();
        let (next, second) = run_at(bytes, start);
        // signs that are no ASCII may be blanks and letters
        let wide = |at: usize| bytes.get(at).is_some_and(|byte| !byte.is_ascii());
        wide(start) || wide(next) || self.pairs.has(word ^ second)
    }
}

/// A set of hashes, in which others may be, too.
#[derive(Clone, Debug)]
struct Bits(Box<[u64; WORDS]>);

impl Default for Bits {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

impl Bits {
    fn set(&mut self, hash: u64) {
        if let Some(bits) = self.0.get_mut((hash >> 55) as usize) {
            *bits |= 1 << (hash >> 49 & 63);
        }
    }

    fn has(&self, hash: u64) -> bool {
        let bits = self.0.get((hash >> 55) as usize);
        bits.is_some_and(|bits| bits >> (hash >> 49 & 63) & 1 == 1)
    }
}

/// The places of a whole text, in order.
#[derive(Debug, Default)]
pub(super) struct Spots(Vec<usize>);

impl Spots {
    /// Reads the text once: a phrase may begin behind a sign that is no letter and no number.
    pub(super) fn of(text: &str, firsts: &Firsts) -> Self {
        let bytes = text.as_bytes();
        let mut spots = Vec::new();
        let (mut at, mut sign) = (0, false);
        while let Some(&byte) = bytes.get(at) {
            let (end, word) = match byte {
                byte if byte.is_ascii_alphabetic() => letters(bytes, at),
                byte if byte.is_ascii_digit() => digits(bytes, at),
                _ => (at, 0),
            };
            let whole = end > at && bytes.get(end).is_none_or(u8::is_ascii);
            if sign
                && (whole && firsts.may(bytes, end, word) || !whole && firsts.begin.may(bytes, at))
            {
                spots.push(at);
            }
            (at, sign) = if end > at {
                (end, false)
            } else if byte.is_ascii() {
                (at + 1, true)
            } else {
                let letter = text.get(at..).and_then(|rest| rest.chars().next());
                let sign = letter.is_some_and(|letter| !is_letter_or_number(letter));
                (at + letter.map_or(1, char::len_utf8), sign)
            };
        }
        Self(spots)
    }

    /// Those inside a part of the text, counted from its start; the start itself is none of them.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.0.partition_point(|&at| at <= span.start);
        let here = self.0.get(first..).unwrap_or_default().iter();
        here.take_while(move |&&at| at < span.end)
            .map(move |&at| at - span.start)
    }
}

/// The places behind a sign that is no letter and no number where a phrase may begin.
pub(super) fn starts<'t>(text: &'t str, begin: &'t Begin) -> impl Iterator<Item = usize> + 't {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(at)?;
            let sign = if byte.is_ascii() {
                at += 1;
                !ALNUM[usize::from(byte)]
            } else {
                let letter = text.get(at..).and_then(|rest| rest.chars().next())?;
                at += letter.len_utf8();
                !is_letter_or_number(letter)
            };
            if sign && begin.may(bytes, at) {
                return Some(at);
            }
        }
    })
}

/// Which bytes are letters and numbers of ASCII.
const ALNUM: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// As the standard library says; the signs that texts have most of without a look into its tables.
pub(super) fn is_letter_or_number(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        'À'..='ɏ' => !matches!(c, '×' | '÷'),
        '\u{2000}'..='\u{206F}' => false,
        c => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_are_those_of_the_standard_library() {
        let wrong = ('\0'..=char::MAX).find(|&c| is_letter_or_number(c) != c.is_alphanumeric());
        assert_eq!(wrong, None);
    }

    #[test]
    fn phrases_begin_where_they_stand() {
        let rows = [
            ("s", "S"),
            ("sie", "ſie"),
            ("kg", "\u{212A}g"),
            ("für", "FÜR"),
            ("f r", "f\u{2003}r"),
            ("ärger", "Ärger"),
            ("(c) x", "(C)  x"),
            ("a", "a"),
        ];
        for (phrase, text) in rows {
            let mut begin = Begin::default();
            begin.add(phrase);
            let text = format!("- {text}");
            let found: Vec<usize> = starts(&text, &begin).collect();
            assert!(found.contains(&2), "{phrase} in {text}: {found:?}");
        }
    }

    #[test]
    fn phrases_end_where_they_end() {
        for (phrase, text) in [
            ("mehr", "noch MEHR"),
            ("s k", "S \u{212A}"),
            ("größe", "GRÖßE"),
            ("es", "eſ"),
        ] {
            let mut end = Begin::default();
            end.add_end(phrase);
            assert!(end.may_end(text.as_bytes()), "{phrase} in {text}");
            assert!(!end.may_end(b"something else."));
        }
    }

    #[test]
    fn other_words_are_turned_away() {
        let mut begin = Begin::default();
        begin.add("photo");
        let text = "A picture, two phones and a Photograph; no telephoto.";
        let found: Vec<&str> = starts(text, &begin).map(|at| &text[at..at + 5]).collect();
        assert_eq!(found, ["phone", "Photo"]);
    }
}
