//! From raw text to a document: normalise, rejoin, and find language, title, date and blocks.

use jiff::civil::Date;

use super::markers::Markers;
use super::units::{self, Unit};
use super::{blocks, dates, decode, language, rejoin, titles};
use crate::document::{Block, BlockKind, DateBasis, Document};

/// What an input format knows about a document before its text was looked at.
pub(super) struct Draft {
    id: String,
    source: String,
    text: String,
    /// Empty if unknown.
    pub(super) title: String,
    /// A field of the format.
    pub(super) date: Option<Date>,
    /// Empty if unknown.
    pub(super) language: String,
    /// Lines whose kind the format's own marks tell.
    marked: Vec<(String, BlockKind)>,
}

impl Draft {
    pub(super) fn new(id: &str, source: &str, text: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            source: source.to_owned(),
            text: text.into(),
            title: String::new(),
            date: None,
            language: String::new(),
            marked: Vec::new(),
        }
    }

    /// Adds a line to the text.
    pub(super) fn line(&mut self, line: &str, kind: Option<BlockKind>) {
        self.text.push_str(line);
        self.text.push('\n');
        if let Some(kind) = kind.filter(|_| !line.trim().is_empty()) {
            self.marked.push((line.trim().to_owned(), kind));
        }
    }
}

/// Fills in everything a document has.
pub(super) fn document(draft: Draft) -> Document {
    let markers = Markers::builtin();
    let text = decode::normalise(&draft.text);
    let language = known_or_found(&draft.language, &text, markers);
    let text = rejoin::rejoin(&text, markers);
    let mut units = units::split(&text, markers);
    mark(&mut units, &text, &draft.marked);
    let title = titles::find(&text, &units, markers);
    let blocks = blocks::classify(&text, &units, title, markers);
    let date = draft
        .date
        .or_else(|| dates::find(&text, &blocks, &language, markers));
    let basis = match (draft.date, date) {
        (Some(_), _) => DateBasis::Metadata,
        (None, Some(_)) => DateBasis::Dateline,
        (None, None) => DateBasis::Unknown,
    };
    let found_title = title.map(|span| titles::clean(span.of(&text)));
    let mut document = Document::new(draft.id, draft.source, text);
    document.title = Some(draft.title)
        .filter(|t| !t.is_empty())
        .or(found_title)
        .unwrap_or_default();
    document.date = date;
    document.date_basis = basis;
    document.language = language;
    document.blocks = blocks
        .into_iter()
        .filter(|b: &Block| !b.span.is_empty())
        .collect();
    document
}

fn known_or_found(given: &str, text: &str, markers: &Markers) -> String {
    let code: String = given
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    if code.len() == 2 {
        return code;
    }
    language::detect(text, markers).to_owned()
}

fn mark(units: &mut [Unit], text: &str, marked: &[(String, BlockKind)]) {
    let mut left = marked.iter().peekable();
    for unit in units {
        if let Some((_, kind)) = left.next_if(|(line, _)| unit.span.of(text).trim() == line) {
            unit.marked = Some(*kind);
        }
    }
}
