//! The table of input formats: one entry and one file each.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source, jsonl, markdown, plain, unsupported};

/// An input format.
#[derive(Debug)]
pub struct Input {
    /// What `--input-format` calls it.
    pub id: &'static str,
    /// What it is, for help texts and errors.
    pub label: &'static str,
    /// File name endings, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Whether the first bytes of a file look like it.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads documents from an open file. An error ends the file, one given to the sink does not.
    pub read: fn(&Source, &mut dyn BufRead, &mut Sink<'_>) -> Result<(), ReadError>,
}

/// All formats. The first whose `sniff` agrees reads a file without a known ending, so plain text comes last.
pub static INPUTS: &[Input] = &[
    Input {
        id: "pdf",
        label: "a PDF",
        endings: &["pdf"],
        sniff: |head| head.starts_with(b"%PDF-"),
        read: unsupported::pdf,
    },
    Input {
        id: "docx",
        label: "a Word document",
        endings: &["docx", "odt"],
        sniff: |head| head.starts_with(b"PK\x03\x04"),
        read: unsupported::docx,
    },
    Input {
        id: "html",
        label: "a web page",
        endings: &["html", "htm", "xhtml"],
        sniff: unsupported::looks_like_html,
        read: unsupported::html,
    },
    Input {
        id: "jsonl",
        label: "JSON Lines",
        endings: &["jsonl", "ndjson"],
        sniff: |head| head.trim_ascii_start().starts_with(b"{\""),
        read: jsonl::read,
    },
    Input {
        id: "md",
        label: "Markdown",
        endings: &["md", "markdown"],
        sniff: |head| head.starts_with(b"# ") || head.starts_with(b"---\n"),
        read: markdown::read,
    },
    Input {
        id: "txt",
        label: "plain text",
        endings: &["txt", "text"],
        sniff: |_| true,
        read: plain::read,
    },
];

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

/// The format that content begins with.
pub(super) fn by_content(head: &[u8]) -> Option<&'static Input> {
    INPUTS.iter().find(|input| (input.sniff)(head))
}

/// All endings that can be named in a message.
pub(super) fn endings() -> String {
    let all: Vec<_> = INPUTS
        .iter()
        .flat_map(|i| i.endings)
        .map(|e| format!(".{e}"))
        .collect();
    all.join(" ")
}
