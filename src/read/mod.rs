//! Reading: files, folders and standard input become [`Document`]s.
//!
//! [`sources`] lists what there is to read in a fixed order, [`read`] streams the documents of one source.
//! Neither ever stops the run: what cannot be read is an error with a hint, and the rest goes on.

mod bars;
mod blocks;
mod dates;
mod decode;
mod error;
mod inputs;
mod jsonl;
mod language;
mod markdown;
mod markers;
mod page;
mod phrases;
mod plain;
mod rejoin;
mod titles;
mod units;
mod unsupported;
mod walk;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

pub use error::ReadError;
pub use inputs::{INPUTS, Input};
pub use walk::sources;

use crate::document::Document;

/// The most bytes a text file or a line of JSON Lines may have.
pub const LIMIT: u64 = 64_000_000;

/// Where documents and errors go.
pub type Sink<'a> = dyn FnMut(Result<Document, ReadError>) + 'a;

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Read everything as this format, whatever the names end in.
    pub format: Option<&'static Input>,
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
        })
    }
}

/// One file, or standard input.
#[derive(Clone, Debug)]
pub struct Source {
    path: Option<PathBuf>,
    place: String,
    id: String,
    format: Option<&'static Input>,
}

impl Source {
    /// What names it in messages and in `Document::source`: the path as given, or `-`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The id of its document: the file name, or the path where two files of a run have the same name.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn open(&self) -> std::io::Result<Box<dyn BufRead>> {
        Ok(match &self.path {
            Some(path) => Box::new(BufReader::new(File::open(path)?)),
            None => Box::new(BufReader::new(std::io::stdin())),
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
    let failed = |error| ReadError::io(source.place(), &error);
    let mut from = source.open().map_err(failed)?;
    let head = from.fill_buf().map_err(failed)?;
    let format = match source.format {
        Some(format) => format,
        None => inputs::by_content(head).unwrap_or(&INPUTS[INPUTS.len() - 1]),
    };
    (format.read)(source, &mut from, sink)
}

/// All bytes of an open file, up to [`LIMIT`].
fn slurp(place: &str, from: &mut dyn BufRead) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    from.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| ReadError::io(place, &e))?;
    if bytes.len() as u64 > LIMIT {
        let expected = format!("a text of {} MB at the most", LIMIT / 1_000_000);
        let hint = "split it into documents, or write them as JSON Lines";
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
