//! Sets of kinds of statements: which a rule carries, which an entity can be an end of.

use super::rules::LanguageRules;
use crate::schema::{Group, KindIx, Schema, StatementKind};

/// A bit for each kind in the order of the schema. Kinds after the sixty-fourth are never read.
pub(super) type KindSet = u64;

fn bit(kind: usize) -> KindSet {
    u32::try_from(kind).map_or(0, |k| 1u64.checked_shl(k).unwrap_or(0))
}

/// The numbers of the kinds of a set, in order.
pub(super) fn numbers(mut set: KindSet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (first < KindSet::BITS).then_some(first as usize)
    })
}

/// What never changes from document to document.
#[derive(Debug, Clone, Default)]
pub(super) struct KindSets {
    cooperative: KindSet,
    hostile: KindSet,
    facts: KindSet,
    symmetric: KindSet,
    /// Per kind of entity, the kinds whose near end it can be and those whose far end.
    ends: Vec<(KindSet, KindSet)>,
    /// Per language and rule.
    carried: Vec<Vec<KindSet>>,
}

impl KindSets {
    pub(super) fn cooperative(&self) -> KindSet {
        self.cooperative
    }

    pub(super) fn new(schema: &Schema, rules: &[LanguageRules]) -> Self {
        let kinds = || schema.statements.iter().enumerate();
        let all = |holds: &dyn Fn(&StatementKind) -> bool| {
            let some = kinds().filter(|(_, kind)| holds(kind));
            some.fold(0, |set, (index, _)| set | bit(index))
        };
        // Whom a person stands for is read from the tagger, not from candidates.
        let acts = |k: &KindIx| schema.entities[usize::from(k.0)].actor;
        let readable = all(&|kind| kind.subject.iter().any(acts));
        let numbers = (0..schema.entities.len()).map(|k| u16::try_from(k).unwrap_or(u16::MAX));
        let ends = numbers.map(KindIx).map(|entity| {
            let near = all(&|kind| kind.subject.contains(&entity));
            let far = all(&|kind| kind.object.contains(&entity));
            (near & readable, far & readable)
        });
        let carried = |language: &LanguageRules| {
            let of = |names: &[String]| all(&|kind| names.contains(&kind.id));
            language.rules.iter().map(|rule| of(&rule.kinds)).collect()
        };
        Self {
            cooperative: all(&|kind| kind.group == Group::Cooperative),
            hostile: all(&|kind| kind.group == Group::Hostile),
            facts: all(&|kind| kind.group == Group::Fact),
            symmetric: all(&|kind| kind.symmetric),
            ends: ends.collect(),
            carried: rules.iter().map(carried).collect(),
        }
    }
}

/// The kinds for one document.
pub(super) struct Kinds<'s> {
    sets: &'s KindSets,
    carried: &'s [KindSet],
    /// Per entity of the document.
    ends: Vec<(KindSet, KindSet)>,
}

impl<'s> Kinds<'s> {
    /// For a document in a language with entities of these kinds.
    pub(super) fn new(sets: &'s KindSets, language: usize, entities: &[Option<KindIx>]) -> Self {
        let ends = |kind: &Option<KindIx>| {
            let known = kind.and_then(|k| sets.ends.get(usize::from(k.0)));
            known.copied().unwrap_or_default()
        };
        Self {
            sets,
            carried: sets.carried.get(language).map_or(&[], Vec::as_slice),
            ends: entities.iter().map(ends).collect(),
        }
    }

    /// The kinds whose near end an entity can be, and those whose far end.
    pub(super) fn ends(&self, entity: usize) -> (KindSet, KindSet) {
        self.ends.get(entity).copied().unwrap_or_default()
    }

    /// The kinds that a rule can carry.
    pub(super) fn carried(&self, rule: u16) -> KindSet {
        self.carried
            .get(usize::from(rule))
            .copied()
            .unwrap_or_default()
    }

    pub(super) fn cooperative(&self) -> KindSet {
        self.sets.cooperative
    }

    pub(super) fn hostile(&self) -> KindSet {
        self.sets.hostile
    }

    pub(super) fn facts(&self) -> KindSet {
        self.sets.facts
    }

    /// The kinds without a direction.
    pub(super) fn symmetric(&self) -> KindSet {
        self.sets.symmetric
    }
}
