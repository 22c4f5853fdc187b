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
//! - **DOT**, **SVG** and **PNG** are pictures: parallel edges of one direction are drawn as one line.
//! - **JSON** is the node-link form of NetworkX, or the elements of Cytoscape.js.
//! - **Turtle** has every statement as a resource of its own, with its sentence and document.
//!
//! [`Options`] ask for parallel edges or for the dialect of a spreadsheet; [`View`] and
//! [`collapse`] make a smaller graph first.

mod collapse;
mod column;
mod csv;
mod digits;
mod dot;
mod dyads;
mod gexf;
mod graphml;
mod json;
mod link;
mod markup;
mod neo4j;
mod parquet;
mod passages;
mod png;
mod svg;
mod table;
mod text;
mod turtle;
mod view;

use std::io::{self, Write};

pub use self::collapse::collapse;
pub use self::column::{Type, Value};
pub use self::graphml::Graphml;
pub use self::link::{Direction, Link, Links};
pub use self::passages::{Statements, passages, sentences};
pub use self::view::View;
pub use crate::atomic::{FileError, write_atomically};
use crate::graph::Graph;

/// How a format is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// One edge for each edge of the graph, parallel ones too, in formats that bundle them otherwise.
    pub multi: bool,
    /// For whom tables are written.
    pub dialect: Dialect,
    /// Leave out entities that no edge connects.
    pub connected: bool,
}

/// For whom tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, quotes where needed: every reader of CSV.
    #[default]
    Plain,
    /// Gephi takes a backslash for an escape.
    Gephi,
    /// Excel wants a mark at the start and semicolons, and would run cells that begin like a formula.
    Excel,
}

/// A file format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// The set of files it belongs to: all of them are written where the set is asked for.
    pub set: &'static str,
    /// The file it is written to in a folder.
    pub file: &'static str,
    /// What it is good for, in one line.
    pub gloss: &'static str,
    /// Whether a build writes it.
    pub build: bool,
    write: Writer,
}

type Writer = fn(&Graph, Options, &mut dyn Write) -> io::Result<()>;

const fn format(
    id: &'static str,
    set: &'static str,
    file: &'static str,
    gloss: &'static str,
    write: Writer,
) -> Format {
    Format {
        id,
        set,
        file,
        gloss,
        build: false,
        write,
    }
}

/// The same format, written by every build.
const fn built(format: Format) -> Format {
    Format {
        build: true,
        ..format
    }
}

/// Every format, in the order in which a build writes them.
pub const FORMATS: &[Format] = &[
    built(format(
        "graphml",
        "",
        "graph.graphml",
        "one edge for each pair; for Gephi, NetworkX, igraph, yEd, Cytoscape",
        graphml::write,
    )),
    built(format(
        "gexf",
        "",
        "graph.gexf",
        "one edge for each pair and kind, with times and colours; for Gephi and NetworkX",
        gexf::write,
    )),
    built(format(
        "dot",
        "",
        "graph.dot",
        "a picture of the most important part; for Graphviz",
        dot::write,
    )),
    format(
        "svg",
        "",
        "graph.svg",
        "the same picture, drawn without Graphviz; for browsers and papers",
        svg::write,
    ),
    format(
        "png",
        "",
        "graph.png",
        "the same picture as pixels; for slides and office programs",
        png::write,
    ),
    built(format(
        "nodes",
        "csv",
        "nodes.csv",
        "a table of the entities; for spreadsheets and Gephi",
        csv::nodes,
    )),
    built(format(
        "edges",
        "csv",
        "edges.csv",
        "a table of the edges; for spreadsheets and Gephi",
        csv::edges,
    )),
    built(format(
        "statements",
        "csv",
        "statements.csv",
        "a table of the statements with their sentences; for spreadsheets",
        csv::statements,
    )),
    format(
        "dyads",
        "csv",
        "dyads.csv",
        "a row for each pair and year, with counts by kind; for statistics",
        dyads::write,
    ),
    format(
        "parquet",
        "",
        "statements.parquet",
        "the table of the statements with types; for DuckDB, pandas, Polars, Spark",
        parquet::write,
    ),
    format(
        "json",
        "",
        "graph.json",
        "node-link; for NetworkX and D3",
        json::node_link,
    ),
    format(
        "cytoscape",
        "",
        "graph.cyjs",
        "elements; for Cytoscape.js and Cytoscape",
        json::cytoscape,
    ),
    format(
        "turtle",
        "",
        "graph.ttl",
        "RDF with every statement, its sentence and document; for triple stores",
        turtle::write,
    ),
    format(
        "neo4j-nodes",
        "neo4j",
        "neo4j-nodes.csv",
        "nodes for `neo4j-admin database import`",
        neo4j::nodes,
    ),
    format(
        "neo4j-relationships",
        "neo4j",
        "neo4j-relationships.csv",
        "relationships for `neo4j-admin database import`",
        neo4j::relationships,
    ),
];

impl Format {
    /// The format of this name.
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// The formats of this name or set.
    pub fn all_named(id: &str) -> Vec<&'static Self> {
        let fits = |format: &&Self| format.id == id || (!id.is_empty() && format.set == id);
        FORMATS.iter().filter(fits).collect()
    }

    /// Writes the graph. The same graph gives the same bytes.
    pub fn write(&self, graph: &Graph, options: Options, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(graph, options, out)
    }
}
