//! `entente` reads news about defence and builds a graph of who cooperates with whom.

pub mod atomic;
pub mod document;
pub mod error;
pub mod export;
pub mod gazetteer;
pub mod graph;
pub mod mention;
pub mod read;
pub mod schema;
pub mod statement;
pub mod store;
pub mod text;
