//! WARC web archives: every page that was fetched is read as a file of its own.

use std::io::{BufRead, BufReader, Cursor, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::error::ReadError;
use super::packed::{Guard, Packed};
use super::{Sink, Source, slurp};

/// The longest head of a record or of an answer.
const HEAD: u64 = 256_000;

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let mut found = false;
    for number in 1.. {
        let Some(record) = Record::next(source, from).map_err(|error| error.at_line(number))?
        else {
            break;
        };
        let mut body = (&mut *from).take(record.length);
        if record.is_page() {
            found = true;
            if let Err(error) = page(source, &record, &mut body, sink) {
                sink(Err(error));
            }
        }
        let rest = std::io::copy(&mut body, &mut std::io::sink());
        rest.map_err(|error| ReadError::io(place, &error))?;
        if body.limit() > 0 {
            let hint = "it may be cut off: fetch it again";
            let expected = format!("the {} bytes of record {number}", record.length);
            return Err(ReadError::new(place, expected, "its end", hint));
        }
    }
    if found {
        return Ok(());
    }
    Err(ReadError::new(
        place,
        "a web archive with pages",
        "none",
        "leave it out",
    ))
}

/// The head of a record.
#[derive(Default)]
struct Record {
    kind: String,
    address: String,
    content: String,
    length: u64,
}

impl Record {
    /// The next head; nothing at the end of the file.
    fn next(source: &Source, from: &mut dyn BufRead) -> Result<Option<Self>, ReadError> {
        let mut record = Self::default();
        let mut head = (&mut *from).take(HEAD);
        let mut line = Vec::new();
        let mut begun = false;
        loop {
            line.clear();
            let more = head
                .read_until(b'\n', &mut line)
                .map_err(|e| ReadError::io(source.place(), &e))?;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            match (begun, text.is_empty()) {
                (false, true) if more == 0 => return Ok(None),
                (false, true) => {}
                (false, false) if text.starts_with("WARC/") => begun = true,
                (true, true) => return Ok(Some(record)),
                (true, false) => record.field(text),
                (false, false) => {
                    let found: String = text.chars().take(40).collect();
                    let hint = "it may be damaged: fetch it again";
                    let expected = "a record that begins with `WARC/`";
                    return Err(ReadError::new(
                        source.place(),
                        expected,
                        format!("`{found}`"),
                        hint,
                    ));
                }
            }
        }
    }

    fn field(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else {
            return;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut self.address),
            "content-type" => self.content = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().unwrap_or(0),
            _ => {}
        }
    }

    fn is_page(&self) -> bool {
        match self.kind.as_str() {
            "response" => self.content.contains("http") && self.address.starts_with("http"),
            "resource" | "conversion" => is_text(&self.content),
            _ => false,
        }
    }
}

/// Whether a content type is one of documents.
fn is_text(content: &str) -> bool {
    [
        "text/html",
        "text/plain",
        "application/xhtml",
        "application/pdf",
        "application/rss",
        "application/atom",
        "application/xml",
        "text/xml",
    ]
    .iter()
    .any(|kind| content.starts_with(kind))
}

/// Reads the page of a record; answers without a page are left out.
fn page(
    source: &Source,
    record: &Record,
    body: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let inner = source.page(&record.address);
    if record.kind != "response" {
        return super::read_from(&inner, body, sink);
    }
    let failed = |error| ReadError::io(inner.place(), &error);
    let mut head = Vec::new();
    let mut taken = body.take(HEAD);
    while taken.read_until(b'\n', &mut head).map_err(failed)? > 0 && !ends_head(&head) {}
    let mut headers = [httparse::EMPTY_HEADER; 200];
    let mut answer = httparse::Response::new(&mut headers);
    if answer.parse(&head).is_err() {
        let hint = "the record is damaged; the others are read";
        return Err(ReadError::new(
            inner.place(),
            "the head of an HTTP answer",
            "something else",
            hint,
        ));
    }
    let header = |name: &str| {
        let found = answer
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found
            .map(|header| String::from_utf8_lossy(header.value).to_ascii_lowercase())
            .unwrap_or_default()
    };
    if answer.code != Some(200) || !is_text(&header("content-type")) {
        return Ok(());
    }
    let mut bytes = slurp(&inner, body)?;
    if header("transfer-encoding").contains("chunked") {
        bytes = unchunk(&bytes);
    }
    let packed = bytes.len() as u64;
    let decoder: Box<dyn Read> = match header("content-encoding").as_str() {
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(Cursor::new(bytes))),
        "deflate" => Box::new(ZlibDecoder::new(Cursor::new(bytes))),
        "" | "identity" => return super::read_from(&inner, &mut Cursor::new(bytes), sink),
        other => {
            let hint = "fetch the page again without it";
            return Err(ReadError::new(
                inner.place(),
                "gzip or no compression",
                format!("`{other}`"),
                hint,
            ));
        }
    };
    let guard = Guard {
        from: decoder,
        source: &inner,
        packed: Packed::Known(packed),
        unpacked: 0,
    };
    super::read_from(&inner, &mut BufReader::new(guard), sink)
}

fn ends_head(head: &[u8]) -> bool {
    head.ends_with(b"\r\n\r\n") || head.ends_with(b"\n\n")
}

/// A body sent in chunks; one that is not as it should be ends where it stops making sense. Archives often
/// keep the header but not the chunks, so a body without them stays as it is.
fn unchunk(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    while let Ok(httparse::Status::Complete((at, size))) = httparse::parse_chunk_size(rest) {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let data = rest.get(at..).unwrap_or_default();
        out.extend_from_slice(data.get(..size.min(data.len())).unwrap_or_default());
        rest = data.get(size.saturating_add(2)..).unwrap_or_default();
        if size == 0 {
            return out;
        }
    }
    if out.is_empty() { body.to_vec() } else { out }
}
