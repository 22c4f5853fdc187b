//! Word lists as matchers: where a phrase of a list stands in a text, whatever the case and the
//! blanks. They are ready at once, which patterns of this size are not.

use std::cmp::Reverse;

use super::spots::{Begin, Firsts, is_letter_or_number, starts};
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
    /// What a phrase can begin with.
    begin: Begin,
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
        let mut begin = Begin::default();
        for phrase in &list {
            begin.add(phrase);
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
            begin,
        }
    }

    fn add_to(&self, firsts: &mut Firsts) {
        for (phrase, _) in &self.list {
            firsts.add(phrase);
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
        if !self.begin.may(text.as_bytes(), at) {
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
        let (mut starts, mut count) = ([0; SIGNS + 1], 1);
        for ((at, c), start) in signs.zip(starts.iter_mut().skip(1)) {
            *start = at + c.len_utf8();
            count += 1;
        }
        // More signs before fewer.
        let starts = starts.get(..count)?;
        let end = starts
            .iter()
            .rev()
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
        let starts = starts(unit, &self.0.begin);
        self.ends(unit, starts).next().is_some()
    }

    /// The same where it is known what phrases may start at, sorted.
    pub(super) fn is_match_at(&self, unit: &str, starts: impl Iterator<Item = usize>) -> bool {
        self.ends(unit, starts).next().is_some()
    }

    /// How many there are; two that stand side by side have more than one sign between them.
    pub(super) fn count_at(&self, unit: &str, starts: impl Iterator<Item = usize>) -> usize {
        self.ends(unit, starts).count()
    }

    /// Where phrases end, with the sign behind them.
    fn ends(&self, unit: &str, starts: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        let sign = |at: usize| unit.get(at..).and_then(|rest| rest.chars().next());
        let free = move |end: usize| sign(end).is_none_or(|c| !is_letter_or_number(c));
        let mut from = 0;
        std::iter::once(0).chain(starts).filter_map(move |at| {
            // the sign in front of a phrase is not the one behind the last
            if at < from || (at == from && at > 0) {
                return None;
            }
            let end = self.0.end(unit, at, free)?;
            from = end + sign(end).map_or(0, char::len_utf8);
            Some(from)
        })
    }

    /// Adds what a phrase can begin with.
    pub(super) fn add_to(&self, firsts: &mut Firsts) {
        self.0.add_to(firsts);
    }
}

/// A phrase at the end of a unit, before signs like `…` and `»`.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    phrases: Phrases,
    /// What phrases end in.
    ends: Begin,
}

impl Tail {
    pub(super) fn new(words: &[String]) -> Self {
        let phrases = Phrases::new(words);
        let mut ends = Begin::default();
        for (phrase, _) in &phrases.list {
            // what is left of a unit without signs ends in the phrase without signs
            ends.add_end(phrase.trim_end_matches(is_closing));
        }
        Self { phrases, ends }
    }

    pub(super) fn is_match(&self, unit: &str) -> bool {
        let bare = unit.trim_end_matches(is_closing);
        if !self.ends.may_end(bare.as_bytes()) {
            return false;
        }
        let mut room = self.phrases.longest;
        // A phrase has as many signs as it is long, but for blanks.
        let starts = unit.char_indices().rev().take_while(|(at, c)| {
            room -= usize::from(*at < bare.len() && !c.is_whitespace() && room > 0);
            room > 0
        });
        let mut starts = starts.map(|(at, _)| at);
        starts.any(|at| {
            let end = self.phrases.end(unit, at, |end| end >= bare.len());
            end.is_some()
        })
    }
}

/// A sign that may stand behind the end of a phrase.
fn is_closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '…' | '»' | '›' | '>' | '→' | ')')
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

    /// Where such heads begin, of the places where phrases may start.
    pub(super) fn starts(&self, line: &str, starts: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = 0;
        for at in starts {
            if at <= from || !self.0.begin.may(line.as_bytes(), at) {
                continue;
            }
            let before = line.get(from..at).filter(|before| leads(before));
            let colon = |end: usize| line.get(end..).and_then(colon);
            let end = before.and_then(|_| {
                let end = self.0.end(line, at, |end| colon(end).is_some())?;
                Some(end + colon(end)?)
            });
            if let Some(end) = end {
                found.push(at);
                from = end;
            }
        }
        found
    }

    /// Adds what a head can begin with.
    pub(super) fn add_to(&self, firsts: &mut Firsts) {
        self.0.add_to(firsts);
    }
}

/// Whether a head can stand behind this part of a line.
fn leads(before: &str) -> bool {
    let bare = before.trim_end();
    let blanks = before.get(bare.len()..).unwrap_or_default().chars().count();
    let mut signs = bare.chars().rev();
    let sign = signs.next();
    let further = signs
        .next()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    blanks > 0 && opens(blanks, sign, further)
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

/// Letters, numbers, marks and the low line.
pub(super) fn is_word(c: char) -> bool {
    is_letter_or_number(c)
        || c == '_'
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}')
}
