//! A graph without the words of its claims, from extractions as they pass by.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::build::{Base, Parts, assemble, precedes};
use super::gist::{Gists, number};
use super::{ClaimIx, DocumentIx, Graph, Legend, Node};
use crate::copies::Sketch;
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, EntityRecord, Extraction, Statement};
use crate::text::CharSpan;

/// Makes the graph that [`super::GraphBuilder`] makes, of documents that come once each, and keeps little of them:
/// memory is for entities and for some eighty bytes a claim. What claims say in words must be looked up
/// elsewhere; [`SlimBuilder::finish`] asks for the sentences that show an edge best.
#[derive(Debug, Default)]
pub struct SlimBuilder {
    documents: Vec<Paper>,
    numbers: FxHashMap<EntityId, u32>,
    entities: Vec<Entity>,
    gists: Gists,
    /// The place of each claim among the statements of its document.
    places: Vec<u32>,
    /// What one document names.
    named: Vec<(u32, CharSpan)>,
}

#[derive(Debug)]
struct Paper {
    info: DocumentInfo,
    /// Number of its statements, and of its claims, which are those without repetition.
    statements: usize,
    claims: usize,
}

/// What all documents say of an entity.
#[derive(Debug)]
struct Entity {
    id: EntityId,
    /// The kind that sorts first.
    kind: Option<String>,
    names: Vec<(String, usize)>,
    known: bool,
    documents: usize,
    mentions: usize,
    first: Option<Date>,
    last: Option<Date>,
}

impl SlimBuilder {
    /// Adds what one document says. No document comes twice.
    pub fn add(&mut self, extraction: &Extraction) {
        let document = DocumentIx(self.documents.len());
        let mut named = std::mem::take(&mut self.named);
        named.clear();
        for record in &extraction.entities {
            let entity = self.name(record);
            let spans = record.mentions.iter().map(|mention| mention.span);
            named.extend(spans.map(|span| (entity, span)));
            // That it is spoken of counts, even if no place names it.
            named.push((entity, NOWHERE));
        }
        let told = in_order(&extraction.statements);
        for (place, statement) in &told {
            self.places.push(number(*place));
            let all = statement.named();
            named.extend(all.map(|id| (self.number(id), NOWHERE)));
            let numbers = &self.numbers;
            self.gists
                .push(statement, document, |id| numbers.get(id).copied());
        }
        self.documents.push(Paper {
            statements: extraction.statements.len(),
            claims: told.len(),
            info: without_hashes(&extraction.document),
        });
        self.count(&mut named, extraction.document.date);
        self.named = named;
    }

    /// Counts the places and the document for each entity that it names.
    fn count(&mut self, named: &mut Vec<(u32, CharSpan)>, date: Option<Date>) {
        named.sort_unstable();
        named.dedup();
        for places in named.chunk_by(|(x, _), (y, _)| x == y) {
            let entity = places.first().map_or(0, |(entity, _)| *entity as usize);
            let Some(entity) = self.entities.get_mut(entity) else {
                continue;
            };
            let somewhere = places.iter().filter(|(_, span)| *span != NOWHERE);
            entity.mentions += somewhere.count();
            entity.documents += 1;
            entity.first = entity.first.into_iter().chain(date).min();
            entity.last = entity.last.max(date);
        }
    }

    fn number(&mut self, id: &EntityId) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let new = number(self.entities.len());
        self.numbers.insert(id.clone(), new);
        self.entities.push(Entity {
            id: id.clone(),
            kind: None,
            names: Vec::new(),
            known: id.is_known(),
            documents: 0,
            mentions: 0,
            first: None,
            last: None,
        });
        new
    }

    fn name(&mut self, record: &EntityRecord) -> u32 {
        let number = self.number(&record.id);
        if let Some(entity) = self.entities.get_mut(number as usize) {
            entity.known |= record.known;
            if entity.kind.as_ref().is_none_or(|kind| record.kind < *kind) {
                entity.kind = Some(record.kind.clone());
            }
            let count = record.mentions.len();
            match entity
                .names
                .iter_mut()
                .find(|(name, _)| *name == record.name)
            {
                Some((_, known)) => *known += count,
                None => entity.names.push((record.name.clone(), count)),
            }
        }
        number
    }

    /// The graph of all that was added; `stories` are the documents that are copies, by id, with the first document of
    /// each, and `sentences` gives the sentences of some claims, which come sorted.
    pub fn finish<E>(
        mut self,
        stories: &FxHashMap<String, String>,
        schema: impl Into<Legend>,
        sentences: impl FnOnce(&SlimOrder) -> Result<Vec<(ClaimIx, String)>, E>,
    ) -> Result<(Graph, SlimOrder), E> {
        let (told, rows, documents) = self.sort(stories);
        let nodes = self.nodes();
        let base = Base::new(Arc::new(schema.into()), documents.into());
        let parts = Parts {
            claims: Vec::new(),
            gists: self.gists,
            quotes: Vec::new(),
        };
        let mut graph = assemble(base, nodes, parts);
        let mut best: Vec<ClaimIx> = graph
            .edges()
            .iter()
            .filter_map(|e| graph.best_ix(e))
            .collect();
        best.sort_unstable();
        best.dedup();
        let told = SlimOrder { best, ..told };
        graph.parts.quotes = sentences(&told)?;
        graph.rows = Some(Arc::new(rows));
        Ok((graph, told))
    }

    /// Sorts documents by id, and claims with them.
    fn sort(
        &mut self,
        stories: &FxHashMap<String, String>,
    ) -> (SlimOrder, Rows, Vec<DocumentInfo>) {
        let papers = std::mem::take(&mut self.documents);
        let mut starts = Vec::with_capacity(papers.len());
        let mut start = 0;
        for paper in &papers {
            starts.push(start);
            start += paper.claims;
        }
        let mut arrivals: Vec<usize> = (0..papers.len()).collect();
        arrivals.sort_by(|x, y| papers[*x].info.id.cmp(&papers[*y].info.id));
        let mut ranks = vec![0; papers.len()];
        let (mut order, mut rows) = (Vec::with_capacity(start), Vec::with_capacity(start));
        let mut before = 0;
        for (rank, arrival) in arrivals.iter().enumerate() {
            ranks[*arrival] = number(rank);
            let paper = &papers[*arrival];
            let claims = starts[*arrival]..starts[*arrival] + paper.claims;
            rows.extend(claims.clone().map(|ix| before + self.places[ix]));
            order.extend(claims.map(ClaimIx));
            before += number(paper.statements);
        }
        self.places = Vec::new();
        if !arrivals.is_sorted() {
            self.gists.reorder(&order);
        }
        self.gists.renumber(&[], &ranks);
        let mut papers: Vec<Option<Paper>> = papers.into_iter().map(Some).collect();
        let mut sizes = Vec::with_capacity(papers.len());
        let mut documents = Vec::with_capacity(papers.len());
        for arrival in &arrivals {
            let Some(mut paper) = papers[*arrival].take() else {
                continue;
            };
            if let Some(story) = stories.get(&paper.info.id) {
                paper.info.story.clone_from(story);
            }
            sizes.push(paper.claims);
            documents.push(paper.info);
        }
        let rows = Rows {
            of_claims: rows,
            statements: before,
        };
        let told = SlimOrder {
            arrivals,
            sizes,
            best: Vec::new(),
        };
        (told, rows, documents)
    }

    /// The nodes, sorted; the claims then speak of them by number.
    fn nodes(&mut self) -> Vec<Node> {
        self.numbers = FxHashMap::default();
        let mut entities: Vec<(usize, Entity)> = std::mem::take(&mut self.entities)
            .into_iter()
            .enumerate()
            .collect();
        entities.sort_by(|(_, x), (_, y)| x.id.cmp(&y.id));
        let mut places = vec![0; entities.len()];
        for (place, (was, _)) in entities.iter().enumerate() {
            places[*was] = number(place);
        }
        self.gists.renumber(&places, &[]);
        entities.into_iter().map(|(_, e)| e.into_node()).collect()
    }
}

/// What a graph needs to know of a document.
fn without_hashes(document: &DocumentInfo) -> DocumentInfo {
    DocumentInfo {
        hash: String::new(),
        sketch: Sketch::default(),
        ..document.clone()
    }
}

/// A place that no text has: the entity is spoken of without being named.
const NOWHERE: CharSpan = CharSpan {
    start: usize::MAX,
    end: usize::MAX,
};

impl Entity {
    fn into_node(self) -> Node {
        let names = self.names.into_iter();
        let best = names.max_by_key(|(name, count)| (*count, name.len(), Reverse(name.clone())));
        Node {
            kind: self.kind.unwrap_or_else(|| self.id.kind().to_owned()),
            label: best.map_or_else(|| self.id.slug().to_owned(), |(name, _)| name),
            known: self.known,
            documents: self.documents,
            mentions: self.mentions,
            first_seen: self.first,
            last_seen: self.last,
            id: self.id,
        }
    }
}

/// The order in which the claims of a slim graph stand, for whoever has their words.
#[derive(Debug)]
pub struct SlimOrder {
    /// For each document of the graph the place at which it came.
    pub arrivals: Vec<usize>,
    /// How many claims each document of the graph has; they stand one after the other.
    pub sizes: Vec<usize>,
    /// The claims of which the sentence is asked for, sorted.
    pub best: Vec<ClaimIx>,
}

/// Where the statements stand if those of all documents stand one after the other, sorted by the documents' ids.
#[derive(Debug)]
pub(crate) struct Rows {
    /// The place of each claim, from 0.
    pub(crate) of_claims: Vec<u32>,
    /// How many statements there are.
    pub(crate) statements: u32,
}

/// The claims of one document in the order of its text with their places, each once: of those with one id the surest.
pub fn in_order(statements: &[Statement]) -> Vec<(usize, &Statement)> {
    let mut told: Vec<(usize, &Statement)> = statements.iter().enumerate().collect();
    // Of the same, which precede each other in no way, the one that came first.
    told.sort_by(|(_, x), (_, y)| x.id.cmp(&y.id));
    told.dedup_by(|(place, new), (known_place, known)| {
        let same = new.id == known.id;
        if same && precedes(new, known) {
            (*known_place, *known) = (*place, *new);
        }
        same
    });
    let place = |s: &Statement| (s.evidence.start, s.evidence.end);
    told.sort_by(|(_, x), (_, y)| (place(x), &x.kind, &x.id).cmp(&(place(y), &y.kind, &y.id)));
    told
}
