//! Web pages: the article, what the page says of itself for machines, and the furniture told apart.

mod article;
mod furniture;
mod meta;
mod paragraphs;
mod ticker;
mod tree;

use std::io::BufRead;

use super::error::ReadError;
use super::page::{Draft, Part};
use super::{Looks, Sink, Source, dates, decode, page, slurp};
use crate::document::{BlockKind, DateBasis};
use meta::Meta;
use tree::Tree;

/// Whether a file begins like a web page.
pub(super) fn looks_like(head: &[u8]) -> Looks {
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', '\u{FFFD}', '\0', ' ', '\n', '\r', '\t']);
    let start = ["<!doctype html", "<html", "<?xml", "<!--"];
    if start.iter().any(|tag| text.starts_with(tag))
        && (text.contains("<html") || text.starts_with("<!doctype html"))
    {
        return Looks::Sure;
    }
    let tags = [
        "<body", "<p>", "<div", "<head>", "<article", "<?xml", "<meta ",
    ];
    if text.starts_with('<') && tags.iter().any(|tag| text.contains(tag)) {
        Looks::Alike
    } else {
        Looks::Unlike
    }
}

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let bytes = slurp(source, from)?;
    let declared = declared_encoding(&bytes);
    let text = decode::declared(place, &bytes, declared.as_deref())?;
    let tree = Tree::parse(source, &text)?;
    let meta = Meta::of(&tree);
    let entries = ticker::entries(source, &tree, &meta);
    if !entries.is_empty() {
        for draft in entries {
            sink(Ok(page::document(draft)));
        }
        return Ok(());
    }
    let draft = draft(source, &tree, meta);
    if draft.words() == 0 {
        let hint = "it may need a browser to show its text: save the page from there";
        return Err(ReadError::new(place, "a page with text", "none", hint));
    }
    sink(Ok(page::document(draft)));
    Ok(())
}

/// The one article of a page.
fn draft(source: &Source, tree: &Tree, meta: Meta) -> Draft {
    let parts = article::parts(tree, &meta.title);
    let mut draft = Draft::of_parts(source.id(), meta.origin(source), parts);
    draft.title = article::title(tree, &meta);
    draft.date = meta.date;
    draft.author = meta.author;
    draft.claimed_language = meta.language;
    draft.url = if meta.address.is_empty() {
        source.origin().to_owned()
    } else {
        meta.address
    };
    let dateline = || Some((article::dateline(tree)?, DateBasis::Dateline));
    draft.fallback = dateline().or_else(|| Some((source.file_date()?, DateBasis::File)));
    draft
}

/// The paragraphs of a piece of HTML that is an article by itself, as feeds and mails hold it.
pub(super) fn parts(source: &Source, text: &str) -> Result<Vec<Part>, ReadError> {
    let tree = Tree::parse(source, text)?;
    let all = paragraphs::of(&tree);
    Ok(all
        .iter()
        .filter_map(|paragraph| furniture::part(&tree, 0, paragraph))
        .collect())
}

/// The words of a short text that may hold tags and entities.
pub(super) fn words(text: &str) -> String {
    let tree = Tree::bare(text);
    let all: String = tree.texts.iter().map(|run| run.words.as_str()).collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The encoding a page says it has, within its first bytes.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_lowercase();
    let at = head.find("charset=").map(|at| at + "charset=".len());
    let at = at.or_else(|| head.find("encoding=").map(|at| at + "encoding=".len()))?;
    let name = head.get(at..)?.trim_start_matches(['"', '\'']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    Some(name.get(..end.unwrap_or(name.len()))?.to_owned())
}

/// The day in a `datetime` attribute or another field for machines.
fn day(value: &str) -> Option<jiff::civil::Date> {
    dates::metadata(value)
}

/// A heading with these words.
fn headline(text: &str) -> Part {
    Part {
        text: text.to_owned(),
        kind: Some(BlockKind::Headline),
    }
}
