//! Turns labels and the rows of `names/<lang>/<kind>.csv` into surface forms.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::entity::{Entity, EntityIx, FormEntry, Lang, Needs};
use super::files::SourceFile;
use super::inflect::Inflection;
use super::language::Language;
use super::lexicon::LexiconBuilder;
use super::load::{Loader, NAME_COLUMNS, files_in};
use super::table::Table;
use crate::error::hint_for;
use crate::mention::Sense;
use crate::schema::Schema;

/// Reads all names into the lexicon.
pub(super) fn read(loader: &mut Loader, files: &[SourceFile], lexicon: &mut LexiconBuilder) {
    let mut rows = Vec::new();
    for (file, parts) in files_in(files, "names", 3) {
        let lang = parts.get(1).and_then(|code| Lang::new(code));
        if let Some(lang) = lang.filter(|lang| loader.languages.contains_key(lang)) {
            read_file(loader, file, lang, &mut rows);
        } else {
            let hint = "a language is a file lang/<code>.toml";
            let code = parts.get(1).copied().unwrap_or_default();
            let message = format!("unknown language \"{code}\"");
            loader.problems.add(&file.path, 0, message, hint);
        }
    }
    overridden(&mut rows);
    let compiler = Compiler {
        schema: &loader.schema,
        languages: &loader.languages,
        entities: &loader.entities,
    };
    compiler.labels(&rows, lexicon);
    for row in &rows {
        loader.counts.names += 1;
        if !compiler.row(row, lexicon) {
            let message = format!(
                "expected a letter or digit in the name, but found \"{}\"",
                row.name
            );
            loader.problems.add(row.path, row.line, message, "");
        }
    }
}

/// A row whose references are resolved.
struct NameRow<'a> {
    path: &'a str,
    line: usize,
    layer: usize,
    name: String,
    class: String,
    entry: FormEntry,
}

fn read_file<'a>(
    loader: &mut Loader,
    file: &'a SourceFile,
    lang: Lang,
    rows: &mut Vec<NameRow<'a>>,
) {
    let Some(mut table) = Table::open(file, &NAME_COLUMNS, &mut loader.problems) else {
        return;
    };
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    while table.advance(&mut loader.problems) {
        loader.counts.rows += 1;
        let (since, until) = loader.dates(&table, 4);
        let needs = needs(loader, &table);
        let entity = loader.resolve(table.cell(1), &file.path, table.line);
        let sense = sense(loader, &table, lang);
        if table.cell(0).is_empty() {
            table.report(&mut loader.problems, "empty name", "");
        }
        let key = [0, 1, 2, 4, 5].map(|column| table.cell(column));
        if !seen.insert(FxBuildHasher.hash_one(key)) {
            let message = format!("duplicate name \"{}\" of {}", table.cell(0), table.cell(1));
            table.report(&mut loader.problems, message, "remove one of the rows");
            continue;
        }
        if let (Some(entity), Some(sense)) = (entity, sense) {
            rows.push(NameRow {
                path: &file.path,
                line: table.line,
                layer: file.layer,
                name: table.cell(0).to_owned(),
                class: table.cell(2).to_owned(),
                entry: FormEntry {
                    entity,
                    lang,
                    sense,
                    base: true,
                    needs,
                    since,
                    until,
                    surname: false,
                },
            });
        }
    }
}

fn needs(loader: &mut Loader, table: &Table<'_>) -> Needs {
    let mut all = Needs::NONE;
    for name in table.cell(3).split('|').filter(|name| !name.is_empty()) {
        if let Some(need) = Needs::parse(name) {
            all = all.with(need);
        } else {
            let names = Needs::NAMED.map(|(name, _)| name);
            let hint = hint_for(name, names, || format!("needs: {}", names.join(", ")));
            table.report(
                &mut loader.problems,
                format!("unknown need \"{name}\""),
                &hint,
            );
        }
    }
    all
}

fn sense(loader: &mut Loader, table: &Table<'_>, lang: Lang) -> Option<Sense> {
    let classes = &loader.languages.get(&lang)?.inflections;
    let class = table.cell(2);
    let found = classes.get(class).map(|c| c.sense);
    if found.is_none() {
        let all: Vec<&str> = classes.keys().map(String::as_str).collect();
        let otherwise = || format!("classes of lang/{lang}.toml: {}", all.join(", "));
        let hint = hint_for(class, all.iter().copied(), otherwise);
        table.report(
            &mut loader.problems,
            format!("unknown class \"{class}\""),
            &hint,
        );
    }
    found
}

/// A user's row for a name and entity takes the place of those of lower layers in its language.
fn overridden(rows: &mut Vec<NameRow<'_>>) {
    if rows.iter().all(|row| row.layer == 0) {
        return;
    }
    let mut highest: FxHashMap<(String, EntityIx, Lang, Sense), usize> = FxHashMap::default();
    let key = |row: &NameRow<'_>| {
        (
            row.name.clone(),
            row.entry.entity,
            row.entry.lang,
            row.entry.sense,
        )
    };
    for row in rows.iter() {
        let layer = highest.entry(key(row)).or_default();
        *layer = row.layer.max(*layer);
    }
    rows.retain(|row| highest.get(&key(row)) == Some(&row.layer));
}

struct Compiler<'a> {
    schema: &'a Schema,
    languages: &'a BTreeMap<Lang, Language>,
    entities: &'a [Entity],
}

impl Compiler<'_> {
    /// Every label is a name by itself, unless a row says under which conditions it is one.
    fn labels(&self, rows: &[NameRow<'_>], lexicon: &mut LexiconBuilder) {
        let label = |row: &&NameRow<'_>| {
            let entity = self.entities.get(row.entry.entity.0 as usize);
            let spoken = row.entry.lang == Lang::MUL || row.entry.lang == Lang::EN;
            spoken && entity.is_some_and(|e| e.label == row.name) && row.entry.sense == Sense::Name
        };
        let given: FxHashSet<EntityIx> = rows
            .iter()
            .filter(label)
            .map(|row| row.entry.entity)
            .collect();
        let classes = self.languages.get(&Lang::MUL).map(|mul| &mul.inflections);
        for (at, entity) in self.entities.iter().enumerate() {
            let ix = EntityIx(u32::try_from(at).unwrap_or(u32::MAX));
            let entry = FormEntry {
                entity: ix,
                lang: Lang::MUL,
                sense: Sense::Name,
                base: true,
                needs: Needs::NONE,
                since: None,
                until: None,
                surname: false,
            };
            let class = &self.schema.entity(entity.kind).name_class;
            if let Some(class) = classes.and_then(|classes| classes.get(class)) {
                if !given.contains(&ix) {
                    self.name(&entity.label, class, entry, lexicon);
                }
                if can_be_surname(&entity.surname) {
                    let entry = FormEntry {
                        needs: Needs::TITLE,
                        surname: true,
                        ..entry
                    };
                    add(&entity.surname, class, entry, lexicon);
                }
            }
        }
    }

    fn row(&self, row: &NameRow<'_>, lexicon: &mut LexiconBuilder) -> bool {
        let language = self.languages.get(&row.entry.lang);
        let class = language.and_then(|l| l.inflections.get(&row.class));
        class.is_none_or(|class| self.name(&row.name, class, row.entry, lexicon))
    }

    /// A name, and of a person also the surname in it.
    fn name(
        &self,
        name: &str,
        class: &Inflection,
        mut entry: FormEntry,
        lexicon: &mut LexiconBuilder,
    ) -> bool {
        let entity = self.entities.get(entry.entity.0 as usize);
        if let Some(entity) = entity.filter(|e| !e.surname.is_empty() && entry.sense == Sense::Name)
        {
            let short = !name.contains(' ') || name == entity.surname;
            entry.surname = short && entry.needs.contains(Needs::TITLE);
            if let Some(surname) = surname_in(name, entity) {
                let needs = entry.needs.with(Needs::TITLE);
                add(
                    surname,
                    class,
                    FormEntry {
                        needs,
                        surname: true,
                        ..entry
                    },
                    lexicon,
                );
            }
        }
        add(name, class, entry, lexicon)
    }
}

/// The part of another spelling of a person's name where the label has the surname.
fn surname_in<'a>(name: &'a str, person: &Entity) -> Option<&'a str> {
    let words = person.surname.split(' ').count();
    let spaces = |name: &'a str| name.match_indices(' ').map(|(at, _)| at);
    let length = spaces(name).count() + 1;
    if length <= words {
        return None;
    }
    let found = if person.label.ends_with(person.surname.as_str()) {
        let at = name.rmatch_indices(' ').map(|(at, _)| at).nth(words - 1)?;
        name.get(at + 1..)
    } else if person.label.starts_with(person.surname.as_str())
        && length == person.label.split(' ').count()
    {
        name.get(..spaces(name).nth(words - 1)?)
    } else {
        None
    };
    found.filter(|surname| can_be_surname(surname))
}

/// Numerals (`II`) and initials are none.
fn can_be_surname(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && !text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn add(name: &str, class: &Inflection, entry: FormEntry, lexicon: &mut LexiconBuilder) -> bool {
    let mut added = true;
    class.forms(name, |form, base| {
        added &= lexicon.add(
            form,
            class.acronym,
            FormEntry {
                base: base && entry.base,
                ..entry
            },
        );
    });
    added
}
