//! Reading the parts of the graph that a question is about.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::derive::{SUMMARY, hash, unpacked};
use super::error::Problem;
use super::read::told_by;
use super::{Store, StoreError};
use crate::graph::{
    Claim, ClaimIx, DocumentIx, Edge, Excerpt, Legend, Node, NodeIx, Summary, Tie, edge_id, way,
};
use crate::mention::EntityId;
use crate::schema::Schema;
use crate::statement::Status;

/// What a store keeps of the graph of its statements.
#[derive(Debug)]
pub struct KeptGraph<'s> {
    store: &'s Store,
    legend: Legend,
    last_published: Option<Date>,
}

impl Store {
    /// What is kept of the graph; `None` if documents came or went since it was worked out, or if it was
    /// worked out with other kinds or by an older version of this program.
    pub fn kept(&self, schema: &Schema) -> Result<Option<KeptGraph<'_>>, StoreError> {
        let read = || -> Result<Option<KeptGraph>, Problem> {
            if self.version < 3 {
                return Ok(None);
            }
            let mut query = self.connection.prepare("SELECT schema, last FROM graph")?;
            let row = query.query_row([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
            });
            match row.optional()? {
                Some((made_with, last)) if made_with == hash(schema)? => Ok(Some(KeptGraph {
                    store: self,
                    legend: Legend::from(schema),
                    last_published: last.map(|last| date(&last)).transpose()?,
                })),
                _ => Ok(None),
            }
        };
        read().map_err(self.fails("read"))
    }

    /// Publication of the latest document.
    pub fn last_published(&self) -> Result<Option<Date>, StoreError> {
        let read = || -> Result<Option<Date>, Problem> {
            let mut query = self.connection.prepare("SELECT max(date) FROM documents")?;
            let last: Option<String> = query.query_row([], |row| row.get(0))?;
            last.map(|last| date(&last)).transpose()
        };
        read().map_err(self.fails("read"))
    }
}

impl KeptGraph<'_> {
    /// Publication of the latest document.
    pub fn last_published(&self) -> Option<Date> {
        self.last_published
    }

    /// An answer about everything, as JSON.
    pub fn answer(&self, question: &str) -> Result<Option<String>, StoreError> {
        let read = || -> Result<Option<String>, Problem> {
            let connection = &self.store.connection;
            let mut query = connection.prepare("SELECT answer FROM answers WHERE question = ?1")?;
            Ok(query.query_row([question], |row| row.get(0)).optional()?)
        };
        read().map_err(self.store.fails("read"))
    }

    /// An entity with all its edges and ties, and, if asked for, the claims that show them best.
    pub fn around(&self, id: &EntityId, evidence: bool) -> Result<Excerpt, StoreError> {
        let read = || -> Result<Excerpt, Problem> {
            let _lock = self.store.reading()?;
            let Some(node) = self.key(id)? else {
                return self.load(Rows::default());
            };
            let mut rows = Rows {
                nodes: BTreeSet::from([node]),
                ..Rows::default()
            };
            self.edges("subject = ?1 OR object = ?1", &[node], evidence, &mut rows)?;
            self.ties(node, &mut rows)?;
            self.load(rows)
        };
        read().map_err(self.store.fails("read"))
    }

    /// The keys of the statements behind the edges between two entities.
    pub(super) fn between(&self, a: &EntityId, b: &EntityId) -> Result<BTreeSet<i64>, Problem> {
        let (Some(a), Some(b)) = (self.key(a)?, self.key(b)?) else {
            return Ok(BTreeSet::new());
        };
        let mut query = self.store.connection.prepare(
            "SELECT told_by FROM edges WHERE subject = ?1 AND object = ?2 OR subject = ?2 AND object = ?1",
        )?;
        let mut rows = query.query([a, b])?;
        let mut keys = BTreeSet::new();
        while let Some(row) = rows.next()? {
            keys.extend(unpacked(
                row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?,
            ));
        }
        Ok(keys)
    }

    /// The best way between two entities over edges that are `open`, with everything between its nodes, and the
    /// open edges of both ends with the neighbours they share; of the latter only what ranks them.
    pub fn way(
        &self,
        a: &EntityId,
        b: &EntityId,
        open: impl Fn(&str, Status, usize) -> bool,
    ) -> Result<Excerpt, StoreError> {
        let read = || -> Result<Excerpt, Problem> {
            let _lock = self.store.reading()?;
            let ends = [self.key(a)?, self.key(b)?];
            let mut rows = Rows {
                nodes: ends.iter().flatten().copied().collect(),
                ..Rows::default()
            };
            if let [Some(a), Some(b)] = ends {
                let around = |node| self.neighbours(node, &open);
                let nodes = way(a, b, |node| -> Result<_, Problem> {
                    let edges = around(node)?.into_iter();
                    Ok(edges.map(|edge| (edge.other(node), edge.sources)).collect())
                })?;
                for (from, to) in nodes.iter().zip(nodes.iter().skip(1)) {
                    let pair = "subject = ?1 AND object = ?2 OR subject = ?2 AND object = ?1";
                    self.edges(pair, &[*from, *to], true, &mut rows)?;
                }
                rows.edges
                    .retain(|row| open(&row.kind, row.summary.status, row.summary.sources));
                rows.bare.extend(shared(a, around(a)?, b, around(b)?));
            }
            self.load(rows)
        };
        read().map_err(self.store.fails("read"))
    }

    fn key(&self, id: &EntityId) -> Result<Option<i64>, Problem> {
        let connection = &self.store.connection;
        let mut query = connection.prepare_cached("SELECT key FROM nodes WHERE id = ?1")?;
        let key = query.query_row([id.as_str()], |row| row.get(0));
        Ok(key.optional()?)
    }

    /// The open edges at a node.
    fn neighbours(
        &self,
        node: i64,
        open: impl Fn(&str, Status, usize) -> bool,
    ) -> Result<Vec<BareEdge>, Problem> {
        let mut query = self.store.connection.prepare_cached(
            "SELECT subject, object, kind, status, sources FROM edges WHERE subject = ?1
             UNION ALL SELECT subject, object, kind, status, sources FROM edges WHERE object = ?1",
        )?;
        let mut rows = query.query([node])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let status = status(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
            let sources = row.get(4)?;
            if open(kind, status, sources) {
                all.push(BareEdge {
                    subject: row.get(0)?,
                    object: row.get(1)?,
                    kind: kind.to_owned(),
                    status,
                    sources,
                });
            }
        }
        Ok(all)
    }

    fn edges(
        &self,
        condition: &str,
        nodes: &[i64],
        evidence: bool,
        rows: &mut Rows,
    ) -> Result<(), Problem> {
        let mut query = self.store.connection.prepare_cached(&format!(
            "SELECT {SUMMARY}, subject, kind, object, directed, best, told_in FROM edges WHERE {condition}"
        ))?;
        let mut found = query.query(rusqlite::params_from_iter(nodes))?;
        while let Some(row) = found.next()? {
            let told_in = row.get_ref(19)?.as_blob().map_err(rusqlite::Error::from)?;
            rows.edges.push(EdgeRow {
                summary: summary(row)?,
                subject: row.get(14)?,
                kind: row.get(15)?,
                object: row.get(16)?,
                directed: row.get(17)?,
                best: evidence.then(|| row.get(18)).transpose()?,
                told_in: unpacked(told_in),
            });
        }
        Ok(())
    }

    fn ties(&self, node: i64, rows: &mut Rows) -> Result<(), Problem> {
        let mut query = self.store.connection.prepare_cached(&format!(
            "SELECT {SUMMARY}, a, b, strength, cooperative, hostile FROM ties WHERE a = ?1 OR b = ?1"
        ))?;
        let mut found = query.query([node])?;
        while let Some(row) = found.next()? {
            rows.ties.push(TieRow {
                summary: summary(row)?,
                ends: (row.get(14)?, row.get(15)?),
                strength: row.get(16)?,
                cooperative: row.get(17)?,
                hostile: row.get(18)?,
            });
        }
        Ok(())
    }

    /// Everything that the rows point to, numbered anew.
    fn load(&self, mut rows: Rows) -> Result<Excerpt, Problem> {
        rows.edges.sort_by(|x, y| {
            let order = |row: &EdgeRow| (row.subject, row.object);
            order(x).cmp(&order(y)).then_with(|| x.kind.cmp(&y.kind))
        });
        let mut parts = Parts {
            kept: self,
            nodes: BTreeMap::new(),
            documents: BTreeMap::new(),
            excerpt: Excerpt {
                last_published: self.last_published,
                ..Excerpt::default()
            },
        };
        parts.load_nodes(&rows)?;
        let claims = parts.load_claims(&rows)?;
        parts.place(rows, &claims);
        Ok(parts.excerpt)
    }
}

/// An edge by what ranks it.
struct BareEdge {
    subject: i64,
    object: i64,
    kind: String,
    status: Status,
    sources: usize,
}

impl BareEdge {
    fn other(&self, node: i64) -> i64 {
        if self.subject == node {
            self.object
        } else {
            self.subject
        }
    }
}

/// Of the edges of two nodes those to others that both are tied with.
fn shared(a: i64, of_a: Vec<BareEdge>, b: i64, of_b: Vec<BareEdge>) -> Vec<BareEdge> {
    let others = |node: i64, edges: &[BareEdge]| -> BTreeSet<i64> {
        edges.iter().map(|edge| edge.other(node)).collect()
    };
    let (near_a, near_b) = (others(a, &of_a), others(b, &of_b));
    let both: BTreeSet<i64> = near_a.intersection(&near_b).copied().collect();
    let of_a = of_a
        .into_iter()
        .filter(|edge| both.contains(&edge.other(a)));
    let of_b = of_b
        .into_iter()
        .filter(|edge| both.contains(&edge.other(b)));
    of_a.chain(of_b).collect()
}

#[derive(Default)]
struct Rows {
    /// Nodes that are wanted even if no edge has them.
    nodes: BTreeSet<i64>,
    edges: Vec<EdgeRow>,
    bare: Vec<BareEdge>,
    ties: Vec<TieRow>,
}

struct EdgeRow {
    summary: SummaryRow,
    subject: i64,
    kind: String,
    object: i64,
    directed: bool,
    /// The statement that shows it best, if that is wanted.
    best: Option<i64>,
    told_in: Vec<i64>,
}

struct TieRow {
    summary: SummaryRow,
    ends: (i64, i64),
    strength: f64,
    cooperative: bool,
    hostile: bool,
}

/// A summary whose nodes are keys.
struct SummaryRow {
    summary: Summary,
    about: Vec<i64>,
}

impl std::ops::Deref for SummaryRow {
    type Target = Summary;

    fn deref(&self) -> &Summary {
        &self.summary
    }
}

/// An excerpt in the making, with the places of the keys in it.
struct Parts<'k> {
    kept: &'k KeptGraph<'k>,
    nodes: BTreeMap<i64, NodeIx>,
    documents: BTreeMap<i64, DocumentIx>,
    excerpt: Excerpt,
}

impl Parts<'_> {
    fn load_nodes(&mut self, rows: &Rows) -> Result<(), Problem> {
        let mut keys = rows.nodes.clone();
        for edge in &rows.edges {
            keys.extend([edge.subject, edge.object]);
            keys.extend(&edge.summary.about);
        }
        keys.extend(
            rows.bare
                .iter()
                .flat_map(|edge| [edge.subject, edge.object]),
        );
        let mut query = self.kept.store.connection.prepare_cached(
            "SELECT id, kind, label, known, documents, mentions, first_seen, last_seen
             FROM nodes WHERE key = ?1",
        )?;
        for (place, key) in keys.into_iter().enumerate() {
            self.nodes.insert(key, NodeIx(place));
            let mut found = query.query([key])?;
            let row = found.next()?.ok_or_else(|| lost("a node"))?;
            self.excerpt.nodes.push(node(row)?);
        }
        Ok(())
    }

    /// The best claims, by key, and the documents that are spoken of.
    fn load_claims(&mut self, rows: &Rows) -> Result<BTreeMap<i64, ClaimIx>, Problem> {
        let store = self.kept.store;
        let mut query = store
            .connection
            .prepare_cached("SELECT document, statement FROM statements WHERE key = ?1")?;
        let wanted: BTreeSet<i64> = rows.edges.iter().filter_map(|edge| edge.best).collect();
        let mut found = BTreeMap::new();
        for key in wanted {
            let mut rows = query.query([key])?;
            let row = rows.next()?.ok_or_else(|| lost("a statement"))?;
            let json = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let document: i64 = row.get(0)?;
            found.insert((document, key), serde_json::from_str(json)?);
        }
        let told: BTreeSet<i64> = found.keys().map(|(document, _)| *document).collect();
        for (place, key) in told.into_iter().enumerate() {
            self.documents.insert(key, DocumentIx(place));
            self.excerpt.documents.push(told_by(store, key)?);
        }
        let mut places = BTreeMap::new();
        for ((document, key), statement) in found {
            places.insert(key, ClaimIx(self.excerpt.claims.len()));
            let document = self.documents.get(&document).copied();
            let document = document.ok_or_else(|| lost("a document"))?;
            self.excerpt.claims.push(Claim {
                statement,
                document,
            });
        }
        Ok(places)
    }

    fn place(&mut self, rows: Rows, claims: &BTreeMap<i64, ClaimIx>) {
        let mut edges: Vec<Edge> = Vec::with_capacity(rows.edges.len() + rows.bare.len());
        for row in rows.edges {
            let best = row.best.and_then(|key| claims.get(&key));
            let documents = row.told_in.iter().map(|key| self.document(*key)).collect();
            let claims = best.copied().into_iter().collect();
            let ends = (row.subject, row.object);
            let summary = self.summary(row.summary);
            edges.extend(self.edge(ends, row.kind, row.directed, summary, claims, documents));
        }
        for row in rows.bare {
            let summary = Summary::ranked(row.status, row.sources);
            let directed = self.kept.legend.is_directed(&row.kind);
            let ends = (row.subject, row.object);
            edges.extend(self.edge(ends, row.kind, directed, summary, Vec::new(), Vec::new()));
        }
        // The edges of the way stand before bare ones of the same kind and ends.
        edges.sort_by(|x, y| (x.subject, x.object, &x.kind).cmp(&(y.subject, y.object, &y.kind)));
        edges.dedup_by(|x, y| x.id == y.id);
        self.excerpt.edges = edges;
        for row in rows.ties {
            let ends = (self.nodes.get(&row.ends.0), self.nodes.get(&row.ends.1));
            if let (Some(a), Some(b)) = ends {
                let tie = Tie {
                    a: *a,
                    b: *b,
                    edges: Vec::new(),
                    summary: self.summary(row.summary),
                    strength: row.strength,
                    cooperative: row.cooperative,
                    hostile: row.hostile,
                };
                self.excerpt.ties.push(tie);
            }
        }
    }

    fn edge(
        &self,
        ends: (i64, i64),
        kind: String,
        directed: bool,
        summary: Summary,
        claims: Vec<ClaimIx>,
        documents: Vec<DocumentIx>,
    ) -> Option<Edge> {
        let (subject, object) = (*self.nodes.get(&ends.0)?, *self.nodes.get(&ends.1)?);
        let id = |ix: NodeIx| Some(&self.excerpt.nodes.get(ix.0)?.id);
        Some(Edge {
            id: edge_id(id(subject)?, &kind, id(object)?),
            subject,
            kind,
            object,
            directed,
            claims,
            documents,
            summary,
        })
    }

    /// The place of a document, or if it is only counted a number beyond all places.
    fn document(&self, key: i64) -> DocumentIx {
        let beyond = || usize::try_from(key).unwrap_or(0) + self.excerpt.documents.len();
        let place = self.documents.get(&key).copied();
        place.unwrap_or_else(|| DocumentIx(beyond()))
    }

    fn summary(&self, row: SummaryRow) -> Summary {
        let about = row.about.iter().filter_map(|key| self.nodes.get(key));
        Summary {
            about: about.copied().collect(),
            ..row.summary
        }
    }
}

/// What a row points to must be there.
fn lost(what: &str) -> Problem {
    Problem::Damaged(format!("{what} of the kept graph is missing"))
}

fn node(row: &Row) -> Result<Node, Problem> {
    let id = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(Node {
        id: EntityId::new(id),
        kind: row.get(1)?,
        label: row.get(2)?,
        known: row.get(3)?,
        documents: row.get(4)?,
        mentions: row.get(5)?,
        first_seen: day(row, 6)?,
        last_seen: day(row, 7)?,
    })
}

/// The columns of [`SUMMARY`].
fn summary(row: &Row) -> Result<SummaryRow, Problem> {
    let precision: Option<String> = row.get(6)?;
    let text = |column: usize| -> Result<&str, Problem> {
        Ok(row
            .get_ref(column)?
            .as_str()
            .map_err(rusqlite::Error::from)?)
    };
    Ok(SummaryRow {
        summary: Summary {
            status: status(text(0)?)?,
            sources: row.get(1)?,
            documents: row.get(2)?,
            statements: row.get(3)?,
            copies: row.get(13)?,
            confidence: row.get(4)?,
            since: day(row, 5)?,
            precision: precision
                .map(|precision| from_word(&precision))
                .transpose()?,
            until: day(row, 7)?,
            first_seen: day(row, 8)?,
            last_seen: day(row, 9)?,
            about: Vec::new(),
            roles: serde_json::from_str(text(11)?)?,
            instruments: serde_json::from_str(text(12)?)?,
        },
        about: serde_json::from_str(text(10)?)?,
    })
}

fn status(word: &str) -> Result<Status, Problem> {
    from_word(word)
}

/// A value from the word by which files carry it.
fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, Problem> {
    let word: serde::de::value::StrDeserializer<serde_json::Error> =
        serde::de::IntoDeserializer::into_deserializer(word);
    Ok(T::deserialize(word)?)
}

fn day(row: &Row, column: usize) -> Result<Option<Date>, Problem> {
    let text = row
        .get_ref(column)?
        .as_str_or_null()
        .map_err(rusqlite::Error::from)?;
    text.map(date).transpose()
}

fn date(text: &str) -> Result<Date, Problem> {
    let parsed = text.parse();
    parsed.map_err(|error: jiff::Error| Problem::Damaged(error.to_string()))
}
