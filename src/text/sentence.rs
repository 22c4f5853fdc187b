//! Splits a text into sentences: abbreviations, ordinals, initials, quotes and page layout considered.

use memchr::{memchr2_iter, memchr3_iter, memrchr};

use super::Span;
use super::habits::Stop;
pub use super::habits::{HabitWords, Habits};

/// Appends the sentences of `text[within]` to `out`, without surrounding blank space.
///
/// A sentence ends at `.`, `!`, `?` or `…` (and the quotes and brackets after it) before blank
/// space and a capital, digit or opening quote, and at an empty line, a list sign or the end of a
/// line that is too short to be broken running text.
pub fn split(text: &str, within: Span, habits: &Habits, out: &mut Vec<Span>) {
    let Some(part) = text.get(within.start..within.end) else {
        return;
    };
    let splitter = Splitter { text: part, habits };
    let mut start = 0;
    // Places before this one were part of the stop before.
    let mut passed = 0;
    for at in candidates(part.as_bytes()) {
        if at < passed {
            continue;
        }
        let end = match part.as_bytes().get(at) {
            Some(b'\n') => splitter.line_end(at, start),
            Some(0xA6) => ellipsis(part, at).and_then(|dots| {
                let close = splitter.close(dots);
                passed = close;
                splitter.stop_end(dots, close, start)
            }),
            _ => {
                let close = splitter.close(at);
                passed = close;
                splitter.stop_end(at, close, start)
            }
        };
        if let Some(end) = end {
            push(part, start, end, within.start, out);
            start = end;
        }
    }
    push(part, start, part.len(), within.start, out);
}

/// Bytes at which a sentence may end, in order; 0xA6 ends the three of `…`.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut calm = memchr3_iter(b'.', b'\n', 0xA6, bytes).peekable();
    let mut loud = memchr2_iter(b'!', b'?', bytes).peekable();
    std::iter::from_fn(move || match (calm.peek(), loud.peek()) {
        (Some(a), Some(b)) if b < a => loud.next(),
        (Some(_), _) => calm.next(),
        (None, _) => loud.next(),
    })
}

/// Start of the `…` whose last byte is at `at`, if it is one.
fn ellipsis(text: &str, at: usize) -> Option<usize> {
    let start = at.checked_sub(2)?;
    let sign = text.as_bytes().get(start..=at)?;
    (sign == "…".as_bytes()).then_some(start)
}

fn push(text: &str, start: usize, end: usize, offset: usize, out: &mut Vec<Span>) {
    let piece = text.get(start..end).unwrap_or_default();
    let body = piece.trim_start();
    let start = offset + end - body.len();
    let body = body.trim_end();
    if !body.is_empty() {
        out.push(Span::new(start, start + body.len()));
    }
}

/// Signs that may follow a stop and still belong to its sentence.
fn closes(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '"'
            | '\''
            | '”'
            | '“'
            | '’'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '*'
    )
}

/// Signs that may open a sentence.
fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '‘'
            | '‚'
            | '\''
            | '('
            | '['
            | '–'
            | '—'
            | '-'
            | '•'
            | '→'
            | '*'
    )
}

/// Running text is broken into lines about this long; a shorter line ends by itself.
const SHORT_LINE: usize = 48;

struct Splitter<'a> {
    text: &'a str,
    habits: &'a Habits,
}

impl<'a> Splitter<'a> {
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where the stop at `at` ends, with the quotes, brackets and footnote marks after it.
    fn close(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b' ' => break,
                b'[' => match footnote(&bytes[end..]) {
                    Some(length) => end += length,
                    None => break,
                },
                0..0x80 if closes(char::from(byte)) => end += 1,
                0x80.. => match self.from(end).chars().next() {
                    Some(c) if closes(c) => end += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        end
    }

    /// End of the sentence whose stop is at `at..close`, if one ends there.
    fn stop_end(&self, at: usize, close: usize, start: usize) -> Option<usize> {
        let rest = self.from(close);
        let next = rest.trim_start();
        if next.is_empty() {
            return Some(close);
        }
        if next.len() == rest.len() {
            return None;
        }
        let first = next.chars().next()?;
        if !(first.is_uppercase() || first.is_ascii_digit() || opens(first)) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let signs = bytes.get(at + 1..close).unwrap_or_default();
        if bytes.get(at) == Some(&b'.') {
            let bracketed = signs.iter().all(|b| matches!(b, b')' | b']'));
            let keeps = bracketed && self.keeps_going(self.slice(start, at), next);
            if keeps {
                return None;
            }
        }
        // `(!)`, `[…]`, ` ... `: a remark inside a sentence.
        let remark = match at.checked_sub(1).and_then(|b| bytes.get(b)) {
            Some(b'(' | b'[') => matches!(bytes.get(close - 1), Some(b')' | b']')),
            Some(b' ') => matches!(self.slice(at, close), "..." | "…"),
            _ => false,
        };
        (!remark || self.habits.opens(first_word(next))).then_some(close)
    }

    /// Whether the full stop after `before` belongs to an abbreviation, initial or ordinal.
    fn keeps_going(&self, before: &str, next: &str) -> bool {
        let at = word_start(before);
        let (front, word) = (&before[..at], &before[at..]);
        let Some(first) = word.chars().next() else {
            return false;
        };
        if first.is_ascii_digit() && word.bytes().all(|b| b.is_ascii_digit()) {
            return self.is_ordinal(front, word, next);
        }
        let single = word.len() == first.len_utf8();
        if single {
            return self.letter_keeps_going(before, at, next);
        }
        let stop = self
            .habits
            .stop(word)
            .or_else(|| implied(word, self.habits));
        self.obeys(stop, next) || (is_roman(word) && is_front(front))
    }

    fn obeys(&self, stop: Option<Stop>, next: &str) -> bool {
        match stop {
            Some(Stop::Fixed) => true,
            Some(Stop::MayEnd) => !self.habits.opens(first_word(next)),
            Some(Stop::BeforeNumber) => {
                next.starts_with(|c: char| c.is_ascii_digit()) || is_roman(first_word(next))
            }
            None => false,
        }
    }

    /// A single letter: an initial, a list sign, or a part of `z. B.`.
    fn letter_keeps_going(&self, before: &str, at: usize, next: &str) -> bool {
        let (front, letter) = (&before[..at], &before[at..]);
        if is_front(front) {
            return true;
        }
        let spaced = front
            .strip_suffix(". ")
            .or_else(|| front.strip_suffix(".\u{a0}"));
        let joined = spaced.and_then(|front| {
            let other = &front[word_start(front)..];
            let mut pair = [0u8; 10];
            let size = other.len() + 1 + letter.len();
            let place = pair.get_mut(..size)?;
            place[..other.len()].copy_from_slice(other.as_bytes());
            place[other.len()] = b'.';
            place[other.len() + 1..].copy_from_slice(letter.as_bytes());
            self.habits.stop(std::str::from_utf8(place).ok()?)
        });
        let stop = joined
            .or_else(|| self.habits.stop(letter))
            .unwrap_or(Stop::MayEnd);
        self.obeys(Some(stop), next)
    }

    /// Whether a number with a full stop counts, or stands before an item of a list.
    fn is_ordinal(&self, front: &str, number: &str, next: &str) -> bool {
        if number.len() > 3 {
            return false;
        }
        if is_front(front) {
            return true;
        }
        if !self.habits.ordinals || !front.ends_with([' ', '\u{a0}', '\n', '(', '/', '„']) {
            return false;
        }
        if self.habits.after_ordinal(letters(next)) {
            return true;
        }
        if number.len() > 2 {
            return false;
        }
        let previous = last_word(front);
        is_in_date(front, next)
            || (self.habits.before_ordinal(previous) && !self.habits.opens(first_word(next)))
    }

    /// Whether the line break at `at` ends the sentence that began at `start`.
    fn line_end(&self, at: usize, start: usize) -> Option<usize> {
        let next = self
            .from(at + 1)
            .trim_start_matches([' ', '\t', '\r', '\u{a0}']);
        if next.is_empty() || next.starts_with('\n') {
            return Some(at);
        }
        let line_start = memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |n| n + 1);
        let line = self.slice(line_start, at).trim();
        if is_item(next) && !self.habits.before_ordinal(last_word(line)) {
            return Some(at);
        }
        let short = line.len() < SHORT_LINE;
        (short && !self.line_continues(self.slice(line_start.max(start), at).trim(), next))
            .then_some(at)
    }

    fn line_continues(&self, line: &str, next: &str) -> bool {
        if next.starts_with(char::is_lowercase)
            || line.ends_with([',', '-', '–', ';', '(', '/', '&'])
        {
            return true;
        }
        if let Some(before) = line.strip_suffix('.') {
            return self.keeps_going(before, next);
        }
        let word = last_word(line);
        word.starts_with(char::is_lowercase) && self.habits.opens(word)
    }
}

/// Length of `[12]`.
fn footnote(bytes: &[u8]) -> Option<usize> {
    let digits = bytes
        .iter()
        .skip(1)
        .take_while(|b| b.is_ascii_digit())
        .count();
    ((1..=3).contains(&digits) && bytes.get(digits + 1) == Some(&b']')).then_some(digits + 2)
}

/// Where the word begins that ends `before`: letters, digits and full stops.
fn word_start(before: &str) -> usize {
    let bytes = before.as_bytes();
    let mut at = bytes.len();
    while let Some(&byte) = at.checked_sub(1).and_then(|at| bytes.get(at)) {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            at -= 1;
        } else if byte.is_ascii() {
            break;
        } else {
            match before.get(..at).and_then(|front| front.chars().next_back()) {
                Some(c) if c.is_alphanumeric() => at -= c.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

/// The word with which `next` begins, after quotes and brackets; none where a name goes on in it (`A-10`, `A.`).
fn first_word(next: &str) -> &str {
    let next = next.trim_start_matches(opens);
    let word = letters(next);
    let part = next[word.len()..].starts_with(['.', '-', '\'', '’']);
    if part { "" } else { word }
}

/// The letters and digits with which `text` begins.
fn letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    &text[word_start(text)..]
}

/// Whether nothing but a list sign stands before the number or letter of an item.
fn is_front(front: &str) -> bool {
    front
        .trim_start()
        .trim_start_matches(opens)
        .trim_start()
        .is_empty()
}

/// Abbreviations that no list names: `U.S`, `e.V`, and in German `Wilhelm II`.
fn implied(word: &str, habits: &Habits) -> Option<Stop> {
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    let counted = habits.ordinals && is_roman(word);
    (dotted || counted).then_some(Stop::MayEnd)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether a number between the two is one of `8. 7. 2024`.
fn is_in_date(front: &str, next: &str) -> bool {
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        1 | 2 => next[digits..].starts_with('.'),
        4 => front
            .trim_end()
            .strip_suffix('.')
            .is_some_and(|day| day.ends_with(|c: char| c.is_ascii_digit())),
        _ => false,
    }
}

/// Whether a line begins with a sign or number of a list.
fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let rest = match digits {
        0 => rest
            .strip_prefix(['-', '–', '—', '•', '→', '*', '·', '▪', '●', '‣'])
            .or_else(|| lettered(rest)),
        1 | 2 => rest.strip_prefix(['.', ')']),
        _ => None,
    };
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// What follows `a)`.
fn lettered(line: &str) -> Option<&str> {
    let letter = line.strip_prefix(|c: char| c.is_ascii_lowercase())?;
    letter.strip_prefix(')')
}
