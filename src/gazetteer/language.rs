//! A language as data: `lang/<code>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entity::Lang;
use super::files::SourceFile;
use super::inflect::Inflection;
use crate::error::Problems;
use crate::schema::toml_problem;

/// A parsed `lang/<code>.toml`. Sections that another step owns are kept as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// Its code, the stem of the file name.
    pub lang: Lang,
    /// Its name in English.
    pub name: String,
    /// `[inflection.<class>]`.
    pub inflections: BTreeMap<String, Inflection>,
    /// `[roles.<role>]`.
    pub roles: BTreeMap<String, Role>,
    /// Every section, also those above: the owner of a section reads it with [`Language::section`].
    pub sections: toml::Table,
    /// The file, for problems.
    pub path: String,
}

/// How a language names an office.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Role {
    /// The name shown; given in English only.
    #[serde(default)]
    pub label: String,
    /// Nouns for the office and its holder, nominative singular.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Further keys, read by the step that owns them.
    #[serde(flatten)]
    pub more: toml::Table,
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
        let sections: toml::Table = toml::from_str(&file.text).map_err(wrong)?;
        let raw: Raw = toml::from_str(&file.text).map_err(wrong)?;
        let mut problems = Problems::new();
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
        Ok(Self {
            lang,
            name: raw.language.name,
            inflections: raw.inflection,
            roles: raw.roles,
            sections,
            path: file.path.clone(),
        })
    }

    /// Takes over what a file of a user adds or changes, key by key.
    pub(super) fn overlay(&mut self, other: Self) {
        self.name = other.name;
        self.inflections.extend(other.inflections);
        self.roles.extend(other.roles);
        merge(&mut self.sections, other.sections);
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
        let value = self.sections.get(name)?.clone();
        Some(value.try_into().map_err(|error: toml::de::Error| {
            let mut problems = Problems::new();
            let message = format!("failed to read section [{name}]: {}", error.message());
            problems.add(&self.path, 0, message, "");
            problems
        }))
    }
}

/// Tables are merged, everything else is replaced.
fn merge(base: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}
