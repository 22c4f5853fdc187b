//! RSS and Atom feeds: every entry is a document.

use std::io::BufRead;

use super::error::ReadError;
use super::page::{Draft, Part};
use super::xml::{self, Piece};
use super::{Sink, Source, dates, decode, html, page, slurp};
use crate::document::BlockKind;

/// Whether a file begins like a feed.
pub(super) fn looks_like(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| {
        text.find(tag).is_some_and(|at| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + tag.len()..).unwrap_or_default();
            !before.contains("<html") && after.starts_with([' ', '>', '\n', '\r', '\t'])
        })
    })
}

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let text = decode::declared(place, &slurp(source, from)?, None)?;
    let mut feed = Feed {
        source,
        sink,
        language: String::new(),
        entry: None,
        inside: Vec::new(),
        found: 0,
    };
    // what came before a fault is read all the same
    let ended = xml::walk(source, &text, &mut |piece| feed.piece(&piece));
    let found = feed.found;
    ended?;
    if found > 0 {
        return Ok(());
    }
    Err(ReadError::new(
        place,
        "a feed with entries",
        "none",
        "leave it out",
    ))
}

/// An item of RSS or an entry of Atom.
#[derive(Default)]
struct Entry {
    id: String,
    title: String,
    link: String,
    date: String,
    updated: String,
    author: String,
    summary: String,
    content: String,
}

struct Feed<'a, 's> {
    source: &'a Source,
    sink: &'a mut Sink<'s>,
    language: String,
    entry: Option<Entry>,
    /// Names of the elements inside the entry.
    inside: Vec<String>,
    found: usize,
}

impl Feed<'_, '_> {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("item" | "entry", _) if self.entry.is_none() => {
                self.entry = Some(Entry::default());
                self.inside.clear();
            }
            Piece::Close("item" | "entry") if self.inside.is_empty() => self.end(),
            Piece::Open(name, attributes) => {
                if let Some(entry) = self.entry.as_mut() {
                    if *name == "link" && self.inside.is_empty() {
                        let rel = attributes.get("rel");
                        if entry.link.is_empty() && (rel.is_empty() || rel == "alternate") {
                            entry.link = attributes.get("href");
                        }
                    }
                    // the markup of XHTML content is read as that of a page
                    if self
                        .inside
                        .first()
                        .is_some_and(|name| name == "content" || name == "summary")
                    {
                        entry.content.extend(["<", *name, ">"]);
                    }
                }
                self.inside.push((*name).to_owned());
            }
            Piece::Close(_) => {
                let name = self.inside.pop();
                let marked = self.inside.first().is_some_and(|name| name == "content");
                if let (Some(entry), Some(name), true) = (self.entry.as_mut(), name, marked) {
                    entry.content.extend(["</", &name, ">"]);
                }
            }
            Piece::Text(text) => self.text(text),
        }
    }

    fn text(&mut self, text: &str) {
        let Some(entry) = self.entry.as_mut() else {
            if self.inside.last().is_some_and(|name| name == "language") {
                self.language.push_str(text.trim());
            }
            return;
        };
        let first = self.inside.first().map(String::as_str);
        let field = match first {
            Some("guid" | "id") => &mut entry.id,
            Some("title") => &mut entry.title,
            Some("link") => &mut entry.link,
            Some("pubDate" | "published" | "date" | "issued") => &mut entry.date,
            Some("updated" | "modified") => &mut entry.updated,
            Some("creator") => &mut entry.author,
            Some("author")
                if self
                    .inside
                    .last()
                    .is_some_and(|n| n == "name" || n == "author") =>
            {
                &mut entry.author
            }
            Some("description" | "summary") => &mut entry.summary,
            Some("encoded" | "content") => &mut entry.content,
            _ => return,
        };
        field.push_str(text);
    }

    fn end(&mut self) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        self.found += 1;
        let document = draft(self.source, entry, &self.language, self.found).map(page::document);
        (self.sink)(document);
    }
}

fn draft(source: &Source, entry: Entry, language: &str, number: usize) -> Result<Draft, ReadError> {
    let title = html::words(&entry.title);
    let text = if entry.content.trim().len() > entry.summary.trim().len() {
        &entry.content
    } else {
        &entry.summary
    };
    let mut parts = vec![Part {
        text: title.clone(),
        kind: Some(BlockKind::Headline),
    }];
    parts.extend(html::parts(source, text)?);
    let ids = [&entry.id, &entry.link]
        .into_iter()
        .map(|id| id.trim())
        .find(|id| !id.is_empty());
    let id = ids.map_or_else(|| format!("{}:{number}", source.id()), str::to_owned);
    let link = entry.link.trim();
    let mut draft = Draft::of_parts(
        &id,
        if link.is_empty() {
            source.origin()
        } else {
            link
        },
        parts,
    );
    if draft.words() == 0 {
        let hint = "leave it out";
        return Err(ReadError::new(
            source.place(),
            "words in an entry",
            format!("none in entry {number}"),
            hint,
        ));
    }
    draft.title = title;
    draft.author = entry.author;
    language.clone_into(&mut draft.claimed_language);
    link.clone_into(&mut draft.url);
    draft.date = dates::metadata(&entry.date).or_else(|| dates::metadata(&entry.updated));
    Ok(draft)
}
