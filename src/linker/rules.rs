//! The rules of the linker as data: triggers, cues and function words of each language.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::attribute::{Attribute, AttributesFile, Lists};
use super::pattern::Patterns;
use super::term::{Term, Terms};
use super::time::{TimeFile, Words as TimeWords};
use super::weights::Piece;
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
            const PIECES: &'static [Piece<'static>] = &[$(Piece::of($text),)+];

            /// What observations call it.
            pub(super) fn piece(self) -> Piece<'static> {
                Self::PIECES.get(self as usize).copied().unwrap_or_default()
            }
        }
    };
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
    #[serde(default)]
    genitive: Genitive,
}

/// How a language shows that a name belongs to the noun before it, without a preposition.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Genitive {
    /// Articles before the name (`die Marine der Niederlande`).
    pub(super) articles: Vec<String>,
    /// Endings of the name (`die Marine Norwegens`).
    pub(super) endings: Vec<String>,
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
    pub(super) genitive: Genitive,
    /// Where its sentences end.
    pub habits: Habits,
    pub(super) patterns: Patterns,
    pub(super) meanings: Vec<Meaning>,
    pub(super) time: TimeWords,
    pub(super) attributes: Lists,
    /// What its words are called in observations.
    pub(super) terms: Terms,
    /// Per rule, its class.
    classes: Vec<Term>,
    /// Per rule, whether it can carry a conflict, and whether it can carry nothing else.
    enmity: Vec<(bool, bool)>,
    /// Per kind of entities, and per kind and class, the labels of the rules that such a name carries.
    named: FxHashMap<String, Vec<u16>>,
    /// The kinds of entities among these.
    carrying: FxHashSet<String>,
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
        let mut terms = Terms::default();
        let classes = read.rule.iter().map(|rule| terms.add(&rule.class));
        let classes: Option<Vec<Term>> = classes.collect();
        let classes = classes.ok_or_else(|| fail(String::from("expected fewer classes")))?;
        let mut out = Self {
            terms,
            classes,
            enmity: read.rule.iter().map(enmity).collect(),
            carrying: read.rule.iter().flat_map(kinds).collect(),
            named: named(&read.rule),
            language: read.language,
            rules: read.rule,
            adjective_endings: read.words.adjective_endings,
            genitive: read.words.genitive,
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

    /// The labels of the rules that the name of an entity of this kind and class carries; `theme` is both.
    pub(super) fn named(&self, kind: &str, theme: &str) -> &[u16] {
        if !self.carrying.contains(kind) {
            return &[];
        }
        let labels = self.named.get(theme);
        let labels = labels.or_else(|| self.named.get(kind));
        labels.map_or(&[], Vec::as_slice)
    }

    /// The class of a trigger rule.
    pub(super) fn class(&self, rule: Option<u16>) -> Term {
        let class = rule.and_then(|rule| self.classes.get(usize::from(rule)));
        class.copied().unwrap_or(Term::NO_CLASS)
    }

    /// Whether a trigger rule can carry a conflict.
    pub(super) fn tells_of_enmity(&self, rule: u16) -> bool {
        self.enmity
            .get(usize::from(rule))
            .is_some_and(|(any, _)| *any)
    }

    /// Whether a trigger rule can carry nothing but a conflict: it makes its neighbour an enemy.
    pub(super) fn makes_enemies(&self, rule: u16) -> bool {
        self.enmity
            .get(usize::from(rule))
            .is_some_and(|(_, all)| *all)
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

/// Whether a rule can carry a conflict, and whether it can carry nothing else.
fn enmity(rule: &Rule) -> (bool, bool) {
    let conflict = |kind: &String| kind == CONFLICT;
    (
        rule.kinds.iter().any(conflict),
        rule.kinds.iter().all(conflict),
    )
}

/// The kind of statement that tells of enemies.
const CONFLICT: &str = "conflict";

/// The kinds of entities whose names carry a rule.
fn kinds(rule: &Rule) -> impl Iterator<Item = String> {
    let kind = |theme: &String| theme.split(' ').next().unwrap_or_default().to_owned();
    rule.names.iter().map(kind)
}

/// By what names of entities the rules are carried. The trigger rules are the first to be filed: a rule's label is its number.
fn named(rules: &[Rule]) -> FxHashMap<String, Vec<u16>> {
    let themes = || rules.iter().flat_map(|rule| &rule.names);
    let labels = |theme: &str| {
        let kind = theme.split(' ').next().unwrap_or_default();
        let carries = |rule: &Rule| rule.names.iter().any(|n| n == theme || n == kind);
        let labels = rules.iter().zip(0u16..).filter(|(rule, _)| carries(rule));
        labels.map(|(_, label)| label).collect()
    };
    themes()
        .map(|theme| (theme.clone(), labels(theme)))
        .collect()
}

impl Noun {
    pub(super) fn as_str(self) -> &'static str {
        self.piece().text
    }
}

impl Reference {
    pub(super) fn as_str(self) -> &'static str {
        self.piece().text
    }
}
