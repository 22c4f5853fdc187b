//! The rules of the linker as data: triggers, cues and function words of each language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::attribute::{Attribute, AttributesFile, Lists};
use super::pattern::Patterns;
use super::time::{TimeFile, Words as TimeWords};
use crate::error::line_of;
use crate::statement::Status;
use crate::text::sentence::{HabitWords, Habits};

/// What a pattern of a language's rules stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The trigger rule with this index.
    Trigger(u16),
    /// A word that changes a claim.
    Cue(Cue),
    /// A noun that shows what a name beside it stands for.
    Noun(Noun),
    /// A preposition.
    Prep(Prep),
    /// `and`, `or`.
    Conjunction,
    /// An article, number or title that may stand before a name.
    Article,
    /// A word that opens a subordinate or contrasting clause.
    Subordinator,
    /// A word that opens a clause where no comma does.
    Opener,
    /// A word that refers to something named before.
    Reference(Reference),
    /// A word for an attribute of a claim.
    Attribute(Attribute),
}

macro_rules! word_class {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum $name { $($variant,)+ }
        impl $name {
            pub(super) const ALL: &'static [(&'static str, Self)] = &[$(($text, Self::$variant),)+];
        }
    };
}

/// Name of a value in the table of its kind.
pub(super) fn name_of<T: PartialEq>(all: &[(&'static str, T)], value: &T) -> &'static str {
    all.iter()
        .find(|(_, v)| v == value)
        .map_or("", |(name, _)| name)
}

word_class!(
    /// A word list under `[cues]`.
    Cue {
        Joint = "joint", Negation = "negation", Planned = "planned", Agreed = "agreed",
        Active = "active", Ended = "ended", Rejected = "rejected", Compare = "compare",
        Contrast = "contrast", We = "we", Said = "said", Past = "past",
        Defence = "defence", Civil = "civil",
    }
);
word_class!(
    /// A word list under `[cues.nouns]`.
    Noun {
        Government = "government", Forces = "forces", Industry = "industry",
        Materiel = "materiel", Hostility = "hostility", Place = "place", City = "city",
    }
);
word_class!(
    /// A word list under `[prepositions]`.
    Prep {
        With = "with", Between = "between", From = "from", To = "to", For = "for", Of = "of",
        By = "by", Against = "against", In = "in", Without = "without", Like = "like",
        About = "about", Under = "under",
    }
);
word_class!(
    /// A word list under `[references]`.
    Reference {
        Both = "both", Group = "group", Alliance = "alliance", Bloc = "bloc",
        Person = "person", State = "state", Programme = "programme", Agreement = "agreement",
        Operation = "operation", Meeting = "meeting",
    }
);

/// A trigger rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name; statements cite it as `<lang>.<kind>.<id>`.
    pub id: String,
    /// What the words do, the same word in every language.
    pub class: String,
    /// Statement kinds the words can carry.
    pub kinds: Vec<String>,
    /// Status when nothing else says so.
    pub status: Status,
    /// Patterns.
    pub words: Vec<String>,
    /// Kinds of entities (`event`), or kinds and classes (`operation exercise`), whose names carry the claim too.
    #[serde(default)]
    pub names: Vec<String>,
    /// How many different such names a sentence must hold for them to carry the claim.
    #[serde(default)]
    pub least: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    rule: Vec<Rule>,
    cues: Cues,
    prepositions: BTreeMap<String, Vec<String>>,
    words: Words,
    sentences: HabitWords,
    references: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    time: TimeFile,
    #[serde(default)]
    attributes: AttributesFile,
}

#[derive(Debug, Deserialize)]
struct Cues {
    nouns: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    conjunctions: Vec<String>,
    articles: Vec<String>,
    subordinators: Vec<String>,
    openers: Vec<String>,
    adjective_endings: Vec<String>,
}

/// The rules of one language, compiled.
#[derive(Debug, Clone)]
pub struct LanguageRules {
    /// ISO 639-1 code.
    pub language: String,
    /// The trigger rules.
    pub rules: Vec<Rule>,
    /// How adjectives end, and hardly a verb does.
    pub(super) adjective_endings: Vec<String>,
    /// Where its sentences end.
    pub habits: Habits,
    pub(super) patterns: Patterns,
    pub(super) meanings: Vec<Meaning>,
    pub(super) time: TimeWords,
    pub(super) attributes: Lists,
}

/// The file is not a rules file.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the rules of `{}`: {message}", self.place())]
pub struct RulesError {
    file: String,
    /// 0 when it concerns the file as a whole.
    line: usize,
    message: String,
}

impl RulesError {
    /// The line, from 1; 0 when it concerns the file as a whole.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    fn place(&self) -> String {
        match self.line {
            0 => self.file.clone(),
            line => format!("{}:{line}", self.file),
        }
    }
}

impl LanguageRules {
    /// Reads a `rules/<lang>.toml`.
    ///
    /// # Errors
    /// Not TOML, an unknown list, a list that is missing.
    pub fn parse(file: &str, text: &str) -> Result<Self, RulesError> {
        let fail = |error: toml::de::Error| RulesError {
            file: file.to_owned(),
            line: error.span().map_or(0, |span| line_of(text, span.start)),
            message: error.message().trim_end().replace('\n', ", "),
        };
        let read = toml::from_str(text).map_err(fail)?;
        Self::compile(file, read)
    }

    /// The same from a file that was compiled to JSON; `text` is what it was made from.
    ///
    /// # Errors
    /// As [`LanguageRules::parse`].
    pub(super) fn read(file: &str, text: &str, json: &str) -> Result<Self, RulesError> {
        match serde_json::from_str(json) {
            Ok(read) => Self::compile(file, read),
            // The text knows the line.
            Err(_) => Self::parse(file, text),
        }
    }

    fn compile(file: &str, read: File) -> Result<Self, RulesError> {
        let fail = |message: String| RulesError {
            file: file.to_owned(),
            line: 0,
            message,
        };
        let mut out = Self {
            language: read.language,
            rules: read.rule,
            adjective_endings: read.words.adjective_endings,
            habits: Habits::new(&read.sentences),
            patterns: Patterns::default(),
            meanings: Vec::new(),
            time: TimeWords::new(&read.time),
            attributes: Lists::new(&read.attributes),
        };
        for index in 0..out.rules.len() {
            let words = out.rules[index].words.clone();
            out.file_under(
                Meaning::Trigger(u16::try_from(index).unwrap_or(u16::MAX)),
                &words,
            );
        }
        out.lists(&read.cues.lists, Cue::ALL, Meaning::Cue)
            .map_err(fail)?;
        out.lists(&read.cues.nouns, Noun::ALL, Meaning::Noun)
            .map_err(fail)?;
        out.lists(&read.prepositions, Prep::ALL, Meaning::Prep)
            .map_err(fail)?;
        out.lists(&read.references, Reference::ALL, Meaning::Reference)
            .map_err(fail)?;
        out.file_under(Meaning::Conjunction, &read.words.conjunctions);
        out.file_under(Meaning::Article, &read.words.articles);
        out.file_under(Meaning::Subordinator, &read.words.subordinators);
        out.file_under(Meaning::Opener, &read.words.openers);
        for (attribute, words) in read.attributes.patterns() {
            out.file_under(Meaning::Attribute(attribute), words);
        }
        Ok(out)
    }

    /// The labels of the rules that the name of an entity of this kind and class carries.
    pub(super) fn named(&self, theme: &str) -> impl Iterator<Item = u16> {
        let kind = theme.split(' ').next().unwrap_or_default();
        let carries = move |rule: &Rule| rule.names.iter().any(|n| n == theme || n == kind);
        // The trigger rules are the first to be filed: a rule's label is its number.
        let labels = self.rules.iter().zip(0u16..);
        labels
            .filter(move |(rule, _)| carries(rule))
            .map(|(_, label)| label)
    }

    fn file_under(&mut self, meaning: Meaning, words: &[String]) {
        let label = u16::try_from(self.meanings.len()).unwrap_or(u16::MAX);
        self.meanings.push(meaning);
        for word in words {
            self.patterns.add(word, label);
        }
    }

    fn lists<T: Copy>(
        &mut self,
        lists: &BTreeMap<String, Vec<String>>,
        all: &[(&str, T)],
        meaning: impl Fn(T) -> Meaning,
    ) -> Result<(), String> {
        if let Some(unknown) = lists.keys().find(|k| all.iter().all(|(n, _)| n != k)) {
            let names: Vec<&str> = all.iter().map(|(n, _)| *n).collect();
            return Err(format!(
                "expected one of the lists {}, but found `{unknown}`",
                names.join(", ")
            ));
        }
        for (name, value) in all {
            let words = lists
                .get(*name)
                .ok_or_else(|| format!("expected a list `{name}`, but found none"))?;
            self.file_under(meaning(*value), words);
        }
        Ok(())
    }
}

impl Noun {
    pub(super) fn as_str(self) -> &'static str {
        name_of(Self::ALL, &self)
    }
}

impl Reference {
    pub(super) fn as_str(self) -> &'static str {
        name_of(Self::ALL, &self)
    }
}

impl Prep {
    pub(super) fn as_str(self) -> &'static str {
        name_of(Self::ALL, &self)
    }
}
