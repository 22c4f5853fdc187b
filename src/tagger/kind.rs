//! The entity kinds of `schema.toml` that the tagger has rules for.

pub(super) const COUNTRY: &str = "country";
pub(super) const ORGANISATION: &str = "organisation";
pub(super) const COMPANY: &str = "company";
pub(super) const PERSON: &str = "person";
pub(super) const WEAPON: &str = "weapon";
pub(super) const PROGRAMME: &str = "programme";
pub(super) const AGREEMENT: &str = "agreement";
pub(super) const OPERATION: &str = "operation";
pub(super) const EVENT: &str = "event";

/// Of two names of one length the kind that stands first here wins.
pub(super) const PRIORITY: [&str; 9] = [
    COUNTRY,
    PERSON,
    ORGANISATION,
    COMPANY,
    WEAPON,
    PROGRAMME,
    OPERATION,
    AGREEMENT,
    EVENT,
];

/// The kind of this name as one of the constants; organisation if it is none of them.
pub(super) fn named(name: &str) -> &'static str {
    PRIORITY
        .into_iter()
        .find(|k| *k == name)
        .unwrap_or(ORGANISATION)
}

/// The place of a kind in [`PRIORITY`].
pub(super) fn rank(name: &str) -> usize {
    PRIORITY
        .iter()
        .position(|k| *k == name)
        .unwrap_or(PRIORITY.len())
}
