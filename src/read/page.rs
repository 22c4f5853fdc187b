//! From raw text to a document: normalise, rejoin, and find language, title, date and blocks.

use jiff::civil::Date;

use super::markers::Markers;
use super::spots::Spots;
use super::units::{self, Unit};
use super::{blocks, dates, decode, language, rejoin, titles};
use crate::document::{Block, BlockKind, DateBasis, Document};
use crate::text::Span;

/// What an input format knows about a document before its text was looked at.
#[derive(Debug)]
pub(super) struct Draft {
    id: String,
    pub(super) source: String,
    text: String,
    /// Empty if unknown.
    pub(super) title: String,
    /// A field of the format.
    pub(super) date: Option<Date>,
    /// A date that counts only if the page shows none, and what it rests on.
    pub(super) fallback: Option<(Date, DateBasis)>,
    /// Empty if unknown.
    pub(super) language: String,
    /// What the format says of the language, which need not be true: templates are copied.
    pub(super) claimed_language: String,
    /// Empty if unknown.
    pub(super) author: String,
    /// Its address, in which its date may stand.
    pub(super) url: String,
    /// Lines whose kind the format's own marks tell.
    marked: Vec<(String, BlockKind)>,
    /// The text in parts, from a format that knows its paragraphs.
    parts: Vec<Part>,
}

/// A paragraph of a format that has paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    /// What it is, if the format tells.
    pub(super) kind: Option<BlockKind>,
}

impl Draft {
    pub(super) fn new(id: &str, source: &str, text: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            source: source.to_owned(),
            text: text.into(),
            title: String::new(),
            date: None,
            fallback: None,
            language: String::new(),
            claimed_language: String::new(),
            author: String::new(),
            url: String::new(),
            marked: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// A document of a format that knows its paragraphs.
    pub(super) fn of_parts(id: &str, source: &str, parts: Vec<Part>) -> Self {
        let mut draft = Self::new(id, source, "");
        draft.parts = parts;
        draft
    }

    /// How many words its parts have, headings left out.
    pub(super) fn words(&self) -> usize {
        let parts = self
            .parts
            .iter()
            .filter(|part| part.kind != Some(BlockKind::Headline));
        parts.flat_map(|part| part.text.split_whitespace()).count()
    }

    /// Adds a line to the text.
    pub(super) fn line(&mut self, line: &str, kind: Option<BlockKind>) {
        self.text.push_str(line);
        self.text.push('\n');
        if let Some(kind) = kind.filter(|_| !line.trim().is_empty()) {
            self.marked.push((line.trim().to_owned(), kind));
        }
    }

    /// The text in its normal form, where phrases of lists may begin in it, and its units.
    fn lay_out(&self, markers: &Markers) -> (String, Spots, Vec<Unit>) {
        if self.parts.is_empty() {
            let text = rejoin::rejoin(&decode::normalise(&self.text), markers);
            let spots = markers.patterns.spots(&text);
            let mut units = units::split(&text, &spots, markers);
            mark(&mut units, &text, &self.marked);
            return (text, spots, units);
        }
        let mut text = String::new();
        let mut units = Vec::new();
        for part in &self.parts {
            let words = decode::normalise(&part.text);
            let words: Vec<&str> = words.split_whitespace().collect();
            if words.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(&words.join(" "));
            let span = Span::new(start, text.len());
            units.push(Unit {
                span,
                paragraph: units.len(),
                marked: part.kind,
            });
        }
        let spots = markers.patterns.spots(&text);
        (text, spots, units)
    }
}

/// Fills in everything a document has.
pub(super) fn document(draft: Draft) -> Document {
    let markers = Markers::builtin();
    let (text, spots, units) = draft.lay_out(markers);
    let language = known_or_found(&draft, &text, markers);
    let title = titles::find(&text, &units, markers);
    let blocks = blocks::classify(&text, &units, &spots, title, markers);
    let (date, basis) = dated(&draft, &text, &blocks, &language, markers);
    let found_title = title.map(|span| titles::clean(span.of(&text)));
    let mut document = Document::new(draft.id, draft.source, text);
    document.title = Some(decode::normalise(&draft.title).into_owned())
        .filter(|t| !t.is_empty())
        .or(found_title)
        .unwrap_or_default();
    document.date = date;
    document.date_basis = basis;
    document.language = language;
    document.author = decode::normalise(draft.author.trim()).into_owned();
    document.blocks = blocks
        .into_iter()
        .filter(|b: &Block| !b.span.is_empty())
        .collect();
    document
}

/// The day of publication, and how it was found: what is written for machines, then on the page, then in
/// the address.
fn dated(
    draft: &Draft,
    text: &str,
    blocks: &[Block],
    language: &str,
    markers: &Markers,
) -> (Option<Date>, DateBasis) {
    let found = || dates::find(text, blocks, language, markers);
    let ways: [(DateBasis, &dyn Fn() -> Option<Date>); 3] = [
        (DateBasis::Metadata, &|| draft.date),
        (DateBasis::Dateline, &found),
        (DateBasis::Url, &|| dates::in_address(&draft.url)),
    ];
    let mut ways = ways
        .iter()
        .filter_map(|(basis, way)| Some((way()?, *basis)));
    let found = ways.next().or(draft.fallback);
    (
        found.map(|(date, _)| date),
        found.map_or(DateBasis::Unknown, |(_, basis)| basis),
    )
}

fn known_or_found(draft: &Draft, text: &str, markers: &Markers) -> String {
    let code = |given: &str| -> String {
        given
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .flat_map(char::to_lowercase)
            .collect()
    };
    let given = code(&draft.language);
    if given.len() == 2 {
        return given;
    }
    language::detect(text, &code(&draft.claimed_language), markers).to_owned()
}

fn mark(units: &mut [Unit], text: &str, marked: &[(String, BlockKind)]) {
    let mut left = marked.iter().peekable();
    for unit in units {
        if let Some((_, kind)) = left.next_if(|(line, _)| unit.span.of(text).trim() == line) {
            unit.marked = Some(*kind);
        }
    }
}
