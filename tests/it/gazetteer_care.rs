//! What keeps a vocabulary alive: decay is reported, unknown names are suggested as rows that load.

use std::fs;

use entente::gazetteer::{Gazetteer, check_dir};
use jiff::civil::{Date, date};

use crate::command::{root, run, told};
use crate::gazetteer::changed;

const ROLES: &str = "person,role,of,since,until,source\n";
const NAMES: &str = "name,entity,class,needs,since,until\n";

/// Files that change the sample, the day, and every message about decay.
type Aged = (
    &'static [(&'static str, &'static str)],
    Date,
    &'static [&'static str],
);

const DECAY: &[Aged] = &[
    (
        &[(
            "roles/sample.csv",
            "person:xaver-merz,defence_minister,country:DEU,2021-12-08,,sample\n",
        )],
        date(2022, 12, 8),
        &[],
    ),
    (
        &[(
            "roles/sample.csv",
            "person:xaver-merz,defence_minister,country:DEU,2021-12-08,,sample\n",
        )],
        date(2022, 12, 9),
        &["person:xaver-merz has been defence_minister of country:DEU since 2021-12-08"],
    ),
    (
        &[(
            "roles/sample.csv",
            "person:bo-larsson,defence_minister,country:DEU,2020,2021-06,sample\nperson:xaver-merz,defence_minister,country:DEU,2021,2022,sample\n",
        )],
        date(2026, 1, 1),
        &[],
    ),
    (
        &[(
            "roles/sample.csv",
            "person:bo-larsson,defence_minister,country:DEU,2020,2022-06,sample\nperson:xaver-merz,defence_minister,country:DEU,2021,2023,sample\n",
        )],
        date(2026, 1, 1),
        &[
            "person:bo-larsson and person:xaver-merz were defence_minister of country:DEU at one time",
        ],
    ),
    (
        &[(
            "roles/sample.csv",
            "person:bo-larsson,spokesperson,country:DEU,2020,2022-06,sample\nperson:xaver-merz,spokesperson,country:DEU,2021,2023,sample\n",
        )],
        date(2026, 1, 1),
        &[],
    ),
    (
        &[(
            "roles/sample.csv",
            "person:bo-larsson,other,organisation:nato,1947,1948,sample\n",
        )],
        date(2026, 1, 1),
        &["ends 1948, but organisation:nato began 1949-04-04"],
    ),
    (
        &[(
            "names/en/organisation.csv",
            "The Pact,organisation:nato,name,,,1949\nThe Old Pact,organisation:nato,name,,,1948-12\n",
        )],
        date(2023, 1, 1),
        &[
            "no date allows \"The Old Pact\": it ends 1948-12, but organisation:nato began 1949-04-04",
        ],
    ),
];

#[test]
fn decay_is_told_and_is_no_problem() {
    for (files, on, expected) in DECAY {
        let mut all = vec![("roles/sample.csv", String::from(ROLES))];
        for (path, rows) in *files {
            all.retain(|(p, _)| p != path);
            let head = if path.starts_with("roles") {
                ROLES
            } else {
                NAMES
            };
            all.push((*path, format!("{head}{rows}")));
        }
        let all: Vec<(&str, &str)> = all.iter().map(|(p, t)| (*p, t.as_str())).collect();
        let dir = changed(&all);
        let report = check_dir(dir.path(), *on);
        assert!(report.problems.is_empty(), "{}", report.problems);
        let messages: Vec<&str> = report.decay.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(messages, *expected, "{files:?} on {on}");
    }
}

#[test]
fn check_lists_decay_and_fails_only_if_strict() {
    let dir = tempfile::tempdir().unwrap();
    let own = dir.path().join("own");
    copy_sample(&own);
    for (name, args) in [
        (
            "check_decay",
            &[
                "gazetteer",
                "check",
                "own",
                "--decay",
                "--as-of",
                "2026-07-01",
            ][..],
        ),
        (
            "check_strict",
            &[
                "gazetteer",
                "check",
                "own",
                "--strict",
                "--as-of",
                "2026-07-01",
            ],
        ),
    ] {
        insta::assert_snapshot!(name, told(dir.path(), args));
    }
}

fn copy_sample(to: &std::path::Path) {
    crate::command::copy(&root().join("tests/fixtures/gazetteer"), to);
}

const NEWS: &str = "\
{\"id\":\"a\",\"source\":\"https://example.org/a\",\"date\":\"2026-03-02\",\"text\":\"Norwegian Defence Minister Odd Example visited the Example Procurement Administration (EPA) in Oslo. Example said the army liked the new Zebrafalke ZF-77 tank.\"}
{\"id\":\"b\",\"source\":\"https://www.example.org/b\",\"date\":\"2026-03-03\",\"text\":\"Defence Minister Odd Example of Norway met his colleague.\"}
{\"id\":\"c\",\"source\":\"https://example.com/c\",\"date\":\"2026-03-03\",\"text\":\"The minister, Odd Example, spoke.\\n\\nThe army bought ZF-77 tanks from Examplesson Shipyards AB.\"}
";

#[test]
fn what_texts_name_is_suggested() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("news.jsonl"), NEWS).unwrap();
    for (name, args) in [
        ("suggest_csv", &["gazetteer", "suggest", "news.jsonl"][..]),
        (
            "suggest_table",
            &[
                "gazetteer",
                "suggest",
                "news.jsonl",
                "--format",
                "table",
                "--min-documents",
                "2",
            ],
        ),
        (
            "suggest_json",
            &[
                "gazetteer",
                "suggest",
                "news.jsonl",
                "--format",
                "json",
                "--kind",
                "weapon",
            ],
        ),
        (
            "suggest_none",
            &["gazetteer", "suggest", "news.jsonl", "--kind", "event"],
        ),
        (
            "suggest_kind",
            &["gazetteer", "suggest", "news.jsonl", "--kind", "planet"],
        ),
    ] {
        insta::assert_snapshot!(name, told(dir.path(), args));
    }
}

/// The rows as printed, one file a header, make a folder that `--gazetteer` takes; then nothing is left to suggest.
#[test]
fn suggested_rows_can_be_pasted() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("news.jsonl"), NEWS).unwrap();
    let printed = run(dir.path(), &["gazetteer", "suggest", "news.jsonl"]).stdout;
    let printed = String::from_utf8(printed).unwrap();
    let mut path = None;
    for line in printed.lines() {
        let place = line
            .strip_prefix("# ")
            .filter(|p| !p.contains(' ') && p.contains('/'));
        if let Some(place) = place {
            let place = if place == "roles/" {
                "roles/own.csv"
            } else {
                place
            };
            path = Some(dir.path().join("own").join(place));
            continue;
        }
        let path = path.as_ref().unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let known = fs::read_to_string(path).unwrap_or_default();
        fs::write(path, format!("{known}{line}\n")).unwrap();
    }
    let own = dir.path().join("own");
    let gazetteer = Gazetteer::load(&[own]).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(gazetteer.lookup("person:odd-example").is_some());
    let again = run(
        dir.path(),
        &["gazetteer", "suggest", "news.jsonl", "--gazetteer", "own"],
    );
    assert_eq!(String::from_utf8(again.stdout).unwrap(), "");
    assert_eq!(again.status.code(), Some(1));
}

#[test]
fn forms_are_listed() {
    let output = run(root(), &["gazetteer", "forms", "--kind", "country,weapon"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && printed.starts_with("form,entity,kind,language,needs\n"));
    for row in [
        "kanadischen,country:CAN,country,de,",
        "Leopards,weapon:leopard-tank,weapon,mul,military",
        "Ottawa,country:CAN,country,de,government",
    ] {
        assert!(printed.lines().any(|line| line == row), "no row {row}");
    }
    assert!(!printed.contains(",person,"));
}
