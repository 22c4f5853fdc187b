//! The word lists behind the attributes of a claim, from `[attributes]` of the rules.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a pattern of `[attributes]` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::linker) enum Attribute {
    /// Index of an instrument.
    Instrument(u16),
    /// Index of a role.
    Role(u16),
    /// Index of a currency.
    Currency(u16),
    /// A verb whose subject speaks.
    Says,
    /// A verb whose subject speaks to the one behind it (`told`).
    Tells,
    /// Words before a speaker (`according to`).
    BeforeSpeaker,
    /// Words behind a speaker (`zufolge`).
    AfterSpeaker,
    /// A verb that only looks like one of speech (`sagte Hilfe zu`).
    SaysNot,
    /// A word for what is counted (`boats`).
    Piece,
    /// A word between a number and what it counts (`of type`, `more`).
    Linking,
}

/// `[attributes]` of a rules file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::linker) struct AttributesFile {
    decimal: String,
    one: Vec<String>,
    pieces: Vec<String>,
    linking: Vec<String>,
    instrument: BTreeMap<String, Vec<String>>,
    role: BTreeMap<String, Vec<String>>,
    speech: Speech,
    currency: BTreeMap<String, Vec<String>>,
    symbols: BTreeMap<String, String>,
    scales: BTreeMap<String, f64>,
    numbers: BTreeMap<String, f64>,
    /// The word inside compound numbers (`achtundachtzig`).
    join: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Speech {
    verb: Vec<String>,
    addressed: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    not: Vec<String>,
}

/// What the attributes need besides patterns.
#[derive(Debug, Clone, Default)]
pub(in crate::linker) struct Lists {
    /// `.` or `,`.
    pub(super) decimal: String,
    one: Vec<String>,
    pub(super) instruments: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) currencies: Vec<String>,
    pub(super) symbols: BTreeMap<String, String>,
    scales: FxHashMap<String, f64>,
    numbers: FxHashMap<String, f64>,
    join: String,
}

impl Lists {
    pub(in crate::linker) fn new(file: &AttributesFile) -> Self {
        let names = |map: &BTreeMap<String, Vec<String>>| map.keys().cloned().collect();
        let values =
            |map: &BTreeMap<String, f64>| map.iter().map(|(k, v)| (k.clone(), *v)).collect();
        Self {
            decimal: if file.decimal.is_empty() {
                ".".to_owned()
            } else {
                file.decimal.clone()
            },
            one: file.one.clone(),
            instruments: names(&file.instrument),
            roles: names(&file.role),
            currencies: names(&file.currency),
            symbols: file.symbols.clone(),
            scales: values(&file.scales),
            numbers: values(&file.numbers),
            join: file.join.clone(),
        }
    }

    /// Whether a word is an article that can count (`a year ago`).
    pub(in crate::linker) fn is_one(&self, word: &str) -> bool {
        self.one.iter().any(|w| w == word)
    }

    pub(in crate::linker) fn scale(&self, word: &str) -> Option<f64> {
        self.scales.get(word).copied()
    }

    /// A small whole number in words.
    pub(in crate::linker) fn count(&self, word: &str) -> Option<usize> {
        let value = self.number(word)?;
        (2..100u8)
            .find(|&n| (f64::from(n) - value).abs() < 0.01)
            .map(usize::from)
    }

    /// A number word, also `achtundachtzig` and `zweihundert`.
    pub(in crate::linker) fn number(&self, word: &str) -> Option<f64> {
        let plain = |word: &str| self.numbers.get(word).copied();
        if let Some(value) = plain(word) {
            return Some(value);
        }
        if self.join.is_empty() {
            return None;
        }
        let sum = word
            .match_indices(self.join.as_str())
            .find_map(|(at, join)| {
                Some(plain(word.get(..at)?)? + plain(word.get(at + join.len()..)?)?)
            });
        sum.or_else(|| {
            let at = word.char_indices().map(|(at, _)| at).skip(3);
            at.filter_map(|at| word.split_at_checked(at))
                .find_map(|(number, scale)| Some(plain(number)? * self.scale(scale)?))
        })
    }
}

impl AttributesFile {
    /// Every list of patterns with what it stands for.
    pub(in crate::linker) fn patterns(&self) -> Vec<(Attribute, &[String])> {
        let number = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
        let mut out: Vec<(Attribute, &[String])> = vec![
            (Attribute::Says, &self.speech.verb),
            (Attribute::Tells, &self.speech.addressed),
            (Attribute::BeforeSpeaker, &self.speech.before),
            (Attribute::AfterSpeaker, &self.speech.after),
            (Attribute::SaysNot, &self.speech.not),
            (Attribute::Piece, &self.pieces),
            (Attribute::Linking, &self.linking),
        ];
        for (index, words) in self.instrument.values().enumerate() {
            out.push((Attribute::Instrument(number(index)), words));
        }
        for (index, words) in self.role.values().enumerate() {
            out.push((Attribute::Role(number(index)), words));
        }
        for (index, words) in self.currency.values().enumerate() {
            out.push((Attribute::Currency(number(index)), words));
        }
        out
    }
}
