//! Reading: files, folders and standard input become [`Document`]s.
//!
//! [`sources`] lists what there is to read in a fixed order, [`read`] streams the documents of one source.
//! Neither ever stops the run: what cannot be read is an error with a hint, and the rest goes on.

mod archive;
mod bars;
mod blocks;
mod book;
mod dates;
mod decode;
mod error;
mod feed;
mod fields;
mod glance;
mod html;
mod inputs;
mod json;
mod jsonl;
mod language;
mod limits;
mod lines;
mod mail;
mod markdown;
mod markers;
mod meter;
mod notes;
mod office;
mod packed;
mod page;
mod pdf;
mod phrases;
mod plain;
mod rejoin;
mod source;
mod spots;
mod table;
mod titles;
mod units;
mod walk;
mod warc;
mod xml;

use std::io::{BufRead, Cursor, Read};

pub use error::ReadError;
pub use fields::Fields;
pub use inputs::{INPUTS, Input, Looks};
pub use limits::Limits;
pub use meter::Meter;
pub use source::Source;
pub use walk::sources;

use crate::document::Document;
use limits::Bytes;

/// How many bytes of a file its format is told by.
const HEAD: u64 = 8_192;

/// Where documents and errors go.
pub type Sink<'a> = dyn FnMut(Result<Document, ReadError>) + 'a;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read everything as this format, whatever the names end in.
    pub format: Option<&'static Input>,
    /// What input may cost.
    pub limits: Limits,
    /// Which fields and columns hold what.
    pub fields: Fields,
    /// Of the files in folders only those that match one of these; all that end like a format if empty.
    pub globs: Vec<String>,
    /// Read what `.gitignore` and `.ignore` files leave out, too.
    pub no_ignore: bool,
    /// Take the time a file was last written for the day of publication if there is no other.
    pub file_dates: bool,
    /// Counts what is read.
    pub meter: Meter,
}

impl Options {
    /// Everything is read as the format called `id`; an unknown one is an error that names those there are.
    pub fn with_format(id: &str) -> Result<Self, ReadError> {
        let known: Vec<_> = INPUTS.iter().map(|input| input.id).collect();
        let format = inputs::by_id(id).ok_or_else(|| {
            let hint = format!("the formats are {}", known.join(", "));
            ReadError::new("--input-format", "an input format", format!("`{id}`"), hint)
        })?;
        Ok(Self {
            format: Some(format),
            ..Self::default()
        })
    }
}

/// Reads the documents of one source, each error in its place between them.
///
/// ```
/// # let dir = tempfile::tempdir()?;
/// # let path = dir.path().join("note.txt");
/// std::fs::write(&path, "Minister in Oslo\n\n8 July 2026\n\nNorway and Canada signed a memorandum.\n")?;
/// let (sources, errors) = entente::read::sources(&[path], &entente::read::Options::default());
/// assert!(errors.is_empty());
/// entente::read::read(&sources[0], &mut |found| {
///     let document = found.expect("plain text");
///     assert_eq!(document.title, "Minister in Oslo");
///     assert_eq!(document.date, Some(jiff::civil::date(2026, 7, 8)));
/// });
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read(source: &Source, sink: &mut Sink<'_>) {
    if let Err(error) = try_read(source, sink) {
        sink(Err(error));
    }
}

/// A document over a text that is at hand, read as a plain text file is; `id` also stands for its source.
pub fn from_text(id: &str, text: &str) -> Document {
    page::document(page::Draft::new(id, id, text))
}

fn try_read(source: &Source, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let mut from = source
        .open()
        .map_err(|error| ReadError::io(source.place(), &error))?;
    read_from(source, from.as_mut(), sink)
}

/// Reads what is open as the format it has.
fn read_from(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let mut head = Vec::new();
    (&mut *from)
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|error| ReadError::io(source.place(), &error))?;
    let format = inputs::choose(source, &head);
    (format.read)(source, &mut Cursor::new(head).chain(from), sink)
}

/// All bytes of an open file, as many as a document may have.
fn slurp(source: &Source, from: &mut dyn BufRead) -> Result<Vec<u8>, ReadError> {
    let place = source.place();
    let most = source.limits().file;
    let mut bytes = Vec::new();
    from.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| ReadError::io(place, &e))?;
    if bytes.len() as u64 > most {
        let expected = format!("a document of {} at the most", Bytes(most));
        let hint = "split it into documents, or allow larger ones with `--limit file=N`";
        return Err(ReadError::new(place, expected, "a larger one", hint));
    }
    if bytes.is_empty() {
        return Err(ReadError::new(
            place,
            "text",
            "an empty file",
            "leave it out",
        ));
    }
    Ok(bytes)
}
