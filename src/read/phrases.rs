//! Word lists as matchers: where a phrase of a list stands in a text, whatever the case and the
//! blanks. They are ready at once, which patterns of this size are not.

use std::cmp::Reverse;

use crate::text::Span;

/// A list of phrases. A blank in a phrase stands for any blanks in a text.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// In small letters, by first letter, of those the longest first; each with its second letter.
    list: Vec<(String, Option<char>)>,
    /// Letters of the longest, and one.
    longest: usize,
    /// Where the phrases of each letter of ASCII begin.
    starts: Vec<usize>,
    /// The bytes that a phrase can begin with.
    first: [bool; 256],
}

impl Default for Phrases {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Phrases {
    pub(super) fn new(words: &[String]) -> Self {
        let folded = |word: &String| word.chars().map(fold).collect::<String>();
        let mut list: Vec<String> = words.iter().map(folded).collect();
        list.retain(|phrase| !phrase.is_empty());
        list.sort_by(|a, b| {
            let key = |phrase: &str| (phrase.chars().next(), Reverse(phrase.len()));
            key(a).cmp(&key(b)).then_with(|| a.cmp(b))
        });
        list.dedup();
        let mut first = [false; 256];
        for letter in list.iter().filter_map(|phrase| phrase.chars().next()) {
            for way in ways(letter) {
                let mut buffer = [0; 4];
                if let [byte, ..] = way.encode_utf8(&mut buffer).as_bytes() {
                    first[usize::from(*byte)] = true;
                }
            }
        }
        let longest = list.iter().map(|phrase| phrase.chars().count()).max();
        let second = |phrase: &String| phrase.chars().nth(1);
        let before = |letter: u8| {
            list.partition_point(|phrase| phrase.chars().next() < Some(char::from(letter)))
        };
        let starts = (0..128).map(before).collect();
        Self {
            longest: longest.map_or(0, |most| most + 1),
            list: list
                .into_iter()
                .map(|phrase| (phrase.clone(), second(&phrase)))
                .collect(),
            starts,
            first,
        }
    }

    /// Where the phrases of a letter begin.
    fn start(&self, letter: char) -> usize {
        let known = u8::try_from(letter).ok();
        let known = known.and_then(|byte| self.starts.get(usize::from(byte)));
        known.copied().unwrap_or_else(|| {
            self.list
                .partition_point(|(phrase, _)| phrase.chars().next() < Some(letter))
        })
    }

    /// Where the longest phrase at byte `at` ends that `fits`.
    pub(super) fn end(&self, text: &str, at: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let byte = *text.as_bytes().get(at)?;
        if !self.first[usize::from(byte)] {
            return None;
        }
        let mut letters = text.get(at..)?.chars();
        let letter = fold(letters.next()?);
        let second = letters.next().map(fold);
        let here = self.list.get(self.start(letter)..)?.iter();
        here.take_while(|(phrase, _)| phrase.starts_with(letter))
            .filter(|(_, wanted)| match wanted {
                None => true,
                Some(' ') => second.is_some_and(char::is_whitespace),
                wanted => *wanted == second,
            })
            .filter_map(|(phrase, _)| phrase_end(phrase, text, at))
            .find(|&end| fits(end))
    }
}

/// Where `phrase` ends if it stands at byte `at`.
fn phrase_end(phrase: &str, text: &str, at: usize) -> Option<usize> {
    let mut rest = text.get(at..)?;
    for letter in phrase.chars() {
        let mut letters = rest.chars();
        let next = letters.next()?;
        if letter == ' ' {
            rest = rest.trim_start_matches(char::is_whitespace);
            if !next.is_whitespace() {
                return None;
            }
        } else if fold(next) == letter {
            rest = letters.as_str();
        } else {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

/// A letter as it is compared.
fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut lower = letter.to_lowercase();
    match (letter, lower.next(), lower.next()) {
        ('ſ', ..) => 's',
        (_, Some(lower), None) => lower,
        _ => letter,
    }
}

/// Every way to write a letter of a phrase.
fn ways(letter: char) -> impl Iterator<Item = char> {
    let special = match letter {
        's' => Some('ſ'),
        'k' => Some('\u{212A}'),
        'å' => Some('\u{212B}'),
        'ß' => Some('ẞ'),
        _ => None,
    };
    std::iter::once(letter)
        .chain(letter.to_uppercase())
        .chain(special)
}

/// A phrase at the start of a unit, after up to four signs, with what must follow it.
#[derive(Clone, Debug)]
pub(super) struct Head {
    phrases: Phrases,
    /// The length of what follows, in the rest of the unit; `None` if it does not fit.
    tail: fn(&str) -> Option<usize>,
}

/// Signs before a head.
const SIGNS: usize = 4;

impl Head {
    pub(super) fn new(words: &[String], tail: fn(&str) -> Option<usize>) -> Self {
        Self {
            phrases: Phrases::new(words),
            tail,
        }
    }

    /// Where the head ends, with what follows it.
    pub(super) fn end(&self, unit: &str) -> Option<usize> {
        let after = |at: usize| (self.tail)(unit.get(at..)?);
        let signs = unit
            .char_indices()
            .take_while(|(_, c)| !is_letter_or_number(*c));
        let starts = signs.take(SIGNS).map(|(at, c)| at + c.len_utf8());
        let mut starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
        // More signs before fewer.
        starts.reverse();
        let end = starts
            .iter()
            .find_map(|&at| self.phrases.end(unit, at, |end| after(end).is_some()))?;
        Some(end + after(end)?)
    }

    pub(super) fn is_match(&self, unit: &str) -> bool {
        self.end(unit).is_some()
    }
}

/// A phrase anywhere, not inside a longer word.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Phrases);

impl Words {
    pub(super) fn new(words: &[String]) -> Self {
        Self(Phrases::new(words))
    }

    pub(super) fn is_match(&self, unit: &str) -> bool {
        self.next(unit, 0).is_some()
    }

    /// How many there are; two that stand side by side have more than one sign between them.
    pub(super) fn count(&self, unit: &str) -> usize {
        let next = |from: &usize| self.next(unit, *from);
        std::iter::successors(next(&0), next).count()
    }

    /// Where the first phrase after byte `from` ends, with the sign behind it.
    fn next(&self, unit: &str, from: usize) -> Option<usize> {
        let sign = |at: usize| unit.get(at..).and_then(|rest| rest.chars().next());
        let free = |end: usize| sign(end).is_none_or(|c| !is_letter_or_number(c));
        let phrase = |at: usize| self.0.end(unit, at, free);
        let first = (from == 0).then(|| phrase(0)).flatten();
        let signs = unit.get(from..)?.char_indices();
        let mut later = signs
            .filter(|(_, c)| !is_letter_or_number(*c))
            .map(|(at, c)| from + at + c.len_utf8());
        let end = first.or_else(|| later.find_map(phrase))?;
        Some(end + sign(end).map_or(0, char::len_utf8))
    }
}

/// A phrase at the end of a unit, before signs like `…` and `»`.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail(Phrases);

impl Tail {
    pub(super) fn new(words: &[String]) -> Self {
        Self(Phrases::new(words))
    }

    pub(super) fn is_match(&self, unit: &str) -> bool {
        let signs =
            |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '»' | '›' | '>' | '→' | ')');
        let bare = unit.trim_end_matches(signs);
        let mut room = self.0.longest;
        // A phrase has as many signs as it is long, but for blanks.
        let starts = unit.char_indices().rev().take_while(|(at, c)| {
            room -= usize::from(*at < bare.len() && !c.is_whitespace() && room > 0);
            room > 0
        });
        let mut starts = starts.map(|(at, _)| at);
        starts.any(|at| {
            let end = self.0.end(unit, at, |end| end >= bare.len());
            end.is_some()
        })
    }
}

/// A label anywhere, a word of its own, with the colon behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Label(Phrases);

impl Label {
    pub(super) fn new(words: &[String]) -> Self {
        Self(Phrases::new(words))
    }

    pub(super) fn find(&self, unit: &str) -> Option<Span> {
        let edge = |at: usize| {
            let before = unit.get(..at).and_then(|t| t.chars().next_back());
            let after = unit.get(at..).and_then(|t| t.chars().next());
            before.is_some_and(is_word) != after.is_some_and(is_word)
        };
        let starts = unit.char_indices().map(|(at, _)| at);
        let found = |at| Some((at, self.0.end(unit, at, edge)?));
        let (start, end) = starts.filter(|&at| edge(at)).find_map(found)?;
        let rest = unit.get(end..)?;
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        Some(Span::new(start, unit.len() - bare.len()))
    }
}

/// A head in the middle of a line, after the end of a sentence or a separator, before a colon.
#[derive(Clone, Debug, Default)]
pub(super) struct Inside(Phrases);

impl Inside {
    pub(super) fn new(words: &[String]) -> Self {
        Self(Phrases::new(words))
    }

    /// Where such heads begin.
    pub(super) fn starts(&self, line: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = self.next(line, from) {
            found.push(start);
            from = end;
        }
        found
    }

    /// The first head behind byte `from`: its start, and the end of its colon and a blank.
    fn next(&self, line: &str, from: usize) -> Option<(usize, usize)> {
        let rest = line.get(from..)?;
        let mut blanks = 0;
        // The sign before the blanks and the one before that.
        let (mut sign, mut before) = (None, None);
        for (at, c) in rest.char_indices() {
            if c.is_whitespace() {
                blanks += 1;
                continue;
            }
            if blanks > 0 && opens(blanks, sign, before) {
                let start = from + at;
                let colon = |end: usize| line.get(end..).and_then(colon);
                if let Some(end) = self.0.end(line, start, |end| colon(end).is_some()) {
                    return Some((start, end + colon(end)?));
                }
            }
            before = if blanks > 0 { Some(' ') } else { sign };
            sign = Some(c);
            blanks = 0;
        }
        None
    }
}

/// Whether a head can stand behind so many blanks and these two signs.
fn opens(blanks: usize, sign: Option<char>, before: Option<char>) -> bool {
    let ends = matches!(sign, Some('.' | '!' | '?' | ')' | ']' | '»' | '”' | '"'));
    let parts = matches!(sign, Some('–' | '—' | '|' | '·' | '•' | '*'));
    blanks > 1 || ends || (parts && before == Some(' '))
}

/// The length of a colon with blanks before it and one behind it.
fn colon(rest: &str) -> Option<usize> {
    let after = rest.trim_start().strip_prefix(':')?;
    let blank = after.chars().next().filter(|c| c.is_whitespace())?;
    Some(rest.len() - after.len() + blank.len_utf8())
}

fn is_letter_or_number(c: char) -> bool {
    c.is_alphanumeric()
}

/// Letters, numbers, marks and the low line.
pub(super) fn is_word(c: char) -> bool {
    is_letter_or_number(c)
        || c == '_'
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}')
}
