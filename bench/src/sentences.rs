//! Ends of sentences: ours, UAX #29 by unicode-segmentation and by ICU4X.

use entente::document::Document;
use entente::gazetteer::Gazetteer;
use entente::linker::Linker;
use entente::text::Span;
use entente::text::sentence::{Habits, split};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

use crate::{Row, timed};

pub(crate) fn measure(rounds: usize, documents: &[Document]) -> Vec<Row> {
    let bytes = documents.iter().map(|d| d.text.len()).sum();
    let linker = Linker::new(Gazetteer::builtin().unwrap()).unwrap();
    let none = Habits::default();
    let mut spans = Vec::new();
    let ours = timed(rounds, || {
        spans.clear();
        for document in documents {
            let habits = linker.habits(&document.language).unwrap_or(&none);
            split(
                &document.text,
                Span::new(0, document.text.len()),
                habits,
                &mut spans,
            );
        }
        spans.len()
    });
    let standard = timed(rounds, || {
        documents
            .iter()
            .map(|d| d.text.split_sentence_bounds().count())
            .sum()
    });
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let icu = timed(rounds, || {
        documents
            .iter()
            .map(|d| segmenter.segment_str(&d.text).count())
            .sum()
    });
    [
        ("entente", ours),
        ("unicode-segmentation", standard),
        ("icu_segmenter", icu),
    ]
    .into_iter()
    .map(|(who, (seconds, found))| Row {
        part: "sentences",
        who,
        seconds,
        bytes,
        found,
    })
    .collect()
}
