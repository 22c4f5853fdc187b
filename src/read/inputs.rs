//! The table of input formats: one entry and one file each.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source};
use super::{
    archive, book, feed, html, json, jsonl, mail, markdown, office, packed, pdf, plain, table, warc,
};

/// How much the first bytes of a file look like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Like anything else.
    Unlike,
    /// So much that it is tried when the name says nothing.
    Alike,
    /// So much that it is no other format, whatever the name says.
    Sure,
}

/// An input format.
#[derive(Debug)]
pub struct Input {
    /// What `--input-format` calls it.
    pub id: &'static str,
    /// What it is, for help texts and errors.
    pub label: &'static str,
    /// File name endings, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Whether a folder stands for files of this format too; tables and data files must be named or matched.
    pub in_folders: bool,
    /// Whether it holds files of other formats.
    pub container: bool,
    /// What the first bytes of a file look like.
    pub sniff: fn(&[u8]) -> Looks,
    /// Reads documents from an open file. An error ends the file, one given to the sink does not.
    pub read: fn(&Source, &mut dyn BufRead, &mut Sink<'_>) -> Result<(), ReadError>,
}

const DOCUMENT: Input = Input {
    id: "",
    label: "",
    endings: &[],
    in_folders: true,
    container: false,
    sniff: |_| Looks::Unlike,
    read: plain::read,
};

/// All formats. The first whose `sniff` is sure reads a file; plain text takes what is left, so it comes last.
pub static INPUTS: &[Input] = &[
    Input {
        id: "pdf",
        label: "a PDF",
        endings: &["pdf"],
        sniff: |head| {
            sure(memchr::memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-").is_some())
        },
        read: pdf::read,
        ..DOCUMENT
    },
    Input {
        id: "docx",
        label: "a Word document",
        endings: &["docx"],
        sniff: |head| sure(is_zip(head) && holds(head, b"word/")),
        read: office::docx,
        ..DOCUMENT
    },
    Input {
        id: "odt",
        label: "an OpenDocument text",
        endings: &["odt"],
        sniff: |head| {
            sure(is_zip(head) && holds(head, b"mimetypeapplication/vnd.oasis.opendocument.text"))
        },
        read: office::odt,
        ..DOCUMENT
    },
    Input {
        id: "epub",
        label: "an EPUB book",
        endings: &["epub"],
        sniff: |head| sure(is_zip(head) && holds(head, b"mimetypeapplication/epub+zip")),
        read: book::read,
        ..DOCUMENT
    },
    Input {
        id: "zip",
        label: "a ZIP archive",
        endings: &["zip"],
        container: true,
        sniff: |head| match (is_zip(head), holds(head, b"[Content_Types].xml")) {
            (false, _) => Looks::Unlike,
            // an office document as a rule, so its ending counts
            (true, true) => Looks::Alike,
            (true, false) => Looks::Sure,
        },
        read: archive::read,
        ..DOCUMENT
    },
    Input {
        id: "gz",
        label: "a gzip file",
        endings: &["gz"],
        container: true,
        sniff: |head| sure(head.starts_with(&[0x1F, 0x8B, 8])),
        read: packed::gzip,
        ..DOCUMENT
    },
    Input {
        id: "zst",
        label: "a Zstandard file",
        endings: &["zst", "zstd"],
        container: true,
        sniff: |head| sure(head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])),
        read: packed::zstandard,
        ..DOCUMENT
    },
    Input {
        id: "warc",
        label: "a WARC web archive",
        endings: &["warc"],
        container: true,
        sniff: |head| sure(head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")),
        read: warc::read,
        ..DOCUMENT
    },
    Input {
        id: "feed",
        label: "an RSS or Atom feed",
        endings: &["rss", "atom"],
        sniff: |head| sure(feed::looks_like(head)),
        read: feed::read,
        ..DOCUMENT
    },
    Input {
        id: "html",
        label: "a web page",
        endings: &["html", "htm", "xhtml", "mhtml"],
        sniff: html::looks_like,
        read: html::read,
        ..DOCUMENT
    },
    Input {
        id: "eml",
        label: "a mail",
        endings: &["eml"],
        sniff: |head| {
            if mail::looks_like(head) {
                Looks::Alike
            } else {
                Looks::Unlike
            }
        },
        read: mail::read,
        ..DOCUMENT
    },
    Input {
        id: "jsonl",
        label: "JSON Lines",
        endings: &["jsonl", "ndjson"],
        sniff: |head| alike(head.trim_ascii_start().starts_with(b"{\"")),
        read: jsonl::read,
        ..DOCUMENT
    },
    Input {
        id: "json",
        label: "JSON",
        endings: &["json"],
        in_folders: false,
        sniff: |head| alike(head.trim_ascii_start().starts_with(b"[") || head.starts_with(b"{\n")),
        read: json::read,
        ..DOCUMENT
    },
    Input {
        id: "csv",
        label: "a table",
        endings: &["csv", "tsv"],
        in_folders: false,
        read: table::read,
        ..DOCUMENT
    },
    Input {
        id: "md",
        label: "Markdown",
        endings: &["md", "markdown"],
        sniff: |head| alike(head.starts_with(b"# ") || head.starts_with(b"---\n")),
        read: markdown::read,
        ..DOCUMENT
    },
    Input {
        id: "txt",
        label: "plain text",
        endings: &["txt", "text"],
        sniff: |_| Looks::Alike,
        ..DOCUMENT
    },
];

fn sure(is: bool) -> Looks {
    if is { Looks::Sure } else { Looks::Unlike }
}

fn alike(is: bool) -> Looks {
    if is { Looks::Alike } else { Looks::Unlike }
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

fn holds(head: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(head, mark).is_some()
}

/// The format called `id`.
pub(super) fn by_id(id: &str) -> Option<&'static Input> {
    INPUTS.iter().find(|input| input.id == id)
}

/// The format of a file name's ending.
pub(super) fn by_ending(name: &str) -> Option<&'static Input> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    INPUTS
        .iter()
        .find(|input| input.endings.contains(&ending.as_str()))
}

/// The format of a source whose content begins with `head`: what holds other files or cannot be anything
/// else is told by content, then the user's word counts, then the name, then what it looks most like.
pub(super) fn choose(source: &Source, head: &[u8]) -> &'static Input {
    let sure = INPUTS
        .iter()
        .find(|input| (input.sniff)(head) == Looks::Sure);
    if let Some(container) = sure.filter(|input| input.container) {
        return container;
    }
    let told = source.forced().or(sure).or_else(|| source.named());
    told.unwrap_or_else(|| {
        let alike = INPUTS
            .iter()
            .find(|input| (input.sniff)(head) != Looks::Unlike);
        alike.unwrap_or(&INPUTS[INPUTS.len() - 1])
    })
}

/// All endings that can be named in a message.
pub(super) fn endings() -> String {
    let all: Vec<_> = INPUTS
        .iter()
        .filter(|input| input.in_folders)
        .flat_map(|i| i.endings)
        .map(|e| format!(".{e}"))
        .collect();
    all.join(" ")
}
