//! The graph of extractions.

use entente::export::{FORMATS, Options};
use entente::graph::{Graph, NodeIx};
use entente::mention::EntityId;
use entente::statement::{Extraction, Status};
use proptest::prelude::*;

use crate::graph_sample::{self, Said, any_extractions, extraction, legend};

/// A graph of statements of one day each: publication, kind, subjects, objects, status, since.
fn graph(statements: &[[&str; 6]]) -> Graph {
    let read = |(ix, [published, kind, subjects, objects, status, since]): (usize, &[&str; 6])| {
        let document = format!("d{ix}");
        let said = Said {
            document: &document,
            kind,
            subjects,
            objects,
            about: "-",
            status,
            since,
        };
        extraction(&document, published.parse().unwrap(), vec![said.read(0)])
    };
    Graph::from_extractions(statements.iter().enumerate().map(read), legend())
}

fn node(graph: &Graph, id: &str) -> NodeIx {
    graph.find(&EntityId::new(id)).unwrap()
}

fn ids(graph: &Graph) -> Vec<&str> {
    graph.edges().iter().map(|edge| edge.id.as_str()).collect()
}

#[test]
fn statements_project_to_pairs() {
    for (kind, subjects, objects, expected) in [
        (
            "agreement",
            "NOR,DEU",
            "-",
            vec!["country:DEU/agreement/country:NOR"],
        ),
        (
            "agreement",
            "DEU,NOR,CAN",
            "-",
            vec![
                "country:CAN/agreement/country:DEU",
                "country:CAN/agreement/country:NOR",
                "country:DEU/agreement/country:NOR",
            ],
        ),
        (
            "agreement",
            "NOR,DEU",
            "CAN",
            vec![
                "country:CAN/agreement/country:DEU",
                "country:CAN/agreement/country:NOR",
            ],
        ),
        (
            "aid",
            "NOR,DEU",
            "CAN",
            vec!["country:DEU/aid/country:CAN", "country:NOR/aid/country:CAN"],
        ),
        ("aid", "NOR,DEU", "-", vec![]),
        ("agreement", "DEU", "-", vec![]),
        ("agreement", "DEU,DEU", "-", vec![]),
        (
            "conflict",
            "DEU,NOR",
            "DEU",
            vec!["country:NOR/conflict/country:DEU"],
        ),
    ] {
        let graph = graph(&[["2026-01-01", kind, subjects, objects, "active", "2025"]]);
        assert_eq!(ids(&graph), expected, "{kind} {subjects} {objects}");
    }
}

#[test]
fn status_is_that_of_the_latest_claim() {
    for (claims, expected) in [
        ("01 active 2025, 02 planned 2025", Status::Planned),
        ("01 planned 2025, 01 active 2025", Status::Active),
        ("01 active 2020, 01 ended 2025", Status::Ended),
        ("01 active 2020, 01 planned 2029", Status::Active),
        ("01 rejected 2025, 01 agreed 2025", Status::Agreed),
        ("01 active 2020, 02 ended 2025", Status::Ended),
    ] {
        let read = |claim: &'static str| {
            let words: Vec<&str> = claim.split(' ').collect();
            let month = if words[0] == "01" {
                "2026-01-31"
            } else {
                "2026-02-28"
            };
            [month, "procurement", "DEU,NOR", "-", words[1], words[2]]
        };
        let said: Vec<_> = claims.split(", ").map(read).collect();
        let found = graph(&said).edges()[0].summary.status;
        assert_eq!(found, expected, "{claims}");
    }
}

#[test]
fn edge_sums_up_its_claims() {
    let graph = graph(&[
        [
            "2026-02-01",
            "procurement",
            "DEU,NOR",
            "-",
            "active",
            "2021",
        ],
        [
            "2026-01-01",
            "procurement",
            "NOR,DEU",
            "-",
            "planned",
            "2019",
        ],
    ]);
    let edge = &graph.edges()[0];
    let summary = &edge.summary;
    assert_eq!(
        (summary.statements, summary.documents, summary.sources),
        (2, 2, 2)
    );
    assert_eq!(
        summary.since.unwrap().to_string(),
        "2021-01-01",
        "a plan is no beginning"
    );
    assert_eq!(summary.first_seen.unwrap().to_string(), "2026-01-01");
    assert_eq!(summary.last_seen.unwrap().to_string(), "2026-02-01");
    let told: Vec<_> = edge
        .claims
        .iter()
        .map(|ix| graph.claim(*ix).statement.status)
        .collect();
    assert_eq!(
        told,
        [Status::Planned, Status::Active],
        "in the order in which they were told"
    );
}

#[test]
fn ties_rank_by_sources_kinds_and_status() {
    let graph = graph_sample::graph();
    let label = |ix| graph.node(ix).label.as_str();
    let strongest: Vec<_> = graph
        .ties()
        .iter()
        .take(3)
        .map(|t| (label(t.a), label(t.b)))
        .collect();
    assert_eq!(strongest[0], ("Germany", "Ukraine"));
    assert_eq!(strongest[1], ("Germany", "Norway"));
    let enemies = graph
        .tie(node(&graph, "country:RUS"), node(&graph, "country:UKR"))
        .unwrap();
    assert!(enemies.hostile && !enemies.cooperative);
    assert!(enemies.strength.abs() < f64::EPSILON);
    assert!(
        graph
            .ties()
            .windows(2)
            .all(|pair| pair[0].strength >= pair[1].strength)
    );
}

#[test]
fn nodes_count_documents_and_mentions() {
    let graph = graph_sample::graph();
    let norway = graph.node(node(&graph, "country:NOR"));
    assert_eq!(
        (norway.documents, norway.mentions, norway.known),
        (3, 3, true)
    );
    let lind = graph.node(node(&graph, "person:~ada-lind"));
    assert_eq!((lind.label.as_str(), lind.known), ("Ada Lind", false));
}

#[test]
fn components_and_degree_follow_the_edges() {
    let graph = graph(&[
        ["2026-01-01", "agreement", "DEU,NOR", "-", "active", "2025"],
        ["2026-01-01", "aid", "DEU", "NOR", "active", "2025"],
        ["2026-01-01", "aid", "FRA", "ITA", "active", "2025"],
        ["2026-01-01", "aid", "ESP", "FRA", "active", "2025"],
        ["2026-01-01", "agreement", "POL", "-", "active", "2025"],
    ]);
    let parts: Vec<usize> = graph.components().iter().map(Vec::len).collect();
    assert_eq!(parts, [3, 2, 1]);
    assert_eq!(graph.degree(node(&graph, "country:DEU")), 1);
    assert_eq!(
        graph
            .between(node(&graph, "country:NOR"), node(&graph, "country:DEU"))
            .len(),
        2
    );
    assert_eq!(graph.edges_of(node(&graph, "country:FRA")).len(), 2);
}

#[test]
fn filter_keeps_what_the_claims_support() {
    let graph = graph_sample::graph();
    let navy = graph.filtered(|_, document| document.id.starts_with("navy"));
    assert_eq!(navy.documents().len(), graph.documents().len());
    assert!(navy.find(&EntityId::new("country:UKR")).is_none());
    assert_eq!(navy.claims().len(), 10);
    let same = graph.filtered(|_, _| true);
    assert_eq!(same.edges(), graph.edges());
}

#[test]
fn one_publisher_is_one_source() {
    let mut all = graph_sample::extractions();
    for extraction in &mut all {
        extraction.document.source = format!("https://www.example.org/{}", extraction.document.id);
    }
    let graph = Graph::from_extractions(all, legend());
    assert!(graph.edges().iter().all(|edge| edge.summary.sources == 1));
    assert!(graph.edges().iter().any(|edge| edge.summary.documents > 1));
}

fn files(extractions: impl IntoIterator<Item = Extraction>) -> Vec<Vec<u8>> {
    let graph = Graph::from_extractions(extractions, legend());
    let write = |format: &entente::export::Format| {
        let mut bytes = Vec::new();
        format
            .write(&graph, Options::default(), &mut bytes)
            .unwrap();
        bytes
    };
    FORMATS.iter().map(write).collect()
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        (some, shuffled) in any_extractions().prop_flat_map(|some| {
            let twice = some.iter().chain(&some).cloned().collect::<Vec<_>>();
            (Just(some), Just(twice).prop_shuffle())
        })
    ) {
        let mut shuffled = shuffled;
        for extraction in &mut shuffled {
            extraction.statements.reverse();
            extraction.entities.reverse();
        }
        prop_assert_eq!(files(some), files(shuffled));
    }

    #[test]
    fn reversing_a_symmetric_statement_changes_no_edge(some in any_extractions()) {
        // Of two readings of one document one is kept, by what is in them.
        let mut some = some;
        let mut seen = std::collections::BTreeSet::new();
        some.retain(|e| seen.insert(e.document.id.clone()));
        let mut reversed = some.clone();
        for statement in reversed.iter_mut().flat_map(|e| &mut e.statements) {
            if !legend().is_directed(&statement.kind) {
                statement.subjects.reverse();
                statement.objects.reverse();
            }
        }
        let (one, other) = (Graph::from_extractions(some, legend()), Graph::from_extractions(reversed, legend()));
        prop_assert_eq!(one.edges(), other.edges());
        prop_assert_eq!(one.ties(), other.ties());
    }

    #[test]
    fn every_edge_rests_on_claims_that_name_both_ends(some in any_extractions()) {
        let graph = Graph::from_extractions(some, legend());
        for edge in graph.edges() {
            prop_assert!(!edge.claims.is_empty());
            prop_assert_ne!(edge.subject, edge.object);
            for ix in &edge.claims {
                let said = &graph.claim(*ix).statement;
                prop_assert_eq!(&said.kind, &edge.kind);
                for end in [edge.subject, edge.object] {
                    let id = &graph.node(end).id;
                    prop_assert!(said.subjects.contains(id) || said.objects.contains(id));
                }
            }
        }
    }
}
