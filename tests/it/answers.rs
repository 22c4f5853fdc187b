//! The answers to `path`, `timeline`, `top`, `diff`, `stats` and `sources` over the made-up sample.

use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use entente::mention::EntityId;
use entente::query::{self, ChangeKind, Filter, Measure};
use entente::statement::Status;
use jiff::civil::{Date, date};

use crate::graph_sample;

fn id(short: &str) -> EntityId {
    if short.contains(':') {
        EntityId::new(short)
    } else {
        EntityId::new(&format!("country:{short}"))
    }
}

fn as_of(graph: &Graph, day: Date) -> Graph {
    let filter = Filter {
        as_of: Some(day),
        ..Filter::everything()
    };
    filter.claims(graph).into_owned()
}

#[test]
fn path_is_the_shortest_open_way() {
    let graph = graph_sample::graph();
    let way = |a: &str, b: &str, filter: &Filter| -> Vec<String> {
        let path = query::path(&graph, &id(a), &id(b), filter).unwrap();
        path.steps.iter().map(|s| s.to.name.clone()).collect()
    };
    let plain = Filter::default();
    assert_eq!(way("DEU", "NOR", &plain), ["Norway"]);
    assert_eq!(way("CAN", "FRA", &plain), ["Germany", "France"]);
    assert_eq!(
        way("RUS", "UKR", &plain),
        [""; 0],
        "hostile ties are no way"
    );
    assert_eq!(way("RUS", "UKR", &Filter::everything()), ["Ukraine"]);
    let kinds = Filter {
        kinds: vec!["participates".into()],
        ..Filter::default()
    };
    assert_eq!(
        way("CAN", "FRA", &kinds),
        ["Northern Seas Partnership", "Germany", "OCCAR", "France"].map(str::to_owned)
    );
    assert_eq!(way("DEU", "DEU", &plain), [""; 0]);
    assert!(query::path(&graph, &id("DEU"), &id("VUT"), &plain).is_none());
}

#[test]
fn path_names_common_partners() {
    let graph = graph_sample::graph();
    let path = query::path(&graph, &id("DEU"), &id("FRA"), &Filter::default()).unwrap();
    let common: Vec<&str> = path.common.iter().map(|n| n.name.as_str()).collect();
    assert!(
        common.contains(&"FCAS") && common.contains(&"Spain"),
        "{common:?}"
    );
    assert!(!common.contains(&"Russia"));
    let best = path.steps[0].ties[0].evidence.as_ref().unwrap();
    assert!(!best.sentence.is_empty());
}

#[test]
fn timeline_tells_steps_in_order() {
    let graph = graph_sample::graph();
    let filter = Filter::default();
    let told = query::timeline(&graph, &id("DEU"), Some(&id("CAN")), &filter).unwrap();
    let steps: Vec<(String, &str)> = told
        .events
        .iter()
        .map(|e| (e.date.unwrap().to_string(), e.step.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("2026".to_owned(), "plan"),
            ("2026-02-02".to_owned(), "talks")
        ]
    );
    let all = query::timeline(&graph, &id("DEU"), None, &filter).unwrap();
    assert!(all.events.len() > told.events.len());
    assert!(all.events.iter().any(|e| e.step == "delivery"));
    assert!(all.events.iter().all(|e| e.step != "hostile"));
    assert_eq!(all.horizon, Some(date(2026, 4, 5)));
    let dates: Vec<_> = all.events.iter().filter_map(|e| e.date).collect();
    assert!(dates.is_sorted());
}

#[test]
fn silence_is_told_from_the_latest_document() {
    let graph = graph_sample::graph();
    let told = query::timeline(&graph, &id("DEU"), None, &Filter::default()).unwrap();
    let silent: Vec<&str> = told
        .partners
        .iter()
        .filter(|p| p.silent_since.is_some())
        .map(|p| p.partner.name.as_str())
        .collect();
    assert_eq!(silent, ["Northern Seas Partnership"]);
    let early = Filter {
        until: Some(date(2023, 1, 1)),
        sources: vec!["navy-1".into()],
        ..Filter::default()
    };
    let told = query::timeline(&graph, &id("DEU"), Some(&id("NOR")), &early).unwrap();
    assert_eq!(told.partners[0].silent_since, Some(date(2025, 3, 2)));
}

#[test]
fn top_ranks_by_each_measure() {
    let graph = graph_sample::graph();
    for by in [Measure::Degree, Measure::Strength, Measure::Betweenness] {
        let top = query::top(&graph, &Filter::default(), by);
        assert_eq!(top.actors[0].entity.name, "Germany", "{by:?}");
        assert_eq!(top.actors[0].rank, 1);
        assert!(
            top.actors
                .iter()
                .all(|a| (0.0..=1.0).contains(&a.betweenness))
        );
        assert!(top.actors.is_sorted_by_key(|a| a.rank));
    }
    let top = query::top(&graph, &Filter::default(), Measure::Community);
    let members: usize = top.communities.iter().map(|c| c.members.len()).sum();
    assert_eq!(members, top.actors.len(), "everybody is in one group");
    assert!(top.communities.len() > 1);
    assert!(top.actors.is_sorted_by_key(|a| a.community));
    let russia = top.actors.iter().find(|a| a.entity.name == "Russia");
    assert!(russia.is_none(), "hostile ties count for nothing");
}

#[test]
fn top_needs_no_graph_without_hostile_edges() {
    let graph = graph_sample::graph();
    let friendly = Filter::default().graph(&graph).into_owned();
    assert!(friendly.edges().len() < graph.edges().len());
    for by in [Measure::Strength, Measure::Betweenness, Measure::Community] {
        let filter = Filter::default();
        let top = query::top(&graph, &filter, by);
        assert_eq!(top, query::top(&friendly, &filter, by));
    }
}

#[test]
fn diff_by_date_and_back() {
    let graph = graph_sample::graph();
    let (old, new) = (
        as_of(&graph, date(2026, 2, 28)),
        as_of(&graph, date(2026, 3, 31)),
    );
    let diff = query::diff(&old, &new, &Filter::default());
    let of = |kind: ChangeKind| diff.changes.iter().filter(|c| c.change == kind).count();
    assert!(of(ChangeKind::New) > 0);
    assert_eq!(of(ChangeKind::Gone), 0);
    assert_eq!(diff.documents, [4, 8]);
    let back = query::diff(&new, &old, &Filter::default());
    let gone = back.changes.iter().filter(|c| c.change == ChangeKind::Gone);
    assert_eq!(gone.count(), of(ChangeKind::New));
    assert_eq!(query::diff(&new, &new, &Filter::default()).changes, []);
}

#[test]
fn diff_tells_what_became_of_a_tie() {
    let said = |document: &'static str, day: Date, status: &'static str| {
        let said = graph_sample::Said {
            document,
            kind: "procurement",
            subjects: "country:DEU,country:NOR",
            objects: "-",
            about: "-",
            status,
            since: "2025",
        };
        graph_sample::extraction(document, day, vec![said.read(0)])
    };
    let graph = |rows: &[(&'static str, Date, &'static str)]| {
        let all = rows.iter().map(|(d, day, status)| said(d, *day, status));
        Graph::from_extractions(all, graph_sample::legend())
    };
    let first = ("a", date(2025, 1, 1), "planned");
    for (second, expected) in [
        (
            ("b", date(2025, 2, 1), "rejected"),
            ChangeKind::Contradicted,
        ),
        (("b", date(2025, 2, 1), "active"), ChangeKind::StatusMoved),
        (("b", date(2025, 2, 1), "planned"), ChangeKind::Strengthened),
    ] {
        let diff = query::diff(
            &graph(&[first]),
            &graph(&[first, second]),
            &Filter::default(),
        );
        let changes: Vec<_> = diff.changes.iter().map(|c| c.change).collect();
        assert_eq!(changes, [expected], "{second:?}");
    }
    let aid = graph_sample::Said {
        document: "z",
        kind: "training",
        subjects: "country:POL,country:LTU",
        objects: "-",
        about: "-",
        status: "active",
        since: "2025",
    };
    let later = graph_sample::extraction("z", date(2026, 1, 1), vec![aid.read(0)]);
    let all = [said("a", date(2025, 1, 1), "planned"), later];
    let new = Graph::from_extractions(all, graph_sample::legend());
    let diff = query::diff(&graph(&[first]), &new, &Filter::default());
    let changes: Vec<_> = diff.changes.iter().map(|c| c.change).collect();
    assert_eq!(changes, [ChangeKind::New, ChangeKind::GoneSilent]);
}

#[test]
fn stats_and_sources_add_up() {
    let graph = graph_sample::graph();
    let filter = Filter::everything();
    let stats = query::stats(&graph, &filter);
    assert_eq!(stats.documents, graph.documents().len());
    assert_eq!(stats.statements, graph.claims().len());
    assert_eq!(
        stats.statement_kinds.values().sum::<usize>(),
        stats.statements
    );
    assert_eq!(stats.statuses.values().sum::<usize>(), stats.statements);
    assert_eq!(stats.entity_kinds.values().sum::<usize>(), stats.entities);
    let sources = query::sources(&graph, &filter);
    let statements: usize = sources.sources.iter().map(|s| s.statements).sum();
    assert_eq!(statements, stats.statements);
    assert_eq!(sources.sources.len(), stats.sources);
    let alone: usize = sources.sources.iter().map(|s| s.alone).sum();
    let expected = graph.edges().iter().filter(|e| e.summary.sources == 1);
    assert_eq!(alone, expected.count());
}

#[test]
fn filters_of_claims_and_ties() {
    let graph = graph_sample::graph();
    let mut industry = Filter {
        domains: vec!["industry".into()],
        ..Filter::everything()
    };
    let gazetteer = Gazetteer::builtin().unwrap();
    industry.find_domains(&graph, gazetteer);
    let attested = Filter {
        min_sources: 2,
        ..Filter::everything()
    };
    let planned = Filter {
        statuses: vec![Status::Planned],
        ..Filter::everything()
    };
    let peaceful = Filter::default();
    let with = Filter {
        with: Some(id("NOR")),
        ..Filter::everything()
    };
    for (name, filter) in [
        ("domain", &industry),
        ("sources", &attested),
        ("status", &planned),
        ("hostile", &peaceful),
        ("with", &with),
    ] {
        let part = filter.graph(&graph);
        let edges = part.edges().len();
        assert!(edges > 0 && edges < graph.edges().len(), "{name}: {edges}");
        let shown = part.edges().iter().all(|edge| filter.shows(&part, edge));
        assert!(shown, "{name}");
        // What is kept says what it said before, unless claims were left out.
        for edge in part.edges().iter().filter(|_| name != "domain") {
            let whole = graph.edges().iter().find(|e| e.id == edge.id).unwrap();
            assert_eq!(whole.summary.statements, edge.summary.statements, "{name}");
            assert_eq!(whole.summary.status, edge.summary.status, "{name}");
        }
    }
    assert_eq!(
        Filter::everything().graph(&graph).edges().len(),
        graph.edges().len()
    );
}
