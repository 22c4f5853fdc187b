//! What an extraction promises, over every annotated document and every sample.

use std::collections::BTreeSet;

use entente::document::Document;
use entente::gazetteer::Gazetteer;
use entente::mention::EntityId;
use entente::pipeline::Pipeline;
use entente::read;
use entente::statement::{Extraction, Statement};

use crate::command::root;

fn documents() -> Vec<Document> {
    let gold = entente::eval::Gold::load(&root().join("tests/gold")).unwrap();
    let mut documents: Vec<Document> = gold
        .iter()
        .map(|gold| read::from_text(&gold.id, &gold.text))
        .collect();
    let (sources, errors) = read::sources(&[root().join("seeds")], &read::Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    for source in &sources {
        read::read(source, &mut |document| documents.push(document.unwrap()));
    }
    documents
}

fn extractions() -> Vec<(Document, Extraction)> {
    let gazetteer = Gazetteer::builtin().unwrap();
    let pipeline = Pipeline::new(gazetteer).unwrap();
    let documents = documents();
    documents
        .into_iter()
        .map(|document| {
            let extraction = pipeline.extract(&document);
            (document, extraction)
        })
        .collect()
}

/// Everything a statement names.
fn named(statement: &Statement) -> impl Iterator<Item = &EntityId> {
    let parties = statement.subjects.iter().chain(&statement.objects);
    parties.chain(&statement.about).chain(&statement.speaker)
}

#[test]
fn extractions_keep_their_promises() {
    for (document, extraction) in extractions() {
        let id = &document.id;
        spans_lie_in_the_text(&document, &extraction);
        let entities: BTreeSet<&EntityId> = extraction
            .entities
            .iter()
            .map(|entity| &entity.id)
            .collect();
        assert_eq!(
            entities.len(),
            extraction.entities.len(),
            "{id}: an entity is listed twice"
        );
        for statement in &extraction.statements {
            let unknown: Vec<_> = named(statement)
                .filter(|name| !entities.contains(name))
                .collect();
            assert!(
                unknown.is_empty(),
                "{id}: {} names {unknown:?}, which is no entity",
                statement.id
            );
            assert!(
                (0.0..=1.0).contains(&statement.confidence),
                "{id}: confidence {}",
                statement.confidence
            );
        }
        let ids: BTreeSet<&str> = extraction
            .statements
            .iter()
            .map(|s| s.id.as_str())
            .collect();
        assert_eq!(
            ids.len(),
            extraction.statements.len(),
            "{id}: a statement's id is used twice"
        );
        let first: Vec<_> = extraction
            .entities
            .iter()
            .filter_map(|e| e.mentions.first())
            .map(|m| m.span)
            .collect();
        assert!(
            first.is_sorted(),
            "{id}: entities are not in order of first mention"
        );
    }
}

fn spans_lie_in_the_text(document: &Document, extraction: &Extraction) {
    let chars: Vec<char> = document.text.chars().collect();
    let slice = |start: usize, end: usize| {
        chars
            .get(start..end)
            .map(|chars| chars.iter().collect::<String>())
    };
    let same = |text: &str, start: usize, end: usize| {
        assert_eq!(
            slice(start, end).as_deref(),
            Some(text),
            "{}: {start}..{end}",
            document.id
        );
    };
    for mention in extraction
        .entities
        .iter()
        .flat_map(|entity| &entity.mentions)
    {
        same(&mention.text, mention.span.start, mention.span.end);
    }
    for evidence in extraction
        .statements
        .iter()
        .map(|statement| &statement.evidence)
    {
        same(&evidence.sentence, evidence.start, evidence.end);
        if let Some(trigger) = &evidence.trigger {
            same(&trigger.text, trigger.span.start, trigger.span.end);
        }
        for party in &evidence.parties {
            same(&party.text, party.span.start, party.span.end);
        }
    }
}

#[test]
fn extractions_survive_json() {
    for (_, extraction) in extractions() {
        let json = serde_json::to_string(&extraction).unwrap();
        assert_eq!(
            serde_json::from_str::<Extraction>(&json).unwrap(),
            extraction
        );
    }
}

#[test]
fn extractions_do_not_depend_on_what_came_before() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let pipeline = Pipeline::new(gazetteer).unwrap();
    for (document, extraction) in extractions().iter().rev() {
        assert_eq!(&pipeline.extract(document), extraction, "{}", document.id);
    }
}
