//! Reads the files of a vocabulary: load all, then resolve, then validate, keeping every problem.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::date::DateBound;
use super::entity::{Entity, EntityIx, Lang, Membership, Tenure};
use super::files::{self, SourceFile};
use super::language::Language;
use super::lexicon::{Lexicon, LexiconBuilder};
use super::names;
use super::table::Table;
use super::{Counts, Gazetteer};
use crate::error::{Problems, closest, did_you_mean};
use crate::mention::EntityId;
use crate::schema::{KindIx, Schema};

/// What `role` of `memberships/*.csv` may be.
const MEMBER_ROLES: [&str; 5] = ["lead", "member", "observer", "partner", "signatory"];

/// Columns of every `entities/<kind>.csv`, before those of the kind.
const COMMON_COLUMNS: [&str; 9] = [
    "id", "label", "class", "country", "parent", "wikidata", "since", "until", "source",
];

/// Suggestions are searched for so many problems at most: a missing file can dangle thousands of ids.
const MOST_SUGGESTIONS: usize = 50;

/// A vocabulary in the making.
pub(super) struct Loader {
    pub(super) problems: Problems,
    pub(super) schema: Schema,
    pub(super) languages: BTreeMap<Lang, Language>,
    pub(super) entities: Vec<Entity>,
    pub(super) index: FxHashMap<EntityId, EntityIx>,
    pub(super) counts: Counts,
    sources: Vec<String>,
    tenures: BTreeMap<EntityIx, Vec<Tenure>>,
    memberships: BTreeMap<EntityIx, Vec<Membership>>,
    suggestions: usize,
}

/// The built-in files and those of the user's folders, which add or override.
pub(super) fn builtin_and(own: &[impl AsRef<Path>], problems: &mut Problems) -> Vec<SourceFile> {
    let mut all = files::builtin(problems);
    for (i, dir) in own.iter().enumerate() {
        all.extend(files::folder(dir.as_ref(), i + 1, problems));
    }
    all
}

/// The files of one folder; what it lacks of the ontology and the languages comes from the built-in ones.
pub(super) fn only(dir: &Path, problems: &mut Problems) -> Vec<SourceFile> {
    let own = files::folder(dir, 1, problems);
    let mut all = files::builtin(&mut Problems::new());
    all.retain(|file| file.inside == "schema.toml" || file.inside.starts_with("lang/"));
    all.extend(own);
    all
}

/// Reads all files. The gazetteer is whole only if there are no problems.
pub(super) fn load(files: Vec<SourceFile>, problems: Problems) -> (Gazetteer, Problems) {
    let mut loader = Loader {
        problems,
        schema: Schema::default(),
        languages: BTreeMap::new(),
        entities: Vec::new(),
        index: FxHashMap::default(),
        counts: Counts::default(),
        sources: Vec::new(),
        tenures: BTreeMap::new(),
        memberships: BTreeMap::new(),
        suggestions: 0,
    };
    loader.counts.files = files.len();
    loader.read_schema(&files);
    loader.read_languages(&files);
    loader.read_sources(&files);
    loader.read_entities(&files);
    let lexicon = loader.read_names(&files);
    loader.read_roles(&files);
    loader.read_memberships(&files);
    loader.refuse_strangers(&files);
    loader.finish(lexicon, files)
}

/// The files of a folder, `entities` or `names`, with the parts of their path.
pub(super) fn files_in<'a>(
    files: &'a [SourceFile],
    folder: &'a str,
    depth: usize,
) -> impl Iterator<Item = (&'a SourceFile, Vec<&'a str>)> {
    let all = files.iter().map(|file| (file, file.parts()));
    all.filter(move |(file, parts)| {
        parts.len() == depth && parts.first() == Some(&folder) && file.inside.ends_with(".csv")
    })
}

impl Loader {
    fn read_schema(&mut self, files: &[SourceFile]) {
        for file in files.iter().filter(|file| file.inside == "schema.toml") {
            match Schema::parse(&file.path, &file.text) {
                Ok(schema) => self.schema = schema,
                Err(problems) => self.problems.append(problems),
            }
        }
    }

    fn read_languages(&mut self, files: &[SourceFile]) {
        let is_language = |file: &&SourceFile| {
            file.inside.starts_with("lang/") && file.inside.ends_with(".toml")
        };
        for file in files.iter().filter(is_language) {
            match Language::parse(file) {
                Ok(own) => match self.languages.get_mut(&own.lang) {
                    Some(language) => language.overlay(own),
                    None => {
                        self.languages.insert(own.lang, own);
                    }
                },
                Err(problems) => self.problems.append(problems),
            }
        }
    }

    fn read_sources(&mut self, files: &[SourceFile]) {
        for file in files.iter().filter(|file| file.inside == "sources.csv") {
            let columns = ["id", "title", "url", "licence"];
            let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
                continue;
            };
            let mut seen: Vec<String> = Vec::new();
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                let id = table.cell(0).to_owned();
                if !is_slug(&id) {
                    table.report(&mut self.problems, format!("bad source id \"{id}\""), SLUG_HINT);
                } else if seen.contains(&id) {
                    table.report(&mut self.problems, format!("duplicate source \"{id}\""), "");
                }
                seen.push(id);
            }
            self.sources.append(&mut seen);
        }
        self.sources.sort_unstable();
        self.sources.dedup();
    }

    fn read_entities(&mut self, files: &[SourceFile]) {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (file, parts) in files_in(files, "entities", 2) {
            let id = parts.last().copied().unwrap_or_default();
            match self.schema.entity_kind(id) {
                Some(kind) => self.read_entity_file(file, kind, &mut rows),
                None => self.unknown_kind(file, id),
            }
        }
        let newer = |a: &Row<'_>, b: &Row<'_>| {
            a.entity.id.cmp(&b.entity.id).then(b.file.layer.cmp(&a.file.layer))
        };
        rows.sort_by(newer);
        rows.dedup_by(|later, first| later.entity.id == first.entity.id);
        for (at, row) in rows.iter().enumerate() {
            self.index.insert(row.entity.id.clone(), EntityIx(u32::try_from(at).unwrap_or(u32::MAX)));
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
        let columns: Vec<&str> =
            COMMON_COLUMNS.into_iter().chain(own.iter().map(String::as_str)).collect();
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
                table.report(&mut self.problems, "empty label", "every entity has a name in English");
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
        let Some(slug) = id.strip_prefix(kind_id.as_str()).and_then(|rest| rest.strip_prefix(':')) else {
            let message = format!("expected an id that starts with \"{kind_id}:\", but found \"{id}\"");
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
            table.report(&mut self.problems, format!("invalid id \"{id}\""), SLUG_HINT);
            return false;
        }
        if id == last {
            table.report(&mut self.problems, format!("duplicate id \"{id}\""), "an id has one row");
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
        row.entity.acts_for = self.countries(&row.acts_for, path, line).into_iter().next();
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
        let state = self.schema.state_kind().map(|kind| self.schema.entity(kind).id.clone());
        for code in codes.split('|').filter(|c| !c.is_empty()) {
            let id = format!("{}:{code}", state.as_deref().unwrap_or_default());
            match self.index.get(id.as_str()) {
                Some(&ix) => found.push(ix),
                None => {
                    let hint = self.suggest(&id);
                    let message = format!("unknown country code \"{code}\"");
                    self.problems.add(path, line, message, &hint);
                }
            }
        }
        found
    }

    /// The entity of an id, or a problem.
    pub(super) fn resolve(&mut self, id: &str, path: &str, line: usize) -> Option<EntityIx> {
        let found = self.index.get(id).copied();
        if found.is_none() {
            let hint = self.suggest(id);
            self.problems.add(path, line, format!("unknown entity \"{id}\""), &hint);
        }
        found
    }

    fn suggest(&mut self, id: &str) -> String {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return String::new();
        }
        let kind = id.split_once(':').map_or("", |(kind, _)| kind);
        let mut ids: Vec<&str> =
            self.index.keys().map(EntityId::as_str).filter(|k| k.starts_with(kind)).collect();
        ids.sort_unstable();
        let hint = did_you_mean(&closest(id, ids, 2));
        if hint.is_empty() && self.schema.entity_kind(kind).is_none() {
            return String::from("an id is <kind>:<slug>");
        }
        hint
    }

    /// The columns `since` and `until`, which stand side by side.
    pub(super) fn dates(
        &mut self,
        table: &Table<'_>,
        column: usize,
    ) -> (Option<DateBound>, Option<DateBound>) {
        let mut read = |text: &str| {
            let date = DateBound::parse(text);
            if date.is_none() && !text.is_empty() {
                let hint = "dates are written YYYY, YYYY-MM or YYYY-MM-DD";
                table.report(&mut self.problems, format!("bad date \"{text}\""), hint);
            }
            date
        };
        let (since, until) = (read(table.cell(column)), read(table.cell(column + 1)));
        if let (Some(s), Some(u)) = (since, until)
            && s.earliest() > u.latest()
        {
            table.report(&mut self.problems, format!("since {s} is after until {u}"), "");
        }
        (since, until)
    }

    fn check_source(&mut self, table: &Table<'_>, column: usize) {
        let cell = table.cell(column);
        if cell.is_empty() {
            let hint = "give an id of sources.csv or an https:// address";
            table.report(&mut self.problems, "empty source", hint);
            return;
        }
        for source in cell.split('|') {
            let known = self.sources.binary_search_by(|s| s.as_str().cmp(source)).is_ok();
            if !known && !source.starts_with("https://") {
                let close = closest(source, self.sources.iter().map(String::as_str), 1);
                let hint = match did_you_mean(&close) {
                    hint if hint.is_empty() => String::from("add it to sources.csv"),
                    hint => hint,
                };
                table.report(&mut self.problems, format!("unknown source \"{source}\""), &hint);
            }
        }
    }

    fn unknown_kind(&mut self, file: &SourceFile, id: &str) {
        let kinds: Vec<&str> = self.schema.entities.iter().map(|k| k.id.as_str()).collect();
        let hint = match did_you_mean(&closest(id, kinds.iter().copied(), 1)) {
            hint if hint.is_empty() => format!("kinds of schema.toml: {}", kinds.join(", ")),
            hint => hint,
        };
        self.problems.add(&file.path, 0, format!("unknown entity kind \"{id}\""), &hint);
    }

    fn read_names(&mut self, files: &[SourceFile]) -> Lexicon {
        for (file, parts) in files_in(files, "names", 3) {
            let kind = parts.last().copied().unwrap_or_default();
            if self.schema.entity_kind(kind).is_none() {
                self.unknown_kind(file, kind);
            }
        }
        let bytes: usize = files_in(files, "names", 3).map(|(file, _)| file.text.len()).sum();
        let mut lexicon = LexiconBuilder::new(bytes / 16 + self.entities.len() * 3);
        names::read(self, files, &mut lexicon);
        lexicon.finish()
    }

    fn read_roles(&mut self, files: &[SourceFile]) {
        let columns = ["person", "role", "of", "since", "until", "source"];
        let roles: Vec<String> = self
            .languages
            .get(&Lang::EN)
            .map(|en| en.roles.keys().cloned().collect())
            .unwrap_or_default();
        for (file, _) in files_in(files, "roles", 2) {
            let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
                continue;
            };
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                let person = self.resolve(table.cell(0), &file.path, table.line);
                let of = self.resolve(table.cell(2), &file.path, table.line);
                let role = table.cell(1);
                if !roles.iter().any(|r| r == role) {
                    let hint = match did_you_mean(&closest(role, roles.iter().map(String::as_str), 2)) {
                        hint if hint.is_empty() => {
                            String::from("roles are the tables [roles.<id>] of lang/en.toml")
                        }
                        hint => hint,
                    };
                    table.report(&mut self.problems, format!("unknown role \"{role}\""), &hint);
                }
                let (since, until) = self.dates(&table, 3);
                self.check_source(&table, 5);
                if let (Some(person), Some(of)) = (person, of) {
                    let role = role.to_owned();
                    let tenure = Tenure { role, of, since, until };
                    let known = self.tenures.entry(person).or_default();
                    if known.contains(&tenure) {
                        table.report(&mut self.problems, "duplicate row", "remove one");
                    } else {
                        known.push(tenure);
                    }
                }
            }
        }
    }

    fn read_memberships(&mut self, files: &[SourceFile]) {
        let columns = ["member", "of", "role", "since", "until", "source"];
        for (file, _) in files_in(files, "memberships", 2) {
            let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
                continue;
            };
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                let member = self.resolve(table.cell(0), &file.path, table.line);
                let of = self.resolve(table.cell(1), &file.path, table.line);
                let role = table.cell(2).to_owned();
                if !MEMBER_ROLES.contains(&role.as_str()) {
                    let hint = format!("roles: {}", MEMBER_ROLES.join(", "));
                    table.report(&mut self.problems, format!("unknown role \"{role}\""), &hint);
                }
                let (since, until) = self.dates(&table, 3);
                self.check_source(&table, 5);
                if let (Some(member), Some(of)) = (member, of) {
                    let membership = Membership { of, role, since, until };
                    let known = self.memberships.entry(member).or_default();
                    if known.contains(&membership) {
                        table.report(&mut self.problems, "duplicate row", "remove one");
                    } else {
                        known.push(membership);
                    }
                }
            }
        }
    }

    /// Files in places that nothing reads are mistakes.
    fn refuse_strangers(&mut self, files: &[SourceFile]) {
        for file in files {
            let parts = file.parts();
            let csv = file.inside.ends_with(".csv");
            let known = match (parts.as_slice(), csv) {
                (["sources"] | ["entities" | "roles" | "memberships", _] | ["names", _, _], true)
                | (["schema"] | ["lang" | "rules", _], false) => true,
                _ => false,
            };
            if !known {
                let hint = "the README of the vocabulary lists the files";
                self.problems.add(&file.path, 0, "nothing reads this file", hint);
            }
        }
    }

    fn finish(mut self, lexicon: Lexicon, files: Vec<SourceFile>) -> (Gazetteer, Problems) {
        let mut holders = Vec::new();
        let by_time = |since: Option<DateBound>| since.map(DateBound::earliest);
        for (&person, tenures) in &mut self.tenures {
            tenures.sort_by(|a, b| {
                by_time(a.since).cmp(&by_time(b.since)).then_with(|| (&a.role, a.of).cmp(&(&b.role, b.of)))
            });
            holders.extend(tenures.iter().map(|t| (t.of, person)));
            self.counts.tenures += tenures.len();
        }
        holders.sort_unstable();
        holders.dedup();
        for memberships in self.memberships.values_mut() {
            memberships.sort_by(|a, b| {
                (a.of, by_time(a.since), &a.role).cmp(&(b.of, by_time(b.since), &b.role))
            });
            self.counts.memberships += memberships.len();
        }
        self.counts.forms = lexicon.len();
        let rules = files.into_iter().filter(|f| f.inside.starts_with("rules/")).collect();
        self.problems.sort();
        let gazetteer = Gazetteer {
            schema: self.schema,
            languages: self.languages,
            entities: self.entities,
            tenures: self.tenures,
            memberships: self.memberships,
            holders,
            lexicon,
            rules,
            counts: self.counts,
        };
        (gazetteer, self.problems)
    }
}

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

const SLUG_HINT: &str = "small ASCII letters, digits and single hyphens";

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}
