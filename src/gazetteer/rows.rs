//! Reads `entities/<kind>.csv`: rows first, their references to each other after.

use super::entity::{Entity, EntityIx};
use super::files::SourceFile;
use super::load::{Loader, SLUG_HINT, files_in, is_slug};
use super::table::Table;
use crate::error::{closest, did_you_mean};
use crate::mention::EntityId;
use crate::schema::KindIx;

/// Columns of every `entities/<kind>.csv`, before those of the kind.
pub(super) const COMMON_COLUMNS: [&str; 9] = [
    "id", "label", "class", "country", "parent", "wikidata", "since", "until", "source",
];

/// An entity whose references are still ids.
struct Row<'a> {
    file: &'a SourceFile,
    line: usize,
    country: String,
    parent: String,
    acts_for: String,
    maker: String,
    entity: Entity,
}

impl Loader {
    /// Reads all entities and sorts them by id.
    pub(super) fn read_entities(&mut self, files: &[SourceFile]) {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (file, parts) in files_in(files, "entities", 2) {
            let id = parts.last().copied().unwrap_or_default();
            match self.schema.entity_kind(id) {
                Some(kind) => self.read_entity_file(file, kind, &mut rows),
                None => self.unknown_kind(file, id),
            }
        }
        rows.sort_by(|a, b| {
            a.entity
                .id
                .cmp(&b.entity.id)
                .then_with(|| b.file.layer.cmp(&a.file.layer))
        });
        rows.dedup_by(|later, first| {
            let same = later.entity.id == first.entity.id;
            if same && later.file.layer == first.file.layer {
                let message = format!("duplicate id \"{}\"", later.entity.id);
                let hint = format!("it also stands in line {}", first.line);
                self.problems
                    .add(&later.file.path, later.line, message, &hint);
            }
            same
        });
        for (at, row) in rows.iter().enumerate() {
            self.index.insert(
                row.entity.id.clone(),
                EntityIx(u32::try_from(at).unwrap_or(u32::MAX)),
            );
        }
        for row in &mut rows {
            self.resolve_entity(row);
        }
        self.counts.entities = rows.len();
        self.entities = rows.into_iter().map(|row| row.entity).collect();
    }

    fn read_entity_file<'a>(
        &mut self,
        file: &'a SourceFile,
        kind: KindIx,
        rows: &mut Vec<Row<'a>>,
    ) {
        let own = self.schema.entity(kind).columns.clone();
        let columns: Vec<&str> = COMMON_COLUMNS
            .into_iter()
            .chain(own.iter().map(String::as_str))
            .collect();
        let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
            return;
        };
        let own_cell = |table: &Table<'_>, name: &str| -> String {
            let at = columns.iter().position(|c| *c == name);
            at.map(|at| table.cell(at).to_owned()).unwrap_or_default()
        };
        let mut last = String::new();
        while table.advance(&mut self.problems) {
            self.counts.rows += 1;
            let id = table.cell(0);
            if !self.sound_id(&table, kind, id, &last) {
                continue;
            }
            id.clone_into(&mut last);
            if table.cell(1).is_empty() {
                table.report(
                    &mut self.problems,
                    "empty label",
                    "every entity has a name in English",
                );
            }
            let (since, until) = self.dates(&table, 6);
            self.check_source(&table, 8);
            let label = table.cell(1).to_owned();
            let surname = match own_cell(&table, "surname") {
                given if given.is_empty() && columns.contains(&"surname") => {
                    label.rsplit(' ').next().unwrap_or_default().to_owned()
                }
                given => given,
            };
            rows.push(Row {
                file,
                line: table.line,
                country: table.cell(3).to_owned(),
                parent: table.cell(4).to_owned(),
                acts_for: own_cell(&table, "acts_for"),
                maker: own_cell(&table, "maker"),
                entity: Entity {
                    id: EntityId::new(id),
                    kind,
                    label,
                    class: table.cell(2).to_owned(),
                    countries: Vec::new(),
                    parent: None,
                    wikidata: table.cell(5).to_owned(),
                    since,
                    until,
                    source: table.cell(8).to_owned(),
                    acts_for: None,
                    makers: Vec::new(),
                    surname,
                    iso2: own_cell(&table, "iso2"),
                    cow: own_cell(&table, "cow"),
                },
            });
        }
    }

    /// Checks the id of a row against its kind and the row before.
    fn sound_id(&mut self, table: &Table<'_>, kind: KindIx, id: &str, last: &str) -> bool {
        let kind_id = &self.schema.entity(kind).id;
        let Some(slug) = id
            .strip_prefix(kind_id.as_str())
            .and_then(|rest| rest.strip_prefix(':'))
        else {
            let message =
                format!("expected an id that starts with \"{kind_id}:\", but found \"{id}\"");
            table.report(&mut self.problems, message, "");
            return false;
        };
        if self.schema.state_kind() == Some(kind) {
            if slug.len() != 3 || !slug.bytes().all(|b| b.is_ascii_uppercase()) {
                let hint = "countries are named by their ISO 3166-1 alpha-3 code, country:CAN";
                table.report(&mut self.problems, format!("invalid id \"{id}\""), hint);
                return false;
            }
        } else if !is_slug(slug) {
            table.report(
                &mut self.problems,
                format!("invalid id \"{id}\""),
                SLUG_HINT,
            );
            return false;
        }
        if id < last {
            let message = format!("\"{id}\" stands after \"{last}\"");
            table.report(&mut self.problems, message, "sort the rows by id");
        }
        true
    }

    fn resolve_entity(&mut self, row: &mut Row<'_>) {
        let (path, line) = (row.file.path.as_str(), row.line);
        row.entity.countries = self.countries(&row.country, path, line);
        let acting = self.countries(&row.acts_for, path, line);
        row.entity.acts_for = acting.first().copied();
        if acting.len() > 1 {
            let message = format!(
                "expected one country in acts_for, but found \"{}\"",
                row.acts_for
            );
            self.problems.add(
                path,
                line,
                message,
                "a body of several countries acts for itself",
            );
        }
        if !row.parent.is_empty() {
            row.entity.parent = self.resolve(&row.parent, path, line);
        }
        for maker in row.maker.split('|').filter(|m| !m.is_empty()) {
            row.entity.makers.extend(self.resolve(maker, path, line));
        }
    }

    /// The entities of a list of ISO codes.
    fn countries(&mut self, codes: &str, path: &str, line: usize) -> Vec<EntityIx> {
        let mut found = Vec::new();
        let state = self
            .schema
            .state_kind()
            .map(|kind| self.schema.entity(kind).id.clone());
        for code in codes.split('|').filter(|c| !c.is_empty()) {
            let id = format!("{}:{code}", state.as_deref().unwrap_or_default());
            if let Some(&ix) = self.index.get(id.as_str()) {
                found.push(ix);
            } else {
                let codes = self.index.keys().filter_map(|known| {
                    known
                        .as_str()
                        .strip_prefix(state.as_deref()?)?
                        .strip_prefix(':')
                });
                let hint = did_you_mean(&closest(code, codes, 2));
                let message = format!("unknown country code \"{code}\"");
                self.problems.add(path, line, message, &hint);
            }
        }
        found
    }
}
