//! `entente explain`: what it tells, and that it tells what `extract` does.

use std::fs;

use serde_json::Value;

use crate::command::{built, run, stdout, told};

const NOTE: &str = "Norway and Canada sign\n\nOslo, 8 July 2026\n\nNorway's minister and Canada signed a memorandum of understanding, officials said. \
    Norway will train Ukrainian soldiers against Russia.\n";

/// What depends on the weights of the model is masked: they change whenever it is trained.
fn masked(told: &str) -> String {
    let weights = regex::Regex::new(r"(?m)^( +(?:for|against) +)[+-].*$").unwrap();
    let told = weights.replace_all(told, "${1}WEIGHTS");
    let numbers = regex::Regex::new(r"\b\d\.\d\d\b").unwrap();
    numbers.replace_all(&told, "P").into_owned()
}

#[test]
fn a_note_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("note.txt"), NOTE).unwrap();
    let brief = told(dir.path(), &["explain", "note.txt"]);
    assert_eq!(
        brief,
        told(dir.path(), &["explain", "note.txt"]),
        "runs differ"
    );
    insta::assert_snapshot!("note", masked(&brief));
    insta::assert_snapshot!(
        "no_sentence",
        told(dir.path(), &["explain", "note.txt", "--sentence", "40"])
    );
    let match_report = "Norway beat Canada 3-1\n\nThe striker scored two goals in the final of the tournament. \
        Fans in the stadium sang. Norway and Canada meet again in the cup next season, the coach said.\n";
    fs::write(dir.path().join("match.txt"), match_report).unwrap();
    insta::assert_snapshot!(
        "civil",
        masked(&told(dir.path(), &["explain", "match.txt"]))
    );
}

fn explained() -> Vec<Value> {
    let output = run(built(), &["explain", "seeds", "--format", "json"]);
    assert!(output.status.success());
    let documents = serde_json::Deserializer::from_slice(&output.stdout);
    documents.into_iter().map(|d| d.unwrap()).collect()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn it_tells_what_extract_says() {
    let documents = explained();
    let extracted: Vec<Value> = stdout(&["extract", "seeds"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(documents.len(), extracted.len());
    for (document, extraction) in documents.iter().zip(&extracted) {
        assert_eq!(document["document"], extraction["document"]["id"]);
        let told: Vec<&Value> = list(document, "sentences")
            .iter()
            .flat_map(|s| list(s, "statements"))
            .collect();
        let said: Vec<&Value> = list(extraction, "statements").iter().collect();
        assert_eq!(told, said);
    }
}

/// The reasons must be those of the decision: what is believed has the probability it takes, what is not lacks it.
#[test]
fn reasons_are_those_of_the_decision() {
    let (mut believed, mut rejected) = (0, 0);
    for document in explained() {
        for sentence in list(&document, "sentences") {
            let number = &sentence["number"];
            let above = |sure: &Value| {
                let figure = |name: &str| sure[name].as_f64().unwrap();
                figure("probability") - figure("needed")
            };
            for pair in list(sentence, "pairs") {
                let joined = pair["joined"].as_bool().unwrap();
                let by = above(pair);
                // A pair that is likely enough may lack a kind that is.
                let lacking = list(pair, "kinds").iter().all(|k| !k["lacks"].is_null());
                assert!(
                    if joined {
                        by > -0.011
                    } else {
                        by < 0.011 || lacking
                    },
                    "{number}: {pair:#}"
                );
                let kinds = list(pair, "kinds").iter().filter(|k| k["lacks"].is_null());
                assert!(
                    !joined || kinds.count() > 0 || pair.to_string().contains("yields_to"),
                    "{number}: {pair:#}"
                );
            }
            for claim in list(sentence, "claims") {
                let holds = claim["lacks"].is_null();
                *(if holds { &mut believed } else { &mut rejected }) += 1;
                let by = above(claim);
                assert!(
                    if holds { by > -0.011 } else { by < 0.011 },
                    "{number}: {claim:#}"
                );
            }
        }
    }
    assert!(believed > 20 && rejected > 20, "{believed} {rejected}");
}

/// Every pair of a statement is a claim that lacks nothing.
#[test]
fn every_statement_is_a_believed_claim() {
    for document in explained() {
        for sentence in list(&document, "sentences") {
            let of_pairs = list(sentence, "pairs")
                .iter()
                .flat_map(|p| list(p, "kinds"));
            let claims: Vec<&Value> = of_pairs.chain(list(sentence, "claims")).collect();
            for statement in list(sentence, "statements") {
                // These follow from an office or a membership.
                let rule = statement["evidence"]["rule"].as_str();
                if rule.is_some_and(|r| r.ends_with(".office") || r.ends_with(".accession")) {
                    continue;
                }
                let parties: Vec<&Value> = ["subjects", "objects"]
                    .iter()
                    .flat_map(|side| list(statement, side))
                    .collect();
                let found = claims.iter().any(|c| {
                    c["kind"] == statement["kind"]
                        && c["lacks"].is_null()
                        && parties.contains(&&c["a"])
                        && parties.contains(&&c["b"])
                });
                assert!(found, "{statement:#}");
            }
        }
    }
}
