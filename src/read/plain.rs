//! Plain text: one document a file.

use std::io::BufRead;

use super::error::ReadError;
use super::limits::Bytes;
use super::{Sink, Source, decode, page, slurp};
use crate::document::DateBasis;

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let text = decode::decode(place, &slurp(source, from)?)?;
    check_lines(source, &text)?;
    let mut draft = page::Draft::new(source.id(), source.origin(), text);
    draft.fallback = source.file_date().map(|date| (date, DateBasis::File));
    sink(Ok(page::document(draft)));
    Ok(())
}

/// A line that no text has is data.
fn check_lines(source: &Source, text: &str) -> Result<(), ReadError> {
    let most = source.limits().line;
    let long = text.split('\n').position(|line| line.len() as u64 > most);
    let Some(at) = long else { return Ok(()) };
    let expected = format!("lines of {} at the most", Bytes(most));
    let hint = "if it is text all the same, allow longer ones with `--limit line=N`";
    Err(ReadError::new(source.place(), expected, "a longer one", hint).at_line(at + 1))
}
