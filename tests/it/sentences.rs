//! Where sentences end: 500 ends marked by hand in German and English, with UAX #29 beside.
//!
//! `cargo test --test it sentences -- --nocapture` prints the figures.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use entente::linker::LanguageRules;
use entente::text::Span;
use entente::text::sentence::{Habits, split};
use unicode_segmentation::UnicodeSegmentation;

use crate::command::note;

const MARK: char = '‖';

/// A passage, and where its sentences end but the last one's, which is no decision.
struct Passage {
    text: String,
    ends: Vec<usize>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn passages(language: &str) -> Vec<Passage> {
    let file = root().join(format!("tests/cases/sentences.{language}.txt"));
    let all = fs::read_to_string(file).unwrap();
    // The first part says what the file is.
    all.split("\n=====\n").skip(1).map(passage).collect()
}

fn passage(marked: &str) -> Passage {
    let mut text = String::new();
    let mut ends = Vec::new();
    for (number, part) in marked.trim_matches('\n').split(MARK).enumerate() {
        if number > 0 {
            ends.push(text.len());
        }
        text.push_str(part);
    }
    Passage { text, ends }
}

fn habits(language: &str) -> Habits {
    let file = format!("gazetteer/rules/{language}.toml");
    let text = fs::read_to_string(root().join(&file)).unwrap();
    LanguageRules::parse(&file, &text).unwrap().habits
}

fn ours(text: &str, habits: &Habits) -> Vec<usize> {
    let mut spans = Vec::new();
    split(text, Span::new(0, text.len()), habits, &mut spans);
    spans.pop();
    spans.into_iter().map(|span| span.end).collect()
}

fn standard(text: &str) -> Vec<usize> {
    let pieces = text.split_sentence_bound_indices();
    let words = pieces.filter(|(_, piece)| !piece.trim().is_empty());
    let mut ends: Vec<usize> = words
        .map(|(at, piece)| at + piece.trim_end().len())
        .collect();
    ends.pop();
    ends
}

/// What one of the lists has and the other has not, each with the words around it.
fn differences(passage: &Passage, found: &[usize]) -> Vec<String> {
    let missed = passage.ends.iter().filter(|end| !found.contains(end));
    let extra = found.iter().filter(|end| !passage.ends.contains(end));
    let show = |kind: &str, at: usize| {
        let (before, after) = passage.text.split_at(at);
        let from = before.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
        let to = after
            .char_indices()
            .nth(20)
            .map_or(after.len(), |(at, _)| at);
        format!("{kind}: {:?} {:?}", &before[from..], &after[..to])
    };
    let missed = missed.map(|at| show("missed", *at));
    missed.chain(extra.map(|at| show("no end", *at))).collect()
}

#[test]
fn sentences_end_where_readers_say() {
    let (mut ends, mut wrong, mut standard_wrong) = (0, Vec::new(), 0);
    for language in ["de", "en"] {
        let habits = habits(language);
        for passage in passages(language) {
            ends += passage.ends.len();
            wrong.extend(differences(&passage, &ours(&passage.text, &habits)));
            standard_wrong += differences(&passage, &standard(&passage.text)).len();
        }
    }
    note(&format!(
        "{ends} ends: {} wrong, UAX #29 {standard_wrong}",
        wrong.len()
    ));
    assert!(ends >= 500, "{ends} ends are marked");
    assert!(
        wrong.len() * 100 <= ends,
        "{} of {ends}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        standard_wrong >= 10 * wrong.len(),
        "UAX #29: {standard_wrong}"
    );
}

#[test]
fn sentences_cover_the_text() {
    let habits = habits("de");
    for passage in passages("de").iter().chain(&passages("en")) {
        let mut spans = Vec::new();
        let text = &passage.text;
        split(text, Span::new(0, text.len()), &habits, &mut spans);
        let mut at = 0;
        for span in spans {
            assert!(
                text[at..span.start].trim().is_empty(),
                "left out of {text:?}"
            );
            assert!(!span.of(text).trim().is_empty());
            at = span.end;
        }
        assert!(text[at..].trim().is_empty(), "left out of {text:?}");
    }
}

#[test]
fn no_text_is_slow() {
    let habits = habits("de");
    for piece in [
        ".", ". ", "A.", "a. B. ", "\n", " \n", "1.\n", "…", ".\"", "Dr.\n", "[1]", "!?", "x\n\t",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        let started = Instant::now();
        let mut spans = Vec::new();
        split(&text, Span::new(0, text.len()), &habits, &mut spans);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(2), "{piece:?}: {took:?}");
    }
}
