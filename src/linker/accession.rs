//! What a state enters into when it joins or founds a programme: an agreement with those who are in it.
//!
//! `2024 Norway and Canada founded the partnership. Today Iceland joined` never joins Iceland and Norway in a sentence,
//! and yet it says that they are now bound by the same paper.

use std::collections::BTreeSet;

use super::write::identity;
use crate::mention::EntityId;
use crate::statement::{Statement, Status, TimeBasis};

/// Who takes part in what.
const MEMBERSHIP: &str = "participates";
/// What those who found or join something conclude with each other.
const AGREEMENT: &str = "agreement";
/// Where a membership is one of states that have a paper between them.
const PROGRAMME: &str = "programme";
/// Who can conclude such a paper.
const STATE: &str = "country";
/// Roles of those who were there before, and of those who conclude something by the statement itself.
const FOUNDER: &str = "founder";
const JOINING: &str = "joining";
/// How often it was annotated where a membership was read: for 11 of 13 pairs that no sentence joins.
const FOLLOWS: f64 = 0.85;

/// Adds the agreements that follow from memberships which the document states.
pub(super) fn add(document: &str, statements: &mut Vec<Statement>) {
    if !statements.iter().any(is_membership) {
        return;
    }
    let mut bound: BTreeSet<(EntityId, EntityId)> = statements
        .iter()
        .filter(|s| s.kind == AGREEMENT)
        .flat_map(super::decide::pairs)
        .collect();
    let mut found = Vec::new();
    let members: Vec<&Statement> = statements.iter().filter(|s| is_membership(s)).collect();
    for entry in &members {
        for programme in entry.objects.iter().filter(|o| o.kind() == PROGRAMME) {
            found.extend(concluded(document, entry, programme, &members, &mut bound));
        }
    }
    statements.append(&mut found);
}

/// Whether a statement says that somebody is, or now becomes, a full member of something.
fn is_membership(s: &Statement) -> bool {
    let full = [FOUNDER, JOINING, "lead", "member"];
    s.kind == MEMBERSHIP
        && matches!(s.status, Status::Agreed | Status::Active)
        && s.role.as_deref().is_some_and(|role| full.contains(&role))
}

/// What the subjects of `entry` conclude: founders with each other, those who join with all that are in.
fn concluded(
    document: &str,
    entry: &Statement,
    programme: &EntityId,
    members: &[&Statement],
    bound: &mut BTreeSet<(EntityId, EntityId)>,
) -> Vec<Statement> {
    let role = entry.role.as_deref();
    let mut out = Vec::new();
    for (at, state) in entry.subjects.iter().enumerate() {
        let partners: Vec<(&EntityId, f64)> = match role {
            Some(FOUNDER) => states(&entry.subjects[at + 1..])
                .map(|p| (p, 1.0))
                .collect(),
            Some(JOINING) => members
                .iter()
                .filter(|m| m.objects.contains(programme))
                .flat_map(|m| states(&m.subjects).map(|p| (p, m.confidence)))
                .collect(),
            _ => Vec::new(),
        };
        let mut sure = entry.confidence;
        let mut others = Vec::new();
        for (partner, confidence) in partners {
            let pair = (state.min(partner).clone(), state.max(partner).clone());
            if state.kind() == STATE && partner != state && bound.insert(pair) {
                sure = sure.min(confidence);
                others.push(partner.clone());
            }
        }
        if !others.is_empty() {
            out.push(agreement(
                document,
                entry,
                (state, others),
                programme,
                sure * FOLLOWS,
            ));
        }
    }
    out
}

fn states(of: &[EntityId]) -> impl Iterator<Item = &EntityId> {
    of.iter().filter(|e| e.kind() == STATE)
}

/// The agreement of a state with others, said by the sentence of its membership.
fn agreement(
    document: &str,
    entry: &Statement,
    (state, others): (&EntityId, Vec<EntityId>),
    programme: &EntityId,
    confidence: f64,
) -> Statement {
    let mut out = entry.clone();
    AGREEMENT.clone_into(&mut out.kind);
    if entry.role.as_deref() == Some(JOINING) && entry.date.basis == TimeBasis::Publication {
        // What is news is signed; whether it is in force already nobody says.
        out.status = Status::Agreed;
    }
    out.subjects = vec![state.clone()];
    out.objects = others;
    if out.objects.len() == 1 {
        out.subjects.append(&mut out.objects);
    }
    out.about = vec![programme.clone()];
    out.role = None;
    out.confidence = (confidence * 100.0).round() / 100.0;
    let language = entry.evidence.rule.split('.').next().unwrap_or_default();
    out.evidence.rule = format!("{language}.{AGREEMENT}.accession");
    out.id = identity(document, &out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::statement::{DateRange, Evidence, Precision};

    /// A membership: `NOR CAN founder active publication`, with its place.
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
            role: Some((*role).to_owned()),
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
            // founders with each other
            (
                vec![format!("{nor} {can} founder active text")],
                "NOR-CAN active",
            ),
            (
                vec![
                    format!("{nor} founder active text"),
                    format!("{can} founder active text"),
                ],
                "",
            ),
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
                "NOR-CAN active; ISL-NOR,CAN active",
            ),
            // each pair once
            (
                vec![
                    format!("{nor} joining active text"),
                    format!("{isl} joining active text"),
                ],
                "NOR-ISL active",
            ),
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
