//! `entente` reads news about defence and builds a graph of who cooperates with whom.

pub mod document;
pub mod linker;
pub mod error;
pub mod gazetteer;
pub mod mention;
pub mod schema;
pub mod statement;
pub mod text;
