//! A language as data: `lang/<code>.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::entity::Lang;
use super::files::SourceFile;
use super::inflect::Inflection;
use crate::error::Problems;
use crate::schema::toml_problem;

/// A parsed `lang/<code>.toml`. Sections that another step owns are kept as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Language {
    /// Its code, the stem of the file name.
    pub lang: Lang,
    /// Its name in English.
    pub name: String,
    /// `[inflection.<class>]`.
    pub inflections: BTreeMap<String, Inflection>,
    /// `[roles.<role>]`.
    pub roles: BTreeMap<String, Role>,
    /// Every other section as JSON: its owner reads it with [`Language::section`].
    sections: BTreeMap<String, Box<RawValue>>,
    /// The file, for problems.
    pub path: String,
}

/// How a language names an office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The name shown; given in English only.
    #[serde(default)]
    pub label: String,
    /// Nouns for the office and its holder, nominative singular.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Further keys, read by the step that owns them.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Raw {
    language: RawHead,
    #[serde(default)]
    inflection: BTreeMap<String, Inflection>,
    #[serde(default)]
    roles: BTreeMap<String, Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHead {
    code: String,
    name: String,
}

impl Language {
    /// Reads one file.
    pub(super) fn parse(file: &SourceFile) -> Result<Self, Problems> {
        let wrong = |e: toml::de::Error| toml_problem(&file.path, &file.text, &e);
        let mut sections: toml::Table = toml::from_str(&file.text).map_err(wrong)?;
        sections.retain(|name, _| !matches!(name, "language" | "inflection" | "roles"));
        let raw: Raw = toml::from_str(&file.text).map_err(wrong)?;
        let mut problems = super::sections::check(file);
        let stem = file.parts().last().copied().unwrap_or_default().to_owned();
        let lang = Lang::new(&stem).filter(|_| stem == raw.language.code);
        let Some(lang) = lang else {
            problems.add(
                &file.path,
                1,
                format!(
                    "expected language.code to be the file name, but found \"{}\"",
                    raw.language.code
                ),
                "name the file by the ISO 639-1 code of its language",
            );
            return Err(problems);
        };
        let json = |(name, table): (String, toml::Value)| {
            Some((name, serde_json::value::to_raw_value(&table).ok()?))
        };
        problems.or(Self {
            lang,
            name: raw.language.name,
            inflections: raw.inflection,
            roles: raw.roles,
            sections: sections.into_iter().filter_map(json).collect(),
            path: file.path.clone(),
        })
    }

    /// A language without any words.
    pub(super) fn empty(lang: Lang) -> Self {
        Self {
            lang,
            name: String::new(),
            inflections: BTreeMap::new(),
            roles: BTreeMap::new(),
            sections: BTreeMap::new(),
            path: String::new(),
        }
    }

    /// Takes over what a file of a user adds or changes, key by key.
    pub(super) fn overlay(&mut self, other: Self) {
        self.name = other.name;
        self.inflections.extend(other.inflections);
        self.roles.extend(other.roles);
        for (name, own) in other.sections {
            let merged = match self.sections.get(&name) {
                Some(known) => merged(known, &own).unwrap_or(own),
                None => own,
            };
            self.sections.insert(name, merged);
        }
    }

    /// The code: `de`.
    pub fn code(&self) -> &str {
        self.lang.code()
    }

    /// A section as the type of the step that owns it; `None` if the file has none.
    pub fn section<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Option<Result<T, Problems>> {
        let read = serde_json::from_str(self.sections.get(name)?.get());
        Some(read.map_err(|error| {
            let mut problems = Problems::new();
            let message = format!("failed to read section [{name}]: {error}");
            problems.add(&self.path, 0, message, "");
            problems
        }))
    }
}

/// A section with what a user's file adds or changes.
fn merged(known: &RawValue, own: &RawValue) -> Option<Box<RawValue>> {
    let mut base: Value = serde_json::from_str(known.get()).ok()?;
    merge(&mut base, serde_json::from_str(own.get()).ok()?);
    serde_json::value::to_raw_value(&base).ok()
}

/// Tables are merged, everything else is replaced.
fn merge(base: &mut Value, own: Value) {
    match (base, own) {
        (Value::Object(base), Value::Object(own)) => {
            for (key, value) in own {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, own) => *base = own,
    }
}
