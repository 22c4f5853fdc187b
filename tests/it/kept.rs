//! What a store keeps of the graph answers as the graph of all its statements does.

use std::path::Path;

use entente::gazetteer::Gazetteer;
use entente::graph::{Graph, Legend};
use entente::query::{self, Filter};
use entente::statement::Status;
use entente::store::Store;

use crate::command::built;

fn filters() -> Vec<Filter> {
    let statuses = |statuses: &[Status]| Filter {
        statuses: statuses.to_vec(),
        ..Filter::default()
    };
    vec![
        Filter::default(),
        Filter::everything(),
        statuses(&[Status::Active, Status::Agreed]),
        statuses(&[Status::Rejected]),
        Filter {
            min_sources: 2,
            ..Filter::default()
        },
    ]
}

fn whole(store: &Store, gazetteer: &Gazetteer) -> Graph {
    let all = store.extractions().unwrap();
    Graph::from_extractions(all.map(Result::unwrap), gazetteer.schema())
}

/// A store that keeps the graph of the sample documents.
fn open() -> Store {
    Store::open(&built().join("out/entente.db")).unwrap()
}

#[test]
fn who_is_the_same_from_what_is_kept() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let store = open();
    let kept = store.kept(gazetteer.schema()).unwrap().unwrap();
    let graph = whole(&store, gazetteer);
    assert!(graph.nodes().len() > 50);
    for node in graph.nodes() {
        for filter in filters() {
            let expected = query::who(&graph, &node.id, &filter);
            let part = kept.around(&node.id, true).unwrap();
            let part = part.graph(gazetteer.schema());
            assert_eq!(
                query::who(&part, &node.id, &filter),
                expected,
                "{}",
                node.id
            );
        }
    }
}

#[test]
fn ways_are_the_same_from_what_is_kept() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let store = open();
    let kept = store.kept(gazetteer.schema()).unwrap().unwrap();
    let graph = whole(&store, gazetteer);
    let legend = Legend::from(gazetteer.schema());
    let mut lengths = [0; 4];
    let mut of_kind = filters();
    of_kind.push(Filter {
        kinds: vec!["agreement".into(), "participates".into()],
        ..Filter::default()
    });
    for (at, a) in graph.nodes().iter().enumerate() {
        for b in graph.nodes().iter().skip(at + 1) {
            let filter = &of_kind[(at + b.documents) % of_kind.len()];
            let expected = query::path(&graph, &a.id, &b.id, filter).unwrap();
            let open =
                |kind: &str, status, sources| query::is_way(filter, &legend, kind, status, sources);
            let part = kept.way(&a.id, &b.id, open).unwrap();
            let part = part.graph(gazetteer.schema());
            let found = query::path(&part, &a.id, &b.id, filter).unwrap();
            lengths[found.steps.len().min(3)] += 1;
            assert_eq!(found, expected, "{} - {}", a.id, b.id);
        }
    }
    assert!(lengths.iter().all(|count| *count > 10), "{lengths:?}");
}

#[test]
fn sentences_are_the_same_from_what_is_kept() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let store = open();
    let kept = store.kept(gazetteer.schema()).unwrap().unwrap();
    let graph = whole(&store, gazetteer);
    for edge in graph.edges() {
        let [a, b] = [edge.subject, edge.object].map(|ix| &graph.node(ix).id);
        let part = store.about_pair(&kept, [a, b]).unwrap();
        let part = Graph::from_extractions(part, gazetteer.schema());
        let all = Filter::everything();
        assert_eq!(
            query::why(&part, gazetteer, a, b, &all),
            query::why(&graph, gazetteer, a, b, &all),
            "{}",
            edge.id
        );
    }
}

#[test]
fn answers_about_everything_are_kept() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let store = open();
    let kept = store.kept(gazetteer.schema()).unwrap().unwrap();
    let graph = whole(&store, gazetteer);
    assert_eq!(kept.last_published(), graph.last_published());
    for (question, answer) in query::everything(&graph).unwrap() {
        assert_eq!(kept.answer(question).unwrap().unwrap(), answer);
    }
    let top: query::Top = serde_json::from_str(&kept.answer("top").unwrap().unwrap()).unwrap();
    for by in [query::Measure::Strength, query::Measure::Betweenness] {
        let mut sorted = top.clone();
        sorted.sort(by);
        assert_eq!(sorted, query::top(&graph, &Filter::default(), by));
    }
}

/// Whatever changes the documents must not leave an old graph behind.
#[test]
fn a_change_empties_what_is_kept() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let kept = |path: &Path| -> bool {
        let store = Store::open(path).unwrap();
        store.kept(gazetteer.schema()).unwrap().is_some()
    };
    let fill = || {
        std::fs::copy(built().join("out/entente.db"), &path).unwrap();
        assert!(kept(&path));
        Store::open_or_create(&path).unwrap()
    };
    let ids: Vec<String> = open()
        .documents()
        .unwrap()
        .into_iter()
        .map(|d| d.id)
        .collect();
    let mut store = fill();
    let first = store.extraction(&ids[0]).unwrap().unwrap();
    store.add(std::slice::from_ref(&first)).unwrap();
    assert!(kept(&path), "nothing changed");
    let mut other = first;
    other.document.id = "another".into();
    other.document.hash = "another".into();
    store.add(&[other]).unwrap();
    assert!(!kept(&path), "a document came");
    let mut store = fill();
    assert!(store.remove(&ids[1]).unwrap());
    assert!(!kept(&path), "a document went");
}

#[test]
fn other_kinds_find_nothing_kept() {
    let mut schema = Gazetteer::builtin().unwrap().schema().clone();
    let store = open();
    assert!(store.kept(&schema).unwrap().is_some());
    schema.statements[0].symmetric = !schema.statements[0].symmetric;
    assert!(store.kept(&schema).unwrap().is_none());
}

/// A store of the first version: it is read as it is, and gets the new tables when it is written to.
#[test]
fn a_store_of_an_older_version_still_answers() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    std::fs::copy(built().join("out/entente.db"), &path).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TABLE answers; DROP TABLE ties; DROP TABLE edges; DROP TABLE nodes; DROP TABLE graph;
             DROP TABLE copies; DROP TABLE state; DROP TABLE sketches; PRAGMA user_version = 1",
        )
        .unwrap();
    drop(connection);
    let store = Store::open(&path).unwrap();
    assert!(store.kept(gazetteer.schema()).unwrap().is_none());
    assert_eq!(
        whole(&store, gazetteer).edges(),
        whole(&open(), gazetteer).edges()
    );
    let mut store = Store::open_or_create(&path).unwrap();
    let id = store.documents().unwrap()[0].id.clone();
    assert!(store.remove(&id).unwrap());
    assert!(store.kept(gazetteer.schema()).unwrap().is_none());
    drop(store);
    // The new version can be opened once more.
    assert!(Store::open_or_create(&path).is_ok());
}
