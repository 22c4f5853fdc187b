//! The sentences of the page, cut at the words that carry a claim.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::scope::Scope;
use crate::gazetteer::Gazetteer;
use crate::graph::{ClaimIx, Graph, NodeIx};
use crate::query::{self, Filter, Passage};
use crate::statement::Evidence;

/// Every sentence of the page, by claim.
pub(super) struct Book<'g> {
    by_id: BTreeMap<String, Passage>,
    graph: &'g Graph,
}

impl<'g> Book<'g> {
    /// Opens every pair of the page.
    pub(super) fn of(graph: &'g Graph, gazetteer: &Gazetteer, scope: &Scope) -> Self {
        let wanted: BTreeSet<&str> = scope
            .told
            .iter()
            .map(|ix| graph.claim(*ix).statement.id.as_str())
            .collect();
        let mut by_id = BTreeMap::new();
        let all = Filter::everything();
        let mut last: Option<(NodeIx, NodeIx)> = None;
        for ix in &scope.edges {
            let edge = graph.edge(*ix);
            let pair = (edge.subject, edge.object);
            // Edges are sorted by their ends.
            if last == Some(pair) {
                continue;
            }
            last = Some(pair);
            let (a, b) = (&graph.node(pair.0).id, &graph.node(pair.1).id);
            let answer = query::why(graph, gazetteer, a, b, &all);
            let passages = answer
                .into_iter()
                .flat_map(|why| why.edges)
                .flat_map(|edge| edge.passages);
            for passage in passages.filter(|passage| wanted.contains(passage.id.as_str())) {
                by_id.entry(passage.id.clone()).or_insert(passage);
            }
        }
        Self { by_id, graph }
    }

    /// The passage of a claim, if it is on the page.
    pub(super) fn passage(&self, claim: ClaimIx) -> Option<&Passage> {
        self.by_id.get(&self.graph.claim(claim).statement.id)
    }
}

/// What a piece of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Words.
    Plain,
    /// The words for a party.
    Party,
    /// The words that carry the claim.
    Trigger,
}

/// A piece of a sentence; in the data a bare text, or a text with `p` or `t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) mark: Mark,
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.mark {
            Mark::Plain => self.text.serialize(serializer),
            Mark::Party => (&self.text, "p").serialize(serializer),
            Mark::Trigger => (&self.text, "t").serialize(serializer),
        }
    }
}

/// The sentence in pieces; marks that overlap an earlier one or stand in another sentence are left out.
pub(super) fn pieces(evidence: &Evidence) -> Vec<Piece> {
    let parties = evidence.parties.iter().map(|p| (p.span, Mark::Party));
    let trigger = evidence.trigger.iter().map(|t| (t.span, Mark::Trigger));
    let mut marks: Vec<_> = parties.chain(trigger).collect();
    marks.sort_by_key(|(span, mark)| (span.start, Reverse(span.end), *mark == Mark::Trigger));
    let chars: Vec<char> = evidence.sentence.chars().collect();
    let mut pieces = Vec::new();
    let mut add = |from: usize, to: usize, mark| {
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        if !text.is_empty() {
            pieces.push(Piece { text, mark });
        }
    };
    let mut done = 0;
    for (span, mark) in marks {
        let within = |at: usize| at.checked_sub(evidence.start);
        let (Some(start), Some(end)) = (within(span.start), within(span.end)) else {
            continue;
        };
        if start < done || end > chars.len() || start >= end {
            continue;
        }
        add(done, start, Mark::Plain);
        add(start, end, mark);
        done = end;
    }
    add(done, chars.len(), Mark::Plain);
    pieces
}

/// The address of a source, if it is one that a browser may open: `http` and `https` only.
pub(super) fn address(source: &str) -> Option<&str> {
    let (scheme, rest) = source.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let clean = !source.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    (web && clean && !rest.is_empty()).then_some(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::mention::EntityId;
    use crate::statement::{Party, Trigger};
    use crate::text::CharSpan;

    #[test]
    fn only_the_web_is_linked() {
        for (source, linked) in [
            ("https://example.org/a?b=c#d", true),
            ("HTTP://example.org", true),
            ("javascript://example.org/%0aalert(1)", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("file:///etc/passwd", false),
            ("https://", false),
            ("https://a b", false),
            ("seeds/a.txt", false),
            ("", false),
        ] {
            assert_eq!(address(source).is_some(), linked, "{source}");
        }
    }

    #[test]
    fn a_sentence_is_cut_at_its_marks() {
        let span = |start, end| CharSpan { start, end };
        let evidence = Evidence {
            sentence: "Dänemark kauft <b>.".into(),
            start: 10,
            end: 29,
            trigger: Some(Trigger {
                text: "kauft".into(),
                span: span(19, 24),
            }),
            parties: [span(10, 18), span(14, 18), span(2, 5), span(25, 90)]
                .into_iter()
                .map(|span| Party {
                    entity: EntityId::new("country:DNK"),
                    text: String::new(),
                    span,
                    via: None,
                })
                .collect(),
            rule: String::new(),
            block: BlockKind::Body,
        };
        let json = serde_json::to_string(&pieces(&evidence)).unwrap();
        assert_eq!(json, r#"[["Dänemark","p"]," ",["kauft","t"]," <b>."]"#);
    }
}
