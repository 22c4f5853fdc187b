//! Which field or column holds what: in JSON, JSON Lines and tables.

use serde_json::{Map, Value};

use super::error::ReadError;
use super::page::Draft;
use super::{Source, dates};

/// What a document has, and the names that fields for it usually bear, the surest first.
const USUAL: [(&str, &[&str]); 7] = [
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "fulltext",
            "full_text",
            "articleBody",
            "maintext",
            "inhalt",
            "volltext",
        ],
    ),
    ("title", &["title", "headline", "titel", "überschrift"]),
    (
        "date",
        &[
            "date",
            "published",
            "published_at",
            "date_published",
            "datePublished",
            "publish_date",
            "pubDate",
            "datum",
        ],
    ),
    ("source", &["source", "url", "link", "publisher", "quelle"]),
    ("language", &["language", "lang", "sprache"]),
    ("id", &["id", "guid", "uuid"]),
    ("author", &["author", "authors", "byline", "autor"]),
];

/// The user's own names of fields.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(&'static str, String)>);

impl Fields {
    /// Adds `what=field`: `text=Volltext` reads the text from the field or column `Volltext`.
    pub fn set(&mut self, setting: &str) -> Result<(), ReadError> {
        let parts = setting
            .split_once('=')
            .filter(|(_, field)| !field.is_empty());
        let found = parts.and_then(|(what, field)| {
            let (what, _) = USUAL.iter().find(|(name, _)| *name == what)?;
            Some((*what, field.to_owned()))
        });
        let Some(found) = found else {
            let known: Vec<_> = USUAL.iter().map(|(name, _)| *name).collect();
            let hint = format!("what can be mapped is {}", known.join(", "));
            let expected = "a mapping such as `text=COLUMN`";
            return Err(ReadError::new(
                "--field",
                expected,
                format!("`{setting}`"),
                hint,
            ));
        };
        self.0.push(found);
        Ok(())
    }

    /// The name of the field for `what` among those there are.
    pub(super) fn find<'a>(
        &self,
        what: &str,
        names: impl Fn(&str) -> Option<&'a str>,
    ) -> Option<&'a str> {
        let own = self.0.iter().filter(|(name, _)| *name == what);
        let mut own = own.map(|(_, field)| field.as_str()).peekable();
        if own.peek().is_some() {
            return own.find_map(names);
        }
        let usual = USUAL.iter().find(|(name, _)| *name == what)?.1;
        usual.iter().find_map(|name| names(name))
    }
}

/// What a row or an object says of a document, as text.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) source: String,
    pub(super) language: String,
    pub(super) author: String,
    pub(super) text: String,
}

impl Row {
    /// Fills the row by asking for each field.
    pub(super) fn fill(mut get: impl FnMut(&str) -> String) -> Self {
        Self {
            id: get("id"),
            title: get("title"),
            date: get("date"),
            source: get("source"),
            language: get("language"),
            author: get("author"),
            text: get("text"),
        }
    }

    /// The row of a JSON object.
    pub(super) fn of_json(object: &Map<String, Value>, fields: &Fields) -> Self {
        Self::fill(|what| {
            let filled = |name: &str| {
                object
                    .get_key_value(name)
                    .filter(|(_, value)| !value.is_null())
            };
            let name = fields.find(what, |name| filled(name).map(|(key, _)| key.as_str()));
            name.and_then(|name| object.get(name))
                .map(words)
                .unwrap_or_default()
        })
    }

    /// The document of a row; `number` counts from one and stands for a missing id.
    pub(super) fn draft(self, source: &Source, number: usize) -> Result<Draft, ReadError> {
        let place = source.place();
        if !self.text.chars().any(char::is_alphanumeric) {
            let hint = "fill `text` or leave it out";
            return Err(ReadError::new(place, "words in `text`", "none", hint));
        }
        let id = if self.id.trim().is_empty() {
            format!("{}:{number}", source.id())
        } else {
            self.id
        };
        let from = if self.source.trim().is_empty() {
            place
        } else {
            &self.source
        };
        let mut draft = Draft::new(&id, from, self.text);
        draft.title = self.title;
        draft.language = self.language.to_lowercase();
        draft.author = self.author;
        if !self.date.trim().is_empty() {
            draft.date = dates::metadata(&self.date);
            if draft.date.is_none() && !dates::month_or_year(&self.date) {
                let hint = "write the day as YYYY-MM-DD, or leave `date` out";
                let found = format!("`{}`", self.date);
                return Err(ReadError::new(place, "a day in `date`", found, hint));
            }
        }
        draft.url.clone_from(&draft.source);
        Ok(draft)
    }
}

/// A JSON value as text: the names of objects, lists joined.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(words).filter(|w| !w.is_empty()).collect();
            items.join(", ")
        }
        Value::Object(object) => {
            let name = ["name", "@value", "value"]
                .iter()
                .find_map(|key| object.get(*key));
            name.filter(|name| name.is_string())
                .map(words)
                .unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}
