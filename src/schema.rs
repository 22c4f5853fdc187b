//! The ontology as data: entity kinds and statement kinds of `schema.toml`.

use serde::{Deserialize, Serialize};

use crate::error::{Problem, Problems, closest, did_you_mean, line_of};

/// An entity kind: an index into [`Schema::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KindIx(pub u16);

/// A statement kind: an index into [`Schema::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementKindIx(pub u16);

/// Every kind there is. Steps ask it what a kind may do; none knows a kind by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// In the order of the file.
    pub entities: Vec<EntityKind>,
    /// In the order of the file.
    pub statements: Vec<StatementKind>,
}

/// A kind of entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityKind {
    /// The part of an entity's id before the colon, and the name of its file.
    pub id: String,
    /// As shown.
    pub label: String,
    /// One line that explains it.
    pub gloss: String,
    /// Columns of its file after the common ones.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Whether it can be a party of a cooperation.
    #[serde(default)]
    pub actor: bool,
    /// Classes whose entities states take part in as in a programme, though each is an actor itself (a coalition).
    #[serde(default)]
    pub frameworks: Vec<String>,
    /// Classes whose members stand together (an alliance): two members of one are allies.
    #[serde(default)]
    pub blocs: Vec<String>,
    /// Colour of its nodes, `#rrggbb`.
    pub colour: String,
    /// Graphviz shape of its nodes.
    pub shape: String,
    /// The inflection class of `lang/mul.toml` for the labels of this kind.
    #[serde(default = "default_name_class")]
    pub name_class: String,
}

/// A kind of statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementKind {
    /// Its name in files and on the command line.
    pub id: String,
    /// As shown.
    pub label: String,
    /// How the other end calls the subject (`member`, `maker`); empty if nothing fits.
    pub inverse: String,
    /// One line that explains it.
    pub gloss: String,
    /// Whether it runs both ways.
    pub symmetric: bool,
    /// What it says about the relation of its parties.
    pub group: Group,
    /// Dropped when the same passage supports a more specific kind of the same group.
    pub yields: bool,
    /// Whether two subjects of one object likely work together (`participates in`).
    pub shared: bool,
    /// Kinds that may stand at the near end.
    pub subject: Vec<KindIx>,
    /// Kinds that may stand at the far end.
    pub object: Vec<KindIx>,
    /// Colour of its edges, `#rrggbb`.
    pub colour: String,
    /// Nearest CAMEO code, may be empty.
    pub cameo: String,
    /// Nearest PLOVER type, may be empty.
    pub plover: String,
}

/// What a statement kind says about the relation of its parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// They work together.
    Cooperative,
    /// They work against each other.
    Hostile,
    /// Neither: who makes, has, joins or stands for what.
    Fact,
}

impl Schema {
    /// Reads `schema.toml`.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problems> {
        let mut schema = Self::default();
        schema.extend(path, text)?;
        Ok(schema)
    }

    /// Takes over what another `schema.toml` has: a kind with a known id takes the place of the kind
    /// there is, every other kind is added. Indices of kinds stay what they are.
    pub fn extend(&mut self, path: &str, text: &str) -> Result<(), Problems> {
        let raw: Raw = toml::from_str(text).map_err(|e| toml_problem(path, text, &e))?;
        let mut problems = Problems::new();
        check_doubles(&raw, path, text, &mut problems);
        for kind in raw.entity {
            let kind = kind.into_inner();
            match self.entities.iter_mut().find(|known| known.id == kind.id) {
                Some(known) => *known = kind,
                None => self.entities.push(kind),
            }
        }
        for kind in raw.statement {
            let line = line_of(text, kind.span().start);
            let kind = self.resolve(kind.into_inner(), path, line, &mut problems);
            match self.statements.iter_mut().find(|known| known.id == kind.id) {
                Some(known) => *known = kind,
                None => self.statements.push(kind),
            }
        }
        self.check(path, &mut problems);
        problems.or(())
    }

    /// The entity kind with this id.
    pub fn entity_kind(&self, id: &str) -> Option<KindIx> {
        let at = self.entities.iter().position(|k| k.id == id)?;
        u16::try_from(at).ok().map(KindIx)
    }

    /// The statement kind with this id.
    pub fn statement_kind(&self, id: &str) -> Option<StatementKindIx> {
        let at = self.statements.iter().position(|k| k.id == id)?;
        u16::try_from(at).ok().map(StatementKindIx)
    }

    /// An entity kind by index.
    ///
    /// # Panics
    /// If the index is of another schema.
    pub fn entity(&self, ix: KindIx) -> &EntityKind {
        &self.entities[usize::from(ix.0)]
    }

    /// A statement kind by index.
    ///
    /// # Panics
    /// If the index is of another schema.
    pub fn statement(&self, ix: StatementKindIx) -> &StatementKind {
        &self.statements[usize::from(ix.0)]
    }

    /// The statement kind with this id, as a whole.
    pub fn statement_by_id(&self, id: &str) -> Option<&StatementKind> {
        self.statements.iter().find(|k| k.id == id)
    }

    /// The entity kind with this id, as a whole.
    pub fn entity_by_id(&self, id: &str) -> Option<&EntityKind> {
        self.entities.iter().find(|k| k.id == id)
    }

    /// The kind whose ids are ISO 3166-1 codes: the one that has a column for the short code.
    pub fn state_kind(&self) -> Option<KindIx> {
        let at = self.entities.iter().position(|k| k.has_column("iso2"))?;
        u16::try_from(at).ok().map(KindIx)
    }

    fn resolve(
        &self,
        raw: RawStatement,
        path: &str,
        line: usize,
        problems: &mut Problems,
    ) -> StatementKind {
        let mut ends = |ids: &[String]| -> Vec<KindIx> {
            let mut kinds = Vec::new();
            for id in ids {
                match self.entity_kind(id) {
                    Some(ix) => kinds.push(ix),
                    None => problems.add(
                        path,
                        line,
                        format!(
                            "unknown entity kind \"{id}\" in statement kind \"{}\"",
                            raw.id
                        ),
                        &did_you_mean(&closest(id, self.entities.iter().map(|k| k.id.as_str()), 1)),
                    ),
                }
            }
            kinds
        };
        StatementKind {
            subject: ends(&raw.subject),
            object: ends(&raw.object),
            id: raw.id,
            label: raw.label,
            inverse: raw.inverse,
            gloss: raw.gloss,
            symmetric: raw.symmetric,
            group: raw.group,
            yields: raw.yields,
            shared: raw.shared,
            colour: raw.colour,
            cameo: raw.cameo,
            plover: raw.plover,
        }
    }

    fn check(&self, path: &str, problems: &mut Problems) {
        let entities = self.entities.iter().map(|k| (&k.id, &k.colour));
        let statements = self.statements.iter().map(|k| (&k.id, &k.colour));
        for (what, kinds) in [
            ("entity", entities.collect::<Vec<_>>()),
            ("statement", statements.collect()),
        ] {
            for (id, colour) in kinds {
                if !is_colour(colour) {
                    let message = format!("bad colour \"{colour}\" of {what} kind \"{id}\"");
                    problems.add(path, 0, message, "colours are written #rrggbb");
                }
            }
        }
        for kind in &self.entities {
            for column in &kind.columns {
                if !OWN_COLUMNS.contains(&column.as_str()) {
                    problems.add(
                        path,
                        0,
                        format!("unknown column \"{column}\" of entity kind \"{}\"", kind.id),
                        &format!("known columns: {}", OWN_COLUMNS.join(", ")),
                    );
                }
            }
        }
    }
}

impl EntityKind {
    /// Whether its file has this column.
    pub fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|c| c == name)
    }
}

/// A file names each kind once.
fn check_doubles(raw: &Raw, path: &str, text: &str, problems: &mut Problems) {
    let entities = raw.entity.iter();
    let entities = entities.map(|k| (k.as_ref().id.as_str(), k.span().start));
    let statements = raw.statement.iter();
    let statements = statements.map(|k| (k.as_ref().id.as_str(), k.span().start));
    for (what, kinds) in [
        ("entity", entities.collect::<Vec<_>>()),
        ("statement", statements.collect()),
    ] {
        for (i, &(id, start)) in kinds.iter().enumerate() {
            if kinds.iter().take(i).any(|&(other, _)| other == id) {
                let message = format!("duplicate {what} kind \"{id}\"");
                problems.add(path, line_of(text, start), message, "remove one");
            }
        }
    }
}

/// Columns a kind may have after the common ones; the loader knows what each holds.
const OWN_COLUMNS: [&str; 5] = ["iso2", "cow", "acts_for", "maker", "surname"];

/// A TOML error as a problem with its line.
pub(crate) fn toml_problem(path: &str, text: &str, error: &toml::de::Error) -> Problems {
    let line = error.span().map_or(0, |span| line_of(text, span.start));
    let mut problems = Problems::new();
    let message = error.message().trim_end().replace('\n', ", ");
    problems.push(Problem::new(
        path,
        line,
        format!("failed to read: {message}"),
    ));
    problems
}

fn default_name_class() -> String {
    String::from("name")
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    entity: Vec<toml::Spanned<EntityKind>>,
    #[serde(default)]
    statement: Vec<toml::Spanned<RawStatement>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStatement {
    id: String,
    label: String,
    #[serde(default)]
    inverse: String,
    gloss: String,
    symmetric: bool,
    group: Group,
    #[serde(default)]
    yields: bool,
    #[serde(default)]
    shared: bool,
    subject: Vec<String>,
    object: Vec<String>,
    colour: String,
    #[serde(default)]
    cameo: String,
    #[serde(default)]
    plover: String,
}
