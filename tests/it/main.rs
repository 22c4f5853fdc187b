//! Integration tests.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod export;
mod graph;
mod graph_sample;
mod read;
mod store;
