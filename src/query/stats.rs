//! How much there is of everything, and who said it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use crate::graph::{DocumentIx, Graph};
use crate::statement::Status;

/// The answer to `stats`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// What was left out.
    pub filter: Filter,
    /// Number of documents.
    pub documents: usize,
    /// Of those, how many make a claim that counts here.
    pub documents_with_statements: usize,
    /// Independent sources.
    pub sources: usize,
    /// Documents that carry the text of another one.
    pub copies: usize,
    /// Documents by language.
    pub languages: BTreeMap<String, usize>,
    /// Documents by year of publication; those without a date under `unknown`.
    pub years: BTreeMap<String, usize>,
    /// First publication.
    pub first: Option<Date>,
    /// Last publication.
    pub last: Option<Date>,
    /// Number of entities.
    pub entities: usize,
    /// Of those, how many the gazetteer does not have.
    pub unknown: usize,
    /// Entities by kind.
    pub entity_kinds: BTreeMap<String, usize>,
    /// Number of claims.
    pub statements: usize,
    /// Claims by kind.
    pub statement_kinds: BTreeMap<String, usize>,
    /// Claims by status.
    pub statuses: BTreeMap<Status, usize>,
    /// Number of edges.
    pub edges: usize,
    /// Pairs of actors with an edge.
    pub ties: usize,
    /// Of those, how many more than one independent source attests.
    pub ties_attested: usize,
    /// Of the ties, how many are hostile.
    pub ties_hostile: usize,
    /// Parts that no edge connects, entities without an edge aside.
    pub components: usize,
    /// Entities of the largest part.
    pub largest_component: usize,
}

/// Counts everything that passes.
pub fn stats(graph: &Graph, filter: &Filter) -> Stats {
    let part = filter.graph(graph);
    let part = part.as_ref();
    let documents = part.documents().iter();
    let dates = || graph.documents().iter().filter_map(|d| d.date);
    let components = part.components();
    let components: Vec<_> = components.iter().filter(|nodes| nodes.len() > 1).collect();
    let said: BTreeSet<DocumentIx> = part.told().map(|told| told.document).collect();
    let all: BTreeSet<DocumentIx> = (0..graph.documents().len()).map(DocumentIx).collect();
    let voices: BTreeSet<u32> = all.iter().map(|ix| graph.voice(*ix)).collect();
    let year = |date: Option<Date>| date.map_or("unknown".to_owned(), |d| d.year().to_string());
    Stats {
        filter: filter.clone(),
        documents: part.documents().len(),
        documents_with_statements: said.len(),
        sources: voices.len(),
        copies: graph.copies(&all),
        languages: tally(documents.clone().map(|d| d.language.clone())),
        years: tally(documents.map(|d| year(d.date))),
        first: dates().min(),
        last: dates().max(),
        entities: part.nodes().len(),
        unknown: part.nodes().iter().filter(|node| !node.known).count(),
        entity_kinds: tally(part.nodes().iter().map(|node| node.kind.clone())),
        statements: part.claim_count(),
        statement_kinds: owned(tally(part.told().map(|told| told.kind))),
        statuses: tally(part.told().map(|told| told.status)),
        edges: part.edges().len(),
        ties: part.ties().len(),
        ties_attested: part
            .ties()
            .iter()
            .filter(|tie| tie.summary.sources > 1)
            .count(),
        ties_hostile: part.ties().iter().filter(|tie| tie.hostile).count(),
        components: components.len(),
        largest_component: components.first().map_or(0, |nodes| nodes.len()),
    }
}

fn tally<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

fn owned(counts: BTreeMap<&str, usize>) -> BTreeMap<String, usize> {
    let counts = counts.into_iter();
    counts.map(|(word, n)| (word.to_owned(), n)).collect()
}

/// The answer to `sources`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sources {
    /// What was left out.
    pub filter: Filter,
    /// The publishers, the one with most claims first.
    pub sources: Vec<Source>,
}

/// A publisher: its documents count as one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The host of its addresses, its name, or `document <id>` where only a file is known.
    pub name: String,
    /// Number of documents.
    pub documents: usize,
    /// Of those, how many carry the text of another document.
    pub copies: usize,
    /// First publication.
    pub first: Option<Date>,
    /// Last publication.
    pub last: Option<Date>,
    /// Languages, sorted.
    pub languages: Vec<String>,
    /// Number of claims.
    pub statements: usize,
    /// Mean confidence of the claims, two decimals.
    pub confidence: f64,
    /// Edges that it speaks of.
    pub edges: usize,
    /// Edges that no other source speaks of; its copiers are none.
    pub alone: usize,
    /// Its documents' ids, sorted.
    pub document_ids: Vec<String>,
}

/// Who said how much; publishers without a claim that passes are listed too unless something was asked for.
pub fn sources(graph: &Graph, filter: &Filter) -> Sources {
    let part = filter.graph(graph);
    let part = part.as_ref();
    let mut all: BTreeMap<&str, Vec<DocumentIx>> = BTreeMap::new();
    for ix in (0..graph.documents().len()).map(DocumentIx) {
        all.entry(graph.publisher(ix)).or_default().push(ix);
    }
    let mut claims: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for told in part.told() {
        claims
            .entry(part.publisher(told.document))
            .or_default()
            .push(told.confidence);
    }
    let reach = reach(part);
    let said = |name: &str| claims.get(name).map_or(&[][..], Vec::as_slice);
    let mut sources: Vec<Source> = all
        .into_iter()
        .filter(|(name, _)| !filter.is_limited() || claims.contains_key(name))
        .map(|(name, documents)| {
            let (edges, alone) = reach.get(name).copied().unwrap_or_default();
            source(graph, name, &documents, said(name), edges, alone)
        })
        .collect();
    sources.sort_by(|x, y| y.statements.cmp(&x.statements).then(x.name.cmp(&y.name)));
    Sources {
        filter: filter.clone(),
        sources,
    }
}

/// For each publisher the edges it speaks of, and those that nobody else attests.
fn reach(graph: &Graph) -> BTreeMap<&str, (usize, usize)> {
    let mut reach: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for edge in graph.edges() {
        let told = edge.claims.iter().map(|ix| graph.told_at(*ix));
        let documents: BTreeSet<DocumentIx> = told.map(|told| told.document).collect();
        let voices: BTreeSet<&str> = documents.iter().map(|ix| graph.speaks_for(*ix)).collect();
        let publishers: BTreeSet<&str> = documents.iter().map(|ix| graph.publisher(*ix)).collect();
        for publisher in &publishers {
            let (edges, only) = reach.entry(publisher).or_default();
            *edges += 1;
            // Those who print what another one wrote do not attest it too.
            let its_own = publishers.len() == 1 || voices.contains(publisher);
            *only += usize::from(voices.len() == 1 && its_own);
        }
    }
    reach
}

fn source(
    graph: &Graph,
    name: &str,
    documents: &[DocumentIx],
    claims: &[f64],
    edges: usize,
    alone: usize,
) -> Source {
    let copies = documents.iter().filter(|ix| graph.story(**ix) != **ix);
    let copies = copies.count();
    let documents: Vec<_> = documents.iter().map(|ix| graph.document(*ix)).collect();
    let dates = || documents.iter().filter_map(|d| d.date);
    let languages: BTreeSet<&String> = documents.iter().map(|d| &d.language).collect();
    let count = u32::try_from(claims.len().max(1)).map_or(f64::from(u32::MAX), f64::from);
    let sure: f64 = claims.iter().sum();
    Source {
        name: name.to_owned(),
        documents: documents.len(),
        copies,
        first: dates().min(),
        last: dates().max(),
        languages: languages.into_iter().cloned().collect(),
        statements: claims.len(),
        confidence: (sure / count * 100.0).round() / 100.0,
        edges,
        alone,
        document_ids: documents.iter().map(|d| d.id.clone()).collect(),
    }
}
