//! Names: the exact look-up beside bare automata over the same spellings and texts, the tagger with all its steps, and the
//! linker after it.
//!
//! Look-up and automata find spellings at word boundaries and keep the longest of those that overlap: overlapping first,
//! then the boundaries, since the other order loses names. They tell nothing apart and know no context. The look-up also finds
//! what is written with other capitals, hyphens or line breaks than in the list: a row of its own counts only what is written as
//! it is there, like the automata.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use daachorse::DoubleArrayAhoCorasick;
use entente::document::Document;
use entente::gazetteer::{Finder, Gazetteer};
use entente::linker::Linker;
use entente::tagger::Tagger;

use crate::{Row, timed};

pub(crate) fn measure(rounds: usize, documents: &[Document], forms: &str) -> Vec<Row> {
    let bytes = documents.iter().map(|d| d.text.len()).sum();
    let forms = spellings(forms);
    let nfa = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&forms)
        .unwrap();
    let double = DoubleArrayAhoCorasick::<u32>::new(&forms).unwrap();
    let nfa = timed(rounds, || {
        count(documents, |text, found| {
            found.extend(
                nfa.find_overlapping_iter(text)
                    .map(|hit| (hit.start(), hit.end())),
            );
        })
    });
    let double = timed(rounds, || {
        count(documents, |text, found| {
            found.extend(
                double
                    .find_overlapping_iter(text)
                    .map(|hit| (hit.start(), hit.end())),
            );
        })
    });
    let gazetteer = Gazetteer::builtin().unwrap();
    let finder = RefCell::new(Finder::new(gazetteer.lexicon()));
    let exact = timed(rounds, || {
        count(documents, |text, found| {
            let mut finder = finder.borrow_mut();
            finder.find(text, |span, _| found.push((span.start, span.end)));
        })
    });
    let known: HashSet<&str> = forms.iter().map(String::as_str).collect();
    let spelled = timed(1, || {
        count(documents, |text, found| {
            let mut finder = finder.borrow_mut();
            finder.find(text, |span, _| {
                if known.contains(span.of(text)) {
                    found.push((span.start, span.end));
                }
            });
        })
    });
    let tagger = Tagger::new(gazetteer);
    let all = timed(rounds, || {
        documents.iter().map(|d| tagger.tag(d).mentions.len()).sum()
    });
    let linker = Linker::new(gazetteer).unwrap();
    let tagged: Vec<_> = documents.iter().map(|d| tagger.tag(d)).collect();
    let linking = timed(rounds, || {
        documents
            .iter()
            .zip(&tagged)
            .map(|(d, t)| linker.link(d, t).len())
            .sum()
    });
    [
        ("names: exact look-up", "entente", exact),
        ("names: exact look-up", "aho-corasick contiguous NFA", nfa),
        ("names: exact look-up", "daachorse", double),
        ("names: exact look-up, as in the list", "entente", spelled),
        ("tagger, all steps", "entente", all),
        ("linker", "entente", linking),
    ]
    .into_iter()
    .map(|(part, who, (seconds, found))| Row {
        part,
        who,
        seconds,
        bytes,
        found,
    })
    .collect()
}

/// The first column of the table that `entente gazetteer forms` prints, each once.
fn spellings(path: &str) -> Vec<String> {
    let table = fs::read_to_string(path).unwrap();
    let first = |line: &str| match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => line.split(',').next().unwrap_or_default().to_owned(),
    };
    let mut forms: Vec<String> = table
        .lines()
        .skip(1)
        .map(first)
        .filter(|form| !form.is_empty())
        .collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn count(documents: &[Document], find: impl Fn(&str, &mut Vec<(usize, usize)>)) -> usize {
    let (mut found, mut total) = (Vec::new(), 0);
    for document in documents {
        found.clear();
        find(&document.text, &mut found);
        total += longest(&document.text, &mut found);
    }
    total
}

/// How many are left at word boundaries, the longest of those that overlap.
fn longest(text: &str, found: &mut Vec<(usize, usize)>) -> usize {
    found.retain(|(start, end)| {
        let before = text[..*start].chars().next_back();
        let after = text[*end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    });
    found.sort_unstable_by_key(|(start, end)| (*start, usize::MAX - end));
    let mut last = 0;
    let mut kept = 0;
    for (start, end) in found {
        if *start >= last {
            last = *end;
            kept += 1;
        }
    }
    kept
}
