//! From mentions to statements.

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Tagged;
use crate::statement::Statement;

/// Reads statements from tagged documents.
#[derive(Debug, Clone)]
pub struct Linker<'g> {
    _gazetteer: &'g Gazetteer,
}

/// Why a linker could not be made.
#[derive(Debug, thiserror::Error)]
#[error("failed to make a linker")]
pub struct LinkerError;

impl<'g> Linker<'g> {
    /// A linker over a vocabulary.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self, LinkerError> {
        Ok(Self {
            _gazetteer: gazetteer,
        })
    }

    /// The statements of a document, in order of their place.
    pub fn link(&self, _document: &Document, _tagged: &Tagged) -> Vec<Statement> {
        Vec::new()
    }
}
