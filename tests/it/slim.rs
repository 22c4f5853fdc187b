//! The graph that a build makes, without the words of its claims, against the graph of all that was read.

use std::collections::BTreeMap;
use std::convert::Infallible;

use entente::export::{FORMATS, Options, Statements, passages, sentences};
use entente::graph::{ClaimIx, DocumentIx, Graph, SlimBuilder, SlimOrder};
use entente::packed::Packed;
use entente::statement::Extraction;
use proptest::prelude::*;
use rustc_hash::FxHashMap;

use crate::graph_sample::{any_extractions, extractions, legend};

/// A graph without words, its order, and the words of each document as they came.
fn slim(extractions: &[Extraction]) -> (Graph, SlimOrder, Vec<Vec<u8>>) {
    let mut builder = SlimBuilder::default();
    let mut words = Vec::new();
    for extraction in extractions {
        builder.add(extraction);
        words.push(passages(extraction));
    }
    let wanted = |order: &SlimOrder| -> Result<Vec<(ClaimIx, String)>, Infallible> {
        let mut found = Vec::new();
        each(order, |_, arrival, first, count| {
            let wanted = |ix| order.best.binary_search(&ix).is_ok();
            sentences(&words[arrival], first, count, wanted, &mut found).unwrap();
        });
        Ok(found)
    };
    let Ok((graph, order)) = builder.finish(&FxHashMap::default(), legend(), wanted);
    (graph, order, words)
}

/// Each document with the place at which it came, its first claim and how many it has.
fn each(order: &SlimOrder, mut take: impl FnMut(DocumentIx, usize, usize, usize)) {
    let mut first = 0;
    for (ix, (arrival, count)) in order.arrivals.iter().zip(&order.sizes).enumerate() {
        take(DocumentIx(ix), *arrival, first, *count);
        first += count;
    }
}

fn file(graph: &Graph, id: &str) -> String {
    let format = FORMATS.iter().find(|format| format.id == id).unwrap();
    let mut file = Vec::new();
    format.write(graph, Options::default(), &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

fn check(extractions: &[Extraction]) {
    let whole = Graph::from_extractions(extractions.to_vec(), legend());
    let (graph, order, words) = slim(extractions);
    assert_eq!(graph.nodes(), whole.nodes());
    assert_eq!(graph.edges(), whole.edges());
    assert_eq!(graph.ties(), whole.ties());
    assert!(graph.told().eq(whole.told()));
    for format in FORMATS.iter().filter(|format| format.build) {
        if format.id != "statements" {
            assert_eq!(
                file(&graph, format.id),
                file(&whole, format.id),
                "{}",
                format.id
            );
        }
    }
    let mut rows = Vec::new();
    let mut statements = Statements::new(&mut rows).unwrap();
    each(&order, |ix, arrival, first, count| {
        let written = statements.document(&graph, ix, first, count, &words[arrival]);
        written.unwrap();
    });
    assert_eq!(String::from_utf8(rows).unwrap(), file(&whole, "statements"));
}

#[test]
fn a_graph_without_words_is_the_same() {
    check(&extractions());
    check(&extractions().into_iter().rev().collect::<Vec<_>>());
    check(&[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_names(some in any_extractions()) {
        let each: BTreeMap<String, Extraction> =
            some.into_iter().map(|e| (e.document.id.clone(), e)).collect();
        let mut each: Vec<Extraction> = each.into_values().collect();
        each.reverse();
        check(&each);
        for extraction in &each {
            let json = serde_json::to_string(extraction).unwrap();
            let packed = Packed::of(extraction);
            prop_assert_eq!(packed.json(), json.as_str());
        }
    }
}
