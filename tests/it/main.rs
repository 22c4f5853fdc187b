//! Integration tests: one binary, a module per concern.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod accuracy;
mod agency;
mod answers;
mod attributes;
mod cli;
mod command;
mod compiled;
mod copies;
mod examples;
mod explain;
mod export;
mod gazetteer;
mod gazetteer_care;
mod gazetteer_forms;
mod graph;
mod graph_sample;
mod inputs;
mod kept;
mod large;
mod layers;
mod made;
mod mistakes;
mod pipeline;
mod promise;
mod query;
mod read;
mod readme;
mod refused;
mod report;
mod resume;
mod sentences;
#[cfg(feature = "serve")]
mod serve;
mod slim;
mod spoilt;
mod store;
mod tagger;
mod tagger_forms;
