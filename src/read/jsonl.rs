//! JSON Lines: one document a line; a bad line is one error and the rest goes on.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source, json, lines, page};

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let mut found = false;
    lines::each(source, from, |number, line| {
        let document = match line {
            Ok([]) => return,
            Ok(line) => row(source, number, line).map_err(|error| error.at_line(number)),
            Err(error) => Err(error),
        };
        found = true;
        sink(document);
    })?;
    if found {
        return Ok(());
    }
    let place = source.place();
    Err(ReadError::new(
        place,
        "JSON Lines",
        "an empty file",
        "leave it out",
    ))
}

fn row(
    source: &Source,
    number: usize,
    line: &[u8],
) -> Result<crate::document::Document, ReadError> {
    let value = serde_json::from_slice(line).map_err(|error| {
        let hint = "one JSON object a line, without line breaks inside";
        json::wrong(
            source,
            &error,
            &format!("in column {}", error.column()),
            hint,
        )
    })?;
    Ok(page::document(json::draft(source, &value, number)?))
}
