//! What the tagger finds and what it leaves alone: rows of data, and properties that hold for any text.

use std::sync::LazyLock;

use entente::document::Document;
use entente::gazetteer::{Gazetteer, Lang};
use entente::mention::{Sense, Tagged};
use entente::tagger::Tagger;
use proptest::prelude::*;
use serde::Deserialize;

use crate::command::root;

/// `tests/cases/tagger.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    row: Vec<Row>,
}

/// A text and everything that is found in it: `surface id found_by`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    lang: String,
    text: String,
    found: Vec<String>,
}

static TAGGER: LazyLock<Tagger<'static>> =
    LazyLock::new(|| Tagger::new(Gazetteer::builtin().unwrap()));

fn document(lang: &str, text: &str) -> Document {
    let mut document = Document::new("test", "", text);
    lang.clone_into(&mut document.language);
    document.date = "2025-06-01".parse().ok();
    document
}

fn tag(lang: &str, text: &str) -> (Document, Tagged) {
    let document = document(lang, text);
    let tagged = TAGGER.tag(&document);
    (document, tagged)
}

fn shown(document: &Document, tagged: &Tagged) -> Vec<String> {
    let show = |mention: &entente::mention::Mention| {
        let by = serde_json::to_value(mention.found_by).unwrap();
        let surface = document.slice(mention.span);
        let id = &tagged.entities[mention.entity].id;
        format!("{surface} {id} {}", by.as_str().unwrap())
    };
    tagged.mentions.iter().map(show).collect()
}

#[test]
fn every_row_is_tagged_as_it_says() {
    let rows = std::fs::read_to_string(root().join("tests/cases/tagger.toml")).unwrap();
    let rows: Rows = toml::from_str(&rows).unwrap();
    let mut wrong = Vec::new();
    for row in rows.row {
        let (document, tagged) = tag(&row.lang, &row.text);
        let found = shown(&document, &tagged);
        if found != row.found {
            let (found, expected) = (found.join("\", \""), row.found.join("\", \""));
            wrong.push(format!(
                "{}\n  expected [\"{expected}\"]\n  found    [\"{found}\"]",
                row.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `tests/cases/far_from_defence.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Far {
    text: Vec<FarText>,
}

/// A text that names no weapon, programme or exercise, and the officials whom it names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FarText {
    lang: String,
    text: String,
    persons: Vec<String>,
}

#[test]
fn pages_far_from_defence_have_no_weapons_and_no_persons_but_officials() {
    let texts = std::fs::read_to_string(root().join("tests/cases/far_from_defence.toml")).unwrap();
    let texts: Far = toml::from_str(&texts).unwrap();
    let mut wrong = Vec::new();
    for far in texts.text {
        let (_, tagged) = tag(&far.lang, &far.text);
        let of = |kinds: &[&str]| {
            let kinds = |e: &&entente::mention::TaggedEntity| kinds.contains(&e.id.kind());
            let names = tagged.entities.iter().filter(kinds).map(|e| e.name.clone());
            names.collect::<Vec<_>>()
        };
        let military = of(&["weapon", "programme", "operation", "agreement"]);
        let mut persons = of(&["person"]);
        persons.sort();
        if !military.is_empty() || persons != far.persons {
            let title = far.text.trim().lines().next().unwrap_or_default();
            wrong.push(format!("{title}: {military:?} {persons:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Words of the trade, broken in any way.
    #[test]
    fn any_text_is_tagged_soundly(text in texts(), lang in prop_oneof![Just("de"), Just("en"), Just("xx")]) {
        let (document, tagged) = tag(lang, &text);
        let mut end = 0;
        for mention in &tagged.mentions {
            prop_assert!(end <= mention.span.start, "sorted, without overlap");
            prop_assert!(mention.span.start < mention.span.end);
            prop_assert!(text.get(mention.span.start..mention.span.end).is_some());
            prop_assert!(mention.entity < tagged.entities.len());
            end = mention.span.end;
        }
        for (at, entity) in tagged.entities.iter().enumerate() {
            prop_assert!(entity.acts_for.is_none_or(|other| other != at && other < tagged.entities.len()));
            prop_assert!(!entity.id.kind().is_empty() && !entity.name.is_empty());
        }
        prop_assert_eq!(shown(&document, &tagged), shown(&document, &TAGGER.tag(&document)));
    }
}

/// Names, offices and marks in any order, and any characters at all.
fn texts() -> impl Strategy<Value = String> {
    const WORDS: [&str; 60] = [
        "Deutschland",
        "deutsch",
        "norwegische",
        "Kanadas",
        "Jordan",
        "Chad",
        "Georgia",
        "Ankara",
        "Turkey",
        "in",
        "Minister",
        "Verteidigungsminister",
        "defence",
        "minister",
        "General",
        "Dr",
        "Sir",
        "Frau",
        "Pistorius",
        "Boris",
        "von",
        "der",
        "Leyen",
        "Müller-Lüdenscheidt",
        "O'Neill",
        "Łukasz",
        "AG",
        "GmbH",
        "Shipyard",
        "firm",
        "Konzern",
        "ein",
        "Operation",
        "Exercise",
        "Übung",
        "Treaty",
        "of",
        "Vertrag",
        "Initiative",
        "(NATO)",
        "NATO",
        "DAPA",
        "U212CD",
        "F-35A",
        "X-12",
        "Typ",
        "Leopard",
        "2",
        "Panzerbrigade",
        "37",
        "150",
        "Squadron",
        "43.",
        "Luftwaffe",
        "army",
        "its",
        "seine",
        "und",
        "and",
        "Ukrainehilfe",
    ];
    const MARKS: [&str; 20] = [
        " ", " ", " ", " ", " ", " ", ". ", ", ", "-", "\n", "\n\n", "„", "“ ", " (", ") ", "'s ",
        "/", " - ", "\u{AD}", "\u{301}",
    ];
    let piece = (
        prop::sample::select(&WORDS[..]),
        prop::sample::select(&MARKS[..]),
    );
    let words = prop::collection::vec(piece, 0..40).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(word, mark)| [word, mark])
            .collect()
    });
    prop_oneof![3 => words, 1 => any::<String>()]
}

/// A sentence with a gap in which any name may stand.
const NEUTRAL: [(&str, &str); 2] = [
    (
        "de",
        "Am Montag ging es bei der Armee und der Rüstungsfirma um {}, wie Minister {} erklärte.",
    ),
    (
        "en",
        "On Monday the army and the arms company talked about {}, as minister {} said.",
    ),
];

/// Every 50th spelling of the vocabulary is found in a sentence about defence, as itself or as
/// another entity with the same spelling.
#[test]
fn names_of_the_vocabulary_are_found() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let mut missed = Vec::new();
    let mut tried = 0;
    for (name, entries) in gazetteer.lexicon().spellings().step_by(50) {
        let base = entries
            .iter()
            .find(|e| e.base && e.sense == Sense::Name && !e.surname);
        let Some(entry) = base.filter(|e| e.since.is_none() && e.until.is_none()) else {
            continue;
        };
        let lang = usize::from(entry.lang == Lang::EN);
        if entry.lang == Lang::FR || !entry.needs.is_empty() {
            continue;
        }
        tried += 1;
        let (lang, sentence) = NEUTRAL[lang];
        let text = sentence.replace("{}", name);
        let (_, tagged) = tag(lang, &text);
        let same = |id: &str| {
            entries
                .iter()
                .any(|e| gazetteer.entity(e.entity).id.as_str() == id)
        };
        if !tagged.entities.iter().any(|e| same(e.id.as_str())) {
            missed.push(format!("{name} ({lang})"));
        }
    }
    assert!(tried > 300, "{tried}");
    assert!(
        missed.is_empty(),
        "{} of {tried}:\n{}",
        missed.len(),
        missed.join("\n")
    );
}
