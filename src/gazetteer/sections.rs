//! Sections `[tagger]` and `[read]` of `lang/<code>.toml`: what they may hold, and what is wrong in which
//! line where they do not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::{Spanned, Value};

use super::files::SourceFile;
use crate::error::{Problems, hint_for, line_of};
use crate::schema::toml_problem;

/// Section `[tagger]`.
#[derive(Debug, Default, Deserialize)]
pub struct TaggerSection {
    /// Endings that a word of a list may have.
    #[serde(default)]
    pub endings: Vec<String>,
    /// Endings by which a capitalised word may be a noun and no name.
    #[serde(default)]
    pub noun_endings: Vec<String>,
    /// Whether a compound counts as its last part.
    #[serde(default)]
    pub tails: bool,
    /// Whether every noun has a capital.
    #[serde(default)]
    pub capital_nouns: bool,
    /// Head words of names, by entity kind.
    #[serde(default)]
    pub heads: BTreeMap<String, Head>,
    /// Bodies of states.
    #[serde(default)]
    pub bodies: BTreeMap<String, BodyWords>,
    /// Last parts of closed compounds whose first part is a name.
    #[serde(default)]
    pub compound_heads: Vec<String>,
    /// Letters between the parts of a closed compound.
    #[serde(default)]
    pub compound_links: Vec<String>,
    /// What may stand in front of a country in one word.
    #[serde(default)]
    pub compound_prefixes: Vec<String>,
    /// The word lists of [`TAGGER_LISTS`].
    #[serde(flatten)]
    pub lists: BTreeMap<String, Vec<String>>,
}

/// `[tagger.heads.<kind>]`: where the head word of a name stands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// `Initiative X`.
    #[serde(default)]
    pub before: Vec<String>,
    /// `X Initiative`.
    #[serde(default)]
    pub after: Vec<String>,
    /// `Initiative for X`.
    #[serde(default)]
    pub of: Vec<String>,
}

/// `[tagger.bodies.<id>]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyWords {
    /// How the vocabulary classes it; its id unless given.
    #[serde(default)]
    pub class: String,
    /// Parts of the label, one of which it must have.
    #[serde(default)]
    pub label_has: Vec<String>,
    /// The nouns.
    pub words: Vec<String>,
}

/// Section `[read]`: the words by which the parts of a page are told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadSection {
    /// The commonest words, by which the language of a text is told.
    pub stop_words: BTreeSet<String>,
    /// Names of each month, January first.
    pub months: Vec<Vec<String>>,
    /// Names of each weekday, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Whether 03/04/2025 is the third of April.
    pub day_first: bool,
    /// What stands before the day of publication.
    pub date_labels: Vec<String>,
    /// What stands before a pointer to another page.
    pub teaser_heads: Vec<String>,
    /// What ends such a pointer.
    pub teaser_tails: Vec<String>,
    /// What a caption begins with.
    pub caption_heads: Vec<String>,
    /// What only captions say.
    pub caption_phrases: Vec<String>,
    /// What lines begin with that are no part of the text.
    pub noise_heads: Vec<String>,
    /// What only such lines say.
    pub noise_phrases: Vec<String>,
    /// Items of menus and share bars.
    pub menu_words: Vec<String>,
    /// What stands before the name of an author.
    pub bylines: Vec<String>,
    /// Words before which a hyphen at a line end stands for a left-out word.
    pub hyphen_joins: Vec<String>,
    /// Words whose hyphen is their own.
    pub hyphen_first_parts: Vec<String>,
}

/// The word lists of `[tagger]`.
pub const TAGGER_LISTS: [&str; 39] = [
    "titles",
    "particles",
    "conjunctions",
    "place_prepositions",
    "government_words",
    "datelines",
    "appositions",
    "of_words",
    "heads_verbs",
    "possessives",
    "not_in_names",
    "military_words",
    "company_words",
    "company_forms",
    "company_tails",
    "company_heads",
    "weapon_words",
    "type_words",
    "class_words",
    "not_countries",
    "country_first_names",
    "state_words",
    "determiners",
    "speech_words",
    "unit_words",
    "plain_words",
    "not_acronyms",
    "name_links",
    "not_designators",
    "not_weapons",
    "civil_words",
    "makers_words",
    "naming_words",
    "also_names",
    "deal_words",
    "ship_words",
    "common_nouns",
    "made_words",
    "number_words",
];

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    tagger: BTreeMap<Spanned<String>, Value>,
    /// Reading it is the check.
    #[serde(default, rename = "read")]
    _read: Option<ReadSection>,
}

/// What is wrong with the section of a file that is TOML.
pub(super) fn check(file: &SourceFile) -> Problems {
    let mut problems = Problems::new();
    match toml::from_str::<File>(&file.text) {
        Ok(read) => {
            for (key, value) in &read.tagger {
                let line = line_of(&file.text, key.span().start);
                if let Err((message, hint)) = check_key(key.as_ref(), value) {
                    problems.add(&file.path, line, message, &hint);
                }
            }
        }
        Err(error) => problems.append(toml_problem(&file.path, &file.text, &error)),
    }
    problems
}

fn check_key(key: &str, value: &Value) -> Result<(), (String, String)> {
    let fits = |error: Option<toml::de::Error>, expected: &str, hint: &str| match error {
        None => Ok(()),
        Some(error) => {
            let found = error.message().trim_end().replace('\n', ", ");
            let message = format!("expected `{key}` of [tagger] to be {expected}: {found}");
            Err((message, hint.to_owned()))
        }
    };
    let value = value.clone();
    match key {
        "tails" | "capital_nouns" => fits(
            value.try_into::<bool>().err(),
            "true or false",
            &format!("{key} = true"),
        ),
        "heads" => fits(
            value.try_into::<BTreeMap<String, Head>>().err(),
            "tables",
            "[tagger.heads.<kind>] has the lists before, after and of",
        ),
        "bodies" => fits(
            value.try_into::<BTreeMap<String, BodyWords>>().err(),
            "tables",
            "[tagger.bodies.<id>] has class, label_has and the list words",
        ),
        _ if LISTS.contains(&key) || TAGGER_LISTS.contains(&key) => fits(
            value.try_into::<Vec<String>>().err(),
            "a list of words",
            &format!("{key} = [\"word\", \"other word\"]"),
        ),
        _ => {
            let names = LISTS.into_iter().chain(TAGGER_LISTS).chain(OTHERS);
            let all = || names.clone().collect::<Vec<_>>().join(", ");
            let hint = hint_for(key, names.clone(), || format!("[tagger] has {}", all()));
            Err((format!("unknown key `{key}` of [tagger]"), hint))
        }
    }
}

/// Lists that say how words are put together.
const LISTS: [&str; 5] = [
    "endings",
    "noun_endings",
    "compound_heads",
    "compound_links",
    "compound_prefixes",
];
/// What is no list.
const OTHERS: [&str; 4] = ["tails", "capital_nouns", "heads", "bodies"];
