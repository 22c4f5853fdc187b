//! Prints the entities of gold documents as JSON Lines for the scorer: `tag_jsonl FOLDER...`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a development tool"
)]

use entente::document::Document;
use entente::gazetteer::Gazetteer;
use entente::tagger::Tagger;
use serde_json::{Value, json};

fn main() {
    let gazetteer = match std::env::var("GAZ") {
        Ok(dir) => &*Box::leak(Box::new(Gazetteer::from_dir(dir.as_ref()).unwrap())),
        Err(_) => Gazetteer::builtin().unwrap(),
    };
    let tagger = Tagger::new(gazetteer);
    let mut spent = std::time::Duration::ZERO;
    for dir in std::env::args().skip(1) {
        let mut paths: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
        {
            let gold: Value =
                serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            let id = path.file_stem().unwrap().to_string_lossy();
            let mut doc = Document::new(id.clone(), "", gold["text"].as_str().unwrap());
            doc.language = gold["lang"].as_str().unwrap_or("en").to_owned();
            doc.date = gold["date"].as_str().and_then(|d| d.parse().ok());
            let start = std::time::Instant::now();
            let tagged = tagger.tag(&doc);
            spent += start.elapsed();
            println!("{}", object(&doc, &tagged));
        }
    }
    eprint_time(spent);
}

#[expect(clippy::print_stderr, reason = "a development tool")]
fn eprint_time(spent: std::time::Duration) {
    eprintln!("tagging took {spent:?}");
}

fn object(doc: &Document, tagged: &entente::mention::Tagged) -> Value {
    let entities: Vec<Value> = tagged
        .entities
        .iter()
        .enumerate()
        .filter_map(|(at, e)| {
            let mentions: Vec<Value> = tagged
                .mentions
                .iter()
                .filter(|m| m.entity == at)
                .map(|m| json!({"text": doc.slice(m.span), "start": m.span.start, "found_by": m.found_by, "sense": m.sense}))
                .collect();
            let acts_for = e.acts_for.and_then(|a| tagged.entities.get(a)).map(|a| a.id.to_string());
            (!mentions.is_empty()).then(|| {
                json!({"id": e.id, "kind": e.id.kind(), "name": e.name, "acts_for": acts_for, "role": e.role, "mentions": mentions})
            })
        })
        .collect();
    json!({"document": {"id": doc.id}, "entities": entities, "statements": []})
}
