//! What a state enters into when it joins a programme: an agreement with those who are in it.
//!
//! `Norway and Canada are in the partnership. Today Iceland joined` never joins Iceland and Norway in a sentence, and yet
//! it says that they are now bound by the same paper. On 190 annotated texts it did so for 25 pairs, of which 24 were
//! annotated as joined and 18 by an agreement. Those who found something together are left to what the sentence says: of
//! 18 such pairs only 3 were annotated with an agreement.

use std::collections::BTreeSet;

use super::write::identity;
use crate::mention::EntityId;
use crate::statement::{Statement, Status, TimeBasis};

/// Who takes part in what.
const MEMBERSHIP: &str = "participates";
/// What those who join something conclude with those who are in it.
const AGREEMENT: &str = "agreement";
/// Where a membership is one of states that have a paper between them.
const PROGRAMME: &str = "programme";
/// Who can conclude such a paper.
const STATE: &str = "country";
/// Who concludes something by the statement itself.
const JOINING: &str = "joining";
/// Roles of those who are in; so are those without one.
const FULL: [&str; 4] = ["founder", JOINING, "lead", "member"];
/// How often an agreement was annotated: 18 of 25.
const FOLLOWS: f64 = 0.72;

/// Adds the agreements that follow from memberships which the document states.
pub(super) fn add(document: &str, statements: &mut Vec<Statement>) {
    let joins = |s: &Statement| s.role.as_deref() == Some(JOINING);
    let members: Vec<&Statement> = statements.iter().filter(|s| is_membership(s)).collect();
    let mut bound: BTreeSet<(EntityId, EntityId)> = statements
        .iter()
        .filter(|s| s.kind == AGREEMENT)
        .flat_map(super::decide::pairs)
        .collect();
    let mut found = Vec::new();
    for entry in members.iter().filter(|s| joins(s)) {
        for programme in entry.objects.iter().filter(|o| o.kind() == PROGRAMME) {
            for state in states(&entry.subjects) {
                let partners = partners(state, programme, &members, &mut bound);
                found.extend(agreement(document, entry, (state, partners), programme));
            }
        }
    }
    statements.append(&mut found);
}

/// Whether a statement says that somebody is, or now becomes, a full member of something.
fn is_membership(s: &Statement) -> bool {
    s.kind == MEMBERSHIP
        && matches!(s.status, Status::Agreed | Status::Active)
        && s.role.as_deref().is_none_or(|role| FULL.contains(&role))
}

fn states(of: &[EntityId]) -> impl Iterator<Item = &EntityId> {
    of.iter().filter(|e| e.kind() == STATE)
}

/// Those in a programme with whom nothing binds a state yet, and how sure it is that they are in.
fn partners<'s>(
    state: &EntityId,
    programme: &EntityId,
    members: &[&'s Statement],
    bound: &mut BTreeSet<(EntityId, EntityId)>,
) -> Vec<(&'s EntityId, f64)> {
    let mut out = Vec::new();
    for member in members.iter().filter(|m| m.objects.contains(programme)) {
        for other in states(&member.subjects).filter(|other| *other != state) {
            let pair = (state.min(other).clone(), state.max(other).clone());
            if bound.insert(pair) {
                out.push((other, member.confidence));
            }
        }
    }
    out
}

/// The agreement of a state with others, said by the sentence of its membership.
fn agreement(
    document: &str,
    entry: &Statement,
    (state, partners): (&EntityId, Vec<(&EntityId, f64)>),
    programme: &EntityId,
) -> Option<Statement> {
    let least = partners.iter().map(|(_, sure)| *sure).reduce(f64::min)?;
    let mut out = entry.clone();
    AGREEMENT.clone_into(&mut out.kind);
    if entry.date.basis == TimeBasis::Publication {
        // What is news is signed; whether it is in force already nobody says.
        out.status = Status::Agreed;
    }
    out.subjects = vec![state.clone()];
    out.objects = partners
        .into_iter()
        .map(|(other, _)| other.clone())
        .collect();
    if out.objects.len() == 1 {
        out.subjects.append(&mut out.objects);
    }
    out.about = vec![programme.clone()];
    out.role = None;
    out.confidence = (least.min(entry.confidence) * FOLLOWS * 100.0).round() / 100.0;
    let language = entry.evidence.rule.split('.').next().unwrap_or_default();
    out.evidence.rule = format!("{language}.{AGREEMENT}.accession");
    out.id = identity(document, &out);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::statement::{DateRange, Evidence, Precision};

    /// A membership: `NOR CAN founder active publication`, `-` for no role, with its place.
    fn membership(row: &str, at: usize) -> Statement {
        let words: Vec<&str> = row.split(' ').collect();
        let [parties @ .., role, status, basis] = &words[..] else {
            panic!("{row}");
        };
        let read = |word: &str| serde_json::from_value(word.into());
        Statement {
            id: at.to_string(),
            kind: MEMBERSHIP.to_owned(),
            subjects: parties.iter().map(|s| EntityId::new(s)).collect(),
            objects: vec![EntityId::new("programme:mine-watch")],
            about: Vec::new(),
            status: read(status).expect("a status"),
            date: DateRange {
                earliest: None,
                latest: None,
                precision: Precision::Unknown,
                basis: serde_json::from_value((*basis).into()).expect("a basis"),
            },
            confidence: 1.0,
            instrument: None,
            role: (*role != "-").then(|| (*role).to_owned()),
            quantity: None,
            value: None,
            speaker: None,
            evidence: Evidence {
                sentence: String::new(),
                start: at,
                end: at + 1,
                trigger: None,
                parties: Vec::new(),
                rule: "en.participates.member".to_owned(),
                block: BlockKind::Body,
            },
        }
    }

    #[test]
    fn who_concludes_what_with_whom() {
        let (nor, can, isl) = ("country:NOR", "country:CAN", "country:ISL");
        for (rows, expected) in [
            // those who join, with all that are in
            (
                vec![
                    format!("{nor} member active text"),
                    format!("{isl} joining active publication"),
                ],
                "ISL-NOR agreed",
            ),
            (
                vec![
                    format!("{nor} {can} founder active text"),
                    format!("{isl} joining active text"),
                ],
                "ISL-NOR,CAN active",
            ),
            // each pair once
            (
                vec![
                    format!("{nor} joining active text"),
                    format!("{isl} joining active text"),
                ],
                "NOR-ISL active",
            ),
            // whose role nobody tells
            (
                vec![
                    format!("{nor} - active text"),
                    format!("{isl} joining active text"),
                ],
                "ISL-NOR active",
            ),
            // nobody joins
            (vec![format!("{nor} {can} founder active text")], ""),
            // no members: who watches, leaves, thinks of it, or is no state
            (
                vec![
                    format!("{nor} observer active text"),
                    format!("{isl} joining active text"),
                ],
                "",
            ),
            (
                vec![
                    format!("{nor} member ended text"),
                    format!("{isl} joining active text"),
                ],
                "",
            ),
            (
                vec![
                    format!("{nor} member active text"),
                    format!("{isl} joining planned text"),
                ],
                "",
            ),
            (
                vec![
                    format!("organisation:nato member active text"),
                    format!("{isl} joining active text"),
                ],
                "",
            ),
            (vec![format!("{nor} {can} member active text")], ""),
        ] {
            let mut all: Vec<Statement> = rows
                .iter()
                .enumerate()
                .map(|(at, row)| membership(row, at))
                .collect();
            let told = all.len();
            add("d", &mut all);
            let slugs = |ids: &[EntityId]| -> String {
                ids.iter().map(EntityId::slug).collect::<Vec<_>>().join(",")
            };
            let read: Vec<String> = all[told..]
                .iter()
                .map(|s| {
                    let (near, far) = match &s.subjects[..] {
                        [a, b] => (a.slug().to_owned(), b.slug().to_owned()),
                        near => (slugs(near), slugs(&s.objects)),
                    };
                    format!("{near}-{far} {:?}", s.status).replace(" A", " a")
                })
                .collect();
            assert_eq!(read.join("; "), expected, "{rows:?}");
        }
    }
}
