//! Live tickers: every entry is a document with a time of its own.

use serde_json::Value;

use super::super::page::{Draft, Part};
use super::super::{Source, fields};
use super::meta::{Meta, time_in};
use super::tree::{Element, Tree};
use super::{day, furniture, headline, paragraphs, words};

/// Fewer entries than this are no ticker.
const FEW: usize = 2;

/// The entries of a page that is a live ticker; none if it is not.
pub(super) fn entries(source: &Source, tree: &Tree, meta: &Meta) -> Vec<Draft> {
    let mut found = stated(meta);
    if found.len() < FEW {
        found = shown(tree);
    }
    if found.len() < FEW {
        return Vec::new();
    }
    let drafts = (1..).zip(found).map(|(number, entry)| {
        let mut draft = Draft::of_parts(
            &format!("{}#{number}", source.id()),
            meta.origin(source),
            entry.parts,
        );
        draft.title = if entry.title.is_empty() {
            meta.title.clone()
        } else {
            entry.title
        };
        draft.date = day(&entry.time).or(meta.date);
        draft.author.clone_from(&meta.author);
        draft.claimed_language.clone_from(&meta.language);
        draft.url.clone_from(&meta.address);
        draft
    });
    drafts.filter(|draft| draft.words() > 0).collect()
}

struct Entry {
    title: String,
    time: String,
    parts: Vec<Part>,
}

/// The entries as JSON-LD states them.
fn stated(meta: &Meta) -> Vec<Entry> {
    let updates = meta.article.get("liveBlogUpdate").and_then(Value::as_array);
    let entries = updates.into_iter().flatten().filter_map(|update| {
        let field = |name: &str| update.get(name).map(fields::words).unwrap_or_default();
        let title = words(&field("headline"));
        let body = words(&field("articleBody"));
        let mut parts: Vec<Part> = Some(headline(&title))
            .filter(|_| !title.is_empty())
            .into_iter()
            .collect();
        parts.push(Part {
            text: body.clone(),
            kind: None,
        });
        (!body.is_empty()).then(|| Entry {
            title,
            time: field("datePublished"),
            parts,
        })
    });
    entries.collect()
}

/// The entries as the page shows them: elements named so, each with a time.
fn shown(tree: &Tree) -> Vec<Entry> {
    let all = paragraphs::of(tree);
    let entries = tree
        .elements
        .iter()
        .enumerate()
        .filter(|(_, element)| is_entry(element))
        .filter_map(|(at, _)| {
            let time = time_in(tree, at);
            let inside = all
                .iter()
                .filter(|paragraph| tree.contains(at, paragraph.first));
            let parts: Vec<Part> = inside
                .filter_map(|paragraph| furniture::part(tree, at, paragraph))
                .collect();
            let title = parts
                .iter()
                .find(|part| part.kind == Some(crate::document::BlockKind::Headline));
            let title = title.map(|part| part.text.clone()).unwrap_or_default();
            (!time.is_empty() && !parts.is_empty()).then_some(Entry { title, time, parts })
        });
    entries.collect()
}

fn is_entry(element: &Element) -> bool {
    let class = element.get("class").to_lowercase();
    let update = element
        .get("itemprop")
        .eq_ignore_ascii_case("liveBlogUpdate");
    let names = [
        "liveblog-entry",
        "liveblog__entry",
        "liveblog-post",
        "live-blog-entry",
        "ticker-entry",
        "ticker__entry",
        "tickerentry",
        "liveticker-entry",
        "live-update",
    ];
    let marked = class.split_whitespace().any(|name| names.contains(&name));
    update || (matches!(element.name.as_str(), "article" | "li" | "div" | "section") && marked)
}
