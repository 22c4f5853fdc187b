//! What the gazetteer knows about an entity, an office and a membership.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date::{DateBound, holds_on};
use crate::mention::{EntityId, Sense};
use crate::schema::KindIx;

/// An entity: an index into the gazetteer it came from. Ascending with the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIx(pub u32);

/// One row of `entities/<kind>.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// Its kind.
    pub kind: KindIx,
    /// The name shown, in English.
    pub label: String,
    /// Subtype, may be empty.
    pub class: String,
    /// Origin, seat or nationality.
    pub countries: Vec<EntityIx>,
    /// A broader entity.
    pub parent: Option<EntityIx>,
    /// Wikidata item, may be empty.
    pub wikidata: String,
    /// When it came to be.
    pub since: Option<DateBound>,
    /// When it ceased to be.
    pub until: Option<DateBound>,
    /// Where the row comes from.
    pub source: String,
    /// The country whose act it is when this body acts.
    pub acts_for: Option<EntityIx>,
    /// Who makes it.
    pub makers: Vec<EntityIx>,
    /// The surname of a person, never empty for one; empty for everything else.
    pub surname: String,
    /// ISO 3166-1 alpha-2, of countries.
    pub iso2: String,
    /// Correlates of War number, of countries.
    pub cow: String,
}

/// One row of `roles/*.csv`: an office held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The office, an id of `[roles]`.
    pub role: String,
    /// The country, organisation or company.
    pub of: EntityIx,
    /// First day.
    pub since: Option<DateBound>,
    /// Last day.
    pub until: Option<DateBound>,
}

impl Tenure {
    /// Whether the office was held on a day; yes if that is not known.
    pub fn holds_on(&self, on: Option<Date>) -> bool {
        holds_on(self.since, self.until, on)
    }
}

/// One row of `memberships/*.csv` or `enmities/*.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What it is a member of, or whom it is set against.
    pub of: EntityIx,
    /// `lead`, `member`, `observer`, `partner`, `signatory`; `embargo`, `rivalry`, `war`.
    pub role: String,
    /// First day.
    pub since: Option<DateBound>,
    /// Last day.
    pub until: Option<DateBound>,
}

impl Relation {
    /// Whether it was in force on a day; without a day, whether it is now.
    pub(super) fn held(&self, on: Option<Date>) -> bool {
        if on.is_some() {
            self.holds_on(on)
        } else {
            self.until.is_none()
        }
    }

    /// Whether it was in force on a day; yes if that is not known.
    pub fn holds_on(&self, on: Option<Date>) -> bool {
        holds_on(self.since, self.until, on)
    }
}

/// A language code of up to three letters: `de`, `en`, `fr`, or `mul` for all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang([u8; 3]);

impl Lang {
    /// German.
    pub const DE: Self = Self(*b"de\0");
    /// English.
    pub const EN: Self = Self(*b"en\0");
    /// French.
    pub const FR: Self = Self(*b"fr\0");
    /// Names that are the same in every language.
    pub const MUL: Self = Self(*b"mul");

    /// Reads a code of two or three small letters.
    pub fn new(code: &str) -> Option<Self> {
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        let mut lang = [0; 3];
        for (to, from) in lang.iter_mut().zip(code.bytes()) {
            *to = from;
        }
        fits.then_some(Self(lang))
    }

    pub(super) fn bytes(self) -> [u8; 3] {
        self.0
    }

    pub(super) fn of_bytes(bytes: [u8; 3]) -> Self {
        Self(bytes)
    }

    /// The code.
    pub fn code(&self) -> &str {
        let end = if self.0[2] == 0 { 2 } else { 3 };
        self.0
            .get(..end)
            .and_then(|code| std::str::from_utf8(code).ok())
            .unwrap_or_default()
    }
}

impl TryFrom<String> for Lang {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code).ok_or("expected a language code of two or three small letters")
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.code().to_owned()
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What must be there before a name counts; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Needs(u8);

impl Needs {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// A military word or another defence entity in the sentence.
    pub const MILITARY: Self = Self(1);
    /// Written in capitals as given.
    pub const CAPITAL: Self = Self(2);
    /// A number follows or precedes.
    pub const NUMBER: Self = Self(4);
    /// Acts or is acted with, like a government.
    pub const GOVERNMENT: Self = Self(8);
    /// After a title, or once the full name was seen.
    pub const TITLE: Self = Self(16);
    /// A company word beside it, or another company or weapon in the sentence.
    pub const COMPANY: Self = Self(32);
    /// Another defence entity in the sentence.
    pub const ENTITY: Self = Self(64);

    /// Every need with its name in the column `needs`.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("military", Self::MILITARY),
        ("capital", Self::CAPITAL),
        ("number", Self::NUMBER),
        ("government", Self::GOVERNMENT),
        ("title", Self::TITLE),
        ("company", Self::COMPANY),
        ("entity", Self::ENTITY),
    ];

    /// The need of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let named = Self::NAMED.iter().find(|(n, _)| *n == name);
        named.map(|&(_, need)| need)
    }

    pub(super) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn of_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether every need of `other` is one of these.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is needed.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (name, need) in Self::NAMED {
            if self.contains(need) {
                f.write_str(if first { "" } else { "|" })?;
                f.write_str(name)?;
                first = false;
            }
        }
        Ok(())
    }
}

/// What one surface form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormEntry {
    /// The entity.
    pub entity: EntityIx,
    /// The language of the name; labels are [`Lang::MUL`].
    pub lang: Lang,
    /// How the name is used.
    pub sense: Sense,
    /// Base form, or generated by inflection.
    pub base: bool,
    /// What must be there before it counts.
    pub needs: Needs,
    /// First day of documents it counts in.
    pub since: Option<DateBound>,
    /// Last day of documents it counts in.
    pub until: Option<DateBound>,
    /// The surname alone of a person.
    pub surname: bool,
}

impl FormEntry {
    /// Whether the name meant the entity on a day; yes if that is not known.
    pub fn holds_on(&self, on: Option<Date>) -> bool {
        holds_on(self.since, self.until, on)
    }
}
