//! Reads `roles/*.csv`, `memberships/*.csv` and `enmities/*.csv`.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::date::DateBound;
use super::entity::{EntityIx, Lang, Relation, Tenure};
use super::files::SourceFile;
use super::load::{Loader, files_in};
use super::table::Table;
use crate::error::hint_for;

/// What sort of relation the files of a folder hold.
struct Layout {
    folder: &'static str,
    /// From, to, sort, first and last day, source; then what is not kept.
    columns: &'static [&'static str],
    /// What the third column may be.
    sorts: &'static [&'static str],
}

/// Who is in what.
const MEMBERSHIPS: Layout = Layout {
    folder: "memberships",
    columns: &["member", "of", "role", "since", "until", "source"],
    sorts: &["lead", "member", "observer", "partner", "signatory"],
};

/// Who is known as an adversary of whom.
const ENMITIES: Layout = Layout {
    folder: "enmities",
    columns: &[
        "actor", "against", "basis", "since", "until", "source", "note",
    ],
    sorts: &["embargo", "rivalry", "war"],
};

impl Loader {
    /// Reads who held which office.
    pub(super) fn read_roles(&mut self, files: &[SourceFile]) {
        let columns = ["person", "role", "of", "since", "until", "source"];
        let roles: Vec<String> = self
            .languages
            .get(&Lang::EN)
            .map(|en| en.roles.keys().cloned().collect())
            .unwrap_or_default();
        let mut seen = FxHashSet::default();
        for (file, _) in files_in(files, "roles", 2) {
            let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
                continue;
            };
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                if !seen.insert((file.layer, [0, 1, 2, 3, 4].map(|i| table.cell(i)).join(","))) {
                    table.report(&mut self.problems, "duplicate row", "remove one");
                    continue;
                }
                let person = self.resolve(table.cell(0), &file.path, table.line);
                let of = self.resolve(table.cell(2), &file.path, table.line);
                let role = table.cell(1);
                if !roles.iter().any(|r| r == role) {
                    let hint = hint_for(role, roles.iter().map(String::as_str), || {
                        String::from("roles are the tables [roles.<id>] of lang/en.toml")
                    });
                    table.report(
                        &mut self.problems,
                        format!("unknown role \"{role}\""),
                        &hint,
                    );
                }
                let (since, until) = self.dates(&table, 3);
                self.check_source(&table, 5);
                if let (Some(person), Some(of)) = (person, of) {
                    let role = role.to_owned();
                    let tenure = Tenure {
                        role,
                        of,
                        since,
                        until,
                    };
                    let known = self.tenures.entry(person).or_default();
                    if !known.contains(&tenure) {
                        known.push(tenure);
                    }
                }
            }
        }
    }

    /// Reads who is in what.
    pub(super) fn read_memberships(&mut self, files: &[SourceFile]) {
        self.memberships = self.read_relations(files, &MEMBERSHIPS);
    }

    /// Reads who is known as an adversary of whom.
    pub(super) fn read_enmities(&mut self, files: &[SourceFile]) {
        self.enmities = self.read_relations(files, &ENMITIES);
    }

    fn read_relations(
        &mut self,
        files: &[SourceFile],
        layout: &Layout,
    ) -> BTreeMap<EntityIx, Vec<Relation>> {
        let mut out: BTreeMap<EntityIx, Vec<Relation>> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        for (file, _) in files_in(files, layout.folder, 2) {
            let Some(mut table) = Table::open(file, layout.columns, &mut self.problems) else {
                continue;
            };
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                if !seen.insert((file.layer, [0, 1, 2, 3, 4].map(|i| table.cell(i)).join(","))) {
                    table.report(&mut self.problems, "duplicate row", "remove one");
                    continue;
                }
                let from = self.resolve(table.cell(0), &file.path, table.line);
                let of = self.resolve(table.cell(1), &file.path, table.line);
                let role = table.cell(2).to_owned();
                if !layout.sorts.contains(&role.as_str()) {
                    let name = layout.columns[2];
                    let hint = format!("expected one of {}", layout.sorts.join(", "));
                    let problem = format!("unknown {name} \"{role}\"");
                    table.report(&mut self.problems, problem, &hint);
                }
                let (since, until) = self.dates(&table, 3);
                self.check_source(&table, 5);
                if let (Some(from), Some(of)) = (from, of) {
                    let relation = Relation {
                        of,
                        role,
                        since,
                        until,
                    };
                    let known = out.entry(from).or_default();
                    if !known.contains(&relation) {
                        known.push(relation);
                    }
                }
            }
        }
        let by_time = |since: Option<DateBound>| since.map(DateBound::earliest);
        for all in out.values_mut() {
            all.sort_by(|a, b| {
                (a.of, by_time(a.since), &a.role).cmp(&(b.of, by_time(b.since), &b.role))
            });
        }
        out
    }
}
