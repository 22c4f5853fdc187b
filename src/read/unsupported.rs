//! Formats that are recognised but cannot be read yet: each says how to get at the text.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source};

type Done = Result<(), ReadError>;

pub(super) fn pdf(source: &Source, _: &mut dyn BufRead, _: &mut Sink<'_>) -> Done {
    Err(not_yet(
        source,
        "a PDF",
        "`pdftotext FILE.pdf FILE.txt` makes text of it",
    ))
}

pub(super) fn docx(source: &Source, _: &mut dyn BufRead, _: &mut Sink<'_>) -> Done {
    Err(not_yet(
        source,
        "a Word document",
        "`pandoc FILE.docx -t plain -o FILE.txt` makes text of it",
    ))
}

pub(super) fn html(source: &Source, _: &mut dyn BufRead, _: &mut Sink<'_>) -> Done {
    Err(not_yet(
        source,
        "a web page",
        "`pandoc FILE.html -t plain -o FILE.txt` makes text of it",
    ))
}

fn not_yet(source: &Source, found: &str, hint: &str) -> ReadError {
    let found = format!("{found}, which cannot be read yet");
    ReadError::new(source.place(), "text, Markdown or JSON Lines", found, hint)
}

pub(super) fn looks_like_html(head: &[u8]) -> bool {
    let start: Vec<u8> = head
        .trim_ascii_start()
        .iter()
        .take(16)
        .map(u8::to_ascii_lowercase)
        .collect();
    start.starts_with(b"<!doctype html")
        || start.starts_with(b"<html")
        || start.starts_with(b"<?xml")
}
