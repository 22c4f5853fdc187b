//! What people type when they err, and what they are told to try next.

use crate::command::{built, run};

/// Arguments, exit status, and words of the message; `|` stands between arguments.
const MISTAKES: &[(&str, i32, &[&str])] = &[
    ("who|", 2, &["expected a name", "entente who Germany"]),
    (
        "who|Germny",
        2,
        &["no entity is called `Germny`", "did you mean `Germany`"],
    ),
    (
        "who|Germany|--kind|agrement",
        2,
        &["did you mean `agreement`?", "the kinds are"],
    ),
    (
        "who|Germany|--domain|see",
        2,
        &["did you mean `sea`?", "the domains are"],
    ),
    (
        "who|Germany|--since|2027|--until|2026",
        2,
        &["is after `--until`", "change them over"],
    ),
    (
        "who|Germany|--since|2026-13",
        2,
        &["`2026-05-27`", "`2026-13`"],
    ),
    ("who|Germany|--min-confidence|2", 2, &["from 0 to 1"]),
    (
        "who|Germany|--format|xml",
        2,
        &["table, json, csv, markdown"],
    ),
    (
        "who|Germany|--source|nosuch",
        1,
        &["(nosuch): ask with fewer", "`entente sources`"],
    ),
    (
        "who|Germany|--with|Kenya",
        1,
        &[
            "no sentence ties Germany to Kenya",
            "entente path Germany Kenya",
        ],
    ),
    (
        "who|Germany|--since|2050|--format|csv",
        1,
        &["ask with fewer conditions"],
    ),
    ("who|Germany|--with|Vanuatu", 1, &["no document of"]),
    ("who|Vanuatu", 1, &["no document of", "`entente top` lists"]),
    (
        "who|Germany|--db|seeds",
        2,
        &["it is a folder", "--db out/entente.db"],
    ),
    (
        "who|Germany|--db|nosuch.db",
        2,
        &["does not exist", "entente build"],
    ),
    (
        "why|Germany|Germany",
        2,
        &["found Germany twice", "entente who Germany"],
    ),
    (
        "why|Germany|Kenya",
        1,
        &["no sentence ties", "entente path Germany Kenya"],
    ),
    ("path|Germany|Deutschland", 2, &["found Germany twice"]),
    (
        "path|Germany|Kenya|--min-sources|99",
        1,
        &["no way leads", "from 99 sources", "entente who Germany"],
    ),
    ("timeline|Germany|Germany", 2, &["found Germany twice"]),
    (
        "timeline|Germany|--until|1990",
        1,
        &["(until 1990-12-31): ask with fewer"],
    ),
    (
        "top|--kind|conflict|--since|2050",
        1,
        &["no tie is there", "fewer conditions"],
    ),
    (
        "top|--by|size",
        2,
        &["degree, strength, betweenness, community"],
    ),
    (
        "diff|nosuch.db|2026",
        2,
        &["a day or a store", "out/entente.db"],
    ),
    (
        "diff|2026-07-01|2026-07-01",
        0,
        &["nothing changed", "`entente stats`"],
    ),
    ("diff|2026|2025", 0, &["OLD is the later one"]),
    (
        "stats|--since|2050",
        1,
        &["no statement is there", "fewer conditions"],
    ),
    (
        "sources|--source|zzz",
        1,
        &["no source says so (zzz)", "`entente sources`"],
    ),
    (
        "export|-f|graphl",
        2,
        &["no format is called `graphl`", "graphml"],
    ),
    ("export|-f|graphml|--view|actor", 2, &["'actors'"]),
    (
        "export|-f|graphml|--since|2050",
        1,
        &["no tie is left: ask with fewer conditions"],
    ),
    (
        "report|--out|nosuch/page.html",
        2,
        &["the folder does not exist"],
    ),
    ("report|--out|.", 2, &["choose another name"]),
    (
        "gazetteer|find|zzzzzz",
        2,
        &["no name contains", "a part of a name"],
    ),
    (
        "serve|--db|nosuch.db",
        2,
        &["does not exist", "entente build"],
    ),
    (
        "man|whoo",
        2,
        &["no command is called `whoo`", "`entente help`"],
    ),
];

#[test]
fn a_mistake_says_what_to_try_next() {
    for (typed, status, told) in MISTAKES {
        let args: Vec<&str> = typed.split('|').collect();
        let output = run(built(), &args);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(*status), "{typed}: {error}");
        for words in *told {
            assert!(error.contains(words), "{typed}: no {words:?} in {error}");
        }
    }
}
