//! JSON: one object is a document, an array of them many; so is an array inside an object.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::error::ReadError;
use super::fields::Row;
use super::{Sink, Source, page, slurp};

const FIELDS: &str =
    "an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`";

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let bytes = slurp(source, from)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let at = format!("in line {}, column {}", error.line(), error.column());
        let hint = "it may be cut off, or JSON Lines: then name it `.jsonl`";
        wrong(source, &error, &at, hint)
    })?;
    let Some(items) = items(source, &value) else {
        sink(Ok(page::document(draft(source, &value, 1)?)));
        return Ok(());
    };
    for (number, item) in (1..).zip(items) {
        let document = draft(source, item, number).map(page::document);
        sink(document.map_err(|error| error.at_line(number)));
    }
    Ok(())
}

/// The documents of a list; nothing if the value is a document itself.
fn items<'v>(source: &Source, value: &'v Value) -> Option<&'v Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(object) if !has_text(source, object) => {
            object.values().filter_map(Value::as_array).find(|items| {
                items
                    .iter()
                    .any(|item| item.as_object().is_some_and(|o| has_text(source, o)))
            })
        }
        _ => None,
    }
}

fn has_text(source: &Source, object: &Map<String, Value>) -> bool {
    !Row::of_json(object, source.fields()).text.is_empty()
}

/// The document of one value.
pub(super) fn draft(
    source: &Source,
    value: &Value,
    number: usize,
) -> Result<page::Draft, ReadError> {
    let place = source.place();
    let Some(object) = value.as_object() else {
        let found = match value {
            Value::Array(_) => "an array",
            Value::String(_) => "a string",
            Value::Number(_) => "a number",
            _ => "another value",
        };
        return Err(ReadError::new(
            place,
            FIELDS,
            found,
            "write one object for each document",
        ));
    };
    let row = Row::of_json(object, source.fields());
    let key_of = |name: &str| object.get_key_value(name).map(|(key, _)| key.as_str());
    if source.fields().find("text", key_of).is_none() {
        let names: Vec<_> = object
            .keys()
            .take(12)
            .map(|name| format!("`{name}`"))
            .collect();
        let found = if names.is_empty() {
            String::from("an empty object")
        } else {
            names.join(", ")
        };
        let hint = "name the field that holds the text with `--field text=NAME`";
        return Err(ReadError::new(place, FIELDS, found, hint));
    }
    row.draft(source, number)
}

/// An error of the JSON itself.
pub(super) fn wrong(source: &Source, error: &serde_json::Error, at: &str, hint: &str) -> ReadError {
    let mut found = error.to_string();
    if let Some(at) = found.find(" at line ") {
        found.truncate(at);
    }
    ReadError::new(source.place(), FIELDS, format!("{found} {at}"), hint)
}
