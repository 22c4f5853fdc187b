//! Claims without their words: what edges, ties and counts are worked out from.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Claim, ClaimIx, DocumentIx, Node, NodeIx, find};
use crate::mention::EntityId;
use crate::statement::{Precision, Statement, Status};

/// A claim without its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told<'g> {
    /// Where it is made.
    pub document: DocumentIx,
    /// A statement kind of the schema.
    pub kind: &'g str,
    /// How firm it is.
    pub status: Status,
    /// First possible day of what it says.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
    /// How sure it is.
    pub confidence: f64,
}

/// The parties of a statement, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Subjects,
    Objects,
    About,
}

/// All claims of a graph in a few bytes each.
#[derive(Clone, Debug, Default)]
pub(super) struct Gists {
    all: Vec<Gist>,
    /// The nodes of each claim: subjects, objects, and what it is about.
    nodes: Vec<u32>,
    words: Words,
}

/// The kinds, roles and instruments of all claims, by number.
#[derive(Clone, Debug, Default)]
struct Words {
    all: Vec<String>,
    known: FxHashMap<String, u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Gist {
    pub(super) confidence: f64,
    document: u32,
    kind: u32,
    /// From 1; 0 if there is none.
    instrument: u32,
    role: u32,
    /// Where in `nodes` its subjects begin.
    from: u32,
    counts: [u16; 3],
    /// Whether it names an other side, with a node or without.
    has_objects: bool,
    pub(super) status: Status,
    pub(super) precision: Precision,
    pub(super) earliest: Option<Date>,
    pub(super) latest: Option<Date>,
}

impl Gist {
    pub(super) fn document(&self) -> DocumentIx {
        DocumentIx(self.document as usize)
    }

    pub(super) fn has_objects(&self) -> bool {
        self.has_objects
    }
}

impl Gists {
    /// Those of claims with all their words.
    pub(super) fn of(claims: &[Claim], nodes: &[Node]) -> Self {
        let mut gists = Self::default();
        gists.all.reserve(claims.len());
        for claim in claims {
            gists.push(&claim.statement, claim.document, |id| {
                find(nodes, id).map(|ix| number(ix.0))
            });
        }
        gists
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a claim; entities without a node are left out.
    pub(super) fn push(
        &mut self,
        statement: &Statement,
        document: DocumentIx,
        mut node: impl FnMut(&EntityId) -> Option<u32>,
    ) {
        let from = number(self.nodes.len());
        let counts = [&statement.subjects, &statement.objects, &statement.about].map(|ids| {
            let before = self.nodes.len();
            self.nodes.extend(ids.iter().filter_map(&mut node));
            u16::try_from(self.nodes.len() - before).unwrap_or(u16::MAX)
        });
        let mut word =
            |word: &Option<String>| word.as_ref().map_or(0, |word| self.words.number(word) + 1);
        let (instrument, role) = (word(&statement.instrument), word(&statement.role));
        self.all.push(Gist {
            confidence: statement.confidence,
            document: number(document.0),
            kind: self.words.number(&statement.kind),
            instrument,
            role,
            from,
            counts,
            has_objects: !statement.objects.is_empty(),
            status: statement.status,
            precision: statement.date.precision,
            earliest: statement.date.earliest,
            latest: statement.date.latest,
        });
    }

    pub(super) fn get(&self, ix: ClaimIx) -> &Gist {
        &self.all[ix.0]
    }

    pub(super) fn told(&self, ix: ClaimIx) -> Told<'_> {
        let gist = self.get(ix);
        Told {
            document: gist.document(),
            kind: self.kind(gist),
            status: gist.status,
            earliest: gist.earliest,
            latest: gist.latest,
            confidence: gist.confidence,
        }
    }

    pub(super) fn kind(&self, gist: &Gist) -> &str {
        self.words.get(gist.kind)
    }

    /// The number of a claim's kind, less than [`Gists::words`].
    pub(super) fn kind_number(&self, ix: ClaimIx) -> u32 {
        self.get(ix).kind
    }

    /// Every word by number.
    pub(super) fn words(&self) -> &[String] {
        &self.words.all
    }

    pub(super) fn role(&self, gist: &Gist) -> Option<&str> {
        Some(self.words.get(gist.role.checked_sub(1)?))
    }

    pub(super) fn instrument(&self, gist: &Gist) -> Option<&str> {
        Some(self.words.get(gist.instrument.checked_sub(1)?))
    }

    pub(super) fn nodes(&self, gist: &Gist, part: Part) -> impl Iterator<Item = NodeIx> + Clone {
        let [subjects, objects, about] = gist.counts.map(usize::from);
        let from = gist.from as usize;
        let range = match part {
            Part::Subjects => from..from + subjects,
            Part::Objects => from + subjects..from + subjects + objects,
            Part::About => from + subjects + objects..from + subjects + objects + about,
        };
        let nodes = self.nodes.get(range).unwrap_or_default();
        nodes.iter().map(|ix| NodeIx(*ix as usize))
    }

    /// Some of these claims; `node` and `document` give the new numbers, and what has none is left out.
    pub(super) fn picked(
        &self,
        claims: impl IntoIterator<Item = ClaimIx>,
        node: impl Fn(u32) -> Option<u32>,
        document: impl Fn(u32) -> u32,
    ) -> Self {
        let mut picked = Self {
            all: Vec::new(),
            nodes: Vec::new(),
            words: self.words.clone(),
        };
        for ix in claims {
            let gist = self.get(ix);
            let from = number(picked.nodes.len());
            let counts = [Part::Subjects, Part::Objects, Part::About].map(|part| {
                let before = picked.nodes.len();
                let nodes = self.nodes(gist, part).filter_map(|ix| node(number(ix.0)));
                picked.nodes.extend(nodes);
                u16::try_from(picked.nodes.len() - before).unwrap_or(u16::MAX)
            });
            picked.all.push(Gist {
                document: document(gist.document),
                from,
                counts,
                ..*gist
            });
        }
        picked
    }

    /// All nodes renamed in place, and all documents.
    pub(super) fn renumber(&mut self, nodes: &[u32], documents: &[u32]) {
        let new = |table: &[u32], old: u32| table.get(old as usize).copied().unwrap_or(old);
        for node in &mut self.nodes {
            *node = new(nodes, *node);
        }
        for gist in &mut self.all {
            gist.document = new(documents, gist.document);
        }
    }

    /// Brings the claims into another order.
    pub(super) fn reorder(&mut self, order: &[ClaimIx]) {
        self.all = order.iter().map(|ix| *self.get(*ix)).collect();
    }
}

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let new = number(self.all.len());
        self.all.push(word.to_owned());
        self.known.insert(word.to_owned(), new);
        new
    }

    fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", String::as_str)
    }
}

/// A place in a list: no list has more than four thousand million entries.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
