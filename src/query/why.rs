//! The sentences behind a tie, with their marks.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Serialize;

use super::filter::Filter;
use super::shown::{Name, Period};
use super::who::{Direction, direction};
use crate::gazetteer::Gazetteer;
use crate::graph::{Claim, ClaimIx, EdgeIx, Graph, NodeIx};
use crate::mention::EntityId;
use crate::statement::{Evidence, Party, Status};

/// The answer to `why`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// One end.
    pub a: Name,
    /// The other end.
    pub b: Name,
    /// What ties them, the best attested first.
    pub edges: Vec<WhyEdge>,
}

/// An edge with every sentence that says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyEdge {
    /// Statement kind.
    pub kind: String,
    /// Its name in words.
    pub label: String,
    /// Seen from the first end.
    pub direction: Direction,
    /// How it stands.
    pub status: Status,
    /// When it began.
    pub since: Option<Period>,
    /// What it is about.
    pub about: Vec<Name>,
    /// Independent sources.
    pub sources: usize,
    /// Documents that carry the text of another of them.
    pub copies: usize,
    /// Of the surest claim.
    pub confidence: f64,
    /// The sentences, the surest reading first; of equals the one told first.
    pub passages: Vec<Passage>,
}

/// A sentence that makes a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// The claim's id.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// Where it was published.
    pub source: String,
    /// The first document with the same text, if that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// Title of the document.
    pub title: String,
    /// Publication of the document.
    pub published: Option<Date>,
    /// How firm it says it is.
    pub status: Status,
    /// When it says it is.
    pub date: Option<Period>,
    /// How sure the reading is.
    pub confidence: f64,
    /// The sentence and its parts.
    pub evidence: Evidence,
    /// What each party's words stand for.
    pub parties: Vec<Resolved>,
}

/// The words for a party and who that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// As in the text.
    pub text: String,
    /// Who it is; several for words like `both countries`.
    pub names: Vec<String>,
    /// Why it stands for it, if that needs telling (`defence minister since 2023-01-19`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Everything that ties two entities, hostile ties too; `None` if the graph does not have one of them.
pub fn why(
    graph: &Graph,
    gazetteer: &Gazetteer,
    a: &EntityId,
    b: &EntityId,
    filter: &Filter,
) -> Option<Why> {
    let ends = [a, b].map(|id| graph.find(id).map(|ix| Name::of(graph.node(ix))));
    let [Some(a_name), Some(b_name)] = ends else {
        return None;
    };
    let edges = graph.find(a).zip(graph.find(b));
    let edges = edges.map(|(a, b)| graph.between(a, b)).unwrap_or_default();
    let part = filter.claims_at(graph, &edges);
    let graph = part.as_ref();
    let edges = match (graph.find(a), graph.find(b)) {
        (Some(from), Some(to)) => in_order(graph, from, to)
            .into_iter()
            .filter(|ix| {
                let summary = &graph.edge(*ix).summary;
                filter.stands(summary.status, summary.sources)
            })
            .map(|ix| open(graph, gazetteer, from, ix))
            .collect(),
        _ => Vec::new(),
    };
    Some(Why {
        a: a_name,
        b: b_name,
        edges,
    })
}

/// As the tie has them, or for other pairs the best attested first.
fn in_order(graph: &Graph, a: NodeIx, b: NodeIx) -> Vec<EdgeIx> {
    if let Some(tie) = graph.tie(a, b) {
        return tie.edges.clone();
    }
    let mut edges = graph.between(a, b);
    edges.sort_by_key(|ix| Reverse(graph.edge(*ix).summary.sources));
    edges
}

fn open(graph: &Graph, gazetteer: &Gazetteer, from: NodeIx, ix: EdgeIx) -> WhyEdge {
    let edge = graph.edge(ix);
    let claims = || edge.claims.iter().map(|ix: &ClaimIx| graph.claim(*ix));
    let mut passages: Vec<Passage> = claims()
        .map(|claim| passage(graph, gazetteer, claim))
        .collect();
    passages.sort_by(|x, y| y.confidence.total_cmp(&x.confidence));
    WhyEdge {
        kind: edge.kind.clone(),
        label: graph.legend().statement_label(&edge.kind).to_owned(),
        direction: direction(edge, from),
        status: edge.summary.status,
        since: Period::since(&edge.summary),
        about: Name::all(graph, &edge.summary.about),
        sources: edge.summary.sources,
        copies: edge.summary.copies,
        confidence: edge.summary.confidence,
        passages,
    }
}

fn passage(graph: &Graph, gazetteer: &Gazetteer, claim: &Claim) -> Passage {
    let document = graph.document(claim.document);
    let first = graph.story(claim.document);
    let statement = &claim.statement;
    Passage {
        id: statement.id.clone(),
        document: document.id.clone(),
        source: document.source.clone(),
        copy_of: (first != claim.document).then(|| graph.document(first).id.clone()),
        title: document.title.clone(),
        published: document.date,
        status: statement.status,
        date: Period::of(claim),
        confidence: statement.confidence,
        parties: parties(graph, gazetteer, &statement.evidence.parties, document.date),
        evidence: statement.evidence.clone(),
    }
}

fn parties(
    graph: &Graph,
    gazetteer: &Gazetteer,
    parties: &[Party],
    on: Option<Date>,
) -> Vec<Resolved> {
    let mut all: Vec<Resolved> = Vec::new();
    for party in parties {
        let name = graph.label(&party.entity).to_owned();
        let reason = party
            .via
            .as_ref()
            .map(|via| reason(gazetteer, via, &party.entity, on));
        match all
            .iter_mut()
            .find(|known| known.text == party.text && known.reason == reason)
        {
            Some(known) if known.names.contains(&name) => {}
            Some(known) => known.names.push(name),
            None => all.push(Resolved {
                text: party.text.clone(),
                names: vec![name],
                reason,
            }),
        }
    }
    all
}

/// Why one entity stands for another: its office, or that it is a body of it.
fn reason(gazetteer: &Gazetteer, via: &EntityId, entity: &EntityId, on: Option<Date>) -> String {
    let Some(ix) = gazetteer.lookup(via.as_str()) else {
        return format!("{}, not in the gazetteer", via.kind());
    };
    let of = gazetteer.lookup(entity.as_str());
    let tenure = gazetteer
        .tenures(ix)
        .iter()
        .find(|t| Some(t.of) == of && t.holds_on(on));
    match tenure {
        Some(tenure) => {
            let role = tenure.role.replace('_', " ");
            tenure
                .since
                .map_or(role.clone(), |since| format!("{role} since {since}"))
        }
        None => gazetteer.entity(ix).label.clone(),
    }
}

/// The sentence with `[party]` and `{trigger}`, each piece through `style(piece, is_trigger)`.
pub fn mark(evidence: &Evidence, style: impl Fn(&str, bool) -> String) -> String {
    let parties = evidence.parties.iter().map(|p| (p.span, false));
    let mut marks: Vec<_> = parties
        .chain(evidence.trigger.iter().map(|t| (t.span, true)))
        .collect();
    // Of two that begin at one place the longer one is shown.
    marks.sort_unstable_by_key(|(span, is_trigger)| (span.start, Reverse(span.end), *is_trigger));
    let chars: Vec<char> = evidence.sentence.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let mut out = String::new();
    let mut done = 0;
    for (span, is_trigger) in marks {
        // A party may stand in another sentence: what the words refer to is then said beside the sentence.
        let (Some(start), Some(end)) = (
            span.start.checked_sub(evidence.start),
            span.end.checked_sub(evidence.start),
        ) else {
            continue;
        };
        if start < done || end > chars.len() || start >= end {
            continue;
        }
        out.push_str(&piece(done, start));
        out.push_str(&style(&piece(start, end), is_trigger));
        done = end;
    }
    out.push_str(&piece(done, chars.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::statement::Trigger;
    use crate::text::CharSpan;

    #[test]
    fn marks_count_code_points_from_the_sentence() {
        let party = |text: &str, start| Party {
            entity: EntityId::new("country:DNK"),
            text: text.into(),
            span: CharSpan {
                start,
                end: start + text.chars().count(),
            },
            via: None,
        };
        let evidence = Evidence {
            sentence: "Dänemark kauft für Österreich.".into(),
            start: 10,
            end: 40,
            trigger: Some(Trigger {
                text: "kauft".into(),
                span: CharSpan { start: 19, end: 24 },
            }),
            // The last one is of another sentence, the one before overlaps the first.
            parties: vec![
                party("Däne", 10),
                party("Dänemark", 10),
                party("mark", 14),
                party("Österreich", 29),
                party("x", 3),
            ],
            rule: String::new(),
            block: BlockKind::Body,
        };
        let style = |piece: &str, trigger| {
            if trigger {
                format!("{{{piece}}}")
            } else {
                format!("[{piece}]")
            }
        };
        assert_eq!(
            mark(&evidence, style),
            "[Dänemark] {kauft} für [Österreich]."
        );
    }
}
