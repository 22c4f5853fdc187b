//! Inflection: the forms of a name, by the suffix rules of its class.

use serde::{Deserialize, Serialize};

use crate::mention::Sense;

/// A class of `[inflection.<class>]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inflection {
    /// How names of this class are used.
    pub sense: Sense,
    /// The first rule whose `ends` fits makes the forms; without one there is only the base form.
    #[serde(default)]
    pub rules: Vec<SuffixRule>,
    /// Set for phrases of adjectives and a noun: the adjectives agree, the rules inflect the noun.
    pub adjectives: Option<Adjectives>,
    /// Whether the rules also inflect the word before a number at the end (`des Leopards 2`).
    #[serde(default)]
    pub before_number: bool,
    /// Whether four capitals and more also match in small letters after the first (`Nato`).
    #[serde(default)]
    pub acronym: bool,
}

/// Words that end in one of `ends` lose `cut` letters and take each of `add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuffixRule {
    /// Endings of the words the rule is for; empty for all.
    #[serde(default)]
    pub ends: Vec<String>,
    /// Letters to take off the end.
    #[serde(default)]
    pub cut: usize,
    /// Endings to put on.
    #[serde(default)]
    pub add: Vec<String>,
}

/// How the leading adjectives of a phrase change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjectives {
    /// The ending in the base form, by which they are known.
    pub ending: String,
    /// Further endings beside the noun's base form.
    pub with_base: Vec<String>,
    /// Endings beside the noun's other forms.
    pub with_forms: Vec<String>,
    /// Words with that ending that are no adjectives: the noun stands before them.
    #[serde(default)]
    pub stops: Vec<String>,
}

impl Inflection {
    /// Calls `each` with the base form and every other form; a form may come twice.
    pub fn forms(&self, name: &str, mut each: impl FnMut(&str, bool)) {
        each(name, true);
        if let Some(adjectives) = &self.adjectives {
            return self.phrase(adjectives, name, &mut each);
        }
        if self.rules.is_empty() {
            return;
        }
        let mut buffer = String::with_capacity(name.len() + 8);
        self.suffixed("", name, "", &mut buffer, &mut each);
        if self.before_number {
            let word = name.trim_end_matches(|c: char| !c.is_alphabetic());
            let tail = name.get(word.len()..).unwrap_or_default();
            if tail.starts_with(' ') {
                self.suffixed("", word, tail, &mut buffer, &mut each);
            }
        }
    }

    fn suffixed(
        &self,
        head: &str,
        word: &str,
        tail: &str,
        buffer: &mut String,
        each: &mut impl FnMut(&str, bool),
    ) {
        let fits = |rule: &&SuffixRule| {
            rule.ends.is_empty() || rule.ends.iter().any(|end| word.ends_with(end.as_str()))
        };
        let Some(rule) = self.rules.iter().find(fits) else {
            return;
        };
        let end = word.char_indices().rev().nth(rule.cut.wrapping_sub(1));
        let stem = match end {
            Some((at, _)) if rule.cut > 0 => word.get(..at).unwrap_or_default(),
            _ => word,
        };
        for ending in &rule.add {
            buffer.clear();
            for part in [head, stem, ending, tail] {
                buffer.push_str(part);
            }
            each(buffer, false);
        }
    }

    fn phrase(&self, adjectives: &Adjectives, name: &str, each: &mut impl FnMut(&str, bool)) {
        let (leading, noun, tail) = adjectives.split(name);
        let mut head = String::new();
        let mut buffer = String::new();
        for ending in &adjectives.with_base {
            adjectives.decline(leading, ending, &mut head);
            buffer.clear();
            for part in [head.as_str(), noun, tail] {
                buffer.push_str(part);
            }
            each(&buffer, false);
        }
        for ending in &adjectives.with_forms {
            adjectives.decline(leading, ending, &mut head);
            self.suffixed(&head, noun, tail, &mut buffer, each);
        }
    }
}

impl Adjectives {
    /// Leading adjectives with the blank after each, the noun, and the rest.
    fn split<'a>(&self, name: &'a str) -> (&'a str, &'a str, &'a str) {
        let mut noun = 0;
        let mut at = 0;
        for word in name.split_inclusive(' ') {
            let bare = word.trim_end();
            let adjective = bare.ends_with(self.ending.as_str()) && !self.is_stop(bare);
            let lower = bare.starts_with(char::is_lowercase);
            if lower && !adjective {
                break;
            }
            noun = at;
            if !adjective {
                break;
            }
            at += word.len();
        }
        let (leading, rest) = name.split_at_checked(noun).unwrap_or(("", name));
        let (noun, tail) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
        (leading, noun, tail)
    }

    fn is_stop(&self, word: &str) -> bool {
        self.stops.iter().any(|stop| stop == word)
    }

    fn decline(&self, leading: &str, ending: &str, out: &mut String) {
        out.clear();
        for word in leading.split_inclusive(' ') {
            let bare = word.trim_end();
            out.push_str(bare.strip_suffix(self.ending.as_str()).unwrap_or(bare));
            out.push_str(ending);
            out.push(' ');
        }
    }
}
