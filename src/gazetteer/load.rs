//! Reads the files of a vocabulary: load all, then resolve, then validate, keeping every problem.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::date::DateBound;
use super::entity::{Entity, EntityIx, Lang, Relation, Tenure};
use super::files::SourceFile;
use super::language::Language;
use super::lexicon::{Compiled, LexiconBuilder};
use super::names;
use super::table::Table;
use super::vocabulary::{Counts, Rules, Vocabulary};
use crate::error::{Problems, closest, did_you_mean, hint_for};
use crate::mention::{EntityId, Sense};
use crate::schema::{Schema, toml_problem};

/// Columns of every `names/<lang>/<kind>.csv`.
pub(super) const NAME_COLUMNS: [&str; 6] = ["name", "entity", "class", "needs", "since", "until"];

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
    pub(super) tenures: BTreeMap<EntityIx, Vec<Tenure>>,
    pub(super) memberships: BTreeMap<EntityIx, Vec<Relation>>,
    pub(super) enmities: BTreeMap<EntityIx, Vec<Relation>>,
    suggestions: usize,
}

/// Reads all files. The vocabulary is whole only if there are no problems.
pub(crate) fn load(files: &[SourceFile], problems: Problems) -> (Vocabulary, Problems) {
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
        enmities: BTreeMap::new(),
        suggestions: 0,
    };
    loader.counts.files = files.len();
    loader.read_schema(files);
    loader.read_languages(files);
    loader.check_languages();
    loader.read_sources(files);
    loader.read_entities(files);
    let lexicon = loader.read_names(files);
    loader.read_roles(files);
    loader.read_memberships(files);
    loader.read_enmities(files);
    loader.refuse_strangers(files);
    let rules = loader.read_rules(files);
    loader.finish(lexicon, rules)
}

/// The files of a folder, `entities` or `names`, with the parts of their path.
pub(super) fn files_in<'a>(
    files: &'a [SourceFile],
    folder: &'a str,
    depth: usize,
) -> impl Iterator<Item = (&'a SourceFile, Vec<&'a str>)> {
    let all = files.iter().map(|file| (file, file.parts()));
    all.filter(move |(file, parts)| {
        parts.len() == depth && parts.first() == Some(&folder) && file.extension() == "csv"
    })
}

impl Loader {
    fn read_schema(&mut self, files: &[SourceFile]) {
        for file in files.iter().filter(|file| file.inside == "schema.toml") {
            if let Err(problems) = self.schema.extend(&file.path, &file.text) {
                self.problems.append(problems);
            }
        }
    }

    fn read_languages(&mut self, files: &[SourceFile]) {
        let is_language =
            |file: &&SourceFile| file.inside.starts_with("lang/") && file.extension() == "toml";
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

    /// What languages and ontology say of each other.
    fn check_languages(&mut self) {
        let roles = self.languages.get(&Lang::EN).map(|en| &en.roles);
        for language in self.languages.values() {
            for role in language.roles.keys() {
                if !roles.is_some_and(|roles| roles.contains_key(role)) {
                    let message = format!("unknown role \"{role}\"");
                    self.problems.add(
                        &language.path,
                        0,
                        message,
                        "add it to [roles] of lang/en.toml",
                    );
                }
            }
            for (class, inflection) in &language.inflections {
                if matches!(inflection.sense, Sense::Role | Sense::Reference) {
                    let message = format!("bad sense of inflection class \"{class}\"");
                    let hint = "senses: name, adjective, demonym, combining, seat";
                    self.problems.add(&language.path, 0, message, hint);
                }
            }
        }
        let classes = self.languages.get(&Lang::MUL).map(|mul| &mul.inflections);
        for kind in &self.schema.entities {
            if !classes.is_some_and(|classes| classes.contains_key(&kind.name_class)) {
                let message = format!(
                    "unknown name_class \"{}\" of \"{}\"",
                    kind.name_class, kind.id
                );
                self.problems
                    .add("schema.toml", 0, message, "classes are in lang/mul.toml");
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
                    table.report(
                        &mut self.problems,
                        format!("bad source id \"{id}\""),
                        SLUG_HINT,
                    );
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

    /// The entity of an id, or a problem.
    pub(super) fn resolve(&mut self, id: &str, path: &str, line: usize) -> Option<EntityIx> {
        let found = self.index.get(id).copied();
        if found.is_none() {
            let hint = self.suggest(id);
            self.problems
                .add(path, line, format!("unknown entity \"{id}\""), &hint);
        }
        found
    }

    pub(super) fn suggest(&mut self, id: &str) -> String {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return String::new();
        }
        let kind = id.split_once(':').map_or("", |(kind, _)| kind);
        let mut ids: Vec<&str> = self
            .index
            .keys()
            .map(EntityId::as_str)
            .filter(|k| k.starts_with(kind))
            .collect();
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
            table.report(
                &mut self.problems,
                format!("since {s} is after until {u}"),
                "",
            );
        }
        (since, until)
    }

    pub(super) fn check_source(&mut self, table: &Table<'_>, column: usize) {
        let cell = table.cell(column);
        if cell.is_empty() {
            let hint = "give an id of sources.csv or an https:// address";
            table.report(&mut self.problems, "empty source", hint);
            return;
        }
        for source in cell.split('|') {
            let known = self
                .sources
                .binary_search_by(|s| s.as_str().cmp(source))
                .is_ok();
            if !known && !source.starts_with("https://") {
                let hint = hint_for(source, self.sources.iter().map(String::as_str), || {
                    String::from("add it to sources.csv")
                });
                table.report(
                    &mut self.problems,
                    format!("unknown source \"{source}\""),
                    &hint,
                );
            }
        }
    }

    pub(super) fn unknown_kind(&mut self, file: &SourceFile, id: &str) {
        let kinds: Vec<&str> = self.schema.entities.iter().map(|k| k.id.as_str()).collect();
        let otherwise = || format!("kinds of schema.toml: {}", kinds.join(", "));
        let hint = hint_for(id, kinds.iter().copied(), otherwise);
        self.problems.add(
            &file.path,
            0,
            format!("unknown entity kind \"{id}\""),
            &hint,
        );
    }

    fn read_names(&mut self, files: &[SourceFile]) -> Compiled {
        for (file, parts) in files_in(files, "names", 3) {
            let kind = parts.last().copied().unwrap_or_default();
            if self.schema.entity_kind(kind).is_none() {
                self.unknown_kind(file, kind);
            }
        }
        let bytes: usize = files_in(files, "names", 3)
            .map(|(file, _)| file.text.len())
            .sum();
        let mut lexicon = LexiconBuilder::new(bytes / 16 + self.entities.len() * 3);
        names::read(self, files, &mut lexicon);
        lexicon.finish()
    }

    /// Files in places that nothing reads are mistakes.
    fn refuse_strangers(&mut self, files: &[SourceFile]) {
        for file in files {
            let parts = file.parts();
            let known = match file.extension() {
                "csv" => matches!(
                    parts.as_slice(),
                    ["sources"]
                        | ["entities" | "roles" | "memberships" | "enmities", _]
                        | ["names", _, _]
                        | ["rules", "examples", _]
                ),
                _ => matches!(parts.as_slice(), ["schema"] | ["lang" | "rules", _]),
            };
            if !known {
                let hint = "the README of the vocabulary lists the files";
                self.problems
                    .add(&file.path, 0, "nothing reads this file", hint);
            }
        }
    }

    /// The rules of each language; a file of the user takes the place of the one it is named after.
    fn read_rules(&mut self, files: &[SourceFile]) -> Vec<Rules> {
        let mut rules: BTreeMap<&str, Rules> = BTreeMap::new();
        let is_rules =
            |file: &&SourceFile| file.inside.starts_with("rules/") && file.extension() == "toml";
        for file in files.iter().filter(is_rules) {
            match toml::from_str::<toml::Table>(&file.text) {
                Ok(table) => {
                    let read = Rules {
                        path: file.path.clone(),
                        text: file.text.clone().into_owned(),
                        compiled: serde_json::to_string(&table).unwrap_or_default(),
                    };
                    rules.insert(&file.inside, read);
                }
                Err(error) => {
                    let problems = toml_problem(&file.path, &file.text, &error);
                    self.problems.append(problems);
                }
            }
        }
        rules.into_values().collect()
    }

    fn finish(mut self, lexicon: Compiled, rules: Vec<Rules>) -> (Vocabulary, Problems) {
        let by_time = |since: Option<DateBound>| since.map(DateBound::earliest);
        for tenures in self.tenures.values_mut() {
            tenures.sort_by(|a, b| {
                by_time(a.since)
                    .cmp(&by_time(b.since))
                    .then_with(|| (&a.role, a.of).cmp(&(&b.role, b.of)))
            });
            self.counts.tenures += tenures.len();
        }
        self.counts.memberships = self.memberships.values().map(Vec::len).sum();
        self.counts.enmities = self.enmities.values().map(Vec::len).sum();
        self.counts.forms = lexicon.surfaces.len();
        self.problems.sort();
        let vocabulary = Vocabulary {
            schema: self.schema,
            languages: self.languages,
            entities: self.entities,
            tenures: self.tenures,
            memberships: self.memberships,
            enmities: self.enmities,
            lexicon,
            rules,
            counts: self.counts,
        };
        (vocabulary, self.problems)
    }
}

pub(super) const SLUG_HINT: &str = "small ASCII letters, digits and single hyphens";

pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}
