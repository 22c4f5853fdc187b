//! Writes what the graph says beside what it was worked out from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::{Connection, Statement, ToSql, params};
use serde::Serialize;

use super::error::Problem;
use super::{Store, StoreError};
use crate::graph::{Graph, Node, NodeIx, Rows, Summary, Tie};
use crate::schema::Schema;
use crate::statement::Precision;

/// What an answer is kept under and the answer as JSON.
pub type Kept<'a> = (&'a str, String);

/// The columns of a summary, in edges and ties alike.
pub(super) const SUMMARY: &str =
    "status, sources, documents, statements, confidence, since, precision, until,
     first_seen, last_seen, about, roles, instruments, copies";

impl Store {
    /// Puts a new store into its place as [`Store::finish`] does, with the graph of all its statements and
    /// answers about it: questions then read only what they are about.
    ///
    /// A graph of other documents than those of the store is not kept.
    pub fn finish_with(self, graph: &Graph, answers: &[Kept]) -> Result<(), StoreError> {
        let mut sorted = self.sorted()?;
        if sorted.draft.is_some() {
            sorted.find_copies()?;
            sorted.index()?;
            let kept = keep(&sorted.connection, graph, answers);
            kept.map_err(sorted.fails("write"))?;
        }
        sorted.put()
    }
}

/// Empties what was worked out: the documents change.
pub(super) fn forget(connection: &Connection) -> Result<(), Problem> {
    if connection
        .prepare_cached("DELETE FROM graph")?
        .execute([])?
        > 0
    {
        for table in ["answers", "ties", "edges", "nodes"] {
            connection.execute(&format!("DELETE FROM {table}"), [])?;
        }
    }
    Ok(())
}

/// A hash of the kinds: whoever has others works the graph out anew.
pub(super) fn hash(schema: &Schema) -> Result<String, Problem> {
    Ok(blake3::hash(&serde_json::to_vec(schema)?)
        .to_hex()
        .to_string())
}

fn keep(connection: &Connection, graph: &Graph, answers: &[Kept]) -> Result<(), Problem> {
    forget(connection)?;
    let Some(keys) = Keys::of(connection, graph)? else {
        return Ok(());
    };
    let last = graph.last_published().map(|date| date.to_string());
    connection.execute(
        "INSERT INTO graph (schema, last) VALUES (?1, ?2)",
        params![hash(graph.legend())?, last],
    )?;
    nodes(connection, graph.nodes())?;
    edges(connection, graph, &keys)?;
    ties(connection, graph.ties())?;
    let mut query = connection.prepare("INSERT INTO answers (question, answer) VALUES (?1, ?2)")?;
    for (question, answer) in answers {
        query.execute([question, answer.as_str()])?;
    }
    Ok(())
}

/// The keys of the documents and claims of a graph, in its order.
struct Keys {
    documents: Vec<i64>,
    claims: Vec<i64>,
}

impl Keys {
    /// `None` if the graph is of other documents.
    fn of(connection: &Connection, graph: &Graph) -> Result<Option<Self>, Problem> {
        if let Some(rows) = graph.rows() {
            return Self::of_rows(connection, graph, rows);
        }
        let mut query = connection.prepare("SELECT key, id FROM documents ORDER BY id")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
        let ids = graph.documents().iter().map(|document| &document.id);
        if !ids.eq(rows.iter().map(|(_, id)| id)) {
            return Ok(None);
        }
        let mut here: Option<(usize, BTreeMap<String, i64>)> = None;
        let mut claims = Vec::with_capacity(graph.claims().len());
        for claim in graph.claims() {
            let at = claim.document.0;
            let known = match here.take().filter(|(known, _)| *known == at) {
                Some((_, known)) => known,
                None => statements(connection, rows.get(at).map_or(0, |(key, _)| *key))?,
            };
            let Some(key) = known.get(&claim.statement.id) else {
                return Ok(None);
            };
            claims.push(*key);
            here = Some((at, known));
        }
        let documents = rows.into_iter().map(|(key, _)| key).collect();
        Ok(Some(Self { documents, claims }))
    }
}

impl Keys {
    /// Those of a graph that knows where its statements stand, in a store that has them in that order: then they
    /// count from 1.
    fn of_rows(
        connection: &Connection,
        graph: &Graph,
        rows: &Rows,
    ) -> Result<Option<Self>, Problem> {
        let mut query = connection.prepare("SELECT id FROM documents ORDER BY key")?;
        let mut found = query.query([])?;
        for document in graph.documents() {
            let row = found.next()?;
            let id = row.map(|row| row.get_ref(0)).transpose()?;
            let id = id.map(|id| id.as_str().map_err(rusqlite::Error::from));
            if id.transpose()? != Some(document.id.as_str()) {
                return Ok(None);
            }
        }
        let size = |table: &str| {
            let query = format!("SELECT count(*), coalesce(max(key), 0) FROM {table}");
            connection.query_row(&query, [], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        let documents = i64::try_from(graph.documents().len()).unwrap_or(i64::MAX);
        let statements = i64::from(rows.statements);
        if size("documents")? != (documents, documents)
            || size("statements")? != (statements, statements)
        {
            return Ok(None);
        }
        let claims = rows.of_claims.iter().map(|row| i64::from(*row) + 1);
        Ok(Some(Self {
            documents: (1..=documents).collect(),
            claims: claims.collect(),
        }))
    }
}

/// The statements of a document; of two with one id the surer one.
fn statements(connection: &Connection, document: i64) -> Result<BTreeMap<String, i64>, Problem> {
    let mut query = connection.prepare_cached(
        "SELECT id, key FROM statements WHERE document = ?1 ORDER BY confidence, key DESC",
    )?;
    let rows = query.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn nodes(connection: &Connection, nodes: &[Node]) -> Result<(), Problem> {
    let mut query = connection.prepare(
        "INSERT INTO nodes (key, id, kind, label, known, documents, mentions, first_seen, last_seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (key, node) in nodes.iter().enumerate() {
        query.execute(params![
            key,
            node.id.as_str(),
            node.kind,
            node.label,
            node.known,
            node.documents,
            node.mentions,
            text(node.first_seen),
            text(node.last_seen),
        ])?;
    }
    Ok(())
}

fn edges(connection: &Connection, graph: &Graph, keys: &Keys) -> Result<(), Problem> {
    let mut query = connection.prepare(&format!(
        "INSERT INTO edges ({SUMMARY}, key, subject, kind, object, directed, best, told_by, told_in)
         VALUES ({})",
        places(22)
    ))?;
    for (key, edge) in graph.edges().iter().enumerate() {
        bind_summary(&mut query, &edge.summary)?;
        let best = graph.best_ix(edge).and_then(|ix| keys.claims.get(ix.0));
        let told_by = edge.claims.iter().filter_map(|ix| keys.claims.get(ix.0));
        let told_in = edge
            .documents
            .iter()
            .filter_map(|ix| keys.documents.get(ix.0));
        bind(
            &mut query,
            &[
                &key,
                &edge.subject.0,
                &edge.kind,
                &edge.object.0,
                &edge.directed,
                &best,
                &keys_of(told_by.copied().collect()),
                &keys_of(told_in.copied().collect()),
            ],
        )?;
        query.raw_execute()?;
    }
    Ok(())
}

fn ties(connection: &Connection, ties: &[Tie]) -> Result<(), Problem> {
    let mut query = connection.prepare(&format!(
        "INSERT INTO ties ({SUMMARY}, key, a, b, strength, cooperative, hostile) VALUES ({})",
        places(20)
    ))?;
    for (key, tie) in ties.iter().enumerate() {
        bind_summary(&mut query, &tie.summary)?;
        bind(
            &mut query,
            &[
                &key,
                &tie.a.0,
                &tie.b.0,
                &tie.strength,
                &tie.cooperative,
                &tie.hostile,
            ],
        )?;
        query.raw_execute()?;
    }
    Ok(())
}

/// `?1, ?2, ...`
fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
    places.join(", ")
}

/// How many columns [`SUMMARY`] has.
const COLUMNS: usize = 14;

fn bind_summary(query: &mut Statement, summary: &Summary) -> Result<(), Problem> {
    let about: Vec<usize> = summary.about.iter().map(|NodeIx(ix)| *ix).collect();
    let precision = summary.precision.map(Precision::as_str);
    let values: [&dyn ToSql; COLUMNS] = [
        &summary.status.as_str(),
        &summary.sources,
        &summary.documents,
        &summary.statements,
        &summary.confidence,
        &text(summary.since),
        &precision,
        &text(summary.until),
        &text(summary.first_seen),
        &text(summary.last_seen),
        &json(&about)?,
        &json(&summary.roles)?,
        &json(&summary.instruments)?,
        &summary.copies,
    ];
    for (place, value) in values.iter().enumerate() {
        query.raw_bind_parameter(place + 1, value)?;
    }
    Ok(())
}

/// Binds what stands behind the summary.
fn bind(query: &mut Statement, values: &[&dyn ToSql]) -> Result<(), Problem> {
    for (place, value) in values.iter().enumerate() {
        query.raw_bind_parameter(COLUMNS + place + 1, value)?;
    }
    Ok(())
}

fn text(date: Option<jiff::civil::Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn json<T: Serialize>(list: &[T]) -> Result<Cow<'static, str>, Problem> {
    if list.is_empty() {
        return Ok("[]".into());
    }
    Ok(serde_json::to_string(list)?.into())
}

/// Keys, sorted, as differences in groups of seven bits.
fn keys_of(mut keys: Vec<i64>) -> Vec<u8> {
    keys.sort_unstable();
    keys.dedup();
    let mut bytes = Vec::with_capacity(keys.len() * 2);
    let mut last = 0;
    for key in keys {
        let mut rest = key.saturating_sub(last).unsigned_abs();
        last = key;
        while rest >= 0x80 {
            bytes.push(u8::try_from(rest & 0x7f).unwrap_or(0) | 0x80);
            rest >>= 7;
        }
        bytes.push(u8::try_from(rest).unwrap_or(0));
    }
    bytes
}

/// The keys of a list; whatever the bytes.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<i64> {
    let mut keys = Vec::new();
    let (mut last, mut rest, mut shift) = (0_i64, 0_u64, 0_u32);
    for byte in bytes {
        rest |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift += 7;
        if byte & 0x80 == 0 {
            last = last.saturating_add_unsigned(rest);
            keys.push(last);
            (rest, shift) = (0, 0);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_keys_come_back(keys in prop::collection::btree_set(1_i64..i64::MAX, 0..50)) {
            let keys: Vec<i64> = keys.into_iter().collect();
            prop_assert_eq!(unpacked(&keys_of(keys.iter().rev().copied().collect())), keys);
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            prop_assert!(unpacked(&bytes).len() <= bytes.len());
        }
    }
}
