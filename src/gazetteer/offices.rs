//! Reads `roles/*.csv` and `memberships/*.csv`.

use rustc_hash::FxHashSet;

use super::entity::{Lang, Membership, Tenure};
use super::files::SourceFile;
use super::load::{Loader, files_in};
use super::table::Table;
use crate::error::hint_for;

/// What `role` of `memberships/*.csv` may be.
const MEMBER_ROLES: [&str; 5] = ["lead", "member", "observer", "partner", "signatory"];

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
        let columns = ["member", "of", "role", "since", "until", "source"];
        let mut seen = FxHashSet::default();
        for (file, _) in files_in(files, "memberships", 2) {
            let Some(mut table) = Table::open(file, &columns, &mut self.problems) else {
                continue;
            };
            while table.advance(&mut self.problems) {
                self.counts.rows += 1;
                if !seen.insert((file.layer, [0, 1, 2, 3, 4].map(|i| table.cell(i)).join(","))) {
                    table.report(&mut self.problems, "duplicate row", "remove one");
                    continue;
                }
                let member = self.resolve(table.cell(0), &file.path, table.line);
                let of = self.resolve(table.cell(1), &file.path, table.line);
                let role = table.cell(2).to_owned();
                if !MEMBER_ROLES.contains(&role.as_str()) {
                    let hint = format!("roles: {}", MEMBER_ROLES.join(", "));
                    table.report(
                        &mut self.problems,
                        format!("unknown role \"{role}\""),
                        &hint,
                    );
                }
                let (since, until) = self.dates(&table, 3);
                self.check_source(&table, 5);
                if let (Some(member), Some(of)) = (member, of) {
                    let membership = Membership {
                        of,
                        role,
                        since,
                        until,
                    };
                    let known = self.memberships.entry(member).or_default();
                    if !known.contains(&membership) {
                        known.push(membership);
                    }
                }
            }
        }
    }
}
