//! The store.

use std::fs;
use std::path::PathBuf;

use entente::statement::Extraction;
use entente::store::{Added, Store, StoreError};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::graph_sample::{any_extractions, extractions};

/// A folder for one test, and a path in it.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("entente.db");
    (folder, path)
}

fn build(path: &std::path::Path, extractions: &[Extraction]) {
    let mut store = Store::create(path).unwrap();
    for extraction in extractions {
        store.add(std::slice::from_ref(extraction)).unwrap();
    }
    store.finish().unwrap();
}

fn all(store: &Store) -> Vec<Extraction> {
    store.extractions().unwrap().map(Result::unwrap).collect()
}

#[test]
fn what_was_saved_is_loaded() {
    let (folder, path) = place();
    build(&path, &extractions());
    let store = Store::open(&path).unwrap();
    assert_eq!(all(&store), extractions());
    assert_eq!(store.documents().unwrap().len(), extractions().len());
    assert_eq!(
        store
            .extraction("navy-1.txt")
            .unwrap()
            .unwrap()
            .statements
            .len(),
        3
    );
    assert_eq!(store.extraction("none").unwrap(), None);
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        1,
        "one file, nothing beside it"
    );
}

#[test]
fn order_leaves_no_trace_in_the_file() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let sorted = fs::read(&path).unwrap();
    let mut reversed = extractions();
    reversed.reverse();
    build(&path, &reversed);
    assert!(
        fs::read(&path).unwrap() == sorted,
        "one at a time, in another order"
    );
    let mut store = Store::create(&path).unwrap();
    store.add(&reversed).unwrap();
    store.add(&reversed).unwrap();
    store.finish().unwrap();
    assert!(fs::read(&path).unwrap() == sorted, "all at once, and twice");
}

#[test]
fn a_copy_of_a_grown_store_is_as_if_built_at_once() {
    let (folder, path) = place();
    build(&path, &extractions());
    let grown = folder.path().join("grown.db");
    let mut store = Store::open_or_create(&grown).unwrap();
    for extraction in extractions().iter().rev() {
        store.add(std::slice::from_ref(extraction)).unwrap();
    }
    let copy = folder.path().join("copy.db");
    store.copy_to(&copy).unwrap();
    assert!(fs::read(&copy).unwrap() == fs::read(&path).unwrap());
}

#[test]
fn adding_twice_changes_nothing() {
    let (_folder, path) = place();
    let mut store = Store::open_or_create(&path).unwrap();
    let some = extractions();
    let count = some.len();
    assert_eq!(
        store.add(&some).unwrap(),
        Added {
            new: count,
            ..Added::default()
        }
    );
    assert_eq!(
        store.add(&some).unwrap(),
        Added {
            unchanged: count,
            ..Added::default()
        }
    );
    assert_eq!(all(&store), some);
}

#[test]
fn a_changed_document_replaces_the_old_one() {
    let (_folder, path) = place();
    let mut store = Store::open_or_create(&path).unwrap();
    let mut some = extractions();
    store.add(&some).unwrap();
    some[0].document.hash = "other".to_owned();
    some[0].statements.truncate(1);
    assert_eq!(
        store.add(&some[..1]).unwrap(),
        Added {
            replaced: 1,
            ..Added::default()
        }
    );
    assert_eq!(all(&store), some);
}

#[test]
fn one_text_under_two_ids_is_one_document() {
    let some = extractions();
    let mut twin = some[1].clone();
    twin.document.id = "zzz.txt".to_owned();
    for order in [[&some[1], &twin], [&twin, &some[1]]] {
        let (_folder, path) = place();
        let mut store = Store::open_or_create(&path).unwrap();
        for extraction in order {
            store.add(std::slice::from_ref(extraction)).unwrap();
        }
        assert_eq!(all(&store), some[1..2]);
    }
}

#[test]
fn removing_takes_what_only_that_document_supports() {
    let (folder, path) = place();
    let some = extractions();
    let mut store = Store::open_or_create(&path).unwrap();
    store.add(&some).unwrap();
    assert!(store.remove(&some[2].document.id).unwrap());
    assert!(!store.remove("none").unwrap());
    let mut rest = some.clone();
    rest.remove(2);
    assert_eq!(all(&store), rest);
    let (copy, built) = (
        folder.path().join("copy.db"),
        folder.path().join("built.db"),
    );
    store.copy_to(&copy).unwrap();
    build(&built, &rest);
    assert!(fs::read(copy).unwrap() == fs::read(built).unwrap());
}

#[test]
fn a_draft_that_is_not_finished_leaves_no_trace() {
    let (folder, path) = place();
    let mut store = Store::create(&path).unwrap();
    store.add(&extractions()).unwrap();
    drop(store);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_new_store_replaces_the_old_one_only_when_it_is_whole() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let before = fs::read(&path).unwrap();
    let mut store = Store::create(&path).unwrap();
    store.add(&extractions()[..1]).unwrap();
    assert!(fs::read(&path).unwrap() == before);
    store.finish().unwrap();
    assert_eq!(all(&Store::open(&path).unwrap()).len(), 1);
}

/// The message without the folder, and the hint.
fn told(error: &StoreError) -> (String, String) {
    let path = error.path().display().to_string();
    (
        error.to_string().replace(&path, "PATH"),
        error.hint().unwrap_or_default(),
    )
}

#[test]
fn errors_say_what_is_wrong_and_what_to_do() {
    let (folder, path) = place();
    let missing = told(&Store::open(&path).unwrap_err());
    assert_eq!(
        missing.0,
        "failed to open the store `PATH`: it does not exist"
    );
    assert!(missing.1.contains("entente build"), "{}", missing.1);
    let is_folder = told(&Store::open(folder.path()).unwrap_err());
    assert_eq!(
        is_folder.0,
        "failed to open the store `PATH`: it is a folder"
    );
    for junk in [
        "",
        "no database, but long enough to have room for the head of one, if it were one at all, \
                      which it is not, so that it must be refused",
    ] {
        fs::write(&path, junk).unwrap();
        for error in [
            Store::open(&path).unwrap_err(),
            Store::open_or_create(&path).unwrap_err(),
        ] {
            assert_eq!(
                told(&error).0,
                "failed to open the store `PATH`: it is not an entente store"
            );
        }
    }
    let nowhere = Store::create(&folder.path().join("none/entente.db")).unwrap_err();
    assert!(
        told(&nowhere).1.contains("folder does not exist"),
        "{nowhere}"
    );
}

#[test]
fn a_foreign_database_is_refused() {
    let (_folder, path) = place();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE documents (id TEXT)")
        .unwrap();
    drop(other);
    let error = Store::open(&path).unwrap_err();
    assert_eq!(
        told(&error).0,
        "failed to open the store `PATH`: it is not an entente store"
    );
}

#[test]
fn a_newer_store_is_refused() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let (message, hint) = told(&Store::open(&path).unwrap_err());
    assert!(
        message.ends_with("but found the newer version 99"),
        "{message}"
    );
    assert!(hint.contains("update"), "{hint}");
}

#[test]
fn a_damaged_store_is_an_error_and_no_panic() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[4096..end].fill(0x5A);
    fs::write(&path, bytes).unwrap();
    let failed = Store::open(&path).and_then(|store| {
        let all: Result<Vec<_>, _> = store.extractions()?.collect();
        all
    });
    let (message, hint) = told(&failed.unwrap_err());
    assert!(message.contains("damaged"), "{message}");
    assert!(hint.contains("again"), "{hint}");
}

#[test]
fn a_store_opened_to_read_is_not_written() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let error = Store::open(&path)
        .unwrap()
        .remove("navy-1.txt")
        .unwrap_err();
    assert_eq!(
        told(&error).0,
        "failed to write the store `PATH`: it cannot be written"
    );
}

#[test]
fn two_writers_do_not_mix() {
    let (_folder, path) = place();
    build(&path, &extractions());
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = Store::open_or_create(&path).and_then(|mut store| store.add(&extractions()));
    let (message, hint) = told(&error.unwrap_err());
    assert!(
        message.ends_with("another process is writing to it"),
        "{message}"
    );
    assert!(hint.contains("wait"), "{hint}");
    drop(other);
    assert_eq!(all(&Store::open(&path).unwrap()), extractions());
}

/// Leaves at `path` what a writer leaves that is killed in the middle of a document.
fn kill_a_writer(path: &std::path::Path, spoilt: &std::path::Path) {
    let writer = rusqlite::Connection::open(path).unwrap();
    writer.pragma_update(None, "cache_size", 2).unwrap();
    writer.pragma_update(None, "cache_spill", 1).unwrap();
    writer
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM parties; DELETE FROM mentions")
        .unwrap();
    writer
        .execute_batch("UPDATE statements SET statement = 'spoilt' || statement")
        .unwrap();
    let journal = |path: &std::path::Path| PathBuf::from(format!("{}-journal", path.display()));
    fs::copy(path, spoilt).unwrap();
    fs::copy(journal(path), journal(spoilt)).unwrap();
}

#[test]
fn a_killed_writer_leaves_only_whole_documents() {
    let (folder, path) = place();
    build(&path, &extractions());
    let spoilt = folder.path().join("spoilt.db");
    kill_a_writer(&path, &spoilt);
    assert!(fs::read(&path).unwrap() != fs::read(&spoilt).unwrap() || cfg!(windows));
    assert_eq!(all(&Store::open(&spoilt).unwrap()), extractions());
}

#[test]
fn a_new_store_does_not_meet_the_journal_of_the_old_one() {
    let (folder, path) = place();
    build(&path, &extractions());
    let spoilt = folder.path().join("spoilt.db");
    kill_a_writer(&path, &spoilt);
    build(&spoilt, &extractions()[..2]);
    assert_eq!(all(&Store::open(&spoilt).unwrap()), extractions()[..2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn load_of_save_is_the_same(some in any_extractions()) {
        let (_folder, path) = place();
        build(&path, &some);
        let mut expected = std::collections::BTreeMap::new();
        for extraction in some {
            expected.insert(extraction.document.id.clone(), extraction);
        }
        let expected: Vec<_> = expected.into_values().collect();
        prop_assert_eq!(all(&Store::open(&path).unwrap()), expected);
    }
}
