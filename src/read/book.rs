//! EPUB books: every chapter is a document.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};

use super::error::ReadError;
use super::xml::{self, Piece};
use super::{Sink, Source, archive, dates, html, page, slurp};

/// What a book says of itself.
#[derive(Default)]
struct Book {
    author: String,
    language: String,
    date: String,
    /// Id of a file of the book to its name.
    files: BTreeMap<String, String>,
    /// Ids in the order of reading.
    order: Vec<String>,
}

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let bytes = slurp(source, from)?;
    let mut archive = archive::open(source, Cursor::new(bytes))?;
    let missing = |what: &str| {
        let hint = "it may be cut off: fetch it again";
        ReadError::new(source.place(), format!("{what} inside"), "none", hint)
    };
    let container = archive::text(source, &mut archive, "META-INF/container.xml")?;
    let package = package(
        source,
        &container.ok_or_else(|| missing("`META-INF/container.xml`"))?,
    )?;
    let described = archive::text(source, &mut archive, &package)?;
    let book = Book::new(
        source,
        &described.ok_or_else(|| missing("the description of the book"))?,
    )?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = false;
    for name in book.order.iter().filter_map(|id| book.files.get(id)) {
        let path = if folder.is_empty() {
            name.clone()
        } else {
            format!("{folder}/{name}")
        };
        let chapter = source.member(name);
        let document = match archive::text(source, &mut archive, &path) {
            Ok(Some(text)) => book.chapter(&chapter, &text),
            Ok(None) => Err(missing(&format!("`{path}`"))),
            Err(error) => Err(error),
        };
        match document {
            // covers and title pages have hardly any words
            Ok(draft) if draft.words() < 20 => {}
            Ok(draft) => {
                found = true;
                sink(Ok(page::document(draft)));
            }
            Err(error) => {
                found = true;
                sink(Err(error));
            }
        }
    }
    if found {
        Ok(())
    } else {
        Err(missing("a chapter with text"))
    }
}

/// The file that describes the book.
fn package(source: &Source, container: &str) -> Result<String, ReadError> {
    let mut path = String::new();
    xml::walk(source, container, &mut |piece| {
        if let Piece::Open("rootfile", attributes) = piece {
            path = attributes.get("full-path");
        }
    })?;
    Ok(path)
}

impl Book {
    fn new(source: &Source, description: &str) -> Result<Self, ReadError> {
        let mut book = Self::default();
        let mut inside = String::new();
        xml::walk(source, description, &mut |piece| match piece {
            Piece::Open("item", item) => {
                book.files.insert(item.get("id"), item.get("href"));
            }
            Piece::Open("itemref", item) => book.order.push(item.get("idref")),
            Piece::Open(name, _) => name.clone_into(&mut inside),
            Piece::Close(_) => inside.clear(),
            Piece::Text(text) => match inside.as_str() {
                "creator" => book.author.push_str(text.trim()),
                "language" => book.language.push_str(text.trim()),
                "date" if book.date.is_empty() => book.date.push_str(text.trim()),
                _ => {}
            },
        })?;
        Ok(book)
    }

    fn chapter(&self, source: &Source, text: &str) -> Result<page::Draft, ReadError> {
        let parts = html::parts(source, text)?;
        let mut draft = page::Draft::of_parts(source.id(), source.origin(), parts);
        draft.author.clone_from(&self.author);
        draft.claimed_language.clone_from(&self.language);
        draft.date = dates::metadata(&self.date);
        Ok(draft)
    }
}
