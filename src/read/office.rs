//! Word and `OpenDocument` texts: paragraphs and headings, without footnotes, comments and deleted words.

use std::io::{BufRead, Cursor, Read, Seek};

use zip::ZipArchive;

use super::error::ReadError;
use super::page::{Draft, Part};
use super::xml::{self, Piece};
use super::{Sink, Source, archive, dates, page, slurp};
use crate::document::{BlockKind, DateBasis};

pub(super) fn docx(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let bytes = slurp(source, from)?;
    word(
        source,
        &mut archive::open(source, Cursor::new(bytes))?,
        sink,
    )
}

/// An archive that turned out to be a Word document.
pub(super) fn word<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let body = must_have(source, archive, "word/document.xml")?;
    let mut paragraphs = Paragraphs::default();
    xml::walk(source, &body, &mut |piece| paragraphs.word(&piece))?;
    let meta = archive::text(source, archive, "docProps/core.xml")?;
    finish(source, paragraphs, &meta.unwrap_or_default(), sink)
}

pub(super) fn odt(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let bytes = slurp(source, from)?;
    let mut archive = archive::open(source, Cursor::new(bytes))?;
    let body = must_have(source, &mut archive, "content.xml")?;
    let mut paragraphs = Paragraphs::default();
    xml::walk(source, &body, &mut |piece| paragraphs.open_document(&piece))?;
    let meta = archive::text(source, &mut archive, "meta.xml")?;
    finish(source, paragraphs, &meta.unwrap_or_default(), sink)
}

fn must_have<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<String, ReadError> {
    archive::text(source, archive, name)?.ok_or_else(|| {
        let hint = "it may be cut off, or no text: open it with its program and save it again";
        ReadError::new(source.place(), format!("`{name}` inside"), "none", hint)
    })
}

/// The paragraphs found so far.
#[derive(Default)]
struct Paragraphs {
    parts: Vec<Part>,
    text: String,
    kind: Option<BlockKind>,
    /// Whether characters count here.
    open: bool,
    /// How deep inside something that is left out.
    left_out: usize,
}

impl Paragraphs {
    fn word(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("t", _) => self.open = true,
            Piece::Close("t") => self.open = false,
            Piece::Open("pStyle", style) => self.kind = of_style(&style.get("val")),
            Piece::Open("tab" | "br" | "cr", _) => self.text.push(' '),
            Piece::Open("p", _) | Piece::Close("p") => self.end(),
            Piece::Text(text) if self.open => self.text.push_str(text),
            _ => {}
        }
    }

    fn open_document(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("note" | "annotation" | "tracked-changes", _) => self.left_out += 1,
            Piece::Close("note" | "annotation" | "tracked-changes") => {
                self.left_out = self.left_out.saturating_sub(1);
            }
            _ if self.left_out > 0 => {}
            Piece::Open(name @ ("p" | "h"), style) => {
                self.end();
                self.kind = if *name == "h" {
                    Some(BlockKind::Headline)
                } else {
                    of_style(&style.get("style-name"))
                };
                self.open = true;
            }
            Piece::Close("p" | "h") => {
                self.end();
                self.open = false;
            }
            Piece::Open("s" | "tab" | "line-break", _) => self.text.push(' '),
            Piece::Text(text) if self.open => self.text.push_str(text),
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = self.kind.take();
        if !text.trim().is_empty() {
            self.parts.push(Part { text, kind });
        }
    }
}

/// What the name of a paragraph style says; both programs keep English names in files of other languages
/// but for a few.
fn of_style(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if starts(&[
        "heading",
        "title",
        "subtitle",
        "berschrift",
        "überschrift",
        "titel",
        "untertitel",
    ]) {
        return Some(BlockKind::Headline);
    }
    if starts(&["caption", "beschriftung", "illustration", "figure"]) {
        return Some(BlockKind::Caption);
    }
    starts(&["footer", "header", "footnote", "fuzeile", "kopfzeile"])
        .then_some(BlockKind::Boilerplate)
}

fn finish(
    source: &Source,
    mut paragraphs: Paragraphs,
    meta: &str,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    paragraphs.end();
    if paragraphs.parts.is_empty() {
        let hint =
            "it may hold nothing but pictures: make a PDF of it and run OCR, e.g. `ocrmypdf`";
        return Err(ReadError::new(
            source.place(),
            "text",
            "none in the document",
            hint,
        ));
    }
    let mut draft = Draft::of_parts(source.id(), source.origin(), paragraphs.parts);
    describe(source, &mut draft, meta);
    sink(Ok(page::document(draft)));
    Ok(())
}

/// Title, author and date of the document's own description. The day a file was made is no more than a
/// guess at the day of publication, so a dateline goes before it.
fn describe(source: &Source, draft: &mut Draft, meta: &str) {
    let mut inside = String::new();
    // a damaged description costs the description only
    let _ = xml::walk(source, meta, &mut |piece| match piece {
        Piece::Open(name, _) => name.clone_into(&mut inside),
        Piece::Close(_) => inside.clear(),
        Piece::Text(text) if !text.trim().is_empty() => match inside.as_str() {
            "title" => text.trim().clone_into(&mut draft.title),
            "creator" if draft.author.is_empty() => text.trim().clone_into(&mut draft.author),
            "language" => text.trim().clone_into(&mut draft.claimed_language),
            "created" | "creation-date" => {
                draft.fallback = dates::metadata(text).map(|date| (date, DateBasis::Metadata));
            }
            _ => {}
        },
        Piece::Text(_) => {}
    });
    draft.fallback = draft
        .fallback
        .or_else(|| Some((source.file_date()?, DateBasis::File)));
}
