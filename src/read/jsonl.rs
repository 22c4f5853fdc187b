//! JSON Lines: one document a line; a bad line is one error and the rest goes on.

use std::io::{BufRead, Read};

use serde::Deserialize;

use super::error::ReadError;
use super::{LIMIT, Sink, Source, dates, page};

const FIELDS: &str =
    "an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`";

/// A line as it stands in the file. Further fields are the user's own and left alone.
#[derive(Deserialize)]
struct Row {
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    #[serde(alias = "lang")]
    language: Option<String>,
    text: String,
}

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let mut line = Vec::new();
    let mut found = false;
    for number in 1.. {
        line.clear();
        let more = from
            .take(LIMIT + 1)
            .read_until(b'\n', &mut line)
            .map_err(|e| ReadError::io(source.place(), &e))?;
        if more == 0 {
            break;
        }
        if line.len() as u64 > LIMIT {
            skip_line(source, from)?;
            found = true;
            sink(Err(too_long(source).at_line(number)));
            continue;
        }
        let bytes = line
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(&line)
            .trim_ascii();
        if !bytes.is_empty() {
            found = true;
            sink(row(source, number, bytes).map_err(|e| e.at_line(number)));
        }
    }
    if found {
        return Ok(());
    }
    Err(ReadError::new(
        source.place(),
        "JSON Lines",
        "an empty file",
        "leave it out",
    ))
}

fn skip_line(source: &Source, from: &mut dyn BufRead) -> Result<(), ReadError> {
    loop {
        let mut rest = Vec::new();
        let more = from
            .take(LIMIT)
            .read_until(b'\n', &mut rest)
            .map_err(|e| ReadError::io(source.place(), &e))?;
        if more == 0 || rest.ends_with(b"\n") {
            return Ok(());
        }
    }
}

fn too_long(source: &Source) -> ReadError {
    let expected = format!("a line of {} MB at the most", LIMIT / 1_000_000);
    ReadError::new(
        source.place(),
        expected,
        "a longer one",
        "write one JSON object a line",
    )
}

fn row(
    source: &Source,
    number: usize,
    bytes: &[u8],
) -> Result<crate::document::Document, ReadError> {
    let row: Row = serde_json::from_slice(bytes).map_err(|error| {
        let column = error.column();
        let mut found = error.to_string();
        if let Some(at) = found.find(" at line ") {
            found.truncate(at);
        }
        let found = format!("{found} in column {column}");
        ReadError::new(
            source.place(),
            FIELDS,
            found,
            "one JSON object a line, without line breaks inside",
        )
    })?;
    if !row.text.chars().any(char::is_alphanumeric) {
        let hint = "fill `text` or leave the line out";
        return Err(ReadError::new(
            source.place(),
            "words in `text`",
            "none",
            hint,
        ));
    }
    let id = row.id.filter(|id| !id.trim().is_empty());
    let id = id.unwrap_or_else(|| format!("{}:{number}", source.id()));
    let mut draft = page::Draft::new(
        &id,
        row.source.as_deref().unwrap_or(source.place()),
        row.text,
    );
    draft.title = row.title.unwrap_or_default();
    draft.language = row.language.unwrap_or_default().to_lowercase();
    if let Some(date) = row.date.filter(|d| !d.trim().is_empty()) {
        draft.date = dates::metadata(&date);
        if draft.date.is_none() && !dates::month_or_year(&date) {
            let hint = "write the day as YYYY-MM-DD, or leave `date` out";
            return Err(ReadError::new(
                source.place(),
                "a day in `date`",
                format!("`{date}`"),
                hint,
            ));
        }
    }
    Ok(page::document(draft))
}
