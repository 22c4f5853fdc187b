//! Lines of bytes, one at a time, each no longer than the limit.

use std::io::{BufRead, Read};

use super::Source;
use super::error::ReadError;
use super::limits::Bytes;

/// Calls `each` with the number and the bytes of every line; one that is too long is an error in its place.
pub(super) fn each(
    source: &Source,
    from: &mut dyn BufRead,
    mut each: impl FnMut(usize, Result<&[u8], ReadError>),
) -> Result<(), ReadError> {
    let most = source.limits().line;
    let failed = |error| ReadError::io(source.place(), &error);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let more = (&mut *from)
            .take(most + 1)
            .read_until(b'\n', &mut line)
            .map_err(failed)?;
        if more == 0 {
            break;
        }
        if line.len() as u64 > most {
            skip(from).map_err(failed)?;
            each(number, Err(too_long(source).at_line(number)));
        } else {
            each(
                number,
                Ok(line
                    .strip_prefix(b"\xEF\xBB\xBF")
                    .unwrap_or(&line)
                    .trim_ascii()),
            );
        }
    }
    Ok(())
}

/// Leaves out the rest of a line.
fn skip(from: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let (used, done) = {
            let buffer = from.fill_buf()?;
            match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        from.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn too_long(source: &Source) -> ReadError {
    let expected = format!("a line of {} at the most", Bytes(source.limits().line));
    let hint = "write one JSON object a line, or allow longer ones with `--limit line=N`";
    ReadError::new(source.place(), expected, "a longer one", hint)
}
