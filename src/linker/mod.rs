//! From mentions to statements.

mod pattern;
mod rules;
