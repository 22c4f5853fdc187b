//! Answers over small graphs, and the same questions asked at the command line.

use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use entente::mention::EntityId;
use entente::query::{self, Direction, Filter, Who};
use entente::statement::{Extraction, Status};
use serde_json::{Value, json};

use crate::command::{built, run, told};

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::builtin().unwrap_or_else(|problems| panic!("{} problems", problems.len()))
}

/// A claim in short: kind, subjects, objects, status, earliest, latest, precision.
type Claim<'a> = (
    &'a str,
    &'a [&'a str],
    &'a [&'a str],
    &'a str,
    &'a str,
    &'a str,
    &'a str,
);

fn graph(documents: &[(&str, &str, &[Claim<'_>])]) -> Graph {
    let extractions = documents
        .iter()
        .map(|(id, date, claims)| extraction(id, date, claims));
    Graph::from_extractions(extractions, gazetteer().schema())
}

fn extraction(id: &str, date: &str, claims: &[Claim<'_>]) -> Extraction {
    let statements: Vec<Value> = claims
        .iter()
        .enumerate()
        .map(|(at, (kind, subjects, objects, status, earliest, latest, precision))| {
            json!({
                "id": format!("{id}-{at}"), "kind": kind, "subjects": subjects, "objects": objects, "about": [],
                "status": status, "confidence": 0.9,
                "date": {"earliest": earliest, "latest": latest, "precision": precision, "basis": "text"},
                "evidence": {"sentence": "...", "start": 0, "end": 3, "trigger": null, "rule": "x", "block": "body"},
            })
        })
        .collect();
    let names = claims.iter().flat_map(|c| c.1.iter().chain(c.2));
    let mut entities: Vec<Value> = Vec::new();
    for name in names {
        let kind = name.split(':').next().unwrap();
        let label = name.split(':').nth(1).unwrap().trim_start_matches('~');
        let label = gazetteer()
            .lookup(name)
            .map_or(label, |ix| &gazetteer().entity(ix).label);
        let entity = json!({"id": name, "kind": kind, "name": label, "known": !name.contains('~'), "mentions": []});
        if !entities.contains(&entity) {
            entities.push(entity);
        }
    }
    let document =
        json!({"id": id, "source": id, "title": "", "date": date, "language": "en", "hash": id});
    serde_json::from_value(
        json!({"document": document, "entities": entities, "statements": statements}),
    )
    .unwrap()
}

const DEU: &str = "country:DEU";
const NOR: &str = "country:NOR";
const CAN: &str = "country:CAN";
const RUS: &str = "country:RUS";
const PLAN: &str = "programme:~harbour-plan";

fn sample() -> Graph {
    graph(&[
        (
            "a.txt",
            "2024-07-10",
            &[
                (
                    "training",
                    &[DEU, NOR, CAN],
                    &[],
                    "active",
                    "2024-01-01",
                    "2024-12-31",
                    "year",
                ),
                (
                    "participates",
                    &[DEU, NOR],
                    &[PLAN],
                    "active",
                    "2024-01-01",
                    "2024-12-31",
                    "year",
                ),
                (
                    "conflict",
                    &[RUS],
                    &[DEU],
                    "active",
                    "2024-07-10",
                    "2024-07-10",
                    "day",
                ),
            ],
        ),
        (
            "b.txt",
            "2026-05-02",
            &[
                (
                    "agreement",
                    &[DEU, NOR],
                    &[],
                    "planned",
                    "2026-05-02",
                    "2026-05-02",
                    "day",
                ),
                (
                    "participates",
                    &[CAN],
                    &[PLAN],
                    "active",
                    "2025-03-01",
                    "2025-03-31",
                    "month",
                ),
            ],
        ),
    ])
}

fn ask(graph: &Graph, id: &str, filter: &Filter) -> Who {
    query::who(graph, &EntityId::new(id), filter).unwrap()
}

fn rows(who: &Who) -> Vec<(&str, &str)> {
    who.partners
        .iter()
        .map(|row| (row.partner.id.as_str(), row.kind.as_str()))
        .collect()
}

#[test]
fn who_ranks_partners_and_hides_hostile_ties() {
    let graph = sample();
    let who = ask(&graph, DEU, &Filter::default());
    assert_eq!(
        rows(&who),
        [(NOR, "agreement"), (NOR, "training"), (CAN, "training")]
    );
    assert_eq!(who.hostile_hidden, 1);
    let all = ask(
        &graph,
        DEU,
        &Filter {
            hostile: true,
            ..Filter::default()
        },
    );
    assert_eq!(rows(&all).last(), Some(&(RUS, "conflict")));
    assert_eq!(all.partners.last().unwrap().direction, Direction::From);
}

#[test]
fn who_filters() {
    let graph = sample();
    let since = Filter {
        since: Some(jiff::civil::date(2025, 1, 1)),
        ..Filter::default()
    };
    assert_eq!(rows(&ask(&graph, DEU, &since)), [(NOR, "agreement")]);
    let until = Filter {
        until: Some(jiff::civil::date(2025, 1, 1)),
        ..Filter::default()
    };
    assert_eq!(
        rows(&ask(&graph, NOR, &until)),
        [(CAN, "training"), (DEU, "training")]
    );
    let status = Filter {
        statuses: vec![Status::Planned],
        ..Filter::default()
    };
    assert_eq!(rows(&ask(&graph, DEU, &status)), [(NOR, "agreement")]);
    let with = Filter {
        with: Some(EntityId::new(CAN)),
        ..Filter::default()
    };
    assert_eq!(rows(&ask(&graph, DEU, &with)), [(CAN, "training")]);
    let kinds = Filter {
        kinds: vec!["training".into()],
        ..Filter::default()
    };
    assert_eq!(
        rows(&ask(&graph, DEU, &kinds)),
        [(CAN, "training"), (NOR, "training")]
    );
}

#[test]
fn who_lists_members_by_the_year_they_joined() {
    let who = ask(&sample(), PLAN, &Filter::default());
    assert!(who.partners.is_empty());
    let members: Vec<(&str, String)> = who.facts[0]
        .rows
        .iter()
        .map(|row| (row.partner.id.as_str(), row.since.unwrap().to_string()))
        .collect();
    assert_eq!(
        members,
        [
            (DEU, "2024".into()),
            (NOR, "2024".into()),
            (CAN, "2025-03".into())
        ]
    );
}

#[test]
fn why_opens_every_claim() {
    let graph = sample();
    let ask = |a: &str, b: &str, filter: Filter| {
        let (a, b) = (EntityId::new(a), EntityId::new(b));
        query::why(&graph, gazetteer(), &a, &b, &filter).unwrap()
    };
    let why = |a: &str, b: &str, kinds: &[String]| {
        let kinds = kinds.to_vec();
        ask(
            a,
            b,
            Filter {
                kinds,
                ..Filter::default()
            },
        )
    };
    let both = why(NOR, DEU, &[]);
    let kinds: Vec<&str> = both.edges.iter().map(|edge| edge.kind.as_str()).collect();
    assert_eq!(kinds, ["agreement", "training"]);
    assert!(both.edges.iter().all(|edge| edge.passages.len() == 1));
    assert_eq!(why(DEU, RUS, &[]).edges[0].direction, Direction::From);
    assert!(why(DEU, NOR, &["aid".into()]).edges.is_empty());
}

#[test]
fn names_of_any_language_are_found() {
    let graph = sample();
    for name in [
        "Germany",
        "deutschland",
        "Deutschlands",
        "Allemagne",
        "country:DEU",
    ] {
        let found = query::find(name, &graph, gazetteer()).unwrap();
        assert_eq!(found.id.as_str(), DEU, "{name}");
        assert!(found.in_graph);
    }
    assert_eq!(
        query::find("Harbour-Plan", &graph, gazetteer())
            .unwrap()
            .id
            .as_str(),
        PLAN
    );
    assert!(
        !query::find("Portugal", &graph, gazetteer())
            .unwrap()
            .in_graph
    );
    let error = query::find("harbor-plan", &graph, gazetteer()).unwrap_err();
    assert!(error.hint().contains("`harbour-plan`"), "{}", error.hint());
}

#[test]
fn names_at_the_command_line() {
    insta::assert_snapshot!("misspelt", told(built(), &["who", "Germny"]));
    insta::assert_snapshot!("not_in_the_store", told(built(), &["who", "Vanuatu"]));
    insta::assert_snapshot!("no_tie", told(built(), &["why", "Vanuatu", "Germany"]));
    let german = run(built(), &["who", "Deutschland"]);
    let english = run(built(), &["who", "Germany"]);
    assert!(german.status.success());
    assert!(german.stdout == english.stdout, "one entity, one answer");
}

#[test]
fn formats_carry_the_same_rows() {
    let json = run(
        built(),
        &["who", "Germany", "--hostile", "--format", "json"],
    )
    .stdout;
    let json: Value = serde_json::from_slice(&json).unwrap();
    let facts = json["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["rows"].as_array().unwrap().len());
    let expected = json["partners"].as_array().unwrap().len() + facts.sum::<usize>();
    assert!(expected > 0);
    let csv = run(built(), &["who", "Germany", "--hostile", "--format", "csv"]).stdout;
    let rows = csv::Reader::from_reader(csv.as_slice())
        .records()
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    assert_eq!(rows.len(), expected);
}
