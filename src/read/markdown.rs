//! Markdown: one document a file; the marks go, what they say about the blocks stays.

use std::io::BufRead;

use super::error::ReadError;
use super::{Sink, Source, dates, decode, page, slurp};
use crate::document::{BlockKind, DateBasis};

pub(super) fn read(
    source: &Source,
    from: &mut dyn BufRead,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let place = source.place();
    let decoded = decode::decode(place, &slurp(source, from)?)?;
    let text = decode::normalise(&decoded);
    let (front, body) = front_matter(&text);
    let mut draft = page::Draft::new(source.id(), source.origin(), "");
    for (key, value) in front.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" => value.clone_into(&mut draft.title),
            "lang" | "language" => draft.language = value.to_lowercase(),
            "author" => value.clone_into(&mut draft.author),
            "date" => draft.date = dates::metadata(value),
            _ => {}
        }
    }
    draft.fallback = source.file_date().map(|date| (date, DateBasis::File));
    for line in body.lines() {
        let (text, kind) = unmark(line);
        draft.line(&text, kind);
    }
    sink(Ok(page::document(draft)));
    Ok(())
}

/// The lines between two `---` at the very start, and the rest.
fn front_matter(text: &str) -> (&str, &str) {
    text.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .unwrap_or(("", text))
}

/// A line without its marks, and the block it makes if the marks say so.
fn unmark(line: &str) -> (String, Option<BlockKind>) {
    let trimmed = line.trim_start();
    let hashes = trimmed.len() - trimmed.trim_start_matches('#').len();
    let rest = trimmed.get(hashes..).unwrap_or_default();
    if (1..=6).contains(&hashes) && rest.starts_with(' ') {
        let heading = rest.trim().trim_end_matches('#').trim_end();
        return (inline(heading), Some(BlockKind::Headline));
    }
    let picture = trimmed.starts_with("![").then_some(BlockKind::Caption);
    let quoted = trimmed.strip_prefix("> ");
    (inline(quoted.unwrap_or(line)), picture)
}

/// Emphasis, code marks and link targets go; the words stay.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some((words, after)) = link(rest) {
            out.push_str(&inline(words));
            rest = after;
            continue;
        }
        let mark = ["**", "__", "`"]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        let mark = mark.or_else(|| emphasis(&out, rest).then_some("*"));
        rest = rest
            .get(mark.map_or(c.len_utf8(), str::len)..)
            .unwrap_or_default();
        if mark.is_none() {
            out.push(c);
        }
    }
    out
}

/// A single asterisk at a word; the one of a list stands alone.
fn emphasis(before: &str, rest: &str) -> bool {
    let next = rest
        .strip_prefix('*')
        .and_then(|after| after.chars().next());
    rest.starts_with('*')
        && (next.is_some_and(|c| !c.is_whitespace())
            || before.ends_with(|c: char| !c.is_whitespace()))
}

/// `[words](target)` or `![words](target)` at the start of `rest`: the words and what follows.
fn link(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.strip_prefix('!').unwrap_or(rest).strip_prefix('[')?;
    let (words, after) = inside.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!words.contains(['[', ']'])).then_some((words, after))
}
