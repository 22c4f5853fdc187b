//! ZIP archives: every member is read as a file of its own; nothing is ever written to disk.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;
use super::inputs::INPUTS;
use super::packed::{Guard, Packed};
use super::{Sink, Source, slurp};

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    source.check_depth()?;
    if let Some(path) = source.path() {
        let file = File::open(path).map_err(|error| ReadError::io(source.place(), &error))?;
        return members(
            source,
            &mut open(source, BufReader::new(source.metered(file)))?,
            sink,
        );
    }
    let bytes = slurp(source, from)?;
    members(source, &mut open(source, Cursor::new(bytes))?, sink)
}

/// Opens an archive.
pub(super) fn open<R: Read + Seek>(source: &Source, from: R) -> Result<ZipArchive<R>, ReadError> {
    ZipArchive::new(from).map_err(|error| wrong(source, &error))
}

fn members<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    if archive.index_for_name("word/document.xml").is_some() {
        return super::office::word(source, archive, sink);
    }
    let most = source.limits().members;
    if archive.len() as u64 > most {
        let expected = format!("at most {most} files in the archive");
        let hint = "unpack it first, or allow more with `--limit members=N`";
        return Err(ReadError::new(
            source.place(),
            expected,
            archive.len().to_string(),
            hint,
        ));
    }
    let mut found = false;
    for at in (0..archive.len()).take_while(|_| source.is_wanted()) {
        match member(source, archive, at, sink) {
            Ok(was_document) => found |= was_document,
            Err(error) => {
                found = true;
                sink(Err(error));
            }
        }
    }
    if found || !source.is_wanted() {
        return Ok(());
    }
    let expected = format!("files that end in {}", super::inputs::endings());
    Err(ReadError::new(
        source.place(),
        expected,
        "none",
        "it holds nothing to read: leave it out",
    ))
}

/// Reads one member; says whether it is something that is read.
fn member<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    at: usize,
    sink: &mut Sink<'_>,
) -> Result<bool, ReadError> {
    let file = archive
        .by_index(at)
        .map_err(|error| wrong(source, &error))?;
    let name = file
        .name()
        .map_err(|error| wrong(source, &error))?
        .into_owned();
    if !file.is_file() || is_furniture(&name) {
        return Ok(false);
    }
    if file.enclosed_name().is_none() {
        let hint = "the archive may be an attack; the member is left out";
        return Err(ReadError::new(
            source.place(),
            "names inside the archive",
            format!("`{name}`"),
            hint,
        ));
    }
    let inner = source.member(&name);
    let wanted = inner
        .forced()
        .or(inner.named())
        .is_some_and(|input| input.in_folders || inner.forced().is_some());
    if !wanted {
        return Ok(false);
    }
    let packed = Packed::Known(file.compressed_size());
    let guard = Guard {
        from: file,
        source: &inner,
        packed,
        unpacked: 0,
    };
    super::read_from(&inner, &mut BufReader::new(guard), sink)?;
    Ok(true)
}

/// Hidden files, and what systems put beside the files of an archive.
fn is_furniture(name: &str) -> bool {
    let hidden = name
        .split(['/', '\\'])
        .any(|part| part.starts_with('.') && part != "..");
    let last = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    hidden && !name.contains("..") || name.starts_with("__MACOSX/") || last.starts_with("readme.")
}

/// One file of an archive that must be there, as text.
pub(super) fn text<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<Option<String>, ReadError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(wrong(source, &error)),
    };
    let packed = Packed::Known(file.compressed_size());
    let guard = Guard {
        from: file,
        source,
        packed,
        unpacked: 0,
    };
    let bytes = slurp(source, &mut BufReader::new(guard))?;
    super::decode::decode(source.place(), &bytes).map(Some)
}

/// What is the matter with an archive.
pub(super) fn wrong(source: &Source, error: &ZipError) -> ReadError {
    let place = source.place();
    let whole = "a whole ZIP archive";
    match error {
        ZipError::Io(error) => ReadError::io(place, error),
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(_) => {
            let hint = "unpack it first, e.g. with `7z x`";
            ReadError::new(
                place,
                "an archive without a password",
                error.to_string(),
                hint,
            )
        }
        ZipError::CompressionMethodNotSupported(method) => {
            let formats = INPUTS
                .iter()
                .filter(|input| input.container)
                .map(|input| input.id);
            let hint = format!(
                "unpack it first; packed files are read as {}",
                formats.collect::<Vec<_>>().join(", ")
            );
            ReadError::new(
                place,
                "the usual compression (deflate)",
                format!("method {method}"),
                hint,
            )
        }
        _ => {
            let hint = "it may be cut off: fetch it again";
            ReadError::new(place, whole, error.to_string(), hint)
        }
    }
}
