//! A document as read: its text, where it comes from, and the blocks of its page.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{CharIndex, CharSpan, Span};

/// One text as published. The text never changes after it was read; every span points into it.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name or given id; unique in a run.
    pub id: String,
    /// Path, address or publisher: where it was read from.
    pub source: String,
    /// Title, if one was found.
    pub title: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// How the date was found.
    pub date_basis: DateBasis,
    /// Who wrote it, as the page says; empty if it does not.
    pub author: String,
    /// ISO 639-1 code of the language it is mostly written in (`de`, `en`; `und` if it is another).
    pub language: String,
    /// The text, NFC, with `\n` line ends.
    pub text: String,
    /// Parts of the page: sorted, without overlap, covering everything but blank space between them.
    pub blocks: Vec<Block>,
    chars: CharIndex,
}

impl Document {
    /// A document over `text` without title, date and blocks (one body block covers it all).
    pub fn new(id: impl Into<String>, source: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            id: id.into(),
            source: source.into(),
            title: String::new(),
            date: None,
            date_basis: DateBasis::Unknown,
            author: String::new(),
            language: String::from("en"),
            blocks: vec![Block {
                kind: BlockKind::Body,
                span: Span::new(0, text.len()),
            }],
            chars: CharIndex::new(&text),
            text,
        }
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// A span in code points.
    pub fn char_span(&self, span: Span) -> CharSpan {
        self.chars.convert(&self.text, span)
    }

    /// The block that holds byte `at`.
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|b| b.span.start <= at);
        self.blocks[..after].last().filter(|b| at < b.span.end)
    }
}

/// A part of a page with one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    pub span: Span,
}

/// The function of a block on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BlockKind {
    /// The title or a heading inside the text.
    Headline,
    /// Running text of the article.
    Body,
    /// Words under a picture.
    Caption,
    /// The pointer to another article: its statements are its own.
    Teaser,
    /// Menus, cookie notices, advertisements, author boxes, share bars.
    Boilerplate,
}

impl BlockKind {
    /// The word by which files carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Teaser => "teaser",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// How a document's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DateBasis {
    /// A field of the input format.
    Metadata,
    /// A dateline in the text.
    Dateline,
    /// The address of the page.
    Url,
    /// When the file was last written; only if the user asks for it.
    File,
    /// Not found.
    Unknown,
}
