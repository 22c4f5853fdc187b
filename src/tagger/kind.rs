//! The entity kinds of `schema.toml` that the tagger has rules for.

use crate::gazetteer::Gazetteer;
use crate::schema::KindIx;

/// A kind of entity. Of two names of one length the kind that stands first here wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Country,
    Person,
    Organisation,
    Company,
    Weapon,
    Programme,
    Operation,
    Agreement,
    Event,
    /// One that no rule asks for.
    Other,
}

pub(super) const COUNTRY: Kind = Kind::Country;
pub(super) const ORGANISATION: Kind = Kind::Organisation;
pub(super) const COMPANY: Kind = Kind::Company;
pub(super) const PERSON: Kind = Kind::Person;
pub(super) const WEAPON: Kind = Kind::Weapon;
pub(super) const PROGRAMME: Kind = Kind::Programme;
pub(super) const AGREEMENT: Kind = Kind::Agreement;
pub(super) const OPERATION: Kind = Kind::Operation;
pub(super) const EVENT: Kind = Kind::Event;

/// Each kind with its id.
const IDS: [(Kind, &str); 9] = [
    (COUNTRY, "country"),
    (PERSON, "person"),
    (ORGANISATION, "organisation"),
    (COMPANY, "company"),
    (WEAPON, "weapon"),
    (PROGRAMME, "programme"),
    (OPERATION, "operation"),
    (AGREEMENT, "agreement"),
    (EVENT, "event"),
];

impl Kind {
    /// The kind of this id.
    pub(super) fn of(id: &str) -> Self {
        let known = IDS.iter().find(|(_, known)| *known == id);
        known.map_or(Self::Other, |(kind, _)| *kind)
    }

    /// Its id.
    pub(super) fn id(self) -> &'static str {
        let known = IDS.iter().find(|(kind, _)| *kind == self);
        known.map_or("", |(_, id)| id)
    }

    /// The kind itself; organisation if no rule asks for it.
    pub(super) fn or_organisation(self) -> Self {
        if self == Self::Other {
            ORGANISATION
        } else {
            self
        }
    }
}

/// The kinds of a vocabulary by their number.
#[derive(Clone, Debug)]
pub(super) struct Kinds(Box<[Kind]>);

impl Kinds {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let kinds = gazetteer.schema().entities.iter();
        Self(kinds.map(|kind| Kind::of(&kind.id)).collect())
    }

    pub(super) fn of(&self, kind: KindIx) -> Kind {
        self.0
            .get(usize::from(kind.0))
            .copied()
            .unwrap_or(Kind::Other)
    }
}
