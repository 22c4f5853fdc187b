//! Plain text: one document a file.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source, decode, page, slurp};

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let text = decode::decode(place, &slurp(place, from)?)?;
    sink(Ok(page::document(page::Draft::new(
        source.id(),
        place,
        text,
    ))));
    Ok(())
}
