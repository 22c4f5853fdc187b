//! `entente` reads news about defence and builds a graph of who cooperates with whom, on what, since
//! when, how firmly, and which sentence says so.
//!
//! One sentence flows through it like this:
//!
//! ```text
//! bytes --read--> Document --tag--> [Mention] --link--> [Statement] --merge--> Graph --export / query--> files, answers
//! ```
//!
//! The types that matter are [`Document`](document::Document), a text with its blocks;
//! [`Statement`](statement::Statement), one claim of one passage with the evidence for it;
//! [`Extraction`](statement::Extraction), what one document yields; and [`Graph`](graph::Graph), what
//! all of them say together. [`Pipeline`](pipeline::Pipeline) knows the order of the steps; most
//! programs need nothing below it.
//!
//! From a text to an edge and back to the words that made it:
//!
//! ```
//! use entente::gazetteer::Gazetteer;
//! use entente::graph::Graph;
//! use entente::pipeline::Pipeline;
//! use entente::read;
//!
//! let gazetteer = Gazetteer::builtin()?;
//! let pipeline = Pipeline::new(gazetteer)?;
//! let text = "Oslo, 8 July 2026\n\nNorway and Canada signed a memorandum of understanding on submarines.";
//! let extraction = pipeline.extract(&read::from_text("note.txt", text));
//!
//! let graph = Graph::from_extractions([extraction], gazetteer.schema());
//! let edge = &graph.edges()[0];
//! assert_eq!(edge.id, "country:CAN/agreement/country:NOR");
//! assert_eq!(edge.summary.since, Some(jiff::civil::date(2026, 7, 8)));
//!
//! let claim = graph.best(edge).expect("an edge has evidence");
//! assert!(claim.statement.evidence.sentence.starts_with("Norway and Canada signed"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Whoever wants to know the tie between two entities asks [`query::who`] and [`query::why`]; files for
//! other programs are in [`export::FORMATS`]; the vocabulary, all of it data, is the
//! [`Gazetteer`](gazetteer::Gazetteer). What an answer rests on is kept in a [`Store`](store::Store).

pub mod atomic;
pub mod clock;
pub mod copies;
pub mod document;
pub mod error;
pub mod eval;
pub mod export;
pub mod gazetteer;
pub mod graph;
pub mod linker;
pub mod mention;
pub mod packed;
pub mod pipeline;
pub mod query;
pub mod read;
pub mod report;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod statement;
pub mod store;
pub mod tagger;
pub mod text;
