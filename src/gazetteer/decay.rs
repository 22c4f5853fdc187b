//! What time has done to a vocabulary: tenures that may have ended, posts held twice, names no date allows.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::Gazetteer;
use super::date::DateBound;
use super::entity::Lang;
use super::files::SourceFile;
use super::load::{NAME_COLUMNS, files_in};
use super::table::Table;
use crate::error::Problems;

/// Columns of every `roles/<part>.csv`.
const ROLE_COLUMNS: [&str; 6] = ["person", "role", "of", "since", "until", "source"];

/// Two holders of a post may overlap by so many days: dates of month precision and handovers do.
const HANDOVER: i64 = 62;

/// What should be looked at again, by what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Decay {
    /// Tenures without an end that began more than a year ago.
    pub open: Problems,
    /// Posts for one that two persons held at one time.
    pub shared: Problems,
    /// Names and tenures whose dates lie outside the life of what they are of.
    pub impossible: Problems,
}

impl Decay {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.open.len() + self.shared.len() + self.impossible.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each in turn.
    pub fn iter(&self) -> impl Iterator<Item = &crate::error::Problem> {
        let shared = self.shared.iter().chain(&self.impossible);
        shared.chain(&self.open)
    }
}

/// A row of `roles/`.
struct Held<'a> {
    path: &'a str,
    line: usize,
    person: String,
    role: String,
    of: String,
    since: Option<DateBound>,
    until: Option<DateBound>,
}

/// Looks at the vocabulary as it stands on a day.
pub(super) fn find(gazetteer: &Gazetteer, files: &[SourceFile], on: Date) -> Decay {
    let mut decay = Decay::default();
    let held = held(files);
    open(&held, on, &mut decay.open);
    shared(gazetteer, &held, on, &mut decay.shared);
    for row in &held {
        let message = outlived(gazetteer, &row.of, row.since, row.until);
        if let Some(message) = message {
            let hint = "mend the dates of one of them";
            decay.impossible.add(row.path, row.line, message, hint);
        }
    }
    names(gazetteer, files, &mut decay.impossible);
    for part in [&mut decay.open, &mut decay.shared, &mut decay.impossible] {
        part.sort();
    }
    decay
}

fn held(files: &[SourceFile]) -> Vec<Held<'_>> {
    let mut held = Vec::new();
    let ignored = &mut Problems::new();
    for (file, _) in files_in(files, "roles", 2) {
        let Some(mut table) = Table::open(file, &ROLE_COLUMNS, ignored) else {
            continue;
        };
        while table.advance(ignored) {
            held.push(Held {
                path: &file.path,
                line: table.line,
                person: table.cell(0).to_owned(),
                role: table.cell(1).to_owned(),
                of: table.cell(2).to_owned(),
                since: DateBound::parse(table.cell(3)),
                until: DateBound::parse(table.cell(4)),
            });
        }
    }
    held
}

fn open(held: &[Held<'_>], on: Date, problems: &mut Problems) {
    let year_ago = on.saturating_sub(Span::new().years(1));
    let since = |row: &Held<'_>| row.since.filter(|s| s.latest() < year_ago);
    for row in held.iter().filter(|row| row.until.is_none()) {
        let Some(since) = since(row) else { continue };
        let (person, role, of) = (&row.person, &row.role, &row.of);
        let message = format!("{person} has been {role} of {of} since {since}");
        let hint = "look whether that still holds; give `until` if it does not";
        problems.add(row.path, row.line, message, hint);
    }
}

fn shared(gazetteer: &Gazetteer, held: &[Held<'_>], on: Date, problems: &mut Problems) {
    let mut posts: BTreeMap<(&str, &str), Vec<&Held<'_>>> = BTreeMap::new();
    for row in held.iter().filter(|row| is_for_one(gazetteer, &row.role)) {
        posts.entry((&row.of, &row.role)).or_default().push(row);
    }
    for ((of, role), rows) in posts {
        for (at, row) in rows.iter().enumerate() {
            let others = rows.iter().take(at);
            let mut clash = others.filter(|o| o.person != row.person && overlap(o, row, on));
            if let Some(other) = clash.next() {
                let message = format!(
                    "{} and {} were {role} of {of} at one time",
                    other.person, row.person
                );
                let hint = format!("the other is {}:{}", other.path, other.line);
                problems.add(row.path, row.line, message, &hint);
            }
        }
    }
}

/// Whether a role has one holder at a time: `single = true` in `lang/en.toml`.
fn is_for_one(gazetteer: &Gazetteer, role: &str) -> bool {
    let english = gazetteer.language(Lang::EN.code());
    let role = english.and_then(|language| language.roles.get(role));
    role.and_then(|role| role.more.get("single"))
        .is_some_and(|single| single.as_bool() == Some(true))
}

/// Whether two tenures certainly have more in common than a handover; an unknown start is none.
fn overlap(a: &Held<'_>, b: &Held<'_>, on: Date) -> bool {
    let (Some(from_a), Some(from_b)) = (a.since, b.since) else {
        return false;
    };
    let until = |row: &Held<'_>| row.until.map_or(on, DateBound::earliest);
    let start = from_a.latest().max(from_b.latest());
    let end = until(a).min(until(b));
    start.saturating_add(Span::new().days(HANDOVER)) < end
}

/// What is wrong with a time outside the life of an entity.
fn outlived(
    gazetteer: &Gazetteer,
    id: &str,
    since: Option<DateBound>,
    until: Option<DateBound>,
) -> Option<String> {
    let entity = gazetteer.entity(gazetteer.lookup(id)?);
    let after = |a: Option<DateBound>, b: Option<DateBound>| {
        a.zip(b).filter(|(a, b)| a.earliest() > b.latest())
    };
    if let Some((since, ended)) = after(since, entity.until) {
        return Some(format!("begins {since}, but {id} ended {ended}"));
    }
    let (began, until) = after(entity.since, until)?;
    Some(format!("ends {until}, but {id} began {began}"))
}

fn names(gazetteer: &Gazetteer, files: &[SourceFile], problems: &mut Problems) {
    let ignored = &mut Problems::new();
    for (file, _) in files_in(files, "names", 3) {
        let Some(mut table) = Table::open(file, &NAME_COLUMNS, ignored) else {
            continue;
        };
        while table.advance(ignored) {
            let (since, until) = (table.cell(4), table.cell(5));
            if since.is_empty() && until.is_empty() {
                continue;
            }
            let (since, until) = (DateBound::parse(since), DateBound::parse(until));
            if let Some(message) = outlived(gazetteer, table.cell(1), since, until) {
                let message = format!("no date allows \"{}\": it {message}", table.cell(0));
                table.report(problems, message, "mend the dates of one of them");
            }
        }
    }
}
