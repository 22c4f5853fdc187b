//! `entente` reads news about defence and builds a graph of who cooperates with whom.

pub mod atomic;
pub mod document;
<<<<<<< HEAD
pub mod error;
pub mod gazetteer;
pub mod mention;
pub mod schema;
=======
pub mod export;
pub mod graph;
pub mod mention;
pub mod read;
>>>>>>> main
pub mod statement;
pub mod store;
pub mod text;
