//! Writes a graph as files that other programs read: one file per format, one table [`FORMATS`].
//!
//! All of them are written from the same [`Link`]s and columns, so that a column means the same
//! everywhere. What their readers demand decides how much of the graph a format can hold:
//!
//! - **GraphML** is what every tool opens, so it has one undirected edge for each pair of entities.
//!   NetworkX refuses a file with directed and undirected edges, and Gephi merges parallel edges and
//!   adds up their weights; so `kind` is the kind that is best attested, `kinds` all of them, and
//!   `direction` says whether the order of the two ends means something.
//! - **GEXF** has one undirected edge for each pair and kind. Gephi keeps them apart by their `kind`
//!   and plays them along `start` and `end`. Undirected and with `direction`, for the same reason.
//! - **CSV** has one row for each edge, directed or not: its readers allow both.
//! - **DOT** is a picture: parallel edges of one direction are drawn as one line of several colours.

mod column;
mod csv;
mod dot;
mod gexf;
mod graphml;
mod link;
mod text;

use std::io::{self, Write};

pub use self::link::{Direction, Link};
pub use crate::atomic::{FileError, write_atomically};
use crate::graph::Graph;

/// A file format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// The file a build makes of it.
    pub file: &'static str,
    /// What it is good for, in one line.
    pub gloss: &'static str,
    write: fn(&Graph, &mut dyn Write) -> io::Result<()>,
}

/// Every format, in the order in which a build writes them.
pub const FORMATS: &[Format] = &[
    Format {
        id: "graphml",
        file: "graph.graphml",
        gloss: "one edge for each pair; for Gephi, NetworkX, igraph, yEd, Cytoscape",
        write: graphml::write,
    },
    Format {
        id: "gexf",
        file: "graph.gexf",
        gloss: "one edge for each pair and kind, with times and colours; for Gephi and NetworkX",
        write: gexf::write,
    },
    Format {
        id: "dot",
        file: "graph.dot",
        gloss: "a picture of the most important part; for Graphviz",
        write: dot::write,
    },
    Format {
        id: "nodes",
        file: "nodes.csv",
        gloss: "a table of the entities; for spreadsheets and Gephi",
        write: csv::nodes,
    },
    Format {
        id: "edges",
        file: "edges.csv",
        gloss: "a table of the edges; for spreadsheets and Gephi",
        write: csv::edges,
    },
    Format {
        id: "statements",
        file: "statements.csv",
        gloss: "a table of the statements with their sentences; for spreadsheets",
        write: csv::statements,
    },
];

impl Format {
    /// The format of this name.
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// Writes the graph. The same graph gives the same bytes.
    pub fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(graph, out)
    }
}
