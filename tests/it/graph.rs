//! The graph of extractions.
