//! PDF: the text layer, page by page.

use std::io::BufRead;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use jiff::civil::Date;
use pdf_extract::{Document as Pdf, OutputError, PlainTextOutput, output_doc_page};

use super::error::ReadError;
use super::page::Draft;
use super::{Sink, Source, dates, page, slurp};
use crate::document::DateBasis;

/// A stack for files whose objects stand deep inside each other.
const STACK: usize = 64 << 20;

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let bytes = slurp(source, from)?;
    let (text, made) = in_time(source, bytes)?;
    if !text.chars().any(char::is_alphanumeric) {
        let hint = "run OCR first, e.g. `ocrmypdf old.pdf new.pdf`";
        return Err(ReadError::new(
            place,
            "a PDF with text",
            "no text layer",
            hint,
        ));
    }
    let mut draft = Draft::new(source.id(), source.origin(), text);
    draft.fallback = made.map(|date| (date, DateBasis::Metadata));
    draft.fallback = draft
        .fallback
        .or_else(|| Some((source.file_date()?, DateBasis::File)));
    sink(Ok(page::document(draft)));
    Ok(())
}

type Found = Result<(String, Option<Date>), String>;

/// Text and day of making, in a thread of its own: the parser may panic or go on for ever.
fn in_time(source: &Source, bytes: Vec<u8>) -> Result<(String, Option<Date>), ReadError> {
    let place = source.place();
    let (result, results) = sync_channel::<Found>(1);
    let worker = thread::Builder::new()
        .name(String::from("pdf"))
        .stack_size(STACK);
    let started = worker.spawn(move || {
        let found = catch_unwind(AssertUnwindSafe(|| extract(&bytes)));
        // nobody listens any more after the time is up
        let _ =
            result.send(found.unwrap_or_else(|_| Err(String::from("a damaged or unusual one"))));
    });
    started.map_err(|error| ReadError::io(place, &error))?;
    let seconds = source.limits().seconds;
    match results.recv_timeout(source.patience()) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(found)) => {
            let hint =
                "`pdftotext FILE.pdf FILE.txt` may read it; it may be cut off or have a password";
            Err(ReadError::new(place, "a readable PDF", found, hint))
        }
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            let expected = format!("its text after {seconds} seconds");
            let hint = "`pdftotext FILE.pdf FILE.txt` may be faster, or allow more with `--limit seconds=N`";
            Err(ReadError::new(place, expected, "none yet", hint))
        }
    }
}

fn extract(bytes: &[u8]) -> Found {
    let pdf = Pdf::load_mem(bytes).map_err(|error| error.to_string())?;
    if pdf.is_encrypted() {
        return Err(String::from("one with a password"));
    }
    let mut text = String::new();
    for number in pdf.get_pages().into_keys() {
        let mut page = String::new();
        let mut output = PlainTextOutput::new(&mut page);
        // a page that cannot be read costs that page
        let done: Result<(), OutputError> = output_doc_page(&pdf, &mut output, number);
        if done.is_ok() {
            text.push_str(&page);
            text.push_str("\n\n");
        }
    }
    Ok((text, made(&pdf)))
}

/// The day a PDF says it was made: `D:20260708...`.
fn made(pdf: &Pdf) -> Option<Date> {
    let info = pdf.trailer.get(b"Info").ok()?;
    let (_, info) = pdf.dereference(info).ok()?;
    let value = info
        .as_dict()
        .ok()?
        .get(b"CreationDate")
        .ok()?
        .as_str()
        .ok()?;
    let digits = String::from_utf8_lossy(value)
        .trim_start_matches("D:")
        .get(..8)?
        .to_owned();
    dates::metadata(&format!(
        "{}-{}-{}",
        digits.get(..4)?,
        digits.get(4..6)?,
        digits.get(6..)?
    ))
}
