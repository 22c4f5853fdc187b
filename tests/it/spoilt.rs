//! Inputs of every kind spoilt by chance, and what was once found to break a promise.

use entente::read::{INPUTS, Input};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::command::root;
use crate::inputs::samples;
use crate::promise;

fn input(id: &str) -> Option<&'static Input> {
    INPUTS.iter().find(|input| input.id == id)
}

/// A change of some bytes: cut, doubled, replaced, or set.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, Vec<u8>),
    Set(Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    let odd = "\0|\u{feff}|\u{ad}|\u{202e}|ﬁ|e\u{301}|<![CDATA[|<p>|</|\"|\r|\n\n|]]>|{|&#x0;|\u{1F600}|ẞ";
    let odd: Vec<Vec<u8>> = odd
        .split('|')
        .map(|word| word.as_bytes().to_vec())
        .collect();
    prop_oneof![
        (index(), index()).prop_map(|(x, y)| Change::Cut(x, y)),
        (index(), index()).prop_map(|(x, y)| Change::Double(x, y)),
        (index(), select(odd)).prop_map(|(at, word)| Change::Insert(at, word)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
    ]
}

fn spoil(bytes: &mut Vec<u8>, changes: &[Change]) {
    for change in changes {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        let range = |x: &Index, y: &Index| {
            let (x, y) = (x.index(length), y.index(length));
            // A few hundred bytes at the most: something must be left.
            x.min(y)..x.max(y).min(x.min(y) + 300)
        };
        match change {
            Change::Cut(x, y) => drop(bytes.drain(range(x, y))),
            Change::Double(x, y) => {
                let range = range(x, y);
                let part = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, part);
            }
            Change::Insert(at, word) => {
                let at = at.index(length);
                bytes.splice(at..at, word.iter().copied());
            }
            Change::Set(at, byte) => bytes[at.index(length)] = *byte,
        }
    }
}

/// Words that mean something to the steps, and signs that may confuse them.
fn text() -> impl Strategy<Value = String> {
    let words = "Deutschland|Norwegen|Germany|Norway|the|and|und|signed|unterzeichnete|ein Abkommen\
        |a memorandum|U-Boote|Type 212CD|F-35|NATO|Rheinmetall|Boris Pistorius|der Minister\
        |his counterpart|both countries|beide Länder|2024|im Mai 2026|on 3 March|12|Mrd. Euro\
        |$2.5bn|.|,|;|:|\"|„|“|(|)|-|–|\n|\n\n|'s|’s|will|nicht|not|between|zwischen|von|of\
        |Ukraine|Ukrainian|ukrainische|Drohnen|Seite 1|dpa|\u{ad}|\u{200b}|İstanbul|ﬁ|e\u{301}\
        |\u{1F600}|ẞ|Str.|z. B.|U.S.|The|In|Am";
    let words: Vec<&str> = words.split('|').collect();
    vec((select(words), any::<bool>()), 0..80).prop_map(|parts| {
        let parts = parts.into_iter();
        parts
            .map(|(word, blank)| {
                if blank {
                    format!("{word} ")
                } else {
                    word.to_owned()
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_files_break_no_promise(
        sample in any::<Index>(),
        sniffed in any::<bool>(),
        changes in vec(change(), 0..6),
    ) {
        let samples = samples();
        let (name, bytes) = &samples[sample.index(samples.len())];
        let mut bytes = bytes.clone();
        spoil(&mut bytes, &changes);
        let ending = name.rsplit('.').next().unwrap();
        let format = INPUTS.iter().find(|input| input.endings.contains(&ending));
        for document in promise::reading(format.filter(|_| !sniffed), &bytes) {
            promise::extracting(&document);
        }
    }

    #[test]
    fn odd_texts_break_no_promise(text in text()) {
        for document in promise::reading(input("txt"), text.as_bytes()) {
            promise::extracting(&document);
        }
    }

}

proptest! {
    // Each writes three stores.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stores_are_as_if_made_of_what_is_left(bytes in vec(any::<u8>(), 0..60)) {
        let folder = tempfile::tempdir().unwrap();
        promise::storing(folder.path(), &bytes);
    }

    #[test]
    fn spoilt_stores_are_an_error_and_no_panic(bytes in vec(any::<u8>(), 0..40)) {
        let folder = tempfile::tempdir().unwrap();
        promise::opening(folder.path(), &bytes);
    }
}

/// Inputs of `tests/cases/found`, named `<target>-<what>`: each once broke a promise.
#[test]
fn what_was_found_once_holds_now() {
    let folder = tempfile::tempdir().unwrap();
    let found = std::fs::read_dir(root().join("tests/cases/found")).unwrap();
    let mut count = 0;
    for entry in found {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        match name.split('-').next() {
            Some("read") => {
                let (format, bytes) = bytes.split_first().unwrap();
                promise::reading(promise::format_of(*format), bytes);
            }
            Some("extract") => {
                promise::extracting(&entente::read::from_text(
                    "a",
                    &String::from_utf8_lossy(&bytes),
                ));
            }
            Some("store") => promise::storing(folder.path(), &bytes),
            Some("open") => promise::opening(folder.path(), &bytes),
            _ => panic!("{name}: no target"),
        }
        count += 1;
    }
    assert!(count > 0);
}

#[test]
#[ignore = "writes files for fuzz/run into ENTENTE_CORPUS"]
fn corpus_for_the_fuzzer() {
    let Some(folder) = std::env::var_os("ENTENTE_CORPUS").map(std::path::PathBuf::from) else {
        return;
    };
    for (at, (name, bytes)) in samples().into_iter().enumerate() {
        let ending = name.rsplit('.').next().unwrap();
        let format = INPUTS
            .iter()
            .position(|input| input.endings.contains(&ending));
        let format = u8::try_from(format.unwrap_or(INPUTS.len())).unwrap();
        std::fs::write(
            folder.join(format!("made-{at}")),
            [vec![format], bytes].concat(),
        )
        .unwrap();
    }
}
