//! What the graph and its pictures ask a schema, by the ids that statements carry.

use std::ops::Deref;

use crate::schema::{EntityKind, Group, Schema, StatementKind};

/// A schema that is asked by id, and has an answer for kinds it does not know: a store may be older
/// than the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend(Schema);

impl Deref for Legend {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        &self.0
    }
}

impl From<Schema> for Legend {
    fn from(schema: Schema) -> Self {
        Self(schema)
    }
}

impl From<&Schema> for Legend {
    fn from(schema: &Schema) -> Self {
        Self(schema.clone())
    }
}

impl Legend {
    /// The entity kind of this id.
    pub fn entity(&self, id: &str) -> Option<&EntityKind> {
        self.0.entity_by_id(id)
    }

    /// The statement kind of this id.
    pub fn statement(&self, id: &str) -> Option<&StatementKind> {
        self.0.statement_by_id(id)
    }

    /// Whether entities of this kind can cooperate. An unknown kind cannot.
    pub fn is_actor(&self, kind: &str) -> bool {
        self.entity(kind).is_some_and(|kind| kind.actor)
    }

    /// Whether this kind of statement has a direction. An unknown kind has.
    pub fn is_directed(&self, kind: &str) -> bool {
        !self.statement(kind).is_some_and(|kind| kind.symmetric)
    }

    /// The group of this kind of statement. An unknown kind is a fact.
    pub fn group(&self, kind: &str) -> Group {
        self.statement(kind).map_or(Group::Fact, |kind| kind.group)
    }

    /// The name of this kind of statement, or its id.
    pub fn statement_label<'a>(&'a self, kind: &'a str) -> &'a str {
        self.statement(kind).map_or(kind, |kind| &kind.label)
    }

    /// The place of a statement kind in the schema; unknown kinds come last.
    pub fn rank(&self, kind: &str) -> usize {
        let place = self.statements.iter().position(|k| k.id == kind);
        place.unwrap_or(self.statements.len())
    }
}
