//! What a set of claims says together: how firm, since when, how often, how sure.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::sources::Voices;
use super::{Claim, ClaimIx, Node, NodeIx, find};
use crate::mention::EntityId;
use crate::statement::{DocumentInfo, Precision, Status};

/// What the claims of an edge or a tie say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Number of claims.
    pub statements: usize,
    /// Number of documents that make them.
    pub documents: usize,
    /// Number of sources that do not copy from each other; at least 1.
    pub sources: usize,
    /// Number of documents that carry the text of another of them.
    pub copies: usize,
    /// The status the latest claim gives; of equally late ones the firmest.
    pub status: Status,
    /// First day that what they say is known to hold.
    pub since: Option<Date>,
    /// How exactly that day is known; of several claims that give it the most exact.
    pub precision: Option<Precision>,
    /// Day it ended, if that is how it stands.
    pub until: Option<Date>,
    /// Publication of the first document.
    pub first_seen: Option<Date>,
    /// Publication of the last document.
    pub last_seen: Option<Date>,
    /// That of the surest claim.
    pub confidence: f64,
    /// The weapons, programmes, agreements and operations they are about, sorted.
    pub about: Vec<NodeIx>,
    /// The roles they give, sorted.
    pub roles: Vec<String>,
    /// Letter of intent, memorandum, treaty ..., sorted.
    pub instruments: Vec<String>,
}

/// The tables that claims point into.
pub(super) struct Tables<'a> {
    documents: &'a [DocumentInfo],
    voices: &'a Voices,
    nodes: &'a [Node],
}

impl Summary {
    /// Of something of which only the standing and the number of sources are known.
    pub fn ranked(status: Status, sources: usize) -> Self {
        Self {
            statements: 0,
            documents: 0,
            copies: 0,
            sources,
            status,
            since: None,
            precision: None,
            until: None,
            first_seen: None,
            last_seen: None,
            confidence: 0.0,
            about: Vec::new(),
            roles: Vec::new(),
            instruments: Vec::new(),
        }
    }

    pub(super) fn of(claims: &[&Claim], tables: &Tables) -> Self {
        let published = || claims.iter().filter_map(|c| tables.date(c));
        let documents: BTreeSet<_> = claims.iter().map(|c| c.document).collect();
        let sources: BTreeSet<_> = documents.iter().map(|d| tables.voices.get(d.0)).collect();
        let about = claims.iter().flat_map(|c| &c.statement.about);
        let last = claims.iter().max_by_key(|c| lateness(c, tables));
        let status = last.map_or(Status::Planned, |c| c.statement.status);
        let since = since(claims);
        Self {
            statements: claims.len(),
            documents: documents.len(),
            sources: sources.len().max(1),
            copies: tables.voices.copies(&documents),
            status,
            since,
            precision: precision(claims, since),
            until: until(claims, status),
            first_seen: published().min(),
            last_seen: published().max(),
            confidence: claims
                .iter()
                .map(|c| c.statement.confidence)
                .fold(0.0, f64::max),
            about: sorted(about.filter_map(|id| tables.node(id))),
            roles: sorted(claims.iter().filter_map(|c| c.statement.role.clone())),
            instruments: sorted(claims.iter().filter_map(|c| c.statement.instrument.clone())),
        }
    }
}

impl<'a> Tables<'a> {
    pub(super) fn new(
        documents: &'a [DocumentInfo],
        voices: &'a Voices,
        nodes: &'a [Node],
    ) -> Self {
        Self {
            documents,
            voices,
            nodes,
        }
    }

    /// The node of an entity.
    pub(super) fn node(&self, id: &EntityId) -> Option<NodeIx> {
        find(self.nodes, id)
    }

    /// When the document of a claim was published.
    fn date(&self, claim: &Claim) -> Option<Date> {
        self.documents.get(claim.document.0).and_then(|d| d.date)
    }

    /// Brings claims into the order in which they were told; equally late ones stay as they are.
    pub(super) fn sort(&self, claims: &mut [ClaimIx], all: &[Claim]) {
        claims.sort_by_key(|ix| lateness(&all[ix.0], self));
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<T>>().into_iter().collect()
}

/// Sorts claims by when they were told, then by when it happened, then by how firm it is.
/// A document that recounts ten years of a tie thus ends with its last event. What is planned or was
/// refused has not happened: its date is no later step in the life of the tie.
fn lateness(claim: &Claim, tables: &Tables) -> (Option<Date>, Option<Date>, u8) {
    let (date, status) = (&claim.statement.date, claim.statement.status);
    let told = tables.date(claim).or(date.latest).or(date.earliest);
    let happened = match status {
        Status::Planned | Status::Rejected => None,
        Status::Agreed | Status::Active | Status::Ended => date.earliest,
    };
    (told, happened, firmness(status))
}

/// How much a claim of this status weighs against another of the same day: it takes a later day
/// to say that something ended or was refused while another voice says it goes on.
pub(super) fn firmness(status: Status) -> u8 {
    match status {
        Status::Rejected => 0,
        Status::Ended => 1,
        Status::Planned => 2,
        Status::Agreed => 3,
        Status::Active => 4,
    }
}

/// The earliest day of a claim that is more than a plan; of plans only if there is nothing else.
fn since(claims: &[&Claim]) -> Option<Date> {
    let earliest = |wanted: &[Status]| {
        claims
            .iter()
            .filter(|c| wanted.contains(&c.statement.status))
            .filter_map(|c| c.statement.date.earliest)
            .min()
    };
    earliest(&[Status::Agreed, Status::Active])
        .or_else(|| earliest(&[Status::Planned]))
        .or_else(|| earliest(&[Status::Ended, Status::Rejected]))
}

fn precision(claims: &[&Claim], since: Option<Date>) -> Option<Precision> {
    let dates = claims.iter().map(|c| &c.statement.date);
    let given = dates.filter(|date| since.is_some() && date.earliest == since);
    given.map(|date| date.precision).min()
}

fn until(claims: &[&Claim], now: Status) -> Option<Date> {
    let ended = claims
        .iter()
        .filter(|c| c.statement.status == Status::Ended);
    let last = ended.filter_map(|c| c.statement.date.latest).max();
    last.filter(|_| now == Status::Ended)
}
