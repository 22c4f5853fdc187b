//! What the graph and its pictures need to know about kinds: direction, group, names and colours.

use crate::schema::{self, Schema};

/// The entity and statement kinds of a schema, as the graph and its exports see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// Entity kinds in the order of the schema.
    pub entities: Vec<EntityStyle>,
    /// Statement kinds in the order of the schema.
    pub statements: Vec<KindStyle>,
}

/// An entity kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityStyle {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether entities of it can cooperate.
    pub actor: bool,
    /// `#rrggbb`.
    pub colour: String,
    /// A shape that Graphviz knows.
    pub shape: String,
}

/// A statement kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindStyle {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// What it says about the tie of its parties.
    pub group: Group,
    /// Whether it says little more than that there is a tie.
    pub vague: bool,
    /// `#rrggbb`.
    pub colour: String,
}

/// What a kind of statement says about the tie of its parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// They work together.
    Cooperative,
    /// They work against each other.
    Hostile,
    /// Neither: who is in what, who makes or buys what, who speaks for whom.
    Fact,
}

impl Group {
    /// The word files carry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Hostile => "hostile",
            Self::Fact => "fact",
        }
    }
}

impl Legend {
    /// The entity kind of this id.
    pub fn entity(&self, id: &str) -> Option<&EntityStyle> {
        self.entities.iter().find(|kind| kind.id == id)
    }

    /// The statement kind of this id.
    pub fn statement(&self, id: &str) -> Option<&KindStyle> {
        self.statements.iter().find(|kind| kind.id == id)
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

impl From<&Schema> for Legend {
    fn from(schema: &Schema) -> Self {
        Self {
            entities: schema.entities.iter().map(EntityStyle::from).collect(),
            statements: schema.statements.iter().map(KindStyle::from).collect(),
        }
    }
}

impl From<&schema::EntityKind> for EntityStyle {
    fn from(kind: &schema::EntityKind) -> Self {
        Self {
            id: kind.id.clone(),
            label: kind.label.clone(),
            actor: kind.actor,
            colour: kind.colour.clone(),
            shape: kind.shape.clone(),
        }
    }
}

impl From<&schema::StatementKind> for KindStyle {
    fn from(kind: &schema::StatementKind) -> Self {
        Self {
            id: kind.id.clone(),
            label: kind.label.clone(),
            symmetric: kind.symmetric,
            group: match kind.group {
                schema::Group::Cooperative => Group::Cooperative,
                schema::Group::Hostile => Group::Hostile,
                schema::Group::Fact => Group::Fact,
            },
            vague: kind.yields,
            colour: kind.colour.clone(),
        }
    }
}
