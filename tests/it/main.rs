//! Integration tests: one binary, a module per concern.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod accuracy;
mod cli;
mod command;
mod layers;
mod query;
