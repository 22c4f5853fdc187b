//! The words of claims, kept beside a graph that has none: rows of `statements.csv` with a few cells missing.
//!
//! Who makes a graph of more documents than memory has room for makes of each extraction what [`passages`]
//! gives, keeps it wherever there is room, and hands it over again when the graph is there.

use std::io::{self, Write};

use super::column::Value;
use super::csv::{Fill, STATEMENT, even, list};
use super::table::{quoted, shown};
use crate::graph::{ClaimIx, DocumentIx, Graph, in_order};
use crate::statement::{Extraction, Statement};

/// What the claims of one document say, in the order in which a graph has them.
pub fn passages(extraction: &Extraction) -> Vec<u8> {
    let mut to = Vec::new();
    for (_, statement) in in_order(&extraction.statements) {
        passage(statement, &mut to);
    }
    to
}

/// The cells of one row that need no graph, and the sentence as it is; before each its length.
fn passage(statement: &Statement, to: &mut Vec<u8>) {
    let mut cell = Vec::new();
    let mut put = |bytes: &[u8]| {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        to.extend_from_slice(&length.to_le_bytes());
        to.extend_from_slice(bytes);
    };
    put(statement.evidence.sentence.as_bytes());
    for (_, fill) in STATEMENT {
        if let Fill::Said(said) = fill {
            cell.clear();
            filled(even(said(statement)), &mut cell);
            put(&cell);
        }
    }
}

/// A cell as it stands in the file.
fn filled(value: Option<Value<'_>>, to: &mut Vec<u8>) {
    match value {
        Some(Value::Text(text)) => quoted(&text, b',', to),
        Some(value) => shown(&value, to),
        None => {}
    }
}

/// Goes through what [`passages`] gave for one document.
struct Reader<'p>(&'p [u8]);

impl<'p> Reader<'p> {
    fn part(&mut self) -> io::Result<&'p [u8]> {
        let torn = || io::Error::new(io::ErrorKind::InvalidData, "the words of a claim are torn");
        let (length, rest) = self.0.split_first_chunk().ok_or_else(torn)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (part, rest) = rest.split_at_checked(length).ok_or_else(torn)?;
        self.0 = rest;
        Ok(part)
    }
}

/// The sentences of those claims of one document that are `wanted`; `first` is the number of its first claim.
pub fn sentences(
    passages: &[u8],
    first: usize,
    count: usize,
    mut wanted: impl FnMut(ClaimIx) -> bool,
    to: &mut Vec<(ClaimIx, String)>,
) -> io::Result<()> {
    let mut reader = Reader(passages);
    let cells = STATEMENT
        .iter()
        .filter(|(_, fill)| matches!(fill, Fill::Said(_)));
    let cells = cells.count();
    for ix in (first..first + count).map(ClaimIx) {
        let sentence = reader.part()?;
        if wanted(ix) {
            to.push((ix, String::from_utf8_lossy(sentence).into_owned()));
        }
        for _ in 0..cells {
            reader.part()?;
        }
    }
    Ok(())
}

/// Writes `statements.csv` of a graph without words, document by document.
pub struct Statements<'w> {
    to: &'w mut dyn Write,
    line: Vec<u8>,
}

impl<'w> Statements<'w> {
    /// Begins a file.
    pub fn new(to: &'w mut dyn Write) -> io::Result<Self> {
        let names: Vec<&str> = STATEMENT.iter().map(|(name, _)| *name).collect();
        to.write_all(names.join(",").as_bytes())?;
        to.write_all(b"\n")?;
        let line = Vec::new();
        Ok(Self { to, line })
    }

    /// Writes the rows of one document, of which `first` is the number of the first claim.
    pub fn document(
        &mut self,
        graph: &Graph,
        document: DocumentIx,
        first: usize,
        count: usize,
        passages: &[u8],
    ) -> io::Result<()> {
        let mut reader = Reader(passages);
        self.line.clear();
        for ix in (first..first + count).map(ClaimIx) {
            reader.part()?;
            for (at, (_, fill)) in STATEMENT.iter().enumerate() {
                if at > 0 {
                    self.line.push(b',');
                }
                let cell = match fill {
                    Fill::Said(_) => {
                        self.line.extend_from_slice(reader.part()?);
                        continue;
                    }
                    Fill::Document(cell) => cell(graph, document),
                    Fill::Ids(part) => {
                        let nodes = graph.nodes_of(ix, *part);
                        list(nodes.map(|ix| graph.node(ix).id.as_str()))
                    }
                    Fill::Names(part) => {
                        let nodes = graph.nodes_of(ix, *part);
                        list(nodes.map(|ix| graph.node(ix).label.as_str()))
                    }
                };
                filled(even(cell), &mut self.line);
            }
            self.line.push(b'\n');
        }
        self.to.write_all(&self.line)
    }
}
