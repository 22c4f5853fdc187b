//! Copies of one text count as one source, and are all there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use entente::copies::Sketch;
use entente::graph::Graph;
use entente::statement::Extraction;
use entente::store::Store;
use jiff::civil::date;
use serde_json::{Value, json};

use crate::agency::{Chance, Event};
use crate::command::{note, run};
use crate::graph_sample::{self, Said};

fn sketch(paragraphs: &[String]) -> Sketch {
    Sketch::of(paragraphs.iter().map(String::as_str))
}

/// Texts with the number of the story that each carries.
struct Press {
    texts: Vec<(usize, Vec<String>)>,
}

impl Press {
    /// Events with up to three stories by different hands, some of which papers have copied.
    fn print(seed: u64, events: usize) -> Self {
        let mut chance = Chance(seed);
        let mut texts = Vec::new();
        let mut stories = 0;
        for _ in 0..events {
            let event = Event::new(&mut chance);
            for _ in 0..=chance.below(3) {
                stories += 1;
                let story = event.story(&mut chance);
                for _ in 0..chance.below(6) {
                    texts.push((stories, event.copy(&story, &mut chance)));
                }
                texts.push((stories, story));
            }
        }
        // Neighbours in the list are no neighbours in the news.
        for at in (1..texts.len()).rev() {
            texts.swap(at, chance.below(at + 1));
        }
        Self { texts }
    }

    fn groups(&self) -> Vec<usize> {
        let sketches: Vec<Sketch> = self.texts.iter().map(|(_, text)| sketch(text)).collect();
        Sketch::groups(&sketches.iter().collect::<Vec<_>>(), &[])
    }
}

/// Pairs of texts in one group.
fn pairs(groups: impl Iterator<Item = usize>) -> BTreeSet<(usize, usize)> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (text, group) in groups.enumerate() {
        members.entry(group).or_default().push(text);
    }
    let mut pairs = BTreeSet::new();
    for group in members.values() {
        for (at, x) in group.iter().enumerate() {
            pairs.extend(group[..at].iter().map(|y| (*y, *x)));
        }
    }
    pairs
}

#[test]
fn copies_are_told_from_other_stories_about_the_same_event() {
    let press = Press::print(1, 400);
    let truth = pairs(press.texts.iter().map(|(story, _)| *story));
    let found = pairs(press.groups().into_iter());
    let right = u32::try_from(truth.intersection(&found).count()).unwrap();
    let share = |all: usize| f64::from(right) / f64::from(u32::try_from(all.max(1)).unwrap());
    let (precision, recall) = (share(found.len()), share(truth.len()));
    note(&format!(
        "{} texts, {} pairs of copies: precision {precision:.3}, recall {recall:.3}",
        press.texts.len(),
        truth.len()
    ));
    assert!(truth.len() > 2000);
    assert!(precision >= 0.95, "precision {precision}");
    assert!(recall >= 0.95, "recall {recall}");
}

#[test]
#[ignore = "takes a minute; measures"]
fn finding_copies_takes_linear_time() {
    for events in [5_000, 10_000, 20_000, 29_000] {
        let press = Press::print(3, events);
        let started = Instant::now();
        let sketches: Vec<Sketch> = press.texts.iter().map(|(_, text)| sketch(text)).collect();
        let first = started.elapsed();
        let started = Instant::now();
        let groups = Sketch::groups(&sketches.iter().collect::<Vec<_>>(), &[]);
        note(&format!(
            "{} texts: sketches {first:.2?}, groups {:.2?}; {} groups",
            press.texts.len(),
            started.elapsed(),
            groups.iter().collect::<BTreeSet<_>>().len(),
        ));
    }
}

/// A store of these documents, added one after the other.
fn store(path: &Path, extractions: &[Extraction]) -> Store {
    let mut store = Store::open_or_create(path).unwrap();
    for extraction in extractions {
        store.add(std::slice::from_ref(extraction)).unwrap();
    }
    store
}

/// What a few papers print, as it is kept.
fn extractions() -> Vec<Extraction> {
    let press = Press::print(5, 12);
    let texts = press.texts.iter().enumerate();
    let one = |(at, (_, text)): (usize, &(usize, Vec<String>))| {
        let said = Said {
            document: "-",
            kind: "agreement",
            subjects: "DEU,NOR",
            objects: "-",
            about: "-",
            status: "agreed",
            since: "2026",
        };
        let id = format!("text-{at:03}");
        let mut extraction = graph_sample::extraction(&id, date(2026, 3, 1), vec![said.read(at)]);
        extraction.document.sketch = sketch(text);
        extraction
    };
    texts.map(one).collect()
}

fn stories(store: &Store) -> Vec<(String, String)> {
    let all = store.extractions().unwrap().map(Result::unwrap);
    all.map(|e| (e.document.id, e.document.story)).collect()
}

#[test]
fn stories_are_the_same_whatever_came_first_and_whoever_finds_them() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let some = extractions();
    let mut whole = Store::create(&place("whole.db")).unwrap();
    whole.add(&some).unwrap();
    whole.finish().unwrap();
    let whole = stories(&Store::open(&place("whole.db")).unwrap());
    let copies = whole
        .iter()
        .filter(|(id, story)| !story.is_empty() && id != story);
    assert!(copies.count() > 20);

    // From behind, with questions in between, and one that goes and comes back.
    let mut reversed = some.clone();
    reversed.reverse();
    let (first, rest) = reversed.split_at(20);
    let mut grown = store(&place("grown.db"), first);
    grown.find_copies().unwrap();
    stories(&grown);
    grown.add(rest).unwrap();
    grown.remove(&some[7].document.id).unwrap();
    grown.add(&some[7..8]).unwrap();
    assert_eq!(stories(&grown), whole, "worked out when read");
    grown.find_copies().unwrap();
    assert_eq!(stories(&grown), whole, "kept");
    grown.copy_to(&place("copy.db")).unwrap();
    assert!(fs::read(place("copy.db")).unwrap() == fs::read(place("whole.db")).unwrap());

    let graph = Graph::from_extractions(reversed, graph_sample::legend());
    let told = graph.documents().iter();
    let told: Vec<_> = told.map(|d| (d.id.clone(), d.story.clone())).collect();
    assert_eq!(told, whole, "by the graph");
}

#[test]
fn an_older_store_gets_the_tables_of_copies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    drop(store(&path, &extractions()[..3]));
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch("DROP TABLE answers; DROP TABLE ties; DROP TABLE edges; DROP TABLE nodes; DROP TABLE graph; DROP TABLE sketches; DROP TABLE copies; DROP TABLE state; UPDATE documents SET digest = ''; PRAGMA user_version = 1")
        .unwrap();
    drop(old);
    let read = stories(&Store::open(&path).unwrap());
    assert!(read.len() == 3 && read.iter().all(|(_, story)| story.is_empty()));
    let mut store = Store::open_or_create(&path).unwrap();
    store.add(&extractions()).unwrap();
    drop(store);
    let fresh = folder.path().join("fresh.db");
    drop(self::store(&fresh, &extractions()));
    let [old, fresh] = [path, fresh].map(|path| stories(&Store::open(&path).unwrap()));
    assert_eq!(old, fresh);
}

/// One agency text in three papers, another report by a fourth, and one by a paper that printed the agency's.
fn papers(folder: &Path) {
    let agency = [
        "Germany and Norway signed an agreement on submarines in Bergen on Monday, after two years of talks about who pays for the yard.",
        "The two defence ministers said the first boat would be handed over in the spring, and that crews of both navies had begun to train at the school in the harbour.",
        "A union speaker welcomed that the yard will hire eighty welders before the summer, but called the time table a gamble.",
        "The opposition in Oslo asked why the price had not been told to parliament, which votes on the matter next week.",
    ];
    let text = |parts: &[&str]| parts.join("\n\n");
    let write = |name: &str, title: &str, body: String| {
        fs::write(folder.join(name), format!("{title}\n\n{body}\n")).unwrap();
    };
    write("a-herald.txt", "Submarine deal", text(&agency));
    write(
        "b-post.txt",
        "Bergen: boats for two navies",
        format!("BERGEN (Agency) - {}", text(&agency[..3])),
    );
    write(
        "c-news.txt",
        "Yard to hire welders",
        format!(
            "Good news for the harbour.\n\n{}",
            text(&[agency[0], agency[1], agency[2]])
        ),
    );
    write(
        "d-review.txt",
        "What the treaty means",
        String::from(
            "Germany and Norway signed an agreement on submarines, and few noticed how odd it is.\n\nFor the first time a yard belongs to nobody in particular: the state holds a third, a fund another, and the rest is with the workers. Who orders what has to be settled at the table each year.",
        ),
    );
}

#[test]
fn copies_count_once_and_are_all_shown() {
    let folder = tempfile::tempdir().unwrap();
    papers(folder.path());
    let built = run(
        folder.path(),
        &["build", ".", "--out", "out", "--jobs", "3"],
    );
    assert!(built.status.success());
    let said = String::from_utf8(built.stderr).unwrap();
    assert!(said.contains("2 sources (+2 copies)"), "{said}");
    let ask = |args: &[&str]| String::from_utf8(run(folder.path(), args).stdout).unwrap();
    let who = ask(&["who", "Germany"]);
    assert!(who.contains("2 (+2 copies)"), "{who}");
    let why: Value =
        serde_json::from_str(&ask(&["why", "Germany", "Norway", "--format", "json"])).unwrap();
    let edge = &why["edges"][0];
    assert_eq!((&edge["sources"], &edge["copies"]), (&json!(2), &json!(2)));
    let copies: Vec<&Value> = edge["passages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["copy_of"])
        .collect();
    assert_eq!(
        copies
            .iter()
            .filter(|of| **of == &json!("a-herald.txt"))
            .count(),
        2
    );
    assert!(copies.len() >= 4, "every copy is listed: {copies:?}");
    assert!(ask(&["why", "Germany", "Norway"]).contains("copy of a-herald.txt"));
    assert!(
        ask(&["who", "Germany", "--min-sources", "3"]).is_empty(),
        "four documents, two sources"
    );
    assert!(!ask(&["who", "Germany", "--min-sources", "2"]).is_empty());
    let sources: Value = serde_json::from_str(&ask(&["sources", "--format", "json"])).unwrap();
    let sources = sources["sources"].as_array().unwrap().iter();
    let sources: Vec<_> = sources
        .map(|s| (s["name"].as_str().unwrap(), &s["copies"], &s["alone"]))
        .collect();
    assert_eq!(
        sources
            .iter()
            .filter(|(_, copies, _)| *copies == &json!(1))
            .count(),
        2,
        "{sources:?}"
    );
    let edges = fs::read_to_string(folder.path().join("out/edges.csv")).unwrap();
    assert!(edges.lines().next().unwrap().contains(",Documents,Copies,"));
    let statements = fs::read_to_string(folder.path().join("out/statements.csv")).unwrap();
    assert!(statements.matches("a-herald.txt").count() > 2);
}
