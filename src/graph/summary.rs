//! What a set of claims says together: how firm, since when, how often, how sure.

use jiff::civil::Date;

use super::gist::{Gist, Gists, Part};
use super::sources::Voices;
use super::{ClaimIx, NodeIx};
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
    pub(super) gists: &'a Gists,
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

    pub(super) fn of(claims: &[ClaimIx], tables: &Tables) -> Self {
        let gists = tables.gists;
        let claims: Vec<&Gist> = claims.iter().map(|ix| gists.get(*ix)).collect();
        let claims = claims.as_slice();
        let published = || claims.iter().filter_map(|c| tables.date(c));
        let documents = sorted(claims.iter().map(|c| c.document()));
        let sources = sorted(documents.iter().map(|d| tables.voices.get(d.0)));
        let stories = sorted(documents.iter().map(|d| tables.voices.story(d.0)));
        let about = claims.iter().flat_map(|c| gists.nodes(c, Part::About));
        let last = claims.iter().max_by_key(|c| lateness(c, tables));
        let status = last.map_or(Status::Planned, |c| c.status);
        let since = since(claims);
        Self {
            statements: claims.len(),
            documents: documents.len(),
            sources: sources.len().max(1),
            copies: documents.len() - stories.len(),
            status,
            since,
            precision: precision(claims, since),
            until: until(claims, status),
            first_seen: published().min(),
            last_seen: published().max(),
            confidence: claims.iter().map(|c| c.confidence).fold(0.0, f64::max),
            about: sorted(about),
            roles: words(claims.iter().filter_map(|c| gists.role(c))),
            instruments: words(claims.iter().filter_map(|c| gists.instrument(c))),
        }
    }
}

impl<'a> Tables<'a> {
    pub(super) fn new(documents: &'a [DocumentInfo], voices: &'a Voices, gists: &'a Gists) -> Self {
        Self {
            documents,
            voices,
            gists,
        }
    }

    /// When the document of a claim was published.
    fn date(&self, claim: &Gist) -> Option<Date> {
        self.documents.get(claim.document().0).and_then(|d| d.date)
    }

    /// Brings claims into the order in which they were told; equally late ones stay as they are.
    pub(super) fn sort(&self, claims: &mut [ClaimIx]) {
        if claims.len() > 1 {
            claims.sort_by_cached_key(|ix| lateness(self.gists.get(*ix), self));
        }
    }
}

/// Items, sorted, each once.
pub(super) fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    sorted(words).into_iter().map(str::to_owned).collect()
}

/// Sorts claims by when they were told, then by when it happened, then by how firm it is.
/// A document that recounts ten years of a tie thus ends with its last event. What is planned or was
/// refused has not happened: its date is no later step in the life of the tie.
fn lateness(claim: &Gist, tables: &Tables) -> (Option<Date>, Option<Date>, u8) {
    let status = claim.status;
    let told = tables.date(claim).or(claim.latest).or(claim.earliest);
    let happened = match status {
        Status::Planned | Status::Rejected => None,
        Status::Agreed | Status::Active | Status::Ended => claim.earliest,
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
fn since(claims: &[&Gist]) -> Option<Date> {
    let earliest = |wanted: &[Status]| {
        claims
            .iter()
            .filter(|c| wanted.contains(&c.status))
            .filter_map(|c| c.earliest)
            .min()
    };
    earliest(&[Status::Agreed, Status::Active])
        .or_else(|| earliest(&[Status::Planned]))
        .or_else(|| earliest(&[Status::Ended, Status::Rejected]))
}

fn precision(claims: &[&Gist], since: Option<Date>) -> Option<Precision> {
    let given = claims
        .iter()
        .filter(|c| since.is_some() && c.earliest == since);
    given.map(|c| c.precision).min()
}

fn until(claims: &[&Gist], now: Status) -> Option<Date> {
    let ended = claims.iter().filter(|c| c.status == Status::Ended);
    let last = ended.filter_map(|c| c.latest).max();
    last.filter(|_| now == Status::Ended)
}
