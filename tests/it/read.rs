//! Reading: rows of pages with what must be found on them, and what holds for any input.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use entente::document::{BlockKind, Document};
use entente::read::{INPUTS, Options, ReadError, read, sources};
use proptest::prelude::*;

type Found = (Vec<Document>, Vec<ReadError>);

fn read_all(inputs: &[PathBuf]) -> Found {
    let (sources, mut errors) = sources(inputs, &Options::default());
    let mut documents = Vec::new();
    for source in &sources {
        read(source, &mut |found| match found {
            Ok(document) => documents.push(document),
            Err(error) => errors.push(error),
        });
    }
    (documents, errors)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Found {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_all(&[path])
}

fn page(text: &str) -> Document {
    let (mut documents, errors) = read_bytes("page.txt", text.as_bytes());
    assert_eq!(errors, []);
    documents.pop().unwrap()
}

/// One line a block: the first letter of its kind and its first words.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        let words: Vec<_> = document
            .slice(block.span)
            .split_whitespace()
            .take(4)
            .collect();
        let kind = match block.kind {
            BlockKind::Headline => 'H',
            BlockKind::Body => '.',
            BlockKind::Caption => 'C',
            BlockKind::Teaser => 'T',
            _ => '-',
        };
        writeln!(out, "{kind} {}", words.join(" ")).unwrap();
    }
    out
}

const BODY: &str = "Norwegen und Kanada haben am Montag eine Absichtserklärung unterzeichnet. Beide Länder wollen künftig gemeinsam U-Boote beschaffen und ihre Besatzungen zusammen ausbilden.";

#[test]
fn dates_of_pages() {
    let rows = [
        ("27.5.2026 - | Bundesministerium", Some("2026-05-27")),
        ("15.12.2025 - 14:00:00", Some("2025-12-15")),
        ("8. Juli 2026", Some("2026-07-08")),
        ("Saturday, August 15, 2009", Some("2009-08-15")),
        ("Aerospace & Defense | Dec 07, 2022", Some("2022-12-07")),
        ("2026-01-07", Some("2026-01-07")),
        ("von | 14.02.2026 | KI", Some("2026-02-14")),
        (" date 2026-02-09 09.02.2026 06:15:00", Some("2026-02-09")),
        (
            "By our staff | Canberra | 21 March 2024, 3.47pm | Save | Share",
            Some("2024-03-21"),
        ),
        (
            "Submitted by AK on Fri, 12/08/2023 - 13:44",
            Some("2023-12-08"),
        ),
        ("Published: 15/06/2022 12:25", Some("2022-06-15")),
        ("3003 Bern, 12. Mai 2004", Some("2004-05-12")),
        ("Stand: 1. Jänner 2026", Some("2026-01-01")),
        ("Dezember 2022 | Ausland", None),
        ("31.02.2026", None),
        ("— Ministerium (@ministerium) February 15, 2024", None),
        ("Der Vertrag stammt vom 3. Mai 2019.", None),
    ];
    for (line, date) in rows {
        let text = format!("Zwei Länder bauen zusammen Boote\n\n{line}\n\n{BODY}\n");
        let found = page(&text).date.map(|date| date.to_string());
        assert_eq!(
            found.as_deref(),
            date,
            "date of a page with the line `{line}`"
        );
    }
}

#[test]
fn dates_that_open_the_text() {
    let rows = [
        ("OSLO, 5. Januar 2023. ", Some("2023-01-05")),
        ("Kiel (dpa), 3. Mai 2024 - ", Some("2024-05-03")),
        ("15. Dezember 2019", Some("2019-12-15")),
        ("Am 5. Januar 2023 war es kalt. ", None),
        ("Berlin, Ende September 2023. ", None),
    ];
    for (opening, date) in rows {
        let text = format!("Zwei Länder bauen zusammen Boote\n\n{opening}{BODY}\n");
        let found = page(&text).date.map(|date| date.to_string());
        assert_eq!(
            found.as_deref(),
            date,
            "date of a text that opens with `{opening}`"
        );
    }
}

#[test]
fn a_slash_date_is_left_out_unless_the_language_tells() {
    let german = page(&format!("Boote\n\n03/04/2025\n\n{BODY}\n"));
    assert_eq!(german.date, Some(jiff::civil::date(2025, 4, 3)));
    let english = page(
        "Boats for the north\n\n03/04/2025\n\nThe two of them have signed a paper on boats. It is one of the many that they have had since the war.\n",
    );
    assert_eq!((english.language.as_str(), english.date), ("en", None));
}

#[test]
fn blocks_of_pages() {
    let rows = [
        (
            format!(
                "Politik | Wirtschaft | Sport\n\nUkraine, Militär\n\nBerlin und Oslo rücken zusammen\n\n15.12.2025 - 14:00:00\n\n{BODY}\n\nWas geplant ist\n\n{BODY}\n\nFoto: Marine\n\nHol dir den Newsletter. Jetzt anmelden.\n\nWeitere Meldungen\n\nNato: Neue Zahlen. Wer mehr zahlt. (Ausland, 11.02.2026 - 15:36) weiterlesen...\n\nMoskau meldet Festnahmen. (Ausland) weiterlesen...\n"
            ),
            "- Politik\n- Wirtschaft\n- Sport\n- Ukraine, Militär\nH Berlin und Oslo rücken\n- 15.12.2025 - 14:00:00\n. Norwegen und Kanada haben\nH Was geplant ist\n. Norwegen und Kanada haben\nC Foto: Marine\n- Hol dir den Newsletter.\n- Weitere Meldungen\nT Nato: Neue Zahlen. Wer\nT Moskau meldet Festnahmen. (Ausland)\n",
        ),
        (
            format!(
                "Berlin und Oslo rücken zusammen\n\n{BODY}\n\nLesen Sie auch: Polen wählt | Spanien: Spargel teurer\nWerbung: Teppiche aus Iran\n\nvon Petra Muster\n\n<https://example.org/a>\n"
            ),
            "H Berlin und Oslo rücken\n. Norwegen und Kanada haben\nT Lesen Sie auch: Polen\nT Spanien: Spargel teurer\n- Werbung: Teppiche aus Iran\n- von Petra Muster\n- <https://example.org/a>\n",
        ),
        (
            format!(
                "Berlin und Oslo rücken zusammen\n\n{BODY}\n\nGriechenland: Beamte streiken ++ Island: Asche legt Flüge lahm ++ Spanien: Spargel teurer\n"
            ),
            "H Berlin und Oslo rücken\n. Norwegen und Kanada haben\nT Griechenland: Beamte streiken\nT Island: Asche legt Flüge\nT Spanien: Spargel teurer\n",
        ),
        (
            format!(
                "Liveticker Sahel am Dienstag\n\n+++ 14:05 +++ {BODY}\n\n+++ 13:20 +++ {BODY}\n"
            ),
            "H Liveticker Sahel am Dienstag\n. +++ 14:05 +++ Norwegen\n. +++ 13:20 +++ Norwegen\n",
        ),
    ];
    for (text, blocks) in rows {
        assert_eq!(outline(&page(&text)), blocks, "blocks of:\n{text}");
    }
}

#[test]
fn broken_lines_are_rejoined_only_inside_a_sentence() {
    let long = "In der Hauptstadt kündigen wir heute gemeinsame Beschaffungen im Wert";
    let rows = [
        (
            format!("{long}\n\nvon mehr als vier Milliarden Dollar an, so die Gruppe."),
            format!("{long} von mehr als vier Milliarden Dollar an, so die Gruppe."),
        ),
        (
            format!("{long} einer Cloud-\n\nInfrastruktur für alle."),
            format!("{long} einer Cloud-Infrastruktur für alle."),
        ),
        (
            format!("{long} der Verteidi-\ngung beider Länder."),
            format!("{long} der Verteidigung\nbeider Länder."),
        ),
        (
            format!("{long} der Luft-\nund Seestreitkräfte."),
            format!("{long} der Luft- und Seestreitkräfte."),
        ),
        (
            format!("{long} für deutsch-\nnorwegische Boote."),
            format!("{long} für deutsch-norwegische\nBoote."),
        ),
        (
            format!("{long}\n\nvon | 14.02.2026 | KI"),
            format!("{long}\n\nvon | 14.02.2026 | KI"),
        ),
        (
            format!("{long}.\n\nvon Petra Muster"),
            format!("{long}.\n\nvon Petra Muster"),
        ),
        (
            format!("{long}\nvon vier Milliarden."),
            format!("{long}\nvon vier Milliarden."),
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(page(&text).text, expected);
    }
}

#[test]
fn text_has_one_normal_form() {
    let text = "\u{FEFF}Mu\u{308}nchen\r\nP\u{A0}8A\rVertei\u{AD}digung\u{C}Ende";
    assert_eq!(page(text).text, "München\nP 8A\nVerteidigung\nEnde");
}

#[test]
fn encodings() {
    let text = "Über Münchens Bündnis für Kühe";
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for bytes in [text.as_bytes(), &utf16, &latin] {
        let (documents, errors) = read_bytes("a.txt", bytes);
        assert_eq!(errors, []);
        assert_eq!(documents[0].text, text);
    }
}

#[test]
fn languages() {
    let rows = [
        (BODY, "de"),
        ("The two have signed a paper on boats for the north.", "en"),
        ("12345", "en"),
    ];
    for (text, language) in rows {
        assert_eq!(page(text).language, language, "language of `{text}`");
    }
}

#[test]
fn what_cannot_be_read_says_so() {
    let rows: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"", "expected text, but found an empty file"),
        ("a.txt", b" \n \n", "expected text, but found an empty file"),
        (
            "a.txt",
            b"ab\0\x01\x02cd",
            "expected text, but found binary data",
        ),
        (
            "a.txt",
            b"\x81\x8d\xff\xfe\xfa",
            "expected text in UTF-8 or UTF-16, but found UTF-8 up to byte 0, then other bytes",
        ),
        (
            "a.jsonl",
            b"\n",
            "expected JSON Lines, but found an empty file",
        ),
    ];
    for (name, bytes, message) in rows {
        let (documents, errors) = read_bytes(name, bytes);
        assert!(
            documents.is_empty(),
            "{name} with {bytes:?} gave a document"
        );
        assert_eq!(errors.len(), 1, "{name} with {bytes:?}");
        assert!(errors[0].to_string().ends_with(message), "{}", errors[0]);
        assert!(!errors[0].hint.is_empty(), "no hint for {message}");
    }
    let (_, errors) = read_all(&[PathBuf::from("no/such/file.txt")]);
    assert_eq!(
        errors[0].to_string(),
        "failed to read `no/such/file.txt`: expected a file or a folder, but found nothing there"
    );
}

#[test]
fn a_bad_line_of_json_is_one_error_and_the_rest_goes_on() {
    let lines = "{\"id\":\"a\",\"text\":\"Norway\",\"title\":\"T\",\"date\":\"2026-01-07T10:00:00Z\",\"language\":\"de-DE\",\"source\":\"x.org\"}\nnot json\n\n{\"text\":\"\"}\n{\"text\":\"Canada\",\"date\":\"gestern\"}\n{\"text\":\"Canada\",\"extra\":1}\n";
    let (documents, errors) = read_bytes("lines.jsonl", lines.as_bytes());
    let ids: Vec<_> = documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["a", "lines.jsonl:6"]);
    let first = &documents[0];
    assert_eq!(
        (
            first.title.as_str(),
            first.language.as_str(),
            first.source.as_str()
        ),
        ("T", "de", "x.org")
    );
    assert_eq!(first.date, Some(jiff::civil::date(2026, 1, 7)));
    let places: Vec<_> = errors
        .iter()
        .filter_map(|e| e.place.rsplit_once(':'))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(places, ["2", "4", "5"]);
}

#[test]
fn markdown_keeps_the_words_and_loses_the_marks() {
    let text = format!(
        "---\ntitle: \"Zwei Länder\"\ndate: 2026-07-08\n---\n# Boote für **beide**\n\n{BODY}\n\n![Ein Boot](boot.png)\n\n## Ausblick\n\nMehr beim [Ministerium](https://example.org) in *Oslo*, wo am Dienstag auch der dänische Minister erwartet wird.\n"
    );
    let (documents, errors) = read_bytes("a.md", text.as_bytes());
    assert_eq!(errors, []);
    let document = &documents[0];
    assert_eq!(document.title, "Zwei Länder");
    assert_eq!(document.date, Some(jiff::civil::date(2026, 7, 8)));
    assert_eq!(
        outline(document),
        "H Boote für beide\n. Norwegen und Kanada haben\nC Ein Boot\nH Ausblick\n. Mehr beim Ministerium in\n"
    );
}

#[test]
fn a_folder_is_read_in_order_without_hidden_files() {
    let dir = tempfile::tempdir().unwrap();
    let names = [
        "b.txt",
        "a.md",
        "sub/b.txt",
        ".hidden.txt",
        ".git/c.txt",
        "README.md",
        "data.csv",
    ];
    for name in names {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "Norway and Canada").unwrap();
    }
    let folder = dir.path().to_owned();
    let once = read_all(std::slice::from_ref(&folder)).0;
    let places: Vec<_> = once
        .iter()
        .map(|d| {
            Path::new(&d.source)
                .strip_prefix(&folder)
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        places,
        [
            Path::new("a.md"),
            Path::new("b.txt"),
            Path::new("sub/b.txt")
        ]
    );
    assert_eq!(once[0].id, "a.md");
    assert_eq!(
        once[1].id, once[1].source,
        "two files of one name are told apart by their paths"
    );
    let twice = read_all(&[folder.join("sub"), folder.clone(), folder.join("b.txt")]).0;
    assert_eq!(twice.len(), once.len());
    let (_, errors) = read_all(&[folder.join(".git")]);
    assert_eq!(errors, []);
}

#[test]
fn every_input_format_has_its_own_id_and_endings() {
    for (at, input) in INPUTS.iter().enumerate() {
        for other in &INPUTS[at + 1..] {
            assert_ne!(input.id, other.id);
            assert!(
                !input.endings.iter().any(|e| other.endings.contains(e)),
                "{} and {}",
                input.id,
                other.id
            );
        }
        assert!(Options::with_format(input.id).is_ok());
    }
    assert!(
        (INPUTS[INPUTS.len() - 1].sniff)(b"") != entente::read::Looks::Unlike,
        "the last format must take everything"
    );
    assert!(
        Options::with_format("doc")
            .unwrap_err()
            .hint
            .contains("txt")
    );
}

fn check(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "blocks overlap or are not sorted");
        assert!(!block.span.is_empty());
        assert!(
            document
                .text
                .get(block.span.start..block.span.end)
                .is_some(),
            "a span cuts a character"
        );
        let between = &document.text[end..block.span.start];
        assert!(
            !between.contains(char::is_alphanumeric),
            "`{between}` is in no block"
        );
        end = block.span.end;
    }
    assert!(!document.text[end..].contains(char::is_alphanumeric));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), ending in 0..4usize) {
        let name = ["a.txt", "a.md", "a.jsonl", "a.bin"][ending];
        read_bytes(name, &bytes).0.iter().for_each(check);
    }

    #[test]
    fn any_page_is_cut_into_sound_blocks(lines in proptest::collection::vec(line(), 1..30)) {
        read_bytes("a.txt", lines.join("\n").as_bytes()).0.iter().for_each(check);
        read_bytes("a.md", lines.join("\n\n").as_bytes()).0.iter().for_each(check);
    }
}

/// Lines as pages have them, and some that none should have.
fn line() -> impl Strategy<Value = String> {
    let known = [
        "",
        "Weitere Meldungen",
        "Home | News  |  Suche",
        "+++ A ++ B ++ C +++",
        "Foto: dpa – Nächste Woche: Mehr",
        "1. Überschrift?",
        "15.12.2025 - 14:00:00",
        BODY,
        "Ein Satz, der ziemlich lang ist und dann mitten im Wort ab-",
        "gebrochen wird. Ende",
        "# Titel",
        "![Bild](x)",
        "https://example.org",
        "a  b  c  d",
        "— – ‹ › « »",
    ];
    prop_oneof![3 => proptest::sample::select(known.to_vec()).prop_map(String::from), 1 => "\\PC{0,80}"]
}

#[test]
fn the_samples_are_read_as_their_gold_says() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let (documents, errors) = read_all(std::slice::from_ref(&seeds));
    assert_eq!(errors, []);
    assert_eq!(documents.len(), 8);
    for document in &documents {
        let name = format!("{}.json", document.id.trim_end_matches(".txt"));
        let gold = std::fs::read_to_string(seeds.join("gold").join(&name)).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        assert_eq!(gold["text"], document.text, "text of {name}");
        assert_eq!(gold["title"], document.title, "title of {name}");
        assert_eq!(gold["lang"], document.language, "language of {name}");
        let date = document.date.map(|date| date.to_string());
        assert_eq!(gold["date"].as_str(), date.as_deref(), "date of {name}");
        assert!(
            document.blocks.iter().any(|b| b.kind == BlockKind::Teaser),
            "{name} ends in teasers"
        );
    }
}
