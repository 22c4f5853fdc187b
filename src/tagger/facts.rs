//! What the lists of a language say of a word.

/// What a word or phrase may be; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) bits: u64,
    /// Index into `Words::roles` plus one; 0 is none.
    pub(super) role: u8,
    /// Index into `Words::bodies` plus one.
    pub(super) body: u8,
    /// Index into `Words::heads` plus one.
    pub(super) head: u8,
}

macro_rules! fact_bits {
    ($($name:ident = $bit:expr),* $(,)?) => {
        impl Facts { $(pub(super) const $name: u64 = 1 << $bit;)* }
    };
}

fact_bits! {
    TITLE = 0, PARTICLE = 1, CONJUNCTION = 2, PLACE = 3, GOVERNMENT = 4, DATELINE = 5,
    APPOSITION = 6, OF = 7, HEADS = 8, POSSESSIVE = 9, NO_NAME = 10, MILITARY = 11,
    COMPANY = 12, COMPANY_FORM = 13, COMPANY_TAIL = 14, COMPANY_HEAD = 15, WEAPON = 16,
    TYPE = 17, CLASS = 18, NOT_COUNTRY = 19, FIRST_NAME = 20, STATE = 21, DETERMINER = 22,
    SPEECH = 23, UNIT = 24, NO_DESIGNATOR = 25, NO_WEAPON = 26,
    HEAD_BEFORE = 27, HEAD_AFTER = 28, HEAD_OF = 29, NO_ACRONYM = 30, LINK = 31, CIVIL = 32, MADE_BY = 33, NAMED = 34,
    MAYBE_NAME = 35, DEAL = 36, SHIP = 37, NOUN = 38, MADE = 39, NUMBER = 40,
}

impl Facts {
    /// What a word is that no list has.
    pub(super) const NONE: Self = Self {
        bits: 0,
        role: 0,
        body: 0,
        head: 0,
    };

    /// Whether any of `bits` is set.
    pub(super) fn any(self, bits: u64) -> bool {
        self.bits & bits != 0
    }

    /// Whether the lists know the word for nothing that keeps it from being a name.
    pub(super) fn is_plain(self) -> bool {
        let telling = self.bits & !(Facts::CIVIL | Facts::MAYBE_NAME);
        telling == 0 && self.role == 0 && self.body == 0 && self.head == 0
    }

    /// The office the word names.
    pub(super) fn role(self) -> Option<usize> {
        usize::from(self.role).checked_sub(1)
    }

    /// The body of a state the word names.
    pub(super) fn body(self) -> Option<usize> {
        usize::from(self.body).checked_sub(1)
    }

    /// The kind of entity whose names the word heads.
    pub(super) fn head(self) -> Option<usize> {
        usize::from(self.head).checked_sub(1)
    }

    /// The same for a compound that ends in the word: what makes sense for whole words only is gone.
    pub(super) fn as_tail(self) -> Self {
        Self {
            bits: self.bits & TAIL_BITS,
            body: 0,
            ..self
        }
    }

    /// Takes over what `other` says.
    pub(super) fn add(&mut self, other: Self) {
        self.bits |= other.bits;
        if self.role == 0 {
            self.role = other.role;
        }
        if self.body == 0 {
            self.body = other.body;
        }
        if self.head == 0 {
            self.head = other.head;
        }
    }
}

/// What a compound inherits from its last part.
const TAIL_BITS: u64 = Facts::MILITARY
    | Facts::CIVIL
    | Facts::NOUN
    | Facts::COMPANY
    | Facts::COMPANY_HEAD
    | Facts::WEAPON
    | Facts::CLASS
    | Facts::GOVERNMENT
    | Facts::HEAD_BEFORE
    | Facts::HEAD_AFTER
    | Facts::UNIT;

/// The lists of `[tagger]` that only say what a word is.
pub(super) const LISTS: [(&str, u64); 39] = [
    ("titles", Facts::TITLE),
    ("particles", Facts::PARTICLE),
    ("conjunctions", Facts::CONJUNCTION),
    ("place_prepositions", Facts::PLACE),
    ("government_words", Facts::GOVERNMENT),
    ("datelines", Facts::DATELINE),
    ("appositions", Facts::APPOSITION),
    ("of_words", Facts::OF),
    ("heads_verbs", Facts::HEADS),
    ("possessives", Facts::POSSESSIVE),
    ("not_in_names", Facts::NO_NAME | Facts::NOUN),
    ("military_words", Facts::MILITARY),
    ("company_words", Facts::COMPANY),
    ("company_forms", Facts::COMPANY_FORM),
    ("company_tails", Facts::COMPANY_TAIL),
    ("company_heads", Facts::COMPANY_HEAD),
    ("weapon_words", Facts::WEAPON | Facts::MILITARY),
    ("type_words", Facts::TYPE),
    ("class_words", Facts::CLASS),
    ("not_countries", Facts::NOT_COUNTRY),
    ("country_first_names", Facts::FIRST_NAME),
    ("state_words", Facts::STATE),
    ("determiners", Facts::DETERMINER),
    ("speech_words", Facts::SPEECH),
    ("unit_words", Facts::UNIT),
    ("plain_words", 0),
    ("not_acronyms", Facts::NO_ACRONYM),
    ("name_links", Facts::LINK),
    ("not_designators", Facts::NO_DESIGNATOR),
    ("not_weapons", Facts::NO_WEAPON),
    ("civil_words", Facts::CIVIL),
    ("makers_words", Facts::MADE_BY),
    ("naming_words", Facts::NAMED),
    ("also_names", Facts::MAYBE_NAME),
    ("deal_words", Facts::DEAL),
    ("ship_words", Facts::SHIP),
    ("common_nouns", Facts::NOUN),
    ("made_words", Facts::MADE),
    ("number_words", Facts::NUMBER),
];

#[cfg(test)]
mod tests {
    use super::LISTS;
    use crate::gazetteer::TAGGER_LISTS;

    #[test]
    fn the_loader_knows_every_list() {
        assert_eq!(LISTS.map(|(name, _)| name), TAGGER_LISTS);
    }
}
